"""An agreement that two blocs of states make in their own names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicon import table
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import words_in
from onrecord.reading.document import Document

#: A bloc that is a side is named so early, in sentences, and in so many of them.
_EARLY, _TIMES = 6, 2


@dataclass(frozen=True, slots=True)
class Blocs:
    """The two blocs that a page's agreement is between, by their short names, and the states that act for them."""

    names: tuple[str, str]
    members: frozenset[str]


def blocs_in(text: str) -> frozenset[str]:
    """The blocs of states that a text names, by their short names."""
    return frozenset(name for name, pattern, _ in _blocs() if pattern.search(text))


def blocs_of(document: Document, found: list[Report]) -> Blocs | None:
    """The two blocs that the agreement a page is about is between; None where it is not between two of them.

    Both are named beside an instrument near the top, or one of them is and the page comes back to the other; and no
    sentence there has states as the sides that do not act for them.
    """
    named = [blocs_in(document.words(sentence.span)) for sentence in document.sentences]
    times = {name: sum(name in blocs for blocs in named) for name, _, _ in _blocs()}
    leading = [report for report in found if not report.mention.old and report.sentence.index < _EARLY]
    beside = [blocs_in(document.words(report.part)) for report in leading]
    often = sorted((name for name in times if times[name] >= _TIMES), key=lambda name: (-times[name], name))[:2]
    pair = next((blocs for blocs in beside if len(blocs) == 2), None)
    pair = pair or (frozenset(often) if len(often) == 2 and any(blocs & set(often) for blocs in beside) else None)
    if pair is None:
        return None
    members = frozenset(member for name, _, states in _blocs() if name in pair for member in states)
    if any(len(report.sides.explicit) == 2 and not set(report.sides.explicit) <= members for report in leading):
        return None
    first, second = sorted(pair)
    return Blocs((first, second), members)


def is_between(document: Document, report: Report, blocs: Blocs) -> bool:
    """Whether a report speaks of the agreement of two blocs: it names both, or one and no other side."""
    named = blocs_in(document.words(report.part)) & set(blocs.names)
    if report.mention.old or report.mention.group != "treaty" or report.mention.name or not named:
        return False
    if len(named) == 2:
        return True
    others = set(report.sides.states) - blocs.members
    return not others and (report.mention.definite or _adjoins(document, report, blocs))


def _adjoins(document: Document, report: Report, blocs: Blocs) -> bool:
    """Whether a bloc's name stands right before an instrument ("the Mercosur agreement")."""
    start, _ = report.mention.phrase if report.mention.phrase[1] else report.mention.span
    before = document.words(report.part)[:start].rstrip()
    return bool(words_in(before)) and bool(blocs_in(before[-len(words_in(before)[-1]) - 1 :]) & set(blocs.names))


@lru_cache(maxsize=1)
def _blocs() -> list[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    return [
        (entry["name"], re.compile(rf"(?<![\w-])(?:{entry['pattern']})(?!\w)"), tuple(entry["members"]))
        for entry in table("agreements")["bloc"]
    ]
