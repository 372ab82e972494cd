"""What speaks for or against a line's belonging to the body: one row of numbers a line.

Shallow text features after Kohlschütter, Fankhauser and Nejdl (2010), "Boilerplate Detection using Shallow Text
Features", with furniture phrases, places in the markup, what a general extractor keeps, and the lines around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon import table
from onrecord.reading.lines import Line, function_words

Matrix = NDArray[np.float64]

_MARK_KINDS = (
    tuple(
        f"line:{kind}"
        for kind in ("navigation", "promotion", "related", "comments", "section", "boilerplate", "credit")
    )
    + tuple(
        f"start:{kind}"
        for kind in (
            "navigation",
            "promotion",
            "related",
            "comments",
            "boilerplate",
            "credit",
            "caption",
            "byline",
            "timestamp",
        )
    )
    + tuple(
        f"inside:{kind}" for kind in ("promotion", "comments", "boilerplate", "credit", "caption", "boast", "clock")
    )
)
_TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "blockquote", "table", "td", "aside", "nav",
    "footer", "header", "form", "button", "article", "main", "section", "dl", "pre", "em", "strong", "small", "label",
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PERSONS = {"first": frozenset({"i", "we", "my", "our", "me", "us"}), "second": frozenset({"you", "your"})}


def _column(values: list[bool] | list[int] | list[float]) -> Matrix:
    return np.array(values, dtype=np.float64)


def _own(lines: list[Line]) -> dict[str, Matrix]:
    """What each line shows by itself, one column a feature."""
    texts = [line.text for line in lines]
    ends = [text.rstrip() for text in texts]
    count, shown = _column([line.count for line in lines]), _column([len(line.tokens) or 1 for line in lines])
    plain, capitals = _column([line.plain for line in lines]), _column([line.capitals for line in lines])
    function, final = _column([line.function for line in lines]), _column([line.final for line in lines])
    bullet, spoken = _column([line.bullet for line in lines]), _column([not line.quotes for line in lines])
    days = _column([len(line.days) for line in lines])
    long, short, day = count >= 9, count < 16, days > 0
    running, usual = plain / np.maximum(1, plain + capitals), np.minimum(1.0, 2.5 * function / shown)
    prose = np.minimum(1.0, count / 20) * (0.4 * running + 0.6 * usual) * np.where(final, 1.0, 0.5)
    prose[count < 4] = 0.0
    first, second = _PERSONS["first"], _PERSONS["second"]
    got = {
        "words": np.log1p(count),
        "words<4": count < 4,
        "words<9": count < 9,
        "words<16": short,
        "words>=25": count >= 25,
        "words>=45": count >= 45,
        "empty": _column([not line.tokens for line in lines]),
        "final": final,
        "final,words>=9": final * long,
        "no final,words>=9": (1 - final) * long,
        "colon": _column([text.endswith(":") for text in ends]),
        "cut": _column([text.endswith(("...", "…")) for text in ends]),
        "question": _column([text.endswith("?") for text in ends]),
        "exclamation": _column(["!" in text for text in texts]),
        "stops": np.log1p(_column([line.stops for line in lines])),
        "capitals": capitals / shown,
        "plain": plain / shown,
        "function": function / shown,
        "numbers": _column([line.tokens.count("*") for line in lines]) / shown,
        "all capitals": _column([text.isupper() for text in texts]),
        "starts lower": _column([text[:1].islower() for text in texts]),
        "starts digit": _column([text[:1].isdigit() for text in texts]),
        "starts quote": _column([text[:1] in "\"“‘«'" for text in texts]),
        "quotes": 1 - spoken,
        "bullet": bullet,
        "bullet,words>=9": bullet * long,
        "address": _column([line.address for line in lines]),
        "bar": _column(["|" in text for text in texts]),
        "sign": _column(["©" in text or "»" in text for text in texts]),
        "bracketed": _column([text[:1] in "([" for text in texts]),
        "said": _column(["said" in line.tokens or "says" in line.tokens for line in lines]),
        "first person": spoken * _column([not first.isdisjoint(line.tokens) for line in lines]),
        "second person": spoken * _column([not second.isdisjoint(line.tokens) for line in lines]),
        "day": day,
        "day,words<16": day & short,
        "day only": day & (count <= 6 + 3 * days),
        "clock": _column([line.clock for line in lines]),
        "prose": prose,
    }
    return {name: column.astype(np.float64, copy=False) for name, column in got.items()} | _marks(lines, short)


def _marks(lines: list[Line], short: NDArray[np.bool_]) -> dict[str, Matrix]:
    """Which furniture phrases there are, and which of them in short lines."""
    got: dict[str, Matrix] = {}
    for mark in _MARK_KINDS:
        got[mark] = np.zeros(len(lines))
        if not mark.startswith("line"):
            got[f"{mark},short"] = np.zeros(len(lines))
    for at, line in enumerate(lines):
        for mark in line.marks:
            if mark in got:
                got[mark][at] = 1.0
                if not mark.startswith("line"):
                    got[f"{mark},short"][at] = short[at]
    return got


def _markup(
    lines: list[Line], own: dict[str, Matrix], names: dict[str, frozenset[str]], common: frozenset[str]
) -> dict[str, Matrix]:
    """What the markup around each line says, one column a feature. Lines share what is around them: it is read once."""
    around = list(dict.fromkeys(line.block.tags for line in lines))
    number = {tags: at for at, tags in enumerate(around)}
    tags_of = [number[line.block.tags] for line in lines]
    looks = list(dict.fromkeys(line.block.attributes for line in lines))
    look = {attributes: at for at, attributes in enumerate(looks)}
    look_of = [look[line.block.attributes] for line in lines]
    there = np.array([[tag in tags for tag in _TAGS] for tags in around], dtype=np.float64)[tags_of]
    got = {f"<{tag}>": there[:, at] for at, tag in enumerate(_TAGS)}
    share, linked = _column([line.block.kept for line in lines]), _column([line.block.linked for line in lines])
    kept = (share > 0.5).astype(np.float64)
    leaves = ("div", "span", "body", "td")
    got |= {
        "heading": _column([not _HEADINGS.isdisjoint(tags) for tags in around])[tags_of],
        "div leaf": _column([bool(tags) and tags[-1] in leaves for tags in around])[tags_of],
        "linked": linked,
        "all linked": (linked > 0.9).astype(np.float64),
        "kept": share,
        "kept > 0.5": kept,
        "kept > 0.5,linked": kept * linked,
        "kept > 0.5,no final": kept * (1 - own["final"]),
        "kept > 0.5,words<9": kept * own["words<9"],
        "kept <= 0.5,prose": np.where(kept, 0.0, own["prose"]),
    }
    rest = [attributes - common for attributes in looks]
    for kind, words in names.items():
        got[f"@{kind}"] = _column([not some.isdisjoint(words) for some in rest])[look_of]
        got[f"@{kind},kept"] = got[f"@{kind}"] * kept
    missing = [len(common - attributes) / max(1, len(common)) for attributes in looks]
    got["@missing"] = _column(missing)[look_of]
    return got


def _core_attributes(lines: list[Line], mass: Matrix) -> frozenset[str]:
    """The attribute words that more than half of the likely body has around it: they tell nothing."""
    weight: dict[str, float] = {}
    for line, amount in zip(lines, mass, strict=True):
        if amount:
            for word in line.block.attributes:
                weight[word] = weight.get(word, 0.0) + amount
    half = mass.sum() / 2
    return frozenset(word for word, amount in weight.items() if amount > half)


def _places(lines: list[Line], mass: Matrix) -> Matrix:
    """Shares of the likely body within a line's parent, grandparent and great-grandparent, and common depth."""
    depth = np.array([len(line.block.place) for line in lines])
    elements = np.fromiter(chain.from_iterable(line.block.place for line in lines), dtype=np.int64, count=depth.sum())
    if not len(elements):
        return np.zeros((len(lines), 6))
    inside = np.bincount(elements, np.repeat(mass, depth))
    total = max(float(mass.sum()), 1e-9)
    home = inside >= 0.3 * total
    ends, owners = np.cumsum(depth), np.repeat(np.arange(len(lines)), depth)
    foreign = depth - np.bincount(owners, home[elements], len(lines))
    up = np.minimum(np.arange(4), np.maximum(depth - 1, 0)[:, None])
    shares = inside[elements[np.maximum(ends[:, None] - 1 - up, 0)]] / total * (depth > 0)[:, None]
    nearest = np.where(shares[:, 1:] < 0.99, shares[:, 1:], 0.0).max(axis=1)
    return np.column_stack([shares, np.minimum(foreign, 8) / 8, nearest])


