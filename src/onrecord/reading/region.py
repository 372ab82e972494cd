"""From likelihoods to a decision: the run of lines that is the body, with the gaps in it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

#: What it costs to leave the body, and to stay out for one line more; a line gains by its log odds and its length.
_LEAVE, _AWAY = 3.0, 0.2
#: Words after which a line's length adds no more, and the length that counts once.
_LONGEST, _UNIT = 60, 20.0
#: Where this share of a page's words is body there is little furniture, and a line must be likely to be some.
_CLEAN, _CLEAN_THRESHOLD = 0.75, 0.25
#: A line within the stretch that is less likely than this is furniture all the same.
_WITHIN = 0.2


def body_of(likely: Sequence[float], words: Sequence[int]) -> list[bool]:
    """For each line of a page without markup whether it is body, from its likelihood and its number of words.

    The best single stretch of lines with gaps (Viterbi over before, body, gap, after): a lone likely line far from the
    article is left out, an unlikely short one within it stays out too.
    """
    chosen = _stretch(likely, words, 0.5)
    total = sum(words)
    if total and sum(count for count, inside in zip(words, chosen, strict=True) if inside) > _CLEAN * total:
        return _stretch(likely, words, _CLEAN_THRESHOLD)
    return [inside and p > _WITHIN for inside, p in zip(chosen, likely, strict=True)]


def _stretch(likely: Sequence[float], words: Sequence[int], threshold: float) -> list[bool]:
    offset = log(threshold / (1 - threshold))
    before, body, gap, after = 0.0, float("-inf"), float("-inf"), float("-inf")
    steps: list[tuple[int, int, int]] = []
    for chance, count in zip(likely, words, strict=True):
        p = min(max(chance, 0.001), 0.999)
        gain = (log(p / (1 - p)) - offset) * min(count, _LONGEST) / _UNIT
        into_body, from_state = max((body, 1), (before, 0), (gap, 2))
        into_gap, gap_state = max((gap, 2), (body - _LEAVE, 1))
        into_after, after_state = max((after, 3), (body, 1))
        steps.append((from_state, gap_state, after_state))
        body, gap, after = into_body + gain, into_gap - _AWAY, into_after
    _, state = max((before, 0), (body, 1), (after, 3))
    chosen = [False] * len(steps)
    for at in range(len(steps) - 1, -1, -1):
        chosen[at] = state == 1
        if state:
            state = steps[at][state - 1]
    return chosen
