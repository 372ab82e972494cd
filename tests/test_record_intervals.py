"""What the record makes of reports whose days are known only from one side, or not to the season."""

from datetime import date

import pytest

from onrecord.analysis import Agreement, Interval, Published
from onrecord.record.tracking import Report


def report(when: tuple[str | None, str | None], published: tuple[str | None, str | None]) -> Report:
    entry = Agreement(
        "treaty", None, ["LVA", "EST"], "signed", None, "positive", Interval(), Interval(*when), False, (0, 1)
    )
    return Report(1, 0, 1, "page", Published(*published, "inferred"), entry, "signed", None, ())


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (("2024-01-10", "2024-01-10"), "2024-01-10"),
        (("2024-01-03", "2024-01-31"), "2024-01-31"),
        (("2019-01-01", "2024-01-31"), None),
        (("2024-01-03", None), None),
        ((None, "2024-01-31"), None),
    ],
)
def test_the_day_of_a_page_counts_only_if_its_season_is_known(published, told):
    found = report((None, None), published)
    expected = None if told is None else date.fromisoformat(told).toordinal()
    assert found.told == expected
    assert found.day == expected


def test_an_open_end_is_no_day():
    assert report(("2020-11-01", None), ("2021-08-03", None)).happened is None
    assert report(("2020-11-01", None), ("2021-08-03", None)).day is None


def test_what_has_an_end_is_looked_back_on_if_all_days_of_the_page_lie_far_behind_it():
    assert report(("2019-01-01", "2019-12-31"), ("2021-08-03", None)).looks_back
    assert not report(("2019-01-01", "2019-12-31"), ("2019-08-03", "2024-01-31")).looks_back
    assert not report(("2019-01-01", "2019-12-31"), (None, "2024-01-31")).looks_back
