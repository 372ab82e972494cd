"""What a page is, who published it, and when."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.calendar import day_of_stamp, printed_days
from onrecord.reading.credits import wire_of_credit, wire_of_paragraph
from onrecord.reading.document import Document, Page
from onrecord.reading.language import language_of
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import describe
from onrecord.reading.segments import segment

STORY = """The two governments have agreed on the text of a fisheries agreement after six years of talks, they said.
Foreign Minister Ana Holm told reporters that the delegations had settled the last of the open questions on 3 May 2019.
"What remains is the work of the lawyers and the translators," Holm said. "We expect to sign before the autumn."
Upland's government confirmed the outcome but gave no date. Its fishermen have long complained about closed waters."""


def described(text: str, media_type: str = "text/plain", **given: str) -> Document:
    data = text.encode()
    document = Document(Page("page", data, media_type, hashlib.sha256(data).hexdigest(), given))
    lay_out(document)
    segment(document)
    describe(document)
    return document


def dump(*lines: str, head: str = "Lowland and Upland agree on text of fisheries agreement", tail: str = "") -> str:
    return "\n".join([head, *lines, STORY, *([tail] if tail else [])])


def interval(document: Document) -> tuple[str | None, str | None, str]:
    return document.published.earliest, document.published.latest, document.published.basis


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("9 June 2021 10:15", "2021-06-09"),
        ("Published: June 9, 2021 at 8:05 p.m.", "2021-06-09"),
        ("PUBLISHED: 10:48, Wed, Jun 9, 2021 | UPDATED: 11:05, Thu, Jun 10, 2021", "2021-06-09"),
        ("Updated Jun. 10, 2021 8:21 am ET / Original Jun. 9, 2021 8:02 am ET", "2021-06-09"),
        ("2021-06-09T10:15+04:00", "2021-06-09"),
        ("09.06.2021", "2021-06-09"),
        ("June 09,2021 11:30", "2021-06-09"),
        ("By Ana Karlsson, 9th June, 2021", "2021-06-09"),
    ],
)
def test_a_printed_date_is_stated_with_its_evidence(line, day):
    document = described(dump(line))
    assert interval(document) == (day, day, "stated")
    [(start, end)] = document.published.evidence
    assert document.text[start:end] in line
    assert len(document.text[start:end]) >= 8


def test_a_dateline_dates_a_wire():
    document = described(dump("", "EASTMOUTH, June 9, 2021 (Xinhua)", ""))
    assert interval(document) == ("2021-06-09", "2021-06-09", "stated")
    assert document.wire == "Xinhua"


def test_dates_in_the_story_and_of_others_are_no_evidence():
    assert interval(described(dump())) == (None, None, "unknown")
    assert (
        described(dump(tail="Most popular\n- 1 May 2022\nFerry runs aground off Westland")).published.basis == "unknown"
    )
    assert interval(described(dump("9 June"))) == (None, None, "unknown")


def test_a_date_that_can_be_read_two_ways_is_an_interval():
    assert interval(described(dump("Published 05/06/2021"))) == ("2021-05-06", "2021-06-05", "stated")
    assert interval(described(dump("Published 25/06/2021"))) == ("2021-06-25", "2021-06-25", "stated")


def test_the_caller_outranks_the_page():
    document = described(
        dump("9 June 2021"), published="2020-01-02", title="Another", publisher="The Post", url="https://p.example"
    )
    assert interval(document) == ("2020-01-02", "2020-01-02", "given")
    assert (document.title, document.publisher, document.url) == ("Another", "The Post", "https://p.example")


def test_html_metadata_is_given():
    document = described(
        '<html lang="en"><head><title>Text agreed | The Lowland Post</title>'
        '<meta property="og:site_name" content="The Lowland Post"><meta name="author" content="By Ana Karlsson">'
        '<meta property="article:published_time" content="2021-06-09T22:00:00Z"></head>'
        f"<body><h1>Text agreed</h1>{''.join(f'<p>{line}</p>' for line in STORY.splitlines())}</body></html>",
        "text/html",
    )
    assert interval(document) == ("2021-06-09", "2021-06-09", "given")
    assert (document.title, document.publisher, document.byline) == ("Text agreed", "The Lowland Post", "Ana Karlsson")
    assert document.language == "en"


def test_an_odd_address_does_no_harm():
    assert described("<link rel=canonical href='http://[::1'><p>Text.", "text/html").publisher is None


@pytest.mark.parametrize(
    ("paragraph", "wire"),
    [
        ("EASTMOUTH (Reuters) - The two governments agreed.", "Reuters"),
        ("Reuters: EASTMOUTH (Reuters) - The two governments agreed.", "Reuters"),
        ("EASTMOUTH, Lowland (AP) — The two governments agreed.", "AP"),
        ("EASTMOUTH, June 9. /TASS/. The two governments agreed.", "TASS"),
        ("EASTMOUTH, June 9, 2021 (AFP)", "AFP"),
        ("The chief of the AP (a party) said so.", None),
        ("The Reuters news agency reported it (AFP did not).", None),
    ],
)
def test_the_head_of_a_paragraph_credits_an_agency(paragraph, wire):
    assert wire_of_paragraph(paragraph) == wire


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("Source: Xinhua", "Xinhua"),
        ("By Agence France-Presse", "AFP"),
        ("With inputs from PTI", "PTI"),
        ("Associated Press", "AP"),
        ("By Ani Petrosyan", None),
        ("By Una Aalto", None),
    ],
)
def test_a_credit_names_an_agency(line, wire):
    assert wire_of_credit(line) == wire


def test_byline_and_publisher_of_a_dump():
    document = described(dump("The Guardian", "By Ana Karlsson | Published 9 June 2021"))
    assert document.byline is None or document.byline == "Ana Karlsson"
    assert document.publisher == "The Guardian"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY, "en"),
        (
            "Die Regierung hat sich nach langen Verhandlungen auf den Text des Abkommens geeinigt.",
            "de",
        ),
        ("Правительство сообщило, что переговоры по договору были завершены на прошлой неделе и он готов.", "ru"),
        ("政府は月曜日に協定の本文について合意したと発表した。", "ja"),
        ("7 8 9", None),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2099, 12, 31)), st.text(max_size=20))
def test_usual_forms_are_read_back(day, noise):
    before = noise + "\n"
    for form in (
        f"{day:%Y-%m-%d}", f"{day.day} {day:%B} {day.year}", f"{day:%b}. {day.day}, {day.year}", f"{day:%d.%m.%Y}",
        f"{day:%B} {day.day}, {day.year}", f"{day.day}-{day:%b}-{day.year}",
    ):  # fmt: skip
        [printed] = [one for one in printed_days(before + form + " said") if one.start >= len(before)]
        assert printed.day == day
        assert (before + form)[printed.start : printed.end] == form


@given(st.text(alphabet="0123456789/-. :,TZAprilMay年", max_size=60))
def test_any_text_of_digits_is_read_within_itself(text):
    for one in printed_days(text):
        assert 0 <= one.start < one.end <= len(text)
    day = day_of_stamp(text)
    assert day is None or date.fromisoformat(day)
