"""Learns the forests of `onrecord.reading.bodiness` and writes them as `weights/bodiness/*.onnx`.

    python training/bodiness.py GOLD.jsonl --clean FOLDER --wires WIRES.jsonl.gz --out src/onrecord/weights/bodiness
    python training/bodiness.py GOLD.jsonl --clean FOLDER --wires WIRES.jsonl.gz --cross likely.jsonl

GOLD.jsonl has one row a page: `path` (HTML, perhaps gzipped, or a text dump, beside it), `id`, `style` (`html` or a
dump's), and where known `articleBody`. The lines of the other HTML pages are marked by hand in
`training/body_lines.jsonl`, which names them by digests of their words and holds none of them. The clean folder holds
text files of a title line and paragraphs, WIRES rows with `path` and `text` (title, dateline, paragraphs). HTML pages
of which no filtered dumps were kept also serve as such. With `--cross` pages are judged by forests learnt without them
(five parts, by page), and one row a page is written: `path`, `p` and `labels` of its lines, and their `spans`.

Needs lightgbm and onnx besides what OnRecord needs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import lightgbm
import numpy as np
import onnx
import onnxruntime

from labels import by_hand, from_body, read_marks
from onrecord.lexicon import table
from onrecord.page import Page
from onrecord.reading.bodiness import asked
from onrecord.reading.document import Document
from onrecord.reading.features import base_features, context_features
from onrecord.reading.layout import lay_out
from onrecord.reading.lines import Line, lines_of
from renderings import renderings

FOLDS, INNER = 5, 3
#: Rounds of boosting, leaves of a tree and learners that are averaged, for the first and the second forest.
FIRST, SECOND = (80, 15, 1), (250, 15, 2)
LEARNING = {
    "objective": "binary", "learning_rate": 0.06, "min_data_in_leaf": 30, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 2,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
#: How much an example counts: a page as it was kept, a dump made from a page, a clean article, one as a page.
KEPT, MADE, CLEAN, BARE = 1.0, 0.6, 0.5, 0.25
CLEAN_PAGES, EVERY_WIRE = 150, 15
MARKS = Path(__file__).with_name("body_lines.jsonl")


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


def dump_of(path: str, lines: list[str]) -> Document:
    return document_of(path, "\n".join(lines).encode(), "text/plain")


def texts_of(document: Document) -> list[str]:
    return [document.words(block.span) for block in document.blocks]


def example(document: Document, group: str, labels: np.ndarray, share: float) -> Example:
    """Lines count by their words; what is outside the body counts at most as much as what is inside."""
    lines = lines_of(document)
    base, names = base_features(lines, markup=bool(document.blocks and document.blocks[0].tags))
    words = np.array([min(line.count, 120) for line in lines], dtype=float) + 3
    inside, outside = words[labels == 1].sum(), words[labels == 0].sum()
    weights = words / inside / 2 if inside else words / words.sum()
    if inside and outside > inside:
        weights = np.where(labels == 0, weights * inside / outside, weights)
    return Example(document.page.path, group, lines, labels, weights * share, base.astype(np.float32), names)


def load(gold: Path) -> Iterator[tuple[dict, Document]]:
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        path = gold.parent / row["path"]
        data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
        document = document_of(row["path"], data, "text/html" if row["style"] == "html" else "text/plain")
        if document.blocks:
            yield row, document


def load_pages(gold: Path) -> tuple[list[Example], list[Example]]:
    """The HTML pages with their labels; and the dumps, those that were kept and those made from the pages."""
    marks = read_marks(MARKS)
    rows = list(load(gold))
    html: list[Example] = []
    bodies: dict[str, str] = {}
    dumps: list[Example] = []
    there = {(row["id"], row["style"]) for row, _ in rows}
    made: list[tuple[str, str, list[str]]] = []
    for row, document in rows:
        if row["style"] != "html":
            continue
        texts = texts_of(document)
        name = Path(row["path"]).name.removesuffix(".html")
        if row.get("articleBody"):
            labels, body = from_body(texts, row["articleBody"]), row["articleBody"]
        elif name in marks:
            labels = by_hand(texts, marks[name])
            body = "\n".join(text for text, label in zip(texts, labels, strict=True) if label)
        else:
            continue
        bodies[row["id"]] = body
        html.append(example(document, row["id"], labels, KEPT))
        made += [
            (f"{row['path']}.{style}", row["id"], lines)
            for style, lines in renderings(document)
            if (row["id"], style) not in there
        ]
    for row, document in rows:
        if row["style"] != "html" and row["id"] in bodies:
            dumps += _labelled(document, row["id"], bodies[row["id"]], KEPT)
    for path, group, lines in made:
        dumps += _labelled(dump_of(path, lines), group, bodies[group], MADE)
    return html, dumps


def _labelled(dump: Document, group: str, body: str, share: float) -> list[Example]:
    labels = from_body(texts_of(dump), body)
    return [example(dump, group, labels, share)] if labels.any() else []


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
            yield example(document, name, labels, CLEAN)
    articles = [[line for line in data.decode("utf-8", "replace").splitlines() if line.strip()] for _, data, _ in pages]
    for at, (name, _, heads) in enumerate(pages):
        lines = dressed(articles, at, heads, np.random.default_rng(at))
        document = dump_of(name + ".dressed", [text for text, _ in lines])
        labels = np.array([float(inside) for text, inside in lines if text.strip()])
        if labels.any() and len(labels) == len(document.blocks):
            yield example(document, name, labels, CLEAN)


def load_bare(wires: Path) -> Iterator[Example]:
    """Agency reports as plain web pages: a menu, the headline, the paragraphs, links and notices."""
    with gzip.open(wires, "rt", encoding="utf-8") as file:
        articles = [json.loads(line)["text"].split("\n\n") for at, line in enumerate(file) if at % EVERY_WIRE == 1]
    for at, article in enumerate(articles):
        html, body = bare(articles, at, np.random.default_rng(at))
        document = document_of(f"wire {at}.html", html.encode(), "text/html")
        labels = np.array([float(text in body) for text in texts_of(document)])
        if labels.any() and len(article) > 3:
            yield example(document, f"wire {at}", labels, BARE)


def bare(articles: list[list[str]], at: int, rng: np.random.Generator) -> tuple[str, set[str]]:
    """A plain web page of an article, and the lines of its body."""
    lines = [" ".join(text.split()) for text in articles[at]]
    furniture = table("furniture")["line"]
    title, body = lines[0], lines[2 : 2 + int(rng.integers(2, 14))]

    def part(tag: str, texts: list[str]) -> str:
        inside = "".join(f"<p>{escape(text)}</p>" for text in texts)
        return f"<{tag}>{inside}</{tag}>" if rng.random() < 0.7 else f"<div>{inside}</div>"

    def phrases(kind: str, count: int) -> list[str]:
        return [str(rng.choice(furniture[kind])).replace("*", "9").capitalize() for _ in range(count)]

    others = [" ".join(articles[n][0].split()) for n in rng.integers(0, len(articles), 4) if n != at]
    notice = f"© {rng.integers(2001, 2026)} {rng.choice(phrases('navigation', 1))}. All rights reserved."
    html = part("nav", phrases("navigation", int(rng.integers(0, 9))))
    html += part("article", [*body]).replace("<p>", f"<h1>{escape(title)}</h1><p>", 1)
    if rng.random() < 0.6:
        html += part("aside", phrases("related", 1) + others)
    if rng.random() < 0.7:
        html += part("footer", phrases("promotion", 1) + [notice])
    return f"<html><head><title>{escape(title)}</title></head><body>{html}</body></html>", set(body) - {title}


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


def grown(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, shape: tuple[int, int, int]) -> list[dict]:
    """The trees of several forests, each with its values divided by their number; `shape` as that of FIRST."""
    rounds, leaves, learners = shape
    trees: list[dict] = []
    for seed in range(learners):
        data = lightgbm.Dataset(rows, labels, weight=weights / weights.mean())
        booster = lightgbm.train(LEARNING | {"num_leaves": leaves, "seed": seed}, data, rounds)
        trees += [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    for tree in trees:
        for node in nodes_of(tree):
            if "leaf_value" in node:
                node["leaf_value"] /= learners
    return trees


def nodes_of(tree: dict) -> Iterator[dict]:
    """The nodes of a tree, each before those below it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [node[side] for side in ("right_child", "left_child") if side in node]


