"""The article told from the furniture of its page."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis import ARTICLE, SegmentKind
from onrecord.reading.bodiness import asked, forest
from onrecord.reading.document import Document, Page
from onrecord.reading.features import base_features, context_features
from onrecord.reading.layout import lay_out
from onrecord.reading.lines import lines_of
from onrecord.reading.region import body_of
from onrecord.reading.segments import segment

STORY = [
    "The two governments have agreed on the text of a fisheries agreement after six years of talks, the foreign "
    "ministry of Lowland said on Tuesday.",
    "Foreign Minister Ana Holm told reporters that the delegations had settled the last of the open questions during "
    "a meeting in the port of Eastmouth over the weekend.",
    '"What remains is the work of the lawyers and the translators," Holm said. "We expect to sign before the autumn."',
    "Upland's government confirmed the outcome but gave no date. Its fishermen have long complained that the waters "
    "off the northern islands were closed to them.",
    "The previous agreement expired in 2015 and was extended twice before the talks began.",
]
TEASERS = [
    "A ferry with ninety passengers on board ran aground near the capital of Westland on Friday, but nobody was hurt, "
    "the coast guard said.",
    "The central bank of Southland raised its main interest rate for the third time this year on Thursday as prices "
    "kept climbing.",
    "Thousands of teachers marched through the streets of Highburg on Monday to demand better pay and smaller classes.",
]


def segmented(text: str, media_type: str = "text/plain") -> Document:
    data = text.encode()
    document = Document(Page("page", data, media_type, hashlib.sha256(data).hexdigest()))
    lay_out(document)
    segment(document)
    return document


def kind_of(document: Document, words: str) -> SegmentKind:
    at = document.text.index(words)
    return next(one.kind for one in document.segments if one.span[0] <= at < one.span[1])


def test_a_light_dump():
    text = "\n".join(
        [
            "Lowland's Foreign Minister Ana Holm speaks during a news conference in Eastmouth",
            "Lowland and Upland agree on text of fisheries agreement",
            *STORY, "-", "- In World", "- 9 June 2021 10:15", "In World",
            *(line for teaser in TEASERS for line in ("-", teaser)), "Leave a comment",
        ]
    )  # fmt: skip
    document = segmented(text)
    assert kind_of(document, "Lowland's Foreign Minister Ana Holm speaks") == "caption"
    assert kind_of(document, "Lowland and Upland agree") == "title"
    assert {kind_of(document, line) for line in STORY} == {"body"}
    assert kind_of(document, "In World") == "section"
    assert kind_of(document, "9 June 2021") == "timestamp"
    assert {kind_of(document, teaser) for teaser in TEASERS} == {"related"}
    assert kind_of(document, "Leave a comment") == "comments"


def test_a_wire_loses_nothing():
    text = "\n\n".join(["Lowland, Upland agree on fisheries", "EASTMOUTH, June 8, 2021 (AFP)", *STORY])
    document = segmented(text)
    assert kind_of(document, "Lowland, Upland agree") == "title"
    assert kind_of(document, "EASTMOUTH, June 8") == "dateline"
    assert {kind_of(document, line) for line in STORY} == {"body"}


PAGE = f"""<html><head><title>Fisheries text agreed - The Lowland Post</title></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Fisheries text agreed</h1><p class="byline">By Ana Karlsson</p><time class="date">June 8, 2021</time>
<figure><img src="a.jpg"><figcaption>Boats in the port of Eastmouth.</figcaption></figure>
{"".join(f"<p>{line}</p>" for line in STORY)}
<div class="newsletter"><p>Sign up for our newsletter and get the best stories delivered to your inbox.</p></div>
</article>
<aside class="related"><h3>Related stories</h3>{"".join(f'<p><a href="/x">{line}</a></p>' for line in TEASERS)}</aside>
<div id="comments"><p>Per, 2 hours ago: I do not believe a word of what they say about our waters.</p></div>
<footer><p>© 2021 The Lowland Post. All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize("page", [PAGE, PAGE[: PAGE.index("<footer>") + 20]], ids=["whole", "cut"])
def test_markup_tells_more(page):
    document = segmented(page, "text/html")
    kinds = {
        "Home": "navigation", "Fisheries text agreed": "title", "By Ana Karlsson": "byline", "June 8": "timestamp",
        "Boats in the port": "caption", "Sign up for": "promotion", "Related stories": "section",
        "A ferry with": "related", "Per, 2 hours": "comments",
    }  # fmt: skip
    assert {words: kind_of(document, words) for words in kinds} == kinds
    assert {kind_of(document, line) for line in STORY} == {"body"}


def test_a_stretch_leaves_lone_lines_out():
    likely = [0.6, 0.1] + [0.05] * 30 + [0.99, 0.98, 0.1, 0.99, 0.97] + [0.05] * 30 + [0.7]
    words = [12, 3] + [3] * 30 + [40, 30, 4, 35, 40] + [20] * 30 + [12]
    assert [at for at, inside in enumerate(body_of(likely, words)) if inside] == [32, 33, 35, 36]
    assert body_of([], []) == []


@pytest.mark.parametrize(
    ("name", "page", "kind"), [("html", PAGE, "text/html"), ("text", "\n".join(STORY), "text/plain")]
)
def test_the_weights_belong_to_the_features(name, page, kind):
    lines = lines_of(segmented(page, kind))
    base, names = base_features(lines, markup=name == "html")
    first, second = forest(name, "first"), forest(name, "second")
    more = context_features(lines, asked(first, base), markup=name == "html")[1]
    assert first.get_modelmeta().custom_metadata_map["names"].splitlines() == names
    assert second.get_modelmeta().custom_metadata_map["names"].splitlines() == names + more


def test_long_and_odd_pages_take_seconds():
    started = time.process_time()
    segmented("Lowland and Upland agreed, she said (by 4 May 2021). " * 40_000)
    segmented("-\n" * 20_000)
    segmented("<p>" + "a " * 500_000, "text/html")
    assert time.process_time() - started < 15


LINE = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*STORY, *TEASERS, "-", "", "In World", "Share", "9 June 2021 10:15", "By Ana Karlsson", "© 2021"]),
)


@given(st.lists(LINE, max_size=25), st.sampled_from(["text/plain", "text/html"]))
def test_every_line_lies_in_exactly_one_segment(lines, media_type):
    document = segmented("\n".join(lines), media_type)
    at = 0
    for one in document.segments:
        start, end = one.span
        assert at <= start < end <= len(document.text)
        assert not document.text[at:start].strip()
        at = end
    assert not document.text[at:].strip()
    for block in document.blocks:
        assert sum(s.span[0] <= block.span[0] and block.span[1] <= s.span[1] for s in document.segments) == 1
    assert sum(one.kind == "title" for one in document.segments) <= 1
    assert {"title", "dek", "body"} == ARTICLE
