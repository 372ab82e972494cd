"""The record as a whole: what goes in comes out, in any order, and proves itself."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import Analysis, Published
from onrecord.page import Problem
from onrecord.record import Record, RecordError, UnknownPageError
from record_pages import PageMaker, text_of

WIRE = (
    "Kenya and Norway are close to a fisheries treaty, the foreign ministry in Nairobi said on Monday. "
    "Officials have met nine times since last spring to settle who may fish where and with what nets. "
    "Fishermen in Mombasa told reporters that they had not been asked, and that prices had doubled in a year. "
    "Norwegian trawlers have worked the deep waters off the coast under yearly licences since the nineties. "
    "A draft went to both cabinets before the summer and came back with forty remarks in the margins. "
)
LOCAL = "\nIn Bergen, the shipowners' union asked for the licences to be kept until a signature is on paper."


def wire(path: str, title: str, published: str | None = "2024-03-05", body: str = WIRE) -> PageMaker:
    page = PageMaker(path, title, body, published)
    page.statement("the foreign ministry in Nairobi", "said", "Kenya and Norway are close to a fisheries treaty",
                   "Foreign Ministry of Kenya", "Gazette")  # fmt: skip
    return page.agreement(
        body[: body.index(".") + 1], "negotiating", "KEN NOR", statement="s1", name="fisheries treaty"
    )


@lru_cache(maxsize=1)
def pages() -> tuple[tuple[Analysis, bytes], ...]:
    quarrel = PageMaker(
        "news/quarrel.txt",
        "Minister denies selling patrol boats",
        "Ghana has sold patrol boats to Togo in secret, the opposition leader Ama Boateng said. "
        "Defence minister Kofi Addo denied that Ghana had sold patrol boats.",
        "2024-05-02",
    )
    quarrel.statement("the opposition leader Ama Boateng", "said", "Ghana has sold patrol boats to Togo in secret",
                      "Ama Boateng", act="accuse")  # fmt: skip
    quarrel.statement("Defence minister Kofi Addo", "denied", "Ghana had sold patrol boats", "Kofi Addo", act="deny")
    signed = PageMaker(
        "news/signed.txt", "Fisheries pact signed in Oslo", "Kenya and Norway signed it on Tuesday.", "2024-09-11"
    )
    signed.agreement(
        "Kenya and Norway signed it on Tuesday.", "signed", "KEN NOR", when="2024-09-10", instrument="pact"
    )
    undated = PageMaker("news/undated.txt", "Old towns of the coast", "A walk through Lamu at dusk.")
    return (
        wire("a/gazette.txt", "Treaty near").done(),
        wire("b/courier.txt", "Fishing pact close", "2024-03-06", WIRE + LOCAL).done(),
        wire("c/short.txt", "Talks on fish", "2024-03-05", WIRE[:330]).done(),
        quarrel.done(),
        signed.done(),
        undated.done(),
    )


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a record says, whatever numbers SQLite gave its rows."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found: dict[str, list[tuple[object, ...]]] = {}
    for name in names:
        if name.startswith(("statements_words_", "sqlite_")):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[1] != "number"]
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name}")  # noqa: S608
        found[name] = sorted(rows, key=repr)
    connection.close()
    return found


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "test.onrecord") as opened:
        opened.add(pages())
        yield opened


@lru_cache(maxsize=1)
def expected() -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.onrecord"
        with Record(path) as record:
            record.add(pages())
        return contents(path)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.lists(st.integers(0, 5), max_size=3), st.lists(st.integers(0, 8), max_size=3))
def test_any_order_and_any_repetition_give_the_same_record(order: list[int], again: list[int], cuts: list[int]) -> None:
    run = [pages()[number] for number in [*order, *again]]
    bounds = [0, *sorted(cut for cut in cuts if cut < len(run)), len(run)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.onrecord"
        with Record(path) as record:
            for start, end in zip(bounds, bounds[1:], strict=False):
                record.add(run[start:end])
        assert contents(path) == expected()


def dated(analysis: Analysis, day: str) -> Analysis:
    return msgspec.structs.replace(analysis, published=Published(day, day, basis="given"))


@pytest.mark.parametrize("surer_first", [True, False])
def test_of_two_analyses_of_one_page_the_surer_date_stays(tmp_path: Path, surer_first: bool) -> None:
    first, rest = pages()[0], list(pages()[1:])
    surer = (dated(first[0], "2024-03-04"), first[1])
    for name, run in (("two", [surer, first] if surer_first else [first, surer]), ("one", [surer])):
        with Record(tmp_path / name) as record:
            record.add(rest)
            for page in run:
                record.add([page])
            assert record.page("a/gazette.txt")[0].published.earliest == "2024-03-04"
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_pages_come_back_as_received(record: Record) -> None:
    for analysis, data in pages():
        assert record.page(analysis.path) == (analysis, data)
    assert record.page("undated.txt")[0].path == "news/undated.txt"


def test_an_end_of_a_path_must_fit_one_page(record: Record) -> None:
    with pytest.raises(UnknownPageError, match="several|can be"):
        record.page(".txt")
    with pytest.raises(UnknownPageError, match=r"nowhere\.txt"):
        record.page("nowhere.txt")


def test_add_counts_new_pages_and_keeps_problems(tmp_path: Path) -> None:
    with Record(tmp_path / "r") as record:
        problems = [Problem("x.pdf", "not a page"), Problem("x.pdf", "not a page")]
        assert record.add(iter(pages()[:2]), iter(problems)) == 2
        assert record.add(pages()[:3]) == 1
        assert record.problems() == [Problem("x.pdf", "not a page")]


def test_an_interrupted_build_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "r"

    def breaking() -> Iterator[tuple[Analysis, bytes]]:
        yield from pages()
        raise OSError("the disk went away")

    with Record(path) as record:
        with pytest.raises(OSError, match="disk"):
            record.add(breaking())
        record.add(pages())
    assert contents(path) == expected()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO pending SELECT 'copies', page FROM pages")
    connection.execute("UPDATE pages SET report=page, story=page")
    connection.commit()
    connection.close()
    Record(path).close()
    assert contents(path) == expected()


def test_a_page_that_cannot_be_stored_is_a_problem(tmp_path: Path) -> None:
    broken = PageMaker("odd.txt", "Odd", "A lone \ud800 surrogate is no text.")
    twice = PageMaker("twice.txt", "Twice", "It rains, he said. It pours, he said.")
    twice.statement("he", "said", "It rains").statement("he", "said", "It pours")
    twice.analysis.statements[1].id = "s1"
    named = PageMaker("\udcff.txt", "Name", "A file name in no encoding.")
    with Record(tmp_path / "r") as record:
        added = record.add([broken.done(), *pages()[:1], twice.done(), named.done()])
        assert added == 1
        assert [problem.path for problem in record.problems()] == ["\\udcff.txt", "odd.txt", "twice.txt"]
        assert [row.path for row in record.statements()] == ["a/gazette.txt"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("these are notes, and more of them than a header is long " * 40)
    with pytest.raises(RecordError, match=r"notes\.txt"):
        Record(text)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE birds(name)")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="another program"):
        Record(other)


def test_statements_by_who(record: Record) -> None:
    assert {row.speaker for row in record.statements(who="ADDO")} == {"Kofi Addo"}
    assert len(list(record.statements(who="foreign ministry"))) == 3
    assert not list(record.statements(who="Adoo%"))


def test_statements_about_words(record: Record) -> None:
    assert len(list(record.statements(about="boats Togo"))) == 1
    assert len(list(record.statements(about="fisheries"))) == 3
    assert len(list(record.statements(about="boat"))) == 2


@pytest.mark.parametrize("words", ['"', "boats AND", "NEAR(", "text:boats", "a*b^", "' OR 1=1 --", "—", "\x00", "(("])
def test_words_of_the_query_language_are_only_words(record: Record, words: str) -> None:
    assert not list(record.statements(about=words))


def test_statements_by_act_and_day(record: Record) -> None:
    assert [row.text for row in record.statements(act="deny")] == ["Ghana had sold patrol boats"]
    assert {row.path for row in record.statements(since="2024-03-06")} == {"b/courier.txt", "news/quarrel.txt"}
    assert {row.path for row in record.statements(until="2024-03-05")} == {"a/gazette.txt", "c/short.txt"}


def test_a_statement_row_has_names_words_and_copies(record: Record) -> None:
    row = next(row for row in record.statements() if row.path == "a/gazette.txt")
    assert row.text == "Kenya and Norway are close to a fisheries treaty"
    assert row.source_text == "the foreign ministry in Nairobi"
    assert row.cue_text == "said"
    assert row.chain == ["Foreign Ministry of Kenya", "Gazette"]
    assert row.copies == 2
    assert row.published.earliest == "2024-03-05"


def test_copies_whole_and_cut_short_are_one_report(record: Record) -> None:
    groups = [group for story in record.stories() for group in story.copies]
    assert sorted(map(sorted, groups)) == [["a/gazette.txt", "b/courier.txt", "c/short.txt"]]


def test_every_page_is_in_one_story(record: Record) -> None:
    stories = record.stories()
    told = [path for story in stories for path in story.pages]
    assert sorted(told) == sorted(analysis.path for analysis, _ in pages())
    together = next(story for story in stories if "a/gazette.txt" in story.pages)
    assert {"b/courier.txt", "c/short.txt"} <= set(together.pages)
    assert together.first == "2024-03-05"
    assert "news/quarrel.txt" not in together.pages


def test_agreement_is_followed_over_pages(record: Record) -> None:
    (agreement,) = record.agreements()
    assert (agreement.parties, agreement.stage, agreement.since) == (["KEN", "NOR"], "signed", "2024-09-10")
    assert [(step.stage, step.path) for step in agreement.history] == [
        ("negotiating", "a/gazette.txt"),
        ("signed", "news/signed.txt"),
    ]
    assert agreement.history[0].speaker == "Foreign Ministry of Kenya"
    assert agreement.history[0].words.startswith("Kenya and Norway are close")


def test_disputes_come_with_both_statements(record: Record) -> None:
    (dispute,) = record.disputes()
    assert dispute.claim.speaker == "Ama Boateng"
    assert dispute.denial.speaker == "Kofi Addo"


def test_rows_encode_as_the_contract_has_them(record: Record) -> None:
    (agreement,) = msgspec.to_builtins(record.agreements())
    assert {"id", "instrument", "name", "parties", "stage", "condition", "since", "history"} <= set(agreement)
    assert {"stage", "condition", "when", "reported", "path", "span", "speaker", "chain"} <= set(
        agreement["history"][0]
    )
    assert {"id", "title", "pages", "first", "last", "copies"} == set(msgspec.to_builtins(record.stories())[0])


def test_verify_finds_nothing_wrong(record: Record) -> None:
    assert record.verify(text_of) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE statements SET text = 'Kenya has left the talks' WHERE page=?", "content of statement"),
        ("UPDATE reports SET words = 'signed' WHERE page=?", "agreement's sentence"),
        ("UPDATE steps SET words = 'signed' WHERE page=?", "a step of"),
        ("UPDATE pages SET sha256 = 'feed' WHERE page=?", "SHA-256"),
        ("UPDATE sources SET data = x'00' WHERE page=?", "cannot be read"),
    ],
)
def test_verify_tells_what_was_changed(tmp_path: Path, change: str, told: str) -> None:
    path = tmp_path / "r"
    with Record(path) as record:
        record.add(pages()[:1])
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER statements_out")
    connection.execute(change, connection.execute("SELECT page FROM pages").fetchone())
    connection.commit()
    connection.close()
    with Record(path) as record:
        found = record.verify(text_of)
    assert len(found) >= 1
    assert all("a/gazette.txt" in line for line in found)
    assert any(told in line for line in found)


def test_verify_tells_of_other_bytes(tmp_path: Path) -> None:
    path = tmp_path / "r"
    with Record(path) as record:
        record.add(pages()[:1])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE sources SET data=?", (zlib.compress(b"Treaty far\nNothing was said."),))
    connection.commit()
    connection.close()
    with Record(path) as record:
        found = record.verify(text_of)
    assert any("SHA-256" in line for line in found)
    assert any("text that was analysed" in line for line in found)
    assert any("outside the text" in line for line in found)