_PLACE_NAMES = ["in parent", "in grandparent", "in third", "in fourth", "foreign depth", "in nearest"]


def _patterns(lines: list[Line], mass: Matrix) -> Matrix:
    """Shares of the likely body in lines with the same elements around them, the same names, and both."""
    keys: list[list[Hashable]] = [
        [line.block.tags for line in lines],
        [line.block.attributes for line in lines],
        [(line.block.tags[-3:], line.block.attributes) for line in lines],
    ]
    total = max(mass.sum(), 1e-9)
    columns = []
    for some in keys:
        number = {key: at for at, key in enumerate(dict.fromkeys(some))}
        group = [number[key] for key in some]
        columns.append(np.bincount(group, mass)[group] / total)
    return np.column_stack(columns)


_PATTERN_NAMES = ["same tags", "same names", "same both"]


def _around(columns: dict[str, Matrix], steps: tuple[int, ...], windows: tuple[int, ...]) -> tuple[Matrix, list[str]]:
    """Each column moved by `steps` lines, and its means over `windows` of lines around, before and after."""
    some = np.column_stack(list(columns.values()))
    size, wide = some.shape
    values, kinds = [], []
    for step in steps:
        moved = np.zeros((size, wide))
        if step < 0:
            moved[-step:] = some[:step]
        elif step < size:
            moved[: size - step] = some[step:]
        values.append(moved)
        kinds.append(f"{step:+d}")
    total = np.vstack([np.zeros(wide), np.cumsum(some, axis=0)])
    at = np.arange(size)
    for width in windows:
        low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, size)
        values.append((total[high] - total[low]) / (high - low)[:, None])
        values.append((total[at] - total[low]) / width)
        values.append((total[high] - total[np.minimum(at + 1, size)]) / width)
        kinds += [f"~{width}", f"<{width}", f">{width}"]
    return np.stack(values, axis=2).reshape(size, -1), [f"{name} {kind}" for name in columns for kind in kinds]


