"""Which verb of a sentence a date belongs to: "has been in force for years and was signed in May" has one of signature.

A date belongs to the verb of its own clause. Another clause begins with a conjunction, a relative or a comma, and has a
verb of its own; a participle takes the date right behind it ("the treaty signed in May was ratified").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.analysis import Span
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document

#: So many characters of a sentence before a date are read for the beginning of its clause.
_READ = 300
#: So many words may lie between the word that begins a clause and its verb; what a comma ends is a whole clause.
_TO_VERB = 4
_TO_VERB_INSIDE = 9
#: So many characters hold the last word of a cue.
_NOUN = 20
_STOP = re.compile(r"[,;:—(]| -- ")
_GAP = re.compile(r"[\w'.-]+")


def is_of_cue(document: Document, start: int, cue: Span, date: Span, words: AgreementWords) -> bool:
    """Whether a date can be that of a cue: neither lies in a clause of its own that the other is not in.

    `start` is where their sentence begins; all are offsets into the page's text.
    """
    if date[0] >= cue[1]:
        return not _is_of_later(document, (cue[1], date[0]), words)
    if date[1] <= cue[0]:
        return not _is_of_earlier(document, start, cue, date, words)
    return True


def is_bound(document: Document, start: int, date: int, words: AgreementWords) -> bool:
    """Whether a participle or verb stands right before a date, at an offset of the page, and takes it."""
    text = document.text[max(start, date - _READ) : date].rstrip()
    low = lowered(text)
    return any(
        match.end() == len(low) and text[match.start()].islower()
        for match in words.patterns["dated.participle"].finditer(low)
    )


def _is_of_later(document: Document, gap: Span, words: AgreementWords) -> bool:
    """Whether a date behind a cue, with this gap between them, belongs to a verb in between."""
    low = lowered(document.words(gap))
    own = words.patterns["dated.shared"].match(low)  # "signed and ratified in May"
    if own is None and words.has("dated.noun", lowered(document.text[max(0, gap[0] - _NOUN) : gap[0]])):
        own = words.patterns["dated.verb"].search(low)  # "the talks broke down in May"
    gap = (gap[0] + (own.end() if own else 0), gap[1])
    return _has_clause(document, gap, "dated.own", words) or is_bound(document, gap[0], gap[1], words)


def _is_of_earlier(document: Document, start: int, cue: Span, date: Span, words: AgreementWords) -> bool:
    """Whether a date before a cue belongs to a verb before it: in a clause that is over, or as its participle."""
    gap = lowered(document.text[date[1] : cue[0]])
    if gap.startswith("'s "):
        return False  # "last month's agreement"
    if "," not in gap and words.has("dated.opened", lowered(document.text[max(start, date[0] - _NOUN) : date[0]])):
        return False
    if words.has("dated.which day", gap):
        return False  # "June 5, on which they will sign"
    if words.has("dated.onward", gap) or (gap.strip() and is_bound(document, start, date[0], words)):
        return True
    begin = max(start, date[0] - _READ)
    stops = [match.end() for match in _STOP.finditer(document.text, begin, date[0])]
    clause = (stops[-1] if stops else begin, date[0])
    return "," in gap and _has_clause(document, clause, "dated.behind", words, _TO_VERB_INSIDE)


def _has_clause(document: Document, stretch: Span, opening: str, words: AgreementWords, reach: int = _TO_VERB) -> bool:
    """Whether a clause with a verb of its own begins in a stretch of the page."""
    text = document.words(stretch)
    low = lowered(text)
    verbs = {match.start() for match in words.patterns["dated.verb"].finditer(low) if text[match.start()].islower()}
    return any(
        at in verbs for match in words.patterns[opening].finditer(low) for at in _starts_behind(low, match.end(), reach)
    )


def _starts_behind(low: str, start: int, reach: int) -> Iterator[int]:
    """Where each of the next words begins."""
    for _ in range(reach):
        match = _GAP.search(low, start)
        if match is None:
            return
        yield match.start()
        start = match.end()
