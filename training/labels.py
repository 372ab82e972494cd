"""Which lines of a page are its article: from a known body, or marked by hand, for `training/bodiness.py`."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

WORD = re.compile(r"\w+")
SIZE = 4
#: Lines this far outside the first labels, and longer ones anywhere, are tried in the second pass.
AROUND, LONG, PASSES = 15, 12, 2


def shingles(words: list[str], size: int = SIZE) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def from_body(texts: list[str], body: str) -> np.ndarray:
    """1 for the lines that make up a body, 0 for the others: a first guess by line, bettered line by line."""
    return _bettered(texts, _guessed(texts, body), body)


def by_hand(texts: list[str], marks: str) -> np.ndarray:
    """1 for the lines that `marks` names: the digests of their words, `.N` for the Nth of equal lines, from 0."""
    wanted, seen = set(marks.split()), Counter()
    total = Counter(map(digest, texts))
    labels = np.zeros(len(texts))
    for at, text in enumerate(texts):
        name = digest(text)
        labels[at] = (name if total[name] == 1 else f"{name}.{seen[name]}") in wanted
        seen[name] += 1
    return labels


def digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]


def read_marks(path: Path) -> dict[str, str]:
    """The marks of the pages labelled by hand, by name; a page without an article has none."""
    return {row["page"]: row["body"] for row in map(json.loads, path.read_text("utf-8").splitlines())}


def _guessed(texts: list[str], body: str) -> np.ndarray:
    """1 for lines most of whose shingles the body has; short lines only between such lines, and one of equal lines."""
    whole = {tuple(WORD.findall(line)) for line in body.splitlines()}
    inside = set(shingles(WORD.findall(body)))
    folded = " ".join(body.split())
    labels, sure = np.zeros(len(texts)), np.zeros(len(texts), dtype=bool)
    for at, text in enumerate(texts):
        words = WORD.findall(text)
        if len(text) >= 30 and " ".join(text.split()) in folded:
            labels[at], sure[at] = 1.0, True
        elif len(words) >= 5:
            got = shingles(words)
            labels[at] = sum(one in inside for one in got) * 2 >= len(got)
            sure[at] = bool(labels[at]) and len(words) >= 8
        elif words and tuple(words) in whole:
            labels[at] = 0.5
    places = np.flatnonzero(sure)
    if len(places):
        between = (np.arange(len(texts)) >= places[0]) & (np.arange(len(texts)) <= places[-1])
        labels = np.where(labels == 0.5, between.astype(float), labels)
    labels[labels == 0.5] = 0.0
    middle = np.median(places) if len(places) else 0.0
    equal: dict[str, list[int]] = defaultdict(list)
    for at in np.flatnonzero(labels):
        equal[texts[at]].append(int(at))
    for copies in equal.values():
        best = min(copies, key=lambda at: abs(at - middle))
        for at in copies:
            labels[at] = float(at == best)
    return labels


def _bettered(texts: list[str], labels: np.ndarray, body: str) -> np.ndarray:
    """Labels changed one by one as long as the lines' shingles come nearer to the body's."""
    words = [WORD.findall(text) for text in texts]
    known = WORD.findall(body)
    gold, vocabulary = Counter(shingles(known)), set(known)

    def nearness() -> float:
        got = Counter(shingles([word for at in np.flatnonzero(labels) for word in words[at]]))
        return 2 * (got & gold).total() / max(1, got.total() + gold.total())

    inside = np.flatnonzero(labels)
    low, high = (inside[0] - AROUND, inside[-1] + AROUND) if len(inside) else (0, len(texts))
    tried = [
        at
        for at, some in enumerate(words)
        if some
        and (low <= at <= high or len(some) >= LONG)
        and (labels[at] or sum(word in vocabulary for word in some) >= 0.7 * len(some))
    ]
    best = nearness()
    for _ in range(PASSES):
        changed = False
        for at in tried:
            labels[at] = 1 - labels[at]
            now = nearness()
            if now > best + 1e-9:
                best, changed = now, True
            else:
                labels[at] = 1 - labels[at]
        if not changed:
            break
    return labels
