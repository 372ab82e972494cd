"""Who holds an office that pages name without a person: "the Norwegian ambassador" where others say whose name that is.

Only what pages about the same agreement say is used ("Norway's ambassador to Lima, Kari Lind"), and only where all that
name a holder name the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from onrecord.lexicon import table
from onrecord.record.identity import name_key, same_name


def holders(connection: sqlite3.Connection, agreement: str, speakers: Iterable[str]) -> dict[str, str]:
    """For each speaker that is an office of a state, the person who holds it, where an agreement's pages name one."""
    asked = {speaker: office for speaker in speakers if (office := _office(speaker))}
    if not asked:
        return {}
    named = connection.execute(
        "SELECT DISTINCT speaker, source_text FROM statements WHERE speaker IS NOT NULL"
        " AND page IN (SELECT page FROM tellings WHERE agreement=?)"
        " AND length(source_text)>length(speaker) ORDER BY length(speaker) DESC, speaker",
        (agreement,),
    ).fetchall()
    found = {}
    for speaker, (state, words) in asked.items():
        persons = [
            person
            for person, text in named
            if _office(person) is None and (office := _office(text.replace(person, ""))) is not None
            if office[0] == state and words <= office[1]
        ]
        if persons and all(same_name(persons[0], person) for person in persons):
            found[speaker] = persons[0]
    return found


@lru_cache(maxsize=4096)
def _office(text: str) -> tuple[str, frozenset[str]] | None:
    """The state whose office a phrase names, and the words for it; None where it names none."""
    from onrecord.reading.states import find_states  # noqa: PLC0415 - most questions need not load reading

    states = find_states(text)
    words = frozenset(name_key(text).split())
    if not states or not words & _heads():
        return None
    start, end = states[0].span
    return states[0].country, frozenset(name_key(text[:start] + " " + text[end:]).split()) - _small()


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(map(name_key, table("roles")["heads"]))


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(map(name_key, table("roles")["rank"]))
