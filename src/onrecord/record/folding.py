"""Brings what joins pages up to date with the pages on record.

What is left to do stands in the table `pending` and goes out of it as it is done, a few hundred at a time, so a
build that was interrupted is taken up where it stopped, and memory does not grow with the record. Each step works on
what new pages touch: their copies, their neighbours' stories, the agreements of the same sides, the claims near them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from onrecord.analysis import Analysis
from onrecord.record.copies import article_text, fingerprints, join_copies
from onrecord.record.dating import date_page, index_dates, weigh_pairs
from onrecord.record.disputes import join_disputes, put_claims
from onrecord.record.furniture import hear_page, judge_outlet, note_lines, put_lines, weigh_line
from onrecord.record.ladder import fold_block
from onrecord.record.store import wait
from onrecord.record.stories import day_of, join_stories, link_page, put_terms, terms_of

Item = TypeVar("Item")

#: So many pages go into one transaction.
BATCH = 200


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def index_page(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep what the steps compare a new page by."""
    text = article_text(analysis)
    prints = fingerprints(text)
    connection.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?,?)", [(value, page) for value in prints])
    put_terms(connection, page, day_of(analysis), terms_of(analysis.title or "", text), len(prints))
    put_lines(connection, page, analysis)
    put_claims(connection, page, analysis)
    index_dates(connection, page, analysis)


def settle(connection: sqlite3.Connection) -> None:
    """Bring the record up to date; does nothing where it is."""
    _each(connection, "copies", _copies)
    _each(connection, "evidence", _pairs)
    _each(connection, "dates", _dates)
    _each(connection, "links", _links)
    _each(connection, "stories", _stories)
    _each(connection, "lines", _lines)
    _each(connection, "line", _line)
    _each(connection, "outlet", _outlet)
    _each(connection, "speak", _speak)
    _each(connection, "disputes", _disputes)
    _each(connection, "block", _block)


def _each(
    connection: sqlite3.Connection, kind: str, step: Callable[[sqlite3.Connection, int | str], Iterable[int | str]]
) -> None:
    """Do a step for everything pending of a kind; the step tells what is done with it."""
    while True:
        waiting = connection.execute("SELECT key FROM pending WHERE kind=? LIMIT ?", (kind, BATCH)).fetchall()
        if not waiting:
            return
        with transaction(connection):
            done: set[int | str] = set()
            for (key,) in waiting:
                if key not in done:
                    done.update(step(connection, key))
            connection.executemany("DELETE FROM pending WHERE kind=? AND key=?", [(kind, key) for key in done])


def _copies(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    page = int(key)
    for member in join_copies(connection, page):
        wait(connection, "dates", member)
        wait(connection, "links", member)
        connection.execute("INSERT OR IGNORE INTO pending SELECT 'block', block FROM reports WHERE page=?", (member,))
    wait(connection, "disputes", page)
    return [key]


def _pairs(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    weigh_pairs(connection, int(key))
    return [key]


def _dates(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    date_page(connection, int(key))
    return [key]


def _links(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    link_page(connection, int(key))
    wait(connection, "stories", int(key))
    return [key]


def _stories(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    return [key, *join_stories(connection, int(key))]


def _lines(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    note_lines(connection, int(key))
    return [key]


def _line(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    weigh_line(connection, int(key))
    return [key]


def _outlet(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    judge_outlet(connection, str(key))
    return [key]


def _speak(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    hear_page(connection, int(key))
    return [key]


def _disputes(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    join_disputes(connection, int(key))
    return [key]


def _block(connection: sqlite3.Connection, key: int | str) -> list[int | str]:
    fold_block(connection, str(key))
    return [key]


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in runs of `BATCH`, read as they are needed."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
