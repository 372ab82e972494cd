"""Temporal expressions: what is found, what it means, and what must hold for any text and any date."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import Published, Time
from onrecord.reading.document import Document, Page, Sentence
from onrecord.reading.expressions import find_expressions
from onrecord.reading.periods import Period, add, days_of, easter, period
from onrecord.reading.times import find_times, times

WEDNESDAY = "2024-09-11"
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))
VALUE = re.compile(
    r"(?:[\dX]{4}-[\dX]{2}-[\dX]{2}|[\dX]{4}-W[\dX]{2}(?:-(?:[1-7]|WE))?|[\dX]{4}-(?:[\dX]{2}|Q[1-4X]|H[12X]|SP|SU|FA|WI)"
    r"|[\dX]{2,4})(?:T(?:MO|MI|AF|EV|NI|\d\d:\d\d))?"
    r"|P(?:(?:\d+(?:\.\d+)?|X)(?:Y|M|W|D|Q|GE|WE)|XX)*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?|(?:PRESENT|PAST|FUTURE)_REF",
    re.ASCII,
)


def found(text: str, published: str | None = WEDNESDAY) -> dict[str, str]:
    """The expressions of a text and their values."""
    return {text[time.span[0] : time.span[1]]: time.value for time in times(text, published)}


def only(text: str, published: str | None = WEDNESDAY) -> Time:
    """The one expression of a text."""
    (time,) = times(text, published)
    return time


def document(text: str, published: Published, sentences: list[tuple[int, int]] | None = None) -> Document:
    page = Page(path="page.txt", data=text.encode(), media_type="text/plain", sha256="0" * 64)
    spans = sentences if sentences is not None else [(0, len(text))]
    return Document(
        page=page,
        text=text,
        published=published,
        sentences=[Sentence(span, "body", index) for index, span in enumerate(spans)],
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was signed on 3 May 2021.", "2021-05-03"),
        ("It was signed on Sept. 11, 2001.", "2001-09-11"),
        ("The 10th of June passed quietly.", "2024-06-10"),
        ("Dated 2024-02-29 and sealed.", "2024-02-29"),
        ("Dated 29.02.2024 and sealed.", "2024-02-29"),
        ("Dated 2/29/2024 and sealed.", "2024-02-29"),
        ("It began in early 2024.", "2024"),
        ("It began in mid-July.", "2024-07"),
        ("The union was a child of the 1990s.", "199"),
        ("The union was a child of the late '80s.", "198"),
        ("The border is of the 19th century.", "18"),
        ("It fell in nineteen ninety-one.", "1991"),
        ("The envoy spent the winter of 2022 there.", "2022-WI"),
        ("Trade rose in the third quarter of 2023.", "2023-Q3"),
        ("Trade rose in Q3 2023.", "2023-Q3"),
        ("Trade rose in the first half of 2023.", "2023-H1"),
        ("Polls opened on New Year's Day 2023.", "2023-01-01"),
        ("They met over Easter.", "2024-03-31"),
        ("He spoke yesterday.", "2024-09-10"),
        ("He spoke last month.", "2024-08"),
        ("He will speak next week.", "2024-W38"),
        ("He left three weeks ago.", "2024-W34"),
        ("He left two years ago.", "2022"),
        ("He will be back in November.", "2024-11"),
        ("Delegates met over the weekend.", "2024-W36-WE"),
        ("He is now in the capital.", "PRESENT_REF"),
        ("He was recently in the capital.", "PAST_REF"),
        ("It will be signed in the near future.", "FUTURE_REF"),
        ("Talks lasted two and a half years.", "P2Y6M"),
        ("Talks lasted 90 minutes.", "PT90M"),
        ("It is expected within weeks.", "PXW"),
        ("It was the first visit in twenty-five years.", "P25Y"),
        ("It was a three-day visit.", "P3D"),
        ("They meet every two weeks.", "P2W"),
        ("They meet every Tuesday.", "XXXX-WXX-2"),
        ("Shells fell on Tuesday evening.", "2024-09-10TEV"),
        ("Shells fell at 7:15 p.m. on Tuesday.", "2024-09-10T19:15"),
    ],
)
def test_value(text: str, value: str) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister said on Monday that it was done.", "2024-09-09"),
        ("The ministers will meet on Monday.", "2024-09-16"),
        ("The ministers are expected to meet on Monday.", "2024-09-16"),
        ("The minister flew in to meet him on Monday.", "2024-09-09"),
        ("It was agreed on Wednesday.", WEDNESDAY),
        ("It had been due to lapse on Friday.", "2024-09-06"),
        ("The ministry said in November it had agreed.", "2023-11"),
        ("The ministry said in March it had agreed.", "2024-03"),
        ("It will take effect in March.", "2025-03"),
        ("The armistice has held since October.", "2023-10"),
    ],
)
def test_tense_tells_the_direction(text: str, value: str) -> None:
    assert only(text).value == value


def test_bare_month_in_january_is_last_years() -> None:
    assert only("The two sides signed it in November.", "2024-01-17").value == "2023-11"


def test_dates_counted_from_a_date_just_named() -> None:
    text = "The pact was signed on May 22, 1995. The following day he resigned; two weeks later he was gone."
    assert found(text) == {
        "May 22, 1995": "1995-05-22",
        "The following day": "1995-05-23",
        "two weeks later": "1995-W23",
    }


def test_ranges_give_both_ends() -> None:
    assert found("Talks ran from March 5 to 7, and 12-14 October 2023.") == {
        "March 5": "2024-03-05",
        "7": "2024-03-07",
        "12": "2023-10-12",
        "14 October 2023": "2023-10-14",
    }


def test_results_are_compared_with_the_quarter_a_year_before() -> None:
    text = "Net income in the third quarter rose to $4 million from $3 million a year earlier."
    assert found(text, "2024-10-20") == {"the third quarter": "2024-Q3", "a year earlier": "2023-Q3"}


@pytest.mark.parametrize(
    "text",
    [
        "May I march with you? They may.",
        "About 2000 troops held three-quarters of it.",
        "It cost $1999 and weighed 2,024 pounds.",
        "The second ship, a Sun Microsystems one, was 30 years old.",
        "He sat in the back.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert found(text) == {}


def test_days() -> None:
    assert [(time.earliest, time.latest) for time in times("He left last week, in September, or 2019.", WEDNESDAY)] == [
        ("2024-09-02", "2024-09-08"),
        ("2024-09-01", "2024-09-30"),
        ("2019-01-01", "2019-12-31"),
    ]
    early = only("It began in early September.")
    assert (early.earliest, early.latest) == ("2024-09-01", "2024-09-15")
    window = only("It grew over the past three months.")
    assert (window.type, window.earliest, window.latest) == ("DURATION", "2024-06-11", WEDNESDAY)
    soon = only("It will be signed soon.")
    assert (soon.earliest, soon.latest) == (WEDNESDAY, None)


def test_unknown_date_leaves_values_open() -> None:
    text = "He said on Wednesday, in November and last week that it ended on 3 May 2021."
    assert found(text, None) == {
        "Wednesday": "XXXX-WXX-3",
        "November": "XXXX-11",
        "last week": "XXXX-WXX",
        "3 May 2021": "2021-05-03",
    }
    open_ends = [(time.earliest, time.latest) for time in times(text, None)]
    assert open_ends == [(None, None)] * 3 + [("2021-05-03", "2021-05-03")]


def test_article_sentences_only() -> None:
    text = "Yesterday's news\nHe left on Monday.\nPublished today"
    page = document(text, Published("2024-09-11", "2024-09-11", "stated"), [(17, 35)])
    find_expressions(page)
    find_times(page)
    assert [(time.span, time.value) for time in page.times] == [((28, 34), "2024-09-09")]


def test_publication_known_to_the_month() -> None:
    page = document("He left on Monday, as he did last year.", Published("2024-09-01", "2024-09-30", "inferred"))
    find_expressions(page)
    find_times(page)
    monday, last_year = page.times
    assert (monday.value, monday.earliest, monday.latest) == ("XXXX-WXX-1", "2024-08-26", "2024-09-30")
    assert (last_year.value, last_year.earliest, last_year.latest) == ("2023", "2023-01-01", "2023-12-31")


def test_publication_known_on_one_side() -> None:
    page = document("He left last year.", Published("2024-09-01", None, "inferred"))
    find_expressions(page)
    find_times(page)
    assert [(time.value, time.earliest, time.latest) for time in page.times] == [("XXXX", "2023-01-01", None)]


def test_long_line_takes_linear_time() -> None:
    text = "one two and the - 1990 " * 20_000
    assert len(times(text, WEDNESDAY)) >= 20_000


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-09-10", ("2024-09-10", "2024-09-10")),
        ("2024-09-10TEV", ("2024-09-10", "2024-09-10")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-W37", ("2024-09-09", "2024-09-15")),
        ("2024-W37-WE", ("2024-09-14", "2024-09-15")),
        ("2024-W37-3", ("2024-09-11", "2024-09-11")),
        ("2024-Q4", ("2024-10-01", "2024-12-31")),
        ("2024-H1", ("2024-01-01", "2024-06-30")),
        ("2024-SU", ("2024-06-01", "2024-09-30")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("202", ("2020-01-01", "2029-12-31")),
        ("20", ("2000-01-01", "2099-12-31")),
        ("2024-02-30", None),
        ("2023-W53", None),
        ("XXXX-11", None),
        ("P2Y", None),
        ("PRESENT_REF", None),
        ("", None),
    ],
)
def test_days_of(value: str, days: tuple[str, str] | None) -> None:
    assert days_of(value) == days


def test_easter() -> None:
    assert [easter(year) for year in (1961, 2000, 2024, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2038, 4, 25),
    ]


UNITS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"])


@given(DAYS, UNITS, st.integers(-40, 40))
def test_a_periods_value_denotes_its_days(day: date, unit: str, steps: int) -> None:
    here = period(day, unit)  # type: ignore[arg-type]
    there = here.shift(steps)
    if unit not in ("decade", "century"):
        assert there is not None
    for stretch in filter(None, (here, there)):
        assert days_of(stretch.value) == (stretch.first.isoformat(), stretch.last.isoformat())
    if unit != "weekend":
        assert here.first <= day <= here.last


@given(DAYS, st.integers(-500, 500))
def test_adding_months_keeps_the_day_or_the_months_end(day: date, months: int) -> None:
    moved = add(day, "month", months)
    assert moved is not None
    assert moved.day == min(day.day, Period("month", moved.replace(day=1)).last.day)


BITS = """
    on in the last next this early late mid - , . two 2 1998 '98 May Monday Sept. 3rd of year weeks ago earlier later
    before after and a half quarter third fall now soon every day month p.m. 7:30 10 evening from to said will meet was
    year-end decade century weekend '90s few past Christmas hours first 20th 12 2024-09-10 9/10/2024 noon to be between
    within coming ahead Ramadan Nowruz fiscal financial FY 2024-25 FY25 1430 GMT ( ) overnight the last second half week
    end by attacks September 11 January days months through 9/11 ending twice 36 before months
