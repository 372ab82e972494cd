"""What dated pages say of the day of publication of an undated one, by occurrences that both tell of.

The undated page tells it in relative words ("on Friday", "last month"), a dated one with days. The undated page was
published on a day on which its words mean days that meet those.

Whether two tellings are of one occurrence is decided by what both have: a kind, people, bodies and states that are
named, and details, weighted by how rare they are in news: words, places, numbers. More is asked of what recurs. What
both tell differently (place, number, parties) speaks against it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from onrecord.analysis import Analysis
from onrecord.lexicon import table
from onrecord.record.bounding.anchors import ORDER, SAYING, Anchor, anchors
from onrecord.record.bounding.bound import Bound, How
from onrecord.record.bounding.chambers import other_chambers
from onrecord.record.bounding.naming import root
from onrecord.record.bounding.order import order_anchors, order_bounds
from onrecord.record.bounding.reckoning import latest_day, publication_days
from onrecord.record.bounding.voices import one_voice
from onrecord.record.identity import same_name
from onrecord.record.terms import fold, stem

#: What a state, a number, a place and a day of the month weigh that both tell; words and names weigh as they are rare.
_STATE, _FIGURE, _PLACE, _DATE = 2.0, 3.0, 3.0, 5.0
_YEARLESS = re.compile(r"XXXX-\d\d")
_DAY_NAMED = re.compile(r"XXXX-(?:WXX-(?P<weekday>[1-7])|(?P<date>\d\d-\d\d))")
#: What it weighs that both pages tell of one agreement, in what is a step of agreements; where both name its day, more.
_TOPIC, _TOPIC_DAY = 4.0, 6.0
#: So many participants both must name. One is enough where the details weigh so much, or, of
#: what recurs and is not told in almost the same words, so much more.
_PARTICIPANTS, _RARE, _RARER = 2, 9.0, 12.0
#: The least weight of shared details: of what happens once, of what recurs, and of what two people both named do again.
_ONCE, _AGAIN, _PAIR = 2.5, 6.0, 3.0
#: The same of what one person says in almost the same words; and where one telling is vague, whose days are more than
#: a week, with its least share.
_SAME_WORDS, _VAGUE, _COVER_VAGUE, _WEEK = 5.0, 5.0, 0.45, 7
#: The same of what a state and one of its officials say, and of what one page tells without a time.
_SEAT, _UNTIMED = 7.0, 8.0
#: The least weight of all that is shared, and its least share of what the shorter telling has.
_SHARED, _COVER, _ALMOST = 8.0, 0.4, 0.75
#: Where each side names states that the other does not, so much more is asked.
_FOREIGN = 2.0
#: Of several tellings, those count whose likeness is at least this share of the best one's.
_BEST = 0.8


def bounds(undated: Analysis, dated: Analysis) -> list[Bound]:
    """What a dated page says of the day of publication of an undated one, in the order of the latter's text."""
    return bounds_between(all_anchors(undated), all_anchors(dated))


def all_anchors(analysis: Analysis) -> list[Anchor]:
    """What of a page is kept for comparing it: what it tells with a time, and how far it says agreements have come."""
    return [*anchors(analysis), *order_anchors(analysis)]


def bounds_between(own: Iterable[Anchor], other: Iterable[Anchor]) -> list[Bound]:
    """The same by the anchors of both pages: `own` are those of the undated one.

    For each occurrence that the undated page tells, only the tellings most like it count.
    """
    own, other = list(own), list(other)
    dated = [anchor for anchor in other if (anchor.first or not anchor.value) and ORDER not in anchor.kinds]
    found = list(order_bounds(own, other))
    for anchor in own:
        if anchor.first or ORDER in anchor.kinds:
            continue
        matches = [
            (weight, told) for told in dated if (anchor.value or told.first) and (weight := likeness(anchor, told)) > 0
        ]
        best = max((weight for weight, _ in matches), default=0.0)
        bounds = [_bound(anchor, told) for weight, told in matches if weight >= _BEST * best]
        found.extend(bound for bound in bounds if bound)
    return found


Named = Literal["date", "weekday", "another", "none"]


@dataclass(slots=True)
class Shared:
    """What two tellings share."""

    kinds: frozenset[str]
    names: set[str]
    states: frozenset[str]
    seats: frozenset[str]
    detail: float
    weight: float
    cover: float
    foreign: bool
    topic: bool
    named: Named
    voice: str
    timed: bool
    sent: bool


def likeness(one: Anchor, other: Anchor) -> float:
    """How much two tellings share, if they can be of one occurrence; else 0."""
    shared = compare(one, other)
    return shared.weight * shared.cover if shared and _is_one(shared, _is_vague(one, other)) else 0.0


