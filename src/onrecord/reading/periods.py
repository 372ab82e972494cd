"""Days, weeks, months and longer stretches of the Gregorian calendar, and what TIMEX3 calls them.

Weeks are ISO 8601 weeks, Monday to Sunday. Values follow TIMEX3 (ISO 24617-1, ISO-TimeML): `2024-09-10`, `2024-W37`,
`2024-W37-WE`, `2024-09`, `2024-Q3`, `2024-H2`, `2024-SU`, `2024`, `202` (a decade), `20` (a century).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"]
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_SEASONS = {"SP": ((0, 3), (0, 6)), "SU": ((0, 6), (0, 9)), "FA": ((0, 9), (0, 12)), "WI": ((-1, 12), (1, 3))}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its unit and its first day."""

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """The last day of the period; of one that runs past the year 9999, that year's last."""
        if self.unit in _MONTHS:
            end = _month_after(self.first, _MONTHS[self.unit] - 1) or date(9999, 12, 1)
            return end.replace(day=calendar.monthrange(end.year, end.month)[1])
        length = {"day": 1, "week": 7, "weekend": 2}[self.unit]
        return date.fromordinal(min(self.first.toordinal() + length - 1, date.max.toordinal()))

    @property
    def value(self) -> str:
        """The period as a TIMEX3 value."""
        first = self.first
        year = f"{first.year:04}"
        if self.unit in ("week", "weekend"):
            iso = first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if self.unit == "weekend" else "")
        return {
            "day": first.isoformat(),
            "month": f"{year}-{first.month:02}",
            "quarter": f"{year}-Q{(first.month + 2) // 3}",
            "half": f"{year}-H{(first.month + 5) // 6}",
            "year": year,
            "decade": year[:3],
            "century": year[:2],
        }[self.unit]

    def shift(self, steps: int) -> Period | None:
        """The period that many of its unit later (earlier if negative); None outside the years 1 to 9999."""
        first = add(self.first, self.unit, steps)
        return Period(self.unit, first) if first else None


def period(day: date, unit: Unit) -> Period:
    """The period of a unit that holds a day; for a weekend, the one of the day's ISO week."""
    if unit == "day":
        return Period(unit, day)
    if unit in ("week", "weekend"):
        monday = day.toordinal() - day.weekday()
        return Period(unit, date.fromordinal(monday + (5 if unit == "weekend" else 0)))
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return Period(unit, date(max(1, day.year // size * size), 1, 1))
    size = _MONTHS[unit]
    return Period(unit, date(day.year, (day.month - 1) // size * size + 1, 1))


def add(day: date, unit: Unit, steps: int) -> date | None:
    """The day so many units later (earlier if negative), the last of the month where the month is too short.

    None outside the years 1 to 9999.
    """
    if unit in _MONTHS:
        month = _month_after(day, _MONTHS[unit] * steps)
        return month and month.replace(day=min(day.day, calendar.monthrange(month.year, month.month)[1]))
    try:
        return day + timedelta(days=steps * (1 if unit == "day" else 7))
    except OverflowError:
        return None


def easter(year: int) -> date:
    """Western Easter Sunday of a year (anonymous Gregorian algorithm: Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + e - 7 * ((a + 11 * h + 22 * e) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def days_of(value: str) -> tuple[str, str] | None:
    """The first and the last ISO day that a TIMEX3 DATE or TIME value denotes, both included.

    None for durations, sets, references, values left open (`XXXX-11`) and malformed ones. A season takes in its whole
    months; `-WI` takes in both winters that touch the year, since the value does not say which is meant.
    """
    try:
        found = _days(value)
    except ValueError:
        return None
    return (found[0].isoformat(), found[1].isoformat()) if found else None


def _days(value: str) -> tuple[date, date] | None:
    if re.fullmatch(r"[0-9]{2,3}", value):
        year = int(value.ljust(4, "0"))
        long = Period("decade" if len(value) == 3 else "century", date(year, 1, 1))
        return long.first, long.last
    match = _VALUE.fullmatch(value)
    if not match:
        return None
    year = int(match["year"])
    found = Period("year", date(year, 1, 1))
    if match["day"]:
        found = Period("day", date(year, int(match["month"]), int(match["day"])))
    elif match["month"]:
        found = Period("month", date(year, int(match["month"]), 1))
    elif match["quarter"]:
        found = Period("quarter", date(year, int(match["quarter"]) * 3 - 2, 1))
    elif match["half"]:
        found = Period("half", date(year, int(match["half"]) * 6 - 5, 1))
    elif match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        within = match["weekday"]
        if within and within != "WE":
            found = Period("day", date.fromisocalendar(year, int(match["week"]), int(within)))
        else:
            found = period(monday, "weekend" if within else "week")
    elif match["season"]:
        (before, start), (after, end) = _SEASONS[match["season"]]
        return date(year + before, start, 1), Period("month", date(year + after, end, 1)).last
    return found.first, found.last


def _month_after(day: date, months: int) -> date | None:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) if 12 <= index < 120000 else None
