"""What a page says a person is: the role before or behind a name, with the state or body it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.states import find_states

_WORD = re.compile(r"[^\W_](?:[\w.-]|['’](?!s\b))*(?:['’]s?)?")
_AFTER = re.compile(
    r",\s(?:(?:the|a|an|who is|its|his|her)\s)?(?P<role>[^,;:.\"“”()\n]{3,90}?)(?:\s\([A-Z][\w.&-]{1,12}\))?"
    r"(?=,|\.|\sand\s|\ssaid|$)"
)
_PARTS, _OF = re.compile(r",|\sand\s"), re.compile(r"\b(?:for|of|to|with|from|at|in|on)\b")
#: What ends a name in apposition, and what stands before the words of a role that some one person has.
_BOUNDS = frozenset(",.;:)—")
_OWNED = re.compile(r"(?:\b(?:the|an?|its|his|her|their)|['’]s?)\s$", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her)\s", re.I)


@dataclass(slots=True, frozen=True)
class Role:
    """A role's words without the state it belongs to, their span, and that state."""

    words: str
    span: Span
    country: str | None


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Nouns that name a role."""
    return frozenset(table("roles")["heads"])


@lru_cache(maxsize=1)
def _alike() -> dict[str, list[str]]:
    return {word: [other for other in group if other != word] for group in table("roles")["alike"] for word in group}


def alike(head: str) -> list[str]:
    """Other words for the same role: "premier" for "prime minister"."""
    return _alike().get(head, [])


@lru_cache(maxsize=1)
def _inside() -> frozenset[str]:
    return heads() | frozenset(table("roles")["modifiers"]) | {t.lower().rstrip(".") for t in table("roles")["titles"]}


def nouns(role: str) -> set[str]:
    """What somebody with a role can be called: the last words of its parts, without what it is of."""
    parts = (_OF.split(part)[0].split() for part in _PARTS.split(role.lower()))
    return {part[-1] for part in parts if part}


def bare_name(text: str, start: int, end: int) -> Span:
    """A person's name without the title, role and state that stand before it within `text[start:end]`."""
    states = [span for span, _, _ in find_states(text, start, end)]
    for word in _WORD.finditer(text, start, end):
        of_state = any(a <= word.start() and word.end() <= b + 2 for a, b in states)
        if not of_state and word.group().lower().rstrip(".") not in _inside():
            return word.start(), end
    return start, end


def belongs(text: str, start: int, phrase_start: int) -> bool:
    """Whether a preposition governs the name at `start`: "a spokesman for President X", not "Secretary of State X"."""
    prepositions = table("roles")["of"]
    states = [span for span, _, _ in find_states(text, phrase_start, start)]
    passed = ""
    after = start
    for word in reversed(list(_WORD.finditer(text, phrase_start, start))):
        if text[word.end() : after].strip():
            return False
        bare = word.group().lower().rstrip(".")
        if bare in prepositions:
            return passed not in table("roles")["portfolios"]
        of_state = any(a <= word.start() and word.end() <= b + 2 for a, b in states)
        if not of_state and bare not in _inside():
            return False
        passed, after = bare, word.start()
    return False


def role_before(text: str, start: int, sentence_start: int) -> Role | None:
    """The role that stands right before the name at `start`: "Kremlin spokesman", "U.S. Secretary of State"."""
    left = max(sentence_start, start - 120)
    states = {span for span, _, _ in find_states(text, left, start)}
    words = list(_WORD.finditer(text, left, start))
    begin, head, passed = start, False, ""
    after = start
    for word in reversed(words):
        if text[word.end() : after].strip():
            break
        bare = word.group().lower().rstrip(".")
        of_state = any(a <= word.start() and word.end() <= b + 2 for a, b in states)
        if not of_state and bare not in _inside():
            break
        if head and bare in table("roles")["of"] and passed not in table("roles")["portfolios"]:
            break  # "a spokesman for President X": the role of another
        head, passed = head or bare in heads(), bare
        begin = after = word.start()
    return _role(text, (begin, start)) if head and begin < start else None


def role_after(text: str, end: int, sentence_end: int) -> Role | None:
    """The role in apposition behind the name that ends at `end`: ", spokeswoman for the foreign ministry,"."""
    found = _AFTER.match(text, end, sentence_end)
    if found is None:
        return None
    words = [word.lower() for word in re.findall(r"[\w-]+", found["role"])]
    if words[:1] and words[0] in table("roles")["not_roles"]:
        return None
    return _role(text, found.span("role")) if heads() & set(words[:5]) else None


def role_apposed(text: str, start: int, end: int, sentence_start: int) -> Role | None:
    """The role to which the name `text[start:end]` stands in apposition: "the Armenian foreign minister, Ada Lind,"."""
    if text[start - 2 : start] != ", " or text[end : end + 1] not in _BOUNDS:
        return None
    role = role_before(text, start - 2, sentence_start)
    noun = role.words.rpartition(" ")[2].lower() if role else ""
    if role is None or noun.endswith("s") or noun not in heads() or noun in table("roles")["bodies"]:
        return None
    told = role.country or _OWNED.search(text, max(sentence_start, role.span[0] - 12), role.span[0])
    return role if told else None


def _role(text: str, span: Span) -> Role:
    start, end = span
    states = find_states(text, start, end)
    country = states[0].country if states else None
    if states and states[0].span[0] - start <= 4:
        after = re.compile(r"(?:['’]s?)?\s*").match(text, states[0].span[1])
        kept = after.end() if after else states[0].span[1]
        start = kept if text[kept:end].strip() else start
    words = _ARTICLE.sub("", text[start:end].strip(" ,"))
    at = text.index(words, start) if words else start
    return Role(words, (at, at + len(words)), country)
