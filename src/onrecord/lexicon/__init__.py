"""The knowledge OnRecord reads with, as plain TOML and CSV files beside this module.

Each file says in its head comment where its entries come from. Steps of reading load what they need once,
through the functions here.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of `NAME.toml`. Callers must not change what they get."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The lines of `NAME.csv` as dictionaries; lines that begin with `#` are comments."""
    lines = (files(__name__) / f"{name}.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))
