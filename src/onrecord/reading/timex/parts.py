"""Parts of a longer stretch of the calendar: "the second week of October", "the last days of 2023"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.reading.periods import Period, period
from onrecord.reading.timex.dates import named_date
from onrecord.reading.timex.meaning import Case, Context, Meaning, around, calendar_unit, left_open, of_period


def nth(case: Case, context: Context) -> Meaning | None:
    """The first, second or last day, weekday, week or month of a month, quarter or year.

    A week of a month is the ISO week that holds most of those seven days.
    """
    weekday, number = case.values.get("sure_weekday"), int(case.values.get("ordinal", 0))
    whole = _whole(case, context, "unit1" if weekday else "unit1_2")
    unit = "day" if weekday else calendar_unit(str(case.values["unit1"]))
    if unit not in ("day", "week", "month", "quarter"):
        return None
    if whole is None or whole.period is None:
        return left_open(unit)
    first, last = whole.period.first, whole.period.last
    if weekday:
        start = first + timedelta(days=(int(weekday) - first.isoweekday()) % 7)
        days = [start + timedelta(weeks=weeks) for weeks in range((last - start).days // 7 + 1)]
    elif unit == "week":
        days = [first + timedelta(days=7 * week + 3) for week in range((last - first).days // 7)]
        days.append(last - timedelta(days=3))
    elif unit == "day":
        days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    else:
        days = list(_steps(Period(unit, first), last))
    if not days or number > len(days):
        return None
    return of_period(period(days[number - 1], unit))


def edge(case: Case, context: Context) -> Meaning | None:
    """The first or last days, weeks or months: the longer period, cut to its beginning or end."""
    whole = _whole(case, context, "unit1")
    if whole is None or whole.period is None:
        return whole
    return of_period(whole.period, replace(case, values={"part": case.values["edge"]}))


def _whole(case: Case, context: Context, key: str) -> Meaning | None:
    values = case.values
    if "month" in values or "sure_year" in values or "short_year" in values:
        values = {key: value for key, value in values.items() if key not in ("unit1", "last")}
        return named_date(replace(case, values=values), context)
    unit = str(values.get(key, ""))
    if calendar_unit(unit) is None:
        return None
    own = "last" if "ordinal" in values or "edge" in values else "last_2"
    return around(context, unit, next((int(values[key]) for key in (own, "next", "this") if key in values), 0))


def _steps(start: Period, last: date) -> list[date]:
    found, at = [], start
    while at.first <= last:
        found.append(at.first)
        after = at.shift(1)
        if after is None:
            break
        at = after
    return found
