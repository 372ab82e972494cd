"""Dating the undated: pages that do not say their day, narrowed by what pages that do say theirs tell of it.

Evidence comes from pages that are dated by themselves only, never from narrowed ones, and each piece from one pair of
pages. So the order of arrival does not matter, there is nothing to go round in circles, and a new page makes only those
pairs to be looked at that tell of the same things, by an index on disk of what they tell with a time. A page whose days
were narrowed is read again under them, so that the times in it follow; the reading that it came with is kept as well.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from zlib import crc32

import msgspec

from onrecord.analysis import Analysis, Interval, Published, Span
from onrecord.page import Page, Problem
from onrecord.record.bounding.anchors import ORDER, Anchor
from onrecord.record.bounding.bound import Bound
from onrecord.record.bounding.bounds import all_anchors, bounds_between
from onrecord.record.bounding.evidence import copy_bound, is_dated, statement_bounds, weekdays_of
from onrecord.record.bounding.narrowing import Narrowed, narrow
from onrecord.record.claims import content_terms
from onrecord.record.furniture import hear_again
from onrecord.record.lines import lines_of
from onrecord.record.store import encode, load, load_dated, put_problem, wait
from onrecord.record.stories import move_page

#: Occurrences and statements of two pages are compared when they have so many things in common, weighing so much.
_SHARED, _WEIGHT = 2, 6.5
_SHARED_SAID, _WEIGHT_SAID = 3, 10.0
#: What a number of something, a day of a month, an agreement and a step of it weigh there; states are on too many pages
#: to tell.
_FIGURE, _DATE, _TOPIC, _STEP = 3.0, 5.0, 4.0, 3.0
#: Of a page so many statements, by so many of their words.
_STATEMENTS = 40
_WORDS = 10
#: The numbers of statements in the index begin here, those of anchors at 0.
_SAID = 1000
_DAY = re.compile(r"\d\d-\d\d")


class _Told:
    """A page on record, what it says and tells with a time each decoded once, when it is first asked for."""

    def __init__(self, connection: sqlite3.Connection, page: int) -> None:
        self.page = page
        self._connection = connection

    @cached_property
    def analysis(self) -> Analysis:
        return load(self._connection, self.page)

    @cached_property
    def anchors(self) -> list[Anchor]:
        (stored,) = self._connection.execute("SELECT anchors FROM anchors WHERE page=?", (self.page,)).fetchone()
        return msgspec.msgpack.decode(zlib.decompress(stored), type=list[Anchor])


class Weekdays(msgspec.Struct):
    """The ISO weekdays on which a page came out by its own words, and where it has them."""

    days: list[int]
    span: Span


def index_dates(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep what a new page dates others by, or is dated by, and leave the rest to the next steps."""
    dated = is_dated(analysis.published)
    if not dated:
        found = weekdays_of(analysis) if analysis.published.basis != "stated" else None
        weekdays = encode(Weekdays(sorted(found[0]), found[1])) if found else None
        own = encode(analysis.published)
        connection.execute("INSERT INTO undated VALUES (?,?,?,?,NULL)", (page, own, weekdays, own))
        wait(connection, "dates", page)
    told = all_anchors(analysis)
    connection.execute("INSERT INTO anchors VALUES (?,?)", (page, zlib.compress(msgspec.msgpack.encode(told))))
    connection.executemany(
        "INSERT OR IGNORE INTO date_terms VALUES (?,?,?,?,?)",
        [
            (crc32(term.encode()), dated, page, place, weight)
            for place, terms in (*_anchor_terms(told, dated), *_statement_terms(analysis, dated))
            for term, weight in terms.items()
        ],
    )
    wait(connection, "evidence", page)


def weigh_pairs(connection: sqlite3.Connection, page: int) -> None:
    """Look at a page with those that tell of the same things, one of each pair dated by itself and the other not."""
    row = connection.execute("SELECT 1 FROM undated WHERE page=?", (page,)).fetchone()
    partners: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for place, other, their_place in connection.execute(
        "SELECT f.sentence, g.page, g.sentence FROM date_terms f JOIN date_terms g ON g.term=f.term AND g.dated=?2"
        " WHERE f.page=?1 AND (f.sentence<?3)=(g.sentence<?3) GROUP BY f.sentence, g.page, g.sentence"
        " HAVING count(*)>=iif(f.sentence<?3, ?4, ?6) AND sum(min(f.weight, g.weight))>=iif(f.sentence<?3, ?5, ?7)",
        (page, row is not None, _SAID, _SHARED, _WEIGHT, _SHARED_SAID, _WEIGHT_SAID),
    ):
        partners[other].add((place, their_place) if row else (their_place, place))
    here = _Told(connection, page)
    for other in sorted(partners):
        there = _Told(connection, other)
        undated, dated = (here, there) if row else (there, here)
        found = list(_evidence(undated, dated, partners[other]))
        if found:
            _keep(connection, undated, dated, found)
            wait(connection, "dates", undated.page)


