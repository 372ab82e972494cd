"""Which edition of the program reads: what of it, beside the page, an analysis depends on."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import requires, version
from pathlib import Path

from onrecord.page import Page

#: What reading works with, below the package.
_PARTS = ("analysis.py", "page.py", "reading", "lexicon", "weights")
_NAME = re.compile(r"[\w.-]+")
_SIZE = 8


@lru_cache(maxsize=1)
def edition() -> str:
    """A sum over the modules, data and weights that reading works with, and the versions of the libraries it needs."""
    found = blake2b(digest_size=_SIZE)
    root = Path(__file__).parent
    for part in _PARTS:
        base = root / part
        for file in sorted(base.rglob("*")) if base.is_dir() else [base]:
            place = file.relative_to(root)
            # What Python and the tools that check it keep beside the modules is not the program.
            if file.is_file() and not any(step.startswith((".", "__pycache__")) for step in place.parts):
                _put(found, place.as_posix().encode())
                _put(found, file.read_bytes())
    for requirement in sorted(requires("onrecord") or []):
        name = _NAME.match(requirement)
        if name and "extra" not in requirement:
            _put(found, f"{name[0]} {version(name[0])}".encode())
    return found.hexdigest()


def reading_of(page: Page) -> str:
    """A sum over all that the analysis of a page depends on: what this edition makes of it is always the same."""
    found = blake2b(digest_size=_SIZE)
    given = [f"{key}={page.given[key]}" for key in sorted(page.given)]
    for value in (edition(), page.path, page.sha256, page.media_type, *given):
        _put(found, value.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _put(found: blake2b, value: bytes) -> None:
    found.update(len(value).to_bytes(8, "big"))
    found.update(value)
