"""Claims and the denials that contradict them, on one page and over pages.

A claim and a denial are held to speak of the same thing when the denial's words, weighted by rarity and with capitals
and seats of government read as their states, are for the most part the claim's. On one page it is also enough that
their contents are the same characters, or that a denial that only points back (`denied it`, `rejects the charges`)
follows the accusation. Different speakers are needed, and over pages dates that are known and near.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from zlib import crc32

import msgspec

from onrecord.analysis import Analysis, Span, Statement
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.record.identity import name_key, same_name
from onrecord.record.store import statement_id
from onrecord.record.terms import rarity, stem, stems

_WINDOW = 30
#: Words commoner than this carry no content; a state weighs this much.
_COMMONEST = 2.2
_STATE = 2.5
#: The least share of the denial's weight that the claim must have, and of the claim's that the denial must have.
_DENIED = 0.55
_CLAIMED = 0.25
#: Less is asked where the one who denies is the one accused.
_EASIER = 0.75
#: So many words and states must be shared, and among them so many that are no states, weighing so much together.
_SHARED = 3
_SHARED_WORDS = 2
_SUBSTANCE = 3.5
_INDEXED = 10
#: A denial with so few things in it is short: one of them is enough where it answers a claim about who denies.
_SHORT = 3
_SAME_CHARACTERS = 0.5
_BACK_CHARACTERS = 320
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")


class Features(msgspec.Struct, array_like=True):
    """What a claim or a denial is compared by. `terms` are stems, and states as `=IRN`."""

    denial: bool
    speaker: str
    countries: list[str]
    day: int | None
    terms: dict[str, float]


def put_claims(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep the claims and denials of a page for comparing, and the disputes within it."""
    for statement, features in _claims(analysis):
        identity = statement_id(page, statement.id)
        connection.execute("INSERT INTO claims VALUES (?,?,?)", (identity, page, msgspec.msgpack.encode(features)))
        if features.day is not None:
            leading = sorted(features.terms, key=lambda term: (-features.terms[term], term))[:_INDEXED]
            connection.executemany(
                "INSERT OR IGNORE INTO claim_terms VALUES (?,?,?,?)",
                [(crc32(term.encode()), features.denial, features.day, identity) for term in leading],
            )
    for claim, denial in page_disputes(analysis):
        _put(connection, statement_id(page, claim), statement_id(page, denial))


def join_disputes(connection: sqlite3.Connection, page: int) -> None:
    """Find the disputes that the claims and denials of a page have with those of other pages."""
    stored = connection.execute("SELECT statement, features FROM claims WHERE page=?", (page,)).fetchall()
    for identity, blob in stored:
        own = msgspec.msgpack.decode(blob, type=Features)
        if own.day is None:
            continue
        for other, features in _candidates(connection, page, identity, own):
            claim, denial = (features, own) if own.denial else (own, features)
            if not _one_voice(claim, denial) and contradicts(claim, denial):
                _put(connection, other if own.denial else identity, identity if own.denial else other)


def page_disputes(analysis: Analysis) -> list[tuple[str, str]]:
    """The disputes within one page, as pairs of statement ids: claim, denial."""
    claims = [(statement, features) for statement, features in _claims(analysis) if not features.denial]
    found: list[tuple[str, str]] = []
    for denial, denied in _claims(analysis):
        if not denied.denial:
            continue
        others = [pair for pair in claims if not _one_voice(pair[1], denied)]
        answered = [
            claim.id
            for claim, claimed in others
            if _overlap(claim.content, denial.content) >= _SAME_CHARACTERS or contradicts(claimed, denied)
        ]
        if not answered and _points_back(analysis.text, denial):
            answered = _before(analysis.text, denial, denied, others)
        if not answered:
            answered = _accused(denial, denied, others)
        found.extend((claim, denial.id) for claim in answered)
    return found


def contradicts(claim: Features, denial: Features) -> bool:
    """Whether a denial is of what a claim says, by their words alone."""
    shared = claim.terms.keys() & denial.terms.keys()
    content = [term for term in shared if not term.startswith("=")]
    accused = any(f"={country}" in claim.terms for country in denial.countries)
    if len(shared) < _SHARED or len(content) < _SHARED_WORDS - accused:
        return False
    weight = math.fsum(denial.terms[term] for term in shared)
    substance = math.fsum(denial.terms[term] for term in content)
    ease = _EASIER if accused else 1.0
    return (
        substance >= _SUBSTANCE
        and weight >= ease * _DENIED * math.fsum(denial.terms.values())
        and weight >= ease * _CLAIMED * math.fsum(claim.terms.values())
    )


def content_terms(text: str) -> dict[str, float]:
    """The words of a statement's content that say what it is about, with their weights."""
    terms: dict[str, float] = {}
    rest, at = [], 0
    for mention in find_states(text):
        terms[f"={mention.country}"] = _STATE
        rest.append(text[at : mention.span[0]])
        at = mention.span[1]
    rest.append(text[at:])
    for term in stems(" ".join(rest)):
        if len(term) > 1 and rarity(term) >= _COMMONEST and term not in _back():
            terms[term] = round(rarity(term), 3)
    return terms


