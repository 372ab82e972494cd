"""What contradicts what: denials told apart from refusals, and answered by claims about the same thing."""

from __future__ import annotations

import pytest

from onrecord.record.claims import content_terms
from onrecord.record.disputes import page_disputes
from record_pages import PageMaker


def disputes(*stated: tuple[str, str, str, str]) -> list[tuple[str, str]]:
    """The disputes of a page of these statements: source, cue, content and act."""
    text = " ".join(f"{source} {cue} {content}." for source, cue, content, _ in stated)
    page = PageMaker("1.txt", "Notes", text)
    for source, cue, content, act in stated:
        page.statement(source, cue, content, act=act)
    return page_disputes(page.analysis)


CHARGE = ("Chad", "accuses", "Niger of backing the rebels who stormed the garrison", "accuse")


@pytest.mark.parametrize(
    "denial",
    [
        ("Niamey", "denies", "the allegations", "deny"),
        ("The junta in Niamey", "has denied", "any role in the attack", "deny"),
        ("Niger's government", "rejected", "the accusation", "deny"),
        ("The government in Niamey", "dismissed", "Chad's claim that it was backing the rebels", "deny"),
    ],
)
def test_a_charge_and_its_denials(denial: tuple[str, str, str, str]) -> None:
    assert disputes(CHARGE, denial) == [("s1", "s2")]


@pytest.mark.parametrize(
    "denial",
    [
        ("Niger's government", "rejected", "the budget of the regional bank", "deny"),
        ("Niger's government", "refused", "permission to land at the garrison", "deny"),
        ("Niger's government", "ruled out", "sending troops to the garrison stormed by rebels", "deny"),
        ("Mali", "denied", "the allegations", "deny"),
        ("Niger's government", "dismissed", "Algeria's claim that it was backing the rebels", "deny"),
        ("A Chad official", "denied", "backing the rebels who stormed the garrison", "deny"),
    ],
)
def test_what_answers_no_charge(denial: tuple[str, str, str, str]) -> None:
    assert disputes(CHARGE, denial) == []


def test_a_denial_of_a_part_in_something_answers_a_charge_and_no_other_claim_about_it() -> None:
    denial = ("Niger's government", "denied", "any involvement in the ambush", "deny")
    assert disputes(("The army", "said", "the trucks caught in the ambush had come from Niger", "assert"), denial) == []
    blame = ("Several envoys", "blamed", "Niger for the ambush", "accuse")
    assert disputes(blame, denial) == [("s1", "s2")]


def test_a_denial_that_names_no_state_is_of_what_happens_in_its_own() -> None:
    denial = ("Niger's health minister", "denied", "reports of cholera among herders in the border villages", "deny")
    there = ("Doctors", "confirmed", "cases of cholera among herders in border villages of Chad", "assert")
    here = ("Doctors", "confirmed", "cases of cholera among herders in border villages of Niger", "assert")
    assert disputes(there, denial) == []
    assert disputes(here, denial) == [("s1", "s2")]


def test_words_that_only_point_back_are_no_content() -> None:
    assert content_terms("the allegations, this and any involvement") == {}


def test_a_pronoun_stands_for_the_claim_right_before() -> None:
    told = ("Aid groups", "say", "trucks have been turned back at the river", "assert")
    other = ("The mayor", "said", "the market would open on Friday", "assert")
    assert disputes(other, told, ("The junta", "denied", "this", "deny")) == [("s2", "s3")]
    assert disputes(told, ("The junta", "denied", "the charges", "deny")) == []
