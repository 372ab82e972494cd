"""Dates counted from the day of writing ("last month", "two weeks ago") or from a date just named ("a day later")."""

from __future__ import annotations

from datetime import date

from onrecord.lexicon import table
from onrecord.reading.periods import Period, Unit, add, period
from onrecord.reading.timex.dates import iso, named_date, numeric, weekday
from onrecord.reading.timex.lengths import duration, onward
from onrecord.reading.timex.meaning import (
    Case,
    Context,
    Meaning,
    around,
    calendar_unit,
    count,
    left_open,
    of_period,
    of_value,
)

#: From a count of months on, only the month is meant, and so on: "a month ago" names a month, not a day.
_CLOCK = ("second", "minute", "hour")


def today(case: Case, context: Context) -> Meaning | None:
    """Today, yesterday, tomorrow."""
    return around(context, "day", int(case.values["today"]))


def this(case: Case, context: Context) -> Meaning | None:
    """The unit that holds the day of writing, or one beside it."""
    unit = case.unit() or "day"
    if unit in _CLOCK or unit == "generation":
        return None
    if unit == "weekend":
        return _weekend(case, context)
    step = case.step() or 0
    if unit == "fortnight":
        return of_value("P2W", "DURATION")
    if unit in ("decade", "century") and "next" in case.values and "stage" not in case.values:
        return onward(case, context, 1)
    return around(context, unit, step, case)


def the_unit(case: Case, context: Context) -> Meaning | None:
    """ "The year", "the week": the one that the page is in."""
    unit = case.unit() or "half"
    if unit in _CLOCK or calendar_unit(unit) is None:
        return None
    if unit in ("day", "century", "decade") and "part" not in case.values:
        return None
    if unit == "day":
        return around(context, "day", 0)
    return around(context, unit, 0, case)


def unit_end(case: Case, context: Context) -> Meaning | None:
    """The end of a month or year, "year-end": its value with its last day."""
    unit = calendar_unit(case.unit() or "")
    if unit is None or unit == "day":
        return None
    year = case.first("sure_year")
    if year is not None:
        found: Period | None = Period("year", date(int(str(year)), 1, 1))
    elif context.written is None:
        return left_open(unit)
    else:
        found = period(context.written, unit).shift(case.step() or 0)
    return Meaning("DATE", found.value, found.last, found.last, found) if found else None


def ago(case: Case, context: Context) -> Meaning | None:
    """So many units before or after the day of writing, as exact as the unit."""
    sign = int(case.settings["n"])
    if sign < 0 and case.unit() == "year" and count(case) == 1 and context.compared:
        return of_period(context.compared.shift(-4))
    return _counted(case, context.written, sign, context)


def some_later(case: Case, context: Context) -> Meaning | None:
    """ "Weeks later": after the date just named."""
    named = context.named.first if context.named and case.recent else None
    return Meaning("DATE", "FUTURE_REF", named)


def one_day(case: Case, context: Context) -> Meaning | None:
    """ "One day" for some time to come; of the past it says nothing."""
    return Meaning("DATE", "FUTURE_REF", context.written) if case.direction > 0 else None


def from_day(case: Case, context: Context) -> Meaning | None:
    """ "A week from Friday"."""
    base = today(case, context) if "today" in case.values else weekday(_ahead(case), context)
    unit = calendar_unit(case.unit() or "")
    if base is None or base.first is None or unit is None:
        return None
    found = add(base.first, unit, 1)
    return of_period(Period("day", found)) if found else None


