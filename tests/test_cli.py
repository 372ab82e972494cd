"""The command line: what each command prints, to whom, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from onrecord import api, cli
from onrecord.analysis import Actor, Analysis, Interval, Published, Segment, Statement
from onrecord.page import Page, Problem
from onrecord.reading import pipeline
from onrecord.record import Entry, Reading, UnknownPageError
from onrecord.record.rows import (
    AgreementRow,
    Contradiction,
    DisputeRow,
    ForecastRow,
    FurnitureRow,
    LadderRow,
    RelativeRow,
    Side,
    StatementRow,
    Step,
    StoryRow,
    SuccessorRow,
    Telling,
)
from onrecord.terminal import calls

TEXT = (
    "MENU | Sport\n"
    "Ministers say the draft is ready\n"
    "The draft is ready, Maria Lund told [bold]reporters[/bold] on Monday. \x1b[31mRed\x1b[0m\u202e ink.\n"
)
DAY = Interval("2031-03-03", "2031-03-03")
PUBLISHED = Published("2031-03-04", "2031-03-04", "given")
ANALYSIS = Analysis(
    path="pages/lund.txt",
    media_type="text/plain",
    sha256="5" * 64,
    text=TEXT,
    segments=[Segment("navigation", (0, 12)), Segment("title", (13, 45)), Segment("body", (46, len(TEXT) - 1))],
    title="Ministers say the draft is ready",
    published=PUBLISHED,
    actors=[Actor("a1", "Maria Lund", "person"), Actor("a2", "Baltic Wire", "organization")],
    statements=[
        Statement("s1", [(66, 76)], [(77, 81)], [(46, 64)], speaker="a1", chain=["a1", "a2"], said=DAY),
    ],
)


def statement(**changed: Any) -> StatementRow:
    fields: dict[str, Any] = {
        "id": "s1", "path": "pages/lund.txt", "text": "The draft is ready", "source_text": "Maria Lund",
        "cue_text": "told", "source": [(66, 76)], "cue": [(77, 81)], "content": [(46, 64)], "form": "indirect",
        "act": "assert", "polarity": "positive", "certainty": "certain", "speaker": "Maria Lund",
        "chain": ["Maria Lund", "Baltic Wire"], "said": DAY, "published": PUBLISHED, "copies": 1,
    }  # fmt: skip
    return StatementRow(**(fields | changed))


DENIAL = statement(
    id="s2", text="no draft was \x1b]0;owned\x07 shown", speaker=None, source_text="an official", act="deny", chain=[],
    said=Interval(), copies=0, path="pages/[red]odd.txt",
)  # fmt: skip
STEP = Step("concluded", None, DAY, "2031-03-04", PUBLISHED, "pages/lund.txt", (46, 64), "The draft is ready",
            "Maria Lund", ["Maria Lund", "Baltic Wire"])  # fmt: skip
LATER = Step("scheduled", "stalled", Interval(), None, Published("2031-04-01", "2031-04-30", "inferred"),
             "the later page.txt", (0, 4), "They will sign " + "and sign again " * 60, None, [])  # fmt: skip
AGREEMENT = AgreementRow("fin-nor-treaty", "treaty", "Northern Waters Treaty", ["FIN", "NOR"], "scheduled", "stalled",
                         "2031-04-01", [STEP, LATER])  # fmt: skip
NAMELESS = AgreementRow("x1", "ceasefire", None, ["QQQ"], "negotiating", None, None, [])
FORECAST = ForecastRow(
    "fin-nor-treaty", "signed", Interval("2031-03-10", "2031-03-12"), DAY, False, "late",
    Interval("2031-03-15", "2031-03-15"), 3, 12, "pages/lund.txt", (46, 64), "The draft is ready", PUBLISHED,
    "Maria Lund", ["Maria Lund", "Baltic Wire"],
    [Telling(PUBLISHED, "the later page.txt", (0, 4), "They will sign", "Maria Lund", [], 0)],
)  # fmt: skip
HOPE = ForecastRow(
    "fin-nor-treaty", "in_force", Interval("2031-04-01", None), Interval(), True, "open", None, None, None,
    "pages/\x1b[31mlund.txt", (46, 64), "[bold]soon[/bold] " * 50, Published(), None, [], [],
)  # fmt: skip
TOLD = Telling(PUBLISHED, "pages/lund.txt", (46, 64), "The draft is ready", "Maria Lund", ["Maria Lund"], 2)
LADDER_ROW = LadderRow(
    **{name: getattr(AGREEMENT, name) for name in AGREEMENT.__struct_fields__},
    told=[[TOLD], []],
    forecasts=[FORECAST, HOPE],
    relatives=[RelativeRow("replaces", "fin-nor-treaty.1999", 1999, [TOLD])],
    successors=[SuccessorRow("supplements", "fin-nor-protocol")],
    contradictions=[
        Contradiction("stage", "signed", [Side("signed", DAY, False, [TOLD]), Side("signed", Interval(), True, [TOLD])])
    ],
)
NAMELESS_ROW = LadderRow("x1", "ceasefire", None, ["QQQ"], "negotiating", None, None, [], [], [], [], [], [])
STORY = StoryRow("t1", "Ministers \x9b31msay", ["a", "b", "c"], "2031-03-04", None, [["a", "b"]])
LINE = FurnitureRow("Baltic \x9b31mWire", "Write to [red]our editor\x07 " + "today " * 50, 7, 6, 6,
                    {"related": 3, "body": 4}, True, "2031-03-04", None, "pages/lund.txt", (0, 4))  # fmt: skip


class FakeRecord(api.Record):
    """A record with what the commands ask for; it remembers how it was asked."""

    asked: dict[str, Any] = {}

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> FakeRecord:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def add(self, analyses: Iterable[Entry], problems: Iterable[Problem], **others: object) -> int:
        kept = [f"{entry[0].path} {len(entry[1])}" for entry in analyses]
        self.path.write_text(json.dumps(["SQLite format 3", kept, [problem.path for problem in problems]]))
        return len(kept)

    def agreements(self) -> list[AgreementRow]:
        return [AGREEMENT, NAMELESS]

    def agreement(self, identity: str) -> LadderRow | None:
        return {"fin-nor-treaty": LADDER_ROW, "x1": NAMELESS_ROW}.get(identity)

    def forecasts(self) -> list[ForecastRow]:
        return [FORECAST, HOPE]

    def as_of(self, day: str) -> FakeRecord:
        FakeRecord.asked = {"as_of": day}
        return self

    def statements(self, **asked: str | None) -> Iterator[StatementRow]:
        FakeRecord.asked = asked
        return iter([] if asked["who"] == "nobody" else [statement(), DENIAL])

    def disputes(self) -> list[DisputeRow]:
        return [DisputeRow(statement(), DENIAL)]

    def stories(self) -> list[StoryRow]:
        return [STORY]

    def furniture(self) -> Iterator[FurnitureRow]:
        return iter([LINE])

    def problems(self) -> list[Problem]:
        return [Problem("broken\n.txt", "empty")]

    def page(self, path: str) -> tuple[Analysis, bytes]:
        if path not in ("pages/lund.txt", "the later page.txt"):
            raise UnknownPageError(f"no one page on record has the path {path!r}")
        return ANALYSIS, TEXT.encode()

    def corrected(self, path: str) -> Analysis:
        return self.page(path)[0]

    def holds(self, path: str, sha256: str, reading: Reading) -> bool:
        return False

    def verify(self) -> list[str]:
        return self.path.stem.split("-")[1:]


@dataclass
class Done:
    """How a call ended."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def done(*args: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["onrecord", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return done


