"""Learns the networks of `onrecord.reading.bodiness` and writes them as `weights/bodiness.npz`.

    python training/bodiness.py GOLD.jsonl --clean FOLDER --wires WIRES.jsonl.gz --out src/onrecord/weights/bodiness.npz
    python training/bodiness.py GOLD.jsonl --clean FOLDER --wires WIRES.jsonl.gz --cross likely.jsonl

GOLD.jsonl has one row a page: `path` (HTML, perhaps gzipped, or a text dump, beside it), `id`, `style` (`html` or a
dump's), and `articleBody`, or `with` and `without` (strings in and out of the body), or nothing. The clean folder
holds text files of a title line and paragraphs, WIRES rows with `path` and `text` (title, dateline, paragraphs).
A line belongs to the body where most of its word shingles do. The networks for HTML are learnt first; where a
page has no gold body, what they say of its HTML is taken for the labels of its dumps. Every HTML page also serves as a
dump of its visible text. With `--cross` pages are judged by networks learnt without them (five parts, by page), and
one row a page is written: `path`, `p` and `labels` of its lines, and their `spans`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.lexicon import table
from onrecord.reading import bodiness
from onrecord.reading.bodiness import Network
from onrecord.reading.document import Document, Page
from onrecord.reading.features import base_features, context_features
from onrecord.reading.layout import lay_out
from onrecord.reading.lines import Line, lines_of

WORD = re.compile(r"\w+")
FOLDS, INNER = 5, 3
HIDDEN_FIRST, HIDDEN, LEARNERS = 16, 40, 3
EPOCHS_FIRST, EPOCHS, BATCH, RATE, DECAY, DROPOUT = 8, 12, 256, 3e-3, 2e-2, 0.25
#: How much an example counts: a labelled page, one with some strings labelled, one the networks label, a clean one.
LABELLED, PARTLY, TAUGHT, CLEAN = 1.0, 0.5, 0.5, 0.5
CLEAN_PAGES, EVERY_WIRE = 150, 15


@dataclass
class Example:
    path: str
    group: str
    lines: list[Line]
    labels: np.ndarray
    weights: np.ndarray
    base: np.ndarray
    names: list[str]


def document_of(path: str, data: bytes, kind: str) -> Document:
    document = Document(Page(path, data, kind, hashlib.sha256(data).hexdigest()))
    lay_out(document)
    return document


def texts_of(document: Document) -> list[str]:
    return [document.words(block.span) for block in document.blocks]


def shingles(words: list[str], size: int = 4) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def labels_from_body(texts: list[str], body: str) -> np.ndarray:
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


def labels_from_strings(texts: list[str], row: dict) -> tuple[np.ndarray, np.ndarray]:
    """Labels of the lines that hold one of the strings, and which lines those are."""
    folded = [" ".join(text.split()) for text in texts]
    yes = np.array([any(" ".join(s.split()) in text for s in row["with"]) for text in folded])
    no = np.array([any(" ".join(s.split()) in text for s in row["without"]) for text in folded])
    return (yes & ~no).astype(float), yes != no


def example(document: Document, group: str, labels: np.ndarray, known: np.ndarray | float, share: float) -> Example:
    """Lines count by their words; what is outside the body counts at most as much as what is inside."""
    lines = lines_of(document)
    markup = bool(document.blocks and document.blocks[0].tags)
    base, names = base_features(lines, markup=markup)
    words = np.array([min(line.count, 120) for line in lines], dtype=float) + 3
    inside, outside = words[labels == 1].sum(), words[labels == 0].sum()
    weights = words / inside / 2 if inside else words / words.sum()
    if inside and outside > inside:
        weights = np.where(labels == 0, weights * inside / outside, weights)
    return Example(document.page.path, group, lines, labels, weights * known * share, base.astype(np.float32), names)


def load(gold: Path) -> Iterator[tuple[dict, Document]]:
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        path = gold.parent / row["path"]
        data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
        document = document_of(row["path"], data, "text/html" if row["style"] == "html" else "text/plain")
        if document.blocks:
            yield row, document


def load_clean(folder: Path | None, wires: Path | None) -> Iterator[Example]:
    """Whole articles without furniture: all but the title and the dateline is body."""
    pages = []
    if folder:
        pages += [(path.name, path.read_bytes(), 1) for path in sorted(folder.glob("*.txt"))[:CLEAN_PAGES]]
    if wires:
        with gzip.open(wires, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for at, line in enumerate(file) if at % EVERY_WIRE == 0]
        pages += [(row["path"], row["text"].encode(), 2) for row in rows]
    for name, data, heads in pages:
        document = document_of(name, data, "text/plain")
        if len(document.blocks) > heads + 1:
            labels = np.ones(len(document.blocks))
            labels[:heads] = 0
            yield example(document, name, labels, 1.0, CLEAN)
    articles = [[line for line in data.decode("utf-8", "replace").splitlines() if line.strip()] for _, data, _ in pages]
    for at, (name, _, heads) in enumerate(pages):
        lines = dressed(articles, at, heads, np.random.default_rng(at))
        document = document_of(name + ".dressed", "\n".join(text for text, _ in lines).encode(), "text/plain")
        labels = np.array([float(inside) for text, inside in lines if text.strip()])
        if labels.any() and len(labels) == len(document.blocks):
            yield example(document, name, labels, 1.0, CLEAN)


def dressed(articles: list[list[str]], at: int, heads: int, rng: np.random.Generator) -> list[tuple[str, bool]]:
    """An article as a light dump prints it: links between its paragraphs, and below a label the openings of others."""
    furniture = table("furniture")["line"]

    def label(kind: str) -> str:
        words = str(rng.choice(furniture[kind])).replace("*", str(rng.integers(1, 90)))
        return words.title() if rng.random() < 0.6 else words.upper() if rng.random() < 0.3 else words.capitalize()

    def others(count: int) -> list[list[str]]:
        return [articles[n] for n in rng.integers(0, len(articles), count) if n != at and len(articles[n]) > 2]

    article = articles[at]
    lines = [(text, False) for text in article[:heads]] + [
        (text, True) for text in article[heads : heads + int(rng.integers(3, 16))]
    ]
    if rng.random() < 0.3 and len(lines) > heads + 3:
        links = [(label("related"), False)] + [(other[0], False) for other in others(2)]
        middle = int(rng.integers(heads + 1, len(lines)))
        lines[middle:middle] = links
    if rng.random() < 0.3:
        lines += [("-", False), ("- " + label("related"), False)]
    lines.append((label("related"), False))
    style = rng.integers(0, 4)
    for other in others(int(rng.integers(2, 7))):
        opening = other[2 if heads == 2 and len(other) > 2 else 1]
        if style == 0:
            lines.append(("-", False))
        if style == 2:
            lines.append((other[0], False))
        lines.append(("- " + opening if style == 1 else opening, False))
    if rng.random() < 0.7:
        lines.append((label("comments"), False))
    return lines


def fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, shape: tuple[int, int, int]) -> list[np.ndarray]:
    """One learner; `shape` is its hidden units, epochs and seed.

    Adam on the weighted log loss, with dropout on the inputs, decaying weights and a falling rate.
    """
    hidden, epochs, seed = shape
    rng = np.random.default_rng(seed)
    size, width = rows.shape
    weights, labels = (weights / weights.mean()).astype(np.float32), labels.astype(np.float32)
    parts = [
        rng.normal(0, width**-0.5, (width, hidden)).astype(np.float32), np.zeros(hidden, np.float32),
        rng.normal(0, hidden**-0.5, hidden).astype(np.float32), np.zeros(width, np.float32), np.zeros(1, np.float32),
    ]  # fmt: skip
    first, second = [np.zeros_like(p) for p in parts], [np.zeros_like(p) for p in parts]
    total, step = epochs * (size // BATCH + 1), 0
    for _ in range(epochs):
        order = rng.permutation(size)
        for start in range(0, size, BATCH):
            at = order[start : start + BATCH]
            x = rows[at] * (rng.random((len(at), width), dtype=np.float32) > DROPOUT) / (1 - DROPOUT)
            h = np.maximum(x @ parts[0] + parts[1], 0)
            p = 1 / (1 + np.exp(-np.clip(h @ parts[2] + x @ parts[3] + parts[4], -30, 30)))
            g = weights[at] * (p - labels[at]) / len(at)
            back = np.outer(g, parts[2]) * (h > 0)
            slopes = [x.T @ back, back.sum(0), h.T @ g, x.T @ g, g.sum(keepdims=True)]
            step += 1
            rate = RATE * (1 - step / total) + 1e-5
            for n, slope in enumerate(slopes):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope**2
                move = first[n] / (1 - 0.9**step) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                parts[n] -= rate * (move + (0.0 if n == 4 else DECAY) * parts[n])
    return parts


def network(
    names: list[str], data: tuple[np.ndarray, np.ndarray, np.ndarray], hidden: int, epochs: int, learners: int
) -> Network:
    rows, labels, weights = data
    mean, scale = rows.mean(0), rows.std(0)
    scale[scale < 1e-6] = 1.0
    rows = np.clip((rows - mean) / scale, -bodiness.LIMIT, bodiness.LIMIT).astype(np.float32)
    many = [fit(rows, labels, weights, (hidden, epochs, seed)) for seed in range(learners)]
    return Network(
        names=names, mean=mean, scale=scale, hidden=np.hstack([one[0] for one in many]),
        hidden_bias=np.concatenate([one[1] for one in many]), out=np.concatenate([one[2] for one in many]) / learners,
        linear=np.mean([one[3] for one in many], axis=0), bias=float(np.mean([one[4] for one in many])),
    )  # fmt: skip


def thinned(examples: list[Example], matrices: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of all examples, with one in three of the short lines far from any body, which counts three times."""
    rng = np.random.default_rng(1)
    rows, labels, weights = [], [], []
    for one, matrix in zip(examples, matrices, strict=True):
        padded = np.pad(one.labels, 4)
        near = np.array([padded[at : at + 9].any() for at in range(len(one.labels))])
        near |= np.array([line.count >= 7 for line in one.lines])
        kept = near | (rng.random(len(near)) < 1 / 3)
        rows.append(matrix[kept])
        labels.append(one.labels[kept])
        weights.append((one.weights * np.where(near, 1.0, 3.0))[kept])
    return np.vstack(rows).astype(np.float32), np.concatenate(labels), np.concatenate(weights)


