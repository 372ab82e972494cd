"""What repeats across the pages of one outlet is furniture, and furniture never speaks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.analysis import Analysis, Published, Segment, SegmentKind
from onrecord.cli import app
from onrecord.record import Record, RecordError
from onrecord.record.correcting import corrected
from onrecord.record.lines import lines_of, outlet_of
from record_pages import PageMaker, text_of
from test_record import contents

#: News of seven kinds that have no word in common but the small ones; pages tell them at length.
NEWS = [
    "Ferry crews in Tallinn walked out at dawn over unpaid overtime.\nThe harbour stood still until noon.",
    "A beekeeper in Malta bred a calmer queen.\nHives on Gozo yielded twice the honey.",
    "Surgeons in Lima replaced a heart valve without opening the chest.\nThe patient went home on Thursday.",
    "Chess federations postponed the youth championship to autumn.\nSnow had closed the mountain road.",
    "Astronomers at La Silla measured a comet's tail anew.\nIts dust turned out older than the planets.",
    "The museum of Ghent returned nine bronze masks.\nBenin will show them in a new wing.",
    "Potato blight spread across County Cork after a wet June.\nFarmers burned whole fields.",
]
PROMISE = 'Our editor said: "We will always tell you the truth, so support the Courier today."'
SOURCE, CUE, CONTENT = "Our editor", "said", "We will always tell you the truth, so support the Courier today."


class NewsPage(PageMaker):
    """A page of an outlet with lines under its news."""

    def __init__(self, number: int, *below: str, outlet: str | None = "Courier", news: str = "") -> None:
        head, _, tail = (news or NEWS[number]).partition("\n")
        body = "\n".join([" ".join([head] * 5), *tail.splitlines(), *below])
        super().__init__(f"{outlet}/{number}.txt", f"Report {chr(65 + number) * 3}", body, f"2024-0{number + 1}-15")
        self.analysis.publisher = outlet

    def promise(self) -> NewsPage:
        """Reads the promise as a statement of the article, and one of an agreement."""
        self.statement(SOURCE, CUE, CONTENT, "The editor")
        self.agreement(PROMISE, "signed", "EST FIN", statement="s1")
        return self

    def cut(self, line: str, kind: SegmentKind) -> NewsPage:
        """Has the last line read as another kind."""
        start = self.text.index(line)
        body = self.analysis.segments[-1]
        body.span = (body.span[0], start - 1)
        self.analysis.segments.append(Segment(kind, (start, len(self.text))))
        return self


def promising(count: int) -> list[tuple[Analysis, bytes]]:
    return [NewsPage(number, PROMISE).promise().done() for number in range(count)]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r") as opened:
        yield opened


def test_a_line_on_pages_of_many_stories_is_furniture_and_feeds_nothing(record: Record) -> None:
    record.add(promising(4))
    assert not list(record.furniture())
    assert len(list(record.statements())) == 4
    assert record.agreements()
    record.add(promising(5))
    (row,) = record.furniture()
    assert (row.publisher, row.line, row.pages, row.stories) == ("Courier", PROMISE, 5, 5)
    assert (row.kinds, row.corrected, row.first, row.last) == ({"body": 5}, True, "2024-01-15", "2024-05-15")
    assert record.page(row.path)[0].text[slice(*row.span)] == PROMISE
    assert not list(record.statements())
    assert not list(record.statements(about="truth"))
    assert not record.agreements()
    assert record.verify(text_of) == []


def test_a_later_build_equals_one_build(tmp_path: Path) -> None:
    pages = promising(6)
    for name, runs in (("once", [pages]), ("twice", [pages[:3], pages[3:]]), ("back", [pages[::-1]])):
        with Record(tmp_path / name) as record:
            for run in runs:
                record.add(run)
    assert contents(tmp_path / "once") == contents(tmp_path / "twice") == contents(tmp_path / "back")


@lru_cache(maxsize=1)
def mixed() -> tuple[tuple[Analysis, bytes], ...]:
    """Pages on which lines are furniture by all the evidence there is, and by too little."""
    pages = promising(5)
    pages += [NewsPage(number, PROMISE, outlet="Herald").promise().done() for number in range(3)]
    pages += [NewsPage(number, "Read more").cut("Read more", "related").done() for number in range(5, 7)]
    pages.append(
        NewsPage(4, "Read more", outlet="Courier", news="Old clocks of Riga ticked again, watchmakers rejoiced.").done()
    )
    again, data = promising(1)[0]
    pages.append((msgspec.structs.replace(again, published=Published("2024-01-14", "2024-01-14", basis="given")), data))
    return tuple(pages)


@lru_cache(maxsize=1)
def expected() -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder:
        with Record(Path(folder) / "r") as record:
            record.add(mixed())
            assert {row.line for row in record.furniture()} == {PROMISE, "Read more"}
            assert {row.path for row in record.statements()} == {f"Herald/{number}.txt" for number in range(3)}
        return contents(Path(folder) / "r")


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(12)), st.lists(st.integers(0, 12), max_size=3))
def test_any_order_gives_the_same_record(order: list[int], cuts: list[int]) -> None:
    run = [mixed()[number] for number in order]
    bounds = [0, *sorted(cuts), len(run)]
    with TemporaryDirectory() as folder:
        with Record(Path(folder) / "r") as record:
            for start, end in zip(bounds, bounds[1:], strict=False):
                record.add(run[start:end])
        assert contents(Path(folder) / "r") == expected()


def test_a_page_that_shows_two_stories_to_be_one_takes_the_evidence_back(tmp_path: Path) -> None:
    pages = promising(5)
    both = "\n".join(analysis.text for analysis, _ in pages[:2])
    bridge = PageMaker("elsewhere/roundup.txt", "Roundup", both, "2024-01-20").done()
    for name, runs in (("later", [pages, [bridge]]), ("first", [[bridge], pages])):
        with Record(tmp_path / name) as record:
            for run in runs:
                record.add(run)
            assert len(record.stories()) == 4
            assert not list(record.furniture())
            assert len(list(record.statements())) == 5
    assert contents(tmp_path / "later") == contents(tmp_path / "first")


def test_a_dispute_with_another_page_outlives_the_correction_of_a_line(record: Record) -> None:
    claiming = NewsPage(0, "Ghana has sold patrol boats to Togo in secret, Ama Boateng said.", PROMISE).promise()
    claiming.statement("Ama Boateng", "said", "Ghana has sold patrol boats to Togo in secret", "Ama Boateng")
    denying = NewsPage(1, "Kofi Addo denied that Ghana had sold patrol boats.", outlet="Herald")
    denying.statement("Kofi Addo", "denied", "Ghana had sold patrol boats", "Kofi Addo", act="deny")
    denying.analysis.published = claiming.analysis.published
    record.add([claiming.done(), denying.done(), *promising(4)[1:]])
    assert len(record.disputes()) == 1
    assert not list(record.furniture())
    record.add(promising(5)[4:])
    assert len(list(record.furniture())) == 1
    assert {row.path for row in record.statements()} == {"Courier/0.txt", "Herald/1.txt"}
    assert len(record.disputes()) == 1


def test_pages_without_an_outlet_teach_nothing(record: Record) -> None:
    record.add(NewsPage(number, PROMISE, outlet=None).promise().done() for number in range(7))
    assert not list(record.furniture())
    assert len(list(record.statements())) == 7


def test_copies_of_one_report_are_no_evidence(record: Record) -> None:
    copies = []
    for number in range(7):
        page = NewsPage(0, PROMISE).promise()
        page.analysis.path = f"Courier/copy{number}.txt"
        copies.append(page.done())
    record.add(copies)
    assert not list(record.furniture())
    assert len(list(record.statements())) == 7


def test_what_an_outlet_repeats_while_a_story_runs_is_article(record: Record) -> None:
    background = 'The minister has said: "There is no date for the treaty with Chad."'
    pages = []
    for number in range(7):
        news = f"Talks of Niger and Chad on the border treaty went into round {number}.\n{NEWS[number]}"
        page = NewsPage(number, background, news=news)
        page.analysis.published = Published("2024-03-05", "2024-03-05", basis="stated")
        pages.append(page.statement("The minister", "said", "There is no date for the treaty with Chad.").done())
    record.add(pages)
    assert not list(record.furniture())
    assert len(list(record.statements())) == 7


def test_what_an_outlet_repeats_of_a_subject_in_many_stories_is_article(record: Record) -> None:
    line = "Chad says that it wants peace."
    titles = [
        "Smelter delayed",
        "Chad opens smelter",
        "Smelter on fire",
        "Snow",
        "Masks",
        "Blight",
        "Price of smelters",
    ]
    pages = []
    for number, title in enumerate(titles):
        page = NewsPage(number, line).statement("Chad", "says", "it wants peace")
        page.analysis.title = title
        page.analysis.published = Published(f"201{number}-03-05", f"201{number}-03-05", basis="stated")
        pages.append(page.done())
    record.add(pages)
    assert len(record.stories()) >= 5
    assert not list(record.furniture())
    assert len(list(record.statements())) == 7


def test_lines_whose_figures_change_are_article_unless_pages_say_otherwise(record: Record) -> None:
    pages = [NewsPage(number, f"The index rose {number}.4 points, dealers said.") for number in range(7)]
    for page in pages:
        page.statement("dealers", "said", "The index rose")
    record.add(page.done() for page in pages)
    assert not list(record.furniture())
    assert len(list(record.statements())) == 7


def test_most_pages_reading_decides_for_the_others(record: Record) -> None:
    notice = 'Copyright 202{}. The owner said: "No copying."'
    pages = [NewsPage(number, notice.format(number)).cut(notice.format(number), "boilerplate") for number in range(2)]
    taken = NewsPage(2, notice.format(2)).statement("The owner", "said", "No copying.", "The owner")
    record.add([page.done() for page in pages] + [taken.done()])
    (row,) = record.furniture()
    assert row.kinds == {"boilerplate": 2, "body": 1}
    assert not list(record.statements())
    shown = record.corrected("Courier/2.txt")
    assert [segment.kind for segment in shown.segments] == ["title", "body", "boilerplate"]
    assert not shown.statements
    assert record.page("Courier/2.txt")[0].statements


def test_pages_of_one_story_do_not_decide_for_the_others(record: Record) -> None:
    notice = 'The owner said: "No copying."'
    pages = []
    for number in range(3):
        page = NewsPage(number, notice, news=f"Tallinn ferry overtime strike. {NEWS[number]}")
        page.analysis.published = Published("2024-03-05", "2024-03-05", basis="stated")
        pages.append(page.cut(notice, "promotion") if number else page.statement("The owner", "said", "No copying."))
    record.add(page.done() for page in pages)
    assert [story.copies for story in record.stories()] == [[]]
    assert not list(record.furniture())
    assert len(list(record.statements())) == 1


def test_a_line_that_is_rare_among_all_that_an_outlet_tells_is_article(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.record.furniture._SHARE", 0.8)
    record.add(promising(5))
    assert len(list(record.furniture())) == 1
    record.add([NewsPage(5).done(), NewsPage(6).done()])
    assert not list(record.furniture())
    assert len(list(record.statements())) == 5


def heard(page: NewsPage, line: str) -> list[tuple[str, str]]:
    """The cues and contents of a page's statements when one of its lines is furniture."""
    (found,) = [one.key for one in lines_of(page.analysis) if page.text[slice(*one.span)] == line]
    return [
        ("|".join(page.text[a:b] for a, b in one.cue), "|".join(page.text[a:b] for a, b in one.content))
        for one in corrected(page.analysis, {found: "promotion"}).statements
    ]