def compare(one: Anchor, other: Anchor) -> Shared | None:
    """What two tellings share; None where they contradict each other."""
    kinds = one.kinds & other.kinds
    voice = one_voice((one.speaker, one.seat, one.itself), (other.speaker, other.seat, other.itself))
    timed = bool(one.value and other.value)
    if not timed:
        kinds &= {SAYING}
    if not voice or (voice == "seat" and not timed):
        kinds -= {SAYING}
    if one.kinds & other.kinds and not kinds:
        return None
    named = _named_day(one, other)
    if named == "another" or any(not _agree(one, other, kind) for kind in kinds):
        return None
    if other_chambers(one.chambers, other.chambers):
        return None
    places = {place for place in one.places if any(_same_place(place, also) for also in other.places)}
    if one.places and other.places and not places:
        return None
    sent = any(
        here.site and not here.places and any(_same_place(here.site, place) for place in {*there.places, *there.names})
        for here, there in ((one, other), (other, one))
    )
    figures = one.figures.keys() & other.figures.keys()
    if any(one.figures[unit] != other.figures[unit] for unit in figures):
        return None
    pairs = [(name, also) for name in one.names for also in other.names if same_name(name, also)]
    names = {name for name, _ in pairs}
    mine, theirs = one.states, other.states
    known = {one.homes.get(name) for name, _ in pairs} | {other.homes.get(also) for _, also in pairs}
    states = (mine & theirs) - known
    terms = one.terms.keys() & other.terms.keys()
    topics = [
        topic
        for topic in one.topics & other.topics
        if any(_steps(kind) for kind in kinds)
        and (mine & theirs or pairs)
        and mine | theirs <= set(topic.split()[0].split("-"))
    ]
    detail = (
        math.fsum(one.terms[term] for term in terms)
        + _FIGURE * len(figures)
        + _PLACE * (bool(places) or sent)
        + _DATE * (named == "date")
        + (_TOPIC_DAY if named in ("date", "weekday") else _TOPIC) * bool(topics)
    )
    weight = detail + math.fsum(one.names[name] for name in names) + _STATE * len(states)
    seats = frozenset(place[1:] for place in places if place.startswith("="))
    return Shared(
        kinds, names, states, seats, detail, weight, min(1.0, weight / max(1.0, min(_total(one), _total(other)))),
        bool(mine - theirs) and bool(theirs - mine), bool(topics), named, voice,
        timed, sent,
    )  # fmt: skip


def _is_vague(own: Anchor, other: Anchor) -> bool:
    """Whether the one telling names a day or a week and the other tells no more than about the month."""
    if not other.first or not other.last or _YEARLESS.match(own.value) or own.value.count("-") < 1:
        return False
    wide = (date.fromisoformat(other.last) - date.fromisoformat(other.first)).days
    return wide > _WEEK and own.value != "XXXX-XX"


def _is_one(shared: Shared, vague: bool = False) -> bool:
    """Whether what two tellings share makes them tellings of one occurrence; more is asked where one is vague."""
    if not shared.kinds:
        return False
    participants = len(shared.names) + len(shared.states - shared.seats) + shared.topic + shared.sent
    again = all(_recurs(kind) for kind in shared.kinds)
    least = _ONCE
    if again:
        least = _PAIR if len(shared.names) + shared.sent > 1 and SAYING not in shared.kinds else _AGAIN
        if SAYING in shared.kinds and shared.voice == "name" and shared.cover >= _ALMOST:
            least = _SAME_WORDS
    if shared.foreign and (len(shared.names) < _PARTICIPANTS or any(map(_steps, shared.kinds))):
        least *= _FOREIGN
    if participants < _PARTICIPANTS:
        least = max(least, _RARER if again and shared.cover < _ALMOST else _RARE)
    if shared.kinds == {SAYING} and shared.voice == "seat":
        least = max(least, _SEAT)
    if not shared.timed:
        least = max(least, _UNTIMED)
    if vague:
        least = max(least, _VAGUE)
    if participants == 0 and shared.named != "date":
        return False
    return shared.detail >= least and shared.weight >= _SHARED and shared.cover >= (_COVER_VAGUE if vague else _COVER)


def _named_day(own: Anchor, other: Anchor) -> Named:
    """How the day of the one telling is named that the other tells: by its date, its weekday, as another, or not."""
    found = _DAY_NAMED.match(own.value)
    if not found or not other.first or other.first != other.last:
        return "none"
    if found["weekday"]:
        return "weekday" if date.fromisoformat(other.first).isoweekday() == int(found["weekday"]) else "another"
    if other.first[5:] != found["date"]:
        return "another"
    return "date" if any(char.isdigit() for char in _says(own)) else "none"


def _total(anchor: Anchor) -> float:
    return (
        math.fsum(anchor.names.values())
        + math.fsum(anchor.terms.values())
        + _STATE * len(anchor.states)
        + _FIGURE * len(anchor.figures)
    )


def _agree(one: Anchor, other: Anchor, kind: str) -> bool:
    """Whether both or neither have one of the words that tell occurrences of a kind apart."""
    words = _apart(kind)
    return {word for word in words if word in one.terms} == {word for word in words if word in other.terms}


def _same_place(one: str, other: str) -> bool:
    return one == other or same_name(one, other)


def _bound(own: Anchor, other: Anchor) -> Bound | None:
    """The days on which the words of an undated page mean the days of a dated one."""
    if not other.last:
        return None
    how: How = "statement" if own.kinds & other.kinds == {SAYING} else "event"
    if not own.value:
        return Bound(how, other.first, None, own.span, other.span)
    last = date.fromisoformat(other.last)
    if not other.first:
        day = latest_day(own, last)
        return Bound(how, None, day.isoformat(), own.span, other.span) if day else None
    days = publication_days(own, date.fromisoformat(other.first), last, _says(other), other.published)
    if days is None:
        return None
    return Bound(how, days[0].isoformat(), days[1].isoformat(), own.span, other.span)


def _says(anchor: Anchor) -> str:
    return anchor.words[slice(*anchor.at)]


def _steps(kind: str) -> bool:
    return bool(table("events")["kind"].get(kind, {}).get("step"))


def _recurs(kind: str) -> bool:
    return kind == SAYING or bool(table("events")["kind"][kind]["recurs"])


@cache
def _apart(kind: str) -> frozenset[str]:
    entry = table("events")["kind"].get(kind, {})
    return frozenset(root(stem(fold(word))) for word in entry.get("apart", ()))
