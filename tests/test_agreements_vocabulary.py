"""Short pages in the words of outlets, labelled by hand before they were first read, and how many must be right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.analysis import Agreement, Interval

PAGES = Path(__file__).parent / "data" / "agreements.jsonl"


def read(text: str, published: str = "2031-05-14") -> list[Agreement]:
    return onrecord.analyze(text.encode(), published=published).agreements


def current(found: list[Agreement]) -> list[Agreement]:
    return [agreement for agreement in found if agreement.polarity == "positive" and not agreement.background]


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], Agreement | None]]:
    """Each labelled page with what is read of its agreement."""
    found = []
    for line in PAGES.read_text("utf-8").splitlines():
        page = json.loads(line)
        live = current(read(page["text"], page["published"]))
        own = [agreement for agreement in live if agreement.parties == (page["parties"] or agreement.parties)]
        found.append((page, own[0] if own else None))
    return found


def share(right: Iterator[bool]) -> float:
    each = list(right)
    return sum(each) / len(each)


def test_stages_and_conditions_of_short_pages(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    some = [(page, agreement) for page, agreement in told if page["parties"]]
    assert len(some) >= 80
    assert share(agreement is not None for _, agreement in some) >= 0.95
    assert share(agreement is not None and agreement.stage == page["stage"] for page, agreement in some) >= 0.85
    assert share(agreement is not None and agreement.condition == page["condition"] for page, agreement in some) >= 0.9


def test_stages_of_hard_pages(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    hard = [(page, agreement) for page, agreement in told if page["parties"] and page["hard"]]
    assert len(hard) >= 30
    assert share(agreement is not None and agreement.stage == page["stage"] for page, agreement in hard) >= 0.75


def test_pages_without_agreement_report_none(told: list[tuple[dict[str, Any], Agreement | None]]) -> None:
    assert [page["text"] for page, agreement in told if not page["parties"] and agreement] == []


def test_the_month_of_may_is_no_modal() -> None:
    (agreement,) = current(read("Togo's president will travel to Accra on May 20 to sign a trade pact with Ghana."))
    assert (agreement.stage, agreement.expected) == ("scheduled", Interval("2031-05-20", "2031-05-20"))


def test_earlier_steps_are_background_with_their_days() -> None:
    found = read(
        "Ghana ratifies trade pact with Togo\n\nGhana's parliament on Tuesday ratified the trade pact with Togo.\n\n"
        "The pact was signed on January 17 in Accra. Its text was agreed in November.\n"
    )
    steps = {agreement.stage: agreement.when for agreement in found if agreement.background}
    assert steps == {
        "signed": Interval("2031-01-17", "2031-01-17"),
        "concluded": Interval("2030-11-01", "2030-11-30"),
    }
    assert [agreement.stage for agreement in current(found)] == ["ratifying"]


def test_a_law_that_ratifies_is_no_signature() -> None:
    (agreement,) = current(
        read("Both chambers passed the ratification law for the pact of Togo and Ghana, and the president signed it.")
    )
    assert agreement.stage == "ratifying"


def test_a_date_that_opens_a_sentence_dates_its_end() -> None:
    (agreement,) = current(
        read(
            "Last Saturday, 10 May 2031, the agreement of Togo and Ghana on fish stocks and mangrove forests along "
            "their common coast entered into force."
        )
    )
    assert agreement.when == Interval("2031-05-10", "2031-05-10")


def test_who_denies_a_signature_and_goes_on_talking_is_negotiating() -> None:
    found = read("Togo has not signed the trade pact with Ghana, a spokesman said on Monday. Talks are continuing.")
    assert [agreement.stage for agreement in current(found)] == ["negotiating"]
    assert [agreement.stage for agreement in found if agreement.polarity == "negative"] == ["signed"]
