"""The parts of a sentence that belong to its temporal expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.analysis import Span, Time

_RANGE = re.compile(r"\s*(?:to|until|through|and|[-–])\s*(?:the\s)?\s*")
_BREAKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"; | [-–—]+ ",
        r", (?:and|but|while|whereas) ",
        r" (?:after|before|when|while|but) ",
        r", ",
        r" and (?=[a-z])",
    )
)


def parts(text: str, times: list[Time], start: int, end: int) -> Iterator[tuple[Time, Span]]:
    """Each time of a sentence with the part of it that the time belongs to; none where no mark parts two times.

    Two days joined to a stretch of days ("from 22 to 24 October") are one time.
    """
    times = _joined(text, times)
    cuts: list[int | None] = [start]
    for one, other in zip(times, times[1:], strict=False):
        cuts.append(_cut(text, one.span[1], other.span[0]))
    cuts.append(end)
    for time, left, right in zip(times, cuts, cuts[1:], strict=False):
        if left is not None and right is not None:
            yield time, (left, right)


def _joined(text: str, times: list[Time]) -> list[Time]:
    found: list[Time] = []
    for time in times:
        before = found[-1] if found else None
        if (
            before
            and _RANGE.fullmatch(text, before.span[1], time.span[0])
            and before.earliest
            and time.latest
            and before.earliest <= time.latest
        ):
            found[-1] = Time((before.span[0], time.span[1]), "DATE", before.value, before.earliest, time.latest)
        else:
            found.append(time)
    return found


def _cut(text: str, start: int, end: int) -> int | None:
    for pattern in _BREAKS:
        found = pattern.search(text, start, end + 1)
        if found and end - start > 12:  # nearer, they are the ends of one stretch of time
            return found.start() + 1
    return None
