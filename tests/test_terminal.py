"""What people see: lines in a terminal and in a pipe, ids that can be given back, pictures, and plain refusals."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import test_cli as made
from onrecord import cli
from onrecord.analysis import LADDER, Act, Interval, Published, Stage
from onrecord.lexicon import table
from onrecord.record.rows import AgreementRow, ForecastRow, Step
from onrecord.terminal import words
from onrecord.terminal.picture import Picture

call, run = made.call, made.run
Run = made.Run
VIEWS = [
    ("agreements",), ("agreements", "fin-nor-treaty"), ("forecasts",), ("statements",), ("disputes",), ("stories",),
    ("brief",), ("furniture",), ("show", "pages/lund.txt"),
]  # fmt: skip
LONG = "-".join(["the-sea-of-islands"] * 6)


def agreement(identity: str, parties: Iterable[str], stage: Stage = "negotiating", **changed: object) -> AgreementRow:
    fields = {"name": None, "condition": None, "since": None, "history": []} | changed
    return AgreementRow(id=identity, instrument="treaty", parties=list(parties), stage=stage, **fields)  # type: ignore[arg-type]


ROWS = [
    agreement("fin.nor.treaty", ["FIN", "NOR"], "signed", since="2031-03-04"),
    agreement("fin.nor.treaty.1999", ["FIN", "NOR"], "in_force"),
    agreement("dnk.fin.pact", ["DNK", "FIN"], condition="stalled"),
    agreement(LONG, []),
]


@pytest.fixture
def listed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line on a record of four agreements."""
    full = {
        row.id: made.LadderRow(
            *(getattr(row, name) for name in row.__struct_fields__), told=[], forecasts=[], relatives=[], successors=[],
            contradictions=[],
        )
        for row in ROWS
    }  # fmt: skip
    monkeypatch.setattr(made.FakeRecord, "agreements", lambda record: ROWS)
    monkeypatch.setattr(made.FakeRecord, "agreement", lambda record, identity: full.get(identity))
    return run


