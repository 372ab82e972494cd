"""The labels that are decoded are the best that make whole spans."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.marking import _decoded

#: O, and B- and I- of two kinds.
LABELS = 5


def spans(path: tuple[int, ...]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for at, label in enumerate(path):
        if label % 2:
            found.append((label, at, at + 1))
        elif label:
            found[-1] = (*found[-1][:2], at + 1)
    return found


def is_whole(path: tuple[int, ...], opens: list[bool]) -> bool:
    """Whether each I- label follows its own kind on the same line."""
    before = (0, *path)
    return all(
        not label or label % 2 or (before[at] in (label - 1, label) and not opens[at]) for at, label in enumerate(path)
    )


@given(st.data())
def test_the_best_whole_spans_are_decoded(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 5))
    # Distinct powers of two, so that no two paths weigh the same.
    order = data.draw(st.permutations(range(count * LABELS)))
    scores = np.array([2.0 ** (rank - 20) for rank in order], np.float32).reshape(count, LABELS)
    opens = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    paths = [path for path in product(range(LABELS), repeat=count) if is_whole(path, opens)]
    best = max(paths, key=lambda path: sum(float(scores[at, label]) for at, label in enumerate(path)))
    assert _decoded(scores, np.array(opens)) == spans(best)


def test_nothing_is_decoded_from_nothing() -> None:
    assert _decoded(np.zeros((0, LABELS), np.float32), np.zeros(0, bool)) == []
