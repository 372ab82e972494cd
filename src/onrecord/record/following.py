"""One agreement in full: the reports of each step, what was forecast, what it follows, and what is contradicted.

All of it is told anew from the reports on record when it is asked for, so it depends on them alone.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from onrecord.analysis import LADDER, Agreement, Published, Span
from onrecord.outlook import Forecast, Relation, Relative
from onrecord.record import questions
from onrecord.record.contradictions import contradictions
from onrecord.record.forecasts import Told, forecasts, in_order
from onrecord.record.offices import holders
from onrecord.record.rows import AgreementRow, ForecastRow, LadderRow, RelativeRow, Step, SuccessorRow, Telling
from onrecord.record.strays import strays
from onrecord.record.tracking import SIGNED, kind

_TELLING = "p.report, p.earliest, p.latest, p.basis, p.path"


def ladder(connection: sqlite3.Connection, agreement: str, today: str | None) -> LadderRow | None:
    """The agreement with this id in full, or None where there is none; `today` is as for `all_forecasts`."""
    rows = {row.id: row for row in questions.agreements(connection)}
    row = rows.get(agreement)
    if row is None:
        return None
    told = _told(connection, row)
    relatives = _relatives(connection, row, rows)
    return LadderRow(
        **{name: getattr(row, name) for name in AgreementRow.__struct_fields__},
        told=told,
        forecasts=_forecasts(connection, row, today),
        relatives=relatives,
        successors=[
            SuccessorRow(relation, other.id)
            for other in sorted(rows.values(), key=lambda other: other.id)
            if other.id != row.id and other.parties == row.parties
            for relation in sorted(
                {one.relation for one in _relatives(connection, other, rows) if one.agreement == row.id}
            )
        ],
        contradictions=contradictions(row.history, told, _denials(connection, row), len(row.parties)),
    )


def all_forecasts(connection: sqlite3.Connection, today: str | None) -> list[ForecastRow]:
    """The forecasts of all agreements, oldest first; `today` is the day that decides which windows are over."""
    found = [one for row in questions.agreements(connection) for one in _forecasts(connection, row, today)]
    return in_order(found)


def last_day(connection: sqlite3.Connection) -> str | None:
    """The last day of publication on record."""
    (day,) = connection.execute("SELECT max(latest) FROM pages").fetchone()
    return str(day) if day else None


def _forecasts(connection: sqlite3.Connection, row: AgreementRow, today: str | None) -> list[ForecastRow]:
    told = [
        Told(
            page, number, group, path, Published(earliest, latest, basis=basis),
            msgspec.json.decode(forecast, type=Forecast), words, speaker, tuple(msgspec.json.decode(chain)),
        )
        for page, number, group, earliest, latest, basis, path, forecast, words, speaker, chain in connection.execute(
            f"SELECT DISTINCT f.page, f.number, {_TELLING}, f.forecast, f.words, f.speaker, f.chain"  # noqa: S608
            " FROM forecasts f JOIN pages p ON p.page=f.page WHERE (f.page, f.place) IN"
            " (SELECT page, place FROM tellings WHERE agreement=? UNION SELECT value->>0, value->>1 FROM json_each(?))",
            (row.id, msgspec.json.encode(strays(connection, row.id)).decode()),
        )
    ]  # fmt: skip
    (heard,) = connection.execute(
        "SELECT max(p.latest) FROM tellings t JOIN pages p USING(page) WHERE t.agreement=?", (row.id,)
    ).fetchone()
    known = holders(connection, row.id, {one.speaker for one in told if one.speaker})
    told = [replace(one, speaker=known.get(one.speaker or "", one.speaker)) for one in told]
    return forecasts(told, row.id, row.history, heard, today)


def _told(connection: sqlite3.Connection, row: AgreementRow) -> list[list[Telling]]:
    """The reports of each step of a history, in the order they came out."""
    by_step: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for step, *columns in connection.execute(
        f"SELECT t.step, {_TELLING}, r.entry, r.words, r.speaker, r.chain FROM tellings t"  # noqa: S608
        " JOIN reports r ON r.page=t.page AND r.place=t.place JOIN pages p ON p.page=t.page WHERE t.agreement=?",
        (row.id,),
    ):
        by_step[step].append(_reported(columns))
    return [_tellings(by_step[place]) for place in range(len(row.history))]


def _denials(connection: sqlite3.Connection, row: AgreementRow) -> list[tuple[Agreement, Telling]]:
    """What reports between the same sides, of an instrument of that kind, say has not come to pass."""
    (block,) = connection.execute("SELECT block FROM agreements WHERE id=?", (row.id,)).fetchone()
    found: list[tuple[Agreement, Telling]] = []
    for columns in connection.execute(
        f"SELECT {_TELLING}, r.entry, r.words, r.speaker, r.chain FROM reports r JOIN pages p USING(page)"  # noqa: S608
        " WHERE r.block=? ORDER BY p.latest, p.path, r.place",
        (block,),
    ):
        entry = msgspec.json.decode(columns[5], type=Agreement)
        same = entry.name == row.name if not row.parties else kind(entry.instrument) == kind(row.instrument)
        if entry.polarity == "negative" and same and not entry.background:
            found.append((entry, _tellings([_reported(columns)])[0]))
    return found


def _relatives(connection: sqlite3.Connection, row: AgreementRow, rows: dict[str, AgreementRow]) -> list[RelativeRow]:
    """The older agreements that pages set this one beside, each with the reports that do."""
    found: dict[tuple[Relation, int | None], list[tuple[Any, ...]]] = defaultdict(list)
    for group, earliest, latest, basis, path, relative, words in connection.execute(
        f"SELECT DISTINCT {_TELLING}, l.relative, l.words FROM relatives l"  # noqa: S608
        " JOIN tellings t ON t.page=l.page AND t.place=l.place JOIN pages p ON p.page=l.page WHERE t.agreement=?",
        (row.id,),
    ):
        said = msgspec.json.decode(relative, type=Relative)
        published = Published(earliest, latest, basis=basis)
        found[said.relation, said.year].append((group, published, path, said.span, words, None, []))
    return [
        RelativeRow(relation, _older(row, year, _tellings(told), rows), year, _tellings(told))
        for (relation, year), told in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    ]


def _older(row: AgreementRow, year: int | None, told: list[Telling], rows: dict[str, AgreementRow]) -> str | None:
    """The one other agreement of the same sides of which these reports tell, or else that was made in a year."""
    others = [other for other in rows.values() if other.id != row.id and other.parties == row.parties]
    places = {(one.path, one.span) for one in told}
    here = [other.id for other in others if any((step.path, step.span) in places for step in other.history)]
    made = [other.id for other in others if any(_made_in(year, step) for step in other.history)]
    alike = here or made
    return alike[0] if len(alike) == 1 else None


def _made_in(year: int | None, step: Step) -> bool:
    """Whether an agreement was made, signed or in force in a year, by this step."""
    made = LADDER.index(step.stage) >= SIGNED or step.stage == "concluded"
    days = (step.when.earliest, step.when.latest) if made else ()
    return any(day is not None and day.startswith(f"{year}-") for day in days)


def _reported(columns: Sequence[Any]) -> tuple[Any, ...]:
    """What `_tellings` takes, from columns of a query."""
    group, earliest, latest, basis, path, entry, words, speaker, chain = columns
    span = msgspec.json.decode(entry, type=Agreement).span
    return group, Published(earliest, latest, basis=basis), path, span, words, speaker, msgspec.json.decode(chain)


def _tellings(told: Iterable[tuple[Any, ...]]) -> list[Telling]:
    """Each report once, with the number of further pages that carry it, in the order they came out."""
    return sorted(_each(told), key=lambda one: (one.published.latest or "9999", one.path, one.span))


def _each(told: Iterable[tuple[Any, ...]]) -> Iterator[Telling]:
    groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for one in told:
        groups[one[0]].append(one)
    for copies in groups.values():
        first: tuple[Published, str, Span, str, str | None, list[str]]
        first = min(copies, key=lambda one: (one[1].latest or "9999", one[5] is None, one[2], one[3]))[1:]
        yield Telling(*first, len({one[2] for one in copies}) - 1)
