"""Quoted words speak from the day they were said, the writer's from the day of writing."""

from __future__ import annotations

import onrecord


def values(text: str, published: str | None) -> dict[str, str]:
    found = onrecord.analyze(f"Minister calls for an early signature\n\n{text}", published=published)
    return {found.text[time.span[0] : time.span[1]]: time.value for time in found.times}


def test_a_quotation_counts_from_its_saying() -> None:
    text = '"We will sign it next month," Minister Tova Brannik said in a speech on 4 November.'
    assert values(text, "2025-01-15") == {"next month": "2024-12", "4 November": "2024-11-04"}


def test_indirect_speech_counts_from_the_writing() -> None:
    text = "Minister Tova Brannik said on Monday that the two sides met yesterday."
    assert values(text, "2025-01-15") == {"Monday": "2025-01-13", "yesterday": "2025-01-14"}


def test_a_quotation_without_a_day_counts_from_the_writing() -> None:
    text = '"We will sign it next month," Minister Tova Brannik said.'
    assert values(text, "2025-01-15") == {"next month": "2025-02"}
