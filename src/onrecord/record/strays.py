"""Forecasts of an agreement on pages whose mention of it makes no step of its history.

What a page only mentions is no step of its own, yet may say what is to come. It belongs to the one agreement of the
same sides that goes by that kind of instrument and is about the same.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.analysis import Agreement, Published
from onrecord.record.tracking import Report, kind, subject

_REPORT = "r.page, r.place, p.report, p.path, p.earliest, p.latest, p.basis, r.entry, r.words, p.title"


def strays(connection: sqlite3.Connection, agreement: str) -> list[tuple[int, int]]:
    """The reports with forecasts that make no step and are of this agreement: their pages, and their places there."""
    (block,) = connection.execute("SELECT block FROM agreements WHERE id=?", (agreement,)).fetchone()
    loose = connection.execute(
        f"SELECT DISTINCT {_REPORT} FROM forecasts f JOIN reports r ON r.page=f.page AND r.place=f.place"  # noqa: S608
        " JOIN pages p ON p.page=r.page WHERE r.block=? AND NOT EXISTS"
        " (SELECT 1 FROM tellings t WHERE t.page=r.page AND t.place=r.place) ORDER BY r.page, r.place",
        (block,),
    ).fetchall()
    if not loose:
        return []
    known: dict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for found, *columns in connection.execute(
        f"SELECT t.agreement, {_REPORT} FROM tellings t JOIN reports r ON r.page=t.page AND r.place=t.place"  # noqa: S608
        " JOIN pages p ON p.page=r.page WHERE r.block=?",
        (block,),
    ):
        known[found].add(_what(columns))
    return [
        (columns[0], columns[1])
        for columns in loose
        if [found for found, whats in known.items() if _what(columns) in whats] == [agreement]
    ]


def _what(columns: Iterable[Any]) -> tuple[str, str, str | None]:
    """The kind of instrument and the subject of a report; the name, where it names no sides."""
    page, place, group, path, earliest, latest, basis, encoded, words, title = columns
    entry = msgspec.json.decode(encoded, type=Agreement)
    published = Published(earliest, latest, basis=basis)
    about = subject(Report(page, place, group, path, published, entry, words, None, (), title or ""))
    return kind(entry.instrument), about, None if entry.parties else entry.name
