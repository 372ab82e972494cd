"""Bytes to text and blocks: what a reader sees, whatever the bytes are."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.document import Document, Page
from onrecord.reading.layout import lay_out


def laid_out(data: bytes | str, media_type: str = "text/html") -> Document:
    data = data.encode() if isinstance(data, str) else data
    document = Document(Page("page", data, media_type, hashlib.sha256(data).hexdigest()))
    lay_out(document)
    return document


def lines(document: Document) -> list[str]:
    return [document.words(block.span) for block in document.blocks]


def test_plain_text_is_kept_as_it_is():
    text = "Title\r\n\r\n  An indented line.\t\r\nLast\rone"
    document = laid_out(text, "text/plain")
    assert document.text == text
    assert lines(document) == ["Title", "An indented line.", "Last", "one"]


def test_html_is_what_a_reader_sees():
    document = laid_out(
        "<html><head><title>T</title><style>p{}</style></head><body><nav><a href='/'>Home</a></nav>"
        "<script>var a = '<p>no</p>';</script><p hidden>unseen</p><div style='display: none'>unseen</div>"
        "<h1>Ministers  agree\n on a draft</h1><p>One <b>bold</b>er&nbsp;word &amp; more.<br>New line</p>"
        "<p>Kiril <span class='sr-only'>unseen</span>Danov<!-- no --></p></body></html>"
    )
    assert lines(document) == [
        "Home", "Ministers agree on a draft", "One bolder word & more.", "New line", "Kiril Danov"
    ]  # fmt: skip
    assert document.text == "\n".join(lines(document))


def test_blocks_know_their_place():
    document = laid_out(
        "<body><div class='storyBody main-text'><p>First.</p><p>Second.</p></div>"
        "<aside id='rail'><a>Link</a></aside></body>"
    )
    first, second, link = document.blocks
    assert first.tags == ("html", "body", "div", "p")
    assert {"story", "body", "main", "text"} <= first.attributes
    assert first.place[:-1] == second.place[:-1]
    assert first.place[-1] != second.place[-1]
    assert (first.linked, link.linked) == (0.0, 1.0)
    assert "rail" in link.attributes


def test_head_says_who_and_when():
    document = laid_out(
        """<html lang="en-GB"><head><title>Draft agreed | The Lowland Post</title>
        <meta property="og:site_name" content="The Lowland Post">
        <link rel="canonical" href="https://lowland.example/2021/draft">
        <script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "x"},
          {"@type": ["NewsArticle"], "headline": "Draft agreed", "datePublished": "2021-03-04T23:30:00+02:00",
           "author": [{"name": "Ana Holm"}, {"name": "Per Lind"}]}]}</script></head><body><p>Text.</p></body></html>"""
    )
    assert document.head["title"] == "Draft agreed"
    assert document.head["published"] == "2021-03-04"
    assert document.head["byline"] == "Ana Holm, Per Lind"
    assert document.head["publisher"] == "The Lowland Post"
    assert document.head["url"] == "https://lowland.example/2021/draft"


@pytest.mark.parametrize(
    ("data", "text", "troubled"),
    [
        ("Café Zürich".encode(), "Café Zürich", False),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café", False),
        ("Café".encode("utf-16"), "Café", False),
        ("Le café était fermé, a déclaré le préfet à la fin de la journée.".encode("windows-1252"), None, True),
    ],
)
def test_plain_text_is_decoded(data, text, troubled):
    document = laid_out(data, "text/plain")
    assert bool(document.problems) is troubled
    assert document.text == text if text else "fermé" in document.text


def test_a_wrong_declaration_is_said_and_mended():
    document = laid_out('<meta charset="iso-8859-1"><p>Zürich — naïve</p>'.encode())
    assert lines(document) == ["Zürich — naïve"]
    assert document.problems == ["the page declares iso-8859-1 but is UTF-8"]
    document = laid_out('<meta charset="windows-1251"><p>Москва</p>'.encode("windows-1251"))
    assert lines(document) == ["Москва"]
    assert not document.problems


def test_cut_and_broken_html_is_read_as_far_as_it_goes():
    whole = "<html><body><article><h1>Draft agreed</h1><p>The first paragraph.</p><p>The second para"
    assert lines(laid_out(whole)) == ["Draft agreed", "The first paragraph.", "The second para"]
    assert lines(laid_out("<p>a</p></div></table><p>b")) == ["a", "b"]
    assert laid_out("").blocks == []
    assert laid_out(b"\x00\x00").text == ""


def test_one_huge_line_takes_seconds():
    words = "the minister said on 4 May 2021 that it was so, by Ana. " * 100_000
    started = time.process_time()
    assert len(laid_out(words, "text/plain").blocks) == 1
    assert len(laid_out("<p>" + words).blocks) == 1
    assert time.process_time() - started < 10


def test_deep_nesting_does_not_break():
    assert "deep" in laid_out("<div>" * 200 + "deep").text
    laid_out("<div>" * 5000 + "deep")


@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain"]))
def test_any_bytes_give_ordered_blocks(data, media_type):
    document = laid_out(data, media_type)
    at = 0
    for block in document.blocks:
        start, end = block.span
        assert at <= start < end <= len(document.text)
        assert document.words(block.span) == document.words(block.span).strip()
        assert not document.text[at:start].strip()
        at = end
    assert not document.text[at:].strip()


@pytest.mark.parametrize(
    "nested", ["<div>" * 3000, "<b>" * 50_000, "<div>" * 3000 + "<script>var a = '<p>no</p>';</script>"]
)
def test_markup_too_deep_for_a_parser_is_read_between_its_tags(nested):
    document = laid_out(f"<html><body>{nested}<p>Norway &amp; Sweden\nagree.</p></body></html>")
    assert lines(document) == ["Norway & Sweden agree."]
    assert document.problems


def test_hostile_markup_takes_no_longer_for_being_hostile():
    begin = time.process_time()
    for part in ("<script>", "<", "<a ", "<!--", "</"):
        laid_out("<html>" + part * (400_000 // len(part)))
    assert time.process_time() - begin < 20


def test_what_is_lost_behind_deep_nesting_is_said():
    document = laid_out("<html><body><h1>Draft agreed</h1>" + "<div>" * 3000 + "<p>Lost.</p></body></html>")
    assert lines(document) == ["Draft agreed"]
    assert any("nested too deep" in problem for problem in document.problems)


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "utf-7", "undefined", "rot13"])
def test_a_codec_that_is_no_encoding_of_pages_is_not_believed(name):
    document = laid_out(f'<meta charset="{name}"><p>+AGE- xn--a na\\u00efve Zürich</p>'.encode())
    assert lines(document) == ["+AGE- xn--a na\\u00efve Zürich"]
    assert document.problems == [f"the page declares {name} but is UTF-8"]
