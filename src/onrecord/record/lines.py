"""The lines of a page as they are compared with those of other pages of its outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple, get_args

from onrecord.analysis import ARTICLE, Analysis, SegmentKind, Span
from onrecord.reading.addresses import host_of

#: The kinds of segments by the number that a record keeps for each; the first `ARTICLE_KINDS` make up the article.
KINDS: tuple[SegmentKind, ...] = tuple(sorted(get_args(SegmentKind), key=lambda kind: kind not in ARTICLE))
ARTICLE_KINDS = len(ARTICLE)

_LINE = re.compile(r"[^\r\n]+")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
#: The bytes of a line's key and of the sum of its digits: together small beside the words they stand for.
_KEY, _FORM = 6, 3


class Line(NamedTuple):
    """A line of a page: `key` is the same for lines of one outlet that differ in case, digits and blanks only.

    `form` tells such lines apart by their digits (0: it has none); `kind` is the number in `KINDS` of what the page's
    own reading took it for; `span` are code points into the analysis's text.
    """

    key: int
    form: int
    kind: int
    span: Span

    @property
    def article(self) -> bool:
        """Whether the page's own reading took it for part of the article."""
        return self.kind < ARTICLE_KINDS


def outlet_of(analysis: Analysis) -> str | None:
    """Whose pages a page is compared with: its publisher, else the host of its address, else nobody's."""
    return analysis.publisher or host_of(analysis.url).removeprefix("www.") or None


def lines_of(analysis: Analysis) -> Iterator[Line]:
    """The lines of a page that have letters, in order; none where the page's outlet is not known."""
    outlet = outlet_of(analysis)
    if outlet is None:
        return
    for segment in analysis.segments:
        kind = KINDS.index(segment.kind)
        for found in _LINE.finditer(analysis.text, *segment.span):
            words = found[0].strip()
            if _LETTER.search(words):
                start = found.start() + found[0].find(words)
                folded = " ".join(words.lower().split())
                key = _sum(f"{outlet}\n{_DIGITS.sub('0', folded)}", _KEY)
                digits = _DIGITS.findall(folded)
                yield Line(key, _sum(" ".join(digits), _FORM) if digits else 0, kind, (start, start + len(words)))


def _sum(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest(), "big")
