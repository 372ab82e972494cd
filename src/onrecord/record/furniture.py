"""What repeats across the pages of one outlet, whatever their story, is furniture: and furniture never speaks.

Templates are told from content by what many pages of one site have in common (Bar-Yossef and Rajagopalan, Template
detection via data mining and its applications, 2002), here line by line. A line counts as furniture where it stands on
pages of several stories, and most of the reports that carry it were read as having it outside their article; or,
whatever they were read as, where it stands in the same form on a good share of all that the outlet tells, and the
pages have nothing in common that would call for it. Sentences that an outlet repeats while a story runs, or whenever
it comes back to a subject, are so left to their articles, and so are tables and notices whose figures change.

The evidence is what the pages' own readings say, never what was corrected by it: so the order of arrival does not
matter, and there is nothing to go round in circles.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict

import msgspec

from onrecord.analysis import ARTICLE, Analysis, SegmentKind, Span
from onrecord.record.correcting import corrected
from onrecord.record.disputes import put_claims
from onrecord.record.lines import ARTICLE_KINDS, KINDS, Line, lines_of, outlet_of
from onrecord.record.store import load, load_dated, put_words, remove_words, wait
from onrecord.record.terms import rarity, stems

#: On so many pages a line recurs.
_RECURS = 3
#: Furniture stands on pages of so many stories; of so many where the pages' readings do not say that it is.
_STORIES = 3
_TELLING_STORIES = 5
#: And then in this share of the outlet's stories.
_SHARE = 0.01
#: The pages of a line have a subject when more than this share of its stories have one word in their titles.
_SUBJECT = 0.4
#: Words commoner than this name no subject; titles of so many pages are looked at.
_COMMONEST = 1.5
_LOOKED_AT = 500
#: What a corrected line is taken for where no page says what else it is.
_PLAIN: SegmentKind = "boilerplate"


def put_lines(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep the lines of a new page. A line that stands on it twice counts once, as article if it is that once."""
    found: dict[int, Line] = {}
    for line in lines_of(analysis):
        known = found.get(line.key)
        if known is None or (line.article and not known.article):
            found[line.key] = line
    connection.executemany(
        "INSERT INTO lines VALUES (?,?,?,?)", [(line.key, page, line.form, line.kind) for line in found.values()]
    )


def note_lines(connection: sqlite3.Connection, page: int) -> None:
    """Leave what a new or regrouped page changes to the next steps: its recurring lines, its outlet, itself."""
    analysis = load(connection, page)
    outlet = outlet_of(analysis)
    if outlet is None:
        return
    wait(connection, "outlet", outlet)
    for line in lines_of(analysis):
        (pages,) = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM lines WHERE line=? LIMIT ?)", (line.key, _RECURS)
        ).fetchone()
        if pages == _RECURS:
            wait(connection, "line", line.key)
            wait(connection, "speak", page)


def weigh_line(connection: sqlite3.Connection, key: int) -> None:
    """Count anew what the pages say of a line."""
    pages, reports, stories, first, last, example = connection.execute(
        "SELECT count(*), count(DISTINCT report), count(DISTINCT story), min(earliest), max(latest), min(page)"
        " FROM lines JOIN pages USING(page) WHERE line=?",
        (key,),
    ).fetchone()
    if pages < _RECURS:
        connection.execute(
            "INSERT OR IGNORE INTO pending SELECT 'speak', lines.page FROM lines JOIN furniture USING(line)"
            " WHERE line=? AND settled",
            (key,),
        )
        connection.execute("DELETE FROM furniture WHERE line=?", (key,))
        return
    kinds = dict(
        connection.execute("SELECT kind, count(*) FROM lines WHERE line=? GROUP BY kind ORDER BY kind", (key,))
    )
    (inside,) = connection.execute(
        "SELECT count(DISTINCT report) FROM lines JOIN pages USING(page) WHERE line=? AND kind < ?",
        (key, ARTICLE_KINDS),
    ).fetchone()
    (alike,) = connection.execute(
        "SELECT max(told) FROM (SELECT count(DISTINCT story) AS told FROM lines JOIN pages USING(page)"
        " WHERE line=? GROUP BY form)",
        (key,),
    ).fetchone()
    outlet, words, span = _example(connection, example, key)
    if alike >= _TELLING_STORIES and _has_subject(connection, key):
        alike = 0
    connection.execute(
        "INSERT INTO furniture VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0)"
        " ON CONFLICT(line) DO UPDATE SET page=excluded.page, words=excluded.words, span=excluded.span,"
        " pages=excluded.pages, reports=excluded.reports, stories=excluded.stories, inside=excluded.inside,"
        " alike=excluded.alike, kinds=excluded.kinds, first=excluded.first, last=excluded.last",
        (key, outlet, example, words, msgspec.json.encode(span).decode(), pages, reports, stories, inside, alike,
         msgspec.json.encode({KINDS[kind]: count for kind, count in kinds.items()}).decode(), first, last),
    )  # fmt: skip


