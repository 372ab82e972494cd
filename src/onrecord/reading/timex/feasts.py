"""Feasts: days that have a name, by the Gregorian calendar, by Easter, or as a table of another calendar has them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

from onrecord.lexicon import rows
from onrecord.reading.periods import Period, easter
from onrecord.reading.timex.meaning import Case, Context, Meaning, full_year, near_years, of_period, of_value


def holiday(case: Case, context: Context) -> Meaning | None:
    """A feast, in the year said or the one the words look to.

    One of several days has its year as value, and its first and last day. Where it depends on who saw the moon, the
    days are all that it may have been on.
    """
    entry = case.values["holiday"]
    first = _first(entry, case, context)
    if first is None:
        return _unplaced(entry)
    length, either = timedelta(days=entry.get("days", 1) - 1), timedelta(days=entry.get("either", 0))
    found = of_period(Period("day", first) if not length else Period("year", date(first.year, 1, 1)))
    return found and Meaning("DATE", found.value, first - either, first + length + either, Period("day", first))


def _first(entry: dict[str, Any], case: Case, context: Context) -> date | None:
    """Its first day; None where nothing tells which year's is meant, or no table has it."""
    said, step, written = case.first("sure_year", "year", "short_year"), case.step(), context.written
    if "year" in entry:
        return _of_year(entry, entry["year"])
    if said is not None:
        return _of_year(entry, full_year(int(str(said))))
    if written is None:
        return None
    if "unit1" in case.values or step == 0:
        return _of_year(entry, written.year + (step or 0))
    near = [day for year in near_years(written.year) for day in _all(entry, year)]
    if step == -1 or (step is None and case.direction < 0):
        return max((day for day in near if day < written or (day == written and step is None)), default=None)
    if step == 1 or (step is None and case.direction > 0):
        return min((day for day in near if day > written or (day == written and step is None)), default=None)
    return min(near, key=lambda day: abs((day - written).days), default=None)


def _of_year(entry: dict[str, Any], year: int) -> date | None:
    return next(iter(_all(entry, year)), None)


def _all(entry: dict[str, Any], year: int) -> list[date]:
    """Its days in a year: a feast of a lunar year can come twice in a year of ours, or not at all."""
    if "feast" in entry:
        return _table().get((entry["feast"], year), [])
    if "easter" in entry:
        return [easter(year) + timedelta(days=entry["easter"])]
    if "day" in entry:
        return [date(year, entry["month"], entry["day"])]
    first = date(year, entry["month"], 1)
    day = 1 + (entry["weekday"] - first.isoweekday()) % 7 + 7 * (max(entry["nth"], 1) - 1)
    if entry["nth"] < 0:
        while day + 7 <= monthrange(year, entry["month"])[1]:
            day += 7
    return [first.replace(day=day)]


def _unplaced(entry: dict[str, Any]) -> Meaning:
    return of_value(f"XXXX-{entry['month']:02}-{entry['day']:02}" if "day" in entry else "XXXX-XX-XX")


@cache
def _table() -> dict[tuple[str, int], list[date]]:
    found: dict[tuple[str, int], list[date]] = {}
    for row in rows("times_feasts"):
        day = date.fromisoformat(row["day"])
        found.setdefault((row["feast"], day.year), []).append(day)
    return found
