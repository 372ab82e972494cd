"""No page is read twice alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Record, edition, flow
from onrecord.analysis import Analysis, Published
from onrecord.page import Page
from onrecord.record import Reading
from record_pages import PageMaker

NEWS = "Ferry talks resume\n\nTALLINN, May 4, 2021 - Estonia and Finland will resume talks, the ministry said.\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that are read, as they are; what reading makes of them is their text and date."""
    paths: list[str] = []

    def noting(page: Page) -> tuple[Page, Analysis]:
        paths.append(Path(page.path).name)
        day = page.given.get("published")
        text = page.data.decode("utf-8", "replace")
        return page, Analysis(
            path=page.path,
            media_type=page.media_type,
            sha256=page.sha256,
            text=text,
            published=Published(day, day, basis="given" if day else "unknown"),
            problems=["not all of it is text"] if "\ufffd" in text else [],
        )

    monkeypatch.setattr(flow, "_read", noting)
    return paths


def test_a_page_on_record_is_not_read_again_until_something_of_it_is_another(tmp_path: Path, read: list[str]) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(NEWS)
    (pages / "b.jsonl").write_text('{"path": "b.txt", "text": "Old news of the ferry, officials said."}\n')
    taken: list[str] = []
    with Record(tmp_path / "r") as record:
        for _ in range(2):
            record.build([str(pages)], taken=lambda item: taken.append(item.path))
        assert read == ["a.txt", "b.txt"]
        assert len(taken) == 4
        (pages / "b.jsonl").write_text(
            '{"path": "b.txt", "text": "Old news of the ferry, officials said.", "published": "2021-05-05"}\n'
        )
        (pages / "a.txt").write_text(NEWS + "The ministry denied it.\n")
        record.build([str(pages)])
        assert read[2:] == ["a.txt", "b.txt"]
        assert record.page("b.txt")[0].published.earliest == "2021-05-05"


def test_what_could_be_read_only_in_part_is_read_and_told_again(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "cut.txt").write_bytes(NEWS.encode() + b"The envoy\xff\xfe was \x80 tired, officials said.\n")
    with Record(tmp_path / "r") as record:
        told = [[problem.reason for problem in record.build([str(tmp_path / "cut.txt")])] for _ in range(2)]
    assert told[0]
    assert told[0] == told[1]
    assert read == ["cut.txt"] * 2


def test_another_edition_of_the_program_reads_again_and_its_analysis_stays(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    with Record(tmp_path / "r") as record:
        record.build([str(tmp_path / "a.txt")])
        monkeypatch.setattr("onrecord.api.edition", lambda: "0123456789abcdef")
        record.build([str(tmp_path / "a.txt")])
        assert read == ["a.txt", "a.txt"]
        record.build([str(tmp_path / "a.txt")])
        assert len(read) == 2


@pytest.mark.parametrize("titles", [("A", "B"), ("B", "A")])
def test_of_two_editions_the_one_that_came_last_stays(tmp_path: Path, titles: tuple[str, str]) -> None:
    analysis, data = PageMaker("a.txt", "Snow", "It snowed.").done()
    with Record(tmp_path / "r") as record:
        for title, name in zip(titles, ("aa", "bb"), strict=True):
            analysis.title = title
            record.add([(analysis, data, Reading("00", name))])
        assert record.page("a.txt")[0].title == titles[1]
        assert record.holds("a.txt", analysis.sha256, Reading("00", "bb"))
        assert not record.holds("a.txt", analysis.sha256, Reading("00", "aa"))
        assert not record.holds("a.txt", analysis.sha256, Reading("01", "bb"))


def test_a_reading_is_known_by_all_that_it_depends_on() -> None:
    pages = [
        Page("a", b"x", "text/plain", "00"),
        Page("b", b"x", "text/plain", "00"),
        Page("a", b"y", "text/plain", "01"),
        Page("a", b"x", "text/html", "00"),
        Page("a", b"x", "text/plain", "00", {"title": "Snow"}),
        Page("a", b"x", "text/plain", "00", {"url": "Snow"}),
    ]
    assert len({edition.reading_of(page) for page in pages}) == len(pages)
    ordered = [{"title": "Snow", "url": "u"}, {"url": "u", "title": "Snow"}]
    assert len({edition.reading_of(Page("a", b"x", "text/plain", "00", given)) for given in ordered}) == 1
