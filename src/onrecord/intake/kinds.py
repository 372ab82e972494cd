"""What kind of thing some bytes are: told by what is in them first, by the file's name second."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath

from onrecord.lexicon import table

#: How many bytes from the start are looked at.
SNIFFED = 4096

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLANK = b" \t\r\n\f\xef\xbb\xbf\xff\xfe"
_SPACE = _BLANK + b"\0"
_HTML_ROOT = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*[\s/>]|<!doctype|<!--", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
#: Control characters that text does not have: all of C0 but tab, line ends, form feed and escape.
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b")


class UnreadableError(ValueError):
    """An input is no page; the message says why, for people."""


@lru_cache(maxsize=1)
def _signatures() -> list[tuple[bytes, str]]:
    return [(bytes.fromhex(start), kind) for start, kind in table("kinds")["signatures"].items()]


def is_own(name: str) -> bool:
    """Whether a file is one of OnRecord's own records."""
    return name.lower().endswith(tuple(table("kinds")["names"]["own"]))


def is_json_lines(name: str) -> bool:
    """Whether a file's name says that it holds one JSON object a line."""
    return name.lower().endswith(tuple(table("kinds")["names"]["json_lines"]))


def media_type(data: bytes, name: str = "", *, wanted: bool = True) -> str:
    """`text/plain` or `text/html` for a page's bytes.

    `name` is the file's name, `wanted` whether somebody asked for this very file (rather than the folder it lies
    in): then any text is a page, whatever its name. Raises `UnreadableError` where the bytes are no page.
    """
    start = data[:SNIFFED]
    if not start.strip(_BLANK) and not data.strip(_BLANK):
        raise UnreadableError("empty")
    _refuse_binary(start)
    opening = _after_prolog(start.replace(b"\0", b"") if start.startswith(_BYTE_ORDER_MARKS) else start)
    if _FEED.match(opening):
        raise UnreadableError("a feed or site map, not a page")
    ending = PurePath(name).suffix.lower()
    kind: str | None = table("kinds")["pages"].get(ending.lstrip("."))
    if kind == "text/html":
        return kind if b"\0" in start or _TAG.search(data) else "text/plain"
    if _HTML_ROOT.match(opening) or (opening.startswith(b"<") and len(_TAG.findall(opening)) >= 5):
        return "text/html"
    if kind is None and ending and (not wanted or ending in table("kinds")["names"]["data"]):
        raise UnreadableError(f"not a kind of file that holds pages ({ending})")
    return "text/plain"


def _refuse_binary(start: bytes) -> None:
    for signature, kind in _signatures():
        if start.startswith(signature):
            raise UnreadableError(f"{kind}, not a page")
    if start.startswith(_BYTE_ORDER_MARKS):
        return
    control = len(start) - len(start.translate(None, _CONTROL))
    if b"\0" in start or control * 20 > len(start):
        raise UnreadableError("binary data, not text")


def _after_prolog(start: bytes) -> bytes:
    """What follows white space, XML declarations and comments."""
    start = start.lstrip(_SPACE)
    for opens, closes in ((b"<?", b"?>"), (b"<!--", b"-->")) * 3:
        if start.startswith(opens):
            start = start.partition(closes)[2].lstrip(_SPACE)
    return start
