"""What a general extractor keeps of an HTML page, as one signal among others.

The extractor is trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction"), in its quick mode and without readers' comments.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

_WORD = re.compile(r"\w+")
_SHINGLE = 4
#: Characters of text beyond which the extractor, whose time grows faster than the page, is not asked; and whether a
#: tree has elements, names of one, or elements within one another in numbers that no news page has.
_TOO_LONG = 3_000_000
_DEEP = "/*" * 120
_TOO_MUCH = etree.XPath(
    f"count(//*) > 30000 or boolean({_DEEP}) or boolean(//*[string-length(@class) > 9999 or string-length(@id) > 9999])"
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def kept_shares(tree: etree._Element, lines: list[str]) -> list[float]:
    """For each line the share of its words, 0 to 1, that the extractor keeps; all 0 where it fails or is not asked.

    `tree` may be changed by the extractor: read it first.
    """
    if sum(map(len, lines)) > _TOO_LONG or _TOO_MUCH(tree):
        return [0.0] * len(lines)
    try:
        got = bare_extraction(tree, options=_options())
    except Exception:  # noqa: BLE001 - whatever a broken page does to the extractor, the page is read without it
        got = None
    text = getattr(got, "text", None)
    if not text:
        return [0.0] * len(lines)
    whole: set[tuple[str, ...]] = set()
    shingles: set[tuple[str, ...]] = set()
    for line in text.splitlines():
        words = _WORD.findall(line)
        whole.add(tuple(words))
        shingles.update(_shingles(words))
    return [_share(_WORD.findall(line), whole, shingles) for line in lines]


@lru_cache(maxsize=1)
def _options() -> Extractor:
    """The extractor's options, put together once: that takes it longer than to read a short page."""
    return Extractor(output_format="python", fast=True, comments=False)


def _shingles(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(words, start, None) for start in range(_SHINGLE)), strict=False)


def _share(words: list[str], whole: set[tuple[str, ...]], shingles: set[tuple[str, ...]]) -> float:
    if tuple(words) in whole:
        return 1.0
    count = len(words) - _SHINGLE + 1
    if count < 1:
        return 0.0
    return sum(map(shingles.__contains__, _shingles(words))) / count
