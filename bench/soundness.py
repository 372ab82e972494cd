"""What holds of every analysis, whatever the page: the promises of the schema `onrecord.analysis/1`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from onrecord.analysis import ARTICLE, Analysis, Interval, Span

_LINE_ENDS = "\r\n"


def faults(analysis: Analysis) -> Iterator[str]:
    """One sentence for each promise that an analysis breaks; nothing where it is sound."""
    size = len(analysis.text)
    for what, spans in _spans(analysis):
        for start, end in spans:
            if not 0 <= start < end <= size:
                yield f"{what}: the span {start}-{end} is empty or outside the text of {size}"
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            yield f"{what}: spans overlap or are out of order: {spans[:5]}"
    yield from _segments(analysis)
    yield from _references(analysis)
    for what, interval in _intervals(analysis):
        yield from (f"{what}: {fault}" for fault in _interval(interval))
    if analysis.published.basis == "unknown" and (analysis.published.earliest or analysis.published.latest):
        yield "published: a day on no basis"
    yield from _furniture(analysis)
    yield from _json(analysis)


def _spans(analysis: Analysis) -> Iterator[tuple[str, list[Span]]]:
    yield "segments", [segment.span for segment in analysis.segments]
    for span in analysis.published.evidence:
        yield "published", [span]
    yield "times", [time.span for time in analysis.times]
    for actor in analysis.actors:
        for span in actor.mentions:
            yield f"actor {actor.id}", [span]
    for statement in analysis.statements:
        for part in ("source", "cue", "content"):
            yield f"statement {statement.id} {part}", getattr(statement, part)
    for event in analysis.events:
        yield f"event {event.id}", [event.span]
    for agreement in analysis.agreements:
        yield "agreement", [agreement.span]


def _segments(analysis: Analysis) -> Iterator[str]:
    """Every non-blank line in exactly one segment: none between segments, and no segment begins or ends within one."""
    at = 0
    for segment in analysis.segments:
        start, end = segment.span
        if analysis.text[at:start].strip():
            yield f"segments: text outside of any at {at}-{start}: {analysis.text[at:start].strip()[:60]!r}"
        if analysis.text[_line_start(analysis.text, start) : start].strip():
            yield f"segments: one begins within a line at {start}"
        at = end
    if analysis.text[at:].strip():
        yield f"segments: text outside of any at {at}: {analysis.text[at:].strip()[:60]!r}"


def _line_start(text: str, at: int) -> int:
    return max(text.rfind(end, 0, at) for end in _LINE_ENDS) + 1


def _references(analysis: Analysis) -> Iterator[str]:
    actors = [actor.id for actor in analysis.actors]
    statements = [statement.id for statement in analysis.statements]
    events = [event.id for event in analysis.events]
    for ids in (actors, statements, events):
        if len(set(ids)) < len(ids):
            yield f"ids that stand twice: {ids[:20]}"
    known, said = set(actors), set(statements)
    for actor in analysis.actors:
        if actor.affiliation is not None and (actor.affiliation not in known or actor.affiliation == actor.id):
            yield f"actor {actor.id}: affiliation {actor.affiliation}"
    within = {statement.id: statement.within for statement in analysis.statements}
    for statement in analysis.statements:
        named = [*statement.chain, *([statement.speaker] if statement.speaker else [])]
        if not known.issuperset(named):
            yield f"statement {statement.id}: unknown actors among {named}"
        if statement.speaker and statement.chain[:1] != [statement.speaker]:
            yield f"statement {statement.id}: the chain {statement.chain} does not begin with {statement.speaker}"
        if not statement.content:
            yield f"statement {statement.id}: no content"
        above, steps = statement.within, 0
        while above is not None and steps <= len(within):
            if above not in within:
                yield f"statement {statement.id}: within {above}, which is none"
                break
            above, steps = within[above], steps + 1
        if steps > len(within):
            yield f"statement {statement.id}: within itself"
    for holder in (*analysis.events, *analysis.agreements):
        if holder.statement is not None and holder.statement not in said:
            yield f"{type(holder).__name__.lower()}: of the statement {holder.statement}, which is none"


def _intervals(analysis: Analysis) -> Iterator[tuple[str, Interval]]:
    yield "published", analysis.published
    for time in analysis.times:
        yield f"time {analysis.text[time.span[0] : time.span[1]]!r}", Interval(time.earliest, time.latest)
    for statement in analysis.statements:
        yield f"statement {statement.id}", statement.said
    for event in analysis.events:
        yield f"event {event.id}", event.when
    for agreement in analysis.agreements:
        yield "agreement", agreement.when
        yield "agreement, expected", agreement.expected


def _interval(interval: Interval) -> Iterator[str]:
    days = []
    for end in (interval.earliest, interval.latest):
        try:
            days.append(end and date.fromisoformat(end).isoformat())
        except ValueError:
            yield f"{end!r} is no day"
            return
        if days[-1] != end:
            yield f"{end!r} is not written as ISO 8601 wants"
    if days[0] and days[1] and days[0] > days[1]:
        yield f"{days[0]} is after {days[1]}"


def _furniture(analysis: Analysis) -> Iterator[str]:
    """Nothing in furniture becomes a statement, event or agreement."""
    article = [segment.span for segment in analysis.segments if segment.kind in ARTICLE]
    told = [(f"statement {one.id}", span) for one in analysis.statements for span in one.content]
    told += [(f"event {one.id}", one.span) for one in analysis.events]
    told += [("agreement", one.span) for one in analysis.agreements]
    for what, (start, end) in told:
        if not any(a <= start and end <= b for a, b in article):
            yield f"{what}: {start}-{end} is not within the article"


def _json(analysis: Analysis) -> Iterator[str]:
    try:
        written = msgspec.json.encode(analysis)
        if msgspec.json.decode(written, type=Analysis) != analysis:
            yield "written as JSON and read again it is another"
        json.loads(written)
    except (ValueError, UnicodeError) as error:
        yield f"it cannot be written as JSON: {error}"
