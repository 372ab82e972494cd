"""Claims and the denials that contradict them, on one page and over pages.

A claim and a denial are held to speak of the same thing when the denial's words, weighted by rarity and with capitals
and seats of government read as their states, are for the most part the claim's, and both speak of the same states: of
the one who denies, where a denial names none. On one page it is also enough that their contents are the same
characters, or that a denial that only names or points back at what it denies (`denied it`, `denies any role`) follows
the charge against who denies. Different speakers are needed, and over pages dates that are known and near.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from zlib import crc32

import msgspec

from onrecord.analysis import Analysis, Span, Statement
from onrecord.record.claims import Features, claims
from onrecord.record.identity import same_name
from onrecord.record.store import statement_id

_WINDOW = 30
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
_HALF = 0.5
_SAME_CHARACTERS = 0.5
#: Over pages the claim must have this share of what the denial names besides states.
_THINGS = 0.6
#: How far before a denial, in characters and in sentences, the charge lies that it points back at.
_BACK_CHARACTERS = 700
_BACK_SENTENCES = 3
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+|\n+")


def put_claims(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep the claims and denials of a page for comparing, and the disputes within it."""
    for statement, features in claims(analysis):
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
            if _is_held(claim, denial) and _is_same_thing(claim, denial) and not one_voice(claim, denial):
                _put(connection, other if own.denial else identity, identity if own.denial else other)


def page_disputes(analysis: Analysis) -> list[tuple[str, str]]:
    """The disputes within one page, as pairs of statement ids: claim, denial."""
    stated = list(claims(analysis))
    asserted = [pair for pair in stated if not pair[1].denial]
    found: list[tuple[str, str]] = []
    for denial, denied in stated:
        if not denied.denial:
            continue
        others = [pair for pair in asserted if not one_voice(pair[1], denied) and _is_held(pair[1], denied)]
        answered = [
            claim.id
            for claim, claimed in others
            if _overlap(claim.content, denial.content) >= _SAME_CHARACTERS or contradicts(claimed, denied)
        ]
        if not answered:
            answered = _accused(denial, denied, others)
        if not answered and (denied.part or not denied.terms):
            answered = _before(analysis.text, denial, denied, others)
        found.extend((claim, denial.id) for claim in answered)
    return found


def contradicts(claim: Features, denial: Features) -> bool:
    """Whether a denial is of what a claim says, by their words and the states that they speak of."""
    shared = claim.terms.keys() & denial.terms.keys()
    content = [term for term in shared if not term.startswith("=")]
    accused = is_accused(claim, denial)
    if len(shared) + _implied(claim, denial) < _SHARED or len(content) < _SHARED_WORDS - accused:
        return False
    if not (accused or _same_states(claim, denial)) or (denial.part and not claim.blames):
        return False
    weight = math.fsum(denial.terms[term] for term in shared)
    substance = math.fsum(denial.terms[term] for term in content)
    ease = _EASIER if accused else 1.0
    return (
        substance >= _SUBSTANCE
        and weight >= ease * _DENIED * math.fsum(denial.terms.values())
        and weight >= ease * _CLAIMED * math.fsum(claim.terms.values())
    )


def is_accused(claim: Features, denial: Features) -> bool:
    """Whether a claim speaks of who denies: of their state, or of them by name."""
    return any(f"={country}" in claim.terms for country in denial.countries) or bool(
        set(claim.names) & set(denial.voice)
    )


def one_voice(claim: Features, denial: Features) -> bool:
    """Whether one speaker says both, or a state and somebody who speaks for it; also where one of them is not told."""
    if not (claim.speaker and denial.speaker):
        return False
    if same_name(claim.speaker, denial.speaker):
        return True
    if claim.speaker.split()[-1] in denial.voice or denial.speaker.split()[-1] in claim.voice:
        return True
    short, long = sorted((set(claim.voice), set(denial.voice)), key=len)
    return bool(short) and short <= long


def _is_same_thing(claim: Features, denial: Features) -> bool:
    """Whether a claim and a denial of different pages speak of one thing."""
    things = denial.things
    shared = math.fsum(weight for term, weight in things.items() if term in claim.terms)
    return shared >= _THINGS * math.fsum(things.values()) and contradicts(claim, denial)


def _same_states(claim: Features, denial: Features) -> bool:
    """Whether the two speak of one state; what names none speaks of its speaker's."""
    spoken = claim.states or {f"={country}" for country in claim.countries}
    denied = denial.states or {f"={country}" for country in denial.countries}
    return bool(spoken & denied) or not (spoken or denied)


def _implied(claim: Features, denial: Features) -> bool:
    """Whether a denial that names no state means its own, and the claim speaks of it."""
    return not denial.states and any(f"={country}" in claim.terms for country in denial.countries)


def _is_held(claim: Features, denial: Features) -> bool:
    """Whether a claim is that of those whose claim the denial says it is of, if it says so."""
    return not denial.holders or bool(set(denial.holders) & set(claim.voice))


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


def _overlap(claim: list[Span], denial: list[Span]) -> float:
    """The share of the shorter content that lies in the other."""
    shared = sum(max(0, min(one[1], two[1]) - max(one[0], two[0])) for one in claim for two in denial)
    shorter = min(sum(end - start for start, end in claim), sum(end - start for start, end in denial))
    return shared / shorter if shorter else 0.0


def _before(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claim that a denial points back at: in its sentence, or the last charge against who denies before it.

    What a denial calls by a pronoun alone ("denied this") may be any claim of the sentence before.
    """
    start = min((span[0] for span in [*denial.source, *denial.cue]), default=None)
    if start is None:
        return []
    reach = 1 if denied.points else 0
    best: tuple[int, str] | None = None
    for claim, claimed in asserted:
        end = max(span[1] for span in claim.content)
        if not 0 <= start - end <= _BACK_CHARACTERS:
            continue
        breaks = len(_SENTENCE_END.findall(text[end - 1 : start]))
        charged = claimed.blames and is_accused(claimed, denied) and breaks <= _BACK_SENTENCES
        if ((breaks <= reach and not denied.part) or charged) and (best is None or best[0] < end):
            best = (end, claim.id)
    return [best[1]] if best else []


def _accused(denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claim about who denies that a short denial answers ("denied that missiles were sent"): it has its thing.

    A denial of a part in something answers a charge. Of several before the denial, the one that shares most with it,
    and of those the last.
    """
    things = denied.things
    if not 0 < len(things) <= _SHORT:
        return []
    start = denial.content[0][0]
    own = {f"={country}" for country in denied.countries}
    best: tuple[float, int, str] | None = None
    for claim, claimed in asserted:
        shared = math.fsum(weight for term, weight in things.items() if term in claimed.terms)
        end = max(span[1] for span in claim.content)
        fits = is_accused(claimed, denied) and (claimed.blames or not denied.part)
        common = math.fsum(weight for term, weight in claimed.terms.items() if term in denied.terms or term in own)
        fits = fits and common >= _CLAIMED * math.fsum(claimed.terms.values())
        if fits and end <= start and shared >= max(_SUBSTANCE, _HALF * math.fsum(things.values())):
            best = max(filter(None, (best, (shared, end, claim.id))))
    return [best[2]] if best else []


def _put(connection: sqlite3.Connection, claim: str, denial: str) -> None:
    connection.execute("INSERT OR IGNORE INTO disputes VALUES (?,?)", (claim, denial))
