"""Reading is timed whole and by step, in a process of its own."""

from __future__ import annotations

from pathlib import Path

from onrecord.reading import pipeline
from speed import in_own_process

ARTICLE = "The ferry treaty will be signed in May, Norway's foreign minister said on Monday."


def test_every_step_is_timed_and_only_articles_are_kept(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Ferry treaty near</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Ferry treaty near</h1><p>{ARTICLE}</p></article></body></html>"
    )
    (tmp_path / "one.html").write_text(page)
    (tmp_path / "two.txt").write_text(
        "Harbour closed\n\nBERGEN - Storms closed the harbour on Tuesday, its master said.\n"
    )
    (tmp_path / "three.bin").write_bytes(b"\0\1\2")
    steps = pipeline.STEPS
    read = in_own_process([str(tmp_path)], None)
    assert list(read.steps) == [step.__name__ for step in steps]
    assert 0 < sum(read.steps.values()) <= read.seconds + 0.05
    assert len(read.articles) == 2
    (ours,) = (article for article in read.articles if "treaty" in article)
    assert ARTICLE in ours
    assert "Home" not in ours
    assert read.peak > 20
    assert pipeline.STEPS is steps
