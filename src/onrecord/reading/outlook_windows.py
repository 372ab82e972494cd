"""The days in which an act is to come, from the temporal expressions beside it (TIMEX3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache

from onrecord.analysis import Interval, Span, Time
from onrecord.lexicon import table
from onrecord.reading.agreement_words import AgreementWords, whole
from onrecord.reading.outlook_acts import Act, Clause

#: So far from an act a time is its own, and so far before a time words tell what it bounds.
_NEAR = 110
_BEFORE = 40
_SAID = 30
#: Acts this close to each other share a time: "sign and ratify by May".
_SHARED = 12
_OPENING = 20
#: A day of saying that is known to this many days tells what lies ahead of it.
_CLOSE = timedelta(92)
_NOT_AHEAD = frozenset(("PRESENT_REF", "PAST_REF"))
#: A year that is one end of a range: "a plan for 2031-2035".
_RANGE = re.compile(r"\d{4}[-/–]\d|\d[-/–]\d{4}")
_TURN = (timedelta(30), timedelta(31))


def window(clause: Clause, act: Act, made: Interval) -> Interval | None:
    """The days in which an act of a clause is to come; None where the words give no time at all.

    `made` is when it was said. An end that the words leave open is None; what they call soon begins when it was said.
    """
    low = clause.low
    vague = False
    for time in _near(clause, act):
        place = (time.span[0] - clause.part[0], time.span[1] - clause.part[0])
        when = _pointed(clause, time, place, made)
        if time.value in _NOT_AHEAD:
            continue
        if when.latest is None:
            vague = vague or bool(when.earliest and _is_ahead(when.earliest, made))
        elif act.past or _is_ahead(when.latest, made, same=place[0] >= act.span[1]):
            found = _bounded(when, low, place, made, negative=act.negative)
            if found is not None:
                return found
    around = low[max(0, act.span[0] - _NEAR) : act.span[1] + _NEAR]
    vague = vague or _has("vague", "pattern", around)
    if vague or _has("vague", "occasion", low[act.span[1] : act.span[1] + _NEAR]):
        return Interval(_since(made), None)
    return None


def _since(made: Interval) -> str | None:
    """The day from which "soon" counts: that of the saying, where it is known closely enough to tell."""
    first, last = made.earliest or made.latest, made.latest or made.earliest
    if first is None or last is None or date.fromisoformat(last) - date.fromisoformat(first) > _CLOSE:
        return None
    return first


def _is_ahead(day: str, made: Interval, *, same: bool = True) -> bool:
    """Whether a day does not lie before a forecast was made, nor, but for `same`, on the very day."""
    said = made.earliest or made.latest
    return said is None or day > said or (same and day == said)


def _pointed(clause: Clause, time: Time, place: Span, made: Interval) -> Interval:
    """The days of a time; those of "on that day" are the last single day ahead that was told before it, if any."""
    if not _pattern("deadline", "back").match(clause.low, place[0]):
        return Interval(time.earliest, time.latest)
    times = clause.document.times
    for told in reversed(times[: bisect_left(times, time.span[0], key=lambda one: one.span[0])]):
        if told.latest and told.earliest == told.latest and _is_ahead(told.latest, made, same=False):
            return Interval(told.earliest, told.latest)
    return Interval()


def _near(clause: Clause, act: Act) -> list[Time]:
    """The times of a clause that may be those of an act: first those behind it, then those before, nearest first."""
    low, start = clause.low, clause.part[0]
    behind: list[tuple[int, Time]] = []
    before: list[tuple[int, Time]] = []
    for time in clause.times:
        begin, end = time.span[0] - start, time.span[1] - start
        if time.type not in ("DATE", "TIME", "DURATION") or _is_told(low, (begin, end), act, clause.words):
            continue
        if _pattern("deadline", "anchored").match(low, end) or _RANGE.search(low[max(0, begin - 2) : end + 2]):
            continue
        if begin >= act.span[1] and begin - act.span[1] <= _NEAR:
            if not any(other.span[0] >= act.span[1] + _SHARED and other.span[1] <= begin for other in clause.acts):
                behind.append((begin, time))
        elif end <= act.span[0] and (act.span[0] - end <= _NEAR or begin < _OPENING):
            between = [other for other in clause.acts if other is not act and other.span[1] <= begin]
            if not between and time.type != "DURATION" and not act.earlier:
                before.append((-begin, time))
    return [time for group in (behind, before) for _, time in sorted(group, key=lambda item: item[0])]


def _is_told(low: str, when: Span, act: Act, words: AgreementWords) -> bool:
    """Whether a time is that of a saying."""
    stretch = low[act.span[1] : when[0]] if when[0] >= act.span[1] else low[max(0, when[0] - _SAID) : when[0]]
    return words.has("joined.said", stretch if when[0] >= act.span[1] else stretch.rpartition(",")[2])


def _bounded(when: Interval, low: str, place: Span, made: Interval, *, negative: bool) -> Interval | None:
    """The days that a date gives with what stands around it: "by May" ends with May, "before May" the day before it.

    None where the date is not that of what happens ("a plan for 2030").
    """
    before = low[max(0, place[0] - _BEFORE) : place[0]].rstrip()
    earliest, latest = when.earliest, when.latest or ""
    if _ends("turn", before):
        last = date.fromisoformat(latest)
        return Interval((last - _TURN[0]).isoformat(), (last + _TURN[1]).isoformat())
    by, at = _ends("by", before), _ends("at", before)
    if _ends("aside", before) and not (by or at):
        return None
    start = _since(made)
    start = start if start is None or start <= latest else None
    ends = _pattern("deadline", "end").match(low, place[0]) or _pattern("deadline", "over").match(low, place[1] + 1)
    if (_ends("before", before) or (negative and _ends("until", before))) and earliest and not ends:
        day = (date.fromisoformat(earliest) - timedelta(1)).isoformat()
        return Interval(start if start is None or start <= day else None, day)
    if (by and not at) or _ends("before", before) or (start and earliest and earliest < start):
        return Interval(start, when.latest)
    return when


def _ends(key: str, before: str) -> bool:
    """Whether a stretch of text ends with a pattern of the section `deadline`."""
    return _ending(key).search(before) is not None


def _has(section: str, key: str, text: str) -> bool:
    return _pattern(section, key).search(text) is not None


@lru_cache(maxsize=16)
def _ending(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{table('outlook')['deadline'][key]})$")


@lru_cache(maxsize=16)
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return whole(table("outlook")[section][key])
