"""From which days of publication a temporal expression means given days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.record.bounding.anchors import HOURS, Anchor

#: A page speaks in relative words of what is no further from it than this many days.
_FURTHEST = 800
_YEARLESS = re.compile(r"XXXX-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)")
_MONTH, _WEEK, _YEAR = 31, timedelta(6), timedelta(364)
_DAY, _HOURS = timedelta(1), timedelta(2)


def publication_days(
    own: Anchor, first: date, last: date, other: str, published: str | None = None
) -> tuple[date, date] | None:
    """The first and last day on which an undated page can have told something of the days `first` to `last` so.

    `own` is its anchor; `other` are the words that the dated page tells the days in, `published` (ISO 8601) the day it
    came out. None where there is no such day.
    """
    before, after = slack(other)
    if published and last < date.fromisoformat(published) - timedelta(date.fromisoformat(published).weekday()):
        before = min(before, _DAY * (0 if first == last and _named(other) else before.days))
    if own.value == HOURS:
        return first - before, last + _HOURS
    first, last = first - before, last + after
    yearless = _YEARLESS.match(own.value)
    if yearless:
        days = _in_year(yearless, own.ahead, first, last)
    elif own.ahead and own.words[slice(*own.at)].lower() in table("times")["weekday"]:
        days = _in_week(own, first, last)
    else:
        before, after = slack(own.words[slice(*own.at)])
        days = _saying(own.words, own.at, first - after, last + before)
        if days and own.ahead < 0:
            days = max(days[0], first), days[1]
        elif days and own.ahead > 0:
            days = days[0], min(days[1], last)
    return days if days and days[0] <= days[1] else None


def latest_day(own: Anchor, day: date) -> date | None:
    """The last day on which an undated page can have told something so that was past on a day; None if that is open."""
    words = own.words[slice(*own.at)].lower()
    if own.ahead > 0 or _YEARLESS.match(own.value):
        return None
    if own.value == HOURS:
        return day + _HOURS
    if words.removeprefix("on ") in table("times")["weekday"]:
        back = (day.isoweekday() - int(own.value[-1])) % (_WEEK.days + 1)
        return day - timedelta(back) + _WEEK
    _, after = slack(words)
    days = _saying(own.words, own.at, day - _DAY * _MONTH, day + after)
    return days[1] if days else None


def _named(words: str) -> bool:
    """Whether words for a day name its weekday."""
    return any(word in table("times")["weekday"] for word in words.lower().split())


def _in_week(own: Anchor, first: date, last: date) -> tuple[date, date] | None:
    """The same for a bare weekday that a verb puts behind or ahead: it is named so for a week."""
    wanted = [
        day
        for day in (first + timedelta(step) for step in range((last - first).days + 1))
        if own.value.endswith(f"-{day.isoweekday()}")
    ]
    if not wanted:
        return None
    return (wanted[0], wanted[-1] + _WEEK) if own.ahead < 0 else (wanted[0] - _WEEK, wanted[-1])


def _in_year(named: re.Match[str], ahead: int, first: date, last: date) -> tuple[date, date] | None:
    """The same for a month or a day without its year: it is named so for up to a year before and after."""
    months = {day.month for day in (first, last)} | ({int(named["month"])} if (last - first).days > _MONTH else set())
    if int(named["month"]) not in months:
        return None
    if named["day"]:
        found = [
            day
            for day in (first + timedelta(step) for step in range((last - first).days + 1))
            if (day.month, day.day) == (int(named["month"]), int(named["day"]))
        ]
        if not found:
            return None
        first, last = found[0], found[-1]
    return first if ahead < 0 else last - _YEAR, last if ahead > 0 else first + _YEAR


def _saying(words: str, at: Span, first: date, last: date) -> tuple[date, date] | None:
    """The first and last day on which a sentence, published then, means days that meet `first` to `last`.

    Rests on this: the later the day of publication, the later, or the same, are the days meant.
    """
    low, high = first - timedelta(_FURTHEST), last + timedelta(_FURTHEST)
    begin = _earliest(low, high, lambda day: _meant(words, at, day)[1] >= first)
    behind = _earliest(low, high, lambda day: _meant(words, at, day)[0] > last)
    if begin is None or begin == low or behind is None or begin >= behind:
        return None
    return begin, behind - timedelta(1)


def slack(expression: str) -> tuple[timedelta, timedelta]:
    """How many days before and after those that it names an expression may mean."""
    low = expression.lower()
    nothing = timedelta(0), timedelta(0)
    return next(((before, after) for pattern, before, after in _slacks() if pattern.search(low)), nothing)


def _earliest(low: date, high: date, holds: Callable[[date], bool]) -> date | None:
    """The first day from `low` to `high` on which something holds that holds on every later day as well."""
    left, right = low.toordinal(), high.toordinal() + 1
    while left < right:
        middle = (left + right) // 2
        if holds(date.fromordinal(middle)):
            right = middle
        else:
            left = middle + 1
    return date.fromordinal(left) if left <= high.toordinal() else None


@lru_cache(maxsize=4096)
def _meant(words: str, at: Span, day: date) -> tuple[date, date]:
    """The days an expression means in a sentence published on a day; an impossible pair where it means none."""
    from onrecord.reading.times import times  # noqa: PLC0415 - the grammar is heavy: only matches need it

    for time in times(words, day.isoformat()):
        if time.span == at and time.earliest and time.latest:
            return date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
    return date.min, date.min


@cache
def _slacks() -> tuple[tuple[re.Pattern[str], timedelta, timedelta], ...]:
    return tuple(
        (re.compile(entry["pattern"]), timedelta(entry["before"]), timedelta(entry["after"]))
        for entry in table("events")["slack"]
    )
