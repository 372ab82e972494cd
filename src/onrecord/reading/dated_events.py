"""What the dates that a story names, with their years, tell of the day it was written on.

What is told as past lies before that day, what is told as ahead does not lie before it, and "ten years ago, in 2003"
says both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from onrecord.analysis import Span, Time
from onrecord.lexicon import table
from onrecord.reading.bounds import Bound
from onrecord.reading.calendar import FIRST_YEAR, LAST_YEAR
from onrecord.reading.document import Document, Sentence
from onrecord.reading.pieces import quoted
from onrecord.reading.timex.tense import direction
from onrecord.reading.timex.texts import resolved
from onrecord.reading.timex.tokens import Token, tokens

_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
#: Words behind a date, and ahead of it, that are looked at.
_REACH, _LEAD = 40, 80
#: Words before a date in which what puts it ahead, or in doubt, stands; those whose form is looked at.
_NEAR, _FORM = 12, 8
_YEAR_NAMED = re.compile(r"((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_SAID = re.compile(r"(?:1[89]|20)\d\d")
#: A longer stretch than a year says too little of its day.
_LONGEST = timedelta(days=366)
#: Words right behind a date that can still put it ahead; days after which what was expected is news no more.
_SOON, _LATE = 3, timedelta(days=120)


def dated_events(document: Document) -> Iterator[Bound]:
    """A bound for each date in the story that says on which side of it the story was written."""
    inside = quoted(document.text)
    current: Sentence | None = None
    said: list[Token] = []
    for time in resolved(document.text, document.expressions, None, None):
        days = _days(time)
        sentence = document.sentence_at(time.span[0])
        if days is None or sentence is None or sentence.kind != "body":
            continue
        first, last = days
        if sentence is not current:
            current, said = sentence, tokens(document.text, *sentence.span)
        words, at, end = _around(said, time)
        if _is_past(words, at, end):
            yield Bound(first=first, evidence=time.span)
        elif last - first <= _LONGEST and not inside[time.span[0]]:
            slack = _ahead(words, at, end)
            if slack is not None and last + slack <= _LAST:
                yield Bound(last=last + slack, evidence=time.span)
    for sentence in document.sentences:
        if sentence.kind == "body" and _YEAR_SAID.search(document.text, *sentence.span):
            yield from _counted(document, sentence)
            yield from _compared(document, sentence)


def _days(time: Time) -> tuple[date, date] | None:
    """The days of a date with its year; those of the whole year where no more is sure, as of a fiscal year."""
    if time.type not in ("DATE", "TIME"):
        return None
    if time.earliest and time.latest:
        first, last = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
    elif named := _YEAR_NAMED.match(time.value):
        first, last = date(int(named[1]), 1, 1), date(int(named[1]), 12, 31)
    else:
        return None
    return (first, last) if first >= _FIRST and last <= _LAST else None


def _around(words: list[Token], time: Time) -> tuple[list[Token], int, int]:
    """The words of a sentence about a date, and the numbers of the first of its own and of the one behind the last."""
    first = bisect_right(words, time.span[0], key=lambda word: word.end)
    last = bisect_left(words, time.span[1], key=lambda word: word.start)
    start = max(0, first - _LEAD)
    return words[start : last + _REACH], first - start, last - start


def _is_past(words: list[Token], first: int, last: int) -> bool:
    """Whether a verb of the past says what happened on a date: before it, or after one that opens a sentence.

    No word around may look ahead. The date may also be that of something that must have happened if it is there to be
    named: "after the 1987 crash".
    """
    if not first:
        return False
    known, before = _words(), words[first - 1].word
    around = [*words[max(0, first - _NEAR) : first], *words[last : last + _SOON]]
    calm = not any(word.word in known["doubtful"] and "month" not in word.values for word in around)
    if before in known["placing"]:
        if first == 1:
            return direction(words, first, last)[0] < 0
        looks, close = direction(words[:last], first, last)
        return looks < 0 and calm and (close or _told_so(words, first)) and not _only_participle(words, first)
    thing = words[last].word if last < len(words) else ""
    named = before in known["owning"] and thing in known["happened"]
    return calm and (named or (before == "of" and first > 1 and words[first - 2].word in known["happened"]))


def _told_so(words: list[Token], first: int) -> bool:
    """Whether a verb that can only tell of the past stands before a date, and nothing that turns from it between."""
    known = _words()
    for word in reversed(words[max(0, first - _NEAR) : first - 1]):
        if word.word in known["turning"]:
            return False
        if word.word in known["telling"]:
            return True
    return False


def _only_participle(words: list[Token], first: int) -> bool:
    """Whether what looks like a verb of the past before a date is none: "long-awaited", "is completed"."""
    known = _words()
    near = [word.word for word in words[max(0, first - _FORM) : first]]
    return any(
        word.endswith("ed")
        and (near[at] in known["now"] or (near[at] == "-" and near[at - 1 : at] not in (["re"], ["co"])))
        for at, word in enumerate(near[1:])
    )


def _ahead(words: list[Token], first: int, last: int) -> timedelta | None:
    """By how much a date can lie behind publication where what stands before it in its sentence puts it ahead.

    That is by nothing for what will be ("will be held in June 2031"), by a while for what is expected of a time, which
    may be over before it is known what came of it; None where the date is not ahead as seen from now.
    """
    known = _words()
    if not first or words[first - 1].word not in known["placing ahead"]:
        return None
    before = [word.word for word in words[:first]]
    if direction(words, first, last)[0] <= 0:
        return None
    settled = known["unsettling"].isdisjoint(before) and not any("sure_year" in word.values for word in words[:first])
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1) if settled else ():
        if before[at] in known["planned"]:
            return timedelta(0)
        held = before[at] in known["foreseen"] and not known["now"].isdisjoint(before[max(0, at - 2) : at])
        meant = before[at] in known["meaning"] and before[at + 1 : at + 2] == ["to"]
        if before[at] in known["foreseeing"] or held or meant:
            return _LATE
    return None


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("dating")["words"].items()}


@cache
def _counts() -> list[tuple[re.Pattern[str], int, int]]:
    return [
        (re.compile(row["pattern"], re.IGNORECASE), row["before"], row["after"]) for row in table("dating")["counted"]
    ]


def _counted(document: Document, sentence: Sentence) -> Iterator[Bound]:
    """What a year and the number of years since it say together."""
    start, end = sentence.span
    for pattern, before, after in _counts():
        for match in pattern.finditer(document.text, start, end):
            number = _number(match["n"]) if match["n"] else None
            year = int(match["year"]) + (number or 0)
            if number is None or not FIRST_YEAR <= year - before <= year + after <= LAST_YEAR:
                continue
            # Round numbers of years are said of years near them, too.
            loose = 1 if number >= 20 and number % 5 == 0 else 0
            span: Span = match.span()
            yield Bound(date(year - before - loose, 1, 1), date(year + after + loose, 12, 31), span)


def _compared(document: Document, sentence: Sentence) -> Iterator[Bound]:
    """What a report of results says that names the year of a period: its own, or the one that it compares with."""
    for match in _results().finditer(document.text, *sentence.span):
        year = int(match["year"])
        if FIRST_YEAR <= year < LAST_YEAR - 1:
            yield Bound(date(year, 1, 1), date(year + 1, 12, 31) + _LATE, match.span())


@cache
def _results() -> re.Pattern[str]:
    return re.compile(table("dating")["results"]["pattern"], re.IGNORECASE)


def _number(words: str) -> int | None:
    found = tokens(words, 0, len(words))
    value = (found[0].values.get("number") or found[0].values.get("ordinal")) if len(found) == 1 else None
    return int(value) if isinstance(value, int | float) and value == int(value) and value > 0 else None