def test_of_a_statement_stays_what_lies_outside_the_line() -> None:
    page = NewsPage(0, "Story continued below", "We sail again, they added.")
    page.statement("Ferry crews", "walked out", "over unpaid overtime.\nThe harbour stood still until noon.")
    page.statement("they", "continued", "We sail again")
    assert heard(page, "The harbour stood still until noon.") == [
        ("walked out", "over unpaid overtime.\n"),
        ("continued", "We sail again"),
    ]
    assert heard(page, "Story continued below")[1] == ("", "We sail again")


def test_what_has_its_voice_in_the_line_goes() -> None:
    page = NewsPage(0, "Advertisement: story below", "We sail again, they added.")
    page.statement("Advertisement", "added", "We sail again").statement("", ": story below", "We sail")
    page.statement("they", "added", "We sail again").statement("", "added", "sail again", within="s1")
    assert len(heard(page, "Advertisement: story below")) == 2
    assert not [one.within for one in corrected(page.analysis, keys_of(page, "Adv")).statements if one.within]


def keys_of(page: NewsPage, begin: str) -> dict[int, SegmentKind]:
    return {one.key: "promotion" for one in lines_of(page.analysis) if page.text.startswith(begin, one.span[0])}


@given(
    st.lists(
        st.sampled_from(["Read more", "Ads by us", "", "  ", "12", "Talks failed.", "Talks resumed."]), max_size=9
    ),
    st.data(),
)
def test_a_corrected_page_still_holds_every_line_once(lines: list[str], data: st.DataObject) -> None:
    page = NewsPage(0, *lines, "Talks ended.")
    keys = sorted({line.key for line in lines_of(page.analysis)})
    chosen = data.draw(st.sets(st.sampled_from(keys)))
    segments = corrected(page.analysis, dict.fromkeys(chosen, "related")).segments
    assert all(
        one.span[1] <= two.span[0] and one.kind != two.kind for one, two in zip(segments, segments[1:], strict=False)
    )
    held = " ".join(page.text[slice(*segment.span)] for segment in segments)
    assert held.split() == page.text.split()
    for segment in segments:
        words = page.text[slice(*segment.span)]
        assert words == words.strip()
    for line in lines_of(page.analysis):
        (kind,) = [one.kind for one in segments if one.span[0] <= line.span[0] and line.span[1] <= one.span[1]]
        assert kind == ("related" if line.key in chosen else page.analysis.segments[line.span[0] > 10].kind)