def _claims(analysis: Analysis) -> Iterator[tuple[Statement, Features]]:
    """The statements of a page that claim or deny something, with what they are compared by."""
    actors = {actor.id: actor for actor in analysis.actors}
    for statement in analysis.statements:
        if statement.act not in ("assert", "accuse", "deny"):
            continue
        if statement.act != "deny" and (statement.polarity == "negative" or not statement.content):
            continue
        source = " ".join(analysis.text[start:end] for start, end in statement.source)
        speaker = actors.get(statement.speaker or "")
        body = actors.get(speaker.affiliation or "") if speaker else None
        countries = {mention.country for mention in find_states(source)}
        countries |= {actor.country for actor in (speaker, body) if actor and actor.country}
        content = " ".join(analysis.text[start:end] for start, end in statement.content)
        if statement.act == "deny" and content.lower().startswith(tuple(table("disputes")["refusal"]["begins"])):
            continue
        dated = statement.said.latest or analysis.published.latest
        yield (
            statement,
            Features(
                statement.act == "deny",
                name_key(speaker.name if speaker else source),
                sorted(countries),
                date.fromisoformat(dated).toordinal() if dated else None,
                content_terms(content),
            ),
        )


def _candidates(
    connection: sqlite3.Connection, page: int, identity: str, own: Features
) -> Iterator[tuple[str, Features]]:
    """The claims or denials of other pages that share words with this one and were made near its day."""
    for other, blob in connection.execute(
        "SELECT c.statement, c.features FROM claims c JOIN ("
        " SELECT g.statement AS found FROM claim_terms f JOIN claim_terms g"
        "  ON g.term=f.term AND g.denial=?2 AND g.day BETWEEN ?3 AND ?4"
        "  WHERE f.statement=?1 GROUP BY g.statement HAVING count(*)>=2) ON c.statement=found WHERE c.page<>?5",
        (identity, not own.denial, (own.day or 0) - _WINDOW, (own.day or 0) + _WINDOW, page),
    ):
        yield other, msgspec.msgpack.decode(blob, type=Features)


def _one_voice(claim: Features, denial: Features) -> bool:
    """Whether one speaker says both; also where one of them is not told."""
    return bool(claim.speaker) and bool(denial.speaker) and same_name(claim.speaker, denial.speaker)


def _overlap(claim: list[Span], denial: list[Span]) -> float:
    """The share of the shorter content that lies in the other."""
    shared = sum(max(0, min(one[1], two[1]) - max(one[0], two[0])) for one in claim for two in denial)
    shorter = min(sum(end - start for start, end in claim), sum(end - start for start, end in denial))
    return shared / shorter if shorter else 0.0


def _points_back(text: str, denial: Statement) -> bool:
    """Whether a denial tells nothing of what it denies."""
    content = " ".join(text[start:end] for start, end in denial.content)
    return all(word in _back() for word in stems(content))


def _before(text: str, denial: Statement, denied: Features, claims: list[tuple[Statement, Features]]) -> list[str]:
    """The claim that a denial points back at: in its sentence, or the accusation of who denies in the one before."""
    start = min((span[0] for span in [*denial.source, *denial.cue]), default=None)
    if start is None:
        return []
    best: tuple[int, str] | None = None
    for claim, claimed in claims:
        end = max(span[1] for span in claim.content)
        if not 0 <= start - end <= _BACK_CHARACTERS:
            continue
        breaks = len(_SENTENCE_END.findall(text[end - 1 : start])) + text.count("\n", end, start)
        accused = any(f"={country}" in claimed.terms for country in denied.countries) or bool(
            set(denied.speaker.split()) & {stem(word) for word in claimed.terms}
        )
        if (breaks == 0 or (claim.act == "accuse" and accused and breaks <= 2)) and (best is None or best[0] < end):
            best = (end, claim.id)
    return [best[1]] if best else []


def _accused(denial: Statement, denied: Features, claims: list[tuple[Statement, Features]]) -> list[str]:
    """The claim about who denies that a short denial answers ("denied that missiles were sent"): it has its thing.

    Of several before the denial, the one that shares most with it, and of those the last.
    """
    things = {term: weight for term, weight in denied.terms.items() if not term.startswith("=")}
    if not 0 < len(things) <= _SHORT:
        return []
    start = denial.content[0][0]
    best: tuple[float, int, str] | None = None
    for claim, claimed in claims:
        accused = any(f"={country}" in claimed.terms for country in denied.countries)
        shared = math.fsum(weight for term, weight in things.items() if term in claimed.terms)
        end = max(span[1] for span in claim.content)
        if accused and end <= start and shared >= _SUBSTANCE:
            best = max(filter(None, (best, (shared, end, claim.id))))
    return [best[2]] if best else []


def _put(connection: sqlite3.Connection, claim: str, denial: str) -> None:
    connection.execute("INSERT OR IGNORE INTO disputes VALUES (?,?)", (claim, denial))


@lru_cache(maxsize=1)
def _back() -> frozenset[str]:
    return frozenset(map(stem, table("disputes")["back"]["words"]))
