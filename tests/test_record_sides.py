"""Pairs of claim and denial brought together: who stands on which side, since when, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, permutations

import pytest

from onrecord.analysis import Analysis, Interval
from onrecord.record import Record
from onrecord.record.rows import DisputeRow
from onrecord.terminal import output, tables
from record_pages import PageMaker

CLAIM = "Togo had seized four fishing boats of Ghana near Aflao"


#: What else the pages tell, so that none is a copy of another.
REST = (
    "The ferry to the islands ran late because of fog over the bay, and traders waited on the quay with their crates.",
    "A school in the hills opened its new library with a play about bees that the youngest class had written.",
    "Prices of maize fell for a third week as trucks from the north came through before the first heavy rains.",
    "Two choirs met in the old market hall and sang until the lamps went out, to the delight of the neighbours.",
    "The weather service expects wind from the east, and bathers are told to keep to the beaches behind the mole.",
    "An exhibition of carved doors draws visitors from far away, says its curator, who hopes for a second room.",
    "Nurses at the harbour clinic asked for a generator after the lights had failed during an operation again.",
    "The national team lost its goalkeeper to a twisted knee and will try a student in his place on Saturday.",
    "Engineers found a crack in the bridge by the mill and sent heavy lorries over the longer road for a month.",
    "Beekeepers complain of a dry spring, but the orange groves along the coast have never flowered so well.",
    "A court in the capital hears the case of a baker who sold loaves that were lighter than the law allows.",
)


RESTS = cycle(REST)


def page(path: str, day: str, said: tuple[str, str, str], act: str = "assert") -> tuple[Analysis, bytes]:
    rest = next(RESTS)
    source, cue, content = said
    maker = PageMaker(path, f"Notes of {path}", f"{source} {cue} {content}. {rest} {rest[::-1]}", day)
    return maker.statement(source, cue, content, act=act, said=Interval(day, day)).done()


ACCRA = page("accra.txt", "2021-03-01", ("Ghana's navy", "said", f"that {CLAIM}"))
LOME = page("lome.txt", "2021-03-02", ("Togo's government", "denied", f"that {CLAIM[5:]}"), "deny")
AGAIN = page(
    "again.txt", "2021-03-20", ("Ghana", "accused", "Togo of having seized fishing boats near Aflao"), "accuse"
)
ENVOY = page(
    "envoy.txt", "2021-03-21", ("An envoy of Togo", "denied", "that Togo seized fishing boats at Aflao"), "deny"
)
OWNED = page("owned.txt", "2021-05-09", ("Togo's government", "acknowledged", "it had seized fishing boats near Aflao"))
TAKEN = page("taken.txt", "2021-05-09", ("Ghana's navy", "retracted", "its report that Togo had seized fishing boats"))
RIVAL = page("rival.txt", "2021-05-09", ("Togo's opposition", "said", "that Togo had seized fishing boats near Aflao"))
OTHER = page("other.txt", "2021-03-03", ("Ghana", "said", "that Togo had jammed the radios of coastal airports"))
NO = page(
    "no.txt", "2021-03-04", ("Togo's government", "denied", "that Togo jammed radios of coastal airports"), "deny"
)


def told(*pages: tuple[Analysis, bytes]) -> list[DisputeRow]:
    with Record(":memory:") as record:
        record.add(pages)
        return record.disputes()


def shown(rows: Sequence[DisputeRow], capsys: pytest.CaptureFixture[str]) -> str:
    output.show(tables.disputes(rows))
    return " ".join(capsys.readouterr().out.split())


def test_pairs_of_one_content_are_one_dispute() -> None:
    rows = told(ACCRA, LOME, AGAIN, ENVOY, OTHER, NO)
    disputes = {row.dispute for row in rows}
    assert len(disputes) == 2
    boats = next(row for row in rows if "boats" in row.claim.text)
    assert boats.claimed and boats.denied
    assert (boats.claimed.since, boats.claimed.reports) == ("2021-03-01", 2)
    assert (boats.denied.since, boats.denied.reports) == ("2021-03-02", 2)
    assert "An envoy of Togo" in boats.denied.speakers[1]
    assert all(row.ended is None for row in rows)


def test_any_order_gives_the_same_disputes() -> None:
    pages = (ACCRA, LOME, AGAIN, OWNED)
    assert len({str(told(*order)) for order in permutations(pages)}) == 1


def test_who_denied_and_owns_up_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    rows = told(ACCRA, LOME, OWNED)
    assert [(row.ended.how, row.ended.statement.path) for row in rows if row.ended] == [("admitted", "owned.txt")]
    assert "admitted 2021-05-09" in shown(rows, capsys)


def test_another_of_the_country_does_not_own_up_for_it() -> None:
    assert [row.ended for row in told(ACCRA, LOME, RIVAL)] == [None]


def test_who_denies_again_afterwards_has_not_owned_up() -> None:
    late = page("late.txt", "2021-05-20", ("Togo's government", "denied", "that Togo seized boats near Aflao"), "deny")
    again = page(
        "more.txt", "2021-05-19", ("Ghana", "accused", "Togo of having seized fishing boats at Aflao"), "accuse"
    )
    rows = told(ACCRA, LOME, OWNED, again, late)
    assert len({row.dispute for row in rows}) == 1
    assert not any(row.ended for row in rows)


def test_who_claimed_may_take_it_back() -> None:
    (row,) = told(ACCRA, LOME, TAKEN)
    assert row.ended
    assert (row.ended.how, row.ended.statement.path) == ("withdrawn", "taken.txt")


def test_as_of_a_day_before_the_end_it_stands() -> None:
    with Record(":memory:") as record:
        record.add([ACCRA, LOME, OWNED])
        (row,) = record.as_of("2021-04-01").disputes()
    assert row.ended is None


def test_a_pronoun_is_told_by_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Ghana said Togo had seized boats near Aflao. Talks went on for hours; Lome denied this at once. Rain fell."
    maker = PageMaker("1.txt", "Boats", text, "2021-03-01")
    maker.statement("Ghana", "said", "Togo had seized boats near Aflao")
    maker.statement("Lome", "denied", "this", act="deny")
    (row,) = told(maker.done())
    assert row.sentence
    assert row.sentence.words == "Lome denied this at once."
    assert text.endswith(maker.text[slice(*row.sentence.span)] + " Rain fell.")
    assert "Lome denied this at once." in shown([row], capsys)


def test_both_sides_of_a_dispute_are_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    seen = shown(told(ACCRA, LOME, AGAIN, ENVOY), capsys)
    assert seen.count("lome.txt") == seen.count("accra.txt") == 1
    assert "claimed since 2021-03-01 in 2 reports, denied since 2021-03-02 in 2 reports" in seen


def halt(path: str, day: str, said: tuple[str, str, str], act: str = "assert") -> tuple[Analysis, bytes]:
    """A page on the agreement of Togo and Ghana on which somebody says this of a halt."""
    rest = next(RESTS)
    source, cue, content = said
    text = f"{source} {cue} {content}. Both are drafting a pact. {rest} {rest[::-1]}"
    maker = PageMaker(path, f"Notes of {path}", text, day).agreement(
        "Both are drafting a pact.", "negotiating", "GHA TGO"
    )
    return maker.statement(source, cue, content, act=act, said=Interval(day, day)).done()


def test_a_halt_of_one_agreement_is_one_dispute_whoever_denies_it_in_whatever_words() -> None:
    stopped = halt("stopped.txt", "2022-05-02", ("A diplomat", "said", "that the negotiations had been interrupted"))
    held = halt("held.txt", "2022-05-20", ("An adviser", "said", "that work on the text was on hold"))
    pause = halt("pause.txt", "2022-05-03", ("Togo's envoy", "denied", "there was a pause"), "deny")
    ghana = halt("ghana.txt", "2022-05-21", ("Ghana's envoy", "denied", "that the talks had stopped"), "deny")
    late = halt("late.txt", "2023-02-01", ("A clerk", "said", "that work on the pact had stopped"))
    again = halt("again.txt", "2023-02-02", ("Togo's envoy", "denied", "that the process had halted"), "deny")
    rows = told(stopped, held, pause, ghana, late, again)
    sides: dict[str, set[str]] = {}
    for row in rows:
        sides.setdefault(row.dispute, set()).update((row.claim.path, row.denial.path))
    first = {"stopped.txt", "held.txt", "pause.txt", "ghana.txt"}
    assert sorted(sides.values(), key=len) == [{"late.txt", "again.txt"}, first]
