"""When an undated page was published, from what it tells."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.dating import date_undated
from onrecord.reading.document import Document, Page
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import describe
from onrecord.reading.segments import segment
from onrecord.reading.sentences import split
from onrecord.reading.times import find_times

HEADLINE = "Harbour towns argue over a joint ferry line"
OPENING = (
    "The councils of Eastmouth and Westhaven have fallen out over the ferry line that they want to run together.\n"
    "Shopkeepers on both sides of the bay have asked for the line again and again, their association told reporters."
)
CLOSING = "Passengers would pay the same fare as on the bus, and children under ten would travel free, the mayors said."


def dated(*lines: str, **known: str) -> Document:
    data = "\n".join([HEADLINE, OPENING, *lines, CLOSING]).encode()
    return read(data, **known)


def read(data: bytes, **known: str) -> Document:
    document = Document(Page("page", data, "text/plain", hashlib.sha256(data).hexdigest(), known))
    for step in (lay_out, segment, describe, split, find_times, date_undated):
        step(document)
    return document


def interval(document: Document) -> tuple[str | None, str | None, str]:
    return document.published.earliest, document.published.latest, document.published.basis


def evidence(document: Document) -> list[str]:
    return [document.words(span) for span in document.published.evidence]


@pytest.mark.parametrize(
    ("sentence", "first", "words"),
    [
        ("The old contract was signed on 3 May 2019 by the mayors of that time.", "2019-05-03", "3 May 2019"),
        ("The old contract ran out in November 2021 and nobody renewed it.", "2021-11-01", "November 2021"),
        ("In 2018, the council of Westhaven bought two old vessels and let them rust.", "2018-01-01", "2018"),
        ("The bridge has been closed to lorries since 2017 after a crack was found.", "2017-01-01", "2017"),
    ],
)
def test_what_is_told_as_past_is_not_after_publication(sentence, first, words):
    document = dated(sentence)
    assert interval(document) == (first, None, "inferred")
    assert evidence(document) == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        "The towns will sign the contract on 3 May 2031 in the old customs house.",
        "The towns have set themselves the goal of carrying a million passengers by 2035.",
        "Ferry fans look forward to the 2034 regatta, which has drawn crowds to the bay for a century.",
        "In 2034, the two towns will have been at peace over the ferry line for a hundred years.",
        "The mayors met on Tuesday and parted without a word to the reporters outside.",
    ],
)
def test_what_lies_ahead_or_has_no_year_bounds_nothing(sentence):
    assert interval(dated(sentence)) == (None, None, "unknown")


def test_the_latest_of_what_is_past_counts():
    document = dated(
        "The first contract was signed in 1998 and the second was signed in 2016.",
        "The bridge was closed in March 2019 after a crack was found in a pier.",
    )
    assert interval(document)[:2] == ("2019-03-01", None)


def test_a_quoted_post_is_news():
    document = dated("— Ferry Friends (@ferryfriends) September 12, 2024")
    assert interval(document) == ("2024-09-11", "2024-10-02", "inferred")
    assert evidence(document) == ["September 12, 2024"]


def test_posts_from_different_times_leave_the_end_open():
    document = dated(
        "— Ferry Friends (@ferryfriends) January 5, 2019",
        "The association keeps all its old posts in one place, a member of its board told reporters.",
        "— Ferry Friends (@ferryfriends) September 12, 2024",
    )
    assert interval(document) == ("2024-09-11", None, "inferred")


def test_the_day_of_capture_only_bounds_the_end():
    assert interval(dated(captured="2024-09-11")) == (None, "2024-09-12", "inferred")
    document = dated("The bridge was closed in March 2019 after a crack was found.", captured="2024-09-11")
    assert interval(document) == ("2019-03-01", "2024-09-12", "inferred")


def test_a_page_that_contradicts_itself_stays_undated():
    document = dated("The bridge was closed in March 2019 after a crack was found.", captured="2011-01-02")
    assert interval(document) == (None, None, "unknown")


def test_a_day_without_a_year_takes_the_one_that_everything_fits():
    page = [HEADLINE, "By Ida Moe", "{}", OPENING, CLOSING, "© 2024 The Bay Post. All rights reserved."]
    lines = "\n".join(page)
    assert interval(read(lines.format("Wednesday, September 11").encode())) == ("2024-09-11", "2024-09-11", "inferred")
    assert interval(read(lines.format("Friday, September 11").encode()))[2] == "unknown"
    assert interval(read(lines.format("September 11").encode()))[2] == "unknown"
    past = lines.replace(CLOSING, "The bridge was closed in March 2024 after a crack was found. " + CLOSING)
    assert interval(read(past.format("September 11").encode())) == ("2024-09-11", "2024-09-11", "inferred")


def test_a_page_with_a_date_keeps_it():
    past = "The old contract was signed on 3 May 2019 by the mayors of that time."
    assert interval(dated(past, published="2018-01-02")) == ("2018-01-02", "2018-01-02", "given")


PIECES = [
    "The bridge was closed in March 2019. ", "It was signed on 3 May 2021. ", "— A B (@ab) September 12, 2024\n", "\n",
    "Updated 12 September 2020\n", "© 2022 The Bay Post\n", "Monday, Nov. 18\n", OPENING + "\n", "by 2035 ", "- ",
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25), st.booleans())
def test_whatever_the_text_the_interval_is_in_order_and_its_evidence_is_on_the_page(pieces, captured):
    known = {"captured": "2023-05-05"} if captured else {}
    document = read("".join(pieces).encode("utf-8", "replace"), **known)
    published = document.published
    assert (published.basis == "unknown") == (published.earliest is None is published.latest)
    if published.earliest and published.latest:
        assert published.earliest <= published.latest
    for words in evidence(document):
        assert any(map(str.isdigit, words))