"""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(BITS.split()), max_size=30).map(" ".join), st.none() | DAYS)
def test_whatever_the_text(text: str, day: date | None) -> None:
    last = 0
    for time in times(text, day.isoformat() if day else None):
        assert last <= time.span[0] < time.span[1] <= len(text)
        assert text[time.span[0] : time.span[1]].strip() == text[time.span[0] : time.span[1]]
        assert VALUE.fullmatch(time.value), time.value
        assert time.earliest is None or time.latest is None or time.earliest <= time.latest
        last = time.span[1]


@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    for time in times(text, WEDNESDAY):
        assert 0 <= time.span[0] < time.span[1] <= len(text)


RELATIVE = (
    "Officials said on Monday and Thursday that they met last week, yesterday, two days ago and three weeks ago. "
    "They will meet tomorrow, next week, over the weekend and on Friday. The following day they will part."
)


@given(DAYS, st.integers(-200, 200))
def test_whole_weeks_later_everything_of_days_and_weeks_is_as_much_later(day: date, weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    here, there = times(RELATIVE, day.isoformat()), times(RELATIVE, (day + shift).isoformat())
    assert len(here) == len(there) == 11
    for one, other in zip(here, there, strict=True):
        assert one.earliest and one.latest and other.earliest and other.latest
        assert date.fromisoformat(one.earliest) + shift == date.fromisoformat(other.earliest)
        assert date.fromisoformat(one.latest) + shift == date.fromisoformat(other.latest)
