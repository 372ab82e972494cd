"""Whom a report first only describes and then names: "an army officer said"; "Ada Lind, commander of ..., said"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.analysis import Actor
from onrecord.lexicon import table
from onrecord.reading.document import Document, Sentence, Voice
from onrecord.reading.roles import alike, heads
from onrecord.reading.states import find_states

#: The one described speaks in the title or in so many sentences at the head of the article, and is named, as the next
#: to speak, within as many sentences behind.
_HEAD, _NEXT = 2, 3
_WORD = re.compile(r"[\w-]+")
#: Where what follows does not name the role any more.
_BEHIND = re.compile(r"\s(?:of|for|in|at|with|from|to|on|who|whose|here)\s|,")


class _Turn(NamedTuple):
    """Somebody speaks: who, in which sentence, where the source begins and ends, and in which words."""

    speaker: Actor
    sentence: Sentence
    start: int
    end: int
    words: str


def introduce(document: Document, actors: Sequence[Actor], voices: list[Voice]) -> None:
    """Give those who are described at the head of an article the name that the article then gives them.

    `voices` has one for each of `document.relations`. Whoever is named must be the next to speak, be named there for
    the first time, and bear a role that the description fits.
    """
    known = {actor.id: actor for actor in actors}
    turns = list(_turns(document, known, voices))
    body = next((sentence.index for sentence in document.sentences if sentence.kind == "body"), 0)
    seen: set[str] = set()
    for place, turn in enumerate(turns):
        if turn.sentence.index >= body + _HEAD:
            break
        if turn.speaker.id not in seen and _is_described(turn):
            seen.add(turn.speaker.id)
            named = _next(turns, place)
            for voice in voices if named else ():
                if named and voice.speaker == turn.speaker.id:
                    voice.speaker = named.id


def _turns(document: Document, known: dict[str, Actor], voices: list[Voice]) -> list[_Turn]:
    found = []
    for relation, voice in zip(document.relations, voices, strict=True):
        sentence = document.sentence_at(relation.source[0][0]) if relation.source else None
        if sentence and voice.speaker in known:
            start, end = relation.source[0]
            found.append(_Turn(known[voice.speaker], sentence, start, end, document.words((start, end))))
    return found


def _is_described(turn: _Turn) -> bool:
    """Whether a source is one person whom it only describes, and not as somebody known."""
    speaker = turn.speaker
    definite = turn.words[:4].lower() == "the "
    return speaker.type == "person" and speaker.name in turn.words and not (speaker.role or definite)


def _next(turns: Sequence[_Turn], place: int) -> Actor | None:
    """Who speaks next, if the article names that one there for the first time and the description fits."""
    described = turns[place]
    after = map(turns.__getitem__, range(place + 1, len(turns)))
    turn = next((turn for turn in after if turn.speaker is not described.speaker), None)
    if turn is None or turn.sentence.index > described.sentence.index + _NEXT:
        return None
    named = turn.speaker
    first = min((span[0] for span in named.mentions if span[0] >= described.sentence.span[0]), default=-1)
    return named if named.role and turn.start <= first < turn.end and _fits(described.speaker, turn) else None


def _fits(described: Actor, turn: _Turn) -> bool:
    """Whether a description can be that of somebody named: the role's noun, the state, and what the role is of."""
    named = turn.speaker
    if described.country and named.country and described.country != named.country:
        return False
    words = [word.lower() for word in _WORD.findall(_BEHIND.split(described.name)[0])]
    noun = next((word for word in reversed(words) if word in heads()), None)
    if noun is None or words[-1] != noun:
        return False
    role = {word.lower() for word in _WORD.findall(f"{named.role} {turn.words}")}
    states = {
        word.lower() for m in find_states(described.name) for word in _WORD.findall(described.name[slice(*m.span)])
    }
    of = set(words) - states - (heads() - set(table("roles")["bodies"])) - set(table("roles")["rank"])
    return bool({noun, *alike(noun), *table("roles")["can_be"].get(noun, ())} & role) and (not of or bool(of & role))
