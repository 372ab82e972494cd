"""One agreement in full, and what a record knew on a day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.analysis import Agreement, Analysis, Interval, Published
from onrecord.record import Record
from onrecord.record.contradictions import contradictions
from onrecord.record.rows import LadderRow, Step, SuccessorRow, Telling
from record_pages import PageMaker, text_of

ID = "chl.per.treaty"
READY = "Chile and Peru have agreed on the text of a border treaty, the foreign ministry in Lima said on Monday."
SOON = "The treaty will be signed by the end of the month, minister Ana Rojas said."
OLDER = "It is to replace a treaty of 1998."


def made(path: str, day: str | None, title: str, body: str) -> PageMaker:
    page = PageMaker(path, title, body, day)
    page.analysis.times.extend(onrecord.times(page.text, day))
    return page


@lru_cache(maxsize=1)
def pages() -> tuple[tuple[Analysis, bytes], ...]:
    ready = made(
        "ready.txt", "2031-03-04", "Border treaty ready", f"{READY} {SOON} {OLDER} The old one has few friends."
    )
    ready.statement("the foreign ministry in Lima", "said", "Chile and Peru have agreed on the text of a border treaty",
                    "Foreign Ministry of Peru")  # fmt: skip
    ready.statement("minister Ana Rojas", "said", "The treaty will be signed by the end of the month", "Ana Rojas")
    ready.agreement(READY, "concluded", "CHL PER", when="2031-03-03", statement="s1")
    copied = made("copy.txt", "2031-03-05", "Treaty ready", f"{READY} {SOON} {OLDER} The old one has few friends.")
    copied.agreement(READY, "concluded", "CHL PER", when="2031-03-03")
    old = made("old.txt", "2031-03-06", "Old treaty", "Peru and Chile live with a treaty that they signed in May 1998.")
    old.agreement("Peru and Chile live with a treaty that they signed in May 1998.", "signed", "CHL PER",
                  when=Interval("1998-05-01", "1998-05-31"), background=True)  # fmt: skip
    quarrel = made("quarrel.txt", "2031-03-20", "Fishermen object",
                   "Chile has sold the southern waters for a song, fishermen's leader Luis Quispe said. "
                   "The Chilean government denied that it had sold the southern waters.")  # fmt: skip
    quarrel.statement("fishermen's leader Luis Quispe", "said", "Chile has sold the southern waters for a song",
                      "Luis Quispe", act="accuse")  # fmt: skip
    quarrel.statement("The Chilean government", "denied", "it had sold the southern waters", "Chile", act="deny")
    signed = made("signed.txt", "2031-04-12", "Signed at last", "Chile and Peru signed their border treaty on Friday.")
    signed.agreement("Chile and Peru signed their border treaty on Friday.", "signed", "CHL PER", when="2031-04-11")
    weekly = made("weekly.txt", "2031-04-20", "The week", "The border treaty of Chile and Peru was signed on April 2.")
    weekly.agreement("The border treaty of Chile and Peru was signed on April 2.", "signed", "CHL PER",
                     when="2031-04-02")  # fmt: skip
    doubt = made("doubt.txt", "2031-04-22", "Doubt", "The border treaty has not been signed, senator Inti Mamani said.")
    doubt.agreement("The border treaty has not been signed, senator Inti Mamani said.", "signed", "CHL PER",
                    polarity="negative")  # fmt: skip
    undated = made("undated.txt", None, "Walks", "Chile and Peru negotiate a border treaty.")
    undated.agreement("Chile and Peru negotiate a border treaty.", "negotiating", "CHL PER")
    return tuple(page.done() for page in (ready, copied, old, quarrel, signed, weekly, doubt, undated))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r") as opened:
        opened.add(pages())
        yield opened


@pytest.fixture
def row(record: Record) -> LadderRow:
    found = record.agreement(ID)
    assert found is not None
    return found


def test_a_step_has_its_reports_in_order_and_copies_count_once(row: LadderRow) -> None:
    place = next(place for place, step in enumerate(row.history) if step.stage == "concluded")
    (report,) = row.told[place]
    assert (report.path, report.copies, row.history[place].sources) == ("ready.txt", 1, 1)
    assert (report.speaker, report.words) == ("Foreign Ministry of Peru", READY)
    assert len(row.told) == len(row.history)


def test_a_forecast_is_held_against_the_ladder(record: Record, row: LadderRow) -> None:
    (forecast,) = record.forecasts()
    assert row.forecasts == [forecast]
    assert (forecast.agreement, forecast.speaker, forecast.words) == (ID, "Ana Rojas", SOON)
    assert (forecast.window.latest, forecast.standing, forecast.repeats) == ("2031-03-31", "late", [])


def test_the_older_agreement_is_linked_both_ways(record: Record, row: LadderRow) -> None:
    (relative,) = row.relatives
    assert (relative.relation, relative.year, relative.agreement) == ("replaces", 1998, "chl.per.treaty.1998")
    assert [(one.words, one.copies) for one in relative.told] == [(OLDER, 1)]
    older = record.agreement("chl.per.treaty.1998")
    assert older is not None
    assert older.successors == [SuccessorRow("replaces", ID)]


def test_contradictions_stand_with_both_sides(row: LadderRow) -> None:
    sides = {one.about: [(side.when.latest, side.denied, side.told[0].path) for side in one.sides]
             for one in row.contradictions}  # fmt: skip
    days = [("2031-04-02", False, "weekly.txt"), ("2031-04-11", False, "signed.txt")]
    assert sides == {"date": days, "stage": [*days, (None, True, "doubt.txt")]}


def test_there_is_no_ladder_without_an_agreement(record: Record) -> None:
    assert record.agreement("nobody") is None


def test_forecasts_and_relatives_are_read_back(record: Record) -> None:
    assert record.verify(text_of) == []
    record._connection.execute("UPDATE forecasts SET words='something else'")
    record._connection.execute("UPDATE relatives SET words='something else'")
    wrong = record.verify(text_of)
    assert sum("a forecast is not" in line for line in wrong) == 2
    assert sum("older agreement is not" in line for line in wrong) == 2


def test_what_a_page_said_goes_with_it(tmp_path: Path) -> None:
    ready, data = pages()[0]
    with Record(tmp_path / "r") as record:
        record.add([(ready, data, onrecord.record.Reading("", "aa"))])
        assert len(record.forecasts()) == 1
        silent = PageMaker("ready.txt", ready.title or "", ready.text.partition("\n")[2], "2031-03-04").analysis
        record.add([(silent, data, onrecord.record.Reading("", "bb"))])
        assert record.forecasts() == []


def answers(record: Record) -> list[Any]:
    agreements = record.agreements()
    ladders = [record.agreement(row.id) for row in agreements]
    return [agreements, ladders, list(record.statements()), record.disputes(), record.stories(), record.forecasts()]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.permutations(range(8)), st.permutations(range(8)))
def test_as_of_a_day_equals_a_record_of_the_pages_published_by_then(
    after: int, order: list[int], other: list[int]
) -> None:
    day = f"2031-{3 + after // 30:02}-{1 + after % 30:02}"
    with Record(":memory:") as whole, Record(":memory:") as part:
        whole.add([pages()[number] for number in order])
        chosen = [pages()[number] for number in other if (pages()[number][0].published.latest or "9999") <= day]
        part.add(chosen)
        known = whole.as_of(day)
        found, expected = answers(known), answers(part)
        assert found[2:5] == expected[2:5]
        assert [row.id for row in found[0]] == [row.id for row in expected[0]]
        assert found[0] == expected[0]
        for one, two in zip(found[5], expected[5], strict=True):
            assert (one.path, one.window, one.came, one.late) == (two.path, two.window, two.came, two.late)


def test_as_of_a_day_windows_that_ended_before_it_are_over(record: Record) -> None:
    assert [row.standing for row in record.as_of("2031-03-31").forecasts()] == ["open"]
    assert [row.standing for row in record.as_of("2031-04-01").forecasts()] == ["untold"]
    assert [row.standing for row in record.as_of("2031-04-30").forecasts()] == ["late"]


def test_as_of_leaves_the_record_as_it_is(record: Record) -> None:
    before = answers(record)
    assert record.as_of("2031-03-04").agreements()[0].stage == "concluded"
    assert record.as_of("2000-01-01").agreements() == []
    assert answers(record) == before


def telling(path: str, day: str) -> Telling:
    return Telling(Published(day, day), path, (0, 5), "Said.", None, [], 0)


def step(stage: str, day: str, **fields: Any) -> Step:
    values: dict[str, Any] = {"condition": None} | fields
    return Step(stage, values["condition"], Interval(day, day), day, Published(day, day), "p", (0, 5), "w", None, [])  # type: ignore[arg-type]


def found(
    *steps: Step, denials: list[tuple[Agreement, Telling]] | None = None, parties: int = 2
) -> list[tuple[str, str, int]]:
    told = [[telling("p", step.when.latest or "")] for step in steps]
    rows = contradictions(steps, told, denials or [], parties)
    return [(row.about, row.stage, len(row.sides)) for row in rows]


def denial(stage: str, day: str) -> tuple[Agreement, Telling]:
    entry = Agreement("treaty", None, ["CHL", "PER"], stage, None, "negative", Interval(), Interval(), False, (0, 5))  # type: ignore[arg-type]
    return entry, telling("d", day)


def test_stages_that_go_on_and_new_dates_contradict_nothing() -> None:
    assert found(step("negotiating", "2031-01-02"), step("negotiating", "2031-03-02")) == []
    assert found(step("scheduled", "2031-01-02"), step("scheduled", "2031-03-02")) == []
    assert found(step("signed", "2031-01-02"), step("ratifying", "2031-03-02"), step("ratified", "2031-04-02")) == []
    assert found(step("signed", "2031-01-02"), step("negotiating", "2031-01-04")) == []


def test_two_days_of_one_step_contradict_each_other_between_two_parties() -> None:
    days = (step("signed", "2031-01-02"), step("signed", "2031-02-02"))
    assert found(*days) == [("date", "signed", 2)]
    assert found(*days, parties=0) == []
    assert found(step("in_force", "2031-01-02"), step("in_force", "2031-02-02"), parties=0) == [("date", "in_force", 2)]


def test_talks_told_of_after_a_signature_contradict_it() -> None:
    assert found(step("signed", "2031-01-02"), step("negotiating", "2031-02-04")) == [("stage", "signed", 2)]


def test_a_denial_before_the_day_contradicts_nothing() -> None:
    signed = step("signed", "2031-01-02")
    assert found(signed, denials=[denial("signed", "2031-01-01")]) == []
    assert found(signed, denials=[denial("ratified", "2031-01-03")]) == []
    assert found(signed, denials=[denial("signed", "2031-01-02")]) == [("stage", "signed", 2)]
