"""Reading as a whole: a pure function that takes anything and never says more than the page."""

import hashlib
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import ARTICLE, Analysis
from onrecord.page import Page
from onrecord.reading.pipeline import STEPS, read, text_of

LINES = st.sampled_from(
    [
        "Envoys near accord on river, minister says",
        "GENEVA, March 4 (Reuters) - Envoys are close to an accord, Foreign Minister Ada Lind said on Monday.",
        '"We shall sign," she said, "before the summer." Norway denies it.',
        "The 1998 treaty was signed in Oslo, Reuters reported, citing a source.",
        "Read also",
        "-",
        "- 11 September 2024 09:43",
        "By Jon Dahl",
        "Leave a comment",
        "<p>said that &amp; <b>“",
        "\tquoted by TASS as saying that, something Oslo denies.",
        "Łódź ’s 🙂 \u202e minister’s claim by the that he said.",
        "",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(LINES, max_size=12).map("\n".join))


def page(data: bytes, media_type: str = "text/plain") -> Page:
    return Page("p", data, media_type, hashlib.sha256(data).hexdigest())


def check(found: Analysis) -> None:
    """What holds for the analysis of any page."""
    size = len(found.text)
    spans = [span for s in found.statements for span in s.source + s.cue + s.content]
    spans += [span for a in found.actors for span in a.mentions] + [t.span for t in found.times]
    spans += [a.span for a in found.agreements] + found.published.evidence
    assert all(0 <= start < end <= size for start, end in spans)
    segments = sorted(segment.span for segment in found.segments)
    assert all(before[1] <= after[0] for before, after in pairwise(segments))
    inside = set().union(*(range(a, b) for a, b in segments)) if segments else set()
    assert all(at in inside for at, char in enumerate(found.text) if not char.isspace())
    article = [segment.span for segment in found.segments if segment.kind in ARTICLE]
    told = [span for s in found.statements for span in s.content] + [a.span for a in found.agreements]
    assert all(any(a <= start < b for a, b in article) for start, _ in told)
    actors = {actor.id for actor in found.actors}
    assert {actor for s in found.statements for actor in s.chain} <= actors
    assert {s.within for s in found.statements} <= {None, *(s.id for s in found.statements)}
    assert {a.statement for a in found.agreements} <= {None, *(s.id for s in found.statements)}


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text):
    found = read(page(text.encode("utf-8", "replace")))
    check(found)
    assert found.text == text.encode("utf-8", "replace").decode()


@settings(max_examples=40, deadline=None)
@given(
    TEXTS, st.sampled_from(["<p>{}</p>", "<html><body><h1>{}</h1><p>{}</p>", "<div>{}<br>{}", "<ul><li>{}</li><li>{}"])
)
def test_any_markup_is_read(text, shape):
    check(read(page(shape.replace("{}", text).encode("utf-8", "replace"), "text/html")))


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html"]))
def test_any_bytes_are_read(data, media_type):
    check(read(page(data, media_type)))


@pytest.mark.parametrize("cut", [40, 150, 400, 700])
def test_markup_cut_in_the_middle_is_read(cut):
    head = '<title>Envoys near accord</title><meta property="article:published_time" content="2024-03-04T10:00Z">'
    first = "<p>Norway and Sweden are close to a fishing accord, Foreign Minister Ada Lind said on Monday.</p>"
    second = "<p>She gave no date for the signing, and officials declined to comment on the draft.</p>"
    body = f"<nav><a href=/>Home</a></nav><article><h1>Envoys near accord</h1>{first}{second}</article>"
    data = f"<html><head>{head}</head><body>{body}<footer>All rights reserved</footer></body></html>".encode()
    check(read(page(data[:cut], "text/html")))


def test_the_same_bytes_are_read_the_same():
    data = b"Accord near\nNorway said on Monday that it would sign the accord with Sweden."
    first, second = (msgspec.json.encode(read(page(data))) for _ in range(2))
    assert first == second


def test_the_text_of_a_page_can_be_had_alone():
    data = "Ærø\r\nTwo ministers met.\n".encode("latin-1")
    assert text_of(page(data)) == read(page(data)).text == "Ærø\r\nTwo ministers met.\n"


def test_an_article_beyond_all_measure_is_read_up_to_the_limit():
    data = ("Accord near\n" + "Norway said that it would sign the accord. " * 12_000).encode()
    found = read(page(data))
    assert any("read up to character" in problem for problem in found.problems)


def test_every_step_has_a_name_and_says_what_it_does():
    assert all(step.__doc__ and step.__name__ for step in STEPS)
