"""The question how the record dates the pages that do not say their day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from onrecord.analysis import Published
from onrecord.record.bounding.bound import Bound
from onrecord.record.dating import narrowed, weekdays_named
from onrecord.record.rows import DateEvidence, DateRow
from onrecord.record.store import joined, load


def dates(connection: sqlite3.Connection) -> Iterator[DateRow]:
    """Each page that is not dated by itself, by path, with the evidence for its days, the strongest first."""
    pages = connection.execute(
        "SELECT page, path, own, published FROM undated JOIN pages USING(page) ORDER BY path, page"
    ).fetchall()
    for page, path, own, published in pages:
        text = load(connection, page).text
        said = msgspec.json.decode(own, type=Published)
        yield DateRow(
            path=path,
            published=msgspec.json.decode(published, type=Published),
            own=said,
            own_words=[joined(text, [span]) for span in said.evidence],
            evidence=_evidence(connection, page, text),
        )


def _evidence(connection: sqlite3.Connection, page: int, text: str) -> list[DateEvidence]:
    told = narrowed(connection, page)
    named = weekdays_named(connection, page)
    aside = {one.bound: one.against for one in told.aside}
    kept = {
        (other, msgspec.json.decode(bound, type=Bound)): (path, words, other_words)
        for other, bound, path, words, other_words in connection.execute(
            "SELECT b.other, b.bound, p.path, b.words, b.other_words FROM bounds b JOIN pages p ON p.page=b.other"
            " WHERE b.page=? ORDER BY b.other, b.bound",
            (page,),
        )
    }
    found = []
    for other, bound in sorted(kept, key=lambda pair: ([*told.used, *aside].index(pair[1]), pair[0])):
        path, own_words, other_words = kept[other, bound]
        found.append(
            DateEvidence(
                how=bound.how,
                earliest=bound.first,
                latest=bound.last,
                weekdays=sorted(bound.days or ()),
                followed=bound not in aside,
                words=own_words,
                span=bound.own,
                path=path,
                other_words=other_words,
                other_span=bound.other,
                against=sorted({path for (_, one), (path, *_) in kept.items() if one in aside.get(bound, ())}),
            )
        )
    if named:
        found.append(
            DateEvidence(
                how="weekday", earliest=None, latest=None, weekdays=named.days, followed=told.weekdays is not False,
                words=text[slice(*named.span)], span=named.span,
            )
        )  # fmt: skip
    return found
