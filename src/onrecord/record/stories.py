"""Which pages belong together: one story is one occurrence with its run-up and its aftermath.

Pages are compared by the cosine of their weighted words (Salton and Buckley, Term-weighting approaches in automatic
text retrieval, 1988), fading with the days between them, and joined by average linkage within each connected part of
that graph. Weights come from a fixed table and ties are broken by page number, so the order of arrival never matters,
and a new page makes only its own part of the graph to be joined again.
"""

from __future__ import annotations

import heapq
import math
import sqlite3
from collections import Counter, defaultdict
from datetime import date
from zlib import crc32

import msgspec

from onrecord.analysis import Analysis
from onrecord.record.terms import rarity, stems

_READ_CHARACTERS = 9000
_TITLE_COUNTS = 3
_COMMONEST = 1.5
_TERMS = 80
#: Two pages are compared when they share this many of their leading terms within this many days.
_LEADING = 20
_SHARED = 2
_WINDOW = 180
#: Likeness falls to 1/e over this many days; where a day is unknown it counts this share.
_FADE = 150.0
_UNDATED = 0.5
_LINK = 0.06
_JOIN = 0.08
#: Dates known less exactly than this many days count as unknown.
_EXACT = 31
_NO_DAY = -1

Terms = list[tuple[int, float]]


def terms_of(title: str, body: str) -> Terms:
    """The heaviest words of a page with their weights (a unit vector), heaviest first."""
    counts = Counter(stems(body[:_READ_CHARACTERS]))
    for stem in stems(title):
        counts[stem] += _TITLE_COUNTS
    weights = [
        ((1 + math.log(count)) * rarity(stem), stem)
        for stem, count in counts.items()
        if len(stem) > 1 and rarity(stem) >= _COMMONEST
    ]
    weights = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:_TERMS]
    norm = math.sqrt(math.fsum(weight * weight for weight, _ in weights)) or 1.0
    return [(crc32(stem.encode()), round(weight / norm, 6)) for weight, stem in weights]


def day_of(analysis: Analysis) -> int | None:
    """The page's day of publication as a proleptic ordinal, None where it is not known to the month."""
    if analysis.published.earliest is None or analysis.published.latest is None:
        return None
    first = date.fromisoformat(analysis.published.earliest).toordinal()
    last = date.fromisoformat(analysis.published.latest).toordinal()
    return (first + last) // 2 if last - first <= _EXACT else None


def put_terms(connection: sqlite3.Connection, page: int, day: int | None, terms: Terms, shingles: int) -> None:
    """Keep what a page is compared by."""
    connection.execute("INSERT INTO vectors VALUES (?,?,?,?)", (page, day, shingles, msgspec.msgpack.encode(terms)))
    connection.executemany(
        "INSERT OR IGNORE INTO topics VALUES (?,?,?)",
        [(term, _NO_DAY if day is None else day, page) for term, _ in terms[:_LEADING]],
    )


