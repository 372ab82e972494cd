"""Temporal expressions: gives those of the article TIMEX3 types, values and days.

Follows TIMEX3 of ISO-TimeML (ISO 24617-1); the separation of vocabulary, rules and engine is HeidelTime's (Strötgen and
Gertz, SemEval 2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onrecord.analysis import Span, Time
from onrecord.reading.document import Document
from onrecord.reading.timex.texts import expressions, resolved


def find_times(document: Document) -> None:
    """Fills in `document.times`, in order of their spans, from the article's `document.expressions`.

    Relative expressions are counted from `document.published`. Where that is an interval, a value is given only if it
    is the same for both ends, and the days are all that either end allows.
    """
    published = document.published
    earliest, latest = _day(published.earliest), _day(published.latest)
    document.times = resolved(document.text, document.expressions, earliest, latest)


def times(text: str, published: str | None) -> list[Time]:
    """The temporal expressions of a text, in order; spans are code points of `text`.

    `published` is the ISO day (or time) of writing, or None where it is not known: then relative expressions keep an
    open value such as `XXXX-WXX-3`. Raises ValueError if it is no ISO date.
    """
    day = date.fromisoformat(published[:10]) if published else None
    return resolved(text, expressions(text, _paragraphs(text)), day, day)


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
