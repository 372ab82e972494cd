"""Whatever comes in, a sound analysis or a clear reason comes out: `bench/fuzz.py` in short."""

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hostile import Seeds
from hostile_containers import KINDS
from onrecord.analysis import Analysis
from onrecord.flow import analyses
from onrecord.page import Problem
from onrecord.reading.spans import Spans
from onrecord.record import Record
from soundness import faults

EXAMPLES = Path(__file__).parent.parent / "examples" / "pages"
SEEDS = Seeds.of(EXAMPLES)
#: Bytes beyond which an input is left to the long run.
SMALL = 8_000


def made(kind: str, number: object) -> bytes:
    """An input of a kind, the same each time for a number."""
    return KINDS[kind][1](Random(f"{kind} {number}"), SEEDS)  # noqa: S311 - nothing secret


def read_all(path: Path) -> list[tuple[Analysis, bytes]]:
    """The sound pages of an input; fails where one is not sound, or could not be read for want of care."""
    found = []
    for item in analyses([str(path)]):
        if isinstance(item, Problem):
            assert item.reason
            assert item.reason.isprintable(), item.reason
            assert "reading it failed" not in item.reason
        else:
            page, analysis = item
            assert list(faults(analysis)) == []
            found.append((analysis, page.data))
    return found


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"urls", "marks", "nested", "md", "mbox"}))
def test_hostile_inputs_are_read_or_refused(kind, tmp_path):
    small = (data for number in range(60) if len(data := made(kind, number)) <= SMALL)
    for number, data in enumerate(islice(small, 3)):
        path = tmp_path / f"{number}.{KINDS[kind][0]}"
        path.write_bytes(data)
        read_all(path)


@settings(max_examples=15)
@given(st.text(max_size=300))
@example("(")
@example('"\rThe minister said on 31 April 0000 that "\u2028')
@example("\ud800 he said")
def test_any_text_is_read_soundly(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("any") / "page.txt"
    path.write_bytes(words.encode("utf-8", "surrogatepass"))
    read_all(path)


def test_hostile_pages_make_a_record_whatever_their_order(tmp_path):
    pages = []
    for number in range(4):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(made("txt", f"record {number}")[:SMALL])
        pages += read_all(path)
    assert pages
    told = []
    for name, some in (("one", pages), ("other", pages[::-1])):
        with Record(tmp_path / f"{name}.onrecord") as record:
            record.add(some)
            assert record.verify() == []
            told.append((record.agreements(), record.disputes(), record.stories()))
    assert told[0] == told[1]


def test_faults_are_seen():
    analysis = read_all(EXAMPLES / "09-missiles-dispute.txt")[0][0]
    analysis.times[0].span = (analysis.times[0].span[0], len(analysis.text) + 1)
    analysis.statements[0].chain = ["nobody"]
    analysis.segments[0].span = (3, analysis.segments[0].span[1])
    analysis.published.earliest, analysis.published.latest = "2024-09-12", "2024-02-30"
    told = " ".join(faults(analysis))
    for words in ("outside the text", "unknown actors", "text outside of any", "is no day"):
        assert words in told


spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda found: (found[0], found[0] + found[1]))


@given(st.lists(spans), spans)
def test_spans_that_meet_a_stretch_are_found(some, stretch):
    found = Spans(some)
    meeting = [found.sorted[number] for number in found.meeting(stretch)]
    assert meeting == sorted(span for span in some if span[0] < stretch[1] and stretch[0] < span[1])
