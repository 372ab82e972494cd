"""Temporal expressions as modern news write them: vocabulary, direction, ranges, the days that vague words support."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.analysis import Time
from onrecord.reading.timex.texts import expressions, resolved, resolved_within

WEDNESDAY = "2024-09-11"
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


def values(text: str, published: str | None = WEDNESDAY) -> dict[str, str]:
    return {text[slice(*time.span)]: time.value for time in onrecord.times(text, published)}


def only(text: str, published: str | None = WEDNESDAY) -> Time:
    (time,) = onrecord.times(text, published)
    return time


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Output in fiscal 2025 fell.", "fiscal 2025", "2025"),
        ("Growth in the financial year 2024-25 was slow.", "the financial year 2024-25", "2025"),
        ("Growth in FY2025 was slow.", "FY2025", "2025"),
        ("The budget for FY 2024/25 passed.", "FY 2024/25", "2025"),
        ("It was a slow 2024-25 financial year.", "2024-25 financial year", "2025"),
        ("It began in the late 2010s.", "the late 2010s", "201"),
        ("It was quiet before 9/11.", "9/11", "2001-09-11"),
        ("It followed the October 7 attacks.", "October 7", "2023-10-07"),
        ("It followed the September 11 attacks.", "September 11", "2001-09-11"),
        ("The blast came at 1430 GMT.", "1430 GMT", "2024-09-11T14:30"),
        ("He spoke at 3 p.m. ET on Tuesday.", "3 p.m. ET on Tuesday", "2024-09-10T15:00"),
        ("He spoke at 3pm (1400 GMT) on Tuesday.", "3pm (1400 GMT) on Tuesday", "2024-09-10T15:00"),
        ("Drones struck overnight on Tuesday.", "overnight on Tuesday", "2024-09-10TNI"),
        ("They struck in the early hours of Monday.", "the early hours of Monday", "2024-09-09TMO"),
        ("They spoke late on Tuesday.", "late on Tuesday", "2024-09-10"),
        ("They spoke earlier on Tuesday.", "earlier on Tuesday", "2024-09-10"),
        ("They met in the first week of July.", "the first week of July", "2024-W27"),
        ("They met on the second Monday of July.", "the second Monday of July", "2024-07-08"),
        ("They meet on the last Friday of the month.", "the last Friday of the month", "2024-09-27"),
        ("It was signed on the first day of the year.", "the first day of the year", "2024-01-01"),
        ("He left in the last days of August.", "the last days of August", "2024-08"),
        ("It was cut in the second half of January 2023.", "the second half of January 2023", "2023-01"),
        ("He resigned a year and a half ago.", "a year and a half ago", "2023-03"),
        ("He resigned over a year ago.", "over a year ago", "2023"),
        ("Delivery is due by end-2025.", "end-2025", "2025"),
        ("Dated 2024/09/10.", "2024/09/10", "2024-09-10"),
        ("Dated 10-09-2024.", "10-09-2024", "2024-09-10"),
        ("They meet twice a week.", "twice a week", "P1W"),
        ("They meet three times a year.", "three times a year", "P1Y"),
        ("It costs more over the next decade.", "the next decade", "P10Y"),
        ("It will take weeks or months.", "weeks or months", "PXW"),
        ("It ended a decade-long war.", "decade-long", "P10Y"),
        ("It ended a months-long siege.", "months-long", "PXM"),
        ("He made a weeklong tour.", "weeklong", "P1W"),
        ("It will take another year.", "another year", "P1Y"),
        ("It was shut for a quarter of a century.", "a quarter of a century", "P25Y"),
        ("He served a two-and-a-half-year term.", "two-and-a-half-year", "P2Y6M"),
    ],
)
def test_value(text: str, words: str, value: str) -> None:
    assert values(text) == {words: value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The president visits Tehran on Friday.", "2024-09-13"),
        ("Talks begin Thursday in Muscat.", "2024-09-12"),
        ("The sides did not meet on Friday.", "2024-09-06"),
        ("The accord takes effect on 1 March.", "2025-03-01"),
        ("It had been due to be signed in June.", "2024-06"),
        ("It is still to be signed in June.", "2025-06"),
        ("It started as planned on Friday.", "2024-09-06"),
        ("It will be signed in the autumn.", "2024-FA"),
        ("A year ending March 31 was poor.", "2024-03-31"),
    ],
)
def test_direction(text: str, value: str) -> None:
    assert [time.value for time in onrecord.times(text, WEDNESDAY) if time.value != "P1Y"] == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It runs from 3 to 5 May.", ["2024-05-03", "2024-05-05"]),
        ("It ran between March and June.", ["2024-03", "2024-06"]),
        ("It ran between March and June 2023.", ["2023-03", "2023-06"]),
        ("It ran from November to February 2023.", ["2022-11", "2023-02"]),
        ("It ran from 30 March to 2 April 2023.", ["2023-03-30", "2023-04-02"]),
        ("The 2019-21 plan failed.", ["2019", "2021"]),
        ("The 2014/15 season ended.", ["2014", "2015"]),
        ("It will be open from Thursday to Tuesday.", ["2024-09-12", "2024-09-17"]),
        ("It was open Monday through Friday.", ["2024-09-09", "2024-09-13"]),
        ("Sales rose in the three months to June.", ["P3M", "2024-06"]),
        ("They bought from July 14 to Monday.", ["2024-07-14", "2024-09-09"]),
    ],
)
def test_ranges(text: str, found: list[str]) -> None:
    assert [time.value for time in onrecord.times(text, WEDNESDAY)] == found


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("They hope to sign within weeks.", WEDNESDAY, None),
        ("It will be signed in the coming weeks.", WEDNESDAY, None),
        ("It will come in the months ahead.", WEDNESDAY, None),
        ("It will be signed in the next few days.", WEDNESDAY, None),
        ("It will be signed within two weeks.", WEDNESDAY, "2024-09-25"),
        ("It will be signed in a month.", WEDNESDAY, "2024-10-11"),
        ("He will answer within 36 hours.", WEDNESDAY, "2024-09-13"),
        ("It will be done over the next two months.", WEDNESDAY, "2024-11-11"),
        ("It will be signed by the end of the year.", WEDNESDAY, "2024-12-31"),
        ("It should be ready by mid-2025.", WEDNESDAY, "2025-10-01"),
        ("They will meet later this week.", WEDNESDAY, "2024-09-15"),
        ("They met earlier this month.", "2024-09-01", WEDNESDAY),
        ("It must be paid no later than 5 October.", "2024-10-05", "2024-10-05"),
        ("They have talked for the past two years.", "2022-09-11", WEDNESDAY),
        ("They have talked over the last several weeks.", None, WEDNESDAY),
        ("It was over within weeks.", None, None),
        ("In two weeks they had taken the town.", None, None),
        ("They fought through last winter.", "2023-12-01", "2024-03-31"),
        ("Growth in the financial year 2024-25 was slow.", "2024-01-01", "2025-12-31"),
    ],
)
def test_days_that_the_words_support(text: str, earliest: str | None, latest: str | None) -> None:
    time = only(text)
    assert (time.earliest, time.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest"),
    [
        ("He rested at Christmas.", "2023-12-25", "2023-12-25", "2023-12-25"),
        ("He will rest at Christmas.", "2024-12-25", "2024-12-25", "2024-12-25"),
        ("He rested at Thanksgiving.", "2023-11-23", "2023-11-23", "2023-11-23"),
        ("He rested over Easter.", "2024-03-31", "2024-03-31", "2024-03-31"),
        ("They celebrated Nowruz.", "2024-03-20", "2024-03-20", "2024-03-20"),
        ("They celebrated Lunar New Year.", "2024-02-10", "2024-02-10", "2024-02-10"),
        ("They marked Yom Kippur 2023.", "2023-09-25", "2023-09-25", "2023-09-25"),
        ("They celebrated Eid al-Fitr.", "2024-04-10", "2024-04-09", "2024-04-11"),
        ("They fasted during Ramadan.", "2024", "2024-03-10", "2024-04-10"),
        ("They will mark Orthodox Easter.", "2025-04-20", "2025-04-20", "2025-04-20"),
    ],
)
def test_feasts(text: str, value: str, earliest: str, latest: str) -> None:
    time = only(text)
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


def test_a_feast_spoken_of_on_its_day_is_that_day() -> None:
    assert only("He spoke on Christmas Day.", "2024-12-25").value == "2024-12-25"
    assert only("He spoke last Christmas.", "2024-12-25").value == "2023-12-25"


def test_a_feast_of_a_moving_calendar_beyond_the_table_stays_open() -> None:
    assert only("They celebrated Eid al-Fitr.", "1901-05-01").value == "XXXX-XX-XX"
    assert only("They celebrated Eid al-Fitr.", None).value == "XXXX-XX-XX"


def test_an_older_quarter_named_for_comparison_is_not_the_one_reported() -> None:
    text = (
        "Profit rose in the third quarter to $4 million from $3 million in the second quarter. "
        "Costs were lower than a year ago."
    )
    assert values(text, "2024-10-20")["a year ago"] == "2023-Q3"


@pytest.mark.parametrize(
    "text",
    [
        "He lost a quarter of it in a second attempt.",
        "The mill ran for 2000 people.",
        "Scores were 3-2 and 10-9.",
        "They want to march to market.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == {}


def test_words_said_at_another_time_count_from_there() -> None:
    text = '"We met last week and shall sign next month," he said in November. They signed on Friday.'
    found = expressions(text, [(0, len(text))])
    quoted = (0, text.index(" he said"))
    then = resolved_within(text, found, quoted, date(2023, 11, 1), date(2023, 11, 30))
    assert [(text[slice(*time.span)], time.value, time.earliest, time.latest) for time in then] == [
        ("last week", "XXXX-WXX", "2023-10-23", "2023-11-26"),
        ("next month", "2023-12", "2023-12-01", "2023-12-31"),
    ]
    now = resolved(text, found, date(2024, 9, 11), date(2024, 9, 11))
    assert [time.span for time in now[:2]] == [time.span for time in then]
    assert resolved_within(text, found, (0, 0), None, None) == []


RELATIVE = (
    "Officials, who met over the past two weeks and had been due to part on Sunday, said on Monday they hope to sign "
    "within ten days. Talks run from Thursday to Tuesday; they will end later this week, in three days, "
    "or in the coming weeks. Shells fell overnight on Tuesday and at 1430 GMT on Friday."
)


@given(DAYS, st.integers(-200, 200))
def test_whole_weeks_later_the_days_are_as_much_later(day: date, weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    here, there = (onrecord.times(RELATIVE, one.isoformat()) for one in (day, day + shift))
    assert len(here) == len(there) == 11
    for one, other in zip(here, there, strict=True):
        for before, after in ((one.earliest, other.earliest), (one.latest, other.latest)):
            assert (before is None) == (after is None)
            assert before is None or date.fromisoformat(before) + shift == date.fromisoformat(after or "")


@given(st.integers(0, 9), st.integers(0, 9), DAYS)
def test_words_within_a_span_are_those_of_the_whole(start: int, length: int, day: date) -> None:
    text = "He left last week, on Monday. She will be back in May, or next year. It was over in 2019 or two days ago."
    found = expressions(text, [(0, 30), (30, 69), (69, len(text))])
    span = (start * 10, start * 10 + length * 10)
    inside = resolved_within(text, found, span, day, day)
    whole = resolved(text, found, day, day)
    assert [time.span for time in inside] == [
        time.span for time in whole if span[0] <= time.span[0] and time.span[1] <= span[1]
    ]


@pytest.mark.parametrize("text", ["was to be to be due to ", "from Monday to Friday to ", "within the next 10 - 9 to "])
def test_time_grows_with_the_text_alone(text: str) -> None:
    assert len(onrecord.times(text * 8_000, WEDNESDAY)) <= 3 * 8_000
