"""Temporal expressions: finds them in the article and gives them TIMEX3 types, values and days.

Follows TIMEX3 of ISO-TimeML (ISO 24617-1); the separation of vocabulary, rules and engine is HeidelTime's (Strötgen and
Gertz, SemEval 2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.analysis import Span, Time
from onrecord.reading.document import Document
from onrecord.reading.timex.grammar import Finding, grammar
from onrecord.reading.timex.meaning import Meaning
from onrecord.reading.timex.resolve import Reader
from onrecord.reading.timex.tokens import Token, tokens

#: The longest stretch, in characters, that is looked at as one; what is longer is cut at white space.
_STRETCH = 20_000


def find_times(document: Document) -> None:
    """Fills in `document.times`, in order of their spans, from the article's sentences.

    Relative expressions are counted from `document.published`. Where that is an interval, a value is given only if it
    is the same for both ends, and the days are all that either end allows.
    """
    spans = [sentence.span for sentence in document.sentences]
    published = document.published
    document.times = _read(document.text, spans, _day(published.earliest), _day(published.latest))


def times(text: str, published: str | None) -> list[Time]:
    """The temporal expressions of a text, in order; spans are code points of `text`.

    `published` is the ISO day (or time) of writing, or None where it is not known: then relative expressions keep an
    open value such as `XXXX-WXX-3`. Raises ValueError if it is no ISO date.
    """
    day = date.fromisoformat(published[:10]) if published else None
    return _read(text, _paragraphs(text), day, day)


def _read(text: str, spans: Iterable[Span], earliest: date | None, latest: date | None) -> list[Time]:
    engine = grammar()
    days = [None] if earliest is None and latest is None else [earliest] if earliest == latest else [earliest, latest]
    if len(days) == 2:
        days.append(None)
    readers = [Reader(day) for day in days]
    found = []
    for start, end in _stretches(text, spans):
        words = tokens(text, start, end)
        findings = engine.findings(words)
        if not findings:
            continue
        answers = [reader.read(text, words, findings) for reader in readers]
        for finding, meanings in zip(findings, zip(*answers, strict=True), strict=True):
            time = _time(finding, words, meanings)
            if time:
                found.append(time)
    return found


def _time(finding: Finding, words: list[Token], meanings: tuple[Meaning | None, ...]) -> Time | None:
    low, high, open_ = meanings[0], meanings[min(1, len(meanings) - 1)], meanings[-1]
    if low is None or high is None or open_ is None:
        return None
    sure = low if (low.type, low.value) == (high.type, high.value) else open_
    return Time(
        span=(words[finding.first].start, words[finding.last - 1].end),
        type=sure.type,
        value=sure.value,
        earliest=low.first.isoformat() if low.first else None,
        latest=high.last.isoformat() if high.last else None,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    while at < len(text):
        end = text.find("\n\n", at)
        end = len(text) if end < 0 else end
        if end > at:
            yield at, end
        at = end + 2


def _stretches(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        at = start
        while end - at > _STRETCH:
            cut = text.rfind(" ", at + 1, at + _STRETCH)
            cut = at + _STRETCH if cut < 0 else cut
            yield at, cut
            at = cut
        yield at, end
