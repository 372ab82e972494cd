"""Dates by name: days, months, weekdays, seasons, quarters, years and what is longer."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from onrecord.lexicon import table
from onrecord.reading.periods import Period, add, period
from onrecord.reading.timex.meaning import (
    Case,
    Context,
    Meaning,
    around,
    full_year,
    left_open,
    near_years,
    of_period,
    of_value,
)

#: A date that the tense puts further off than this many days is put on the other side, if it is this close there.
_FAR, _CLOSE = 290, 100
#: News names more dates behind it than ahead of it: how much further off a past one may be when no verb tells.
_PAST_WEIGHT = 0.85
#: What of "the first half of May 2023" names the month.
_DATED = frozenset({"month", "sure_year", "year", "short_year"})


def iso(case: Case, context: Context) -> Meaning | None:
    """`2024-09-10`, `2024/09/10`."""
    year, month, day = (int(part) for part in re.split("[-/]", case.values["iso"]))
    return _whole(year, month, day, case)


def numeric(case: Case, context: Context) -> Meaning | None:
    """`9/10/2024`, `10.09.2024`: with strokes the month comes first if it can, with dots and hyphens the day."""
    figures = case.values["numeric"]
    parts = re.split("[/.-]", figures)
    if len({mark for mark in figures if not mark.isdigit()}) > 1:
        return None
    one, two, year = (int(part) for part in parts)
    month, day = (one, two) if "/" in figures and one <= 12 else (two, one)
    return _whole(full_year(year), month, day, case)


def named_date(case: Case, context: Context) -> Meaning | None:
    """A month, a day of a month or a year, the missing parts from the day of writing and the tense."""
    month, day = case.first("month", "sure_month"), case.first("nth_day", "day_number")
    year = case.first("sure_year", "year", "short_year")
    full = full_year(int(str(year))) if year is not None else None
    if month is None:
        return of_period(Period("year", date(full, 1, 1)), case) if full else None
    number = int(str(month))
    n_day = int(str(day)) if day is not None else None
    if n_day and not 1 <= n_day <= monthrange(2000, number)[1]:
        return None
    if full is None:
        full = _year_for(number, n_day, case, context)
    if full is None:
        return of_value(f"XXXX-{number:02}" + (f"-{n_day:02}" if n_day else ""))
    return _whole(full, number, n_day, case)


def first_of_two(case: Case, context: Context) -> Meaning | None:
    """The first date of a range; the year said with the second is its own, unless the range runs over New Year."""
    values = case.values
    if "month_2" in values and "sure_year" in values and values["month"] > values["month_2"]:
        values = {**values, "sure_year": values["sure_year"] - 1}
    return named_date(replace(case, values=values), context)


def attack(case: Case, context: Context) -> Meaning | None:
    """The day that an attack is called after, in the year it was in unless the page is older."""
    found = named_date(case, context)
    year = table("times")["attack_day"].get(found.value[-5:]) if found else None
    day = date(year, found.first.month, found.first.day) if year and found and found.first else None
    return of_period(Period("day", day)) if day and context.written and day <= context.written else found


def second_of_two(case: Case, context: Context) -> Meaning | None:
    """The 7 of "March 5 to 7"."""
    values = dict(case.values)
    if "day_number_2" in values:
        values["day_number"] = values["day_number_2"]
    first = context.named and context.named.first
    if first and first.month == case.first("month", "sure_month") and case.first("sure_year", "year") is None:
        values["sure_year"] = first.year
    return named_date(replace(case, values=values), context)


def short_second(case: Case, context: Context) -> Meaning | None:
    """The 24 of "2023-24", if it is a later year."""
    year = int(case.values["sure_year"]) // 100 * 100 + int(case.values["two_digits"])
    return of_period(Period("year", date(year, 1, 1))) if year > case.values["sure_year"] else None


def weekday(case: Case, context: Context) -> Meaning | None:
    """A day of the week: the last one on or before the day of writing, or the next, as the words look."""
    wanted = int(str(case.first("sure_weekday", "weekday")))
    if context.written is None:
        return of_value(f"XXXX-WXX-{wanted}")
    anchor = context.written
    if context.named and context.named.unit == "day" and ("following" in case.values or "preceding" in case.values):
        anchor = context.named.first
    ahead, step = (wanted - anchor.isoweekday()) % 7, case.step()
    if "unit1" in case.values:
        weeks = -1 if step is None else step
        ahead = wanted - anchor.isoweekday() + 7 * weeks
    elif step == 0:
        ahead -= 7 if ahead and case.direction < 0 else 0
    elif step == 1:
        ahead = ahead or 7
    elif step == -1 or (case.direction <= 0 and ahead):
        ahead -= 7
    found = add(anchor, "day", ahead)
    return of_period(Period("day", found)) if found else None


def season(case: Case, context: Context) -> Meaning | None:
    """A season of a year; the value names the year it is in, or begins in."""
    code, year, step = str(case.values["season"]), case.first("sure_year", "year", "short_year"), case.step()
    if year is not None:
        return of_value(f"{full_year(int(str(year)))}-{code}")
    if context.written is None:
        return of_value(f"XXXX-{code}")
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    if "unit1" in case.values:
        number = context.written.year + (step or 0)
    elif step == -1 or (step is None and case.direction <= 0):
        over = start + (3 if step == -1 and code != "WI" else 0)
        number = context.written.year - (1 if context.written.month < over else 0)
    elif step == 0:
        number = context.written.year - (1 if code == "WI" and context.written.month < 6 else 0)
    else:
        number = context.written.year + (1 if context.written.month > start + 1 else 0)
    found = of_value(f"{number:04}-{code}")
    if code == "WI" and found.last and number < 9999:
        return replace(found, first=date(number, 12, 1), last=date(number + 1, 3, 31))
    return found


def decade(case: Case, context: Context) -> Meaning | None:
    """A decade: `199`. Two figures or a name alone are of the twentieth century, as news write them."""
    years, tens = case.first("years"), case.first("short_decade", "decade")
    if years is not None:
        number = int(str(years))
        if number % 100 == 0 and "stage" not in case.values and number % 1000:
            return of_period(period(date(number, 1, 1), "century"), case)
        return of_period(period(date(number, 1, 1), "decade"), case) if number else None
    hundreds = case.first("number")
    century = int(float(str(hundreds))) if hundreds is not None else 19
    if not 10 <= century <= 20 or not 0 <= int(str(tens)) <= 9:
        return None
    return of_period(Period("decade", date(century * 100 + int(str(tens)) * 10, 1, 1)), case)


def century(case: Case, context: Context) -> Meaning | None:
    """A century: `19` for the twentieth, after its years' first figures."""
    number = int(case.values["ordinal"])
    return of_period(Period("century", date((number - 1) * 100, 1, 1)), case) if 2 <= number <= 30 else None


