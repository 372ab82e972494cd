"""Spans put in order, so that those near a place are found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from onrecord.analysis import Span


def gap(one: Span, other: Span) -> int:
    """How many characters lie between two spans; 0 where they touch or overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


class Spans:
    """The spans given, sorted; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.sorted = sorted(spans)
        #: For each span how far it and those before it reach.
        self._reach = list(accumulate((end for _, end in self.sorted), max))

    def meeting(self, stretch: Span) -> list[int]:
        """The numbers, in the sorted order, of the spans that share a character with a stretch."""
        first = bisect_right(self._reach, stretch[0])
        last = bisect_left(self.sorted, stretch[1], key=lambda span: span[0])
        return [number for number in range(first, last) if self.sorted[number][1] > stretch[0]]
