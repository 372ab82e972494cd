"""What pieces of evidence together say of a day of publication: an interval that only narrows.

Evidence is taken in the order of its strength. What would leave no day is set aside and told of, never averaged; and
so are both of two pieces of one strength that contradict each other. The order in which evidence comes never matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onrecord.analysis import Interval
from onrecord.record.bounding.bound import HOWS, Bound

_MIN, _MAX = date.min.toordinal(), date.max.toordinal()
_WEEK = 7


class SetAside(NamedTuple):
    """A piece of evidence that was not followed, and those that it contradicts.

    Where these are none, it contradicts what the page says itself, or the weekdays all that is left.
    """

    bound: Bound
    against: tuple[Bound, ...]


class Narrowed(NamedTuple):
    """The days that are left, the evidence that left them, strongest first, and what was set aside.

    `weekdays` says whether one of the weekdays on which the page can have come out, by its own words, is left; None
    where it has none, or an end is open.
    """

    days: Interval
    used: tuple[Bound, ...]
    aside: tuple[SetAside, ...]
    weekdays: bool | None


def narrow(own: Interval, evidence: Iterable[Bound], weekdays: frozenset[int] | None = None) -> Narrowed:
    """The days on which a page was published, by its own words (`own`, `weekdays`) and all evidence together.

    The days lie within `own`; ends that nothing bounds stay open. Weekdays (ISO, Monday is 1) move the ends to the
    nearest such days inside, where there are two ends.
    """
    low, high = _ends(own.earliest, own.latest)
    used: list[Bound] = []
    aside: list[SetAside] = []
    found = sorted(set(evidence), key=_order)
    for how in HOWS:
        level = [bound for bound in found if bound.how == how]
        fitting = [bound for bound in level if _meets(bound, low, high)]
        followed = [bound for bound in fitting if not _against(bound, fitting)]
        aside += [SetAside(bound, _against(bound, used)) for bound in level if bound not in fitting]
        aside += [SetAside(bound, _against(bound, fitting)) for bound in fitting if bound not in followed]
        for bound in followed:
            first, last = _ends(bound.first, bound.last)
            low, high = max(low, first), min(high, last)
        used += followed
    for how in HOWS:
        level = [bound for bound in used if bound.how == how and bound.days is not None]
        snapped = _snap(low, high, frozenset.intersection(*(bound.days or frozenset() for bound in level), _ALL))
        if snapped:
            low, high = snapped
        else:
            aside += [SetAside(bound, ()) for bound in level]
    closed = weekdays is not None and low > _MIN and high < _MAX
    snapped = _snap(low, high, weekdays) if closed and weekdays is not None else None
    low, high = snapped or (low, high)
    days = Interval(
        None if low <= _MIN else date.fromordinal(low).isoformat(),
        None if high >= _MAX else date.fromordinal(high).isoformat(),
    )
    return Narrowed(days, tuple(used), tuple(aside), snapped is not None if closed else None)


_ALL = frozenset(range(1, _WEEK + 1))


def _order(bound: Bound) -> tuple[int, str, str, tuple[int, ...], tuple[int, int], tuple[int, int]]:
    return (
        HOWS.index(bound.how), bound.first or "", bound.last or "~", tuple(sorted(bound.days or ())), bound.own,
        bound.other,
    )  # fmt: skip


def _ends(first: str | None, last: str | None) -> tuple[int, int]:
    return (
        date.fromisoformat(first).toordinal() if first else _MIN,
        date.fromisoformat(last).toordinal() if last else _MAX,
    )


def _meets(bound: Bound, low: int, high: int) -> bool:
    first, last = _ends(bound.first, bound.last)
    return first <= high and last >= low


def _against(bound: Bound, others: Iterable[Bound]) -> tuple[Bound, ...]:
    """Those of the others that have no day in common with a bound."""
    return tuple(other for other in others if not _meets(bound, *_ends(other.first, other.last)))


def _snap(low: int, high: int, days: frozenset[int]) -> tuple[int, int] | None:
    """The first and the last day of an interval on these weekdays, open ends as they are; None where it has no such."""
    while low > _MIN and low <= high and date.fromordinal(low).isoweekday() not in days:
        low += 1
    while high < _MAX and low <= high and date.fromordinal(high).isoweekday() not in days:
        high -= 1
    return (low, high) if low <= high else None
