"""Learns the weights by which `onrecord.reading.publication` ranks printed dates: `lexicon/publication_weights.toml`.

    python training/publication.py GOLD.jsonl [MORE.jsonl ...] --out src/onrecord/lexicon/publication_weights.toml

Each GOLD.jsonl has one row a page: `path` (HTML, perhaps gzipped, or text, beside it), `published` or
`published_accept` (ISO days), and where several rows are one page an `id`. What the head of an HTML page says is not
looked at. A conditional logit over the dates of a page and its printing none of its own (McFadden 1974), drawn towards
what is known of date lines beforehand (BELIEVED) by a ridge. Prints how often it is right on pages it has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np

from bodiness import document_of, part_of
from onrecord.reading.printed import candidates
from onrecord.reading.segments import segment

BELIEVED = {
    "first label": 2.5, "later label": -1.5, "foreign label": -3.0, "timestamp": 1.0, "dateline": 1.0, "byline": 0.5,
    "rail": -1.5, "comments": -2.0, "caption": -1.5, "legal": -1.5, "body": -2.0, "opening": 1.5, "bare": 0.5,
    "word": 0.5, "name": 0.3, "phrase": -1.0, "long": -1.0, "inside": -1.0, "text behind": -1.5, "by": 0.3,
    "near byline": 0.7, "near comment": -1.5, "story below": -1.2, "under label": -2.0, "story above": -0.5,
    "linked": -0.5, "marked time": 1.0, "marked comment": -2.0, "marked rail": -1.0, "clock": 0.7, "not first": -0.5,
    "misfit": -3.0,
    "in the head": 2.0, "under title": 0.5, "right above": 0.7, "above": -0.5, "far above": -1.5, "right below": -0.3,
    "below": -1.0, "far below": -1.5, "one alike": -0.3, "two alike": -1.0, "many alike": -2.0, "two near": -0.5,
    "many near": -0.7, "old for the text": -2.0,
}  # fmt: skip
STEPS, RATE, MOMENTUM, RIDGE, PARTS = 400, 0.5, 0.8, 0.02, 5
THRESHOLD = 0.5
#: How much a page counts of a collection with more pages than this.
ENOUGH = 150


def load(gold: Path):
    """(group, weight, features of each date, whether each is right) for every page of a collection."""
    rows = [json.loads(line) for line in gold.open(encoding="utf-8")]
    rows = [row for row in rows if row.get("published")]
    texts = [row for row in rows if row.get("style", "text") == "text"]
    for row in rows:
        path = gold.parent / row["path"]
        path = path if path.exists() else path.with_name(path.name + ".gz")
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        document = document_of(path.name, data, "text/html" if ".html" in path.suffixes else "text/plain")
        document.head = {}
        segment(document)
        found = [one for one in candidates(document) if one.printed.year and not one.features["posted"]]
        accepted = row.get("published_accept") or [row["published"]]
        right = [
            any(day and day.isoformat() in accepted for day in (one.printed.day, one.printed.other)) for one in found
        ]
        weight = min(1.0, ENOUGH / len(texts)) if row in texts else 1.0
        group = row.get("id") or hashlib.sha256(data).hexdigest()
        yield group, weight, [one.features for one in found], right, [one.printed.day for one in found]


def fit(pages, names):
    known = np.array([BELIEVED.get(name, 0.0) for name in names])
    beta, speed = known.copy(), np.zeros(len(names))
    data = []
    for _, weight, rows, right, _ in pages:
        if rows:
            matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows] + [[0.0] * len(names)])
            data.append((matrix, np.array([*right, not any(right)], dtype=float), weight))
    total = sum(weight for *_, weight in data)
    for _ in range(STEPS):
        slope = RIDGE * (beta - known)
        for matrix, right, weight in data:
            p = np.exp(matrix @ beta - (matrix @ beta).max())
            p /= p.sum()
            q = p * right
            slope = slope + weight * matrix.T @ (p - q / q.sum()) / total
        speed = MOMENTUM * speed - RATE * slope
        beta = beta + speed
    return beta


def outcome(beta, names, rows, right, days):
    if not rows:
        return "none" if not any(right) else "missed"
    u = np.exp([sum(b * row.get(name, 0.0) for b, name in zip(beta, names, strict=True)) for row in rows])
    best = int(np.argmax(u))
    share = sum(w for w, day in zip(u, days, strict=True) if day == days[best]) / (1 + u.sum())
    if share < THRESHOLD:
        return "missed" if any(right) else "none"
    return "right" if right[best] else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pages = [page for gold in args.gold for page in load(gold)]
    names = list(dict.fromkeys(name for page in pages for features in page[2] for name in features))
    seen = Counter()
    for part in range(PARTS):
        beta = fit([page for page in pages if part_of(page[0], PARTS) != part], names)
        seen.update(outcome(beta, names, *page[2:]) for page in pages if part_of(page[0], PARTS) == part)
    print(f"{len(pages)} pages, each judged by weights learnt without it: {dict(seen)}")
    lines = [
        "# What speaks for a date on a page being the day the page was published.",
        "# Learnt for OnRecord by training/publication.py from pages of public benchmarks; numbers only.",
        "",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
    ]
    lines += [f'"{name}" = {value:.3f}' for name, value in zip(names, fit(pages, names), strict=True)]
    args.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
