"""Pieces of evidence for a day of publication, taken together."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import Interval
from onrecord.record.bounding.bound import HOWS, Bound, How
from onrecord.record.bounding.narrowing import narrow

DAY = date(2022, 5, 2)  # a Monday
WIDE = Interval("2022-05-02", "2022-05-31")


def day(number: int) -> str:
    return (DAY + timedelta(number)).isoformat()


def bound(how: How, first: str | None, last: str | None, days: frozenset[int] | None = None, at: int = 0) -> Bound:
    return Bound(how, first, last, (0, 5), (at, at + 9), days)


numbers = st.one_of(st.none(), st.integers(0, 40))
weekdays = st.one_of(st.none(), st.frozensets(st.integers(1, 7), min_size=1, max_size=3))


@st.composite
def intervals(draw: st.DrawFn) -> tuple[str | None, str | None]:
    one, two = draw(numbers), draw(numbers)
    if one is not None and two is not None and one > two:
        one, two = two, one
    return None if one is None else day(one), None if two is None else day(two)


@st.composite
def bounds(draw: st.DrawFn) -> Bound:
    return bound(draw(st.sampled_from(HOWS)), *draw(intervals()), draw(weekdays), draw(st.integers(0, 3)))


def within(inner: Interval, outer: Interval) -> bool:
    return (outer.earliest is None or (inner.earliest or "") >= outer.earliest) and (
        outer.latest is None or (inner.latest or "~") <= outer.latest
    )


@settings(max_examples=80, deadline=None)
@given(intervals(), st.lists(bounds(), max_size=7), weekdays, st.randoms(use_true_random=False))
def test_the_order_of_evidence_and_its_repetition_do_not_matter(
    own: tuple[str | None, str | None], evidence: list[Bound], days: frozenset[int] | None, chance: random.Random
) -> None:
    told = narrow(Interval(*own), evidence, days)
    again = [*evidence, *evidence[:2]]
    chance.shuffle(again)
    assert narrow(Interval(*own), again, days) == told


@settings(max_examples=80, deadline=None)
@given(intervals(), st.lists(bounds(), max_size=7), weekdays)
def test_the_days_left_lie_within_the_page_s_own_and_within_all_that_was_followed(
    own: tuple[str | None, str | None], evidence: list[Bound], days: frozenset[int] | None
) -> None:
    told = narrow(Interval(*own), evidence, days)
    assert within(told.days, Interval(*own))
    assert (told.days.earliest or "") <= (told.days.latest or "~")
    for used in told.used:
        assert within(told.days, Interval(used.first, used.last))
    assert {*told.used, *(one.bound for one in told.aside)} == set(evidence)
    for end in (told.days.earliest, told.days.latest):
        assert not told.weekdays or days is None or end is None or date.fromisoformat(end).isoweekday() in days


@settings(max_examples=120, deadline=None)
@given(intervals(), st.lists(bounds(), max_size=6), bounds(), weekdays)
def test_more_evidence_never_widens_unless_a_contradiction_is_told(
    own: tuple[str | None, str | None], evidence: list[Bound], more: Bound, days: frozenset[int] | None
) -> None:
    before, after = narrow(Interval(*own), evidence, days), narrow(Interval(*own), [*evidence, more], days)
    assert (
        within(after.days, before.days)
        or set(after.aside) - set(before.aside)
        or (before.weekdays and not after.weekdays)
    )


def test_the_weaker_of_two_that_contradict_each_other_is_set_aside() -> None:
    copy, event = bound("copy", day(3), day(7)), bound("event", day(9), day(12))
    told = narrow(WIDE, [event, copy])
    assert told.days == Interval(day(3), day(7))
    assert told.used == (copy,)
    assert [(one.bound, one.against) for one in told.aside] == [(event, (copy,))]


def test_two_of_one_strength_that_contradict_each_other_are_both_set_aside() -> None:
    one, two, third = (
        bound("event", day(1), day(3), at=1), bound("event", day(9), day(12), at=2), bound("event", None, day(20)),
    )  # fmt: skip
    told = narrow(WIDE, [one, two, third])
    assert told.days == Interval(day(0), day(20))
    assert [(aside.bound, aside.against) for aside in told.aside] == [(one, (two,)), (two, (one,))]


def test_what_contradicts_the_page_itself_is_set_aside() -> None:
    early = bound("copy", "2021-01-01", "2021-01-03")
    told = narrow(WIDE, [early])
    assert (told.days, told.used) == (WIDE, ())
    assert [(one.bound, one.against) for one in told.aside] == [(early, ())]


def test_weekdays_move_the_ends_inwards_unless_none_is_left() -> None:
    assert narrow(WIDE, [], frozenset({3})).days == Interval("2022-05-04", "2022-05-25")
    half = narrow(Interval(None, "2022-05-31"), [], frozenset({3}))
    assert (half.days, half.weekdays) == (Interval(None, "2022-05-31"), None)
    told = narrow(Interval("2022-05-05", "2022-05-06"), [], frozenset({3}))
    assert (told.days, told.weekdays) == (Interval("2022-05-05", "2022-05-06"), False)
