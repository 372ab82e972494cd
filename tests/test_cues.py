"""Acts, polarity and certainty from cue and content."""

import pytest

from onrecord.reading.cues import Reading, inflected, interpret, verbs


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("said", "the talks will go on", "assert"),
        ("has repeatedly denied", "any role in the raid", "deny"),
        ("rejected", "the report as fiction", "deny"),
        ("rejected", "a proposal for joint patrols", "assert"),
        ("accused", "the rebels of breaking the truce", "accuse"),
        ("declined to comment on", "the leak", "decline"),
        ("refused to say", "where they would meet", "decline"),
        ("would not comment on", "the figures", "decline"),
        ("called on", "both sides to hold fire", "request"),
        ("asked", "the council to meet", "request"),
        ("asked", "whether the text was final", "ask"),
        ("pledged", "to send grain", "promise"),
        ("threatened", "to leave the pact", "threaten"),
        ("welcomed", "the accord", "praise"),
        ("condemned", "the strike", "criticise"),
        ("", "the accord is near", "assert"),
    ],
)
def test_the_cue_tells_the_act(cue, content, act):
    assert interpret(cue, content, quoted=False).act == act


def test_a_quoted_question_asks():
    assert interpret("said", '"Who would sign such a paper?"', quoted=True).act == "ask"


@pytest.mark.parametrize(
    ("cue", "content", "certainty"),
    [
        ("said", "the two sides have agreed", "certain"),
        ("said", "the envoy may be weighing an offer", "possible"),
        ("said", "a deal is likely before winter", "probable"),
        ("said", "troops had crossed the river and might go further", "certain"),
        ("believes", "the truce will hold", "probable"),
        ("fears", "the truce will break", "possible"),
        ("demanded", "that the port be opened", "unknown"),
    ],
)
def test_modals_and_cue_tell_the_certainty(cue, content, certainty):
    assert interpret(cue, content, quoted=False).certainty == certainty


@pytest.mark.parametrize(
    ("cue", "content", "polarity"),
    [
        ("said", "the border is open", "positive"),
        ("said", "the border is not open", "negative"),
        ("said", "no date had been set", "negative"),
        ("denied", "the border was open", "negative"),
        ("did not say", "when", "negative"),
        ("said", "the paper is not only late but short", "positive"),
    ],
)
def test_negation_tells_the_polarity(cue, content, polarity):
    assert interpret(cue, content, quoted=False).polarity == polarity


def test_verbs_are_inflected_by_the_rules_of_spelling():
    assert inflected("deny") == {"deny", "denies", "denied", "denying"}
    assert inflected("accuse") == {"accuse", "accuses", "accused", "accusing"}
    assert inflected("call for") == {"call for", "calls for", "called for", "calling for"}
    assert {"says", "told", "warned", "pledges"} <= verbs()


def test_a_reading_is_one_value():
    assert interpret("denied", "it", quoted=False) == Reading("deny", "negative", "certain")
