"""How a page goes into a record, and comes out of it again.

Pages are kept as received (zlib), with the SHA-256 of their bytes. A page is identified by its path and that sum;
its number is taken from both, so that nothing in the file depends on the order of arrival. Tables that join pages
are brought up to date by the steps of `onrecord.record.folding` from what is stored here.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from onrecord.analysis import Agreement, Analysis, Statement
from onrecord.page import Problem
from onrecord.record.identity import name_key
from onrecord.record.lines import lines_of, outlet_of

#: The block of agreements that are known by name.
NAMED = "*"
#: What joins the pieces of a discontinuous span when they are shown as words.
GAP = " … "

#: Takes back what a page says, and leaves the agreements it says it of to be folded again.
_REMOVE_WORDS = """
INSERT OR IGNORE INTO pending SELECT 'block', block FROM reports WHERE page=?1;
DELETE FROM disputes WHERE claim IN (SELECT id FROM statements WHERE page=?1)
  OR denial IN (SELECT id FROM statements WHERE page=?1);
DELETE FROM claim_terms WHERE statement IN (SELECT statement FROM claims WHERE page=?1);
DELETE FROM claims WHERE page=?1;
DELETE FROM forecasts WHERE page=?1;
DELETE FROM relatives WHERE page=?1;
DELETE FROM reports WHERE page=?1;
DELETE FROM statements WHERE page=?1
"""

#: Takes back the page itself, and leaves what it was joined with to be joined again.
_REMOVE = """
INSERT OR IGNORE INTO pending SELECT 'copies', page FROM pages
  WHERE report=(SELECT report FROM pages WHERE page=?1);
INSERT OR IGNORE INTO pending SELECT 'links', other FROM links WHERE page=?1;
INSERT OR IGNORE INTO pending SELECT 'outlet', outlet FROM pages WHERE page=?1 AND outlet IS NOT NULL;
INSERT OR IGNORE INTO pending SELECT 'dates', page FROM bounds WHERE other=?1;
DELETE FROM bounds WHERE page=?1 OR other=?1;
DELETE FROM date_terms WHERE page=?1;
DELETE FROM anchors WHERE page=?1;
DELETE FROM undated WHERE page=?1;
DELETE FROM links WHERE page IN (SELECT page FROM pages WHERE report=(SELECT report FROM pages WHERE page=?1))
  AND other IN (SELECT page FROM pages WHERE report=(SELECT report FROM pages WHERE page=?1));
DELETE FROM links WHERE other=?1 AND page IN (SELECT other FROM links WHERE page=?1);
DELETE FROM links WHERE page=?1;
UPDATE pages SET report=page WHERE report=(SELECT report FROM pages WHERE page=?1);
DELETE FROM fingerprints WHERE page=?1;
DELETE FROM topics WHERE page=?1;
DELETE FROM vectors WHERE page=?1;
DELETE FROM corrections WHERE page=?1;
DELETE FROM sources WHERE page=?1;
DELETE FROM pages WHERE page=?1
"""


def encode(value: object) -> str:
    """A value as JSON text."""
    return msgspec.json.encode(value).decode()


def page_number(path: str, sha256: str) -> int:
    """The number of a page, from its path and the sum of its bytes: positive, 63 bits."""
    digest = hashlib.sha256(f"{path}\0{sha256}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def statement_id(page: int, statement: str) -> str:
    """The id in the record of a statement that has the id `statement` in the analysis of its page."""
    return f"{page:016x}-{statement}"


def joined(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words of the spans, in order, with a mark where something lies between them."""
    return GAP.join(text[start:end] for start, end in spans)


def block_of(agreement: Agreement) -> str | None:
    """Where an agreement is looked for among others: its sides, or NAMED: among all that have a name of their own.

    A common noun (`trade deal`) is no such name. None where there is nothing to know the agreement by.
    """
    named = agreement.name is not None and not agreement.name.islower()
    if len(agreement.parties) == 2 or (agreement.parties and not named):
        return ",".join(sorted(agreement.parties))
    return NAMED if named else None


def load(connection: sqlite3.Connection, page: int) -> Analysis:
    """The analysis of a page as it was read: what it says of others counts by this."""
    (blob,) = connection.execute("SELECT analysis FROM sources WHERE page=?", (page,)).fetchone()
    return msgspec.json.decode(zlib.decompress(blob), type=Analysis)


