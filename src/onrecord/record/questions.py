"""The questions that a record answers, as rows."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sentencex

from onrecord.analysis import Interval, Published, Span
from onrecord.page import Problem
from onrecord.record.claims import Features
from onrecord.record.disputes import overlap
from onrecord.record.furniture import decode_kinds
from onrecord.record.identity import name_key
from onrecord.record.rows import (
    AgreementRow,
    DisputeEnd,
    DisputeRow,
    DisputeSide,
    FurnitureRow,
    Passage,
    StatementRow,
    Step,
    StoryRow,
)
from onrecord.record.sides import Pair, end_of, grouped, is_ended_with
from onrecord.record.store import load
from onrecord.record.terms import fold

_STATEMENT = (
    "SELECT s.id, p.path, s.text, s.source_text, s.cue_text, s.spans, s.form, s.act, s.polarity, s.certainty,"
    " s.speaker, s.chain, s.said, s.published, (SELECT count(*) - 1 FROM pages q WHERE q.report=p.report)"
    " FROM statements s JOIN pages p USING(page)"
)
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


class UnknownPageError(KeyError):
    """No page on record has the path asked for, or several have."""

    def __str__(self) -> str:
        return str(self.args[0])


def agreements(connection: sqlite3.Connection) -> list[AgreementRow]:
    """The tracked agreements with their histories, the one last reported of first."""
    histories: dict[str, list[Step]] = defaultdict(list)
    for agreement, step in connection.execute("SELECT agreement, step FROM steps ORDER BY agreement, place"):
        histories[agreement].append(msgspec.json.decode(step, type=Step))
    rows = [
        AgreementRow(
            identity, instrument, name, msgspec.json.decode(parties), stage, condition, since, histories[identity]
        )
        for identity, instrument, name, parties, stage, condition, since in connection.execute(
            "SELECT id, instrument, name, parties, stage, condition, since FROM agreements ORDER BY id"
        )
    ]
    rows.sort(key=lambda row: max((step.published.latest or "" for step in row.history), default=""), reverse=True)
    return rows


def statements(
    connection: sqlite3.Connection,
    *,
    who: str | None = None,
    about: str | None = None,
    act: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Iterator[StatementRow]:
    """The statements that meet every condition that is not None, by the day they were said."""
    conditions: list[str] = []
    values: list[str] = []
    if who is not None:
        conditions.append(
            "(instr(s.who, ?) OR instr(lower(s.speaker), lower(?)) OR instr(lower(s.source_text), lower(?)))"
        )
        values += [name_key(who) or who, who, who]
    if about is not None:
        conditions.append("s.number IN (SELECT rowid FROM statements_words WHERE statements_words MATCH ?)")
        values.append(" ".join(f'"{word}"' for word in _WORD.findall(about)) or '""')
    if act is not None:
        conditions.append("s.act = ?")
        values.append(act)
    if since is not None:
        conditions.append("coalesce(s.day_to, s.day_from) >= ?")
        values.append(since)
    if until is not None:
        conditions.append("coalesce(s.day_from, s.day_to) <= ?")
        values.append(until)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = " ORDER BY coalesce(s.day_to, s.day_from) IS NULL, coalesce(s.day_to, s.day_from), p.path, p.page, s.place"
    for row in connection.execute(_STATEMENT + where + order, values):
        yield _statement(row)


def disputes(connection: sqlite3.Connection) -> list[DisputeRow]:
    """The pairs of claim and denial, those of copies once: dispute by dispute, each by the day of the denial."""
    rows = connection.execute(
        "SELECT d.claim, d.denial, p.report, q.report, c.features, e.features FROM disputes d"
        " JOIN statements s ON s.id=d.claim JOIN pages p ON p.page=s.page JOIN claims c ON c.statement=d.claim"
        " JOIN statements t ON t.id=d.denial JOIN pages q ON q.page=t.page JOIN claims e ON e.statement=d.denial"
        " ORDER BY coalesce(t.day_to, t.day_from) IS NULL, coalesce(t.day_to, t.day_from), q.path, t.place, p.path,"
        " s.place, d.claim, d.denial"
    ).fetchall()
    found: list[DisputeRow] = []
    pairs: list[Pair] = []
    reports: list[tuple[int, int]] = []
    told: set[tuple[int, str, int, str]] = set()
    for claim_id, denial_id, claim_report, denial_report, *features in rows:
        claim, denial = (_statement_of(connection, identity) for identity in (claim_id, denial_id))
        key = (claim_report, fold(claim.text), denial_report, fold(denial.text))
        if key not in told:
            told.add(key)
            claimed, denied = (msgspec.msgpack.decode(blob, type=Features) for blob in features)
            found.append(DisputeRow(claim, denial))
            pairs.append(Pair(claim_id, denial_id, claimed, denied))
            reports.append((claim_report, denial_report))
    groups = grouped(pairs)
    for group in sorted(set(groups)):
        _settle(connection, [at for at, of in enumerate(groups) if of == group], found, pairs, reports)
    return [found[at] for at in sorted(range(len(found)), key=lambda at: (groups[at], at))]


def _settle(
    connection: sqlite3.Connection,
    members: list[int],
    found: list[DisputeRow],
    pairs: list[Pair],
    reports: list[tuple[int, int]],
) -> None:
    """Put what one dispute is as a whole into the rows of its pairs."""
    rows = [found[at] for at in members]
    identity = min(row.claim.id for row in rows)
    claimed = _side([row.claim for row in rows], {reports[at][0] for at in members})
    denied = _side([row.denial for row in rows], {reports[at][1] for at in members})
    denials = [pairs[at].denied for at in members]
    ends = {at: end for at in members if (end := end_of(connection, pairs[at], denials))}
    for at in members:
        row = found[at]
        row.dispute, row.claimed, row.denied = identity, claimed, denied
        if not pairs[at].denied.things or _is_shared(row):
            row.sentence = _sentence(connection, row.denial)
        end = ends.get(at) or next((end for of, end in ends.items() if is_ended_with(pairs[at], pairs[of], end)), None)
        if end:
            row.ended = DisputeEnd(end.how, _statement_of(connection, end.statement))


def _is_shared(row: DisputeRow) -> bool:
    """Whether the denial's words are the claim's own, on one page: it only points at them."""
    pages = {statement.id.partition("-")[0] for statement in (row.claim, row.denial)}
    return len(pages) == 1 and overlap(row.claim.content, row.denial.content) > 0


def _side(rows: list[StatementRow], reports: set[int]) -> DisputeSide:
    days = [day for row in rows if (day := row.said.latest or row.published.latest)]
    speakers = sorted(rows, key=lambda row: row.said.latest or row.published.latest or "~")
    names = dict.fromkeys(row.speaker or row.source_text or "the page itself" for row in speakers)
    return DisputeSide(list(names), min(days, default=None), len(reports))


def _sentence(connection: sqlite3.Connection, row: StatementRow) -> Passage | None:
    """The sentence in which a statement's cue stands, or its source; of one with semicolons, the part."""
    anchor = min([*row.cue, *row.source], default=None)
    if anchor is None:
        return None
    text = load(connection, int(row.id.partition("-")[0], 16)).text
    start = text.rfind("\n", 0, anchor[0]) + 1
    end = text.find("\n", anchor[0])
    line = text[start : end if end >= 0 else len(text)]
    for part in sentencex.get_sentence_boundaries("en", line):
        left, right = start + part["start_index"], start + part["end_index"]
        if left <= anchor[0] < right:
            left = max(left, text.rfind(";", left, anchor[0]) + 1)
            cut = text.find(";", anchor[0], right)
            words = text[left : cut if cut >= 0 else right]
            left += len(words) - len(words.lstrip())
            return Passage((left, left + len(words.strip())), words.strip())
    return None