def test_an_outlet_goes_by_its_name_else_by_its_host() -> None:
    analysis = NewsPage(0, outlet=None).analysis
    assert outlet_of(analysis) is None
    analysis.url = "https://www.courier.example/news/1"
    assert outlet_of(analysis) == "courier.example"
    analysis.publisher = "Courier"
    assert outlet_of(analysis) == "Courier"
    analysis.publisher, analysis.url = None, "http://[broken"
    assert outlet_of(analysis) is None


def test_the_command_lists_the_lines_and_marks_the_corrected(tmp_path: Path) -> None:
    path = tmp_path / "r"
    with Record(path) as record:
        record.add(mixed())
    run = CliRunner().invoke(app, ["furniture", "--record", str(path), "--json"])
    assert run.exit_code == 0
    rows = json.loads(run.stdout)
    assert [(row["publisher"], row["pages"], row["corrected"]) for row in rows] == [
        ("Courier", 5, True),
        ("Courier", 3, True),
    ]
    assert rows[1]["kinds"] == {"body": 1, "related": 2}
    shown = CliRunner().invoke(app, ["furniture", "--record", str(path)]).stdout
    assert "Read more  corrected" in shown
    page = CliRunner().invoke(app, ["show", "Courier/0.txt", "--record", str(path)]).stdout
    assert "boilerplate" in page


def test_a_record_of_an_earlier_version_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "r"
    Record(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=1")
    connection.close()
    with pytest.raises(RecordError, match="version 1.*build it again"):
        Record(path)