def _since(flags: NDArray[np.bool_], decay: float) -> Matrix:
    """1 on a flagged line, falling off with each line after it."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, at, -1))
    steps = np.full(len(flags), decay)
    steps[:1] = 1.0
    return np.where(last >= 0, np.multiply.accumulate(steps)[at - np.maximum(last, 0)], 0.0)


def base_features(lines: list[Line], *, markup: bool) -> tuple[Matrix, list[str]]:
    """What the first regression reads: one row a line, and the names of the columns."""
    column = _own(lines)
    prose, words = column["prose"], _column([line.count for line in lines])
    extra: list[Matrix] = []
    extra_names: list[str] = []
    if markup:
        kept = _column([line.block.kept for line in lines])
        mass = words * kept if (words * kept).sum() > 40 else words * prose
        names = {kind: frozenset(kinds) for kind, kinds in table("furniture")["attributes"].items()}
        column |= _markup(lines, column, names, _core_attributes(lines, mass))
        extra += [_places(lines, mass), _patterns(lines, mass)]
        extra_names += _PLACE_NAMES + _PATTERN_NAMES
    near = {name: column[name] for name in ("prose", "words", "final", "bullet", "empty", "day,words<16")}
    near["label"] = _column([any(mark.startswith("line:") for mark in line.marks) for line in lines])
    near["capitals"] = column["capitals"]
    if markup:
        near |= {name: column[name] for name in ("kept", "linked", "heading")}
    values, names_ = _around(near, (-2, -1, 1, 2), (3, 8))
    size = len(lines)
    total = max(1.0, (words * prose).sum())
    before = np.cumsum(words * prose) / total
    heads = [tuple(line.tokens[:30]) for line in lines]
    seen = Counter(heads)
    label = {
        kind: np.array([f"line:{kind}" in line.marks for line in lines])
        for kind in ("related", "comments", "promotion", "boilerplate")
    }
    page = {
        "place": np.arange(size) / size,
        "before": before,
        "first tenth": (before < 0.02).astype(float),
        "last tenth": (before > 0.98).astype(float),
        "repeated": _column([seen[head] > 1 for head in heads]),
        "after related": _since(label["related"], 0.8),
        "after comments": _since(label["comments"], 0.97),
        "after promotion": _since(label["promotion"], 0.7),
        "after boilerplate": _since(label["boilerplate"], 0.9),
        "before boilerplate": _since(label["boilerplate"][::-1], 0.9)[::-1],
        "page prose": np.full(size, prose.mean()),
        "page lines": np.full(size, np.log1p(size)),
        "page bullets": np.full(size, column["bullet"].mean()),
        "page prose,prose": prose * prose.mean(),
        "page prose,words<9": column["words<9"] * prose.mean(),
    }
    if markup:
        page["page kept"] = np.full(size, (words * kept).sum() / max(1.0, words.sum()))
        page["page nothing kept"] = np.full(size, float((words * kept).sum() <= 40))
    matrix = np.column_stack([*column.values(), *extra, values, *page.values()])
    return matrix, list(column) + extra_names + names_ + list(page)


def context_features(lines: list[Line], first: Matrix, *, markup: bool) -> tuple[Matrix, list[str]]:
    """What the second regression reads besides: the first one's opinion of the lines around, and shared words."""
    words = np.array([line.count for line in lines], dtype=float)
    mass = words * first
    total = max(1.0, mass.sum())
    values, names = _around({"p": first}, (-3, -2, -1, 1, 2, 3), (2, 5, 10))
    mass_values, mass_names = _around({"mass": np.minimum(mass, 80) / 20}, (-1, 1), (3, 10))
    before = np.cumsum(mass) / total
    gap = np.maximum(mass - 6, 0)
    columns = {
        "p": first,
        "logit": np.log((first + 1e-4) / (1 - first + 1e-4)),
        "p > 0.5": (first > 0.5).astype(float),
        "body before": before - mass / total,
        "body after": 1 - before,
        "none before": (before - mass / total < 0.01).astype(float),
        "none after": (1 - before < 0.01).astype(float),
        "little before": (before - mass / total < 0.1).astype(float),
        "little after": (1 - before < 0.1).astype(float),
        "share of body": mass / total,
        "mean p": np.full(len(lines), total / max(1.0, words.sum())),
        "since body": _since(gap > 6, 0.7),
        "until body": _since((gap > 6)[::-1], 0.7)[::-1],
        "since body, long": _since(gap > 6, 0.93),
        "until body, long": _since((gap > 6)[::-1], 0.93)[::-1],
    }
    columns["between"] = np.minimum(columns["since body"], columns["until body"])
    columns |= _cohesion(lines, first)
    if markup:
        places = _places(lines, mass)
        columns |= {f"p {name}": column for name, column in zip(_PLACE_NAMES, places.T, strict=True)}
        columns |= {f"p {name}": column for name, column in zip(_PATTERN_NAMES, _patterns(lines, mass).T, strict=True)}
    return np.column_stack([values, mass_values, *columns.values()]), names + mass_names + list(columns)


def _cohesion(lines: list[Line], first: Matrix) -> dict[str, Matrix]:
    """How many of a line's longer words, and of its names, the rest of the likely body has."""
    known = function_words()
    holders: dict[str, float] = {}
    contents = [{token for token in set(line.tokens).difference(known) if len(token) > 3} for line in lines]
    for content, p in zip(contents, first.tolist(), strict=True):
        if p > 0.3:
            for token in content:
                holders[token] = holders.get(token, 0.0) + p
    widely = {token for token, amount in holders.items() if amount > 0.5}
    shared, rare = np.zeros(len(lines)), np.zeros(len(lines))
    for at, (content, p) in enumerate(zip(contents, first.tolist(), strict=True)):
        if not content:
            continue
        outside = sum(holders[token] - p > 0.5 for token in content) if p > 0.3 else len(content & widely)
        shared[at] = outside / len(content)
        rare[at] = outside == 0
    long = _column([line.count >= 9 for line in lines])
    return {"shared": shared, "shared,long": shared * long, "nothing shared": rare, "nothing shared,long": rare * long}
