"""What speaks for or against a line's belonging to the body: one row of numbers a line.

Shallow text features after Kohlschütter, Fankhauser and Nejdl (2010), "Boilerplate Detection using Shallow Text
Features", with furniture phrases, places in the markup, what a general extractor keeps, and the lines around.
"""

from __future__ import annotations

from collections.abc import Hashable

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
_NO_MARKS = {
    name: False for mark in _MARK_KINDS for name in ([mark] if mark.startswith("line") else [mark, f"{mark},short"])
}
_TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "blockquote", "table", "td", "aside", "nav",
    "footer", "header", "form", "button", "article", "main", "section", "dl", "pre", "em", "strong", "small", "label",
)  # fmt: skip
_NO_TAGS = {f"<{tag}>": False for tag in _TAGS}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PERSONS = {"first": frozenset({"i", "we", "my", "our", "me", "us"}), "second": frozenset({"you", "your"})}


def _prose(line: Line) -> float:
    """0 to 1: how much a line reads like running text."""
    if line.count < 4:
        return 0.0
    running = line.plain / max(1, line.plain + line.capitals)
    function = min(1.0, 2.5 * line.function / max(1, len(line.tokens)))
    return min(1.0, line.count / 20) * (0.4 * running + 0.6 * function) * (1.0 if line.final else 0.5)


def _own(line: Line) -> dict[str, float]:
    count, tokens = line.count, line.tokens
    shown = max(1, len(tokens))
    got = {
        "words": np.log1p(count),
        "words<4": count < 4,
        "words<9": count < 9,
        "words<16": count < 16,
        "words>=25": count >= 25,
        "words>=45": count >= 45,
        "empty": not tokens,
        "final": line.final,
        "final,words>=9": line.final and count >= 9,
        "no final,words>=9": not line.final and count >= 9,
        "colon": line.text.rstrip().endswith(":"),
        "cut": line.text.rstrip().endswith(("...", "…")),
        "question": line.text.rstrip().endswith("?"),
        "exclamation": "!" in line.text,
        "stops": np.log1p(line.stops),
        "capitals": line.capitals / shown,
        "plain": line.plain / shown,
        "function": line.function / shown,
        "numbers": tokens.count("*") / shown,
        "all capitals": line.text.isupper(),
        "starts lower": line.text[:1].islower(),
        "starts digit": line.text[:1].isdigit(),
        "starts quote": line.text[:1] in "\"“‘«'",
        "quotes": line.quotes,
        "bullet": line.bullet,
        "bullet,words>=9": line.bullet and count >= 9,
        "address": line.address,
        "bar": "|" in line.text,
        "sign": "©" in line.text or "»" in line.text,
        "bracketed": line.text[:1] in "([",
        "said": "said" in tokens or "says" in tokens,
        "first person": not line.quotes and not _PERSONS["first"].isdisjoint(tokens),
        "second person": not line.quotes and not _PERSONS["second"].isdisjoint(tokens),
        "day": bool(line.days),
        "day,words<16": bool(line.days) and count < 16,
        "day only": bool(line.days) and count <= 6 + 3 * len(line.days),
        "clock": line.clock,
        "prose": _prose(line),
    }
    got |= _NO_MARKS
    if line.marks:
        short = count < 16
        for mark in line.marks:
            if mark in _NO_MARKS:
                got[mark] = True
                if short and not mark.startswith("line"):
                    got[f"{mark},short"] = True
    return got