def date_page(connection: sqlite3.Connection, page: int) -> None:
    """Narrow the days of a page by all that is known of it; where that changes them, what it says follows."""
    row = connection.execute("SELECT own, published FROM undated WHERE page=?", (page,)).fetchone()
    if row is None:
        return
    _compare_copies(connection, page)
    own, before = (msgspec.json.decode(stored, type=Published) for stored in row)
    after = published_of(own, narrowed(connection, page), weekdays_named(connection, page))
    if after == before:
        return
    analysis = None if after == own else _read_again(connection, page, before, after)
    connection.execute(
        "UPDATE undated SET published=?, analysis=? WHERE page=?",
        (encode(after), None if analysis is None else zlib.compress(msgspec.json.encode(analysis)), page),
    )
    connection.execute(
        "UPDATE pages SET earliest=?, latest=?, basis=? WHERE page=?", (after.earliest, after.latest, after.basis, page)
    )
    analysis = load_dated(connection, page)
    move_page(connection, page, analysis)
    for line in lines_of(load(connection, page)):
        connection.execute("INSERT OR IGNORE INTO pending SELECT 'line', line FROM furniture WHERE line=?", (line.key,))
    hear_again(connection, page)


def narrowed(connection: sqlite3.Connection, page: int) -> Narrowed:
    """What is left of the days of an undated page, by its own words and all evidence on record."""
    (own,) = connection.execute("SELECT own FROM undated WHERE page=?", (page,)).fetchone()
    named = weekdays_named(connection, page)
    found = (bound for _, bound in _evidence_of(connection, page))
    return narrow(msgspec.json.decode(own, type=Interval), found, frozenset(named.days) if named else None)


def _evidence_of(connection: sqlite3.Connection, page: int) -> list[tuple[int, Bound]]:
    """The evidence for the days of a page, each piece with the number of the page that it comes from."""
    return [
        (other, msgspec.json.decode(bound, type=Bound))
        for other, bound in connection.execute(
            "SELECT other, bound FROM bounds WHERE page=? ORDER BY other, bound", (page,)
        )
    ]


def weekdays_named(connection: sqlite3.Connection, page: int) -> Weekdays | None:
    """The weekdays on which an undated page came out by its own words, None where it has no such words."""
    (stored,) = connection.execute("SELECT weekdays FROM undated WHERE page=?", (page,)).fetchone()
    return msgspec.json.decode(stored, type=Weekdays) if stored else None


def published_of(own: Published, told: Narrowed, weekdays: Weekdays | None) -> Published:
    """The publication of a page as it is narrowed; `own` where nothing narrows it.

    Of a day that can be read in two ways, day first or month first, the reading that is left alone is the one.
    """
    first, last = told.days.earliest, told.days.latest
    if own.basis == "stated":
        left = [day for day in (own.earliest, own.latest) if day and (first or "") <= day <= (last or "~")]
        first, last = (left[0], left[0]) if len(left) == 1 else (own.earliest, own.latest)
    if (first, last) == (own.earliest, own.latest):
        return own
    evidence = {
        *own.evidence,
        *(bound.own for bound in told.used),
        *([weekdays.span] if weekdays and told.weekdays else []),
    }
    return Published(first, last, "inferred", sorted(evidence))


def _evidence(undated: _Told, dated: _Told, places: set[tuple[int, int]]) -> Iterator[Bound]:
    """What a dated page tells of the day of an undated one, by the pairs of places in which they are much alike."""
    alike = sorted(pair for pair in places if max(pair) < _SAID)
    if alike:
        yield from bounds_between(
            [undated.anchors[place] for place in sorted({place for place, _ in alike})],
            [dated.anchors[place] for place in sorted({place for _, place in alike})],
        )
    if len(alike) < len(places):
        yield from statement_bounds(undated.analysis, dated.analysis)


