"""The dates that a page prints, and what speaks for or against each being the day it was published."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from math import exp

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.addresses import host_of
from onrecord.reading.calendar import FIRST_YEAR, LAST_YEAR, PrintedDay, months, printed_days, weekdays
from onrecord.reading.document import Document
from onrecord.reading.outlets import outlet_in

_WORD = re.compile(r"[^\W\d_]+")
_FIGURED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\d ?[ap]\.?m\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\w.,$€£-])(?:19|20)\d\d(?![\w%-]|[.,]\d)")
_POSTED = re.compile(r"\(@\w{1,30}\)\W{0,3}$|pic\.twitter\.com/\w{1,20}\W{0,3}$|\[@\w{1,30}\]\W{0,3}$")
#: Characters of a line that are read, those at its head in which a dateline can stand, and those of a line so short
#: that a date begun in it may go on in the next.
_LINE, _DATELINE, _SHORT = 300, 70, 24
#: Characters of a line that only a paragraph has, and how many lines off one is looked for.
_PARAGRAPH, _REACH = 160, 3
#: Characters of the body in which years are counted, and how many there must be to tell anything.
_BODY, _YEARS = 40_000, 2
#: How many words behind a date say more than whose it is.
_FEW = 4
#: How many lines off another date counts as a neighbour; dates looked at on one page.
_NEAR, _MOST = 8, 400


@dataclass(slots=True)
class Candidate:
    """A date on the page: its span in the text, the number of the line it begins in, and what can be told of it.

    Dates of one `shape` look alike; `order` is whether the day stands before the month in a date all in figures, None
    where it has words or where both orders make sense.
    """

    span: Span
    line: int
    printed: PrintedDay
    features: dict[str, float]
    shape: tuple[object, ...] = ()
    order: bool | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The page as the dates see it: the kind of each line, and the lines of the headline and of the body's ends."""

    kinds: list[str]
    title: int | None
    first: int | None
    last: int | None


def candidates(document: Document) -> list[Candidate]:
    """The dates of a page in order, those without a year included, each with its features."""
    layout = _layout(document)
    found = list(islice(_found(document, layout), _MOST))
    dated = [one for one in found if one.printed.year]
    lines = [one.line for one in dated]
    times = Counter(one.printed.day for one in dated)
    bare = Counter((one.printed.day.month, one.printed.day.day) for one in found if not one.printed.year)
    latest = max(times, default=None)
    shapes: dict[tuple[object, ...], set[date]] = {}
    for one in dated:
        shapes.setdefault(one.shape, set()).add(one.printed.day)
    head = max((one.printed.day for one in dated if one.features["in the head"]), default=None)
    years = _years(document)
    for one in found:
        near = dated[bisect_left(lines, one.line - _NEAR) : bisect_right(lines, one.line + _NEAR)]
        days = {other.printed.day for other in near if other.printed.day != one.printed.day}
        one.features |= _among(one, days, times, bare, latest)
        later = sum(year > one.printed.day.year for year in years)
        alike = len(shapes.get(one.shape, ())) - 1
        one.features |= {
            "one alike": float(alike == 1),
            "two alike": float(2 <= alike <= 3),
            "many alike": float(alike > 3),
            "later in the head": one.features["in the head"] * float(head is not None and one.printed.day < head),
            "old for the text": float(later >= _YEARS and later * 2 > len(years)),
        }
    return found


def _years(document: Document) -> list[int]:
    """The years that the body names, dates aside that belong to its furniture."""
    text = "\n".join(document.words(one.span)[:_BODY] for one in document.segments if one.kind == "body")[:_BODY]
    return [int(year) for year in _FIGURES.findall(text)]


def _among(
    one: Candidate,
    days: set[date],
    times: Counter[date],
    bare: Counter[tuple[int, int]],
    latest: date | None,
) -> dict[str, float]:
    """What the other dates of the page say of one: `days` are those near it, `bare` those without a year."""
    day = one.printed.day
    return {
        "one near": float(len(days) == 1),
        "two near": float(2 <= len(days) <= 3),
        "many near": float(len(days) > 3),
        "twice": float(times[day] == 2),
        "often": float(times[day] > 2),
        "latest": float(day == latest),
        "in words": float(bool(bare[day.month, day.day]) and one.printed.year),
    }


def _layout(document: Document) -> Layout:
    kinds: list[str] = []
    starts = [segment.span[0] for segment in document.segments]
    for block in document.blocks:
        at = bisect_right(starts, block.span[0]) - 1
        kinds.append(document.segments[at].kind if at >= 0 else "navigation")
    body = [at for at, kind in enumerate(kinds) if kind == "body"]
    title = next((at for at, kind in enumerate(kinds) if kind == "title"), None)
    return Layout(kinds, title, body[0] if body else None, body[-1] if body else None)


