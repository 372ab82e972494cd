"""Act, polarity, certainty, speaker and chain on the labelled passages that `tests/data/statements.md` describes."""

import pytest

from statements import DATA, passages, score


@pytest.fixture(scope="module")
def counts():
    return score(passages(DATA / "statements.jsonl"))[0]


@pytest.mark.parametrize("group", ["all", "hard"])
@pytest.mark.parametrize("measure", ["found", "act", "polarity", "certainty", "speaker", "chain", "within"])
def test_nine_in_ten_are_right(counts, group, measure):
    right, total = counts[group, measure]
    assert right / total >= 0.9


def test_the_set_is_as_large_as_it_is_said_to_be():
    rows = passages(DATA / "statements.jsonl")
    assert len(rows) >= 150
    assert sum(row.get("hard", False) for row in rows) >= 60
