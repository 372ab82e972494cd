"""Which states a stretch of text speaks of: by name, demonym, capital, or what stands for a government.

The words are `lexicon/states.csv`; phrases that only look like a state ("New Mexico", "Latin America") are
`lexicon/state_traps.toml`. Matching is case-sensitive, on whole words, the longest phrase first, and takes time
linear in the text. Names and capitals also match in capital letters, as in datelines and headlines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from onrecord.analysis import Span
from onrecord.lexicon import rows, table

StateForm = Literal["name", "demonym", "capital", "metonym"]


class StateMention(NamedTuple):
    """A state's mention: its span in the text, the ISO 3166-1 alpha-3 code, and what kind of word it is."""

    span: Span
    country: str
    form: StateForm


_HEAD = re.compile(r"[^\W\d_](?:[.'’](?=\w))?[^\W_]*|\d+")
_WORD_BEFORE = re.compile(r"([A-Za-z]+) $")
_CAPITALISED_NEXT = re.compile(r" ([A-Z][a-z]+)")
_NO_PLURAL = ("s", "sh", "ch", "ese", "x", "-", "men", "man")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Phrases by their first word, longest first: (phrase, country or "" for a trap, form)."""

    phrases: dict[str, list[tuple[str, str, StateForm]]]
    names: dict[str, str]
    before: tuple[str, ...]
    people: frozenset[str]
    given: frozenset[str]
    given_too: frozenset[str]
    offices: frozenset[str]


def _cell(row: dict[str, str], column: str) -> list[str]:
    return [entry for entry in (row[column] or "").split("|") if entry]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    known: dict[str, tuple[str, StateForm]] = {}
    names: dict[str, str] = {}
    for row in rows("states"):
        country = row["country"]
        names[country] = row["name"]
        demonyms = _cell(row, "demonyms")
        plurals = [word + "s" for word in demonyms if not word.endswith(_NO_PLURAL)]
        plain: list[tuple[str, StateForm]] = [(row["name"], "name")]
        plain += [(word, "name") for word in _cell(row, "aliases")]
        plain += [(word, "capital") for word in _cell(row, "capital")]
        for word, form in plain:
            known.setdefault(word, (country, form))
            if len(word) > 3 and word.upper() != word:
                known.setdefault(word.upper(), (country, form))
        for word in demonyms + plurals:
            known.setdefault(word, (country, "demonym"))
        for word in _cell(row, "metonyms"):
            known.setdefault(word, (country, "metonym"))
    traps = table("state_traps")
    for phrase in traps["phrases"]:
        known.setdefault(phrase, ("", "name"))
    phrases: dict[str, list[tuple[str, str, StateForm]]] = {}
    for word, (country, form) in known.items():
        head = _HEAD.match(word)
        if head:
            phrases.setdefault(head.group(), []).append((word, country, form))
    for entries in phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return _Lexicon(
        phrases,
        names,
        tuple(traps["before"]),
        frozenset(traps["people"]),
        frozenset(traps["given"]),
        frozenset(traps["given_too"]),
        frozenset(traps["offices"]),
    )


def state_name(country: str) -> str:
    """The common English name of a state by its ISO 3166-1 alpha-3 code; the code itself where it is unknown."""
    return _lexicon().names.get(country, country)


def find_states(text: str, start: int = 0, end: int | None = None) -> list[StateMention]:
    """Every mention of a state in `text[start:end]`, in order, none overlapping another.

    `start` and `end` are code points into `text`, and so are the spans that come back. Words just outside the
    stretch may be looked at to tell a state from a person or a place.
    """
    lexicon = _lexicon()
    end = len(text) if end is None else end
    found: list[StateMention] = []
    position = start
    while head := _HEAD.search(text, position, end):
        position = head.end()
        entries = lexicon.phrases.get(head.group())
        if entries is None:
            continue
        at = head.start()
        if at and text[at - 1].isalnum():
            continue
        for phrase, country, form in entries:
            stop = at + len(phrase)
            if stop > end or not text.startswith(phrase, at) or _runs_on(text, stop, phrase):
                continue
            position = stop
            of_another = form == "metonym" and found and _of_another(text, found[-1], at, country)
            if country and not of_another and not _is_trap(lexicon, text, at, stop, phrase):
                found.append(StateMention((at, stop - 1 if phrase.endswith("-") else stop), country, form))
            break
    return found


def _runs_on(text: str, stop: int, phrase: str) -> bool:
    """Whether the word goes on behind the phrase."""
    return stop < len(text) and not phrase.endswith(("-", ".")) and (text[stop].isalnum() or text[stop] == "_")


def _of_another(text: str, last: StateMention, at: int, country: str) -> bool:
    """Whether the state right before what stands for a government says it is its own: "Pakistan's Foreign Office"."""
    return last.country != country and text[last.span[1] : at] in (" ", "'s ", "’s ", "' ", "’ ")


def _is_trap(lexicon: _Lexicon, text: str, at: int, stop: int, phrase: str) -> bool:
    """Whether what stands around the phrase makes it something else than a state."""
    lead = text[max(0, at - 16) : at]
    window = lead + phrase
    for words in lexicon.before:
        if words.endswith("-"):
            if lead.lower().endswith(words):
                return True
        elif words.endswith(phrase) and window.endswith(words):
            return True
    if phrase not in lexicon.people:
        return False
    before = _WORD_BEFORE.search(lead)
    if before and before.group(1) in lexicon.given:
        return True
    following = _CAPITALISED_NEXT.match(text, stop)
    return phrase in lexicon.given_too and following is not None and following.group(1) not in lexicon.offices