def _found(document: Document, layout: Layout) -> Iterator[Candidate]:
    for line, block in enumerate(document.blocks):
        start, end = block.span
        text = document.text[start : min(end, start + _LINE)]
        days = list(printed_days(text))
        begun = end - start <= _SHORT and not any(day.year for day in days) and _begins_date(text)
        if begun and (joined := _joined(document, line)):
            one, span = joined
            yield Candidate(span, line, one, _features(document, layout, line, text, one, 0), ("joined",))
            continue
        for number, printed in enumerate(days):
            if not printed.year or FIRST_YEAR <= printed.day.year <= LAST_YEAR:
                features = _features(document, layout, line, text, printed, number)
                span = start + printed.start, start + printed.end
                yield Candidate(span, line, printed, features, _shape(text, printed, features), _order(text, printed))


def _order(text: str, printed: PrintedDay) -> bool | None:
    figures = _FIGURED.match(text, printed.start, printed.end)
    if not figures or printed.other or int(figures[1]) == int(figures[2]):
        return None
    return int(figures[1]) == printed.day.day


def _shape(text: str, printed: PrintedDay, features: dict[str, float]) -> tuple[object, ...]:
    """What the date lines of one list or of one thread of comments have in common: form, place and company."""
    form = re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", text[printed.start : printed.end]))
    company = ("bare", "word", "name", "clock", "first label", "body")
    return form, printed.start == 0, *(features[name] for name in company)


def _features(  # noqa: PLR0917
    document: Document, layout: Layout, line: int, text: str, printed: PrintedDay, number: int
) -> dict[str, float]:
    return {
        **_of_line(document, layout, line, text),
        **_of_date(text, printed, number),
        **_of_place(layout, line),
    }


def _begins_date(text: str) -> bool:
    """Whether a line ends in a number or in the name of a month, so that it can be the beginning of a date."""
    last = text.rstrip(" ,.").rpartition(" ")[2]
    return last[:1].isdigit() or last.lower() in months()


def _joined(document: Document, line: int) -> tuple[PrintedDay, Span] | None:
    """The date that a short line begins and the one or two short lines below it end, with its span."""
    text, starts = "", []
    for block in document.blocks[line : line + 3]:
        start, end = block.span
        if end - start > _SHORT:
            break
        text += " " * bool(text)
        starts.append((len(text), start))
        text += document.text[start:end]
        printed = next(
            (day for day in printed_days(text) if day.year and FIRST_YEAR <= day.day.year <= LAST_YEAR), None
        )
        if printed and len(starts) > 1:
            first, last = (
                max((offset, start - offset + place) for offset, start in starts if offset <= place)[1]
                for place in (printed.start, printed.end - 1)
            )
            begun = starts[1][0] > printed.start  # else the date stands in the lines below alone
            return (printed, (first, last + 1)) if begun else None
    return None


def _of_line(document: Document, layout: Layout, line: int, text: str) -> dict[str, float]:
    block, kind = document.blocks[line], layout.kinds[line]
    words = [word.lower() for word in _WORD.findall(text)]
    other = sum(word not in _usual() for word in words)
    names = table("furniture")["attributes"]
    blocks = document.blocks
    sizes = [one.span[1] - one.span[0] for one in blocks[max(0, line - _REACH) : line + _REACH + 1]]
    here = min(line, _REACH)
    around = [layout.kinds[at] for at in (line - 1, line + 1) if 0 <= at < len(layout.kinds)]
    features = {
        "timestamp": float(kind == "timestamp"),
        "dateline": float(kind == "dateline"),
        "byline": float(kind in ("byline", "credit")),
        "title": float(kind == "title"),
        "rail": float(kind in ("related", "section")),
        "comments": float(kind == "comments"),
        "caption": float(kind in ("caption", "dek")),
        "legal": float(kind == "boilerplate"),
        "body": float(kind == "body"),
        "bare": float(other == 0),
        "word": float(1 <= other <= 2),
        "name": float(3 <= other <= 4),
        "paragraph below": float(max(sizes[here + 1 :], default=0) > _PARAGRAPH),
        "paragraph above": float(max(sizes[:here], default=0) > _PARAGRAPH),
        "phrase": float(9 <= other <= 20),
        "long": float(other > 20),
        "by": float("by" in words[:6]),
        "near byline": float("byline" in around),
        "near comment": float("comments" in around),
        "story below": float(len(around) > 1 and around[-1] == "related"),
        "under label": float(around[:1] == ["section"] and line > 0),
        "story above": float(around[:1] == ["related"] and line > 0),
        "linked": float(block.linked > 0.5),
        "marked time": float("time" in block.tags or not block.attributes.isdisjoint(names["timestamp"])),
        "marked comment": float(not block.attributes.isdisjoint(names["comments"])),
        "marked rail": float(not block.attributes.isdisjoint(names["related"])),
    }
    if kind == "body":
        features["opening"] = float(layout.first is not None and line <= layout.first + 1)
    return features


