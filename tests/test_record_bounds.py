"""Dating an undated page by what dated pages tell of the same occurrences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import analyze
from onrecord.record.anchors import Anchor, anchors
from onrecord.record.bound import Bound
from onrecord.record.bounds import bounds, bounds_between
from onrecord.record.reckoning import publication_days

TALKS = (
    "Latvian President Anna Kalnina and Kenyan President Joseph Mwangi talked for four hours in Mombasa about fisheries"
)


def days(undated: str, dated: str, published: str) -> list[tuple[str | None, str | None]]:
    """What a page published on a day says of when the other was."""
    found = bounds(
        analyze(f"A headline for it\n\n{undated}\n"), analyze(f"Other words\n\n{dated}\n", published=published)
    )
    return sorted({(bound.first, bound.last) for bound in found}, key=str)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Thursday", "2021-03-11", "2021-03-17"),
        ("yesterday", "2021-03-12", "2021-03-12"),
        ("last month", "2021-04-01", "2021-04-30"),
        ("in March", "2021-03-11", "2022-03-10"),
        ("on 11 March", "2021-03-11", "2022-03-10"),
        ("earlier this week", "2021-03-11", "2021-03-14"),
        ("last Thursday", "2021-03-12", "2021-03-25"),
    ],
)
def test_relative_words_bound_the_day_of_publication(words: str, first: str, last: str) -> None:
    """The undated page came out on a day on which its words mean the day that the dated one tells."""
    found = days(f"{TALKS} {words}.", f"{TALKS} on Thursday, 11 March 2021.", "2021-03-13")
    assert len(found) == 1
    low, high = found[0]
    assert low is not None and high is not None
    assert low <= first and last <= high
    assert (date.fromisoformat(high) - date.fromisoformat(low)) - (
        date.fromisoformat(last) - date.fromisoformat(first)
    ) <= timedelta(3)


def test_a_month_gives_a_month() -> None:
    """A day of a month in one page and "last month" in the other leave the month after."""
    found = days(
        f"{TALKS} last month, which their neighbours watched with unease.",
        "Joseph Mwangi and Anna Kalnina last saw each other in Mombasa on 11 March, when they talked for four hours.",
        "2021-06-01",
    )
    assert found == [("2021-04-01", "2021-04-30")]


@pytest.mark.parametrize(
    "other",
    [
        "Latvian President Anna Kalnina and Kenyan President Joseph Mwangi talked in Riga on Thursday.",
        "Anna Kalnina and Kenyan President Joseph Mwangi talked for nine hours in Mombasa on Thursday.",
        "Latvian President Anna Kalnina talked with ministers on Thursday.",
        "Kenyan President Joseph Mwangi opened a fish market in Mombasa on Thursday.",
        "Storms struck Mombasa on Thursday.",
    ],
)
def test_another_occurrence_dates_nothing(other: str) -> None:
    """Another place, number, participant or kind makes it another occurrence, though people are the same."""
    assert days(f"{TALKS} last month.", other, "2021-03-12") == []


def test_plans_and_deeds() -> None:
    """What is planned for a weekday came out before that day, what is done on it, after."""
    done = "Latvia and Kenya signed a treaty on tropical fisheries in Mombasa on Thursday, 11 March 2021."
    ahead = "Latvia and Kenya will sign a treaty on tropical fisheries in Mombasa on Thursday."
    behind = "Latvia and Kenya signed a treaty on tropical fisheries in Mombasa on Thursday."
    assert ("2021-03-05", "2021-03-11") in days(ahead, done, "2021-03-12")
    assert ("2021-03-11", "2021-03-17") in days(behind, done, "2021-03-12")


def test_a_weekday_after_a_participle_is_read_by_its_verb() -> None:
    """ "Will sign their long-delayed treaty on Thursday" looks ahead, on the dated page as on the undated one."""
    plan = "Latvia and Kenya will sign their long-delayed treaty on tropical fisheries in Mombasa on Thursday."
    deed = "Latvia and Kenya signed their treaty on tropical fisheries in Mombasa on Thursday."
    assert ("2021-03-11", "2021-03-17") in days(deed, plan, "2021-03-08")


def test_the_order_of_the_ladder() -> None:
    """A page that still awaits the signature came out before it, if it is that treaty."""
    signed = "Latvia and Kenya signed a treaty on tropical fisheries in Mombasa on Thursday."
    awaited = "Negotiators of Latvia and Kenya are still negotiating a treaty on tropical fisheries, a diplomat said."
    other = "Negotiators of Latvia and Kenya are still negotiating a treaty on extradition, a diplomat said."
    assert days(awaited, signed, "2021-03-12") == [(None, "2021-03-11")]
    assert days(other, signed, "2021-03-12") == []


def test_the_same_words_of_one_speaker() -> None:
    """A statement told with a weekday on both pages dates like an event; another's words do not."""
    said = "that the customs office in Liepaja had confiscated counterfeit antibiotics"
    told = f"Finance Minister Juris Berzins said on Tuesday {said}."
    assert ("2021-03-09", "2021-03-15") in days(told, told, "2021-03-10")
    assert days(told, f"Opposition leader Ilze Ozola said on Tuesday {said}.", "2021-03-10") == []