def move_page(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Take up that the day of a page is another now: it and those it was linked with are left to be joined again."""
    day = day_of(analysis)
    (before,) = connection.execute("SELECT day FROM vectors WHERE page=?", (page,)).fetchone()
    if day == before:
        return
    connection.execute("UPDATE vectors SET day=? WHERE page=?", (day, page))
    connection.execute("UPDATE topics SET day=? WHERE page=?", (_NO_DAY if day is None else day, page))
    connection.execute("INSERT OR IGNORE INTO pending SELECT 'stories', other FROM links WHERE page=?", (page,))
    connection.execute("DELETE FROM links WHERE other=?1 AND page IN (SELECT other FROM links WHERE page=?1)", (page,))
    connection.execute("DELETE FROM links WHERE page=?", (page,))
    connection.execute("INSERT OR IGNORE INTO pending VALUES ('links', ?)", (page,))


def link_page(connection: sqlite3.Connection, page: int) -> None:
    """Link a page with those like it and with its copies, in both directions."""
    day, terms = _vector(connection, page)
    bounds = (0, date.max.toordinal()) if day is None else (day - _WINDOW, day + _WINDOW)
    found = connection.execute(
        "SELECT g.page FROM topics f JOIN topics g ON g.term=f.term"
        " WHERE f.page=?1 AND g.page<>?1 AND (g.day BETWEEN ?2 AND ?3 OR g.day=-1) GROUP BY g.page HAVING count(*)>=?4",
        (page, *bounds, _SHARED),
    ).fetchall()
    copies = connection.execute(
        "SELECT page FROM pages WHERE page<>?1 AND report=(SELECT report FROM pages WHERE page=?1)", (page,)
    ).fetchall()
    weights = {other: 1.0 for (other,) in copies}
    for (other,) in found:
        if other not in weights:
            weight = _likeness(day, terms, *_vector(connection, other))
            if weight >= _LINK:
                weights[other] = weight
    for other, weight in weights.items():
        connection.executemany(
            "INSERT OR REPLACE INTO links VALUES (?,?,?)", [(page, other, weight), (other, page, weight)]
        )


def join_stories(connection: sqlite3.Connection, start: int) -> list[int]:
    """Tell stories apart anew in the part of the graph that a page lies in; returns the pages of that part.

    Copies of one report count as one page there, linked as its best linked copy is. A story is named after its lowest
    page number, in `pages.story`.
    """
    reports: dict[int, int] = {}
    edges: dict[int, dict[int, float]] = {}
    waiting = [start]
    links: list[tuple[int, int, float]] = []
    while waiting:
        page = waiting.pop()
        if page not in reports:
            (reports[page],) = connection.execute("SELECT report FROM pages WHERE page=?", (page,)).fetchone()
            edges.setdefault(reports[page], {})
            for other, weight in connection.execute("SELECT other, weight FROM links WHERE page=?", (page,)):
                links.append((page, other, weight))
                waiting.append(other)
    for page, other, weight in links:
        one, two = reports[page], reports[other]
        if one != two:
            edges[one][two] = max(weight, edges[one].get(two, 0.0))
    for group in average_linkage(edges, _JOIN):
        connection.executemany("UPDATE pages SET story=? WHERE report=?", [(group[0], report) for report in group])
    return sorted(reports)


def average_linkage(edges: dict[int, dict[int, float]], least: float) -> list[list[int]]:
    """Groups of nodes, joined in order of their average edge weight down to `least`; absent edges count 0.

    Each group is sorted, and named after its lowest node while it grows; ties go to the lower names.
    """
    groups = {node: [node] for node in edges}
    weights: dict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for node, others in edges.items():
        for other, weight in others.items():
            weights[node][other] = weight
            if node < other and weight >= least:
                heap.append((-weight, node, other))
    heapq.heapify(heap)
    while heap:
        negative, one, two = heapq.heappop(heap)
        if one not in groups or two not in groups or weights[one].get(two) != -negative:
            continue
        here, there = len(groups[one]), len(groups[two])
        merged: dict[int, float] = {}
        for other in weights[one].keys() | weights[two].keys():
            if other in (one, two):
                continue
            total = weights[one].get(other, 0.0) * here + weights[two].get(other, 0.0) * there
            merged[other] = total / (here + there)
        for other in weights.pop(two):
            if other != one:
                del weights[other][two]
        weights[one] = merged
        for other, weight in merged.items():
            weights[other][one] = weight
            if weight >= least:
                heapq.heappush(heap, (-weight, min(one, other), max(one, other)))
        groups[one] = sorted(groups[one] + groups.pop(two))
    return sorted(groups.values())


def _vector(connection: sqlite3.Connection, page: int) -> tuple[int | None, dict[int, float]]:
    day, blob = connection.execute("SELECT day, terms FROM vectors WHERE page=?", (page,)).fetchone()
    return day, dict(msgspec.msgpack.decode(blob, type=Terms))


def _likeness(day: int | None, terms: dict[int, float], other_day: int | None, other: dict[int, float]) -> float:
    cosine = math.fsum(weight * other[term] for term, weight in terms.items() if term in other)
    fade = _UNDATED if day is None or other_day is None else math.exp(-abs(day - other_day) / _FADE)
    return round(cosine * fade, 6)