def _of_date(text: str, printed: PrintedDay, number: int) -> dict[str, float]:
    before = [word.lower() for word in _WORD.findall(text[max(0, printed.start - 40) : printed.start])][-4:]
    behind = [word.lower() for word in _WORD.findall(text[printed.end :])]
    known = table("publication")
    label = next(
        (name for word in reversed(before) for name in ("later", "first", "foreign") if word in known[name]), None
    )
    return {
        "first label": float(label == "first"),
        "later label": float(label == "later"),
        "foreign label": float(label == "foreign"),
        "not first": float(number > 0),
        "posted": float(bool(_POSTED.search(text[max(0, printed.start - 60) : printed.start]))),
        "inside": float(printed.start > _DATELINE),
        "text behind": float(sum(word not in _usual() for word in behind) > _FEW),
        "clock": float(bool(_CLOCK.search(text[: printed.start] + " " + text[printed.end :]))),
        "weekday": float(printed.weekday is not None and printed.fits),
        "misfit": float(not printed.fits),
        "either": float(printed.other is not None),
    }


def _of_place(layout: Layout, line: int) -> dict[str, float]:
    first = layout.first if layout.first is not None else len(layout.kinds)
    last = layout.last if layout.last is not None else -1
    title = layout.title if layout.title is not None and layout.title < first else None
    top = title if title is not None else first
    return {
        "in the head": float(title is not None and title <= line < first),
        "right above": float(0 < top - line <= 2),
        "above": float(2 < top - line <= 8),
        "far above": float(top - line > 8),
        "within": float(first <= line <= last),
        "right below": float(0 < line - last <= 3 and last >= 0),
        "below": float(3 < line - last <= 10 and last >= 0),
        "far below": float(line - last > 10 and last >= 0),
        "right before body": float(0 < first - line <= 2),
        "under title": float(title is not None and 0 < line - title <= 2),
        "first line": float(line < 3),
    }


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    """The words that stand beside a date and say no more than when it is and what it is the date of."""
    known = table("publication")
    return frozenset([*known["glue"], *known["first"], *known["later"], *weekdays()])


def likeliest(found: list[Candidate]) -> Candidate | None:
    """The date that is most likely the page's own, or None where it is likelier that the page prints none.

    A conditional logit (McFadden 1974) over the dates and the page's printing none of its own, by the weights that
    `training/publication.py` learns; dates that mean the same day count together.
    """
    known = table("publication_weights")
    scored = [(exp(min(_score(one), 50.0)), one) for one in found if not one.features["posted"]]
    if not scored:
        return None
    days: dict[date, float] = defaultdict(float)
    for weight, one in scored:
        days[one.printed.day] += weight
    _, best = max(scored, key=lambda item: item[0])
    return best if days[best.printed.day] >= known["threshold"] * (1.0 + sum(days.values())) else None


def _score(one: Candidate) -> float:
    """How much speaks for a date, on a scale where 0 is as much as speaks for the page's printing no date."""
    weights = table("publication_weights")["weights"]
    return sum(float(weights.get(name, 0.0)) * value for name, value in one.features.items())


def day_first(document: Document, one: Candidate, found: list[Candidate]) -> bool | None:
    """Whether the day stands before the month in a date that leaves it open; None where nothing on the page tells.

    It is told by numeric dates of the page that only one order makes sense of, by the same day being written out
    elsewhere, by the country that the address or the publisher belongs to, and by a language other than English.
    """
    orders = {other.order for other in found if other.order is not None}
    if len(orders) == 1:
        return orders.pop()
    written = {other.printed.day for other in found if other.printed.other is None}
    if (one.printed.day in written) != (one.printed.other in written):
        return one.printed.day in written
    known = table("publication")["order"]
    ending = host_of(document.url).rpartition(".")[2]
    if ending in known["day_first"]:
        return True
    if document.language not in (None, "en"):
        return True
    outlet = outlet_in(document.publisher or "")
    country = outlet.country if outlet else None
    return None if country in (None, *known["either"]) else country not in known["month_first"]
