"""The third step of reading: what the page is, who published it, and when."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from onrecord.reading.credits import wire_of_credit, wire_of_paragraph
from onrecord.reading.document import Document
from onrecord.reading.language import language_of
from onrecord.reading.outlets import outlet_named, outlet_of_host
from onrecord.reading.publication import published_of

_BY = re.compile(r"(?:written |words |story )?by:?\s+", re.IGNORECASE)
_NAME_ENDS = re.compile(r"\s{0,3}(?:[|•·]|\b(?:on|published|updated|posted|for)\b|\d).*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|copyright)[\s©(c)]{0,8}(?:\d{4})?(?:\s?[-–]\s?\d{4})?[\s,]{0,3}", re.IGNORECASE)
#: Lines at the top of a page and paragraphs of its body that can credit a publisher or an agency.
_TOP, _OPENING = 12, 2


def describe(document: Document) -> None:
    """Fill in `title`, `publisher`, `wire`, `byline`, `url`, `language` and `published`, from segments and head.

    What the caller gives outranks the page; what nobody says stays None.
    """
    given, head = document.page.given, document.head
    document.url = given.get("url") or _address(head.get("url"))
    document.title = given.get("title") or _first(document, "title") or head.get("title") or head.get("heading")
    document.language = _language(document)
    document.wire = _wire(document)
    document.byline = _byline(document)
    document.publisher = given.get("publisher") or head.get("publisher") or _outlet(document)
    document.published = published_of(document)


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _texts(document: Document, kind: str) -> list[str]:
    """The lines of a kind, in order."""
    return [
        line.strip()
        for segment in document.segments
        if segment.kind == kind
        for line in document.words(segment.span).splitlines()
        if line.strip()
    ]


def _first(document: Document, kind: str) -> str | None:
    texts = _texts(document, kind)
    return texts[0].removeprefix("#").strip("# ") if texts else None


def _language(document: Document) -> str | None:
    article = "\n".join(
        document.words(segment.span)[:20_000] for segment in document.segments if segment.kind == "body"
    )
    found = language_of(article) or language_of(document.text)
    said = re.match(r"[a-z]{2}(?![a-z])", document.head.get("language", "").lower())
    return found or (said[0] if said else None)


def _wire(document: Document) -> str | None:
    body = _texts(document, "body")
    found = (wire_of_paragraph(line) for line in [*_texts(document, "dateline"), *body[:_OPENING]])
    credited = (
        wire_of_credit(line) for kind in ("byline", "credit") for line in _texts(document, kind) if len(line) < 150
    )
    last = (wire_of_credit(line.strip("()[]— -")) for line in body[-1:] if len(line) < 60)
    return next((wire for wires in (found, credited, last) for wire in wires if wire), None) or wire_of_credit(
        document.head.get("byline", "")
    )


def _byline(document: Document) -> str | None:
    said = document.head.get("byline", "")
    if said and not said.startswith("http") and not wire_of_credit(said):
        return _BY.sub("", said, count=1)
    for line in _texts(document, "byline"):
        name = _NAME_ENDS.sub("", _BY.sub("", line, count=1)).strip(" ,;-–—")
        if name and not wire_of_credit(name) and len(name) < 120:
            return name
    return None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _outlet(document: Document) -> str | None:
    if name := outlet_of_host(_host(document.url)):
        return name
    blocks = document.blocks
    for block in [*blocks[:_TOP], *blocks[-_TOP:]]:
        line = document.words(block.span)[:200]
        marked = _COPYRIGHT.match(line)
        for words in (line, line[marked.end() :] if marked else ""):
            if name := outlet_named(words):
                return name
    return None
