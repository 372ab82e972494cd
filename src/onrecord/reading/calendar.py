"""Days as pages print them: complete dates in the usual forms, and what they can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from onrecord.lexicon import table


class PrintedDay(NamedTuple):
    """A date in a text: where it stands and the day it means.

    `other` is the day it would be with day and month the other way round, where the form leaves that open; `year` is
    false where no year is printed and `day` has year 4, which is a leap year; `weekday` is the day of the week that is
    printed beside it, Monday being 1, or None.
    """

    start: int
    end: int
    day: date
    other: date | None = None
    year: bool = True
    weekday: int | None = None

    @property
    def fits(self) -> bool:
        """Whether the weekday printed beside it, if any, is that of the day it means."""
        return not self.year or self.weekday in (None, self.day.isoweekday())


#: A stand-in for the year that is not printed.
NO_YEAR = 4


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Names and abbreviations of the months in all languages of the lexicon, January being 1."""
    return {
        name: at for year in table("calendar")["months"].values() for at, names in enumerate(year, 1) for name in names
    }


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """Names and abbreviations of the days of the week in all languages of the lexicon, Monday being 1."""
    return {
        name: at
        for days in table("calendar")["weekdays"].values()
        for at, names in enumerate(days, 1)
        for name in names
    }


#: A word right before a date, and one in brackets right behind it.
_BEFORE = re.compile(r"([^\W\d_]{2,15}(?:-[^\W\d_]{2,8})?)\.?,? ?\(?(?:the |den )?$", re.IGNORECASE)
_BEHIND = re.compile(r" ?\(([^\W\d_]{2,15})\.?\)")


#: Letters that a pattern takes for others without regard to case, as in `KASIM` and `NİSAN`.
_ALIKE = str.maketrans("İıſ\u212a", "iisk")


def _folded(words: str) -> str:
    """Words in lower case, letter for letter."""
    return words.translate(_ALIKE).lower()


@lru_cache(maxsize=1)
def _folded_months() -> dict[str, int]:
    return {_folded(name): at for name, at in months().items()}


@lru_cache(maxsize=1)
def _endings() -> tuple[frozenset[str], int]:
    """The last two letters of the months' names, and the number of letters of the longest."""
    names = _folded_months()
    return frozenset(name[-2:] for name in names), max(map(len, names))


#: A year ends before anything but a figure, or where a time begins that lost its space.
_YEAR_ENDS = r"(?:(?!\d)|(?=\d{1,2}:\d\d))"
_CLOCK = r"(?:[T ]{0,2}\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?,? ?)?"
_FIGURE = re.compile(r"\d+")


def _month() -> str:
    """A pattern for the name of a month and its full stop; the names stand by their first letter, to be told sooner."""
    initials: dict[str, list[str]] = {}
    for name in sorted(months(), key=lambda name: (-len(name), name)):
        initials.setdefault(name[0], []).append(re.escape(name[1:]))
    names = "|".join(rf"{re.escape(initial)}(?:{'|'.join(rest)})" for initial, rest in initials.items())
    return rf"(?=[^\W\d_])(?:{names})(?![^\W\d_])\.?"


@lru_cache(maxsize=1)
def _begun_by_digit() -> re.Pattern[str]:
    """The forms that begin with a figure."""
    forms = (
        # 2024-09-11, 2024/9/11, 2024.09.11; 2024年9月11日
        r"(?<![\d.,/-])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?![\d/])",
        r"(?P<y2>(?:19|20)\d\d) ?年 ?(?P<m2>\d{1,2}) ?月 ?(?P<d2>\d{1,2}) ?日",
        # 11.09.2024, 11/9/2024, 11-09-2024, 11/09/24
        r"(?<![\d.,/-])(?P<a3>\d{1,2})(?P<s3>[./-])(?P<b3>\d{1,2})(?P=s3)(?P<y3>(?:19|20)\d\d|\d\d(?![\d.:/-]))(?!\d)",
        # 11 September 2024, 11th of Sept., 2024, 11-Sep-2024
        rf"(?<![\d.:,])(?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?(?: of| de)?[ -]?(?P<m4>{_month()})(?: de)?,?[ -]?"
        rf"(?:{_CLOCK}(?P<y4>(?:19|20)\d\d){_YEAR_ENDS})?",
    )
    return re.compile("|".join(forms), re.IGNORECASE)


@lru_cache(maxsize=1)
def _begun_by_month() -> re.Pattern[str]:
    """September 11, 2024; Sept. 11 2024; Nov 19 10:48 EST 2019."""
    return re.compile(
        rf"(?:(?<![^\W_])|(?-i:(?<=[a-z])(?=[A-Z])))(?P<m5>{_month()})[ -]?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
        rf"(?:,|\.|,? ?at)?[ -]?(?:{_CLOCK}(?P<y5>(?:19|20)\d\d){_YEAR_ENDS})?",
        re.IGNORECASE,
    )


def printed_days(text: str) -> Iterator[PrintedDay]:
    """The dates in a text in order, those without a year included; spans index `text`.

    Meant for lines and heads of lines; takes time in proportion to the length of the text. Where day and month could be
    either, a weekday beside them decides.
    """
    for printed in _days(text):
        weekday = _weekday_at(text, printed)
        if weekday is None:
            yield printed
        elif printed.other and weekday in (printed.day.isoweekday(), printed.other.isoweekday()):
            day = printed.day if weekday == printed.day.isoweekday() else printed.other
            yield printed._replace(day=day, other=None, weekday=weekday)
        else:
            yield printed._replace(weekday=weekday)


