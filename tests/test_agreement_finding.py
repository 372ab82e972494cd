"""Which agreements a page is seen to speak of: what sides agree to do, talks and processes, and passing mentions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis import Agreement, Published
from onrecord.page import Page
from onrecord.reading.agreements import find_agreements
from onrecord.reading.document import Document, Sentence

DAY = "2019-05-14"
FOLLOWING = "Officials said it was the first such step in years."


def read(*lines: str) -> list[Agreement]:
    """The agreements of a page of these lines, the first of them its title."""
    text = "\n".join(lines)
    document = Document(Page("page.txt", b"", "text/plain", ""), text=text)
    document.published = Published(DAY, DAY, "stated")
    at = 0
    for index, line in enumerate(lines):
        document.sentences.append(Sentence((at, at + len(line)), "body" if index else "title", index))
        at += len(line) + 1
    find_agreements(document)
    return document.agreements


def told(sentence: str) -> set[tuple[str, str, bool]]:
    """Parties, stage and background of what is read of a sentence below an idle title."""
    return {(" ".join(a.parties), a.stage, a.background) for a in read("News of the day", sentence, FOLLOWING)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Azerbaijan and Georgia have agreed to open a second rail crossing by autumn.", "AZE GEO"),
        ("Norway agreed with Sweden to share the cost of the coastal radar chain.", "NOR SWE"),
        ("New Delhi and Kathmandu agreed in principle to reopen two border posts.", "IND NPL"),
        ("Egypt and Sudan agreed on a timetable for filling the reservoir.", "EGY SDN"),
        ("Poland and Ukraine agreed Monday to set up a joint battalion.", "POL UKR"),
        ("Israel and Egypt reached a compromise on the border fence on Sunday.", "EGY ISR"),
        ("Croatia and Slovenia reached an understanding on the bay on Friday.", "HRV SVN"),
        ("The Afghan government and the Taliban agreed to free 500 prisoners.", "AFG"),
        ("The agreement came after years of wrangling between Australia and East Timor.", "AUS TLS"),
        ("The deal between Canada and the United States is a breakthrough for lumber mills.", "CAN USA"),
    ],
)
def test_what_sides_agree_to_do_is_an_agreement(sentence: str, expected: str) -> None:
    assert told(sentence) == {(expected, "concluded", False)}


def test_what_the_two_sides_agree_to_do_is_of_the_states_the_page_is_about() -> None:
    found = read(
        "Latvia and Estonia clean up the gulf",
        "Ministers of Latvia and Estonia met over the oil slick on Monday.",
        "The two sides agreed to open a hotline between their coast guards.",
    )
    assert [(a.parties, a.stage, a.name) for a in found] == [(["EST", "LVA"], "concluded", "to open a hotline")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan has agreed to send engineers to Iraq.",
        "After talks with France, Germany agreed to cut its export guarantees.",
        "China and Japan agreed to boost cooperation and strengthen ties.",
        "Russia and India agreed to hold regular consultations.",
        "The two sides agreed to meet again in Paris.",
        "North and South Korea have not agreed to reopen the park.",
        "Vietnam may agree with Laos to build a railway.",
        "The president agreed to step down after protests in Peru.",
        "Doctors in Poland and Hungary agree to disagree on the vaccine.",
        "The company and its French rival agreed to merge their tyre units.",
        "UN officials agreed that aid to Sudan should be raised.",
    ],
)
def test_what_one_side_agrees_to_or_nobody_can_hold_it_to_is_none(sentence: str) -> None:
    assert told(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pakistan and India will resume their composite dialogue next month.", "IND PAK"),
        ("China and Vietnam should speed up consultation on the sea border issue.", "CHN VNM"),
        ("Sri Lanka's government and the Tamil Tigers began face-to-face talks on Monday.", "LKA"),
        ("Darfur peace talks resumed on Sunday, the Sudanese government said.", "SDN"),
        ("Kosovo status talks resume next week.", "SRB XKX"),
        ("The EU three and Iran will hold nuclear talks on Friday.", "DEU FRA GBR IRN"),
        ("Ukraine and the IMF began talks on a new loan on Monday.", "UKR"),
    ],
)
def test_talks_by_the_names_they_go_by(sentence: str, expected: str) -> None:
    assert told(sentence) == {(expected, "negotiating", False)}


def test_a_peace_process_is_of_its_own_states_and_no_news() -> None:
    mediators = "Officials of Norway and Japan opened a meeting on Sri Lanka's fragile peace process."
    assert told(mediators) == {("LKA", "negotiating", True)}
    assert told("The Chilean president flew to Peru for talks on the peace process.") == set()


@pytest.mark.parametrize(
    ("sentence", "expected", "stage"),
    [
        ("The 1960 security treaty between Japan and the United States commits both to help.", "JPN USA", "in_force"),
        ("Aides cited the 1984 treaty between Argentina and Chile.", "ARG CHL", "concluded"),
        ("The Indus Waters Treaty leaves Pakistan the western rivers, India said.", "IND PAK", "concluded"),
        ("Delegates met for the Conference of the Parties to the Basel Convention.", "", "in_force"),
    ],
)
def test_passing_mentions_are_background(sentence: str, expected: str, stage: str) -> None:
    assert told(sentence) == {(expected, stage, True)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("APEC ministers endorsed the Lima Action Plan on Thursday.", "Lima Action Plan"),
        ("ASEAN leaders issued a Bangkok Declaration on Monday.", "Bangkok Declaration"),
        ("Delegates from 140 countries adopted an agreement on mercury waste on Friday.", "agreement on mercury waste"),
        ("EU finance ministers agreed on Tuesday to exempt small brewers.", "EU agreement to exempt small brewers"),
    ],
)
def test_what_the_members_of_a_body_adopt_has_a_name(sentence: str, name: str) -> None:
    assert [(a.parties, a.name, a.stage) for a in read("News of the day", sentence, FOLLOWING)] == [
        ([], name, "concluded")
    ]


def test_the_union_stands_for_the_three_only_where_the_page_names_them() -> None:
    named = read("Nuclear talks", "Iran meets Britain, France and Germany.", "Iran will resume talks with the EU.")
    assert {" ".join(a.parties) for a in named} == {"DEU FRA GBR IRN"}
    alone = read("Rights dialogue", "Iran halted its dialogue with the European Union on Monday.", FOLLOWING)
    assert [(a.parties, a.condition) for a in alone] == [(["IRN"], "suspended")]


@given(st.lists(st.sampled_from(["agreed", "with", "to", "on", "and", "Peru", "Chile", "the", "open,"]), max_size=60))
def test_any_order_of_the_words_is_read(words: list[str]) -> None:
    line = " ".join(words)
    assert all(0 <= a.span[0] <= a.span[1] <= len(line) + 6 for a in read("Title", line))


def test_a_long_line_is_read_in_linear_time() -> None:
    line = "Peru and Chile agreed with the a b c d to the " * 20_000
    start = time.perf_counter()
    read("Title", line)
    assert time.perf_counter() - start < 5
