"""The tables of a record: one SQLite database, with an application id and a version of its own."""

from __future__ import annotations

import sqlite3
from os import PathLike, fspath

#: "ONRC", so that other programs can tell a record from any other SQLite file.
APPLICATION_ID = 0x4F4E5243
VERSION = 4

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
  page INTEGER PRIMARY KEY, data BLOB NOT NULL, analysis BLOB NOT NULL, edition BLOB NOT NULL, given TEXT);
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
CREATE TABLE tellings(
  agreement TEXT NOT NULL, step INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY(agreement, step, page, place)) WITHOUT ROWID;
CREATE TABLE forecasts(
  page INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL, forecast TEXT NOT NULL, words TEXT NOT NULL,
  speaker TEXT, chain TEXT NOT NULL, PRIMARY KEY(page, number)) WITHOUT ROWID;
CREATE TABLE relatives(
  page INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL, relative TEXT NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY(page, number)) WITHOUT ROWID;
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
CREATE TABLE undated(
  page INTEGER PRIMARY KEY, own TEXT NOT NULL, weekdays TEXT, published TEXT NOT NULL, analysis BLOB);
CREATE TABLE bounds(
  page INTEGER NOT NULL, other INTEGER NOT NULL, bound TEXT NOT NULL, words TEXT NOT NULL, other_words TEXT NOT NULL,
  PRIMARY KEY(page, other, bound)) WITHOUT ROWID;
CREATE INDEX bounds_other ON bounds(other);
CREATE TABLE date_terms(
  term INTEGER NOT NULL, dated INTEGER NOT NULL, page INTEGER NOT NULL, sentence INTEGER NOT NULL,
  weight REAL NOT NULL, PRIMARY KEY(term, dated, page, sentence)) WITHOUT ROWID;
CREATE INDEX date_terms_page ON date_terms(page);
CREATE TABLE anchors(page INTEGER PRIMARY KEY, anchors BLOB NOT NULL);
CREATE TABLE problems(path TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(path, reason)) WITHOUT ROWID;
CREATE TABLE pending(kind TEXT NOT NULL, key NOT NULL, PRIMARY KEY(kind, key)) WITHOUT ROWID;
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
