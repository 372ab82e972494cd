"""Denials that only point at what they deny, as whole pages tell them."""

from __future__ import annotations

import pytest

from onrecord import analyze

CONTENT = "the dam at Soro had been breached"


@pytest.mark.parametrize(
    ("sentence", "source", "content"),
    [
        (f"Mali said {CONTENT}, a charge vehemently denied by Ghana.", "Ghana", CONTENT),
        (
            f"Mali said {CONTENT} -- an allegation rejected by the river authority as absurd.",
            "the river authority",
            CONTENT,
        ),
        (f"Mali said {CONTENT}, something Ghana has always denied.", "Ghana", CONTENT),
        (f"Mali said {CONTENT}, which its neighbours dispute.", "its neighbours", CONTENT),
        (f"Mali said {CONTENT}, but Ghana denied it.", "Ghana", "it"),
        (f"Mali said {CONTENT}, but the ministry in Accra denies the claim.", "the ministry in Accra", "the claim"),
        ("Mali said that Ghana, which denies it, had breached the dam at Soro.", "Ghana", "it"),
    ],
)
def test_what_a_denial_points_at(sentence: str, source: str, content: str) -> None:
    page = analyze(f"Neighbours quarrel over a dam\n\n{sentence} The rains began in June.", published="2024-07-02")
    (denial,) = [statement for statement in page.statements if statement.act == "deny"]
    assert " ".join(page.text[a:b] for a, b in denial.source) == source
    assert " ".join(page.text[a:b] for a, b in denial.content) == content
    told = [s for s in page.statements if s.act != "deny" and "dam at Soro" in page.text[slice(*s.content[0])]]
    assert [page.text[slice(*statement.source[0])] for statement in told] == ["Mali"]
    assert not any(
        "deni" in page.text[slice(*s.content[0])] for s in told if content != "it" or "which" not in sentence
    )


def test_a_headline_that_ends_in_a_denial() -> None:
    page = analyze("Mali says Ghana breached dam, Ghana denies\n\nThe rains began in June.", published="2024-07-02")
    assert [(s.act, page.text[slice(*s.source[0])]) for s in page.statements] == [("assert", "Mali"), ("deny", "Ghana")]


@pytest.mark.parametrize("cue", ["neither confirmed nor denied", "would not confirm or deny"])
def test_who_leaves_it_open_denies_nothing(cue: str) -> None:
    page = analyze(f"Palace silent\n\nThe palace {cue} the report of a wedding.", published="2024-07-02")
    assert [statement.act for statement in page.statements] == ["decline"]
