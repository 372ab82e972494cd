"""A page as its outlet's other pages correct it: more of its lines are furniture, and furniture never speaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from onrecord.analysis import Agreement, Analysis, Event, Segment, SegmentKind, Span, Statement
from onrecord.record.lines import lines_of

Part = TypeVar("Part", Statement, Event, Agreement)


def corrected(analysis: Analysis, furniture: Mapping[int, SegmentKind]) -> Analysis:
    """The analysis with the lines that have these keys taken for furniture of these kinds, not for article.

    What has its source or sentence in such a line goes, and so does a statement of which no content is left outside;
    of cues and contents goes what lies there. Nothing else changes: ids stay as they are.
    """
    lines = [(line.span, furniture[line.key]) for line in lines_of(analysis) if line.key in furniture and line.article]
    if not lines:
        return analysis
    spans = [span for span, _ in lines]
    kept = [rest for statement in analysis.statements if (rest := _outside(statement, spans))]
    known = {statement.id for statement in kept}
    return msgspec.structs.replace(
        analysis,
        segments=list(_segments(analysis, lines)),
        statements=[_refer(statement, "within", known) for statement in kept],
        events=[_refer(event, "statement", known) for event in analysis.events if not _cut(event.span, spans)],
        agreements=[_refer(entry, "statement", known) for entry in analysis.agreements if not _cut(entry.span, spans)],
    )


def _refer(part: Part, field: str, known: set[str]) -> Part:
    """A part of an analysis whose field, where it names a statement that is gone, names none."""
    return part if getattr(part, field) in known else msgspec.structs.replace(part, **{field: None})


def _outside(statement: Statement, lines: list[Span]) -> Statement | None:
    """A statement without what of its cue and content lies in the lines.

    None where its source does, or nothing is left of its content or of all that says that somebody speaks.
    """
    cue = [span for span in statement.cue if not _cut(span, lines)]
    content = [piece for span in statement.content for piece in _pieces(span, lines)]
    voiceless = bool(statement.cue) and not cue and not statement.source
    if voiceless or (statement.content and not content) or any(_cut(span, lines) for span in statement.source):
        return None
    return msgspec.structs.replace(statement, cue=cue, content=content)


def _cut(span: Span, lines: list[Span]) -> list[Span]:
    """Which of the lines, that are in order, meet a span."""
    first = bisect_right(lines, span[0], key=lambda line: line[1])
    last = bisect_left(lines, span[1], key=lambda line: line[0])
    return lines[first:last]


def _pieces(span: Span, lines: list[Span]) -> Iterator[Span]:
    """What of a span lies outside the lines."""
    at = span[0]
    for start, end in _cut(span, lines):
        if at < start:
            yield at, start
        at = end
    if at < span[1]:
        yield at, span[1]


def _segments(analysis: Analysis, lines: list[tuple[Span, SegmentKind]]) -> Iterator[Segment]:
    """The segments cut where the lines lie, which become segments of their own kind, without blanks at their ends."""
    last: Segment | None = None
    for part in _parts(analysis.segments, lines):
        start, end = part.span
        words = analysis.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            continue
        if last and last.kind == part.kind:
            last.span = (last.span[0], end)
            continue
        if last:
            yield last
        last = Segment(part.kind, (start, end))
    if last:
        yield last


def _parts(segments: list[Segment], lines: list[tuple[Span, SegmentKind]]) -> Iterator[Segment]:
    """The segments cut where the lines lie; each line lies in one segment, and both are in order."""
    waiting = deque(lines)
    for segment in segments:
        at, last = segment.span
        while waiting and waiting[0][0][1] <= last:
            (start, end), kind = waiting.popleft()
            yield Segment(segment.kind, (at, start))
            yield Segment(kind, (start, end))
            at = end
        yield Segment(segment.kind, (at, last))