def load_dated(connection: sqlite3.Connection, page: int) -> Analysis:
    """The analysis of a page under the days that the record leaves for its publication: what is told of it is this."""
    row = connection.execute("SELECT analysis FROM undated WHERE page=? AND analysis IS NOT NULL", (page,)).fetchone()
    return msgspec.json.decode(zlib.decompress(row[0]), type=Analysis) if row else load(connection, page)


class Reading(NamedTuple):
    """What an analysis comes from, as sums in hexadecimal digits: `sum` of all that it depends on, the page and what
    is given of it among that, and `edition` of the program that read it. Empty where they are not known. `given` is
    what is given of the page (`Page.given`), None where that is not known: such a page cannot be read again.
    """

    sum: str = ""
    edition: str = ""
    given: Mapping[str, str] | None = None


UNKNOWN = Reading()


def holds(connection: sqlite3.Connection, path: str, sha256: str, reading: Reading) -> bool:
    """Whether a page is on record, and this reading of it would change nothing."""
    return (
        connection.execute(
            "SELECT 1 FROM readings JOIN sources USING(page) WHERE page=? AND sum=? AND edition=?",
            (page_number(path, sha256), bytes.fromhex(reading.sum), bytes.fromhex(reading.edition)),
        ).fetchone()
        is not None
    )


def put_page(connection: sqlite3.Connection, analysis: Analysis, data: bytes, reading: Reading) -> int | None:
    """Put a page on record and return its number; None where it is there already.

    Where the same page comes with two analyses (the caller knew its date once and once not), the one with the surer
    date stays, then the one that comes first in the alphabet: so the order of arrival never matters. An analysis by
    another edition of the program takes the place of the one that is there.
    """
    page = page_number(analysis.path, analysis.sha256)
    encoded = msgspec.json.encode(analysis)
    edition = bytes.fromhex(reading.edition)
    if reading.sum and not analysis.problems:
        connection.execute("INSERT OR IGNORE INTO readings VALUES (?,?)", (page, bytes.fromhex(reading.sum)))
    known = connection.execute("SELECT analysis, edition FROM sources WHERE page=?", (page,)).fetchone()
    if known is not None:
        stored = zlib.decompress(known[0])
        former = msgspec.json.decode(stored, type=Analysis)
        if edition == known[1] and _rank(analysis, encoded) >= _rank(former, stored):
            return None
        _remove_page(connection, page, former)
    dates = analysis.published
    connection.execute(
        "INSERT INTO pages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (page, analysis.path, analysis.sha256, analysis.media_type, analysis.url, analysis.title, analysis.publisher,
         analysis.wire, analysis.byline, analysis.language, dates.earliest, dates.latest, dates.basis, page, page,
         outlet_of(analysis)),
    )  # fmt: skip
    given = None if reading.given is None else encode(dict(sorted(reading.given.items())))
    connection.execute(
        "INSERT INTO sources VALUES (?,?,?,?,?)",
        (page, zlib.compress(data), zlib.compress(encoded), edition, given),
    )
    connection.execute("INSERT OR IGNORE INTO pending VALUES ('copies', ?), ('lines', ?)", (page, page))
    put_words(connection, page, analysis)
    return page


