"""Durations, sets and references."""

from __future__ import annotations

import math
from datetime import date

from onrecord.analysis import TimeType
from onrecord.lexicon import table
from onrecord.reading.periods import Unit, add, period
from onrecord.reading.timex.meaning import Case, Context, Meaning, and_a_half, calendar_unit, count, length, of_value


def duration(case: Case, context: Context) -> Meaning | None:
    """A length of time: `P2Y6M`."""
    unit, text = case.unit(), case.text.lower()
    if unit is None or (unit in ("quarter", "second") and "article" in case.values and not and_a_half(case)):
        return None  # a fourth part; the one after the first
    if unit == "quarter" and ("-" in text or case.values.get("number") == 1):
        return None
    return Meaning("DURATION", length(count(case), unit))


def half_a(case: Case, context: Context) -> Meaning | None:
    """Half a unit."""
    unit = case.unit()
    return Meaning("DURATION", length(0.5, unit)) if unit else None


def some_units(case: Case, context: Context) -> Meaning | None:
    """Units without a number: `PXM`."""
    return Meaning("DURATION", length("X", str(case.values["units"])))


def onward(case: Case, context: Context, step: int) -> Meaning | None:
    """A length before or after the day of writing (step -1 or 1), with its days, open where nobody says how many."""
    unit, written = case.unit(), context.written
    if unit is None:
        return None
    counted = {"number", "couple", "indefinite", "article", "last", "next"} & case.values.keys()
    amount = "X" if "units" in case.values and not counted else count(case)
    value = length(amount, unit)
    if written is None or unit == "generation":
        return Meaning("DURATION", value)
    other = None if isinstance(amount, str) else _moved(written, unit, step * amount)
    return Meaning("DURATION", value, written, other) if step > 0 else Meaning("DURATION", value, other, written)


def within(case: Case, context: Context) -> Meaning | None:
    """ "Within two weeks", "in a month": a length whose days are those from the day of writing on, if it is to come."""
    if case.unit() in ("quarter", "second") and "article" in case.values:
        return None  # as in `duration`
    ahead = case.direction > 0 or (case.direction == 0 and "only_ahead" not in case.settings)
    return onward(case, context if ahead else Context(None), 1)


def coming(case: Case, context: Context) -> Meaning | None:
    """ "The coming weeks", "the months ahead": so many units as nobody says, from the day of writing on."""
    return onward(case, context, 1)


def window(case: Case, context: Context) -> Meaning | None:
    """The units up to, or from, the day of writing: a duration whose days are known."""
    unit, step = case.unit(), case.first("last", "next")
    if unit is None or (unit == "weekend" and "weekends" not in case.values):
        return None
    if step is None:
        return Meaning("DURATION", length(count(case), unit))
    return onward(case, context, int(str(step)))


def past_one(case: Case, context: Context) -> Meaning | None:
    """ "The past year": the unit before this one, though its days run up to the day of writing."""
    unit = calendar_unit(case.unit() or "")
    if unit is None:
        return Meaning("DURATION", length(1, str(case.unit())))
    if context.written is None or unit in ("day", "decade", "century"):
        return Meaning("DURATION", length(1, unit))
    before, start = period(context.written, unit).shift(-1), add(context.written, unit, -1)
    return Meaning("DATE", before.value, start, context.written) if before else None


def whole(case: Case, context: Context) -> Meaning | None:
    """ "All day": a whole unit."""
    return Meaning("DURATION", length(1, case.unit() or "day"))


def every(case: Case, context: Context) -> Meaning | None:
    """A repeated unit: `P1W`."""
    unit = case.unit()
    if unit is None:
        return None
    amount = 2.0 if "every other" in " ".join(case.text.lower().split()) else count(case)
    value = "P1Q" if (unit, amount) == ("quarter", 1) else length(amount, unit)
    return Meaning("SET", value)


def rate(case: Case, context: Context) -> Meaning | None:
    """So much a day: the unit, repeated. What is counted by the clock is a speed."""
    unit = case.unit()
    return Meaning("SET", length(1, unit)) if unit not in (None, "second", "minute", "hour") else None


def every_name(case: Case, context: Context) -> Meaning | None:
    """A repeated weekday, season, month or part of the day: `XXXX-WXX-4`."""
    values = case.values
    part = str(case.first("daypart", "dayparts") or "")
    day = case.first("weekday", "weekdays", "sure_weekday")
    if day is not None:
        return Meaning("SET", f"XXXX-WXX-{day}{part[:3]}")
    if "season" in values:
        return Meaning("SET", f"XXXX-{values['season']}")
    if "month" in values:
        return Meaning("SET", f"XXXX-{values['month']:02}")
    if "weekends" in values or "weekend" in values:
        return Meaning("SET", "XXXX-WXX-WE")
    if "holiday" in values:
        return Meaning("SET", "P1Y")
    return Meaning("SET", f"XXXX-XX-XX{part}")


def frequency(case: Case, context: Context) -> Meaning | None:
    """Annually, hourly."""
    return Meaning("SET", str(case.values["frequency"]))


def fixed(case: Case, context: Context) -> Meaning | None:
    """What has one value wherever it stands."""
    kind: TimeType = "DURATION"
    return of_value(str(case.values.get("stretch", "PXX")), kind)


def reference(case: Case, context: Context) -> Meaning | None:
    """Now, recently, soon: no date, but the day of writing bounds it."""
    value, written = str(case.settings["value"]), context.written
    first = written if value in ("PRESENT_REF", "FUTURE_REF") else None
    last = written if value in ("PRESENT_REF", "PAST_REF") else None
    return Meaning("DATE", value, first, last)


def _moved(day: date, unit: str, amount: float) -> date | None:
    """The day so many units on (back if negative), rounded away from the day itself; None for units no calendar has."""
    lengths = table("times")
    name: Unit
    if unit in lengths["in_a_day"]:
        name, amount = "day", amount / lengths["in_a_day"][unit]
    elif unit in lengths["steps"]:
        name, size = lengths["steps"][unit]
        amount *= size
    else:
        return None
    if amount != int(amount) and name in lengths["finer"]:
        name, parts = lengths["finer"][name]
        amount *= parts
    return add(day, name, math.floor(amount) if amount < 0 else math.ceil(amount))
