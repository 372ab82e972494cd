"""The third step of reading: what the page is, who published it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.addresses import canonical_of
from onrecord.reading.bylines import authors_of, is_name, without_lead
from onrecord.reading.credits import wire_of_credit, wire_of_end, wire_of_notice, wire_of_paragraph
from onrecord.reading.document import Document
from onrecord.reading.language import language_of
from onrecord.reading.publication import published_of
from onrecord.reading.publishers import publisher_of

#: Paragraphs of the body that can open with an agency's tag; lines around the article that can credit one; characters
#: of such a line; and of a body that tell its language.
_OPENING, _ABOVE, _BELOW, _LINE, _TOLD = 3, 6, 8, 200, 20_000
#: Characters of a last paragraph that is no more than a credit.
_CLOSING = 50
#: Kinds of lines that say who wrote a report, best first.
_CREDITING = ("byline", "credit", "timestamp", "dateline", "section", "navigation", "boilerplate", "promotion")


def describe(document: Document) -> None:
    """Fill in `title`, `publisher`, `wire`, `byline`, `url`, `language` and `published`, from segments and head.

    What the caller gives outranks the page; what nobody says stays None.
    """
    given, head = document.page.given, document.head
    document.url = given.get("url") or canonical_of(document)
    document.title = given.get("title") or _title(document) or head.get("title") or head.get("heading")
    document.language = _language(document)
    near = _Near(document)
    document.wire = near.wire()
    document.byline = near.byline()
    document.publisher = given.get("publisher") or publisher_of(document)
    document.published = published_of(document)


def _title(document: Document) -> str | None:
    for segment in document.segments:
        if segment.kind == "title":
            return document.words(segment.span).splitlines()[0].strip("# ") or None
    return None


def _language(document: Document) -> str | None:
    article = "\n".join(document.words(segment.span)[:_TOLD] for segment in document.segments if segment.kind == "body")
    found = language_of(article) or language_of(document.text)
    said = re.match(r"[a-z]{2}(?![a-z])", document.head.get("language", "").lower())
    return found or (said[0] if said else None)


class _Near:
    """The lines on and around the article, with their kinds."""

    def __init__(self, document: Document) -> None:
        self.head = document.head.get("byline", "")
        lines = [
            (segment.kind, line.strip())
            for segment in document.segments
            for line in document.words(segment.span).splitlines()
            if line.strip()
        ]
        own = [at for at, (kind, _) in enumerate(lines) if kind in ("title", "body")]
        body = [at for at in own if lines[at][0] == "body"]
        first, last = (body[0], body[-1]) if body else (len(lines), len(lines) - 1)
        self.body = [lines[at][1] for at in body]
        self.above = lines[max(0, (own[0] if own else 0) - _ABOVE) : first]
        self.inside = [line for line in lines[first : last + 1] if line[0] != "body"]
        self.below = lines[last + 1 : last + 1 + _BELOW]

    def wire(self) -> str | None:
        """The agency whose report the page carries."""
        return next((wire for wire in self._wires() if wire), None)

    def _wires(self) -> Iterator[str | None]:
        yield from (wire_of_paragraph(line) for kind, line in self.above if kind == "dateline")
        yield from map(wire_of_paragraph, self.body[:_OPENING])
        yield wire_of_credit(self.head)
        for at, (kind, line) in enumerate(self.above):
            if kind in ("byline", "dateline", "timestamp") or (
                kind in _CREDITING and (at == 0 or self.above[at - 1][0] != "caption")
            ):
                yield wire_of_credit(line)
        yield from (wire_of_credit(line) for kind, line in self.inside if kind == "byline")
        if self.body:
            yield wire_of_credit(self.body[-1]) if len(self.body[-1]) < _CLOSING else None
            yield wire_of_end(self.body[-1])
        for kind, line in [*(("body", line) for line in self.body[-2:]), *self.below]:
            if kind != "related" and len(line) < 2 * _LINE:
                yield wire_of_notice(line)
        yield from (wire_of_credit(line) for kind, line in self.below if kind in _CREDITING and len(line) < _LINE)

    def byline(self) -> str | None:
        """The names of those who wrote the report, with a comma between them."""
        said = authors_of(self.head) if not self.head.startswith("http") else []
        if said and any(map(is_name, said)):
            return ", ".join(said)
        for kind, line in [*self.above, *self.inside, *self.below]:
            if kind == "byline" and len(line) < _LINE:
                names = authors_of(line)
                if names and (without_lead(line)[1] or any(map(is_name, names))):
                    return ", ".join(names)
        for kind, line in self.above:
            if kind in ("timestamp", "dateline", "credit") and len(line) < _LINE and without_lead(line)[1]:
                names = authors_of(line)
                if names and any(map(is_name, names)):
                    return ", ".join(names)
        return ", ".join(said) or None