@pytest.fixture
def run(call: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line on a made-up record, in a folder that holds nothing else."""
    monkeypatch.setattr(calls, "Record", FakeRecord)
    monkeypatch.setattr(pipeline, "read", read)
    Path("news.onrecord").write_bytes(b"SQLite format 3\0 and so on")
    return call


def read(page: Page) -> Analysis:
    if b"trap" in page.data:
        raise RecursionError("too deep")
    published = Published(page.given.get("published"), page.given.get("published"))
    return Analysis(page.path, page.media_type, page.sha256, page.data.decode(), published=published)


def safe_to_print(out: str) -> bool:
    return not any(ord(char) < 32 and char != "\n" or 127 <= ord(char) < 160 or char == "\u202e" for char in out)


def test_analyze_writes_a_line_for_each_page_and_names_what_it_could_not_read(run: Run) -> None:
    Path("a.txt").write_text("One.")
    Path("b.txt").write_text("a trap")
    Path("c.txt").write_text("Three.")
    done = run("analyze", "c.txt", "missing.txt", "b.txt", "a.txt", "--published", "2031-03-04")
    assert done.status == 1
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [row["path"] for row in found] == ["c.txt", "a.txt"]
    assert found[0]["schema"] == "onrecord.analysis/1"
    assert found[0]["published"]["earliest"] == "2031-03-04"
    assert done.err == (
        "onrecord: missing.txt: no such file or folder\n"
        "onrecord: b.txt: reading it failed (RecursionError: too deep)\n"
    )  # fmt: skip


def test_analyze_writes_to_a_file(run: Run) -> None:
    Path("a.txt").write_text("One.")
    done = run("analyze", "a.txt", "--out", "out.jsonl")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert json.loads(Path("out.jsonl").read_text())["text"] == "One."


def test_build_puts_pages_on_record_and_names_what_it_could_not_read(run: Run) -> None:
    Path("a.txt").write_text("One.")
    Path("b\x1b[2J.txt").write_text("")
    assert run("build", "a.txt", "--record", "new.onrecord") == Done(0, "", "")
    assert json.loads(Path("new.onrecord").read_text())[1:] == [["a.txt 4"], []]
    Path("new.onrecord").unlink()
    done = run("build", ".", "--record", "new.onrecord")
    assert done.status == 1
    assert done.err == "onrecord: b\N{REPLACEMENT CHARACTER}[2J.txt: empty\n"
    assert json.loads(Path("new.onrecord").read_text())[1:] == [["a.txt 4"], ["b\x1b[2J.txt"]]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("analyze",), "Missing argument"),
        (("analyze", "a.txt", "--published", "soon"), "'soon' is not a date"),
        (("analyze", "a.txt", "--published", "20310304"), "'20310304' is not a date"),
        (("analyze", "a.txt", "--out", "no/such/out.jsonl"), "cannot write to no/such/out.jsonl"),
        (("build", "a.txt", "--record", "no/such.onrecord"), "no folder no"),
        (("build", "a.txt", "--record", "text.txt"), "text.txt is not a record"),
        (("agreements", "--record", "no.onrecord"), "there is no record at no.onrecord"),
        (("stories", "--record", "text.txt"), "text.txt is not a record"),
        (("stories", "--record", "."), "cannot be used as a record"),
        (("stories", "--record", "empty.onrecord"), "empty.onrecord is empty, no record"),
        (("agreements", "no-such-id"), "there is no agreement 'no-such-id'"),
        (("show", "nowhere.txt"), "has the path 'nowhere.txt'"),
        (("statements", "--act", "sing"), "--act 'sing' is not one of assert, deny,"),
        (("statements", "--from", "2031-02-30"), "'2031-02-30' is not a date"),
        (("statements", "--from", "2031-03-02", "--to", "2031-03-01"), "--from 2031-03-02 is later"),
        (("sing",), "No such command"),
        (("brief", "--colour"), "No such option"),
    ],
)
def test_a_wrong_call_is_refused_in_one_line(run: Run, args: tuple[str, ...], says: str) -> None:
    Path("a.txt").write_text("One.")
    Path("text.txt").write_text("This is no record.")
    Path("empty.onrecord").touch()
    done = run(*args)
    assert done.status == 2
    assert not Path("empty.onrecord").stat().st_size
    assert done.out == ""
    assert says in done.err
    assert done.err.startswith("onrecord: ")
    assert done.err.count("\n") == 1


def test_json_is_all_there_is_on_standard_output(run: Run) -> None:
    assert [row["id"] for row in run("agreements", "--json").rows] == ["fin-nor-treaty", "x1"]
    assert [row["id"] for row in run("agreements", "x1", "--json").rows] == ["x1"]
    rows = run("statements", "--json").rows
    assert rows[0]["said"] == {"earliest": "2031-03-03", "latest": "2031-03-03"}
    assert rows[0]["content"] == [[46, 64]]
    assert rows[1]["text"] == DENIAL.text
    assert run("statements", "--who", "nobody", "--json").out == "[]\n"
    assert run("disputes", "--json").rows[0]["denial"]["act"] == "deny"
    assert run("stories", "--json").rows[0]["copies"] == [["a", "b"]]
    assert [row["standing"] for row in run("forecasts", "--json").rows] == ["late", "open"]
    assert run("furniture", "--json").rows[0]["kinds"] == {"related": 3, "body": 4}
    assert run("show", "pages/lund.txt", "--json").rows["text"] == TEXT
    assert set(run("brief", "--json").rows) == {"agreements", "disputes", "problems"}
    assert run("verify", "--json").rows == []


def test_statements_are_asked_for_as_the_call_says(run: Run) -> None:
    run(
        "statements", "--who", "Lund", "--about", "draft", "--act", "deny", "--from", "2031-03-01", "--to", "2031-03-31"
    )
    assert FakeRecord.asked == {
        "who": "Lund", "about": "draft", "act": "deny", "since": "2031-03-01", "until": "2031-03-31"
    }  # fmt: skip


@pytest.mark.parametrize(
    "args",
    [
        ("agreements",), ("agreements", "fin-nor-treaty"), ("agreements", "x1"), ("forecasts",),
        ("statements",), ("disputes",), ("stories",), ("brief",),
        ("furniture",), ("show", "pages/lund.txt"), ("verify",), ("--help",), ("build", "--help"),
        ("statements", "--help"),
    ],
)  # fmt: skip
def test_what_people_see_fits_80_columns_and_cannot_steer_a_terminal(
    run: Run, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = run(*args)
    assert (done.status, done.err) == (0, "")
    assert safe_to_print(done.out)
    assert max(cell_len(line) for line in done.out.splitlines()) <= 80


def test_markup_in_a_page_is_text(run: Run) -> None:
    assert "[bold]reporters[/bold]" in run("show", "pages/lund.txt").out
    assert "pages/[red]odd.txt" in run("statements").out
    assert "Write to [red]our editor" in run("furniture").out


def test_an_agreement_shows_parties_stage_and_who_said_so(run: Run) -> None:
    out = " ".join(run("agreements", "fin-nor-treaty").out.split())
    for words in (
        "Finland and Norway: Northern Waters Treaty",
        "stands at: signing scheduled, stalled, since 2031-04-01 id: fin-nor-treaty",
        "2031-03-03 text agreed 1 report and 2 copies; first reported 2031-03-04 Maria Lund, via Baltic Wire The draft"
        " is ready pages/lund.txt",
        "undated signing scheduled, stalled 1 report the page itself They will sign",
        "2031-03-03 signed, 2031-03-10 to 2031-03-12: late by 3 days, 2031-03-15 Maria Lund, via Baltic Wire",
        "said again 2031-03-04: the later page.txt",
        "undated hoped for: in force, soon: open",
        "replaces an agreement of 1999, by 1 report: fin-nor-treaty.1999",
        "added to by fin-nor-protocol",
        "signed: some say that it has not come 2031-03-03 signed, 1 report",
        "not signed, 1 report Maria Lund",
    ):
        assert words in out


def test_forecasts_stand_by_speaker_and_then_one_by_one(run: Run) -> None:
    out = " ".join(run("forecasts").out.split())
    assert "Maria Lund 1 1 3" in out
    assert "signed, 2031-03-10 to 2031-03-12: late by 3 days, 2031-03-15 fin-nor-treaty" in out
    assert out.index("Maria Lund 1") < out.index("late by 3 days")


@pytest.mark.parametrize("command", ["agreements", "statements", "disputes", "stories", "forecasts"])
def test_what_was_known_on_a_day_can_be_asked_for(run: Run, command: str) -> None:
    FakeRecord.asked = {}
    assert run(command, "--as-of", "2031-03-01").status == 0
    assert command == "statements" or FakeRecord.asked == {"as_of": "2031-03-01"}
    done = run(command, "--as-of", "1 March")
    assert (done.status, done.err[:32]) == (2, "onrecord: '1 March' is not a dat")


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "✕"), ("ascii", "x")])
def test_the_ladder_is_a_picture_in_what_the_terminal_can_show(encoding: str, mark: str, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": "60"}
    code = (
        "from test_cli import *\nfrom onrecord.terminal import output, picture\n"
        "two = [STEP, Step(*[getattr(LATER, f) for f in Step.__struct_fields__])]\n"
        "two[1].when = Interval('2032-02-01', '2032-02-01')\n"
        "row = AgreementRow('x', 'treaty', None, [], 'concluded', None, None, two)\n"
        "output.show([picture.Picture(row, [FORECAST])])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, check=True, env=env, cwd=Path(__file__).parent
    )
    lines = done.stdout.decode(encoding).splitlines()
    assert max(map(cell_len, lines)) <= 60
    rungs = {line[:11].strip(): line[11:] for line in lines[:9]}
    assert list(rungs)[0] == "in force"
    assert rungs["scheduled"].rstrip().endswith(mark)
    assert rungs["signed"].strip()
    assert not rungs["proposed"].strip()
    assert "2032" in lines[10]


def test_the_brief_leads_on_to_calls_that_work(run: Run) -> None:
    out = run("brief", "--record", "news.onrecord").out
    for words in (
        "Finland and Norway: Northern Waters Treaty",
        "QQQ: ceasefire",
        "an official denied",
        "broken .txt: empty",
    ):
        assert words in out
    called = [shlex.split(line) for line in out.splitlines() if line.startswith("onrecord ")]
    assert len(called) == 5
    for words_of_call in called:
        assert run(*words_of_call[1:]).status == 0


def test_show_marks_roles_in_colour_on_a_terminal_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("show", "pages/lund.txt").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = run("show", "pages/lund.txt").out
    assert "\x1b[32mThe draft is ready\x1b[0m, \x1b[1;36mMaria Lund\x1b[0m \x1b[1;33mtold\x1b[0m" in out
    assert "\x1b[2mMENU | Sport" in out


def test_verify_fails_if_a_span_does_not_match(run: Run) -> None:
    Path("news-s1.onrecord").write_bytes(b"SQLite format 3\0")
    done = run("verify", "--record", "news-s1.onrecord")
    assert (done.status, done.out) == (1, "s1\n")


def test_the_record_can_be_named_by_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", "other.onrecord")
    assert "there is no record at other.onrecord" in run("stories").err


def test_help_names_every_command_and_each_has_an_example(run: Run) -> None:
    out = run("--help").out
    for command in cli.app.registered_commands:
        name = command.callback.__name__  # type: ignore[union-attr]
        assert name in out
        assert f"onrecord {name}" in run(name, "--help").out
    assert run("--version").out.startswith("onrecord ")


def test_an_interruption_ends_with_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: FakeRecord) -> list[StoryRow]:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeRecord, "stories", interrupted)
    done = run("stories")
    assert (done.status, done.out) == (130, "")
    assert done.err.strip() == "onrecord: interrupted"


SCRIPT = """
import sys, tests.test_cli as t
t.calls.Record = t.FakeRecord
t.FakeRecord.statements = lambda self, **asked: (t.statement() for _ in range(100_000))
from onrecord.cli import main
sys.argv = ["onrecord", "statements", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_reader_who_has_seen_enough_is_no_error(more: list[str], tmp_path: Path) -> None:
    (tmp_path / "news.onrecord").write_bytes(b"SQLite format 3\0")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    call = [sys.executable, "-c", SCRIPT, *more]
    process = subprocess.Popen(  # noqa: S603
        call, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""


def test_the_whole_way_from_pages_to_questions(call: Run) -> None:
    Path("pages").mkdir()
    Path("pages/first.txt").write_text(
        "Oslo and Helsinki agree on fishing treaty text\n4 March 2031\n"
        "OSLO, March 4 - Norway and Finland have agreed on the text of a treaty on northern fisheries, Norwegian "
        'Foreign Minister Maria Lund said on Tuesday. "The text is agreed," Lund told reporters.\n'
    )
    Path("pages/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert call("build", "pages") == Done(1, "", "onrecord: pages/picture.txt: a PNG image, not a page\n")
    assert [story["pages"] for story in call("stories", "--json").rows] == [["pages/first.txt"]]
    statements = call("statements", "--who", "Lund", "--json").rows
    assert any("text is agreed" in statement["text"] for statement in statements)
    assert "picture.txt: a PNG image" in call("brief").out
    assert call("verify").status == 0
    assert call("show", "first.txt", "--json").rows == call("analyze", "pages/first.txt").rows


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "onrecord", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.startswith("onrecord ")  # noqa: S603


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_progress_bar_is_for_terminals_only(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    command = [sys.executable, "-m", "onrecord", "build", "empty.txt"]
    environment = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm"}
    piped = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)  # noqa: S603
    assert piped.stderr == b"onrecord: empty.txt: empty\n"
    here, there = os.openpty()
    subprocess.run(command, cwd=tmp_path, env=environment, stderr=there, check=False)  # noqa: S603
    os.close(there)
    shown = os.read(here, 100_000)
    os.close(here)
    assert b"onrecord: empty.txt: empty\r\n" in shown
    assert b"1/1" in shown


def test_a_fault_of_the_program_ends_with_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(self: FakeRecord) -> list[StoryRow]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(FakeRecord, "stories", faulty)
    done = run("stories")
    assert done.status == 2
    assert done.out == ""
    assert re.fullmatch(
        r"onrecord: a fault of the program itself \(ZeroDivisionError at test_cli.py:\d+: .*\)\n", done.err
    )


def test_what_was_read_only_in_part_is_named_and_kept(call: Run) -> None:
    Path("cut.html").write_text("<html><body><h1>Envoys near accord</h1><p>Norway said on Monday that it wou")
    Path("bytes.txt").write_bytes(b"Envoys near accord\nNorway \x92s minister said so on Monday.\n")
    done = call("build", "cut.html", "bytes.txt", "--record", "r.onrecord")
    assert done.status == 1
    assert "onrecord: cut.html: the markup has no end" in done.err
    assert "onrecord: bytes.txt: not valid UTF-8" in done.err
    assert {path for row in call("stories", "--record", "r.onrecord", "--json").rows for path in row["pages"]} == {
        "cut.html",
        "bytes.txt",
    }
