"""How likely each line of a page is to belong to the article's body.

Two small networks (one hidden layer beside a linear one) over features of a line and its neighbours, the second reading
what the first said of the lines around and which words the likely body uses: stacked sequential learning (Cohen and
Carvalho 2005). The weights are data, made by `training/bodiness.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from onrecord.reading.features import Matrix, base_features, context_features
from onrecord.reading.lines import Line

#: Standardised features are cut off here, so that an odd page cannot throw a network off.
LIMIT = 6.0
#: Lines judged at a time, so that memory stays bounded on pages that go on without end.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of one network over named columns: several learners side by side, their outputs averaged."""

    names: list[str]
    mean: Matrix
    scale: Matrix
    hidden: Matrix
    hidden_bias: Matrix
    out: Matrix
    linear: Matrix
    bias: float

    def __call__(self, matrix: Matrix) -> Matrix:
        """The probability of each row."""
        rows = np.clip((matrix - self.mean) / self.scale, -LIMIT, LIMIT)
        values = rows @ self.linear + np.maximum(rows @ self.hidden + self.hidden_bias, 0.0) @ self.out + self.bias
        return 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))


def bodiness(lines: list[Line], *, markup: bool) -> Matrix:
    """For each line the probability, 0 to 1, that it belongs to the body."""
    if not lines:
        return np.zeros(0)
    if len(lines) > _MOST:
        parts = [lines[at : at + _MOST] for at in range(0, len(lines), _MOST)]
        return np.concatenate([bodiness(part, markup=markup) for part in parts])
    first, second = networks("html" if markup else "text")
    base, _ = base_features(lines, markup=markup)
    before = first(base)
    more, _ = context_features(lines, before, markup=markup)
    return second(np.hstack([base, more]))


@lru_cache(maxsize=2)
def networks(name: str) -> tuple[Network, Network]:
    """The two networks for pages of a kind, `html` or `text`."""
    with (files("onrecord") / "weights" / "bodiness.npz").open("rb") as file, np.load(file) as data:
        both = []
        for stage in ("first", "second"):
            part = {
                key: data[f"{name}.{stage}.{key}"]
                for key in ("mean", "scale", "hidden", "hidden_bias", "out", "linear", "bias")
            }
            wide = {key: value.astype(np.float64) for key, value in part.items()}
            names = [str(one) for one in data[f"{name}.{stage}.names"]]
            both.append(Network(names=names, bias=float(wide.pop("bias")), **wide))
    return both[0], both[1]
