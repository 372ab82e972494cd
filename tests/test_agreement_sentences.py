"""Single sentences in the words of newspapers, wires, ministries and radio, labelled by hand before they were read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import onrecord
from onrecord.analysis import Agreement

SENTENCES = Path(__file__).parent / "data" / "agreement_sentences.jsonl"
#: The stages before ratification, and the share of the sentences of each that must be read right.
LEAST = {"proposed": 0.75, "negotiating": 0.8, "concluded": 0.8, "procedures": 0.8, "scheduled": 0.75, "signed": 0.85}


def live(text: str, published: str = "2031-05-14") -> list[Agreement]:
    """What is read of the agreements that a page is about."""
    found = onrecord.analyze(text.encode(), published=published).agreements
    return [agreement for agreement in found if agreement.polarity == "positive" and not agreement.background]


def stage(text: str) -> str | None:
    found = live(text)
    return found[0].stage if found else None


@pytest.fixture(scope="module")
def told() -> list[tuple[str | None, bool]]:
    """The stage of each labelled sentence, None for none, and whether it is read right, the parties with it."""
    made = []
    for line in SENTENCES.read_text("utf-8").splitlines():
        label = json.loads(line)
        found = live(label["text"], label["published"])
        if label["stage"] is None:
            made.append((None, not found))
        else:
            made.append(
                (label["stage"], [(a.parties, a.stage) for a in found[:1]] == [(label["parties"], label["stage"])])
            )
    return made


def test_each_stage_is_read_in_many_words(told: list[tuple[str | None, bool]]) -> None:
    asked = Counter(label for label, _ in told)
    right = Counter(label for label, good in told if good)
    assert sum(asked.values()) >= 250
    assert {label: right[label] / asked[label] for label in LEAST if right[label] / asked[label] < LEAST[label]} == {}


def test_sentences_of_no_agreement_report_none(told: list[tuple[str | None, bool]]) -> None:
    none = [good for label, good in told if label is None]
    assert len(none) >= 20
    assert sum(none) / len(none) >= 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The premier will fly home on Sunday to see ministers of Malta and Libya sign a gas treaty.", "scheduled"),
        ("Tuesday saw Malta and Libya sign a gas treaty.", "signed"),
        ("Malta's premier hopes to see Libya sign a gas treaty with his country.", "negotiating"),
        ("The minister was glad to have signed the gas treaty of Malta and Libya.", "signed"),
        ("The gas treaty of Malta and Libya should never have been signed, critics said.", "signed"),
        (
            "Malta and Libya met, with the aim to have a gas treaty signed by the summer of 2033.",
            "negotiating",
        ),
        ("No final agreement has been reached between Malta and Libya on gas, but talks go on.", "negotiating"),
        ("Malta and Libya sign gas treaty on 2 June, the ministry announced.", "scheduled"),
        ("Malta and Libya have yet to sign the gas treaty that is ready.", "concluded"),
        ("Before it is signed, the gas treaty of Malta and Libya must go through both cabinets.", "procedures"),
        ("Malta intends to sign the gas treaty with Libya on May 28.", "scheduled"),
        ("Malta proposed to Libya that the two conclude a gas treaty.", "proposed"),
        ("The gas treaty was proposed to Libya by Malta on Monday.", "proposed"),
        ("The signing of the gas treaty by Malta and Libya on Monday ended a long quarrel.", "signed"),
        ("Malta's president has approved the signing of a gas treaty with Libya.", "procedures"),
    ],
)
def test_what_stands_around_a_cue_decides(text: str, expected: str) -> None:
    assert stage(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Malta has signed no treaty with Libya, its foreign minister said on Monday.",
        "Malta denied that it was negotiating any treaty with Libya.",
        "Will Malta and Libya ever sign a treaty?",
    ],
)
def test_what_is_not_so_is_no_stage(text: str) -> None:
    assert live(text) == []


def test_a_signing_ahead_caps_what_lies_behind_it() -> None:
    page = (
        "Ghana and Togo to seal border treaty on Monday\n\nGhana and Togo will sign a treaty on their land "
        "border in Lome "
        "on Monday, May 19, the Ghanaian foreign ministry said.\n\nThe treaty takes effect on July 1 once both "
        "parliaments "
        "have approved it. The text was agreed in March.\n"
    )
    assert stage(page) == "scheduled"


def test_a_memorandum_signed_is_not_the_treaty_signed() -> None:
    page = (
        "Memorandum signed, treaty to follow\n\nKenya and Oman are negotiating a free trade treaty.\n\nA "
        "memorandum of three "
        "pages came first. Their ministers signed it in Muscat on Tuesday.\n\nThe treaty itself is still being "
        "drafted.\n"
    )
    assert [agreement.stage for agreement in live(page) if agreement.instrument != "memorandum"] == ["negotiating"]


def test_what_a_cabinet_clears_before_signature_is_no_ratification() -> None:
    page = (
        "Iceland and Norway sign fisheries pact\n\nIn Bergen on Tuesday, ministers from Iceland and Norway "
        "signed a fisheries "
        "pact.\n\nBefore it was signed, Norway's cabinet had cleared the text.\n"
    )
    assert stage(page) == "signed"


def test_a_signing_that_is_called_off_leaves_a_text() -> None:
    page = (
        "Signing of Chaco treaty called off\n\nThe signing of a border treaty between Bolivia and Paraguay, "
        "planned for "
        "Wednesday, was called off at the last minute, the Paraguayan foreign ministry said.\n\nNo new date was "
        "named.\n"
    )
    assert stage(page) == "concluded"


def test_another_agreement_hoped_for_does_not_count() -> None:
    page = (
        "Spain, Morocco ink migration deal\n\nSpain and Morocco inked a migration deal on Wednesday.\n\nSpain's "
        "premier said "
        "he hoped to sign a second agreement, on fisheries, by the end of the year. Talks on that one began in March.\n"
    )
    assert stage(page) == "signed"