def judge_outlet(connection: sqlite3.Connection, outlet: str) -> None:
    """Say which recurring lines of an outlet are furniture, and leave the pages that this changes to be heard anew."""
    (told,) = connection.execute("SELECT count(DISTINCT story) FROM pages WHERE outlet=?", (outlet,)).fetchone()
    changed = connection.execute(
        "SELECT line, NOT settled FROM furniture WHERE outlet=?1 AND settled <>"
        " (stories >= ?2 AND (2 * inside < reports OR (alike >= ?3 AND alike >= ?4 * ?5)))",
        (outlet, _STORIES, _TELLING_STORIES, _SHARE, told),
    ).fetchall()
    for line, settled in changed:
        connection.execute("UPDATE furniture SET settled=? WHERE line=?", (settled, line))
        connection.execute("INSERT OR IGNORE INTO pending SELECT 'speak', page FROM lines WHERE line=?", (line,))


def hear_page(connection: sqlite3.Connection, page: int) -> None:
    """Take up what a page says outside the lines that are furniture; does nothing where that is what it said before."""
    analysis = load_dated(connection, page)
    before = dict.fromkeys(_corrections(connection, page), _PLAIN)
    after = {
        line.key: _PLAIN
        for line in lines_of(analysis)
        if line.article
        and connection.execute("SELECT 1 FROM furniture WHERE line=? AND settled", (line.key,)).fetchone()
    }
    if before.keys() == after.keys():
        return
    connection.execute("DELETE FROM corrections WHERE page=?", (page,))
    connection.executemany("INSERT INTO corrections VALUES (?,?)", [(page, line) for line in after])
    heard, hears = corrected(analysis, before), corrected(analysis, after)
    if (heard.statements, heard.agreements) != (hears.statements, hears.agreements):
        _hear(connection, page, hears)


def hear_again(connection: sqlite3.Connection, page: int) -> None:
    """Take up what a page says where its reading is another now."""
    lines = dict.fromkeys(_corrections(connection, page), _PLAIN)
    _hear(connection, page, corrected(load_dated(connection, page), lines))
    wait(connection, "speak", page)


def _hear(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    remove_words(connection, page)
    put_words(connection, page, analysis)
    put_claims(connection, page, analysis)
    wait(connection, "disputes", page)


def corrected_page(connection: sqlite3.Connection, page: int) -> Analysis:
    """The analysis of a page as the record takes it: corrected lines have the kind that most other pages give them."""
    kinds: dict[int, SegmentKind] = {}
    for line in _corrections(connection, page):
        (counts,) = connection.execute("SELECT kinds FROM furniture WHERE line=?", (line,)).fetchone()
        others = {kind: count for kind, count in decode_kinds(counts).items() if kind not in ARTICLE}
        kinds[line] = min(others, key=lambda kind: (-others[kind], kind), default=_PLAIN)
    return corrected(load_dated(connection, page), kinds)


def decode_kinds(stored: str) -> dict[SegmentKind, int]:
    """How many pages took a line for each kind, from the table `furniture`."""
    return msgspec.json.decode(stored, type=dict[SegmentKind, int])


def _corrections(connection: sqlite3.Connection, page: int) -> list[int]:
    return [line for (line,) in connection.execute("SELECT line FROM corrections WHERE page=? ORDER BY line", (page,))]


def _example(connection: sqlite3.Connection, page: int, key: int) -> tuple[str | None, str, Span]:
    """The outlet of a line, and its words and span on a page."""
    analysis = load(connection, page)
    span = next(line.span for line in lines_of(analysis) if line.key == key)
    return outlet_of(analysis), analysis.text[span[0] : span[1]], span


def _has_subject(connection: sqlite3.Connection, key: int) -> bool:
    """Whether the pages that a line stands on have a subject in common by their titles, so that it may belong to that.

    It may too where too few of them have a title to tell. Of the pages of a very common line some are looked at, by
    their numbers, which is as good as any choice.
    """
    subjects: dict[str, set[int]] = defaultdict(set)
    stories: set[int] = set()
    for title, story in connection.execute(
        "SELECT title, story FROM lines JOIN pages USING(page) WHERE line=? AND title IS NOT NULL"
        " ORDER BY lines.page LIMIT ?",
        (key, _LOOKED_AT),
    ):
        stories.add(story)
        for stem in stems(title):
            if stem.isalpha() and rarity(stem) >= _COMMONEST:
                subjects[stem].add(story)
    most = max(map(len, subjects.values()), default=0)
    return len(stories) < _TELLING_STORIES or most > _SUBJECT * len(stories)
