"""When an undated page was published, from what it tells."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.dating import date_undated
from onrecord.reading.document import Document, Page
from onrecord.reading.expressions import find_expressions
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
    for step in (lay_out, segment, describe, split, find_expressions, date_undated):
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
        "The towns would sign the contract on 3 May 2031 in the old customs house if they were rich.",
        "The towns have set themselves the goal of carrying a million passengers by 2035.",
        "Ferry fans look forward to the 2034 regatta, which has drawn crowds to the bay for a century.",
        "In 2034, the two towns will have been at peace over the ferry line for a hundred years.",
        "He wrote that the towns will share a harbour in 2031 and a mayor in 2032.",
        '"The towns will share a harbour in 2031," the mayor liked to say.',
        "The towns have applied for a grant for the 2033 season and for a bus line from 2034.",
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


@pytest.mark.parametrize(
    ("sentence", "last", "words"),
    [
        ("The towns will sign the contract on 3 May 2031 in the old customs house.", "2031-05-03", "3 May 2031"),
        ("The council expects the line to open in June 2031, its clerk said.", "2031-10-28", "June 2031"),
        ("The new vessel is scheduled to be delivered in 2032.", "2033-04-30", "2032"),
    ],
)
def test_what_is_told_as_ahead_is_not_before_publication(sentence, last, words):
    document = dated(sentence)
    assert interval(document) == (None, last, "inferred")
    assert evidence(document) == [words]


@pytest.mark.parametrize(
    ("sentence", "first", "words"),
    [
        ("Shopkeepers recalled the storm after the 1987 crash.", "1987-01-01", "1987"),
        ("Exports to the islands fell in fiscal 2009.", "2009-01-01", "fiscal 2009"),
        ("Iranian President Ebrahim Raisi sent a card.", "2021-08-03", "President Ebrahim Raisi"),
        ("A card came from the Iranian president, Ebrahim Raisi, too.", "2021-08-03", "president, Ebrahim Raisi"),
        ("Iranian President Raisi sent a card.", "2021-08-03", "President Raisi"),
        (
            "U.S. Secretary of State Antony Blinken asked for tickets.",
            "2021-01-26",
            "Secretary of State Antony Blinken",
        ),
        ("The Fed chairman, Alan Greenspan, had no comment.", "1987-08-11", "Fed chairman, Alan Greenspan"),
        ("President Bush sent a card.", "1989-01-20", "President Bush"),  # it may have been the father
        ("President Johnson sent a card.", None, ""),  # a name as common as that says nothing with a title alone
        ("President Clinton sent a card.", "1993-01-20", "President Clinton"),
        ("Soviet leader Mikhail Gorbachev sent a card.", "1985-03-11", "leader Mikhail Gorbachev"),
        (
            "Former British Prime Minister Margaret Thatcher sent a card.",
            "1990-11-28",
            "Prime Minister Margaret Thatcher",
        ),
        (
            "Turkey's President Recep Tayyip Erdo\u011fan sent a card.",
            "2014-08-28",
            "President Recep Tayyip Erdo\u011fan",
        ),
        (
            "Maria Zakharova, spokeswoman for the Russian foreign ministry, sent a card.",
            "2015-08-10",
            "Maria Zakharova, spokeswoman for the Russian foreign ministry",
        ),
        (
            "Syrian President Assad sent a card.",
            "1971-02-22",
            "",
        ),  # the father was one too; before the press was online
        ("The line reopened after COVID-19 had closed it.", "2020-02-11", "COVID-19"),
    ],
)
def test_who_holds_an_office_and_what_has_a_name_bound_the_beginning(sentence, first, words):
    document = dated(sentence)
    assert document.published.earliest == first
    assert evidence(document) == ([words] if words else evidence(document))


@pytest.mark.parametrize(
    "sentence",
    [
        "Vice President Joe Biden was at the pier.",
        "The next Chancellor Olaf Scholz is at the pier.",
        "Designated Foreign Minister Frank-Walter Steinmeier was at the pier.",
        "What a President Donald Trump means for ferries nobody knows.",
        "Donald Trump, who wants to be president, was at the pier.",
        "President-elect Joe Biden was at the pier.",
        "Ferry Club President Tony Abbott was at the pier.",
        "French President Angela Merkel was at the pier.",
    ],
)
def test_another_office_or_none_bounds_nothing(sentence):
    document = dated(sentence)
    assert document.published.earliest in (None, "2009-01-20")  # the vice president held an office, too


def test_who_acts_in_office_this_week_bounds_the_end():
    document = dated("Russian President Boris Yeltsin said on Tuesday that he liked ferries.")
    assert interval(document) == ("1990-05-29", "2000-01-07", "inferred")
    document = dated(
        "President Boris Yeltsin said on Tuesday that he liked ferries.",
        "The former president Boris Yeltsin is on a tour of the bay.",
    )
    assert document.published.latest is None
    assert dated("President Vladimir Putin said on Tuesday that he liked ferries.").published.latest is None


def test_years_since_a_year_bound_both_ends():
    document = dated("The first ferry sank ten years ago, in 2009, and nobody was hurt.")
    assert interval(document) == ("2018-01-01", "2020-12-31", "inferred")
    document = dated("The first ferry sank in May 1969, fifty years ago, and nobody was hurt.")
    assert interval(document) == ("2017-01-01", "2021-12-31", "inferred")


def test_results_are_compared_with_those_of_the_year_before():
    document = dated("The ferry company earned a million, up from half of that in the 2011 third quarter.")
    assert interval(document) == ("2011-07-01", "2013-04-30", "inferred")


def test_what_is_relative_counts_from_the_interval():
    document = dated("Iranian President Ebrahim Raisi sent a card in November, and the mayors met last month.")
    find_times(document)
    november, last_month = document.times
    assert (november.value, november.earliest, november.latest) == ("XXXX-11", "2020-11-01", None)
    assert (last_month.earliest, last_month.latest) == ("2021-07-01", None)


def test_only_a_page_dated_to_a_quarter_tells_what_lies_before_it():
    assert dated(published="2024-01-03").dated_from == "2024-01-03"
    assert dated(published="2024-01-03/2024-03-31").dated_from == "2024-01-03"
    assert dated(published="2024-01-03/2024-12-31").dated_from is None
    assert dated(published="2024-01-03/..").dated_from is None
    assert dated().dated_from is None


def test_a_given_interval_is_kept_and_only_narrowed():
    assert interval(dated(published="2024-01-03/2024-01-31")) == ("2024-01-03", "2024-01-31", "inferred")
    assert interval(dated(published="2021-08-05/..")) == ("2021-08-05", None, "inferred")
    assert interval(dated(published="../2021-08-05")) == (None, "2021-08-05", "inferred")
    closed = "The bridge was closed in March 2019 after a crack was found."
    document = dated(closed, published="2018-01-01/2020-01-01")
    assert interval(document) == ("2019-03-01", "2020-01-01", "inferred")
    assert evidence(document) == ["March 2019"]
    # What the page says does not agree: the interval stays.
    assert interval(dated(closed, published="2011-01-01/2012-01-01")) == ("2011-01-01", "2012-01-01", "inferred")


@pytest.mark.parametrize("value", ["../..", "2024-01-31/2024-01-03", "2024-13-01/2024-14-01", "2024-01-03/", "x/y"])
def test_what_is_no_interval_is_not_taken_for_one(value):
    assert interval(dated(published=value))[2] != "inferred"


PIECES = [
    "The bridge was closed in March 2019. ", "It was signed on 3 May 2021. ", "— A B (@ab) September 12, 2024\n", "\n",
    "Updated 12 September 2020\n", "© 2022 The Bay Post\n", "Monday, Nov. 18\n", OPENING + "\n", "by 2035 ", "- ",
    "President Bill Clinton ", "said on Tuesday ", "will be held in June 2009. ", "ten years ago, in 2001, ",
    "former ", ", ",
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
    assert all(words.strip() for words in evidence(document))
