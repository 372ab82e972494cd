"""How likely each line of a page is to belong to the article's body.

Two boosted forests (Friedman 2001, "Greedy function approximation") over features of a line and its neighbours, the
second reading what the first said of the lines around and which words the likely body uses: stacked sequential
learning (Cohen and Carvalho 2005). The weights are data, made by `training/bodiness.py`.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from onrecord.reading.features import Matrix, base_features, context_features
from onrecord.reading.lines import Line
from onrecord.reading.sessions import session

#: The two kinds of page, and the two forests for each.
Kind = Literal["html", "text"]
Stage = Literal["first", "second"]


def bodiness(lines: list[Line], *, markup: bool) -> Matrix:
    """For each line the probability, 0 to 1, that it belongs to the body."""
    if not lines:
        return np.zeros(0)
    kind: Kind = "html" if markup else "text"
    base, _ = base_features(lines, markup=markup)
    before = asked(forest(kind, "first"), base)
    more, _ = context_features(lines, before, markup=markup)
    return asked(forest(kind, "second"), np.hstack([base, more]))


def asked(forest: Any, rows: Matrix) -> Matrix:
    """What a forest, an onnxruntime session, makes of rows of features: the probability of each."""
    (odds,) = forest.run(None, {"rows": rows.astype(np.float32)})
    result: Matrix = 1.0 / (1.0 + np.exp(-odds[:, 0].astype(np.float64)))
    return result


def forest(kind: Kind, stage: Stage) -> Any:
    """An onnxruntime session; its model's metadata `names` are the columns it reads, a line each."""
    return session(f"bodiness/{kind}.{stage}.onnx")