def later(case: Case, context: Context) -> Meaning | None:
    """So many units after or before the date just named; before the day of writing where none was."""
    sign, unit = int(case.settings["n"]), case.unit() or "day"
    if sign < 0 and unit == "year" and count(case) == 1 and context.compared:
        return of_period(context.compared.shift(-4))
    if unit in _CLOCK or (sign > 0 and count(case) == "X"):
        return duration(case, context)
    if context.named is not None and (case.recent or sign > 0):
        named = context.named
        if named.unit in ("year", "month", "quarter") and unit == "year":
            steps = {"year": 1, "quarter": 4, "month": 12}[named.unit]
            amount = count(case)
            return of_period(named.shift(sign * steps * int(amount))) if not isinstance(amount, str) else None
        known = calendar_unit(_grain(unit))
        if known is None or _rank(named.unit) > _rank(known):
            return left_open(_grain(unit))
        return _counted(case, named.first, sign, context)
    if sign > 0:
        return left_open(_grain(unit))
    return _counted(case, context.written, sign, context)


def that(case: Case, context: Context) -> Meaning | None:
    """ "That year", "the following day", "the day before": counted from the date just named."""
    unit, step = calendar_unit(case.unit() or ""), case.step() or 0
    if unit is None:
        return None
    named = context.quarter if unit == "quarter" and context.quarter else context.named
    if named is None:
        return around(context, unit, step) if step else None
    if _rank(named.unit) > _rank(unit):
        return left_open(unit) if step else None
    start = named.first if step <= 0 else named.last
    return of_period(period(start, unit).shift(step))


def _weekend(case: Case, context: Context) -> Meaning | None:
    if context.written is None:
        return left_open("weekend")
    step, weekday_now = case.step(), context.written.isoweekday()
    if step is None:
        step = -1 if weekday_now < 6 and case.direction <= 0 else 0
    return of_period(period(context.written, "weekend").shift(step))


def _counted(case: Case, anchor: date | None, sign: int, context: Context) -> Meaning | None:
    unit, amount = case.unit() or "day", count(case)
    if unit in _CLOCK:
        if anchor is None or isinstance(amount, str):
            return Meaning("TIME", "PAST_REF" if sign < 0 else "FUTURE_REF")
        return Meaning("TIME", "PAST_REF" if sign < 0 else "FUTURE_REF", anchor, anchor)
    if isinstance(amount, str) or unit == "generation":
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if anchor is None:
        return left_open(_grain(unit))
    step, size = table("times")["steps"].get(unit, ("year", 1000))
    if amount != int(amount) and step in table("times")["finer"]:
        step, parts = table("times")["finer"][step]
        amount, unit = amount * parts, step
    found = add(anchor, step, sign * int(amount) * int(size))
    grain = calendar_unit(_grain(unit))
    return of_period(period(found, grain)) if found and grain else None


def _grain(unit: str) -> str:
    return {"fortnight": "week", "decade": "year", "century": "century", "millennium": "century"}.get(unit, unit)


def _rank(unit: Unit) -> int:
    return ("day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century").index(unit)


def _ahead(case: Case) -> Case:
    """The weekday of "a week from Friday" by itself: the one to come."""
    day = {category: value for category, value in case.values.items() if category == "sure_weekday"}
    return Case(day, case.settings, 1, case.text)


def date_of(case: Case, context: Context) -> Meaning | None:
    """The day that a part of the day or a time of the clock belongs to: named, counted, or the day of writing."""
    if "month" in case.values or "sure_month" in case.values:
        return named_date(case, context)
    if "sure_weekday" in case.values or "weekday" in case.values:
        return weekday(case, context)
    if "today" in case.values:
        return today(case, context)
    if "numeric" in case.values:
        return numeric(case, context)
    if "iso" in case.values:
        return iso(case, context)
    if context.named is not None and ("following" in case.values or "preceding" in case.values):
        return of_period(period(context.named.first, "day").shift(case.step() or 0))
    if context.named is not None and context.named.unit == "day" and case.recent and not _today(case):
        return of_period(context.named)
    return around(context, "day", 0)


def _today(case: Case) -> bool:
    """Whether the words tie a part of the day to the day of writing: "this morning", "tonight"."""
    return "night" in case.values or "this" in case.values or "part" in case.settings
