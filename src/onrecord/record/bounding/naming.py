"""Who and what a stretch of text names, where, and how many: what tells one occurrence from another of its kind.

The words are `lexicon/events.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.analysis import Analysis, Span
from onrecord.lexicon import table
from onrecord.reading.states import StateMention
from onrecord.record.identity import name_key
from onrecord.record.terms import fold, rarity, stem

#: A name is worth at least so much.
_NAME = 3.5
#: A root has at least so many letters.
_ROOT = 5
#: Characters of a page in which it is looked whether a word has its capital elsewhere as well.
_LOOKED = 100_000

#: Where a person is named: the span, the key of the whole name, and the person's state.
Person = tuple[Span, str, str | None]


def people_of(analysis: Analysis) -> dict[int, Person]:
    """Where people are named: by each mention's start, its span, the key of the person's whole name, the state."""
    particles = table("events")["names"]["particles"]
    return {
        span[0]: (span, name_key(actor.name), actor.country)
        for actor in analysis.actors
        if actor.type == "person" and all(word[0].isupper() or word in particles for word in _bare(actor.name).split())
        for span in actor.mentions
    }


def _bare(name: str) -> str:
    """A name as it can be shared; of what is only described ("Bush's spokesman", "a senior officer"), words of it."""
    return name if "'" not in name and "’" not in name else name.lower()


def named_in(
    text: str,
    words: list[tuple[int, str]],
    time: Span,
    states: list[StateMention],
    people: list[Person],
) -> tuple[dict[str, float], frozenset[str], set[int]]:
    """Who and what is named, by key and with its weight; the keys of places; and where the words of names start."""
    names = {key: max(_NAME, rarity(stem(key.rpartition(" ")[2]))) for _, key, _ in people}
    places = {f"={one.country}" for one in states if one.form != "demonym" and _is_place(text, one.span[0])}
    taken = [time, *(span for span, _, _ in people), *(mention.span for mention in states)]
    covered = {start for start, _ in words for span in taken if span[0] <= start < span[1]}
    first, end = (words[0][0], words[-1][0] + len(words[-1][1])) if words else (0, 0)
    run: list[str] = []
    begin = 0
    for start, word in [*words, (end, "")]:
        goes_on = bool(word) and start not in covered and _is_name(text, start, word, first, bool(run))
        if run and (not goes_on or text[begin:start].rstrip().endswith((",", ";", ":", "(", ")"))):
            key = name_key(" ".join(run))
            names[key] = max(_NAME, rarity(stem(fold(run[-1]))))
            if _is_place(text, begin):
                places.add(key)
            run = []
        if goes_on:
            begin = begin if run else start
            run.append(word)
    covered.update(start for start, word in words if _is_name(text, start, word, first, False))
    return names, frozenset(places), covered


def _is_name(text: str, start: int, word: str, first: int, goes_on: bool) -> bool:
    """Whether a word is part of a name: capital, no generic word; at the head of a sentence also elsewhere capital."""
    if not word[0].isupper() or fold(word).removesuffix("'s").removesuffix("’s") in generic_words():
        return False
    if start > first or goes_on:
        return True
    return word.isupper() or re.compile(rf"[a-z,] {re.escape(word)}\b").search(text, 0, _LOOKED) is not None


def _is_place(text: str, start: int) -> bool:
    """Whether what is named here is where it happened: "in Rome", "flew to Rome", not "the war in Syria"."""
    known = table("events")["place"]
    before = text[max(0, start - 32) : start].lower().removesuffix("the ").split()
    if len(before) < 2:
        return bool(before) and before[-1] in known["prepositions"]
    if before[-1] == "to":
        return before[-2] in known["towards"]
    return before[-1] in known["prepositions"] and before[-2] not in known["elsewhere"]


def root(term: str) -> str:
    """A stem without the ending that made a noun of a verb: "ratification" and "ratifies" have one root."""
    for ending in table("events")["nouns"]["endings"]:
        if term.endswith(ending) and len(term) - len(ending) >= _ROOT:
            return term.removesuffix(ending)
    return term


def figures_in(words: list[tuple[int, str]], stems: list[str], time: Span) -> dict[str, str]:
    """Numbers by the stem of what they count."""
    known = table("events")["figure"]
    found: dict[str, str] = {}
    for at, (start, word) in enumerate(words[:-1]):
        low = word.lower()
        if not (low[0].isdigit() or low in known["numbers"]) or time[0] <= start < time[1]:
            continue
        number = str(known["numbers"].index(low) + 1) if low in known["numbers"] else low
        unit = stems[at + 1]
        if unit not in generic() or unit in map(stem, known["units"]):
            found[unit] = number
    return found


@cache
def generic_words() -> frozenset[str]:
    """The words that tell nothing of which occurrence is meant."""
    return frozenset(table("events")["generic"]["words"])


@cache
def generic() -> frozenset[str]:
    """Their stems."""
    return frozenset(map(stem, generic_words()))
