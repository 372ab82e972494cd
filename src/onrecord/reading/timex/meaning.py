"""What an expression means, and what the reading of a page knows when it comes to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.analysis import TimeType
from onrecord.lexicon import table
from onrecord.reading.periods import Period, Unit, days_of, period
from onrecord.reading.timex.tense import Direction
from onrecord.reading.timex.tokens import Values

_OPEN: dict[str, str] = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


@dataclass(slots=True)
class Context:
    """The day a page is taken to be written on, if known, and the dates it has named so far.

    `named` is the last date, `quarter` the last quarter that is not in the future, and `compared` that quarter as long
    as nothing longer was named since: what "a year earlier" in a report of results is a year earlier than.
    """

    written: date | None
    named: Period | None = None
    quarter: Period | None = None
    compared: Period | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One expression to be worked out: its values by category, its rule's settings, and which way its verb looks."""

    values: Values
    settings: Values
    direction: Direction
    text: str
    #: Whether the verb stands close by; whether a date was named shortly before.
    close: bool = False
    recent: bool = False

    def first(self, *categories: str) -> object | None:
        """The value of the first of these categories that the expression has."""
        return next((self.values[category] for category in categories if category in self.values), None)

    def step(self) -> int | None:
        """-1 for "last", 0 for "this", 1 for "next"; None where no such word is there."""
        for category in ("last", "next", "this", "following", "preceding", "same"):
            if category in self.values:
                return int(self.values[category])
        found = self.settings.get("n")
        return None if found is None else int(found)

    def unit(self) -> str | None:
        """The unit it counts in."""
        found = self.settings.get("unit") or self.first("units", "unit1", "weekend", "weekends")
        return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A TIMEX3 type and value, the days it takes in (None: open), and the period it is, if it is one."""

    type: TimeType
    value: str
    first: date | None = None
    last: date | None = None
    period: Period | None = None


def of_period(found: Period | None, case: Case | None = None) -> Meaning | None:
    """The meaning of a calendar period, cut to the part of it that the expression speaks of."""
    if found is None:
        return None
    first, last = found.first, found.last
    share = case and (case.first("stage", "part"))
    if isinstance(share, list):
        length = (last - first).days + 1
        start, end = int(share[0] * length), max(int(share[0] * length), int(share[1] * length + 0.5) - 1)
        first, last = first + timedelta(days=start), first + timedelta(days=end)
    return Meaning("DATE", found.value, first, last, found)


def of_value(value: str, type_: TimeType = "DATE") -> Meaning:
    """The meaning of a value that stands for itself."""
    days = days_of(value) if type_ in ("DATE", "TIME") else None
    if days is None:
        return Meaning(type_, value)
    return Meaning(type_, value, date.fromisoformat(days[0]), date.fromisoformat(days[1]))


def left_open(unit: str) -> Meaning:
    """A date of which no more than the unit is known."""
    return Meaning("DATE", _OPEN.get(unit, "XXXX"))


def around(context: Context, unit: str, step: int, case: Case | None = None) -> Meaning:
    """The period of a unit so many steps from the day of writing, open where that day is not known."""
    known = calendar_unit(unit)
    if known is None or context.written is None:
        return left_open(unit)
    found = of_period(period(context.written, known).shift(step), case) or left_open(unit)
    cut = case.values.get("comparative") if case else None
    if cut and found.first and found.last and found.first <= context.written <= found.last:
        return replace(found, last=context.written) if cut < 0 else replace(found, first=context.written)
    return found


def calendar_unit(unit: str) -> Unit | None:
    """The unit as a unit of the calendar, or None (hours, generations)."""
    return unit if unit in _OPEN else None  # type: ignore[return-value]


def length(count: float | str, unit: str) -> str:
    """A TIMEX3 duration: `P2Y`, `PT90M`, `PXM` where the count is not known."""
    clock, size, letter = table("times")["duration"][unit]
    if isinstance(count, str):
        return f"P{clock}X{letter}"
    amount = count * size
    if amount != int(amount):
        finer = {"Y": ("", 12, "M"), "H": ("T", 60, "M"), "M": ("T", 60, "S") if clock else ("", 30, "D")}
        if letter in finer:
            mark, parts, small = finer[letter]
            whole, rest = int(amount), round((amount - int(amount)) * parts)
            return f"P{clock}" + (f"{whole}{letter}" if whole else "") + (mark if not clock else "") + f"{rest}{small}"
        return f"P{clock}{amount:g}{letter}"
    return f"P{clock}{int(amount)}{letter}"


def count(case: Case) -> float | str:
    """How many: a number, or "X" where the words do not say."""
    values = case.values
    if "indefinite" in values and "number" not in values and "couple" not in values:
        return "X"
    number = next((float(values[category]) for category in ("number", "couple") if category in values), 1.0)
    return number + (0.5 if and_a_half(case) else 0)


def and_a_half(case: Case) -> bool:
    """Whether a half comes on top of the count."""
    return "half" in case.text.lower() and " and a half" in " ".join(re.split(r"[\s-]+", case.text.lower()))


def full_year(year: int) -> int:
    """Two figures of a year as four: '97 is 1997, '24 is 2024."""
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def near_years(year: int) -> list[int]:
    """A year and those beside it, as far as the calendar goes."""
    return [near for near in (year - 1, year, year + 1) if 1 <= near <= 9999]
