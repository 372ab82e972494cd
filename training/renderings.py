"""Text dumps made from HTML pages, in the shapes that dumps come in, for the learning of `training/bodiness.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura

from onrecord.reading.document import Document

#: Elements that run on in a line: a list item with nothing else inside is announced on its own line.
INLINE = frozenset({"a", "span", "b", "i", "em", "strong", "small", "label", "time"})
WORD = re.compile(r"\w+")
#: Words of a line that a filter against menus keeps.
LONG = 10


def renderings(document: Document) -> Iterator[tuple[str, list[str]]]:
    """The lines of a laid-out HTML page as filtered dumps print them, with the name of the filter."""
    yield "prose", _prose(list(_walked(document)))
    text = trafilatura.extract(document.page.data, favor_recall=True, include_comments=True) or ""
    yield "thin", [line for line in text.splitlines() if line.strip()]


def _walked(document: Document) -> Iterator[str]:
    """One block a line; an item of a list begins with `- `, one that holds blocks stands below a lone `-`."""
    seen: set[int] = set()
    for block in document.blocks:
        text, tags = document.words(block.span), block.tags
        if "li" in tags:
            at = len(tags) - 1 - tags[::-1].index("li")
            if block.place[at] not in seen:
                seen.add(block.place[at])
                if INLINE.issuperset(tags[at + 1 :]):
                    text = "- " + text
                else:
                    yield "-"
        yield text


def _prose(lines: list[str]) -> list[str]:
    """The long lines, the short one that heads each, and the dash before it."""
    kept: set[int] = set()

    def long(line: str) -> bool:
        return len(WORD.findall(line)) >= LONG

    for at, line in enumerate(lines):
        if not long(line):
            continue
        kept.add(at)
        above = at - 1
        if above >= 0 and not long(lines[above]) and lines[above] != "-":
            kept.add(above)
            above -= 1
        if above >= 0 and lines[above] == "-":
            kept.add(above)
    return [lines[at] for at in sorted(kept)]
