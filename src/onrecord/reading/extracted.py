"""What a general extractor keeps of an HTML page, as one signal among others.

The extractor is trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction"), in its quick mode and without readers' comments.
"""

from __future__ import annotations

import logging
import re

from lxml import etree
from trafilatura import bare_extraction

_WORD = re.compile(r"\w+")
_SHINGLE = 4
#: Characters beyond which the extractor, whose time grows faster than the page, is not asked.
_TOO_LONG = 3_000_000

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def kept_shares(tree: etree._Element, lines: list[str]) -> list[float]:
    """For each line the share of its words, 0 to 1, that the extractor keeps; all 0 where it fails or is not asked.

    `tree` may be changed by the extractor: read it first.
    """
    if sum(map(len, lines)) > _TOO_LONG:
        return [0.0] * len(lines)
    try:
        got = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
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
        shingles.update(zip(*(words[i:] for i in range(_SHINGLE)), strict=False))
    return [_share(_WORD.findall(line), whole, shingles) for line in lines]


def _share(words: list[str], whole: set[tuple[str, ...]], shingles: set[tuple[str, ...]]) -> float:
    if tuple(words) in whole:
        return 1.0
    count = len(words) - _SHINGLE + 1
    if count < 1:
        return 0.0
    return sum(tuple(words[i : i + _SHINGLE]) in shingles for i in range(count)) / count
