"""Who appears on a page: a register of actors in which the mentions of one actor come together."""

from __future__ import annotations

import re

from onrecord.analysis import Actor, ActorType, Span
from onrecord.lexicon import table
from onrecord.reading.states import state_name

_TOKEN = re.compile(r"[^\W_][\w.'’-]*")
#: Where the parts of a double surname meet: "Macapagal-Arroyo" is also "Arroyo".
_DOUBLE = re.compile(r"-(?=[A-Z])")
_ACRONYM = re.compile(r"[A-Z][A-Z.]+s?$")


class Cast:
    """The actors of one page, numbered in the order they come in."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._by_key: dict[tuple[str, str], Actor] = {}
        self._people: dict[str, list[Actor]] = {}
        self._by_initials: dict[str, Actor] = {}

    def _new(self, key: tuple[str, str], name: str, kind: ActorType) -> Actor:
        actor = Actor(f"a{len(self.actors) + 1}", name, kind)
        self.actors.append(actor)
        self._by_key[key] = actor
        if kind == "organization":
            self._by_initials.setdefault(_initials(name), actor)
        return actor

    def person(self, name: str, span: Span) -> Actor:
        """The person a name stands for: a bare surname or first name is whoever bore it last in full.

        "Shoigu" and "Sergei Shoigu" are one; "Bill Clinton" and "Hillary Clinton" are two. A name first met short
        and later in full takes the full form.
        """
        tokens = _tokens(name)
        actor = self._by_key.get(("person", name.lower()))
        if actor is None and tokens:
            known = self._people.get(tokens[-1].lower(), [])
            if len(tokens) == 1:
                actor = known[-1] if known else None
            else:
                actor = next((a for a in reversed(known) if _agree(_tokens(a.name), tokens)), None)
                if actor and len(tokens) > len(_tokens(actor.name)):
                    actor.name = name
        if actor is None:
            actor = self._new(("person", name.lower()), name, "person")
        parts = _DOUBLE.split(tokens[-1])[1:] if tokens else []
        for token in {tokens[0].lower(), *(part.lower() for part in (tokens[-1], *parts))} if tokens else set():
            bearers = self._people.setdefault(token, [])
            if actor in bearers:
                bearers.remove(actor)
            bearers.append(actor)
        return self._mention(actor, span)

    def surnames(self) -> set[str]:
        """The last words of the full names so far."""
        return {t[-1] for a in self.actors if a.type == "person" and len(t := _TOKEN.findall(a.name)) > 1}

    def state(self, country: str, span: Span | None) -> Actor:
        """The state as an actor, whatever the word it goes by."""
        actor = self._by_key.get(("state", country)) or self._new(("state", country), state_name(country), "state")
        actor.country = country
        return self._mention(actor, span)

    def body(self, name: str, span: Span | None, country: str | None = None, key: str | None = None) -> Actor:
        """An organization by its name; an acronym is the body whose initials it spells."""
        wanted = ("organization", (key or name).lower())
        actor = self._by_key.get(wanted)
        if actor is None and _ACRONYM.match(name):
            actor = self._by_initials.get(name.replace(".", ""))
        if actor is None:
            actor = self._new(wanted, name, "organization")
        self._by_key[wanted] = actor
        actor.country = actor.country or country
        return self._mention(actor, span)

    def unnamed(self, words: str, span: Span, country: str | None, kind: ActorType) -> Actor:
        """Somebody whom the page only describes; the same words are taken for the same actor."""
        key = ("unnamed", words.lower())
        actor = self._by_key.get(key) or self._new(key, words, kind)
        actor.country = country
        return self._mention(actor, span)

    @staticmethod
    def _mention(actor: Actor, span: Span | None) -> Actor:
        if span is not None:
            actor.mentions.append(span)
        return actor


def _tokens(name: str) -> list[str]:
    """The words of a name, without the particles that a surname begins with: "de Boer" is one like "Boer"."""
    tokens = _TOKEN.findall(name)
    particles = frozenset(table("roles")["particles"])
    first = next((at for at, token in enumerate(tokens) if token.lower() not in particles), 0)
    return tokens[first:]


def _agree(one: list[str], other: list[str]) -> bool:
    """Whether two names with the same last word can be one person's: first names equal, or one of them missing."""
    if len(one) == 1 or len(other) == 1:
        return True
    first, second = one[0].rstrip(".").lower(), other[0].rstrip(".").lower()
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _initials(name: str) -> str:
    return "".join(word[0] for word in _TOKEN.findall(name) if word[0].isupper())