def _weekday_at(text: str, printed: PrintedDay) -> int | None:
    for found in (
        _BEFORE.search(text[max(0, printed.start - 24) : printed.start]),
        _BEHIND.match(text, printed.end, printed.end + 24),
    ):
        if found and (weekday := weekdays().get(found[1].lower())):
            return weekday
    return None


def _forms_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The places in a text that have the form of a date, in order, each with the number of the form.

    Every form has a figure that it begins with or that stands next to the month it begins with: so figures are looked
    for, which most of a text is without.
    """
    at = 0
    while figure := _FIGURE.search(text, at):
        here, end = figure.span()
        if found := _month_before(text, at, here):
            yield "5", found
        elif found := _begun_by_digit().match(text, here):
            yield next(form for form in "1234" if found[f"{'a' if form == '3' else 'm'}{form}"]), found
        # Within a figure only its last four digits can begin anything: 2024年.
        at = found.end() if found else end - 4 if end - here > 4 else end


def _month_before(text: str, at: int, here: int) -> re.Match[str] | None:
    """The date that begins after `at`, with a month right before the figure that stands `here`."""
    endings, longest = _endings()
    first = max(at, here - longest - 2)
    stem = _folded(text[first:here]).rstrip(" -.")
    if stem[-2:] not in endings:
        return None
    starts = (first + cut for cut in range(len(stem)) if stem[cut:] in _folded_months())
    return next(filter(None, (_begun_by_month().match(text, start) for start in starts)), None)


def _days(text: str) -> Iterator[PrintedDay]:
    for form, found in _forms_in(text):
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
            month = _folded_months().get(_folded(found[f"m{form}"]).rstrip("."), 0)
            year = found[f"y{form}"]
            day = _day(year or str(NO_YEAR), str(month), found[f"d{form}"])
            if day:
                yield PrintedDay(start, end, day, year=bool(year))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?(?:\.\d{1,9})?")
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\d{4,6})?")


def day_of_stamp(stamp: str) -> str | None:
    """The day, as ISO 8601, that a machine-readable stamp begins with, in the time zone it is written in; None if none.

    Seconds or milliseconds since 1970 are taken in UTC. A stamp that leaves day and month open (`11/09/2024`) says
    nothing.
    """
    stamp = stamp.strip()[:100]
    if compact := _COMPACT.fullmatch(stamp.split("T")[0]):
        day = _day(*compact.groups())
        return day.isoformat() if day else None
    if epoch := _EPOCH.fullmatch(stamp):
        return datetime.fromtimestamp(int(epoch[1]), UTC).date().isoformat()
    for printed in printed_days(stamp):
        if printed.year and printed.other is None:
            return printed.day.isoformat()
    return None


_WITHIN = re.compile(r"(\d{4}-\d\d-\d\d|\.\.)/(\d{4}-\d\d-\d\d|\.\.)", re.ASCII)


def interval_of_stamp(stamp: str) -> tuple[str | None, str | None] | None:
    """The ends, as ISO 8601 days, of an interval of days in the form of ISO 8601 (`2024-01-03/2024-01-31`).

    An open end is written `..`, as in ISO 8601-2, and is None here. None for whatever is no interval: both ends open,
    the end before the beginning, days that are none.
    """
    match = _WITHIN.fullmatch(stamp)
    if match is None:
        return None
    first, last = (None if end == ".." else end for end in match.groups())
    days = [end for end in (first, last) if end]
    if not days or days != sorted(days) or any(_day(*end.split("-")) is None for end in days):
        return None
    return first, last


#: The first and last year that a page can be published in: there were none on the net before.
FIRST_YEAR, LAST_YEAR = 1980, 2100


def is_plausible(day: str) -> bool:
    """Whether a page can be published on an ISO day: not on the zero of a clock that was never set."""
    return FIRST_YEAR <= int(day[:4]) <= LAST_YEAR


_ADDRESS_DAY = re.compile(
    r"(?<=[/_.=-])((?:19|20)\d\d)(?:[/_.-](\d{1,2}|[a-z]{3,9})[/_.-](\d{1,2})|(\d\d)(\d\d))(?=[/_.?&#-]|$)"
)


#: The address of a post on X, whose number says when it was made: all but its last 22 bits count milliseconds since
#: the moment that the service's numbers begin with.
_POST = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w{1,20}/status/(\d{15,19})(?!\d)")
_POSTS_BEGIN = 1_288_834_974_657


def day_of_address(url: str) -> str | None:
    """The day, as ISO 8601, in the path of an address as outlets put it there (`/2024/09/11/`, `/2024/sep/11/`).

    Of a post on X, the day in UTC on which it was made.
    """
    if post := _POST.match(url.lower()):
        return datetime.fromtimestamp(((int(post[1]) >> 22) + _POSTS_BEGIN) // 1000, UTC).date().isoformat()
    for year, month, day, numbered, counted in _ADDRESS_DAY.findall(url[:2000].lower()):
        found = day_of_stamp(
            f"{day} {month} {year}" if month.isalpha() else f"{year}-{month or numbered}-{day or counted}"
        )
        if found and is_plausible(found):
            return found
    return None


_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d|[a-z]{3})/(?=[^/?#]*[a-z])")


def month_of_address(url: str) -> tuple[str, str] | None:
    """The first and last day, as ISO 8601, of the month in the path of an address that has no day (`/2024/09/name`)."""
    found = _ADDRESS_MONTH.search(url[:2000].lower())
    if not found:
        return None
    month = months().get(found[2], 0) if found[2].isalpha() else int(found[2])
    year = int(found[1])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return f"{year}-{month:02}-01", f"{year}-{month:02}-{monthrange(year, month)[1]}"
