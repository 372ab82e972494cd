"""Feeds: RSS, RDF and Atom. Each entry with words of its own is a page."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from onrecord.intake.jsonlines import day
from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.intake.limits import FEED_LIMIT
from onrecord.intake.sources import Reader, Source, member_name
from onrecord.intake.streams import parsing
from onrecord.page import Page, Problem

_TAG = re.compile(r"<[^<>]{0,1000}>")
_MARKED = re.compile(r"<[a-z!/]|&#?\w{1,10};", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s{0,9}>")
#: Bytes from the end of a feed in which it must close.
_TAIL = 2000
_MARKUP = ("text/html", "application/xhtml+xml")


def entries(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The entries of a feed as pages, `FEED#LINK`, each as it stands in the feed: whole or a teaser.

    With each come its title, its link, the day it was published, and the title of the feed as publisher. A feed is
    held whole. An Atom entry that says only when it was updated was there by then.
    """
    import feedparser  # noqa: PLC0415 - only those who read feeds load their parser

    data = source.stream.read(FEED_LIMIT + 1)
    if len(data) > FEED_LIMIT:
        raise UnreadableError(f"larger than {FEED_LIMIT // 2**20} MiB, too large for a feed")
    damage = "a damaged feed"
    with parsing(damage):
        # As a stream: bytes or text handed over as such would be tried as the name of a file or an address first.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        found = list(feed.entries)
        about, dated = feed.feed, not str(feed.version).startswith("atom")
    if not found:
        raise UnreadableError("a feed without entries" if not feed.bozo else damage)
    for number, entry in enumerate(found, start=1):
        with parsing(damage):
            words, kind = _words(entry)
            known = _known(entry, about, dated=dated)
            path = source.path_of(member_name(_text(entry, "link") or _text(entry, "id"), number))
        page = words.encode("utf-8", "replace")
        try:
            if not words.strip():
                raise UnreadableError("an entry without words")
            yield source.page(page, path=path, kind=kind or media_type(page), known=known)
        except UnreadableError as reason:
            yield Problem(path, str(reason))
    if not _ENDS.search(data.replace(b"\0", b"")[-_TAIL:]):
        yield Problem(source.path, "the feed has no end: entries may be lost")


def _words(entry: Any) -> tuple[str, str | None]:
    """The fullest words of an entry, and their kind where the feed tells that they are markup or the words show it."""
    contents = [*entry.get("content", []), *filter(None, [entry.get("summary_detail")])]
    best: Any = max(contents, key=lambda content: len(content.get("value") or ""), default={})
    words = str(best.get("value") or "")
    return words, "text/html" if best.get("type") in _MARKUP and _MARKED.search(words) else None


def _known(entry: Any, feed: Any, *, dated: bool) -> dict[str, str]:
    link = _text(entry, "link")
    published = day(_text(entry, "published"))
    updated = None if published else day(_text(entry, "updated"))
    found = {
        "title": _plain(_text(entry, "title")),
        "url": link if link.startswith(("http://", "https://")) else "",
        "publisher": _plain(
            _text(entry.get("source") or {}, "title") or _text(feed, "publisher") or _text(feed, "title")
        ),
        "published": published or (updated if dated else None) or "",
        "captured": "" if dated else updated or "",
    }
    return {key: value for key, value in found.items() if value}


def _text(holder: Any, name: str) -> str:
    # Asked for first: where there is no `updated`, feedparser would give what was `published`, and a warning.
    value = holder[name] if name in holder else None  # noqa: SIM401 - `get` does not ask
    return value if isinstance(value, str) else ""


def _plain(words: str) -> str:
    """A title without the markup and character references that feeds write into it."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", words))).strip()
