"""Which chamber or body votes, as far as a stretch of text names it: one law is voted on by several.

The names are `lexicon/events.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.lexicon import table
from onrecord.reading.states import find_states

#: A state stands no further from the chamber that is its own, in characters: "Iran's parliament", "lawmakers in Rome".
_NEAR = 16
#: What may be either chamber of a parliament.
_WHOLE, _PARTS = "whole", ("lower", "upper")


def chambers_in(text: str, start: int, end: int) -> frozenset[str]:
    """The chambers that a stretch of text names, as `RUS lower`; the state (ISO 3166-1 alpha-3) can be missing."""
    states = None
    found: set[str] = set()
    for match in _names().finditer(text, start, end):
        rank, country = _ranks()[match[1].lower()]
        if not country:
            states = find_states(text, start, end) if states is None else states
            country = next(
                (
                    state.country
                    for state in states
                    if 0 <= match.start() - state.span[1] <= _NEAR or 0 <= state.span[0] - match.end() <= _NEAR
                ),
                "",
            )
        found.add(f"{country} {rank}")
    return frozenset(found)


def other_chambers(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two tellings that both name chambers name none in common."""
    pairs = [(mine.split(" "), theirs.split(" ")) for mine in one for theirs in other]
    return bool(pairs) and not any(_agree(mine, theirs) for mine, theirs in pairs)


def _agree(one: list[str], other: list[str]) -> bool:
    if one[0] and other[0] and one[0] != other[0]:
        return False
    ranks = one[1], other[1]
    return ranks[0] == ranks[1] or (_WHOLE in ranks and any(rank in _PARTS for rank in ranks))


@cache
def _ranks() -> dict[str, tuple[str, str]]:
    return {
        name: (entry["rank"], entry.get("country", ""))
        for entry in table("events")["chamber"]
        for name in entry["names"]
    }


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_ranks(), key=lambda name: (-len(name), name))
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\b({names})\b(?: of (?:the )?parliament\b)?", re.IGNORECASE)
