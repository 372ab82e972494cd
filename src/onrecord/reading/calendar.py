"""Days as pages print them: complete dates in the usual forms, and what they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from onrecord.lexicon import table


class PrintedDay(NamedTuple):
    """A date in a text: where it stands and the day it means.

    `other` is the day it would be with day and month the other way round, where the form leaves that open; `year` is
    false where no year is printed and `day` has year 4, which is a leap year.
    """

    start: int
    end: int
    day: date
    other: date | None = None
    year: bool = True


#: A stand-in for the year that is not printed.
NO_YEAR = 4


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        name: at
        for months in table("calendar")["months"].values()
        for at, names in enumerate(months, 1)
        for name in names
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=lambda name: (-len(name), name)))
    year_ends = r"(?:(?!\d)|(?=\d{1,2}:\d\d))"
    month = rf"(?:{names})(?![^\W\d_])\.?"
    clock = r"(?:[T ]{0,2}\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?,? ?)?"
    forms = (
        # 2024-09-11, 2024/9/11, 2024.09.11; 2024年9月11日
        r"(?<![\d.,/-])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?![\d/])",
        r"(?P<y2>(?:19|20)\d\d) ?年 ?(?P<m2>\d{1,2}) ?月 ?(?P<d2>\d{1,2}) ?日",
        # 11.09.2024, 11/9/2024, 11-09-2024, 11/09/24
        r"(?<![\d.,/-])(?P<a3>\d{1,2})(?P<s3>[./-])(?P<b3>\d{1,2})(?P=s3)(?P<y3>(?:19|20)\d\d|\d\d(?![\d.:/-]))(?!\d)",
        # 11 September 2024, 11th of Sept., 2024, 11-Sep-2024
        rf"(?<![\d.:,])(?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?(?: of| de)?[ -]?(?P<m4>{month})(?: de)?,?[ -]?"
        rf"(?:{clock}(?P<y4>(?:19|20)\d\d){year_ends})?",
        # September 11, 2024; Sept. 11 2024; Nov 19 10:48 EST 2019
        rf"(?<![^\W_])(?P<m5>{month})[ -]?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,|\.|,? ?at)?[ -]?"
        rf"(?:{clock}(?P<y5>(?:19|20)\d\d){year_ends})?",
    )
    return re.compile("|".join(forms), re.IGNORECASE)


def printed_days(text: str) -> Iterator[PrintedDay]:
    """The dates in a text in order, those without a year included; spans index `text`.

    Meant for lines and heads of lines; takes time in proportion to the length of the text.
    """
    for found in _pattern().finditer(text):
        form = next(at for at in "12345" if found[f"{'a' if at == '3' else 'm'}{at}"])
        start, end = found.start(), found.end()
        end -= len(found[0]) - len(found[0].rstrip(" ,-"))
        if form in "12":
            day = _day(found[f"y{form}"], found[f"m{form}"], found[f"d{form}"])
            if day:
                yield PrintedDay(start, end, day)
        elif form == "3":
            year = found["y3"]
            if len(year) == 2:
                if found["s3"] == "-":
                    continue
                year = ("20" if int(year) < 50 else "19") + year
            first, second = _day(year, found["b3"], found["a3"]), _day(year, found["a3"], found["b3"])
            day = first or second
            if day:
                other = second if first and second != first and found["s3"] != "." else None
                yield PrintedDay(start, end, day, other)
        else:
            month = _months()[found[f"m{form}"].lower().rstrip(".")]
            year = found[f"y{form}"]
            day = _day(year or str(NO_YEAR), str(month), found[f"d{form}"])
            if day:
                yield PrintedDay(start, end, day, year=bool(year))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\d{4,6})?")


def day_of_stamp(stamp: str) -> str | None:
    """The day, as ISO 8601, that a machine-readable stamp begins with, in the time zone it is written in; None if none.

    A stamp that leaves day and month open (`11/09/2024`) says nothing.
    """
    stamp = stamp.strip()[:100]
    if compact := _COMPACT.fullmatch(stamp.split("T")[0]):
        day = _day(*compact.groups())
        return day.isoformat() if day else None
    for printed in printed_days(stamp):
        if printed.year and printed.other is None:
            return printed.day.isoformat()
    return None