def test_an_occurrence_without_days_on_the_dated_page_dates_nothing() -> None:
    """Two undated pages say nothing of each other."""
    page = analyze(f"A headline for it\n\n{TALKS} last month.\n")
    assert bounds(page, page) == []


def test_evidence_lies_on_both_pages() -> None:
    """A bound points at the words on the undated page and on the dated one."""
    undated = analyze(f"A headline for it\n\n{TALKS} last month.\n")
    dated = analyze(f"Other words\n\n{TALKS} on 11 March 2021.\n", published="2021-03-13")
    (bound,) = bounds(undated, dated)
    assert undated.text[slice(*bound.own)] == "last month"
    assert dated.text[slice(*bound.other)] == "11 March 2021"
    assert isinstance(bound, Bound) and bound.how == "event"


def test_anchors_part_a_sentence_by_its_times() -> None:
    """Of two events of one sentence, each has its own words."""
    found = anchors(
        analyze(
            "Lead\n\nThe senate of Chile adopted the law on 8 April; the lower house voted on 16 May 2019.\n",
            published="2019-06-01",
        )
    )
    assert [("law" in one.words, one.first) for one in found] == [(True, "2019-04-08"), (True, "2019-05-16")]
    assert found[0].told[1] <= found[1].told[0]


def test_times_that_count_from_others_are_no_anchors() -> None:
    """ "The following day" says nothing of the day of publication."""
    assert anchors(analyze("Lead\n\nThe minister resigned the following day.\n")) == []


def _told(words: str, expression: str, value: str, ahead: int) -> Anchor:
    at = words.index(expression)
    return Anchor(
        span=(0, 1), told=(0, 1), words=words, at=(at, at + len(expression)), first=None, last=None, kinds=frozenset(),
        ahead=ahead, names={}, homes={}, states=frozenset(), places=frozenset(), figures={}, terms={}, value=value,
    )  # fmt: skip


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from([
        ("They met last month.", "last month", "XXXX-XX"),
        ("They met last week.", "last week", "XXXX-WXX"),
        ("They met two weeks ago.", "two weeks ago", "XXXX-WXX"),
        ("They met last year.", "last year", "XXXX"),
        ("They met yesterday.", "yesterday", "XXXX-XX-XX"),
    ]),
)  # fmt: skip
def test_publication_days_are_those_on_which_the_words_fit(published: date, said: tuple[str, str, str]) -> None:
    """Whatever day a page came out on, the days that its words mean leave that day possible."""
    from onrecord import times  # noqa: PLC0415

    words, expression, value = said
    (time,) = times(words, published.isoformat())
    assert time.earliest and time.latest
    happened = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
    found = publication_days(_told(words, expression, value, -1), *happened, "3 May 2019")
    assert found is not None
    assert found[0] <= published <= found[1]


def test_nothing_is_said_by_no_anchors() -> None:
    """Empty pages date nothing."""
    assert bounds_between([], []) == []
    assert anchors(analyze("Lead\n\nNothing here has a time.\n")) == []
