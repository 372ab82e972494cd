"""Who says what a page tells with a time, and what else they say with it.

The words are `lexicon/events.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

from onrecord.analysis import Analysis, Span, Statement
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.record.identity import name_key, same_name

#: What a speaker goes on to say stands so near, in characters, and is at most so many statements.
_NEAR, _FURTHER = 500, 2
#: "SAMARKAND (Agency) - " at the head of a report.
_DATELINE = re.compile(
    r"([^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,30}?)(?:, [^\r\n()–—-]{1,30})?(?: \([^()\r\n]{1,40}\))? ?[-–—]+ "
)
#: So many statements of a page that have no time are kept, the first ones.
MOST_UNTIMED = 30


def voice(analysis: Analysis, statement: Statement) -> str:
    """The key of the name of who says something, else of the words for them."""
    actor = next((actor for actor in analysis.actors if actor.id == statement.speaker), None)
    return name_key(actor.name if actor else " ".join(analysis.text[a:b] for a, b in statement.source))


def seat(analysis: Analysis, statement: Statement) -> tuple[str, bool]:
    """The state (ISO 3166-1 alpha-3) whose body or official says something, "" if none; and whether it is the state."""
    actor = next((actor for actor in analysis.actors if actor.id == statement.speaker), None)
    if actor and actor.type == "state":
        return actor.country or "", True
    named = {mention.country for span in statement.source for mention in find_states(analysis.text, *span)}
    if actor and actor.country:
        return actor.country, False
    return (named.pop(), False) if len(named) == 1 else ("", False)


def one_voice(one: tuple[str, str, bool], other: tuple[str, str, bool]) -> str:
    """Whether two speakers (key, seat, whether the state itself) are one: by "name", by "seat", or not ("")."""
    if one[0] and other[0] and same_name(one[0], other[0]):
        return "name"
    return "seat" if one[1] and one[1] == other[1] and (one[2] or other[2]) else ""


def went_on(analysis: Analysis, statement: Statement) -> list[Span]:
    """What the same speaker is told to have said right after something, with no other time."""
    later = [
        one
        for one in analysis.statements
        if one.speaker == statement.speaker and one.cue and statement.cue and one.cue[0] > statement.cue[0]
    ]
    end = max((end for spans in (statement.content, statement.cue) for _, end in spans), default=0)
    found: list[Span] = []
    for one in sorted(later, key=lambda one: one.cue)[:_FURTHER]:
        spans = [*one.content, *one.cue]
        first, last = min(start for start, _ in spans), max(stop for _, stop in spans)
        if statement.speaker is None or first > end + _NEAR or _has_time(analysis, max(first, end), last):
            break
        found += one.content
        end = max(end, last)
    return found


def _has_time(analysis: Analysis, start: int, end: int) -> bool:
    at = bisect_right(analysis.times, start, key=lambda time: time.span[0])
    return any(
        time.type in ("DATE", "TIME") and time.span[0] < end and not time.value.endswith("_REF")
        for time in analysis.times[at : at + 2]
    )


def site(analysis: Analysis) -> str:
    """The key of the place that the report was sent from; "" where its head names none, or a capital."""
    start = next((part.span[0] for part in analysis.segments if part.kind == "body"), None)
    found = _DATELINE.match(analysis.text, start) if start is not None else None
    return name_key(found[1]) if found and not find_states(analysis.text, *found.span(1)) else ""


def hours_before(text: str, start: int, end: int) -> Span | None:
    """Where a sentence says that something was hours ago."""
    found = _hours().search(text, start, end)
    return found.span() if found else None


def hours_days(published: str | None) -> tuple[str | None, str | None]:
    """The days that "hours earlier" means on a page of a day; None twice where that is not known."""
    if not published:
        return None, None
    return (date.fromisoformat(published) - timedelta(1)).isoformat(), published


@cache
def _hours() -> re.Pattern[str]:
    return re.compile(table("events")["hours"]["pattern"])
