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
        ("denies", "blocking the accord on whales", "deny"),
        ("would not say", "whether a date had been fixed", "decline"),
        ("told", "to repay the money", "request"),
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
        ("said", "the road should be opened", "unknown"),
        ("said", "they must have known of it", "probable"),
        ("said", "it would sign if the quota were raised", "unknown"),
        ("said", "it would sign even if the quota were raised", "certain"),
        ("said", "it remained unclear who had fired", "unknown"),
        ("said", "a withdrawal was unlikely", "probable"),
        ("is not sure", "that the ship has left", "unknown"),
        ("doubts", "that the ship has left", "probable"),
        ("did not rule out", "further cuts", "possible"),
        ("did not say", "when they would meet", "unknown"),
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
        ("said", "that nobody had been hurt", "negative"),
        ("said", "the junta never promised a vote", "negative"),
        ("said", "we shall not sign", "negative"),
        ("said", "that the claim that the lake was drained had no basis", "negative"),
        ("doubts", "that the ship has left", "negative"),
        ("has ruled out", "a snap election", "negative"),
        ("is not sure", "that the ship has left", "positive"),
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
