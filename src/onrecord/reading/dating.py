"""When a page that carries no date was published, as far as its own words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.analysis import Published, Span, Time
from onrecord.lexicon import table
from onrecord.reading.calendar import FIRST_YEAR, LAST_YEAR, PrintedDay, day_of_stamp
from onrecord.reading.document import Document
from onrecord.reading.printed import Candidate, candidates, likeliest
from onrecord.reading.timex.tense import direction
from onrecord.reading.timex.tokens import tokens

_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_DAY = timedelta(days=1)
#: Characters behind a date, and ahead of it, in which its verb is looked for.
_REACH, _LEAD = 200, 400
_COPYRIGHT = re.compile(r"(?:©|\bcopyright\b)[^\r\n]{0,60}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A day that the page cannot be older than, or younger than, and the words that say so."""

    day: date
    evidence: Span | None = None


def date_undated(document: Document) -> None:
    """Narrow `document.published` of a page of which nothing says when it was published, with basis `inferred`.

    What the story tells as past, with its year, is a day that publication cannot come before; nor can it come before
    the posts that the story quotes, or long after them; nor after the page is said to have been updated, or was taken
    down (`captured`, as given with the page). Either end stays open where nothing bounds it, and both where what the
    page says does not agree. A page that has a date keeps it.
    """
    if document.published.basis != "unknown":
        return
    printed = candidates(document)
    windows = list(_windows(printed))
    lowest = [*_told_as_past(document), *(first for first, _ in windows)]
    highest = [*_changed(printed), *_captured(document), *_end(windows)]
    low = max(lowest, key=lambda bound: bound.day, default=None)
    high = min(highest, key=lambda bound: bound.day, default=None)
    if low and high and low.day > high.day:
        return
    own = _own_day(document, printed, low.day if low else _FIRST, high.day if high else _LAST)
    if own:
        low = high = own
    if low is None and high is None:
        return
    evidence = sorted({bound.evidence for bound in (low, high) if bound and bound.evidence})
    document.published = Published(
        low.day.isoformat() if low else None, high.day.isoformat() if high else None, "inferred", evidence
    )


def _told_as_past(document: Document) -> Iterator[_Bound]:
    """The first days of dates with a year that the story's verbs put behind it."""
    for time in document.times:
        if time.type not in ("DATE", "TIME") or not time.earliest:
            continue
        day = date.fromisoformat(time.earliest)
        if _FIRST <= day <= _LAST and _is_past(document, time):
            yield _Bound(day, time.span)


def _is_past(document: Document, time: Time) -> bool:
    """Whether a verb of the past says what happened on a date: close before it, or after one that opens a sentence."""
    sentence = document.sentence_at(time.span[0])
    if sentence is None or sentence.kind != "body":
        return False
    start, end = sentence.span
    if time.span[0] - start > _LEAD:
        start = max(document.text.find(" ", time.span[0] - _LEAD, time.span[0]), time.span[0] - _LEAD)
    words = tokens(document.text, start, min(end, time.span[1] + _REACH))
    first = next((at for at, word in enumerate(words) if word.end > time.span[0]), len(words))
    last = next((at for at, word in enumerate(words) if word.start >= time.span[1]), len(words))
    if not first or words[first - 1].word not in _placing():
        return False
    if first == 1:
        return direction(words, first, last)[0] < 0
    return direction(words[:last], first, last) == (-1, True)


@cache
def _placing() -> frozenset[str]:
    return frozenset(table("dating")["placing"])


def _windows(printed: list[Candidate]) -> Iterator[tuple[_Bound, _Bound | None]]:
    """The days between which the page came out, by posts it quotes and by days it names with their weekday.

    The day of a picture only bounds the beginning: papers print old ones.
    """
    for one in printed:
        features, known = one.features, table("dating")
        near = features["within"] or features["right below"]
        if not one.printed.year or not near or features["old for the text"]:
            continue
        if features["posted"]:
            days = known["posts"]
        elif features["weekday"] and features["long"] and (features["body"] or features["caption"]):
            days = known["weekdays"]
        else:
            continue
        first, last = (one.printed.day + sign * days[side] * _DAY for sign, side in ((-1, "before"), (1, "after")))
        yield _Bound(first, one.span), None if features["caption"] else _Bound(last, one.span)


def _end(windows: list[tuple[_Bound, _Bound | None]]) -> Iterator[_Bound]:
    """The end of the latest window, if the windows have days in common: else the page gathers what is old."""
    ends = [(first, last) for first, last in windows if last]
    if ends and max(first.day for first, _ in ends) <= min(last.day for _, last in ends):
        yield max((last for _, last in ends), key=lambda bound: bound.day)


def _changed(printed: list[Candidate]) -> Iterator[_Bound]:
    """The days on which the article is said to have been changed: it was published by then."""
    for one in printed:
        features = one.features
        near = features["in the head"] or features["within"] or features["right below"]
        if one.printed.year and near and features["later label"] and not features["rail"] and not features["comments"]:
            yield _Bound(max(one.printed.day, one.printed.other or one.printed.day), one.span)


def _captured(document: Document) -> Iterator[_Bound]:
    """The day after the page was taken down: east of where the clock stood it may have been tomorrow."""
    day = day_of_stamp(document.page.given.get("captured", ""))
    if day:
        yield _Bound(date.fromisoformat(day) + _DAY)


def _own_day(document: Document, printed: list[Candidate], low: date, high: date) -> _Bound | None:
    """The page's own day where it is printed without a year and the rest of the page leaves only one for it.

    The year is that of the page's copyright, if the weekday printed with the day is right in it, or if in the year
    before the day would come before something that the story tells as past.
    """
    best = likeliest([one for one in printed if not one.printed.year])
    year = _copyright_year(document) if best else None
    if best is None or year is None or not _FIRST.year < year <= _LAST.year:
        return None
    day, before = (_in_year(best.printed, one) for one in (year, year - 1))
    if day is None or not low <= day <= high:
        return None
    fits = best.printed.weekday == day.isoweekday() if best.printed.weekday else before is None or before < low
    return _Bound(day, best.span) if fits else None


def _in_year(printed: PrintedDay, year: int) -> date | None:
    try:
        return printed.day.replace(year=year)
    except ValueError:
        return None


def _copyright_year(document: Document) -> int | None:
    years = [int(year) for line in _COPYRIGHT.findall(document.text) for year in _YEAR.findall(line)]
    return max(years, default=None)
