"""Crawls: WARC and WET records, what is declared of them and what they hold in fact."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from intake_shapes import CYRILLIC, HTML, TEXT, answer, by_path, crawl, found_in, pages_in, record
from onrecord.intake import LIMIT
from onrecord.page import Page, Problem
from onrecord.reading.pipeline import text_of

URL = "https://courier.example/1"
CHUNKED = b"1e\r\n" + HTML.encode()[:30] + b"\r\n%x;x=y\r\n" % (len(HTML) - 30) + HTML.encode()[30:] + b"\r\n0\r\n\r\n"


def only(record_: bytes) -> Page:
    (page,) = pages_in(record_)
    return page


@pytest.mark.parametrize(
    "data", [crawl(), gzip.compress(crawl()), crawl().replace(b"WARC/1.1", b"WARC/1.0")], ids=["plain", "gzip", "old"]
)
def test_pages_of_a_crawl_and_in_one_line_what_is_none(data: bytes) -> None:
    found = found_in(data)
    assert by_path(found) == {
        "in#https://courier.example/1": "text/html",
        "in#https://courier.example/2": "text/plain",
        "in": "no pages: 3 of its records (2 image/png, 1 text/css)",
    }
    page = found[0]
    assert isinstance(page, Page)
    assert page.data == HTML.encode()
    assert page.given == {"url": URL, "captured": "2024-09-12"}


def test_each_record_may_be_compressed_on_its_own() -> None:
    data = b"".join(gzip.compress(record("response", f"{URL}/{number}", answer(HTML.encode()))) for number in range(50))
    assert [page.path for page in pages_in(data)] == [f"in#{URL}/{number}" for number in range(50)]
    cut = found_in(data[:-40])
    assert sum(isinstance(item, Page) for item in cut) == 49
    assert cut[-1] == Problem("in", "damaged gzip data: what follows is lost")


def test_conversions_and_resources_are_pages() -> None:
    wet = record("conversion", URL, TEXT.encode(), content_type="text/plain")
    resource = record("resource", URL, HTML.encode(), content_type="text/html; charset=utf-8")
    other = record("resource", URL, b"{}", content_type="application/json")
    assert [(page.data, page.media_type) for page in pages_in(wet + resource)] == [
        (TEXT.encode(), "text/plain"),
        (HTML.encode(), "text/html"),
    ]
    assert by_path(found_in(other)) == {"in": "no pages: 1 of its records (1 application/json)"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (CHUNKED, ["Transfer-Encoding: chunked"]),
        (gzip.compress(HTML.encode()), ["Content-Encoding: gzip"]),
        (brotli.compress(HTML.encode()), ["Content-Encoding: br"]),
        (zlib.compress(HTML.encode()), ["Content-Encoding: deflate"]),
        (zlib.compress(HTML.encode())[2:-4], ["Content-Encoding: deflate"]),
        (brotli.compress(gzip.compress(HTML.encode())), ["Content-Encoding: gzip, br"]),
        (HTML.encode(), ["Content-Encoding: gzip"]),
        (HTML.encode(), ["Content-Encoding: br", "Transfer-Encoding: chunked"]),
        (HTML.encode(), ["Content-Encoding: zstd-of-tomorrow", "Content-Length: 7"]),
    ],
    ids=lambda value: "; ".join(value) if isinstance(value, list) else "",
)
def test_codings_are_undone_where_they_are_there(body: bytes, headers: list[str]) -> None:
    assert only(record("response", URL, answer(body, *headers))).data == HTML.encode()


def test_a_declared_encoding_is_handed_on_where_the_bytes_need_it() -> None:
    page = only(record("response", URL, answer(CYRILLIC.encode("koi8-r"), content_type="text/html; charset=KOI8-R")))
    assert page.media_type == "text/html; charset=koi8-r"
    assert page.data == CYRILLIC.encode("koi8-r")
    assert text_of(page) == "Министры сказали, что проект готов."
    for lying in ("koi8-r", "no-such-thing", "utf-8", "idna", "../x"):
        page = only(record("response", URL, answer(CYRILLIC.encode(), content_type=f"text/html; charset={lying}")))
        assert page.media_type == "text/html"
        assert text_of(page) == "Министры сказали, что проект готов."


def test_a_wrong_declared_encoding_gives_way_to_the_pages_own() -> None:
    html = CYRILLIC.replace("<body>", '<head><meta charset="windows-1251"></head><body>').encode("windows-1251")
    for lying in ("no-such-thing", "ascii-of-mars", "utf-16", "idna", "punycode"):
        page = only(record("response", URL, answer(html, content_type=f"text/html; charset={lying}")))
        assert text_of(page) == "Министры сказали, что проект готов.", lying


def test_answers_without_a_kind_are_asked_what_they_are() -> None:
    data = b"".join(
        record("response", f"{URL}/{number}", answer(body, content_type="application/octet-stream"))
        for number, body in enumerate([HTML.encode(), b"\x89PNG\r\n\x1a\n", b"just words", b""])
    )
    assert by_path(found_in(data)) == {
        f"in#{URL}/0": "text/html",
        "in": "no pages: 3 of its records (1 a PNG image, 1 text of no named kind, 1 empty)",
    }


def test_files_for_programs_are_passed_over() -> None:
    robots = record(
        "response", "https://courier.example/robots.txt", answer(b"User-agent: *", content_type="text/plain")
    )
    assert by_path(found_in(robots)) == {"in": "holds no pages"}


@pytest.mark.parametrize("length", [50, 5000, "-1", "many", 10**30, ""])
def test_a_wrong_length_costs_as_little_as_can_be(length: object) -> None:
    wrong = record("response", "https://courier.example/0", answer(HTML.encode()), length=length)  # type: ignore[arg-type]
    found = found_in(wrong + crawl() + crawl())
    assert isinstance(found[-1], Problem)
    assert "lost, as damaged, cut or of a wrong length" in found[-1].reason
    pages = [item for item in found if isinstance(item, Page)]
    assert pages
    assert {page.data for page in pages} <= {HTML.encode(), TEXT.encode()}


def test_a_cut_crawl_gives_what_is_there() -> None:
    whole = record("response", URL, answer(HTML.encode()))
    assert by_path(found_in(whole + whole[:-30])) == {
        f"in#{URL}": "text/html",
        "in": "lost, as damaged, cut or of a wrong length: 1 of its records",
    }


def test_payloads_are_bounded_however_they_are_packed() -> None:
    bomb = bytes(LIMIT * 4)
    data = b"".join(
        [
            record("response", f"{URL}/gzip", answer(gzip.compress(bomb), "Content-Encoding: gzip")),
            record("response", f"{URL}/br", answer(brotli.compress(bomb, quality=1), "Content-Encoding: br")),
            record("response", f"{URL}/plain", answer(b"word " * (LIMIT // 5 + 20_000))),
            record("response", URL, answer(HTML.encode())),
        ]
    )
    large = "larger than 16 MiB, too large for a page"
    assert by_path(found_in(data)) == {
        f"in#{URL}/gzip": large,
        f"in#{URL}/br": large,
        f"in#{URL}/plain": large,
        f"in#{URL}": "text/html",
    }


def test_a_line_without_end_is_no_header() -> None:
    assert by_path(found_in(b"WARC/1.0\r\nX: " + b"a" * 2_000_000)) == {
        "in": "lost, as damaged, cut or of a wrong length: 1 of its records"
    }


def test_kinds_without_end_are_told_in_a_line_of_bounded_length() -> None:
    data = b"".join(record("response", URL, answer(b"x", content_type=f"image/x-{number}")) for number in range(500))
    (problem,) = found_in(data)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("no pages: 500 of its records (480 of further kinds, ")
    assert len(problem.reason) < 500
