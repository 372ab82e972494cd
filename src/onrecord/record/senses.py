"""What claims and denials mean by different words: that arms changed hands, that work on an agreement was halted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.analysis import Analysis, Statement
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.record.terms import stem, stems, words

#: A denial of so many words at most need not say what is not halted.
_SHORT = 8


class _Patterns(NamedTuple):
    """What tells of a halt; of one of what can be halted; of one that there is not; and that something is untrue."""

    halting: re.Pattern[str]
    borne: re.Pattern[str]
    negated: re.Pattern[str]
    untrue: re.Pattern[str]


def senses(content: str) -> list[str]:
    """The names of the groups of words of one meaning of which a content has one, sorted."""
    said = set(stems(content))
    return sorted(name for name, group in _groups().items() if group & said)


def halted(analysis: Analysis, statement: Statement, content: str, denies: bool) -> str:
    """The parties of the agreement on which a claim says that work is halted, or a denial that it is not; else "".

    What is halted stands near to the word for it; a short denial need not say it ("there was no pause"). What the page
    says to be untrue is neither. The agreement is the one that the page is about, where it is about one and the content
    names no state besides its parties.
    """
    focus = {tuple(sorted(told.parties)) for told in analysis.agreements if not told.background}
    parties = next(iter(focus)) if len(focus) == 1 else ()
    if len(parties) <= 1:
        return ""
    patterns = _patterns()
    if statement.certainty != "certain" and statement.act != "deny":
        return ""
    if patterns.untrue.search(content):
        return ""
    if statement.act != "deny" and denies != bool(patterns.negated.search(content)):
        return ""
    short = denies and len(words(content)) <= _SHORT and patterns.halting.search(content)
    if not (short or patterns.borne.search(content)):
        return ""
    named = {mention.country for mention in find_states(content)}
    return "+".join(parties) if named <= set(parties) else ""


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(stem, group)) for name, group in table("disputes")["senses"].items()}


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    halt = table("disputes")["halt"]
    conditions = table("agreement_cues")["condition"]
    told = [found["pattern"] for found in conditions if found["name"] == "suspended"] + [halt["halting"]]
    halting, bearer, negation = rf"\b(?:{'|'.join(told)})\b", rf"\b{halt['bearer']}\b", rf"\b{halt['negation']}\b"
    near, right = r"(?:\s[^\s,;:]+){0,8}?\s", r"(?:\s[^\s,;:]+){0,4}?\s"
    return _Patterns(
        *(
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                halting,
                rf"{bearer}{near}{halting}|{halting}{near}{bearer}",
                rf"{negation}{right}{halting}|{halting}{right}{negation}",
                rf"\b{halt['untrue']}\b",
            )
        )
    )
