"""Pages that do not say their day are dated by what others tell of the same things."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import times
from onrecord.analysis import Analysis, Interval, Published
from onrecord.page import Page
from onrecord.record import Reading, Record
from onrecord.record.rows import DateEvidence, DateRow
from record_pages import PageMaker, text_of
from test_record import contents

Entry = tuple[Analysis, bytes]

TREATY = (
    "Kenya's foreign ministry said on Wednesday that President Amani Kilonzo and Norway's Prime Minister Sindre Vollan"
    " would soon sign a fisheries treaty. Kilonzo held four hours of talks with Vollan in Bergen last month about nets."
)
MEETING = (
    "It rained on {day} when Amani Kilonzo came to Bergen,"
    " where he met Sindre Vollan for four hours of talks on trawling."
)
REPORT = (
    "Divers have found the wreck of the steamer Hanna off the northern cape, forty metres down. "
    "The ship went missing in a storm ninety years ago with a cargo of copper and eleven men on board. "
    "A fisherman had told the museum of snagged nets near the reef, and its curator chartered a small boat. "
    "The bell was brought up first, green and whole, with the name of the yard still to be read on its rim. "
)
QUOTE = '"We will not raise the tolls on the northern bridge while the ferries stand idle in port,"'
MORE = "Lorry drivers blocked both lanes for an hour. The council meets again when the snow has gone from the pass."
LESS = "Her party wants the crossing to be free for students, and a third lane by the toll booths on the island side."


def page(path: str, title: str, body: str, published: str | None = None, publisher: str | None = None) -> PageMaker:
    """A page made by hand with its temporal expressions as they are read."""
    made = PageMaker(path, title, body, published)
    made.analysis.times = times(made.text, published)
    made.analysis.publisher = publisher
    return made


def treaty(path: str = "treaty.txt", published: str | None = None) -> Entry:
    made = page(path, "Kenya and Norway near a treaty on fish", TREATY, published)
    made.statement("Kenya's foreign ministry", "said",
                   TREATY[TREATY.index("that") : TREATY.index(".")],
                   "Foreign Ministry of Kenya")  # fmt: skip
    return made.agreement(TREATY[: TREATY.index(".") + 1], "negotiating", "KEN NOR", statement="s1").done()


def meeting(path: str = "meeting.txt", published: str = "2022-05-05", day: str = "Thursday") -> Entry:
    return page(path, "Kilonzo and Vollan meet in Bergen", MEETING.format(day=day), published).done()


def said(path: str, when: str, published: str | None, publisher: str | None = None, carrier: str = "") -> Entry:
    told = f" {when}" + (f", quoted by {carrier}" if carrier else "")
    body = f"{QUOTE} transport minister Lena Halvorsen said{told}. {MORE if published else LESS}"
    made = page(path, "Bridge tolls stay", body, published, publisher)
    day = next((time for time in made.analysis.times if time.earliest and time.earliest == time.latest), None)
    interval = Interval(day.earliest, day.latest) if day else Interval()
    return made.statement(
        "transport minister Lena Halvorsen", "said", QUOTE, "Lena Halvorsen", *filter(None, [carrier]), said=interval
    ).done()


def dated(*entries: Entry) -> dict[str, DateRow]:
    """The days of the undated ones of some pages."""
    with TemporaryDirectory() as folder, Record(Path(folder) / "r") as record:
        record.add(entries)
        assert record.verify(text_of) == []
        return {row.path: row for row in record.dates()}


def days(row: DateRow) -> tuple[str | None, str | None, str]:
    return row.published.earliest, row.published.latest, row.published.basis


def of_kind(row: DateRow, how: str) -> list[DateEvidence]:
    return [one for one in row.evidence if one.how == how]


def test_an_event_that_another_page_dates_and_the_weekday_of_what_is_said() -> None:
    row = dated(treaty(), meeting())["treaty.txt"]
    assert days(row) == ("2022-06-01", "2022-06-30", "inferred")  # a Wednesday and a Thursday
    (event,) = of_kind(row, "event")
    assert (event.earliest, event.latest, event.followed) == ("2022-06-01", "2022-06-30", True)
    assert (event.words, event.path, event.other_words) == ("last month", "meeting.txt", "Thursday")
    (weekday,) = of_kind(row, "weekday")
    assert (weekday.weekdays, weekday.words) == ([3, 4], "Wednesday")


def test_without_evidence_a_page_stays_undated() -> None:
    row = dated(treaty())["treaty.txt"]
    assert days(row) == (None, None, "unknown")
    assert row.own.basis == "unknown"
    elsewhere = page("x.txt", "Snow in Oslo", "It snowed in Oslo on Thursday.", "2022-05-05").done()
    assert days(dated(treaty(), elsewhere)["treaty.txt"]) == (None, None, "unknown")


def test_a_copy_that_carries_a_date_dates_to_its_days() -> None:
    bare = page("bare.txt", "Wreck found", REPORT).done()
    copy = page("copy.txt", "Steamer found off the cape", REPORT + "\nThe museum opens at nine.", "2021-03-10").done()
    row = dated(bare, copy)["bare.txt"]
    assert days(row) == ("2021-03-08", "2021-03-12", "inferred")
    (one,) = row.evidence
    assert (one.how, one.path, one.words) == ("copy", "copy.txt", "Wreck found")


def test_a_copy_outweighs_an_event_that_contradicts_it_and_the_contradiction_is_told() -> None:
    row = dated(treaty(), treaty("copy.txt", "2023-02-08"), meeting())["treaty.txt"]
    assert days(row)[:2] == ("2023-02-08", "2023-02-09")
    (event,) = (one for one in of_kind(row, "event") if one.path == "meeting.txt")
    assert not event.followed
    assert event.against == ["copy.txt"]


def test_the_day_of_the_same_words_bounds_from_below_and_with_a_word_for_it_from_above() -> None:
    known = said("known.txt", "on 14 June 2022", "2022-07-20")
    assert days(dated(known, said("bare.txt", "", None))["bare.txt"]) == ("2022-06-14", None, "inferred")
    row = dated(known, said("bare.txt", "yesterday", None))["bare.txt"]
    assert days(row) == ("2022-06-15", "2022-06-15", "inferred")
    other = dated(known, said("bare.txt", "on Monday", None))["bare.txt"]  # the 14th was a Tuesday
    assert days(other) == (None, None, "unknown")


def test_a_page_that_names_its_outlet_as_the_carrier_of_the_words_came_out_later() -> None:
    bare = said("bare.txt", "", None, publisher="Northern Courier")
    quoting = said("quoting.txt", "", "2022-06-20", publisher="Gazette", carrier="Northern Courier")
    row = dated(bare, quoting)["bare.txt"]
    (quoted,) = of_kind(row, "quoted")
    assert (quoted.latest, quoted.path) == ("2022-06-20", "quoting.txt")


def test_two_meetings_that_contradict_each_other_date_nothing() -> None:
    row = dated(treaty(), meeting(), meeting("again.txt", "2023-09-14"))["treaty.txt"]
    assert days(row) == (None, None, "unknown")
    assert [(one.path, one.against) for one in of_kind(row, "event")] == [
        ("meeting.txt", ["again.txt"]), ("again.txt", ["meeting.txt"]),
    ]  # fmt: skip


def test_what_a_narrowed_page_says_is_told_under_its_days(tmp_path: Path) -> None:
    with Record(tmp_path / "r") as record:
        record.add([treaty(), meeting()])
        (row,) = (row for row in record.statements() if row.path == "treaty.txt")
        assert row.published == record.page("treaty.txt")[0].published == record.corrected("treaty.txt").published
        assert row.published.earliest == "2022-06-01"
        assert [row.path for row in record.statements(since="2022-06-01", until="2022-06-30")] == ["treaty.txt"]
        (agreement,) = record.agreements()
        assert agreement.history[0].published.latest == "2022-06-30"
        (story,) = (story for story in record.stories() if "treaty.txt" in story.pages)
        assert story.last == "2022-06-30"


def test_evidence_goes_with_the_page_it_comes_from(tmp_path: Path) -> None:
    first = meeting()
    with Record(tmp_path / "r") as record:
        record.add([treaty(), first])
        unsure = msgspec.structs.replace(first[0], published=Published())
        record.add([(unsure, first[1], Reading("", "bb"))])
        assert days(next(row for row in record.dates() if row.path == "treaty.txt")) == (None, None, "unknown")
        assert not list(record.statements(since="1900-01-01", until="2100-01-01"))
    with Record(tmp_path / "other") as record:
        record.add([treaty()])
        record.add([(unsure, first[1], Reading("", "bb"))])
    assert contents(tmp_path / "r") == contents(tmp_path / "other")


def test_better_evidence_narrows_further(tmp_path: Path) -> None:
    with Record(tmp_path / "r") as record:
        record.add([treaty()])
        seen = []
        for entry in (meeting(), treaty("copy.txt", "2022-06-15")):
            record.add([entry])
            seen.append(days(next(row for row in record.dates()))[:2])
        assert seen == [("2022-06-01", "2022-06-30"), ("2022-06-15", "2022-06-16")]


def test_a_page_is_read_again_under_its_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reading import pipeline  # noqa: PLC0415

    asked: list[Page] = []

    def read(received: Page) -> Analysis:
        asked.append(received)
        return msgspec.structs.replace(treaty()[0], title="Read again")

    monkeypatch.setattr(pipeline, "read", read)
    with Record(tmp_path / "r") as record:
        record.add([(*treaty(), Reading("aa", "bb", {"url": "https://a.example/1"})), meeting()])
        found = record.page("treaty.txt")[0]
        assert (found.title, found.published.earliest) == ("Read again", "2022-06-01")
        record.add([meeting("more.txt", "2022-05-06")])
    (again,) = asked
    assert again.given == {"url": "https://a.example/1", "published": "2022-06-01/2022-06-30"}
    assert again.data == treaty()[1]


def test_of_two_readings_of_a_date_the_one_that_is_left_alone_stands() -> None:
    bare, data = page("bare.txt", "Wreck found", REPORT).done()
    bare.published = Published("2021-03-10", "2021-10-03", "stated", [(0, 5)])
    copy = page("copy.txt", "Steamer found off the cape", REPORT, "2021-10-04").done()
    assert days(dated((bare, data), copy)["bare.txt"]) == ("2021-10-03", "2021-10-03", "inferred")
    assert days(dated((bare, data))["bare.txt"]) == ("2021-03-10", "2021-10-03", "stated")


@lru_cache(maxsize=1)
def run() -> tuple[Entry, ...]:
    surer = meeting()
    unsure = msgspec.structs.replace(surer[0], published=Published())
    return (
        treaty(), surer, (unsure, surer[1]), meeting("later.txt", "2022-06-30", "5 May"),
        treaty("copy.txt", "2022-06-15"), meeting("again.txt", "2023-09-14"),
        said("known.txt", "on 14 June 2022", "2022-07-20"), said("bare.txt", "yesterday", None),
        page("a/bare.txt", "Wreck found", REPORT, None, "Courier").done(),
        page("b/copy.txt", "Steamer found", REPORT, "2021-03-10", "Gazette").done(),
    )  # fmt: skip


@lru_cache(maxsize=1)
def expected() -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder:
        with Record(Path(folder) / "r") as record:
            record.add(run())
        return contents(Path(folder) / "r")


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(10)), st.lists(st.integers(0, 9), max_size=3), st.lists(st.integers(0, 12), max_size=4))
def test_any_order_gives_the_same_days(order: list[int], again: list[int], cuts: list[int]) -> None:
    entries = [run()[number] for number in [*order, *again]]
    bounds = [0, *sorted(cut for cut in cuts if cut < len(entries)), len(entries)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r"
        with Record(path) as record:
            for start, end in zip(bounds, bounds[1:], strict=False):
                record.add(entries[start:end])
        assert contents(path) == expected()


def test_verify_reads_the_evidence_back(tmp_path: Path) -> None:
    path = tmp_path / "r"
    with Record(path) as record:
        record.add([treaty(), meeting()])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE bounds SET words='next month', other_words='Friday'")
    connection.commit()
    connection.close()
    with Record(path) as record:
        told = record.verify(text_of)
    assert any(line.startswith("treaty.txt: the evidence for its day") for line in told)
    assert any(line.startswith("meeting.txt: the evidence for another page's day") for line in told)


def test_pages_from_files_are_dated_and_their_times_follow(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "near.txt").write_text(f"Kenya and Norway near a treaty on fish\n\n{TREATY}\n")
    (folder / "met.txt").write_text(f"Kilonzo in Bergen\n6 May 2022\n\n{MEETING.format(day='Thursday')}\n")
    with onrecord.Record(tmp_path / "r") as record:
        assert record.build([str(folder)]) == []
        (row,) = record.dates()
        assert (row.own.basis, days(row)) == ("unknown", ("2022-06-01", "2022-06-30", "inferred"))
        found = record.page("near.txt")[0]
        (month,) = (time for time in found.times if found.text[slice(*time.span)] == "last month")
        assert (month.value, month.earliest, month.latest) == ("2022-05", "2022-05-01", "2022-05-31")
        assert record.verify() == []


def test_what_another_page_tells_as_said_hours_ago_dates_to_the_week(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    told = "that the dredging of the harbour had stopped because the contractors were short of diesel"
    (folder / "near.txt").write_text(
        f"Harbour works halted\n\nPort director Zane Liepina said {told}. She spoke on Tuesday.\n\n"
        f"Zane Liepina said on Tuesday {told}.\n"
    )
    (folder / "known.txt").write_text(
        "Works go on, contractor says\n9 March 2021\n\n"
        f"BNS, a state news agency, had quoted Zane Liepina hours earlier as saying {told}.\n"
    )
    with onrecord.Record(tmp_path / "r") as record:
        assert record.build([str(folder)]) == []
        (row,) = record.dates()
        assert ("2021-03-09", "2021-03-15") in {(one.earliest, one.latest) for one in row.evidence}
        assert row.published.earliest == "2021-03-09"
        assert record.verify() == []
