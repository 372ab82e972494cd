"""How well statements are read: act, polarity, certainty, speaker and chain on labelled passages.

    python bench/statements.py [FILE.jsonl ...] [--misses]

Without a file, those of `tests/data` are read; `tests/data/statements.md` tells how they were made. A passage is read
as an HTML page of a headline and its paragraphs. A statement of the labels is found where the contents overlap (Jaccard
of visible characters at least 0.5, one to one, those with a word of the cue in common first; a denial by reference,
such as "something X denies", by its cue). The other figures are shares of those found. Names are compared without case
and leading article.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from onrecord import analyze
from onrecord.analysis import Analysis, Statement

DATA = Path(__file__).parent.parent / "tests" / "data"
MEASURES = ("act", "polarity", "certainty", "form", "speaker", "chain", "within")
#: Least overlap of two contents; a content of fewer characters stands for something said before.
_OVERLAP, _SHORT = 0.5, 12
_ARTICLE = re.compile(r"^(?:the|a|an|one|some|several|two|three)\s+(?!of\b)", re.I)

Row = dict[str, Any]
Score = dict[tuple[str, str], list[int]]


def passages(path: Path) -> list[Row]:
    """The labelled passages of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def page(text: str) -> str:
    """A passage as the HTML of a page: its first line is the headline."""
    title, *rest = map(escape, text.strip().split("\n"))
    lines = "".join(f"<p>{line}</p>" for line in rest)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{lines}</article></body></html>"


def score(rows: Iterable[Row]) -> tuple[Score, list[str]]:
    """Counts of right and all for each group (all, easy, hard) and measure, and a line for each that is wrong."""
    counts: Score = defaultdict(lambda: [0, 0])
    wrong: list[str] = []
    for row in rows:
        read = analyze(page(row["text"]), published=row["published"])
        pairs = _paired(read, row["statements"])
        for number, label in enumerate(row["statements"]):
            got = pairs.get(number)
            results = {"found": got is not None, **(_compared(read, label, got) if got else {})}
            for measure, right in results.items():
                for group in ("all", "hard" if row.get("hard") else "easy"):
                    counts[group, measure][0] += right
                    counts[group, measure][1] += 1
            failed = [measure for measure, right in results.items() if not right]
            if failed:
                wrong.append(
                    f"{', '.join(failed)}: {label['source']} | {label['cue']} | {' ... '.join(label['content'])}"
                )
    return counts, wrong


def _paired(read: Analysis, labels: list[Row]) -> dict[int, Statement]:
    candidates: list[tuple[bool, float, int, int]] = []
    for number, label in enumerate(labels):
        gold = _visible(read.text, _located(read.text, label["content"]))
        cue = set((label["cue"] or "").lower().split())
        for at, statement in enumerate(read.statements):
            held = _visible(read.text, statement.content)
            overlap = len(gold & held) / len(gold | held)
            words = " ".join(read.text[a:b] for a, b in statement.cue).lower().split()
            referred = statement.act == label["act"] == "deny" and len("".join(label["content"])) < _SHORT
            if overlap >= _OVERLAP or (referred and cue & set(words)):
                candidates.append((bool(cue & set(words)), overlap, number, at))
    pairs: dict[int, Statement] = {}
    taken: set[int] = set()
    for _, _, number, at in sorted(candidates, key=lambda found: (-found[0], -found[1])):
        if number not in pairs and at not in taken:
            pairs[number] = read.statements[at]
            taken.add(at)
    return pairs


def _located(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    for part in parts:
        start = text.index(part)
        yield start, start + len(part)


def _visible(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def _compared(read: Analysis, label: Row, got: Statement) -> dict[str, bool]:
    names = {actor.id: actor.name for actor in read.actors}
    return {
        **{measure: getattr(got, measure) == label[measure] for measure in ("act", "polarity", "certainty", "form")},
        "speaker": _plain(names.get(got.speaker or "")) == _plain(label["speaker"]),
        "chain": [_plain(names[actor]) for actor in got.chain] == [_plain(name) for name in label["chain"]],
        "within": (got.within is None) == (label["within"] is None),
    }


def _plain(name: str | None) -> str:
    return _ARTICLE.sub("", name or "").lower()


def main(arguments: list[str]) -> None:
    """Print the figures of each file."""
    files = [Path(name) for name in arguments if not name.startswith("--")]
    for path in files or sorted(DATA.glob("statements*.jsonl")):
        counts, wrong = score(passages(path))
        print(path.name)
        for group in ("all", "easy", "hard"):
            print(
                f"  {group:5}",
                *(f"{name} {a}/{b} = {a / b:.3f} " for (of, name), (a, b) in counts.items() if of == group),
            )
        if "--misses" in arguments:
            print(*(f"  {line}" for line in wrong), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