def part_of(group: str, parts: int) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % parts


def learn(examples: list[Example], *, markup: bool) -> tuple[Network, Network]:
    """Both networks; the second learns from what first ones say of pages that they did not see."""

    def first_of(some: list[Example]) -> Network:
        return network(some[0].names, thinned(some, [one.base for one in some]), HIDDEN_FIRST, EPOCHS_FIRST, 1)

    matrices: dict[int, np.ndarray] = {}
    more_names: list[str] = []
    for part in range(INNER):
        judge = first_of([one for one in examples if part_of("inner " + one.group, INNER) != part])
        for at, one in enumerate(examples):
            if part_of("inner " + one.group, INNER) == part:
                more, more_names = context_features(one.lines, judge(one.base), markup=markup)
                matrices[at] = np.hstack([one.base, more])
    rows = thinned(examples, [matrices[at] for at in range(len(examples))])
    return first_of(examples), network(examples[0].names + more_names, rows, HIDDEN, EPOCHS, LEARNERS)


def judge(networks: tuple[Network, Network], one: Example, *, markup: bool) -> np.ndarray:
    before = networks[0](one.base)
    more, _ = context_features(one.lines, before, markup=markup)
    return networks[1](np.hstack([one.base, more]))


def as_dump(document: Document) -> Document:
    return document_of(document.page.path + ".txt", document.text.encode(), "text/plain")


