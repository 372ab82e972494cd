"""Disputes as a reader means them: one content, with all who claim it on one side and all who deny it on the other.

A dispute is made of pairs of a claim and its denial that share a statement, or that tell the same of the same party in
much the same words. It ends between a claim and a denial when who denied says later that it is so, or who claimed that
it is not.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from onrecord.record.claims import STATE, Features, sides_apart
from onrecord.record.disputes import one_voice

#: The least share of the weight of the shorter of two contents that the other must have, and the least it must weigh.
_ALIKE = 0.7
_SUBSTANCE = 3.5
#: Claims of a halt so many days apart at most are of one halt.
_SOON = 30
#: How many days after a denial it can be taken back.
_LATER = 730


class Pair(NamedTuple):
    """A claim and its denial, by their ids, with what they are compared by."""

    claim: str
    denial: str
    claimed: Features
    denied: Features


class End(NamedTuple):
    """The statement by which a claim is `admitted` or `withdrawn`."""

    how: Literal["admitted", "withdrawn"]
    statement: str


def grouped(pairs: list[Pair]) -> list[int]:
    """For each pair the place of the first pair of its dispute."""
    parent = list(range(len(pairs)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    first: dict[str, int] = {}
    holders: dict[str, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        for statement in (pair.claim, pair.denial):
            join(first.setdefault(statement, at), at)
        for term in _held(pair):
            holders[term].append(at)
    for at, pair in enumerate(pairs):
        near = {other for term in _held(pair) for other in holders[term] if other < at}
        for other in sorted(near):
            if root(other) != root(at) and _is_one(pairs[other], pair):
                join(other, at)
    return [root(at) for at in range(len(pairs))]


def _held(pair: Pair) -> set[str]:
    """What pairs of one dispute have one of in common."""
    return {*pair.claimed.things, *pair.denied.things, *filter(None, (pair.claimed.halts, pair.denied.halts))}


def _is_one(one: Pair, other: Pair) -> bool:
    """Whether two pairs are of one dispute: the same party denies the same, or whoever the same halt."""
    if one.claimed.halts and one.claimed.halts == other.claimed.halts:
        return abs((one.claimed.day or 0) - (other.claimed.day or 0)) <= _SOON
    return same_party(one.denied, other.denied) and (
        alike(one.claimed, other.claimed) or alike(one.denied, other.denied) or alike(one.claimed, other.denied)
    )


def same_party(one: Features, other: Features) -> bool:
    """Whether two speak for one: the same speaker, or two of one state, neither of whom stands apart from it."""
    if one.speaker and other.speaker and one_voice(one, other):
        return True
    return bool(set(one.countries) & set(other.countries)) and not (sides_apart(one) or sides_apart(other))


def alike(one: Features, other: Features) -> bool:
    """Whether two contents tell the same of the same states: most of the shorter is in the longer.

    Who speaks may speak of their own state without naming it.
    """
    shared = one.terms.keys() & other.terms.keys()
    substance = math.fsum(one.terms[term] for term in shared if not term.startswith("="))
    spoken, told = (side.states | {f"={country}" for country in side.countries} for side in (one, other))
    if substance < _SUBSTANCE or (one.states and other.states and not spoken & told):
        return False
    shorter = min(math.fsum(one.terms.values()), math.fsum(other.terms.values()))
    implied = len(told & one.states - other.states) + len(spoken & other.states - one.states)
    return math.fsum(one.terms[term] for term in shared) + implied * STATE >= _ALIKE * shorter


def end_of(connection: sqlite3.Connection, pair: Pair, denials: Iterable[Features]) -> End | None:
    """How the dispute between a claim and a denial has ended; None where it stands.

    It stands where the same party denies the same again later: `denials` are those of the dispute.
    """
    last = max((d.day or 0 for d in denials if same_party(d, pair.denied)), default=pair.denied.day or 0)
    admitted = _first(
        (found.day or 0, identity)
        for identity, found in _later(connection, pair.claim, False, pair.denied.day)
        if (found.day or 0) >= last and _admits(pair, found)
    )
    if admitted:
        return End("admitted", admitted)
    withdrawn = _first(
        (found.day or 0, identity)
        for identity, found in _later(connection, pair.claim, True, pair.claimed.day)
        if (found.day or 0) > (pair.claimed.day or 0)
        and _is_same_speaker(found, pair.claimed)
        and alike(found, pair.claimed)
    )
    return End("withdrawn", withdrawn) if withdrawn else None


def is_ended_with(pair: Pair, other: Pair, end: End) -> bool:
    """Whether the end of one pair of a dispute ends another: what its denier admits, or its claimant withdraws."""
    if end.how == "admitted":
        return same_party(pair.denied, other.denied)
    return same_party(pair.claimed, other.claimed)


def _admits(pair: Pair, found: Features) -> bool:
    """Whether a later claim by who denied says what was denied."""
    if not alike(found, pair.claimed):
        return False
    later = (found.day or 0) > (pair.denied.day or 0)
    return (found.admits and same_party(found, pair.denied)) or (later and _is_same_speaker(found, pair.denied))


def _is_same_speaker(one: Features, other: Features) -> bool:
    return bool(one.voice) and one.voice == other.voice


def _first(found: Iterator[tuple[int, str]]) -> str | None:
    return min(found, default=(0, None))[1]


def _later(
    connection: sqlite3.Connection, claim: str, denials: bool, day: int | None
) -> Iterator[tuple[str, Features]]:
    """The claims or denials of this day or later that share words with a claim."""
    if day is None:
        return
    for identity, blob in connection.execute(
        "SELECT c.statement, c.features FROM claims c JOIN ("
        " SELECT g.statement AS found FROM claim_terms f JOIN claim_terms g"
        "  ON g.term=f.term AND g.denial=?2 AND g.day BETWEEN ?3 AND ?4"
        "  WHERE f.statement=?1 AND g.statement<>?1 GROUP BY g.statement HAVING count(*)>=2) ON c.statement=found",
        (claim, denials, day, day + _LATER),
    ):
        yield identity, msgspec.msgpack.decode(blob, type=Features)
