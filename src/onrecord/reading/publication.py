"""The day on which a page says it was published."""

from __future__ import annotations

import re

from onrecord.analysis import Published, Span
from onrecord.lexicon import table
from onrecord.reading.calendar import PrintedDay, day_of_stamp, printed_days
from onrecord.reading.document import Document

_WORD = re.compile(r"[^\W\d_]+")
#: Characters at the head of the first paragraph in which a dateline can stand, and of another line that are read.
_DATELINE, _LINE = 70, 300
#: The first and last year that a page can be published in.
_FIRST, _LAST = 1980, 2100


def published_of(document: Document) -> Published:
    """The day of publication with its basis and its evidence, spans into the text.

    What the caller gives comes first, then what the page's markup says, then what is printed as the article's own
    date: beside its headline, its byline or its first paragraph, or labelled so. Dates of other stories, of comments,
    in the story itself and on the page's masthead are no evidence. A date whose day and month cannot be told apart
    is an interval of both readings.
    """
    for said in (document.page.given.get("published", ""), document.head.get("published", "")):
        day = day_of_stamp(said)
        if day:
            return Published(day, day, "given", [])
    best: tuple[float, int, PrintedDay] | None = None
    rows = _rows(document)
    for at, (start, text, score) in enumerate(rows):
        for number, printed in enumerate(printed_days(text)):
            if not printed.year or not _FIRST <= printed.day.year <= _LAST:
                continue
            value = score + _label(text, printed) - 0.1 * number - 0.001 * at
            if best is None or value > best[0]:
                best = value, start, printed
    if best is None or best[0] < 1.0:
        return Published()
    return _stated(best[1], best[2])


def _stated(start: int, printed: PrintedDay) -> Published:
    days = sorted({printed.day, printed.other or printed.day})
    evidence: list[Span] = [(start + printed.start, start + printed.end)]
    return Published(days[0].isoformat(), days[-1].isoformat(), "stated", evidence)


def _label(text: str, printed: PrintedDay) -> float:
    """What the words just before a date make of it."""
    words = [word.lower() for word in _WORD.findall(text[max(0, printed.start - 40) : printed.start])]
    known = table("publication")
    for word in reversed(words[-4:]):
        if word in known["later"]:
            return -0.5
        if word in known["first"]:
            return 2.0
        if word in known["foreign"]:
            return -3.0
    return 0.0


def _rows(document: Document) -> list[tuple[int, str, float]]:
    """The lines that can print the date: where each starts, its head, and how near it is to the article."""
    segments = document.segments
    title = next((at for at, segment in enumerate(segments) if segment.kind == "title"), None)
    bodies = [at for at, segment in enumerate(segments) if segment.kind == "body"]
    first = bodies[0] if bodies else None
    last = bodies[-1] if bodies else None
    top = title if title is not None else first
    rows: list[tuple[int, str, float]] = []
    starts = [segment.span[0] for segment in segments]
    blocks = [block.span for block in document.blocks]
    order = {span[0]: number for number, span in enumerate(blocks)}
    number_of = [order[start] for start in starts]
    top_line = number_of[top] if top is not None else 0
    first_line = number_of[first] if first is not None else 0
    last_line = _line_of_end(blocks, segments[last].span[1]) if last is not None else -1
    at = -1
    for line, (start, end) in enumerate(blocks):
        while at + 1 < len(segments) and starts[at + 1] <= start:
            at += 1
        kind = segments[at].kind
        head = document.text[start : min(end, start + _LINE)]
        if not any(character.isdigit() for character in head):
            continue
        if kind == "body":
            if line in (first_line, first_line + 1):
                rows.append(
                    (start, head[:_DATELINE], 1.2 if "(" in head[: _DATELINE + 20] or head[:12].isupper() else 0.0)
                )
            continue
        below = blocks[line + 1] if line + 1 < len(blocks) else None
        foreign = bool(
            below
            and line > last_line
            and at + 1 < len(segments)
            and segments[at + 1].kind == "related"
            and starts[at + 1] == below[0]
        )
        rows.append(
            (start, head, -2.0 * foreign + _nearness(kind, line, end - start, (top_line, first_line, last_line)))
        )
    return rows


def _line_of_end(blocks: list[Span], end: int) -> int:
    """The number of the block that ends where a segment does."""
    return next((number for number, span in enumerate(blocks) if span[1] == end), -1)


def _nearness(kind: str, line: int, length: int, article: tuple[int, int, int]) -> float:
    """How much a line of a kind is in the place of a date; `article` is the lines of its headline and body's ends."""
    top, first, last = article
    score = 1.0 if kind in ("timestamp", "dateline") else 0.6 if kind in ("byline", "credit", "title") else 0.0
    if kind in ("related", "comments"):
        score -= 1.5
    if kind in ("caption", "dek", "boilerplate"):
        score -= 1.0
    if length > 120:
        score -= 1.0
    if top <= line < first:
        score += 1.5
    elif line < top:
        score += 0.9 - 0.15 * (top - line)
    elif first <= line <= last:
        score += 0.3
    elif line > last:
        score += 0.7 - 0.12 * (line - last)
    return score