def crossed(examples: list[Example], learnable: list[Example], *, markup: bool) -> Iterator[tuple[Example, np.ndarray]]:
    for part in range(FOLDS):
        networks = learn([one for one in learnable if part_of(one.group, FOLDS) != part], markup=markup)
        for one in examples:
            if part_of(one.group, FOLDS) == part:
                yield one, judge(networks, one, markup=markup)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--wires", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross", type=Path)
    args = parser.parse_args()
    pages = list(load(args.gold))
    html = [(row, document) for row, document in pages if row["style"] == "html"]
    marked, silent = [], []
    for row, document in html:
        texts = texts_of(document)
        if row["set"] == "bench":
            marked.append(example(document, row["id"], labels_from_body(texts, row["articleBody"]), 1.0, LABELLED))
        elif row.get("with"):
            marked.append(example(document, row["id"], *labels_from_strings(texts, row), PARTLY))
        else:
            silent.append(example(document, row["id"], np.zeros(len(texts)), 1.0, PARTLY))
    html_networks = learn(marked, markup=True)
    likely = {one.path: p for one, p in crossed(marked, marked, markup=True)}
    taught = likely | {one.path: judge(html_networks, one, markup=True) for one in silent}

    plain, more, bodies = [], [], {}
    for row, document in html:
        texts = texts_of(document)
        labels = (
            labels_from_body(texts, row["articleBody"])
            if row["set"] == "bench"
            else np.round(taught[document.page.path])
        )
        bodies[row["id"]] = "\n".join(text for text, label in zip(texts, labels, strict=True) if label)
        dump = as_dump(document)
        if labels.any() and len(dump.blocks) == len(labels):
            more.append(example(dump, row["id"], labels, 1.0, TAUGHT))
    for row, document in pages:
        if row["style"] == "html":
            continue
        texts = texts_of(document)
        if row["set"] == "bench":
            plain.append(example(document, row["id"], labels_from_body(texts, row["articleBody"]), 1.0, LABELLED))
        elif row["id"] in bodies:
            labels = labels_from_body(texts, bodies[row["id"]])
            if row.get("with"):
                said, known = labels_from_strings(texts, row)
                labels = np.where(known, said, labels)
            if labels.any():
                more.append(example(document, row["id"], labels, 1.0, TAUGHT))
    plain += load_clean(args.clean, args.wires)

    if args.out:
        write(args.out, {"html": html_networks, "text": learn(plain + more, markup=False)})
    if args.cross:
        with args.cross.open("w", encoding="utf-8") as out:
            for one, p in [
                *((one, likely[one.path]) for one in marked),
                *crossed(plain + more, plain + more, markup=False),
            ]:
                row = {
                    "path": one.path,
                    "p": p.round(4).tolist(),
                    "labels": one.labels.tolist(),
                    "spans": [line.block.span for line in one.lines],
                }
                out.write(json.dumps(row) + "\n")


def write(out: Path, models: dict[str, tuple[Network, Network]]) -> None:
    arrays: dict[str, np.ndarray] = {}
    for name, both in models.items():
        for stage, one in zip(("first", "second"), both, strict=True):
            arrays[f"{name}.{stage}.names"] = np.array(one.names)
            for key in ("mean", "scale", "hidden", "hidden_bias", "out", "linear", "bias"):
                arrays[f"{name}.{stage}.{key}"] = np.asarray(
                    getattr(one, key), dtype=np.float32 if key in ("mean", "scale") else np.float16
                )
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
