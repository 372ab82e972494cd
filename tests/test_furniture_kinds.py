"""Of the lines around an article, which are what: the kinds of page furniture in text without markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.document import Document, Page
from onrecord.reading.furnishing import ends_in_credit
from onrecord.reading.furniture import kinds_of
from onrecord.reading.layout import lay_out
from onrecord.reading.lines import Line, lines_of

TITLE = "Lowland and Upland agree on text of fisheries agreement"
BODY = [
    "The two governments have agreed on the text of a fisheries agreement, the foreign ministry of Lowland said.",
    "Foreign Minister Ana Holm told reporters that the last of the open questions had been settled in Eastmouth.",
    "Upland's government confirmed the outcome but gave no date for the signing.",
]


def read(lines: list[str]) -> list[Line]:
    document = Document(Page("page", "\n".join(lines).encode(), "text/plain", ""))
    lay_out(document)
    return lines_of(document)


def kinds(above: list[str], between: list[str], below: list[str]) -> dict[str, str]:
    """The kinds of lines above the headline, between it and the body, and below the body."""
    every = [*above, TITLE, *between, *BODY, *below]
    first = len(above) + 1 + len(between)
    found = kinds_of(read(every), list(range(first, first + len(BODY))), len(above), "")
    return dict(zip(every, found, strict=True))


def test_comments_end_where_the_page_goes_on():
    got = kinds(
        [],
        [],
        [
            "2 comments",
            "Per says:",
            "June 9, 2021 at 8:15 am",
            "They promised us the same thing ten years ago",
            "Reply",
            "© 2021 The Lowland Post",
            "Our other titles",
            "Farming Today",
        ],
    )
    assert got["They promised us the same thing ten years ago"] == "comments"
    assert got["Our other titles"] == got["Farming Today"] == "navigation"


def test_comments_that_nobody_wrote_end_soon():
    rest = [f"Section number {name}" for name in "abcdefghijklmnopqrst"]
    got = kinds([], [], ["View comments", *rest])
    assert got["View comments"] == "comments"
    assert got[rest[-1]] == "navigation"


def test_links_below_comments_are_links():
    got = kinds([], [], ["Comments", "- Fishing", "- Minister of the Interior resigns over the ferry contract"])
    assert got["- Fishing"] == "navigation"
    assert got["- Minister of the Interior resigns over the ferry contract"] == "related"


def test_teasers_that_count_comments_are_no_thread():
    teasers = ["Minister of the Interior resigns over ferry", "Harbour of Eastmouth closed for the winter"]
    got = kinds([], [], ["12 comments", teasers[0], "3 comments", teasers[1], "41 comments"])
    assert {got[teaser] for teaser in teasers} == {"related"}


def test_a_button_for_comments_above_the_body_opens_no_thread():
    got = kinds([], ["0 comments", "Video of the day"], [])
    assert got["Video of the day"] != "comments"


@pytest.mark.parametrize("line", ["- Credit cards", "- Photography", "- Photos and letters", "- Reuters"])
def test_a_menu_credits_nobody(line):
    menu = [line, *(f"- Section {name}" for name in "abcdefgh")]
    assert kinds(menu, [], [])[line] == "navigation"


def test_a_picture_credit_is_no_byline():
    got = kinds([], ["Courtesy Lowland Fisheries Office", "By Ana Karlsson", "June 8, 2021"], [])
    assert got["Courtesy Lowland Fisheries Office"] == "credit"
    assert got["By Ana Karlsson"] == "byline"


def test_a_name_below_the_byline_is_not_one_more_author():
    got = kinds([], ["By Ana Karlsson", "Share", "Jonas Lindqvist"], [])
    assert got["By Ana Karlsson"] == "byline"
    assert got["Jonas Lindqvist"] != "byline"
    assert kinds([], ["By", "Ana Karlsson", "Jonas Lindqvist"], [])["Jonas Lindqvist"] == "byline"


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("Boats in the port of Eastmouth. Credit: Ana Karlsson/AP", True),
        ("Boats wait in the port of Eastmouth Photo: Ana Karlsson", True),
        ("Boats wait in the port of Eastmouth.Credit...Ana Karlsson/The Lowland Post", True),
        ("Photo: Ana Karlsson", False),  # the credit alone
        ("Ministers agreed on a line of credit: none will pay before the autumn", False),
        ("Video: How the boats came home", False),
    ],
)
def test_captions_by_the_credit_at_their_end(line, credited):
    assert ends_in_credit(line) == credited
    if credited:
        assert kinds([], [line], [])[line] == "caption"
        assert kinds([], [], [line])[line] == "caption"


def test_buttons_within_the_article_are_not_the_article():
    lines = [BODY[0], "Advertisement", BODY[1], "Share on Pinterest", "What remains", BODY[2]]
    found = kinds_of(read(lines), list(range(len(lines))), None, "")
    assert found == ["body", "promotion", "body", "promotion", "body", "body"]


def test_who_writes_and_what_happened():
    got = kinds([], [], ["Ana Karlsson is a reporter in Eastmouth", "Herring is the oldest fish in the sea"])
    assert got["Ana Karlsson is a reporter in Eastmouth"] == "boilerplate"
    assert got["Herring is the oldest fish in the sea"] == "related"


def test_a_time_of_day_beside_the_headline():
    assert kinds([], ["Today 12:01 AM"], [])["Today 12:01 AM"] == "timestamp"


@given(st.text(max_size=300))
def test_a_credit_needs_its_label(text):
    if ends_in_credit(text):
        assert ":" in text or "..." in text or "…" in text