def fiscal(case: Case, context: Context) -> Meaning | None:
    """A fiscal year, called after the year that it ends in.

    Its first and last day are the reporting body's own: they stay open, unless both of its years are said.
    """
    keys = ("sure_year", "year", "short_year", "sure_year_2", "two_digits", "two_digits_2")
    years = [int(case.values[key]) for key in keys if key in case.values]
    first, second = full_year(years[0]), years[1] if len(years) > 1 else None
    if second is None:
        return Meaning("DATE", f"{first:04}")
    last = second if second > 99 else first // 100 * 100 + second
    if last != first + 1:
        return None
    return Meaning("DATE", f"{last:04}", date(first, 1, 1), date(last, 12, 31))


def quarter(case: Case, context: Context) -> Meaning | None:
    """A numbered quarter of a year said, or of the one that the words look to."""
    number = int(float(str(case.first("ordinal", "number"))))
    if not 1 <= number <= 4:
        return None
    year = case.first("sure_year", "year", "short_year")
    if year is not None:
        return of_period(Period("quarter", date(full_year(int(str(year))), number * 3 - 2, 1)), case)
    if context.written is None:
        return of_value(f"XXXX-Q{number}")
    step, back = case.step(), 1 if "ago" in case.text.lower() or "earlier" in case.text.lower() else 0
    if step is not None and "unit1" in case.values:
        return of_period(Period("quarter", date(context.written.year + step, number * 3 - 2, 1)), case)
    return of_period(Period("quarter", date(_quarter_year(number, case, context) - back, number * 3 - 2, 1)), case)


def half(case: Case, context: Context) -> Meaning | None:
    """The first or second half of a year."""
    number = int(float(str(case.first("ordinal", "number") or 2)))
    if not 1 <= number <= 2:
        return None
    if any(category in case.values for category in ("years", "short_decade", "decade")):
        return decade(case, context)
    if "month" in case.values or case.unit() in ("month", "decade", "century"):
        part = {"part": [0.0, 0.5] if number == 1 else [0.5, 1.0]}
        if "month" not in case.values:
            return around(context, str(case.unit()), case.step() or 0, replace(case, values=part))
        dated = {key: value for key, value in case.values.items() if key in _DATED}
        return named_date(replace(case, values=dated | part), context)
    year = case.first("sure_year", "year", "short_year")
    if year is None and context.written is None:
        return of_value(f"XXXX-H{number}")
    if year is None:
        written = _known(context)
        behind = number == 2 and written.month <= 3 and case.direction <= 0 and case.step() is None
        full = written.year + (case.step() or 0) - behind
    else:
        full = full_year(int(str(year)))
    return of_period(Period("half", date(full, number * 6 - 5, 1)), case)


