"""What other programs answer is turned into TIMEX3 as fine as their words say."""

from __future__ import annotations

from datetime import datetime

import pytest

from times_timex import clock_said, length_said, likely, meant, trimmed

WRITTEN = datetime(2024, 9, 11, 12)


@pytest.mark.parametrize(
    ("words", "moment", "expected"),
    [
        ("last month", datetime(2024, 8, 11), ("DATE", "2024-08")),
        ("two years ago", datetime(2022, 9, 11), ("DATE", "2022")),
        ("next week", datetime(2024, 9, 18), ("DATE", "2024-W38")),
        ("March 5", datetime(2024, 3, 5), ("DATE", "2024-03-05")),
        ("March", datetime(2024, 3, 1), ("DATE", "2024-03")),
        ("1997", datetime(1997, 9, 11), ("DATE", "1997")),
        ("5 p.m. on Friday", datetime(2024, 9, 13, 17), ("TIME", "2024-09-13T17:00")),
        ("Friday evening", datetime(2024, 9, 13, 20), ("TIME", "2024-09-13TEV")),
        ("the summer", datetime(2024, 6, 21), ("DATE", "2024-SU")),
        ("now", WRITTEN, ("DATE", "PRESENT_REF")),
    ],
)
def test_a_moment_is_as_fine_as_the_words(words: str, moment: datetime, expected: tuple[str, str]) -> None:
    assert meant(words, moment) == expected


@pytest.mark.parametrize(
    ("words", "moment", "expected"),
    [
        ("Tuesday", datetime(2024, 9, 17), datetime(2024, 9, 10, 12)),
        ("Wednesday", datetime(2024, 9, 18), WRITTEN),
        ("next Tuesday", datetime(2024, 9, 17), datetime(2024, 9, 17)),
        ("August", datetime(2025, 8, 1), datetime(2024, 8, 15)),
        ("Dec. 7", datetime(2023, 12, 7), datetime(2024, 12, 7)),
        ("August 2025", datetime(2025, 8, 1), datetime(2025, 8, 1)),
    ],
)
def test_of_a_name_that_may_be_two_days_the_likely_one_is_taken(
    words: str, moment: datetime, expected: datetime
) -> None:
    assert likely(words, moment, WRITTEN) == expected


def test_lengths_are_told_from_dates() -> None:
    assert [length_said(words) for words in ("two years", "10-year", "30 minutes", "two years ago")] == [
        "P2Y", "P10Y", "PT30M", None,
    ]  # fmt: skip


def test_a_span_begins_after_its_preposition() -> None:
    text = "The ferry sails on Monday , they say."
    assert text[slice(*trimmed(text, 16, 27))] == "Monday"


def test_a_bare_number_is_no_time_of_day() -> None:
    assert [clock_said(words) for words in ("5 p.m.", "17:00", "this evening", "0.45", "about 300")] == [
        True, True, True, False, False,
    ]  # fmt: skip
