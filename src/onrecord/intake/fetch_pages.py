"""What is at a URL becomes pages: the page itself, what an archive there holds, or the articles a feed leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol

import httpx2

from onrecord.intake.fetching import Fetched, Fetcher
from onrecord.intake.kinds import SNIFFED, UnreadableError, container
from onrecord.intake.urls import is_url
from onrecord.lexicon import table
from onrecord.page import Page, Problem

_USER = re.compile(r"\A(https?://)[^/?#]*@", re.IGNORECASE)
#: What a feed knows of an article that is then fetched.
_KNOWN = ("published",)


class ReadBytes(Protocol):
    """Reads the pages of bytes: `onrecord.intake.read_bytes`."""

    def __call__(
        self, data: bytes, path: str, *, name: str, charset: str, known: Mapping[str, str]
    ) -> Iterator[Page | Problem]: ...


def pages_at(url: str, fetcher: Fetcher, read: ReadBytes) -> Iterator[Page | Problem]:
    """The pages at a URL, one at a time, each with the day it was received as `captured`.

    A page goes by the URL as it was given; `url` is where it came from in the end. Of a feed, the article of each
    entry is fetched and goes by its link; where it cannot be, the entry's own words stand for it, and a problem says
    so.
    """
    path = _shown(url)
    try:
        fetched = fetcher.fetched(url)
    except UnreadableError as reason:
        yield Problem(path, str(reason))
        return
    if not _is_feed(fetched):
        yield from _pages(fetched, path, read)
        return
    seen: set[str] = set()
    for entry in _pages(fetched, path, read):
        link = _link(entry, path, fetched.url)
        if link is None:
            yield entry
        elif link not in seen:
            seen.add(link)
            yield from _article(entry, link, fetcher, read)


def _article(entry: Page | Problem, link: str, fetcher: Fetcher, read: ReadBytes) -> Iterator[Page | Problem]:
    """The article that a feed's entry leads to, or else the entry, where it has words."""
    known = {key: entry.given[key] for key in _KNOWN if key in entry.given} if isinstance(entry, Page) else {}
    try:
        fetched = fetcher.fetched(link)
        if _is_feed(fetched):
            raise UnreadableError("another feed, not an article")
        found = list(_pages(fetched, link, read, known))
    except UnreadableError as reason:
        found = [Problem(_shown(link), str(reason))]
    whole = any(isinstance(item, Page) for item in found)
    instead = "; the feed's own words stand for it" if isinstance(entry, Page) and not whole else ""
    for item in found:
        yield Problem(item.path, item.reason + instead) if isinstance(item, Problem) else item
    if instead:
        yield entry


def _pages(
    fetched: Fetched, path: str, read: ReadBytes, known: Mapping[str, str] | None = None
) -> Iterator[Page | Problem]:
    """The pages in what was fetched; `known` is what is known of them besides."""
    at_hand = {**(known or {}), "url": fetched.url}
    for item in read(fetched.data, path, name=_name(fetched), charset=fetched.charset, known=at_hand):
        if isinstance(item, Page):
            item.given.setdefault("captured", fetched.received)
        yield item


def _shown(url: str) -> str:
    """A URL as a path that can be shown and kept: text of any encoding, and without a user's name and password."""
    return _USER.sub(r"\1", url.encode("utf-8", "backslashreplace").decode())


def _name(fetched: Fetched) -> str:
    """A file name for what was fetched: by its declared type, or else as its URL ends."""
    names = table("fetching")["names"]
    return str(names.get(fetched.content_type) or PurePosixPath(httpx2.URL(fetched.url).path).name)


def _is_feed(fetched: Fetched) -> bool:
    start = fetched.data[:SNIFFED]
    kind = container(start, _name(fetched))
    return kind == "feed" or (kind in ("json", "json_lines") and b"jsonfeed.org/version" in start.replace(b"\\", b""))


def _link(entry: Page | Problem, path: str, feed: str) -> str | None:
    """The absolute URL of the article that an entry leads to, or None where it leads to none.

    An entry without words has none but in its path, which is `FEED#LINK`.
    """
    link = entry.given.get("url", "") if isinstance(entry, Page) else ""
    link = link or entry.path.removeprefix(f"{path}#")
    try:
        return str(httpx2.URL(feed).join(link)) if is_url(link) or link.startswith("/") else None
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return None