def _markup(line: Line, names: dict[str, frozenset[str]], common: frozenset[str]) -> dict[str, float]:
    block = line.block
    tags = block.tags
    got: dict[str, float] = dict(_NO_TAGS)
    for tag in tags:
        name = f"<{tag}>"
        if name in got:
            got[name] = True
    kept = block.kept > 0.5
    got |= {
        "heading": not _HEADINGS.isdisjoint(tags),
        "div leaf": bool(tags) and tags[-1] in ("div", "span", "body", "td"),
        "linked": block.linked,
        "all linked": block.linked > 0.9,
        "kept": block.kept,
        "kept > 0.5": kept,
        "kept > 0.5,linked": float(kept) * block.linked,
        "kept > 0.5,no final": kept and not line.final,
        "kept > 0.5,words<9": kept and line.count < 9,
        "kept <= 0.5,prose": 0.0 if kept else _prose(line),
    }
    rest = block.attributes - common
    for kind, words in names.items():
        there = not rest.isdisjoint(words)
        got[f"@{kind}"] = there
        got[f"@{kind},kept"] = there and kept
    got["@missing"] = len(common - block.attributes) / max(1, len(common))
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
    inside: dict[int, float] = {}
    for line, amount in zip(lines, mass, strict=True):
        if amount:
            for element in line.block.place:
                inside[element] = inside.get(element, 0.0) + float(amount)
    total = max(float(mass.sum()), 1e-9)
    home = {element for element, amount in inside.items() if amount >= 0.3 * total}
    rows = []
    for line in lines:
        place = line.block.place
        shares = [inside.get(element, 0.0) / total for element in place[::-1][:4]]
        shares += [shares[-1] if shares else 0.0] * (4 - len(shares))
        foreign = len(place) - len(home.intersection(place))
        rows.append([*shares, min(foreign, 8) / 8, max([s for s in shares[1:] if s < 0.99], default=0.0)])
    return np.array(rows)


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
        inside: dict[Hashable, float] = {}
        for key, amount in zip(some, mass, strict=True):
            inside[key] = inside.get(key, 0.0) + amount
        columns.append([inside[key] / total for key in some])
    return np.array(columns).T


_PATTERN_NAMES = ["same tags", "same names", "same both"]


def _around(
    columns: dict[str, Matrix], steps: tuple[int, ...], windows: tuple[int, ...]
) -> tuple[list[Matrix], list[str]]:
    values, names = [], []
    for name, column in columns.items():
        size = len(column)
        for step in steps:
            moved = np.zeros(size)
            if step < 0:
                moved[-step:] = column[:step]
            elif step < size:
                moved[: size - step] = column[step:]
            values.append(moved)
            names.append(f"{name} {step:+d}")
        total = np.concatenate([[0.0], np.cumsum(column)])
        at = np.arange(size)
        for width in windows:
            low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, size)
            values.append((total[high] - total[low]) / (high - low))
            names.append(f"{name} ~{width}")
            values.append((total[at] - total[low]) / width)
            names.append(f"{name} <{width}")
            values.append((total[high] - total[np.minimum(at + 1, size)]) / width)
            names.append(f"{name} >{width}")
    return values, names


def _since(flags: list[bool], decay: float) -> Matrix:
    """1 on a flagged line, falling off with each line after it."""
    out, now = np.zeros(len(flags)), 0.0
    for at, flag in enumerate(flags):
        now = 1.0 if flag else now * decay
        out[at] = now
    return out