def forest(trees: list[dict], width: int) -> onnx.ModelProto:
    """An ONNX model from rows of features to the log odds of each."""
    columns: dict[str, list] = {
        name: [] for name in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
    }
    leaves: dict[str, list] = {"treeids": [], "nodeids": [], "ids": [], "weights": []}
    for number, tree in enumerate(trees):
        nodes = list(nodes_of(tree))
        place = {id(node): at for at, node in enumerate(nodes)}
        for at, node in enumerate(nodes):
            split = "split_feature" in node
            values = (
                number, at, node["split_feature"] if split else 0, node["threshold"] if split else 0.0,
                "BRANCH_LEQ" if split else "LEAF", place[id(node["left_child"])] if split else 0,
                place[id(node["right_child"])] if split else 0,
            )  # fmt: skip
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
            if not split:
                for column, value in zip(leaves.values(), (number, at, 0, node["leaf_value"]), strict=True):
                    column.append(value)
    node = onnx.helper.make_node(
        "TreeEnsembleRegressor", ["rows"], ["odds"], domain="ai.onnx.ml", n_targets=1,
        **{f"nodes_{name}": column for name, column in columns.items()},
        **{f"target_{name}": column for name, column in leaves.items()},
    )  # fmt: skip
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [node], "bodiness", [onnx.helper.make_tensor_value_info("rows", kind, [None, width])],
        [onnx.helper.make_tensor_value_info("odds", kind, [None, 1])],
    )  # fmt: skip
    versions = [onnx.helper.make_opsetid("ai.onnx.ml", 3), onnx.helper.make_opsetid("", 17)]
    return onnx.helper.make_model(graph, opset_imports=versions, ir_version=8)


