"""Learns the weights by which `onrecord.reading.headline` ranks the lines of a dump: `lexicon/headline.toml`.

    python training/headline.py GOLD.jsonl --clean FOLDER --out src/onrecord/lexicon/headline.toml

GOLD.jsonl as for training/bodiness.py, with `title` where one line of the dump is the headline; in the clean folder
every file's first line is. A conditional logit over the candidates of a page (McFadden 1974) with a ridge, by gradient
steps; below the threshold for having a headline at all there is hardly a right one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bodiness import document_of, load, part_of
from onrecord.reading.bodiness import bodiness
from onrecord.reading.headline import candidates, first_of_body, same_words
from onrecord.reading.lines import lines_of
from onrecord.reading.region import body_of

#: What is known better than these pages show, few of which have a caption above the headline, and how firmly.
KNOWN, FIRMNESS = {"caption": -2.0, "credit": -2.0}, 0.2
STEPS, RATE, RIDGE, PARTS = 600, 0.5, 0.06, 5
#: The share of right headlines that may fall below the threshold.
MISSED = 0.02


def page_of(document, wanted):
    lines = lines_of(document)
    likely = bodiness(lines, markup=False)
    chosen = body_of(likely.tolist(), [line.count for line in lines])
    found = list(candidates(lines, likely, first_of_body(lines, chosen)))
    right = [same_words(lines[at].text) == wanted for at, _ in found]
    return [features for _, features in found], right


def fit(pages, names):
    known = np.array([KNOWN.get(name, 0.0) for name in names])
    ridge = np.array([FIRMNESS if name in KNOWN else RIDGE for name in names])
    beta = known.copy()
    data = [
        (np.array([[row[name] for name in names] for row in rows]), np.array(right, dtype=float))
        for rows, right in pages
        if any(right)
    ]
    for _ in range(STEPS):
        slope = ridge * (beta - known)
        for matrix, right in data:
            p = np.exp(matrix @ beta - (matrix @ beta).max())
            p /= p.sum()
            q = p * right
            slope += matrix.T @ (p - q / q.sum()) / len(data)
        beta -= RATE * slope
    return beta


def best_threshold(scored):
    """Of (best score, whether it is right) the score that only one right headline in fifty falls short of."""
    return float(np.floor(4 * np.quantile([score for score, right in scored if right], MISSED)) / 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pages = []
    for row, document in load(args.gold):
        if row["style"] != "html":
            # A dump without a title in the gold prints none as a line: nothing is right.
            pages.append((row["id"], *page_of(document, same_words(row.get("title") or "\0"))))
    for path in sorted(args.clean.glob("*.txt"))[:60]:
        document = document_of(path.name, path.read_bytes(), "text/plain")
        pages.append((path.name, *page_of(document, same_words(document.words(document.blocks[0].span)))))
    pages = [page for page in pages if page[1]]
    names = list(pages[0][1][0])
    scored, hits = [], []
    for part in range(PARTS):
        beta = fit([page[1:] for page in pages if part_of(page[0], PARTS) != part], names)
        for group, rows, right in pages:
            if part_of(group, PARTS) == part:
                scores = [sum(b * row[name] for b, name in zip(beta, names, strict=True)) for row in rows]
                best = int(np.argmax(scores))
                scored.append((scores[best], right[best]))
                if any(right):
                    hits.append(right[best])
    print(
        f"{len(hits)} pages with a headline line: {np.mean(hits):.3f} right, each judged by weights learnt without it"
    )
    beta = fit([page[1:] for page in pages], names)
    lines = [
        "# What speaks for a line of a page without markup being its headline.",
        "# Learnt for OnRecord by training/headline.py from pages of public extraction benchmarks; numbers only.",
        "",
        f"threshold = {best_threshold(scored):.2f}",
        "",
        "[weights]",
    ]
    lines += [f'"{name}" = {value:.3f}' for name, value in zip(names, beta, strict=True)]
    args.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
