"""The file behind a record: one SQLite database, its tables, and how a page goes into it.

Pages are kept as received (zlib), with the SHA-256 of their bytes. A page is identified by its path and that sum;
its number is taken from both, so that nothing in the file depends on the order of arrival. Tables that join pages
are brought up to date by the steps of `onrecord.record.folding` from what is stored here.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from os import PathLike, fspath
from typing import NamedTuple

import msgspec

from onrecord.analysis import Agreement, Analysis
from onrecord.page import Problem
from onrecord.record.identity import name_key
from onrecord.record.lines import lines_of, outlet_of

#: "ONRC", so that other programs can tell a record from any other SQLite file.
APPLICATION_ID = 0x4F4E5243
VERSION = 2
#: The block of agreements that are known by name.
NAMED = "*"
#: What joins the pieces of a discontinuous span when they are shown as words.
GAP = " … "

_TABLES = """
CREATE TABLE pages(
  page INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, media_type TEXT NOT NULL, url TEXT, title TEXT,
  publisher TEXT, wire TEXT, byline TEXT, language TEXT, earliest TEXT, latest TEXT, basis TEXT NOT NULL,
  report INTEGER NOT NULL, story INTEGER NOT NULL, outlet TEXT);
CREATE INDEX pages_path ON pages(path);
CREATE INDEX pages_report ON pages(report);
CREATE INDEX pages_story ON pages(story);
CREATE INDEX pages_outlet ON pages(outlet, story);
CREATE TABLE sources(
  page INTEGER PRIMARY KEY, data BLOB NOT NULL, analysis BLOB NOT NULL, edition BLOB NOT NULL);
CREATE TABLE readings(page INTEGER NOT NULL, sum BLOB NOT NULL, PRIMARY KEY(page, sum)) WITHOUT ROWID;
CREATE TABLE statements(
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, page INTEGER NOT NULL, place INTEGER NOT NULL,
  text TEXT NOT NULL, source_text TEXT NOT NULL, cue_text TEXT NOT NULL, spans TEXT NOT NULL, form TEXT NOT NULL,
  act TEXT NOT NULL, polarity TEXT NOT NULL, certainty TEXT NOT NULL, speaker TEXT, chain TEXT NOT NULL,
  said TEXT NOT NULL, published TEXT NOT NULL, day_from TEXT, day_to TEXT, who TEXT NOT NULL, topic TEXT NOT NULL);