def stories(connection: sqlite3.Connection) -> list[StoryRow]:
    """The stories by the day of their first page; pages in each by day."""
    members: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in connection.execute(
        "SELECT story, path, title, earliest, latest, report FROM pages"
        " ORDER BY latest IS NULL, latest, earliest, path, page"
    ):
        members[row[0]].append(row[1:])
    rows = [_story(story, pages) for story, pages in members.items()]
    rows.sort(key=lambda row: (row.first is None, row.first or "", row.id))
    return rows


def furniture(connection: sqlite3.Connection) -> Iterator[FurnitureRow]:
    """The lines that are furniture, by outlet, those on most pages first."""
    for outlet, line, pages, reports, stories, inside, kinds, first, last, path, span in connection.execute(
        "SELECT f.outlet, f.words, f.pages, f.reports, f.stories, f.inside, f.kinds, f.first, f.last, p.path, f.span"
        " FROM furniture f JOIN pages p USING(page) WHERE f.settled ORDER BY f.outlet, f.pages DESC, f.words, f.line"
    ):
        yield FurnitureRow(
            publisher=outlet, line=line, pages=pages, reports=reports, stories=stories, kinds=decode_kinds(kinds),
            corrected=bool(inside), first=first, last=last, path=path, span=msgspec.json.decode(span, type=Span),
        )  # fmt: skip


