"""What a statement claims or denies, as claims and denials are compared by it.

A refusal ("rejected the budget", "refused to leave") denies nothing that was said. What is denied may be told again
("denied that missiles were sent"), only named ("denies any role in the killing"), or pointed back at ("denied this").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import msgspec

from onrecord.analysis import Actor, Analysis, Statement
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.record.identity import name_key
from onrecord.record.terms import rarity, stem, stems, words

#: Words commoner than this carry no content; a state weighs this much.
_COMMONEST = 2.2
_STATE = 2.5
_CAPITALISED = re.compile(r"[^\W\d_][\w.'’-]*")
_HOLDER = re.compile(r"([A-Z][\w.-]{1,30})['’]s? (?:[\w-]{1,20} ){0,2}?(\w{1,20})\b")
_BY = re.compile(r"(\w{1,20}) (?:by|from|made by|in|issued by) (?:the )?([A-Z][\w.-]{1,30}(?: [A-Z][\w.-]{1,30}){0,2})")


class Features(msgspec.Struct, array_like=True):
    """What a claim or a denial is compared by. `terms` are stems, and states as `=IRN`.

    `voice` are the words of the source, `names` the capitalised words of the content, `countries` those of the source.
    `holders`, of a denial, are the names whose claim it is said to be ("rejected Brown's allegation"). `blames` marks
    a claim that charges somebody, `part` a denial of having had a part in something, `points` one of a mere pronoun.
    """

    denial: bool
    speaker: str
    countries: list[str]
    day: int | None
    terms: dict[str, float]
    voice: list[str]
    names: list[str]
    holders: list[str]
    blames: bool
    part: bool
    points: bool

    @property
    def states(self) -> set[str]:
        """The states that the content names, as terms."""
        return {term for term in self.terms if term.startswith("=")}

    @property
    def things(self) -> dict[str, float]:
        """What the content names besides states."""
        return {term: weight for term, weight in self.terms.items() if not term.startswith("=")}


def claims(analysis: Analysis) -> Iterator[tuple[Statement, Features]]:
    """The statements of a page that claim or deny something, with what they are compared by."""
    actors = {actor.id: actor for actor in analysis.actors}
    for statement in analysis.statements:
        if statement.act not in ("assert", "accuse", "deny"):
            continue
        content = " ".join(analysis.text[start:end] for start, end in statement.content)
        cue = " ".join(analysis.text[start:end] for start, end in statement.cue)
        denies = statement.act == "deny"
        if _is_refusal(cue, content) if denies else _claims_nothing(statement, cue):
            continue
        yield statement, _features(analysis, statement, actors, content, cue)


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
        if len(term) > 1 and rarity(term) >= _COMMONEST and term not in _stemmed("back"):
            terms[term] = round(rarity(term), 3)
    return terms


def _features(analysis: Analysis, statement: Statement, actors: dict[str, Actor], content: str, cue: str) -> Features:
    source = " ".join(analysis.text[start:end] for start, end in statement.source)
    speaker = actors.get(statement.speaker or "")
    body = actors.get(speaker.affiliation or "") if speaker else None
    countries = {mention.country for mention in find_states(source)}
    countries |= {actor.country for actor in (speaker, body) if actor and actor.country}
    dated = statement.said.latest or analysis.published.latest
    voice = set(name_key(source).split()) | set(name_key(speaker.name).split() if speaker else ())
    denies = statement.act == "deny"
    head = set(stems(content))
    return Features(
        denies,
        name_key(speaker.name if speaker else source),
        sorted(countries),
        date.fromisoformat(dated).toordinal() if dated else None,
        content_terms(content),
        sorted(voice - _keys("nobody")),
        sorted({name_key(word) for word in _CAPITALISED.findall(content) if word[:1].isupper()} - _keys("nobody")),
        _holders(content) if denies else [],
        not denies and (statement.act == "accuse" or bool((head | set(stems(cue))) & _stemmed("blame"))),
        denies and bool(head & _stemmed("part")),
        denies and head <= _stemmed("pronouns") and not set(words(cue)) & _words("refusal", "cues"),
    )


def _is_refusal(cue: str, content: str) -> bool:
    """Whether somebody refuses to do or take something, and denies nothing that was said."""
    if content.lower().startswith(tuple(table("disputes")["refusal"]["begins"])):
        return True
    said = set(words(content))
    if not set(words(cue)) & _words("refusal", "cues") or said & _words("refusal", "claims"):
        return False
    return not (said & _words("refusal", "clauses") or all(word in _stemmed("back") for word in stems(content)))


def _claims_nothing(statement: Statement, cue: str) -> bool:
    """Whether a statement is no claim: it denies, has no words, or tells of a wish, a plan or an act."""
    return statement.polarity == "negative" or not statement.content or bool(set(stems(cue)) & _stemmed("wish"))


def _holders(content: str) -> list[str]:
    """Those whose claim a denial is said to be of: "Brown's allegation", "a report by the Times"."""
    found = [
        match.group(1) for match in _HOLDER.finditer(content) if match.group(2).lower() in _words("refusal", "claims")
    ]
    found += [
        match.group(2) for match in _BY.finditer(content) if match.group(1).lower() in _words("refusal", "claims")
    ]
    return sorted({word for name in found for word in name_key(name).split()} - _keys("nobody"))


@lru_cache(maxsize=16)
def _stemmed(section: str) -> frozenset[str]:
    return frozenset(map(stem, table("disputes")[section]["words"]))


@lru_cache(maxsize=16)
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(table("disputes")[section][key])


@lru_cache(maxsize=1)
def _keys(section: str) -> frozenset[str]:
    return frozenset(name_key(word) for word in table("disputes")[section]["words"])
