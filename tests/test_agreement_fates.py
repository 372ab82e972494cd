"""What befalls agreements and how they are ratified, in the many words that newspapers and ministries have for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.analysis import Agreement

PAGES = Path(__file__).parent / "data" / "agreement_fates.jsonl"


def current(text: str) -> list[Agreement]:
    found = onrecord.analyze(text.encode(), published="2031-05-14").agreements
    return [agreement for agreement in found if agreement.polarity == "positive" and not agreement.background]


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], Agreement | None]]:
    """Each labelled page with what is read of its agreement; of a page that reports none, whatever is read."""
    found = []
    for line in PAGES.read_text("utf-8").splitlines():
        page = json.loads(line)
        own = [a for a in current(page["text"]) if page["parties"] is None or a.parties == page["parties"]]
        found.append((page, own[0] if own else None))
    return found


def share(right: Iterator[bool]) -> float:
    each = list(right)
    return sum(each) / len(each)


def test_stages_and_conditions(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    some = [(page, agreement) for page, agreement in told if page["parties"]]
    assert len(some) >= 350
    assert share(agreement is not None for _, agreement in some) >= 0.9
    assert share(agreement is not None and agreement.stage == page["stage"] for page, agreement in some) >= 0.85
    assert share(agreement is not None and agreement.condition == page["condition"] for page, agreement in some) >= 0.85


def test_conditions_are_found_and_not_made_up(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    pairs = [(page["condition"], agreement.condition if agreement else None) for page, agreement in told]
    assert share(gold == got for gold, got in pairs if gold) >= 0.8
    assert share(gold == got for gold, got in pairs if got) >= 0.9


def test_pages_without_an_agreement_of_states(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    assert not [page["text"] for page, agreement in told if page["parties"] is None and agreement is not None]


@pytest.mark.parametrize(
    ("text", "stage", "condition"),
    [
        # what a parliament or the voters refuse has been signed
        ("Finland's parliament voted down the border treaty with Norway.", "ratifying", "rejected"),
        ("Norway's voters rejected the border treaty with Finland in a referendum.", "ratifying", "rejected"),
        ("The Finnish parliament rejected a draft border treaty that Norway had proposed.", "negotiating", "rejected"),
        ("Norway's government rejected the border treaty with Finland.", "negotiating", "rejected"),
        ("The opposition in Norway rejects the border treaty with Finland, signed on Monday.", "signed", None),
        # a bill lies before a parliament whatever is to become of it
        ("Norway's MPs will vote on Friday on the bill ratifying the border treaty with Finland.", "ratifying", None),
        ("Norway's king refused to sign the law ratifying the border treaty with Finland.", "ratifying", "stalled"),
        ("A motion to block ratification of the border treaty with Finland failed in the Norwegian parliament.",
         "ratifying", None),
        ("Norway will submit a bill ratifying the border treaty with Finland in autumn.", "signed", None),
        ("Norway halted ratification of the border treaty with Finland on Monday.", "ratifying", "suspended"),
        # both have, or one has
        ("Norway and Finland notified each other of the completion of their procedures for the border treaty.",
         "ratified", None),
        ("Finland became the last of the two signatories to ratify the border treaty with Norway.", "ratified", None),
        ("Norway has handed over its instrument of ratification of the border treaty with Finland.", "ratifying", None),
        # signings
        ("Norway and Finland called off the signing of their border treaty.", "concluded", "stalled"),
        ("The signing of the border treaty between Norway and Finland was moved from Monday to May 29.", "scheduled",
         "stalled"),
        ("A court barred Norway from signing its border treaty with Finland.", "concluded", "suspended"),
        # an end or a halt that is taken back
        ("Norway has recalled its notice of withdrawal from the border treaty with Finland.", "in_force", None),
        ("The termination of the border treaty between Norway and Finland has been suspended.", "in_force", None),
        ("Norway reversed on Monday its decision to leave the border treaty with Finland.", "in_force", None),
        ("Norway lifted its suspension of the border treaty with Finland.", "in_force", None),
        # ends and halts
        ("Norway served notice of its withdrawal from the 1996 border treaty with Finland.", "in_force", "terminated"),
        ("The border treaty between Norway and Finland has lapsed.", "in_force", "terminated"),
        ("Norway is considering whether to withdraw from the border treaty with Finland.", "in_force", None),
        ("Norway has denounced its border treaty with Finland.", "in_force", "terminated"),
        ("Norway placed a moratorium on the border treaty with Finland.", "in_force", "suspended"),
        # talks
        ("Norway broke off border talks with Finland.", "negotiating", "suspended"),
        ("Border talks between Norway and Finland came to nothing.", "negotiating", "stalled"),
        ("Norway urged Finland to help revive the border talks between the two countries.", "negotiating", "stalled"),
        ("Norway and Finland are back at the negotiating table to discuss a border treaty after a year of deadlock.",
         "negotiating", None),
        ("Far from having collapsed, the border talks between Norway and Finland are making progress.",
         "negotiating", None),
    ],
)  # fmt: skip
def test_one_sentence_tells_what_befell(text: str, stage: str, condition: str | None) -> None:
    (agreement,) = (a for a in current(text) if a.parties == ["FIN", "NOR"])
    assert (agreement.stage, agreement.condition) == (stage, condition)


@pytest.mark.parametrize(
    "count",
    [
        "Only 31 of the 50 ratifications that it needs are in.",
        "It is four ratifications short.",
        "It needs six more ratifications.",
    ],
)
def test_a_convention_short_of_its_threshold_is_being_ratified(count: str) -> None:
    text = f"The Seabed Mining Convention, a treaty of 80 states, was signed in Kingston last June. {count}"
    assert [agreement.stage for agreement in current(text)] == ["ratifying"]


def test_a_law_that_an_agreement_breaks_does_not_put_it_in_force() -> None:
    (agreement,) = current("Norway and Finland signed a border treaty on Monday. Critics say it breaches the law.")
    assert agreement.stage == "signed"


def test_stalled_talks_do_not_stall_the_declaration_that_names_them() -> None:
    found = current(
        "Norway and Finland adopted a joint declaration on Monday. The declaration called for stalled talks to go on."
    )
    assert [a.condition for a in found if a.instrument == "declaration"] in ([], [None])