def _compare_copies(connection: sqlite3.Connection, page: int) -> None:
    """Keep what the dated pages that carry the same report as an undated one tell of its day."""
    others = connection.execute(
        "SELECT page FROM pages WHERE report=(SELECT report FROM pages WHERE page=?1) AND page<>?1"
        " AND page NOT IN (SELECT page FROM undated) ORDER BY page",
        (page,),
    ).fetchall()
    for other, bound in _evidence_of(connection, page):
        if bound.how == "copy":
            connection.execute("DELETE FROM bounds WHERE page=? AND other=? AND bound=?", (page, other, _encode(bound)))
    here = _Told(connection, page)
    for (other,) in others:
        there = _Told(connection, other)
        told = copy_bound(here.analysis, there.analysis)
        if told:
            _keep(connection, here, there, [told])


def _keep(connection: sqlite3.Connection, undated: _Told, dated: _Told, found: list[Bound]) -> None:
    own, theirs = undated.analysis.text, dated.analysis.text
    connection.executemany(
        "INSERT OR IGNORE INTO bounds VALUES (?,?,?,?,?)",
        [
            (undated.page, dated.page, _encode(bound), own[slice(*bound.own)], theirs[slice(*bound.other)])
            for bound in sorted(set(found), key=_encode)
        ],
    )


def _encode(bound: Bound) -> str:
    return msgspec.json.encode(bound, order="deterministic").decode()


def _read_again(connection: sqlite3.Connection, page: int, before: Published, after: Published) -> Analysis:
    """The reading of a page under the days that are left; where it cannot be read again, the one that it came with."""
    if (before.earliest, before.latest) == (after.earliest, after.latest):
        return msgspec.structs.replace(load_dated(connection, page), published=after)
    analysis = load(connection, page)
    data, given = connection.execute("SELECT data, given FROM sources WHERE page=?", (page,)).fetchone()
    if given is not None:
        from onrecord.reading.pipeline import read  # noqa: PLC0415 - asking questions need not load reading

        days = f"{after.earliest or '..'}/{after.latest or '..'}"
        known = {**msgspec.json.decode(given, type=dict[str, str]), "published": days}
        received = Page(analysis.path, zlib.decompress(data), analysis.media_type, analysis.sha256, known)
        try:
            analysis = read(received)
        except Exception as error:  # noqa: BLE001 - one page must never end the dating of the others
            reason = f"reading it again, under its days, failed ({type(error).__name__}: {error})"
            put_problem(connection, Problem(analysis.path, reason))
    return msgspec.structs.replace(analysis, published=after)


def _anchor_terms(told: list[Anchor], dated: bool) -> Iterator[tuple[int, dict[str, float]]]:
    """What the occurrences of a page are looked up by: the ends of names, words, numbers, days, agreements.

    Of a dated page's, those whose days are known; of another's, those whose days hang on its own.
    """
    for place, anchor in enumerate(told[:_SAID]):
        if (anchor.first is not None) != dated and (anchor.value or not dated or ORDER in anchor.kinds):
            continue
        terms = dict(anchor.terms)
        for name, weight in anchor.names.items():
            terms[name.rpartition(" ")[2]] = weight
        terms |= {f"#{unit} {number}": _FIGURE for unit, number in anchor.figures.items()}
        terms |= {f"*{topic}": _TOPIC for topic in anchor.topics}
        terms |= {f"*{topic} {kind}": _STEP for topic in anchor.topics for kind in anchor.kinds}
        day = (anchor.value if not dated else anchor.first or "")[-5:]
        if _DAY.fullmatch(day) and anchor.first == anchor.last:
            terms[f"@{day}"] = _DATE
        yield place, terms


def _statement_terms(analysis: Analysis, dated: bool) -> Iterator[tuple[int, dict[str, float]]]:
    """What the statements of a page are looked up by; of a dated page's, those that can tell a day of others."""
    outer = {analysis.publisher, analysis.wire}
    carriers = {actor.id for actor in analysis.actors if actor.name not in outer}
    places = _SAID
    for statement in analysis.statements:
        known = statement.said.earliest is not None and statement.said.earliest == statement.said.latest
        if not statement.content or (dated and not known and not carriers.intersection(statement.chain[1:])):
            continue
        places += 1
        if places > _SAID + _STATEMENTS:
            return
        terms = content_terms(" ".join(analysis.text[start:end] for start, end in statement.content))
        leading = sorted(terms, key=lambda term: (-terms[term], term))[:_WORDS]
        yield places, {term: terms[term] for term in leading}
