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


def test_an_envoy_speaks_for_who_sent_them() -> None:
    charge = ("Togo", "accuses", "Peru of fishing in its waters", "accuse")
    sent = ("Chile's envoy to Peru", "denied", "that a net was ever cast", "deny")
    own = ("Peru's envoy to Togo, whose remarks a daily in Togo carried,", "denied", "that a net was ever cast", "deny")
    assert disputes(charge, sent) == []
    assert disputes(charge, own) == [("s1", "s2")]


def test_press_reports_that_are_denied_are_those_right_before() -> None:
    told = ("A weekly", "reported", "that weavers had been locked in a hall", "assert")
    denial = ("Mr Tan", "flatly denied", "the press reports", "deny")
    assert disputes(told, denial) == [("s1", "s2")]
    assert disputes(told, ("A clerk", "said", "wages were paid on time", "assert"), denial) == [("s2", "s3")]


def test_a_possessive_names_who_is_charged() -> None:
    charge = ("The Lind campaign", "alleged", "that Eze's fund was an illegal scheme", "accuse")
    joined = ("A filing", "said", "it had raised much", "assert")
    assert disputes(charge, joined, ("The Eze campaign", "denies", "any wrongdoing", "deny")) == [("s1", "s3")]


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


@pytest.mark.parametrize(
    "denial",
    [
        ("Niamey", "denies", "having done so during the truce", "deny"),
        ("Niamey", "denies", "that it ever armed a convoy", "deny"),
        ("Niger's foreign minister", "denied", "there were such camps", "deny"),
    ],
)
def test_the_party_that_an_accusation_names_answers_it_right_behind_in_other_words(
    denial: tuple[str, str, str, str],
) -> None:
    assert disputes(CHARGE, denial) == [("s1", "s2")]


def test_a_deed_that_is_denied_is_that_of_who_denies_it() -> None:
    denial = ("Niamey", "denied", "having done so", "deny")
    rain = ("The army", "said", "rain had closed a road", "assert")
    assert disputes(CHARGE, rain, denial) == [("s1", "s3")]
    assert disputes(rain, denial) == []
    assert disputes(("The army", "said", "Niger had closed a road", "assert"), denial) == [("s1", "s2")]


@pytest.mark.parametrize(
    "denial",
    [
        ("An official in Niamey", "denied", "that any such shipment had taken place", "deny"),
        ("Niamey", "denied", "that rifles had been shipped", "deny"),
        ("Niamey", "denies", "that there was one", "deny"),
    ],
)
def test_a_short_denial_takes_up_the_claim_shortly_before(denial: tuple[str, str, str, str]) -> None:
    told = ("Chad", "said", "that Niger had shipped rifles to herders in Diffa", "assert")
    assert disputes(told, denial) == [("s1", "s2")]


def test_a_short_denial_in_words_of_its_own_takes_up_nothing() -> None:
    told = ("Chad", "said", "that Niger had shipped rifles to herders in Diffa", "assert")
    assert disputes(told, ("Niamey", "denied", "that a bridge had been closed", "deny")) == []


def test_a_short_denial_takes_up_a_claim_about_something_else_than_who_denies() -> None:
    told = ("The chairman", "said", "the scheme of the premier had unravelled at the polls", "assert")
    aside = ("The president", "said", "people had stayed at home", "assert")
    assert disputes(told, aside, ("The premier", "denied", "that anything had unravelled", "deny")) == [("s1", "s3")]


def test_neither_another_party_nor_what_is_to_come_answers_an_accusation() -> None:
    other = ("Benin", "denies", "that it ever armed a convoy", "deny")
    ahead = ("Niamey", "denies", "that it will open a camp", "deny")
    assert disputes(CHARGE, other) == disputes(CHARGE, ahead) == []
    supplied = ("Chad", "accuses", "Niger of shipping rifles to Benin", "accuse")
    assert disputes(supplied, other) == []


def test_a_state_says_by_its_name_that_it_did_not() -> None:
    page = PageMaker("1.txt", "Notes", "Chad accused Niger of arming herders. Niger has sent no rifles, Niamey said.")
    page.statement("Chad", "accused", "Niger of arming herders", act="accuse")
    page.statement("Niamey", "said", "Niger has sent no rifles", polarity="negative")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_who_is_accused_in_the_passive_answers() -> None:
    page = PageMaker(
        "1.txt", "Notes", "Ana Rojas has been accused of taking bribes. Ms Rojas said she did nothing wrong."
    )
    page.statement("", "has been accused", "of taking bribes", act="accuse")
    page.statement("Ms Rojas", "said", "she did nothing wrong", polarity="negative")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_a_charge_in_other_words_of_the_same_meaning_is_denied_with_it() -> None:
    charge = ("Peru", "charged", "Chile had delivered rockets to rebels", "accuse")
    again = ("Peru's minister", "told", "papers that three shipments of such weapons were on the quay", "assert")
    aside = ("Peru's general", "said", "the quay would be mined", "assert")
    denial = ("Santiago", "denied", "that rockets had been handed over", "deny")
    assert disputes(charge, again, aside, denial) == [("s1", "s4"), ("s2", "s4")]


def halts(*stated: tuple[str, str, str, str], parties: str = "CHL PER") -> list[tuple[str, str]]:
    """The disputes of a page on an agreement of these parties: source, cue, content and act."""
    text = " ".join(f"{source} {cue} {content}." for source, cue, content, _ in stated)
    page = PageMaker("1.txt", "Notes", f"{text} A pact is in the making.")
    for source, cue, content, act in stated:
        polarity = "negative" if act == "not" else "positive"
        page.statement(source, cue, content, act="assert" if act == "not" else act, polarity=polarity)
    page.agreement("A pact is in the making.", "negotiating", parties)
    return page_disputes(page.analysis)


HALT = ("A negotiator", "said", "that work on the text had come to a halt", "assert")


@pytest.mark.parametrize(
    "denial",
    [
        ("Lima", "said", "that Peru has suspended nothing", "not"),
        ("Chile's envoy", "said", "that the talks had not been interrupted", "not"),
        ("Santiago", "denied", "there was any pause", "deny"),
        ("Santiago", "denied", "that negotiations had been broken off", "deny"),
    ],
)
def test_words_for_a_halt_of_one_agreement_are_of_one_meaning(denial: tuple[str, str, str, str]) -> None:
    assert halts(HALT, denial) == [("s1", "s2")]


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        (
            HALT,
            ("Santiago", "denied", "that flights of the airline had been suspended over a strike by pilots", "deny"),
        ),
        (HALT, ("Lima", "said", "that Brazil has suspended nothing", "not")),
        (HALT, ("Lima", "said", "that a freeze of wages was not on the table", "not")),
        (
            ("A negotiator", "said", "that a ferry had stopped", "assert"),
            ("Lima", "denied", "there was a pause", "deny"),
        ),
        (
            ("A negotiator", "said", "that word of a halt of the talks was untrue", "assert"),
            ("Lima", "denied", "there was a pause", "deny"),
        ),
        (
            ("A headline", "said", "that the talks were not suspended", "assert"),
            ("Lima", "denied", "there was a pause", "deny"),
        ),
    ],
)
def test_what_is_no_halt_of_the_agreement(claim: tuple[str, str, str, str], denial: tuple[str, str, str, str]) -> None:
    assert halts(claim, denial) == []


def test_a_page_on_no_agreement_tells_of_no_halt() -> None:
    assert disputes(HALT, ("Santiago", "denied", "there was any pause", "deny")) == []
