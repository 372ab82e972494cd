"""Names that a page cannot use before what they name had them: "COVID-19", "ChatGPT"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.bounds import Bound
from onrecord.reading.document import Document

#: The characters of the shortest sentence that counts, and what ends one.
_SENTENCE, _ENDS = 40, ".?!\"'”’)"


def coinages(document: Document) -> Iterator[Bound]:
    """A bound for each name in the article's sentences that is younger than the press.

    Only whole sentences count: names of services stand in lines of buttons, which may be younger than the article.
    """
    pattern, days = _names()
    for sentence in document.sentences:
        start, end = sentence.span
        if sentence.kind == "body" and end - start >= _SENTENCE and document.text[end - 1] in _ENDS:
            for match in pattern.finditer(document.text, *sentence.span):
                yield Bound(first=days[match.group()], evidence=match.span())


@cache
def _names() -> tuple[re.Pattern[str], dict[str, date]]:
    days = {name: date.fromisoformat(row["from"]) for row in rows("coinages") for name in row["names"].split("|")}
    names = "|".join(map(re.escape, sorted(days, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<![\w@#/.-])(?:{names})(?![\w/]|\.\w)"), days
