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


@pytest.mark.parametrize(
    "denial",
    [
        ("Niger's government", "has not denied", "the allegations", "deny"),
        ("The right that Niger's government has to", "deny", "the allegations", "deny"),
        ("Niger's government", "denied", "entry to the envoys of Chad", "deny"),
        ("Niger's government", "denied", "bail to the rebels who stormed the garrison", "deny"),
        ("Niger's government", "rejected", "a motion that would send troops to the garrison", "deny"),
        ("Niger's government", "said", "the rebels who stormed the garrison will not be backed", "assert"),
    ],
)
def test_what_sounds_like_a_denial(denial: tuple[str, str, str, str]) -> None:
    assert disputes(CHARGE, denial) == []


def test_a_not_by_who_is_accused_is_a_denial() -> None:
    text = (
        "Chad says that Niger has armed the herders of Diffa. Niger says it has armed no herders of Diffa. Rain fell."
    )
    page = PageMaker("1.txt", "Notes", text)
    page.statement("Chad", "says", "that Niger has armed the herders of Diffa", act="accuse")
    page.statement("Niger", "says", "it has armed no herders of Diffa", polarity="negative")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_what_is_to_come_is_denied_as_what_is_to_come() -> None:
    told = ("The union", "said", "Chile would close the copper mine at Rancagua", "assert")
    plan = ("Chile's minister", "denied", "it would close the mine at Rancagua for copper", "deny")
    past = ("Chile's minister", "denied", "it had closed the mine at Rancagua for copper", "deny")
    assert disputes(told, plan) == [("s1", "s2")]
    assert disputes(told, past) == []


def test_a_topic_is_no_claim_and_a_shared_name_no_shared_content() -> None:
    named = ("A paper", "said", "the accord goes to President Rosa Quispe of Peru for her hand", "assert")
    denial = ("Peru's palace", "denied", "President Rosa Quispe of Peru of poisoning a rival", "deny")
    assert disputes(named, denial) == []
    topic = ("Ana Rojas", "made charges", "about the dam at Puno", "accuse")
    assert disputes(topic, ("The mayor", "dismissed", "Rojas's charges", "deny")) == []


@pytest.mark.parametrize(
    "denial",
    ["that argument", "that argument as a joke", "the notion", "the claim"],
)
def test_an_argument_is_the_one_right_before(denial: str) -> None:
    told = ("Counsel", "argues", "a dam may be built without leave of the council", "assert")
    assert disputes(told, ("Ms Lind", "dismissed", denial, "deny")) == [("s1", "s2")]


def test_charges_that_are_named_are_those_of_the_sentence_before() -> None:
    charge = ("Two suits", "accuse", "Lind College of deceptive practices", "accuse")
    denial = ("Lind and her lawyers", "have denied", "the fraud claims", "deny")
    other = ("A guard", "said", "the college gates close at nine", "assert")
    assert disputes(charge, denial) == [("s1", "s2")]
    assert disputes(charge, other, denial) == []


def test_a_denial_in_the_claims_own_words() -> None:
    told = ("A weekly", "reported", "that she was at work on a play", "assert")
    assert disputes(told, ("Ms Lind", "denied", "she was at work on a play", "deny")) == [("s1", "s2")]


def test_the_claim_of_who_is_named_may_come_after_the_denial() -> None:
    text = (
        "The ministry rejected the allegations by Consul Obi Eze in Jos. Mr Eze had alleged that pilgrims were locked."
    )
    page = PageMaker("1.txt", "Notes", text)
    page.statement("The ministry", "rejected", "the allegations by Consul Obi Eze in Jos", act="deny")
    page.statement("Mr Eze", "had alleged", "that pilgrims were locked", act="accuse")
    assert page_disputes(page.analysis) == [("s2", "s1")]


def test_a_denial_within_the_claim_is_of_the_claim() -> None:
    page = PageMaker("1.txt", "Arms", "Norway said that Qatar, which denies it, has sold drones to Peru.")
    page.statement("Norway", "said", "that Qatar, which denies it, has sold drones to Peru")
    page.statement("Qatar", "denies", "it", act="deny")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_a_state_and_its_official_are_one_voice_and_its_papers_another() -> None:
    denial = ("Peru", "denies", "that it had closed the copper mine at Puno", "deny")
    told = "Peru had closed the copper mine at Puno"
    assert disputes(("A Peruvian official", "said", told, "assert"), denial) == []
    assert disputes(("A Peruvian newspaper", "said", told, "assert"), denial) == [("s1", "s2")]
    assert disputes(("Chile's envoy to Lima", "said", told, "assert"), denial) == [("s1", "s2")]