def put_words(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Put on record what a page says: its statements, and what it reports of agreements."""
    from onrecord.reading.outlook import outlook  # noqa: PLC0415 - asking questions need not load reading

    names = {actor.id: actor.name for actor in analysis.actors}
    topics = _topics(analysis)
    for place, statement in enumerate(analysis.statements):
        _put_statement(connection, page, analysis, place, topics.get(statement.id, ""))
    statements = {statement.id: statement for statement in analysis.statements}
    for place, agreement in enumerate(analysis.agreements):
        block = block_of(agreement)
        if block is None:
            continue
        connection.execute("INSERT OR IGNORE INTO pending VALUES ('block', ?)", (block,))
        voice = _voice(statements.get(agreement.statement or ""), names)
        connection.execute(
            "INSERT INTO reports VALUES (?,?,?,?,?,?,?)",
            (page, place, block, encode(agreement), joined(analysis.text, [agreement.span]), *voice),
        )
    forecasts, relatives = outlook(analysis)
    for number, forecast in enumerate(forecasts):
        voice = _voice(statements.get(forecast.statement or ""), names)
        words = joined(analysis.text, [forecast.span])
        connection.execute(
            "INSERT INTO forecasts VALUES (?,?,?,?,?,?,?)",
            (page, number, forecast.agreement, encode(forecast), words, *voice),
        )
    for number, relative in enumerate(relatives):
        words = joined(analysis.text, [relative.span])
        connection.execute(
            "INSERT INTO relatives VALUES (?,?,?,?,?)", (page, number, relative.agreement, encode(relative), words)
        )


def _voice(statement: Statement | None, names: dict[str, str]) -> tuple[str | None, str]:
    """Who speaks in a statement, and the chain as JSON; nobody where there is none."""
    if statement is None:
        return None, encode([])
    return names.get(statement.speaker or ""), encode([names[actor] for actor in statement.chain if actor in names])


def remove_words(connection: sqlite3.Connection, page: int) -> None:
    """Take back what a page says."""
    _run(connection, _REMOVE_WORDS, page)


def published_by(connection: sqlite3.Connection, day: str) -> Iterator[tuple[Analysis, bytes, Reading]]:
    """The pages that by their own analysis were published on an ISO 8601 day or before, as they were put on record."""
    pages = connection.execute("SELECT page FROM pages ORDER BY page").fetchall()
    for (page,) in pages:
        analysis = load(connection, page)
        if analysis.published.latest is not None and analysis.published.latest <= day:
            data, edition, known = connection.execute(
                "SELECT data, edition, given FROM sources WHERE page=?", (page,)
            ).fetchone()
            given = None if known is None else msgspec.json.decode(known, type=dict[str, str])
            yield analysis, zlib.decompress(data), Reading("", edition.hex(), given)


def wait(connection: sqlite3.Connection, kind: str, key: int | str) -> None:
    """Leave a step of the fold to be done for a page, or whatever it is done for."""
    connection.execute("INSERT OR IGNORE INTO pending VALUES (?,?)", (kind, key))


def put_problem(connection: sqlite3.Connection, problem: Problem) -> None:
    """Keep an input that could not be read, once."""
    connection.execute("INSERT OR IGNORE INTO problems VALUES (?,?)", (problem.path, problem.reason))


def _rank(analysis: Analysis, encoded: bytes) -> tuple[int, bytes]:
    return ("given", "stated", "inferred", "unknown").index(analysis.published.basis), encoded


def _topics(analysis: Analysis) -> dict[str, str]:
    """The names of the agreements that each statement carries, by the statement's id."""
    found: dict[str, str] = {}
    for agreement in analysis.agreements:
        if agreement.statement:
            words = f"{found.get(agreement.statement, '')} {agreement.instrument} {agreement.name or ''}"
            found[agreement.statement] = words.strip()
    return found


def _put_statement(connection: sqlite3.Connection, page: int, analysis: Analysis, place: int, topic: str) -> None:
    text, statement = analysis.text, analysis.statements[place]
    names = {actor.id: actor.name for actor in analysis.actors}
    speaker = names.get(statement.speaker or "")
    source_text = joined(text, statement.source)
    dated = statement.said if statement.said.earliest or statement.said.latest else analysis.published
    values = {
        "id": statement_id(page, statement.id),
        "page": page,
        "place": place,
        "text": joined(text, statement.content),
        "source_text": source_text,
        "cue_text": joined(text, statement.cue),
        "spans": encode([statement.source, statement.cue, statement.content]),
        "form": statement.form,
        "act": statement.act,
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        "speaker": speaker,
        "chain": encode([names[actor] for actor in statement.chain if actor in names]),
        "said": encode(statement.said),
        "published": encode(analysis.published),
        "day_from": dated.earliest,
        "day_to": dated.latest,
        "who": name_key(f"{speaker or ''} {source_text}"),
        "topic": topic,
    }
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO statements({columns}) VALUES ({marks})", list(values.values()))  # noqa: S608


def _remove_page(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Take back what was told of a page, and leave what it was joined with to be folded again."""
    for line in lines_of(analysis):
        connection.execute("DELETE FROM lines WHERE line=? AND page=?", (line.key, page))
        connection.execute("INSERT OR IGNORE INTO pending SELECT 'line', line FROM furniture WHERE line=?", (line.key,))
    remove_words(connection, page)
    _run(connection, _REMOVE, page)


def _run(connection: sqlite3.Connection, statements: str, page: int) -> None:
    for statement in statements.strip().split(";\n"):
        connection.execute(statement, (page,))