def page_number(connection: sqlite3.Connection, path: str) -> int:
    """The number of the page with this path, or of the only one whose path ends so. Raises UnknownPageError."""
    exact = _latest(connection, path)
    if exact is not None:
        return exact
    if not path:
        raise UnknownPageError("no path was given")
    paths = [
        found
        for (found,) in connection.execute(
            "SELECT DISTINCT path FROM pages WHERE substr(path, -length(?1)) = ?1 ORDER BY path", (path,)
        )
    ]
    whole = [found for found in paths if found.endswith((f"/{path}", f"#{path}", f"\\{path}"))]
    paths = whole if len(whole) == 1 else paths
    number = _latest(connection, paths[0]) if len(paths) == 1 else None
    if number is None:
        several = f": it can be {', '.join(paths[:5])}{' and others' if len(paths) > 5 else ''}" if paths else ""
        raise UnknownPageError(f"no one page on record has the path {path!r}{several}")
    return number


def problems(connection: sqlite3.Connection) -> list[Problem]:
    """The inputs that could not be read, by path."""
    return [Problem(*row) for row in connection.execute("SELECT path, reason FROM problems ORDER BY path, reason")]


def _latest(connection: sqlite3.Connection, path: str) -> int | None:
    row = connection.execute(
        "SELECT page FROM pages WHERE path=? ORDER BY latest IS NULL, latest DESC, sha256 LIMIT 1", (path,)
    ).fetchone()
    return int(row[0]) if row else None


def _statement_of(connection: sqlite3.Connection, identity: str) -> StatementRow:
    return _statement(connection.execute(f"{_STATEMENT} WHERE s.id=?", (identity,)).fetchone())


def _statement(row: Sequence[Any]) -> StatementRow:
    source, cue, content = msgspec.json.decode(row[5], type=tuple[list[Span], list[Span], list[Span]])
    return StatementRow(
        id=row[0], path=row[1], text=row[2], source_text=row[3], cue_text=row[4], source=source, cue=cue,
        content=content, form=row[6], act=row[7], polarity=row[8], certainty=row[9], speaker=row[10],
        chain=msgspec.json.decode(row[11]), said=msgspec.json.decode(row[12], type=Interval),
        published=msgspec.json.decode(row[13], type=Published), copies=row[14],
    )  # fmt: skip


def _story(story: int, pages: list[tuple[Any, ...]]) -> StoryRow:
    groups: dict[int, list[str]] = defaultdict(list)
    for path, _, _, _, report in pages:
        groups[report].append(path)
    return StoryRow(
        id=f"{story:016x}",
        title=next((title for _, title, _, _, _ in pages if title), None),
        pages=list(dict.fromkeys(path for path, *_ in pages)),
        first=min((earliest for _, _, earliest, _, _ in pages if earliest), default=None),
        last=max((latest for _, _, _, latest, _ in pages if latest), default=None),
        copies=[paths for paths in (list(dict.fromkeys(group)) for group in groups.values()) if len(paths) > 1],
    )
