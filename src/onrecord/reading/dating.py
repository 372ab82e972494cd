"""When a page that carries no date was published, as far as its own words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.analysis import Published
from onrecord.lexicon import table
from onrecord.reading.bounds import Bound
from onrecord.reading.calendar import FIRST_YEAR, LAST_YEAR, PrintedDay, day_of_stamp
from onrecord.reading.coinages import coinages
from onrecord.reading.dated_events import dated_events
from onrecord.reading.document import Document
from onrecord.reading.offices import offices
from onrecord.reading.printed import Candidate, candidates, likeliest

_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_DAY = timedelta(days=1)
_COPYRIGHT = re.compile(r"(?:©|\bcopyright\b)[^\r\n]{0,60}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def date_undated(document: Document) -> None:
    """Narrow `document.published` of a page of which nothing says when it was published, with basis `inferred`.

    What the story tells as past, with its year, is a day that publication cannot come before, and what it tells as
    ahead one that it cannot come after. Who is given an office had it by then, and what is named had its name. The
    page cannot come before the posts that the story quotes, or long after them; nor after it is said to have been
    updated, or was taken down (`captured`, as given with the page). Either end stays open where nothing bounds it, and
    both where what the page says does not agree. A page that has a date keeps it; an interval that is given with the
    page is narrowed by what agrees with it.
    """
    known = document.published
    if known.basis not in ("unknown", "inferred"):
        return
    printed = candidates(document)
    windows = list(_windows(printed))
    told = [*dated_events(document), *offices(document), *coinages(document), *_given(document)]
    firsts = [*told, *windows]
    lasts = [*told, *_changed(printed), *_captured(document), *_end(windows)]
    low = max((bound for bound in firsts if bound.first), key=lambda bound: bound.first or _FIRST, default=None)
    high = min((bound for bound in lasts if bound.last), key=lambda bound: bound.last or _LAST, default=None)
    first, last = low and low.first, high and high.last
    if first and last and first > last:
        return
    own = _own_day(document, printed, first or _FIRST, last or _LAST)
    if own:
        low = high = own
        first, last = own.first, own.last
    if first is None and last is None:
        return
    evidence = sorted({bound.evidence for bound in (low, high) if bound and bound.evidence})
    document.published = Published(
        first.isoformat() if first else None, last.isoformat() if last else None, "inferred", evidence
    )


def _given(document: Document) -> Iterator[Bound]:
    """The interval that is given with the page."""
    first, last = (end and date.fromisoformat(end) for end in (document.published.earliest, document.published.latest))
    yield Bound(first or None, last or None)


def _windows(printed: list[Candidate]) -> Iterator[Bound]:
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
        yield Bound(first, None if features["caption"] else last, one.span)


def _end(windows: list[Bound]) -> Iterator[Bound]:
    """The end of the latest window, if the windows have days in common: else the page gathers what is old."""
    ends = [(window.first or _FIRST, window.last) for window in windows if window.last]
    if ends and max(first for first, _ in ends) <= min(last for _, last in ends if last):
        yield max((window for window in windows if window.last), key=lambda window: window.last or _FIRST)


def _changed(printed: list[Candidate]) -> Iterator[Bound]:
    """The days on which the article is said to have been changed: it was published by then."""
    for one in printed:
        features = one.features
        near = features["in the head"] or features["within"] or features["right below"]
        if one.printed.year and near and features["later label"] and not features["rail"] and not features["comments"]:
            yield Bound(last=max(one.printed.day, one.printed.other or one.printed.day), evidence=one.span)


def _captured(document: Document) -> Iterator[Bound]:
    """The day after the page was taken down: east of where the clock stood it may have been tomorrow."""
    day = day_of_stamp(document.page.given.get("captured", ""))
    if day:
        yield Bound(last=date.fromisoformat(day) + _DAY)


def _own_day(document: Document, printed: list[Candidate], low: date, high: date) -> Bound | None:
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
    return Bound(day, day, best.span) if fits else None


def _in_year(printed: PrintedDay, year: int) -> date | None:
    try:
        return printed.day.replace(year=year)
    except ValueError:
        return None


def _copyright_year(document: Document) -> int | None:
    years = [int(year) for line in _COPYRIGHT.findall(document.text) for year in _YEAR.findall(line)]
    return max(years, default=None)
