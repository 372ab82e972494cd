"""Intake: which inputs become pages, under what name and kind, and how bad ones are reported."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import LIMIT, count_inputs, read_inputs
from onrecord.intake.files import shown
from onrecord.intake.jsonlines import PATIENCE, day
from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.page import Page, Problem

TEXT = "Ministers meet in Vilnius\nVILNIUS, 3 March - The two ministers said the draft was ready.\n"
HTML = "<!DOCTYPE html>\n<html><head><title>Draft ready</title></head><body><p>It is ready.</p></body></html>"


def names(found: list[Page | Problem]) -> list[str]:
    return [item.path for item in found]


def reasons(found: list[Page | Problem]) -> dict[str, str]:
    return {item.path: item.reason for item in found if isinstance(item, Problem)}


def only_page(inputs: list[str]) -> Page:
    (page,) = read_inputs(inputs)
    assert isinstance(page, Page), page
    return page


def test_a_page_is_its_bytes_with_their_digest(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(TEXT.encode("utf-16"))
    page = only_page([str(file)])
    assert page.path == str(file)
    assert page.data == TEXT.encode("utf-16")
    assert page.sha256 == hashlib.sha256(page.data).hexdigest()
    assert page.media_type == "text/plain"


def test_a_folder_is_read_whole_in_order_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("dump/b.txt", "dump/a/z.html", "dump/a/10.md", "dump/c.htm", "dump/.hidden.txt", "dump/.git/x.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(HTML if name.endswith(("html", "htm")) else TEXT)
    Path("dump/mine.onrecord").write_bytes(b"SQLite format 3\0")
    found = list(read_inputs(["./dump/"]))
    assert names(found) == ["dump/a/10.md", "dump/a/z.html", "dump/b.txt", "dump/c.htm"]
    assert [page.media_type for page in found if isinstance(page, Page)] == [
        "text/plain", "text/html", "text/plain", "text/html"
    ]  # fmt: skip
    assert count_inputs(["dump", "missing"]) == 5


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = list(read_inputs([str(tmp_path)]))
    assert names(found) == [str(tmp_path / "a.txt"), str(tmp_path / "gone.txt")]
    assert list(reasons(found).values()) == ["a broken link"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("saved", HTML.encode(), "text/html"),
        ("saved", TEXT.encode(), "text/plain"),
        ("article.aspx", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- saved -->\n" + HTML.encode(), "text/html"),
        ("lying.txt", HTML.encode(), "text/html"),
        ("lying.html", TEXT.encode(), "text/plain"),
        ("fragment.html", b"Two words <b>in</b> bold", "text/html"),
        ("notes.md", b"# Notes\n\nThe <b>draft</b> is ready.", "text/plain"),
        ("a.txt", b"Prices < 5 and > 3 are common in <angle> brackets.", "text/plain"),
        ("page.html", HTML.encode("utf-16"), "text/html"),
        ("page.txt", HTML.encode("utf-16"), "text/html"),
        ("latin.txt", "Le président a déclaré être prêt.".encode("latin-1"), "text/plain"),
        ("escape.txt", b"A page with \x1b[31mcolour\x1b[0m left in it.", "text/plain"),
    ],
)
def test_what_a_page_is_its_bytes_say_first(name: str, data: bytes, kind: str) -> None:
    assert media_type(data, name) == kind


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b"\xef\xbb\xbf \r\n\t\n", "empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG image, not a page"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF document, not a page"),
        ("dump.txt", bytes(range(256)) * 8, "binary data, not text"),
        ("noughts", bytes(5000), "binary data, not text"),
        ("feed.txt", b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "a feed or site map, not a page"),
        ("data.csv", b"day,rate\n2024-01-02,3\n", "not a kind of file that holds pages (.csv)"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        media_type(data, name)
    assert str(refused.value) == reason


def test_an_unknown_ending_counts_only_for_a_file_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "wire.afp").write_text(TEXT)
    assert only_page([str(tmp_path / "wire.afp")]).media_type == "text/plain"
    assert reasons(list(read_inputs([str(tmp_path)]))) == {
        str(tmp_path / "wire.afp"): "not a kind of file that holds pages (.afp)"
    }


def test_bad_inputs_become_problems_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "c.txt").write_text(TEXT)
    (tmp_path / "d.html.gz").write_bytes(b"\x1f\x8b\x08 broken")
    os.mkfifo(tmp_path / "e.txt")
    found = list(read_inputs([str(tmp_path / "missing"), str(tmp_path), "nul\0byte"]))
    said = {Path(path).name: reason for path, reason in reasons(found).items()}
    assert said == {
        "missing": "no such file or folder",
        "a.txt": "empty",
        "b.png": "a PNG image, not a page",
        "d.html.gz": "damaged gzip data: what follows is lost",
        "e.txt": "not a regular file",
        "nul\0byte": "not a path",
    }
    assert [Path(item.path).name for item in found if isinstance(item, Page)] == ["c.txt"]


def test_what_may_not_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "in.txt").write_text(TEXT)
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "text.txt").write_text(TEXT)
    # The tests may run as root, whom no permission stops: the refusal is the system's own, at the same calls.
    listing, opening = Path.iterdir, Path.open

    def iterdir(self: Path) -> object:
        if self.name == "closed":
            raise PermissionError(13, "Permission denied", str(self))
        return listing(self)

    def open_(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opening(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(Path, "open", open_)
    found = list(read_inputs([str(tmp_path)]))
    assert {Path(path).name: reason for path, reason in reasons(found).items()} == {
        "closed": "permission denied",
        "secret.txt": "permission denied",
    }
    assert len(found) == 3


def test_a_name_that_is_no_utf8_is_shown_and_read(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text(TEXT)
    page = only_page([str(tmp_path)])
    assert page.path.endswith("caf\\xe9.txt")
    assert page.path == shown(os.fsdecode(odd))
    page.path.encode("utf-8")


def test_too_large_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_bytes(b"word " * 10 * 2**20)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(LIMIT + 1)))
    start = time.monotonic()
    found = list(read_inputs([str(tmp_path)]))
    assert time.monotonic() - start < 5
    assert set(reasons(found).values()) == {"larger than 16 MiB, too large for a page"}
    assert len(found) == 2


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_json_lines_give_a_page_a_line(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl.gz"
    rows = lines(
        {
            "path": "a/1.txt",
            "text": TEXT,
            "date": "2024-03-03T23:30:00-05:00",
            "title": " Draft ",
            "source": "The Courier",
        },
        {"content": "Second.", "published": "Wed, 11 Sep 2024 10:00:00 GMT", "source": {"name": "The Herald"}},
        {"html": "<p>Third.</p>", "text": "ignored", "link": "https://example.org/3", "published": "Sept. 31"},
        {"body": HTML, "path": "", "published": None},
    )
    archive.write_bytes(gzip.compress(b"\xef\xbb\xbf" + rows.replace(b"\n", b"\r\n\n", 1)))
    found = list(read_inputs([str(archive)], given={"publisher": "Caller's"}))
    assert names(found) == ["a/1.txt", f"{archive}#3", f"{archive}#4", f"{archive}#5"]
    first, second, third, fourth = (item for item in found if isinstance(item, Page))
    assert first.data.decode() == TEXT
    assert first.given == {"title": " Draft ", "publisher": "Caller's", "published": "2024-03-03"}
    assert second.given == {"publisher": "Caller's", "published": "2024-09-11"}
    assert third.media_type == "text/html"
    assert third.given == {"url": "https://example.org/3", "publisher": "Caller's"}
    assert fourth.media_type == "text/html"


def test_bad_lines_are_named_and_passed_over(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    archive.write_bytes(
        b"{broken\n" + lines({"text": "One."}, {"title": "no text"}, [1, 2], {"text": "  "}) + b'{"text": "\xff"}\n'
        b'{"text": "Six.", "path": "six"}'
    )
    found = list(read_inputs([str(archive)]))
    assert {path.rpartition("#")[2]: reason for path, reason in reasons(found).items()} == {
        "1": "not a JSON object",
        "3": "no field with a page's text or HTML",
        "4": "not a JSON object",
        "5": "no field with a page's text or HTML",
        "6": "not a JSON object",
    }
    assert [item.path for item in found if isinstance(item, Page)] == [f"{archive}#2", "six"]


def test_a_file_of_other_json_lines_is_one_problem(tmp_path: Path) -> None:
    for name, row in (("gold", {"label": 1}), ("out", {"schema": "onrecord.analysis/1", "text": TEXT})):
        (tmp_path / f"{name}.jsonl").write_bytes(lines(*[row] * (PATIENCE + 50)))
    (tmp_path / "none.jsonl").write_bytes(b"\n\n")
    assert {Path(path).name: reason for path, reason in reasons(list(read_inputs([str(tmp_path)]))).items()} == {
        "gold.jsonl": "none of its first 20 lines is a page (line 1: no field with a page's text or HTML)",
        "none.jsonl": "empty",
        "out.jsonl": "none of its first 20 lines is a page (line 1: an analysis that OnRecord wrote, not a page)",
    }


def test_a_cut_archive_gives_what_is_there(tmp_path: Path) -> None:
    whole = gzip.compress(lines(*({"text": f"Page {number}. {os.urandom(300).hex()}"} for number in range(200))))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found = list(read_inputs([str(tmp_path)]))
    assert isinstance(found[-1], Problem)
    assert found[-1].reason == "damaged gzip data: what follows is lost"
    assert 20 < sum(isinstance(item, Page) for item in found) < 200


def test_a_line_over_the_limit_does_not_hide_the_next(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    archive.write_bytes(lines({"text": "One."}, {"text": "x" * (2 * LIMIT + 10)}, {"text": "Three."}))
    found = list(read_inputs([str(archive)]))
    assert names(found) == [f"{archive}#1", f"{archive}#2", f"{archive}#3"]
    assert list(reasons(found)) == [f"{archive}#2"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [(TEXT.encode(), ["-"]), (lines({"text": "One."}, {"text": "Two.", "path": "2"}), ["-#1", "2"]), (b"", ["-"])],
)
def test_standard_input(data: bytes, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", stdin)
    found = list(read_inputs(["-"]))
    assert names(found) == expected
    assert bool(reasons(found)) == (not data)
    assert not stdin.buffer.closed
    assert count_inputs(["-"]) is None


def test_pages_come_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    pages = read_inputs([str(tmp_path)])
    next(pages)
    (tmp_path / "b.txt").write_text("Changed meanwhile.")
    second = next(pages)
    assert isinstance(second, Page)
    assert second.data == b"Changed meanwhile."


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "a.txt", "a.html", "a.md", "a.xyz", "a"]))
def test_any_bytes_are_a_page_or_refused(data: bytes, name: str) -> None:
    try:
        assert media_type(data, name) in ("text/plain", "text/html")
    except UnreadableError as reason:
        assert str(reason)


@given(st.dates())
def test_a_day_is_read_as_it_stands(date: object) -> None:
    iso = str(date)
    for written in (iso, f"{iso}T23:59:59Z", iso.replace("-", "/"), iso.replace("-", "")):
        assert day(written) == iso


@pytest.mark.parametrize("words", ["", "2024-13-40", "soon", "20240", "2024-1-2", "1710000000", "March"])
def test_what_is_no_day_is_left_out(words: str) -> None:
    assert day(words) is None