CREATE INDEX statements_page ON statements(page);
CREATE INDEX statements_act ON statements(act, day_from);
CREATE VIRTUAL TABLE statements_words USING fts5(
  text, topic, content='statements', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER statements_in AFTER INSERT ON statements BEGIN
  INSERT INTO statements_words(rowid, text, topic) VALUES (new.number, new.text, new.topic); END;
CREATE TRIGGER statements_out AFTER DELETE ON statements BEGIN
  INSERT INTO statements_words(statements_words, rowid, text, topic)
  VALUES ('delete', old.number, old.text, old.topic); END;
CREATE TABLE reports(
  page INTEGER NOT NULL, place INTEGER NOT NULL, block TEXT NOT NULL, entry TEXT NOT NULL, words TEXT NOT NULL,
  speaker TEXT, chain TEXT NOT NULL, PRIMARY KEY(page, place)) WITHOUT ROWID;
CREATE INDEX reports_block ON reports(block);
CREATE TABLE agreements(
  id TEXT PRIMARY KEY, block TEXT NOT NULL, instrument TEXT NOT NULL, name TEXT, parties TEXT NOT NULL,
  stage TEXT NOT NULL, condition TEXT, since TEXT) WITHOUT ROWID;
CREATE INDEX agreements_block ON agreements(block);
CREATE TABLE steps(
  agreement TEXT NOT NULL, place INTEGER NOT NULL, page INTEGER NOT NULL, stage TEXT NOT NULL, condition TEXT,
  earliest TEXT, latest TEXT, reported TEXT, words TEXT NOT NULL, step TEXT NOT NULL,
  PRIMARY KEY(agreement, place)) WITHOUT ROWID;
CREATE INDEX steps_page ON steps(page);
CREATE TABLE fingerprints(hash INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(hash, page)) WITHOUT ROWID;
CREATE INDEX fingerprints_page ON fingerprints(page);
CREATE TABLE vectors(page INTEGER PRIMARY KEY, day INTEGER, shingles INTEGER NOT NULL, terms BLOB NOT NULL);
CREATE TABLE topics(
  term INTEGER NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(term, day, page)) WITHOUT ROWID;
CREATE INDEX topics_page ON topics(page);
CREATE TABLE links(
  page INTEGER NOT NULL, other INTEGER NOT NULL, weight REAL NOT NULL, PRIMARY KEY(page, other)) WITHOUT ROWID;
CREATE TABLE claims(statement TEXT PRIMARY KEY, page INTEGER NOT NULL, features BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX claims_page ON claims(page);
CREATE TABLE claim_terms(
  term INTEGER NOT NULL, denial INTEGER NOT NULL, day INTEGER NOT NULL, statement TEXT NOT NULL,
  PRIMARY KEY(term, denial, day, statement)) WITHOUT ROWID;
CREATE INDEX claim_terms_statement ON claim_terms(statement);
CREATE TABLE disputes(claim TEXT NOT NULL, denial TEXT NOT NULL, PRIMARY KEY(claim, denial)) WITHOUT ROWID;
CREATE TABLE lines(
  line INTEGER NOT NULL, page INTEGER NOT NULL, form INTEGER NOT NULL, kind INTEGER NOT NULL,
  PRIMARY KEY(line, page)) WITHOUT ROWID;
CREATE TABLE furniture(
  line INTEGER PRIMARY KEY, outlet TEXT NOT NULL, page INTEGER NOT NULL, words TEXT NOT NULL, span TEXT NOT NULL,
  pages INTEGER NOT NULL, reports INTEGER NOT NULL, stories INTEGER NOT NULL, inside INTEGER NOT NULL,
  alike INTEGER NOT NULL, kinds TEXT NOT NULL, first TEXT, last TEXT, settled INTEGER NOT NULL);
CREATE INDEX furniture_outlet ON furniture(outlet);
CREATE INDEX furniture_page ON furniture(page);
CREATE TABLE corrections(page INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY(page, line)) WITHOUT ROWID;
CREATE TRIGGER pages_regrouped AFTER UPDATE OF report, story ON pages
  WHEN old.report<>new.report OR old.story<>new.story BEGIN
  INSERT OR IGNORE INTO pending VALUES ('lines', new.page); END;
CREATE TABLE problems(path TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(path, reason)) WITHOUT ROWID;
CREATE TABLE pending(kind TEXT NOT NULL, key NOT NULL, PRIMARY KEY(kind, key)) WITHOUT ROWID;
"""

#: Takes back what a page says, and leaves the agreements it says it of to be folded again.
_REMOVE_WORDS = """
INSERT OR IGNORE INTO pending SELECT 'block', block FROM reports WHERE page=?1;
DELETE FROM disputes WHERE claim IN (SELECT id FROM statements WHERE page=?1)
  OR denial IN (SELECT id FROM statements WHERE page=?1);
DELETE FROM claim_terms WHERE statement IN (SELECT statement FROM claims WHERE page=?1);
DELETE FROM claims WHERE page=?1;
DELETE FROM reports WHERE page=?1;
DELETE FROM statements WHERE page=?1
"""

#: Takes back the page itself, and leaves what it was joined with to be joined again.
_REMOVE = """
INSERT OR IGNORE INTO pending SELECT 'copies', page FROM pages
  WHERE report=(SELECT report FROM pages WHERE page=?1);
INSERT OR IGNORE INTO pending SELECT 'links', other FROM links WHERE page=?1;
INSERT OR IGNORE INTO pending SELECT 'outlet', outlet FROM pages WHERE page=?1 AND outlet IS NOT NULL;
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


class RecordError(ValueError):
    """A file that is no record of this program, or one of a later version of it."""


def connect(path: str | PathLike[str]) -> sqlite3.Connection:
    """Open the record at `path`, creating it where there is none. Raises RecordError where the file is another one."""
    connection = sqlite3.connect(fspath(path), isolation_level=None, timeout=60)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={VERSION}; COMMIT;"
            )
        elif application != APPLICATION_ID:
            raise RecordError(f"{fspath(path)} is a database of another program, not a record")
        elif version != VERSION:
            raise RecordError(
                f"{fspath(path)} is a record of version {version}; this program reads version {VERSION}:"
                " build it again, in another file"
            )
        connection.execute("PRAGMA synchronous=NORMAL")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise RecordError(f"{fspath(path)} cannot be opened as a record: {error}") from error
    except RecordError:
        connection.close()
        raise
    return connection


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
    """The stored analysis of a page."""
    (blob,) = connection.execute("SELECT analysis FROM sources WHERE page=?", (page,)).fetchone()
    return msgspec.json.decode(zlib.decompress(blob), type=Analysis)


class Reading(NamedTuple):
    """What an analysis comes from, as sums in hexadecimal digits: `sum` of all that it depends on, the page and what
    is given of it among that, and `edition` of the program that read it. Empty where they are not known.
    """

    sum: str = ""
    edition: str = ""


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
    connection.execute(
        "INSERT INTO sources VALUES (?,?,?,?)", (page, zlib.compress(data), zlib.compress(encoded), edition)
    )
    connection.execute("INSERT OR IGNORE INTO pending VALUES ('copies', ?), ('lines', ?)", (page, page))
    put_words(connection, page, analysis)
    return page


def put_words(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Put on record what a page says: its statements, and what it reports of agreements."""
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
        carried = statements.get(agreement.statement or "")
        speaker = names.get(carried.speaker or "") if carried else None
        chain = [names[actor] for actor in carried.chain if actor in names] if carried else []
        connection.execute(
            "INSERT INTO reports VALUES (?,?,?,?,?,?,?)",
            (page, place, block, encode(agreement), joined(analysis.text, [agreement.span]), speaker, encode(chain)),
        )


def remove_words(connection: sqlite3.Connection, page: int) -> None:
    """Take back what a page says."""
    _run(connection, _REMOVE_WORDS, page)


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