def base_features(lines: list[Line], *, markup: bool) -> tuple[Matrix, list[str]]:
    """What the first regression reads: one row a line, and the names of the columns."""
    rows = [_own(line) for line in lines]
    prose = np.array([row["prose"] for row in rows])
    words = np.array([line.count for line in lines], dtype=float)
    extra: list[Matrix] = []
    extra_names: list[str] = []
    if markup:
        kept = np.array([line.block.kept for line in lines])
        mass = words * kept if (words * kept).sum() > 40 else words * prose
        common = _core_attributes(lines, mass)
        names = {kind: frozenset(kinds) for kind, kinds in table("furniture")["attributes"].items()}
        for row, line in zip(rows, lines, strict=True):
            row.update(_markup(line, names, common))
        extra += [_places(lines, mass), _patterns(lines, mass)]
        extra_names += _PLACE_NAMES + _PATTERN_NAMES
    own_names = list(rows[0])
    own = np.array([list(row.values()) for row in rows], dtype=np.float64)
    column = dict(zip(own_names, own.T, strict=True))
    furniture = np.array([any(m.startswith("line:") for m in line.marks) for line in lines], dtype=float)
    near = {
        "prose": prose,
        "words": column["words"],
        "final": column["final"],
        "bullet": column["bullet"],
        "empty": column["empty"],
        "day,words<16": column["day,words<16"],
        "label": furniture,
        "capitals": column["capitals"],
    }
    if markup:
        near |= {name: column[name] for name in ("kept", "linked", "heading")}
    values, names_ = _around(near, (-2, -1, 1, 2), (3, 8))
    size = len(lines)
    total = max(1.0, (words * prose).sum())
    before = np.cumsum(words * prose) / total
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        seen[tuple(line.tokens[:30])] = seen.get(tuple(line.tokens[:30]), 0) + 1
    page = {
        "place": np.arange(size) / size,
        "before": before,
        "first tenth": (before < 0.02).astype(float),
        "last tenth": (before > 0.98).astype(float),
        "repeated": np.array([float(seen[tuple(line.tokens[:30])] > 1) for line in lines]),
        "after related": _since(["line:related" in line.marks for line in lines], 0.8),
        "after comments": _since(["line:comments" in line.marks for line in lines], 0.97),
        "after promotion": _since(["line:promotion" in line.marks for line in lines], 0.7),
        "after boilerplate": _since(["line:boilerplate" in line.marks for line in lines], 0.9),
        "before boilerplate": _since(["line:boilerplate" in line.marks for line in lines][::-1], 0.9)[::-1],
        "page prose": np.full(size, prose.mean()),
        "page lines": np.full(size, np.log1p(size)),
        "page bullets": np.full(size, column["bullet"].mean()),
        "page prose,prose": prose * prose.mean(),
        "page prose,words<9": column["words<9"] * prose.mean(),
    }
    if markup:
        page["page kept"] = np.full(size, (words * kept).sum() / max(1.0, words.sum()))
        page["page nothing kept"] = np.full(size, float((words * kept).sum() <= 40))
    matrix = np.column_stack([own, *extra, *values, *page.values()])
    return matrix, own_names + extra_names + names_ + list(page)


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
        "since body": _since(list(gap > 6), 0.7),
        "until body": _since(list(gap > 6)[::-1], 0.7)[::-1],
        "since body, long": _since(list(gap > 6), 0.93),
        "until body, long": _since(list(gap > 6)[::-1], 0.93)[::-1],
    }
    columns["between"] = np.minimum(columns["since body"], columns["until body"])
    columns |= _cohesion(lines, first)
    if markup:
        places = _places(lines, mass)
        columns |= {f"p {name}": column for name, column in zip(_PLACE_NAMES, places.T, strict=True)}
        columns |= {f"p {name}": column for name, column in zip(_PATTERN_NAMES, _patterns(lines, mass).T, strict=True)}
    return np.column_stack([*values, *mass_values, *columns.values()]), names + mass_names + list(columns)


def _cohesion(lines: list[Line], first: Matrix) -> dict[str, Matrix]:
    """How many of a line's longer words, and of its names, the rest of the likely body has."""
    known = function_words()
    holders: dict[str, float] = {}
    contents: list[set[str]] = []
    for line, p in zip(lines, first, strict=True):
        content = {token for token in line.tokens if len(token) > 3 and token not in known}
        contents.append(content)
        if p > 0.3:
            for token in content:
                holders[token] = holders.get(token, 0.0) + p
    shared, rare = np.zeros(len(lines)), np.zeros(len(lines))
    for at, content in enumerate(contents):
        if not content:
            continue
        own = first[at] if first[at] > 0.3 else 0.0
        outside = sum(holders.get(token, 0.0) - own > 0.5 for token in content)
        shared[at] = outside / len(content)
        rare[at] = outside == 0
    long = np.array([float(line.count >= 9) for line in lines])
    return {"shared": shared, "shared,long": shared * long, "nothing shared": rare, "nothing shared,long": rare * long}
