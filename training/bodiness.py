"""Learns the weights of `onrecord.reading.bodiness` and writes them as `lexicon/bodiness.toml`.

    python training/bodiness.py --pages GOLD.jsonl [--clean FOLDER ...] [--wires WIRES.jsonl.gz] --out bodiness.toml
    python training/bodiness.py --pages GOLD.jsonl ... --cross predictions.jsonl

GOLD.jsonl has one row a page: `path` (HTML, perhaps gzipped, or a text dump, beside it), `id`, and `articleBody`, or
`with` and `without` (strings in and out of the body). Clean folders hold text files of a title line and paragraphs. With `--cross`
every page is read with weights learnt without it (five parts by page), and the analyses are written for scoring.
The labels are the words of the body: a line belongs to it where most of its word shingles do.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.reading import bodiness
from onrecord.reading.document import Document, Page
from onrecord.reading.layout import lay_out
from onrecord.reading.lines import Line, lines_of

WORD = re.compile(r"\w+")
FOLDS = 5


@dataclass
class Example:
    path: str
    group: str
    markup: bool
    lines: list[Line]
    labels: np.ndarray
    weights: np.ndarray
    base: np.ndarray
    names: list[str]


def shingles(words: list[str], size: int = 4) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def labels_from_body(texts: list[str], body: str) -> np.ndarray:
    """1 for lines most of whose shingles the body has, short lines only where the body has them as a line."""
    whole = {tuple(WORD.findall(line)) for line in body.splitlines()}
    inside = set(shingles(WORD.findall(body)))
    labels = np.zeros(len(texts))
    sure = np.zeros(len(texts), dtype=bool)
    folded = " ".join(body.split())
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
        # The long run of body lines; what repeats them far away is a teaser or a copy.
        low, high = places[0], places[-1]
        for at in range(len(labels)):
            if labels[at] == 0.5:
                labels[at] = float(low <= at <= high)
    labels[labels == 0.5] = 0.0
    seen: dict[str, list[int]] = defaultdict(list)
    for at in np.flatnonzero(labels):
        seen[texts[at]].append(int(at))
    middle = np.median(places) if len(places) else 0
    for copies in seen.values():
        if len(copies) > 1:
            best = min(copies, key=lambda at: abs(at - middle))
            for at in copies:
                labels[at] = float(at == best)
    return labels


def document_of(path: Path, data: bytes) -> Document:
    kind = "text/html" if ".html" in path.name else "text/plain"
    document = Document(Page(str(path), data, kind, hashlib.sha256(data).hexdigest()))
    lay_out(document)
    return document


def example(document: Document, group: str, labels: np.ndarray | None, known: np.ndarray | None, share: float) -> Example:
    lines = lines_of(document)
    markup = bool(document.blocks and document.blocks[0].tags)
    base, names = bodiness.base_features(lines, markup=markup)
    words = np.array([min(line.count, 120) for line in lines], dtype=float) + 3
    weights = words / words.sum()
    if labels is not None and labels.any():
        # Half of a page's weight on its body, half on the rest, so that long menus do not drown the article.
        inside, outside = weights[labels == 1].sum(), weights[labels == 0].sum()
        weights = np.where(labels == 1, weights / inside / 2, weights / max(outside, 1e-9) / 2 if outside else weights)
    if known is not None:
        weights = weights * known
    assert labels is not None
    return Example(document.page.path, group, markup, lines, labels, weights * share, base, names)


def load(gold: Path) -> list[Example]:
    examples = []
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        path = gold.parent / row["path"]
        data = gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) if not path.exists() else path.read_bytes()
        document = document_of(path, data)
        if not document.blocks:
            continue
        texts = [document.words(block.span) for block in document.blocks]
        known = None
        if row.get("articleBody") is not None and "with" not in row:
            labels = labels_from_body(texts, row["articleBody"])
        elif row.get("with"):
            folded = [" ".join(text.split()) for text in texts]
            yes = np.array([any(" ".join(s.split()) in text for s in row["with"]) for text in folded])
            no = np.array([any(" ".join(s.split()) in text for s in row["without"]) for text in folded])
            known = (yes != no).astype(float)
            labels = (yes & ~no).astype(float)
        else:
            continue
        examples.append(example(document, row["id"], labels, known, 1.0 if known is None else 0.5))
    return examples


def load_clean(folder: Path, most: int) -> list[Example]:
    examples = []
    for path in sorted(folder.glob("*.txt"))[:most]:
        document = document_of(path, path.read_bytes())
        labels = np.ones(len(document.blocks))
        labels[0] = 0
        if len(labels) > 2:
            examples.append(example(document, path.name, labels, None, 0.15))
    return examples


def load_wires(path: Path, every: int) -> list[Example]:
    examples = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for at, line in enumerate(file):
            if at % every:
                continue
            row = json.loads(line)
            document = document_of(Path(row["path"]), row["text"].encode())
            labels = np.ones(len(document.blocks))
            labels[:2] = 0
            if len(labels) > 3:
                examples.append(example(document, row["path"], labels, None, 0.15))
    return examples


def fit(matrix: np.ndarray, labels: np.ndarray, weights: np.ndarray, ridge: float) -> np.ndarray:
    """Weighted logistic regression with a ridge, by Newton steps; the last coefficient is the bias."""
    mean, scale = matrix.mean(0), matrix.std(0)
    scale[scale < 1e-9] = 1.0
    data = np.hstack([(matrix - mean) / scale, np.ones((len(matrix), 1))])
    penalty = np.full(data.shape[1], ridge)
    penalty[-1] = 1e-6
    beta = np.zeros(data.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(data @ beta, -30, 30)))
        gradient = data.T @ (weights * (p - labels)) + penalty * beta
        curve = (data * (weights * p * (1 - p) + 1e-9)[:, None]).T @ data + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        beta -= step
        if np.abs(step).max() < 1e-4:
            break
    coefficients = beta[:-1] / scale
    return np.append(coefficients, beta[-1] - coefficients @ mean)


def fold_of(group: str) -> int:
    return int(hashlib.md5(group.encode()).hexdigest(), 16) % FOLDS


def learn(examples: list[Example], ridge: tuple[float, float]) -> dict[str, dict[str, float]]:
    """The weights of both regressions; the second reads what first ones say that did not see the page."""
    def first_of(some: list[Example]) -> np.ndarray:
        return fit(np.vstack([e.base for e in some]), np.concatenate([e.labels for e in some]),
                   np.concatenate([e.weights for e in some]), ridge[0])

    names = examples[0].names
    first = first_of(examples)
    stacked, more_names = [], []
    for fold in range(FOLDS):
        beta = first_of([e for e in examples if fold_of("inner" + e.group) != fold])
        for e in examples:
            if fold_of("inner" + e.group) == fold:
                p = 1 / (1 + np.exp(-np.clip(e.base @ beta[:-1] + beta[-1], -30, 30)))
                more, more_names = bodiness.context_features(e.lines, p, markup=e.markup)
                stacked.append((np.hstack([e.base, more]), e.labels, e.weights))
    second = fit(np.vstack([s[0] for s in stacked]), np.concatenate([s[1] for s in stacked]),
                 np.concatenate([s[2] for s in stacked]), ridge[1])
    def named(keys: list[str], beta: np.ndarray) -> dict[str, float]:
        return {key: float(f"{value:.4g}") for key, value in zip([*keys, "bias"], beta, strict=True) if abs(value) > 1e-5}

    return {"first": named(names, first), "second": named(names + more_names, second)}


def write(models: dict[str, Any], out: Path) -> None:
    lines = ["# Weights of the two logistic regressions that tell an article's body from the furniture of its page.",
             "# Learnt for OnRecord by training/bodiness.py from pages of public article-extraction benchmarks; numbers only.", ""]
    for name, model in models.items():
        for stage, weights in model.items():
            lines.append(f"[{name}.{stage}]")
            lines += [f"{json.dumps(key)} = {value!r}" for key, value in weights.items()]
            lines.append("")
    out.write_text("\n".join(lines), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--clean", type=Path, nargs="*", default=[])
    parser.add_argument("--wires", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross", type=Path)
    parser.add_argument("--ridge", type=float, nargs=2, default=(0.3, 0.3))
    args = parser.parse_args()
    examples = load(args.pages)
    for folder in args.clean:
        examples += load_clean(folder, 150)
    if args.wires:
        examples += load_wires(args.wires, 15)
    parts = {"html": [e for e in examples if e.markup], "text": [e for e in examples if not e.markup]}
    if args.out:
        write({name: learn(part, args.ridge) for name, part in parts.items()}, args.out)
    if args.cross:
        cross(parts, args)


def cross(parts: dict[str, list[Example]], args: argparse.Namespace) -> None:
    with args.cross.open("w", encoding="utf-8") as out:
        for part in parts.values():
            for fold in range(FOLDS):
                model = learn([e for e in part if fold_of(e.group) != fold], args.ridge)
                for e in part:
                    if fold_of(e.group) != fold:
                        continue
                    first = bodiness._sigmoid(bodiness._weigh(e.base, e.names, model["first"]))
                    more, names = bodiness.context_features(e.lines, first, markup=e.markup)
                    p = bodiness._sigmoid(bodiness._weigh(np.hstack([e.base, more]), e.names + names, model["second"]))
                    row = {"path": e.path, "p": [round(float(x), 4) for x in p], "first": [round(float(x), 4) for x in first],
                           "labels": e.labels.tolist(), "spans": [line.block.span for line in e.lines]}
                    out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