def quarter_to(case: Case, context: Context) -> Meaning | None:
    """The quarter that ends about a day: the calendar's quarter that holds most of it."""
    end = named_date(case, context)
    if end is None or end.first is None:
        return left_open("quarter")
    return of_period(period(end.first - timedelta(days=45), "quarter"))


def same_quarter(case: Case, context: Context) -> Meaning | None:
    """The quarter that the page has been speaking of: the last one named, else the last that has ended."""
    year = case.first("sure_year", "year")
    if context.written is None and context.quarter is None:
        return of_value(f"{year or 'XXXX'}-QX")
    named = context.quarter or period(_known(context), "quarter").shift(-1)
    if named is None:
        return None
    back = 4 if ("ago" in case.text.lower() or "earlier" in case.text.lower()) else 0
    if year is not None:
        return of_period(Period("quarter", named.first.replace(year=int(str(year)))))
    return of_period(named.shift(-back))


def year_earlier(case: Case, context: Context) -> Meaning | None:
    """The quarter that the page has been speaking of, a year before."""
    year = case.first("sure_year", "year")
    if context.quarter is None:
        if context.written is None:
            return of_value(f"{year or 'XXXX'}-QX")
        latest = period(context.written, "quarter").shift(-1)
    else:
        latest = context.quarter
    if latest is None:
        return None
    if year is not None:
        return of_period(Period("quarter", latest.first.replace(year=int(str(year)))))
    if context.written and latest.first.year < context.written.year - 1:
        return of_period(latest)
    return of_period(latest.shift(-4))


def this_quarter(case: Case, context: Context) -> Meaning | None:
    """The current quarter, or one beside it."""
    return around(context, "quarter", case.step() or 0, case)


def first_some(case: Case, context: Context) -> Meaning | None:
    """The first two quarters of a year: a half."""
    year = case.first("sure_year", "year", "short_year")
    if case.values["number"] != 2 or (year is None and context.written is None):
        return None
    full = full_year(int(str(year))) if year is not None else _known(context).year + (case.step() or 0)
    return of_period(Period("half", date(full, 1, 1)))


def week_of(case: Case, context: Context) -> Meaning | None:
    """The week that holds a day."""
    found = named_date(case, context)
    if found is None or found.first is None or case.unit() != "week":
        return left_open("week")
    return of_period(period(found.first, "week"))


def _year_for(month: int, day: int | None, case: Case, context: Context) -> int | None:
    """The year of a month or a day whose year is not said."""
    if context.written is None:
        return None
    written, step = context.written, case.step()
    if "unit1" in case.values and step is not None:
        return written.year + step
    this = (month, day or 0)
    now = (written.month, written.day if day else 0)
    if step == -1:
        return written.year - (1 if this >= now else 0)
    if step == 1:
        return written.year + (1 if this <= now else 0)
    if step == 0:
        return written.year
    away = {year: abs((date(year, month, min(day or 15, 28)) - written).days) for year in near_years(written.year)}
    nearest = min(away, key=lambda year: away[year] * (1 if (year, *this) > (written.year, *now) else _PAST_WEIGHT))
    if not case.direction:
        return nearest
    seen = written.year - (1 if this > now else 0) if case.direction < 0 else written.year + (1 if this < now else 0)
    return nearest if away[seen] > _FAR and away[nearest] < _CLOSE and (day or not case.close) else seen


def _quarter_year(number: int, case: Case, context: Context) -> int:
    written = _known(context)
    now = (written.month + 2) // 3
    if case.direction > 0:
        return written.year + (1 if number < now - 1 else 0)
    return written.year - (1 if number > now + 1 or (number == now + 1 and case.direction < 0 and now == 1) else 0)


def _whole(year: int, month: int, day: int | None, case: Case) -> Meaning | None:
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return of_period(Period("day" if day else "month", first), case)


def _known(context: Context) -> date:
    if context.written is None:
        raise ValueError("the day of writing is not known")
    return context.written