class Forest:
    """A forest that can be asked."""

    def __init__(
        self, names: list[str], data: tuple[np.ndarray, np.ndarray, np.ndarray], shape: tuple[int, int, int]
    ) -> None:
        self.model = forest(grown(*data, shape), len(names))
        onnx.helper.set_model_props(self.model, {"names": "\n".join(names)})
        self.session = onnxruntime.InferenceSession(self.model.SerializeToString())

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        return asked(self.session, rows)


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


def learn(examples: list[Example], *, markup: bool) -> tuple[Forest, Forest]:
    """Both forests; the second learns from what first ones say of pages that they did not see."""

    def first_of(some: list[Example]) -> Forest:
        return Forest(some[0].names, thinned(some, [one.base for one in some]), FIRST)

    matrices: dict[int, np.ndarray] = {}
    more_names: list[str] = []
    for part in range(INNER):
        judge = first_of([one for one in examples if part_of("inner " + one.group, INNER) != part])
        for at, one in enumerate(examples):
            if part_of("inner " + one.group, INNER) == part:
                more, more_names = context_features(one.lines, judge(one.base), markup=markup)
                matrices[at] = np.hstack([one.base, more])
    rows = thinned(examples, [matrices[at] for at in range(len(examples))])
    return first_of(examples), Forest(examples[0].names + more_names, rows, SECOND)


def judge(forests: tuple[Forest, Forest], one: Example, *, markup: bool) -> np.ndarray:
    more, _ = context_features(one.lines, forests[0](one.base), markup=markup)
    return forests[1](np.hstack([one.base, more]))


def crossed(examples: list[Example], *, markup: bool) -> Iterator[tuple[Example, np.ndarray]]:
    for part in range(FOLDS):
        forests = learn([one for one in examples if part_of(one.group, FOLDS) != part], markup=markup)
        for one in examples:
            if part_of(one.group, FOLDS) == part:
                yield one, judge(forests, one, markup=markup)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--wires", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross", type=Path)
    args = parser.parse_args()
    html, dumps = load_pages(args.gold)
    dumps += load_clean(args.clean, args.wires)
    html += load_bare(args.wires) if args.wires else []
    if args.out:
        args.out.mkdir(exist_ok=True)
        for kind, examples in (("html", html), ("text", dumps)):
            for stage, one in zip(("first", "second"), learn(examples, markup=kind == "html"), strict=True):
                (args.out / f"{kind}.{stage}.onnx").write_bytes(one.model.SerializeToString(deterministic=True))
    if args.cross:
        with args.cross.open("w", encoding="utf-8") as out:
            for one, p in [*crossed(html, markup=True), *crossed(dumps, markup=False)]:
                row = {
                    "path": one.path,
                    "p": p.round(4).tolist(),
                    "labels": one.labels.tolist(),
                    "spans": [line.block.span for line in one.lines],
                }
                out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