@pytest.mark.parametrize("args", VIEWS)
@pytest.mark.parametrize("columns", ["", "72"])
def test_no_line_ends_in_blanks(run: Run, args: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = run(*args).out.splitlines()
    assert lines[0].strip() and lines[-1].strip()
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_pipe_gets_whole_lines_and_a_width_that_is_asked_for_is_kept_to(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "They will sign " + "and sign again " * 15
    assert any(sentence.strip() in line for line in run("brief").out.splitlines())
    monkeypatch.setenv("COLUMNS", "50")
    broken = run("brief").out
    # Calls to copy are the one thing that is never broken.
    assert max(cell_len(line) for line in broken.splitlines() if not line.startswith("onrecord ")) <= 50
    assert sentence.strip() not in broken


@pytest.mark.parametrize("columns", ["0", "1", "12", "many", "99999999"])
def test_no_width_loses_words(run: Run, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = "".join(run("agreements").out.split())
    assert "fin-nor-treaty" in out
    assert "2031-04-01" in out


def test_a_pipe_gets_an_agreement_a_line_with_its_id_first(listed: Run) -> None:
    head, *lines = listed("agreements").out.splitlines()
    assert head.split() == ["ID", "AGREEMENT", "STANDS", "AT", "SINCE", "REPORTED"]
    assert [line.split("  ")[0] for line in lines] == [row.id for row in ROWS]
    assert lines[0].split(maxsplit=1)[1].split("  ")[0].strip() == "Finland and Norway: treaty"
    assert "negotiating, stalled" in lines[2]


@pytest.mark.parametrize("columns", ["60", "80", "140"])
def test_an_id_is_never_cut(listed: Run, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = listed("agreements").out
    assert LONG in "".join(out.split())
    assert "…" not in out


def test_the_beginning_of_an_id_will_do_if_no_other_begins_so(listed: Run) -> None:
    assert listed("agreements", "dnk", "--json").rows[0]["id"] == "dnk.fin.pact"
    assert listed("agreements", "DNK.fin", "--json").rows[0]["id"] == "dnk.fin.pact"
    # An id that begins another one is itself.
    assert listed("agreements", "fin.nor.treaty", "--json").rows[0]["id"] == "fin.nor.treaty"
    done = listed("agreements", "fin.nor")
    assert (done.status, done.out) == (2, "")
    assert "'fin.nor' begins several ids: fin.nor.treaty, fin.nor.treaty.1999" in done.err


def test_a_story_names_its_pages_with_their_copies(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ferry = made.StoryRow("ab12", "Ferry treaty", ["a.txt", "b.txt", "c.txt"], "2031-03-04", None, [["a.txt", "c.txt"]])
    monkeypatch.setattr(made.FakeRecord, "stories", lambda record: [ferry, made.STORY])
    assert run("stories", "ab").out.splitlines() == [
        "Ferry treaty", "from 2031-03-04 to not known", "id: ab12", "", "a.txt", "  copy: c.txt", "b.txt"
    ]  # fmt: skip
    assert [row["id"] for row in run("stories", "ab12", "--json").rows] == ["ab12"]
    done = run("stories", "zz", "--as-of", "2031-03-04")
    assert (done.status, done.out) == (2, "")
    assert "there is no story 'zz' in news.onrecord as of 2031-03-04" in done.err


def test_an_unknown_id_gets_the_nearest(listed: Run) -> None:
    assert "did you mean 'dnk.fin.pact'?" in listed("agreements", "dkn.fin.pact").err
    assert "see: onrecord agreements" in listed("agreements", "zzzz").err


def test_agreements_are_chosen_by_party_and_by_stage(listed: Run) -> None:
    def chosen(*args: str) -> list[str]:
        return [row["id"] for row in listed("agreements", "--json", *args).rows]

    assert chosen("--party", "Norway") == ["fin.nor.treaty", "fin.nor.treaty.1999"]
    assert chosen("--party", "DNK", "--party", "finnish") == ["dnk.fin.pact"]
    assert chosen("--stage", "In force") == ["fin.nor.treaty.1999"]
    assert chosen("--stage", "stalled") == chosen("--stage", "negotiating", "--party", "Copenhagen") == ["dnk.fin.pact"]
    assert chosen("--party", "Norway", "--stage", "ratified") == []
    assert listed("agreements", "--stage", "ratified").out == "No agreement on this record matches.\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("agreements", "--party", "Norwey"), "--party 'Norwey' is not a state; did you mean 'Norway'?"),
        (("agreements", "--stage", "sign"), "; did you mean 'signed'?"),
        (("agreements", "x1", "--stage", "signed"), "--party and --stage choose from the list"),
        (("statements", "--act", "denys"), "; did you mean 'deny'?"),
        (("agreements", "news.onrecord"), "name it with --record: onrecord agreements --record news.onrecord"),
        (("disputes", "news.onrecord"), "name it with --record: onrecord disputes --record news.onrecord"),
        (("show", "copy.db"), "copy.db is a record; name it with --record: onrecord show PAGE --record copy.db"),
        (("brief", "all"), "'all' is more than `onrecord brief` takes; see: onrecord brief --help"),
        (("show", "pages/lnd.txt"), "; did you mean 'pages/lund.txt'?"),
        (("dispute",), "Did you mean 'disputes'?"),
        (("build",), "see: onrecord build --help"),
        (("build", "ftp://files.example/a"), "ftp://files.example/a: only http:// and https:// are fetched"),
    ],
)
def test_a_refusal_says_what_to_do(run: Run, args: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("copy.db").write_bytes(b"SQLite format 3\0 and so on")
    story = made.StoryRow("t1", None, ["pages/lund.txt"], None, None, [])
    monkeypatch.setattr(made.FakeRecord, "stories", lambda record: [story])
    done = run(*args)
    assert done.status == (1 if args[-1].startswith("ftp") else 2)
    assert done.out == ""
    assert says in done.err
    assert done.err.count("\n") == 1
    assert "Value error" not in done.err


def test_an_argument_that_can_be_no_file_is_no_record(listed: Run) -> None:
    done = listed("agreements", "x" * 5000)
    assert (done.status, done.err[:39]) == (2, "onrecord: there is no agreement 'xxxxxx")


def test_a_full_disk_is_named_without_numbers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: made.FakeRecord) -> list[made.StoryRow]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(made.FakeRecord, "stories", full)
    assert run("stories") == made.Done(2, "", "onrecord: no space left on device\n")


def test_without_a_command_there_is_help(run: Run) -> None:
    done = run()
    assert (done.status, done.err) == (0, "")
    assert done.out == run("-h").out == run("--help").out
    assert "agreements  List the agreements and how far each has come." in done.out
    assert run("build", "-h").out.startswith("Usage: onrecord build [OPTIONS] INPUT...\n")
    assert run("stories", "-h").out.startswith("Usage: onrecord stories [OPTIONS] [ID]\n")
    for command in cli.app.registered_commands:
        assert not re.search(r"[<{]", run(command.callback.__name__, "-h").out)  # type: ignore[union-attr]


def test_the_brief_can_be_of_an_earlier_day(run: Run) -> None:
    made.FakeRecord.asked = {}
    out = run("brief", "--as-of", "2031-03-05").out
    assert made.FakeRecord.asked == {"as_of": "2031-03-05"}
    assert out.startswith("Agreements as of 2031-03-05 (2)")
    assert "onrecord agreements fin-nor-treaty --as-of 2031-03-05 --record news.onrecord" in out


def test_a_record_with_nothing_on_it_answers_every_question(call: Run) -> None:
    Path("pages").mkdir()
    assert call("build", "pages").status == 0
    for command in ("agreements", "statements", "disputes", "forecasts", "stories", "dates", "furniture", "verify"):
        assert call(command, "--json").rows == []
        done = call(command)
        assert (done.status, done.err, done.out.count("\n")) == (0, "", 1)
    assert call("brief", "--json").rows == {"agreements": [], "disputes": [], "problems": []}
    assert "No agreement is on this record." in call("brief").out


def test_what_is_done_in_a_statement_is_said_of_one_as_of_many() -> None:
    assert set(table("labels")["acts"]) == set(get_args(Act))
    assert not any(words.act(act).split()[0].endswith("s") for act in get_args(Act))


ENCODED = """
import sys, tests.test_cli as t
t.calls.Record = t.FakeRecord
from onrecord.cli import main
sys.argv = ["onrecord", *sys.argv[1:]]
main()
"""


def test_a_terminal_of_few_characters_gets_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "news.onrecord").write_bytes(b"SQLite format 3\0")
    environment = os.environ | {"PYTHONPATH": str(Path(made.__file__).parent.parent), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ENCODED, "brief"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Agreements (2) ---" in done.stdout.decode("ascii")
    assert words.plain("“São Tomé” … – ok") == '"S?o Tom?" ... - ok'


def step(stage: Stage, day: str) -> Step:
    return Step(stage, None, Interval(day, day), day, Published(day, day, "given"), "p", (0, 1), "w", None, [])


def forecast(made_on: str, last: str) -> ForecastRow:
    return ForecastRow(
        "x", "in_force", Interval(made_on, last), Interval(made_on, made_on), False, "open", None, None, None, "p",
        (0, 1), "w", Published(), None, [], [],
    )  # fmt: skip


def drawn(steps: list[tuple[Stage, str]], width: int, forecasts: Iterable[ForecastRow] = ()) -> list[str]:
    history = [step(*one) for one in steps]
    console = Console(width=width, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    console.print(Picture(agreement("x", [], history[-1].stage, history=history), list(forecasts)))
    return console.export_text().splitlines()


def test_a_legend_is_not_broken_within_an_entry() -> None:
    steps: list[tuple[Stage, str]] = [
        ("negotiating", "2031-01-05"),
        ("negotiating", "2031-02-05"),
        ("signed", "2031-03-05"),
    ]
    whole = drawn(steps, 100, [forecast("2031-03-06", "2031-09-01")])
    entries = whole[11].split("  ")
    assert entries == ["● reached", "○ told again", "─ stands at", "› forecast made", "░ days it was for"]
    narrow = drawn(steps, 40, [forecast("2031-03-06", "2031-09-01")])
    assert [entry for line in narrow[11:-1] for entry in line.split("  ")] == entries
    assert len(narrow) > len(whole)


def test_an_agreement_stands_no_longer_than_is_known() -> None:
    lines = drawn([("negotiating", "2031-01-01"), ("signed", "2031-02-01")], 80, [forecast("2031-02-02", "2031-12-31")])
    signed = next(line for line in lines if line.strip().startswith("signed"))
    assert len(signed) < 30
    assert next(line for line in lines if line.strip().startswith("in force")).endswith("░")


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2001-03-12", "2025-10-02", "2005 2010 2015 2020 2025"),
        ("2022-01-19", "2025-10-02", "2023 2024 2025"),
        ("2024-12-30", "2026-01-03", "2025 2025-04 2025-07 2025-10 2026"),
        ("2024-12-30", "2025-01-03", "2024-12-30 2025-01-03"),
        ("1923-03-12", "2025-10-02", "1930 1940 1950 1960 1970 1980 1990 2000 2010 2020"),
    ],
)
def test_the_axis_has_even_steps(first: str, last: str, labels: str) -> None:
    assert drawn([("signed", first), ("in_force", last)], 80)[10].split() == labels.split()


DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(LADDER), DAYS), min_size=1, max_size=30),
    st.lists(st.tuples(DAYS, st.integers(0, 4000)), max_size=3),
    st.integers(40, 160),
)
def test_a_picture_keeps_to_its_width_and_has_every_rung(
    steps: list[tuple[Stage, date]], forecasts: list[tuple[date, int]], width: int
) -> None:
    ahead = [forecast(day.isoformat(), (day + timedelta(days)).isoformat()) for day, days in forecasts]
    lines = drawn([(stage, day.isoformat()) for stage, day in steps], width, ahead)
    days = {day for _, day in steps} | {
        date.fromisoformat(day) for one in ahead for day in (one.made.latest or "", one.window.latest or "")
    }
    if len(days) == 1:
        assert lines == []
        return
    assert max(map(cell_len, lines)) <= width
    for stage, line in zip(reversed(LADDER), lines, strict=False):
        assert line[:11].strip() == words.rung(stage)
        assert ("●" in line) == any(stage == reached for reached, _ in steps) or "›" in line
    ticks, labels = lines[9], lines[10]
    assert ticks.count("┬") >= 2 and len(labels.split()) == ticks.count("┬")
    assert lines[-1] == ""


def test_the_json_of_a_chosen_agreement_is_an_array_of_one(listed: Run) -> None:
    assert [row["id"] for row in json.loads(listed("agreements", "dnk", "--json").out)] == ["dnk.fin.pact"]
