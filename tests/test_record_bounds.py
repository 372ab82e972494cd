"""Dating an undated page by what dated pages tell of the same occurrences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import analyze
from onrecord.record.bounding.anchors import Anchor, anchors
from onrecord.record.bounding.bound import Bound
from onrecord.record.bounding.bounds import bounds, bounds_between
from onrecord.record.bounding.chambers import chambers_in, other_chambers
from onrecord.record.bounding.reckoning import publication_days

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


def test_last_weekday_is_one_day_where_this_week_has_not_had_it() -> None:
    """On a Monday "last Thursday" is four days ago; on a Friday it may be of either week."""
    told = f"{TALKS} last Thursday."
    assert days(f"{TALKS} on Thursday.", told, "2021-03-15") == [("2021-03-11", "2021-03-17")]
    assert days(f"{TALKS} on Thursday.", told, "2021-03-12") == [("2021-03-04", "2021-03-17")]


HARBOUR = "that the dredging of the harbour had stopped because the contractors were short of diesel"


@pytest.mark.parametrize(
    ("undated", "dated", "expected"),
    [
        (
            f"Zane Liepina, the port's director, said on Tuesday {HARBOUR}.",
            f"BNS, a state news agency, had quoted Liepina hours earlier as saying {HARBOUR}.",
            ("2021-03-09", "2021-03-15"),
        ),
        (
            f"BNS, a state news agency, had quoted Zane Liepina hours earlier as saying {HARBOUR}.",
            f"Zane Liepina, the port's director, said on Tuesday {HARBOUR}.",
            ("2021-03-09", "2021-03-11"),
        ),
    ],
)
def test_what_was_said_hours_ago(undated: str, dated: str, expected: tuple[str, str]) -> None:
    """What a page of a Tuesday tells as said hours earlier, another tells as said on Tuesday."""
    assert expected in days(undated, dated, "2021-03-09")


def test_what_a_dated_page_tells_without_a_time_was_said_by_its_day() -> None:
    """Named for Tuesday, it was said by the last Tuesday before the other page, and named so for six days."""
    undated = f"Zane Liepina, the director of Liepaja port, said on Tuesday {HARBOUR}."
    dated = f"Zane Liepina, the director of Liepaja port, said {HARBOUR}."
    assert days(undated, dated, "2021-03-12") == [(None, "2021-03-15")]
    assert days(dated, undated, "2021-03-12") == [("2021-03-09", None)]
    assert days(undated, dated.replace("Zane Liepina", "Ilze Ozola"), "2021-03-12") == []


def test_a_state_and_its_minister_are_one_voice() -> None:
    """What "Kenya" charged on Tuesday its foreign minister did, not that of another state."""
    undated = "Latvia has smuggled counterfeit antibiotics into Kenyan hospitals, Kenya said on Tuesday."
    dated = "Kenyan Foreign Minister {} on Tuesday accused Latvia of having smuggled counterfeit antibiotics."
    assert ("2021-03-09", "2021-03-15") in days(undated, dated.format("Peter Otieno"), "2021-03-10")
    other = dated.replace("Kenyan", "Ghanaian").format("Kofi Addo")
    assert days(undated, other, "2021-03-10") == []


def test_the_vote_of_another_chamber_is_another_vote() -> None:
    """Two chambers vote on one treaty; by its names a chamber is known."""
    undated = "Russia's lower house of parliament on Tuesday ratified the treaty on tropical fisheries with Kenya."
    dated = "{} ratified the treaty on tropical fisheries between Russia and Kenya on 9 March 2021."
    assert ("2021-03-09", "2021-03-15") in days(undated, dated.format("The State Duma"), "2021-04-10")
    for other in ("The Federation Council", "Kenya's parliament", "The Guardian Council"):
        assert days(undated, dated.format(other), "2021-04-10") == [], other


def test_what_the_head_of_a_report_tells_in_the_perfect_is_as_fresh_as_its_announcement() -> None:
    """ "Has signed ..., her office announced on Monday" dates by the signing, which was that Monday."""
    undated = (
        "President Anna Kalnina has signed the treaty on tropical fisheries with Kenya, her office said on Monday."
    )
    dated = "Anna Kalnina signed the treaty on tropical fisheries with Kenya on 8 March 2021."
    assert ("2021-03-08", "2021-03-14") in days(undated, dated, "2021-05-20")


@given(st.text(max_size=200), st.text(max_size=200))
def test_chambers_never_contradict_themselves(one: str, other: str) -> None:
    """Whatever a stretch names, it is no other chamber than itself, and order does not matter."""
    here = chambers_in(f"{one} the Senate of Chile {other}", 0, len(one) + len(other) + 21)
    there = chambers_in(other, 0, len(other))
    assert any(name.endswith(" upper") for name in here)
    assert not other_chambers(here, here)
    assert other_chambers(here, there) == other_chambers(there, here)


def test_what_happened_where_the_report_was_written_happened_there() -> None:
    """A dateline is the place of what the head of a report tells, where it is no capital."""
    undated = "NAKURU (Agency) - Anna Kalnina conferred on Thursday with fishermen."
    dated = "Anna Kalnina conferred with ministers in Nakuru on 11 March 2021."
    assert days(undated, dated, "2021-06-01") == [("2021-03-11", "2021-03-17")]
    assert days(undated, dated.replace("Nakuru", "Mombasa"), "2021-06-01") == []
