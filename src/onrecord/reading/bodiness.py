"""How likely each line of a page is to belong to the article's body.

Two boosted forests (Friedman 2001, "Greedy function approximation") over features of a line and its neighbours, the
second reading what the first said of the lines around and which words the likely body uses: stacked sequential
learning (Cohen and Carvalho 2005). The weights are data, made by `training/bodiness.py`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, Literal

import numpy as np
import onnxruntime

from onrecord.reading.features import Matrix, base_features, context_features
from onrecord.reading.lines import Line

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


@lru_cache(maxsize=4)
def forest(kind: Kind, stage: Stage) -> Any:
    """An onnxruntime session; its model's metadata `names` are the columns it reads, a line each."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(files("onrecord") / "weights" / "bodiness" / f"{kind}.{stage}.onnx") as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
