"""The expressions of a text and what they mean, its day of writing being known, bounded or unknown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.analysis import Span, Time
from onrecord.reading.timex.grammar import Finding, grammar
from onrecord.reading.timex.meaning import Meaning
from onrecord.reading.timex.resolve import Reader
from onrecord.reading.timex.tokens import Token, tokens

#: The longest stretch, in characters, that is looked at as one; what is longer is cut at white space.
_STRETCH = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text with temporal expressions: its words, and the expressions as findings over them."""

    words: list[Token]
    findings: list[Finding]


def expressions(text: str, spans: Iterable[Span]) -> list[Stretch]:
    """The temporal expressions within spans of a text, in order; they do not depend on when it was written."""
    engine = grammar()
    stretches = (tokens(text, start, end) for start, end in _cut(text, spans))
    return [Stretch(words, findings) for words in stretches if (findings := engine.findings(words))]


def resolved(text: str, stretches: list[Stretch], earliest: date | None, latest: date | None) -> list[Time]:
    """What the expressions of a text mean if it was written from `earliest` to `latest`, None being an open end.

    A value is given only if it is the same for both ends; the days are all that either end allows.
    """
    days = [None] if earliest is None and latest is None else [earliest] if earliest == latest else [earliest, latest]
    if len(days) == 2:
        days.append(None)
    readers = [Reader(day) for day in days]
    found = []
    for stretch in stretches:
        answers = [reader.read(text, stretch.words, stretch.findings) for reader in readers]
        for finding, meanings in zip(stretch.findings, zip(*answers, strict=True), strict=True):
            time = _time(finding, stretch.words, meanings)
            if time:
                found.append(time)
    return found


def resolved_within(
    text: str, stretches: list[Stretch], span: Span, earliest: date | None, latest: date | None
) -> list[Time]:
    """What the expressions that lie wholly within a span mean if its words were said from `earliest` to `latest`.

    For the content of a statement: "next month" in a speech held in November is December, whenever the page that
    quotes it was written. `stretches` are those of the whole text, in order; no date named outside the span is counted
    from.
    """
    inside = []
    first = max(bisect_right(stretches, span[0], key=lambda stretch: stretch.words[0].start) - 1, 0)
    for stretch in stretches[first:]:
        words = stretch.words
        if words[0].start >= span[1]:
            break
        findings = [
            found
            for found in stretch.findings
            if span[0] <= words[found.first].start and words[found.last - 1].end <= span[1]
        ]
        if findings:
            inside.append(Stretch(words, findings))
    return resolved(text, inside, earliest, latest)


def _time(finding: Finding, words: list[Token], meanings: tuple[Meaning | None, ...]) -> Time | None:
    low, high, open_ = meanings[0], meanings[min(1, len(meanings) - 1)], meanings[-1]
    if low is None or high is None or open_ is None:
        return None
    sure = low if (low.type, low.value) == (high.type, high.value) else open_
    first, last = low.first, high.last
    if first and last and first > last:
        first, last = high.first, low.last
    return Time(
        span=(words[finding.first].start, words[finding.last - 1].end),
        type=sure.type,
        value=sure.value,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
    )


def _cut(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        at = start
        while end - at > _STRETCH:
            cut = text.rfind(" ", at + 1, at + _STRETCH)
            cut = at + _STRETCH if cut < 0 else cut
            yield at, cut
            at = cut
        yield at, end
