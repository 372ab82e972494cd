"""What a cue does: act, polarity and certainty of a statement, from its cue and content.

Acts are the contract's; certainty and polarity are FactBank's (Sauri and Pustejovsky 2009), as the source presents the
content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.analysis import Act, Certainty, Polarity
from onrecord.lexicon import table

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_VOWELS = "aeiou"
#: How many words into a content its main predicate may lie.
_REACH = 30


@dataclass(slots=True, frozen=True)
class Reading:
    """How a statement is meant."""

    act: Act
    polarity: Polarity
    certainty: Certainty


def inflected(lemma: str) -> set[str]:
    """The forms of an English verb (its first word, where it is a phrase), by the rules of spelling."""
    verb, _, rest = lemma.partition(" ")
    irregular = table("cues")["irregular"].get(verb)
    if irregular:
        forms = {verb, *irregular}
    elif verb.endswith("e"):
        forms = {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        forms = {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    elif verb.endswith(("s", "sh", "ch", "x", "z")):
        forms = {verb, verb + "es", verb + "ed", verb + "ing"}
    else:
        forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    return {form + " " + rest for form in forms} if rest else forms


@lru_cache(maxsize=1)
def _acts() -> dict[str, Act]:
    """Every form of every verb and noun that carries an act other than assertion."""
    lexicon = table("cues")
    found: dict[str, Act] = {}
    for act, verbs in lexicon["acts"].items():
        for lemma in verbs:
            found.update(dict.fromkeys(inflected(lemma), act))
    for act, nouns in lexicon["nouns"].items():
        for noun in nouns if act != "assert" else ():
            found.update({noun: act, noun + "s": act})
    return found


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Every one-word form of a verb that reports."""
    lexicon = table("cues")
    lemmas = [*lexicon["plain"]["verbs"], *(verb for group in lexicon["acts"].values() for verb in group)]
    return frozenset(form for lemma in lemmas if " " not in lemma for form in inflected(lemma))


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    return frozenset(form for verb in table("cues")["grammar"]["deeds"] for form in inflected(verb))


def is_deed(cue: str) -> bool:
    """Whether what is marked as a cue tells of a deed, not of words ("signed", "had ratified")."""
    return bool(_deeds() & set(_words(cue)))


@lru_cache(maxsize=1)
def _certainties() -> dict[str, Certainty]:
    lexicon = table("cues")["certainty"]
    return {form: degree for degree, lemmas in lexicon.items() for lemma in lemmas for form in inflected(lemma)}


@lru_cache(maxsize=1)
def _modals() -> dict[str, Certainty]:
    return {word: degree for degree, words in table("cues")["modals"].items() for word in words}


@lru_cache(maxsize=1)
def _grammar() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("cues")["grammar"].items()}


def grammar(kind: str) -> frozenset[str]:
    """The words of a kind in the part `grammar` of `lexicon/cues.toml`."""
    return _grammar()[kind]


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def interpret(cue: str, content: str, quoted: bool) -> Reading:
    """Read a statement's act, polarity and certainty off the words of its cue and content.

    `quoted` says that the content is a direct quotation. An empty cue is a plain assertion.
    """
    said, held = _words(cue), _words(content)[:_REACH]
    act = _act(said, held, content, quoted)
    negations = grammar("negations")
    degree, denied = _predicate(held)
    refused = (
        act in ("deny", "decline")
        or any(_acts().get(w) == "deny" for w in said)
        or any(w in negations or w.endswith("n't") for w in said)
    )
    for word in said:
        if word in _certainties() and degree == "certain":
            degree = _certainties()[word]
    if act in ("request", "ask", "decline"):
        degree = "unknown"
    return Reading(act, "negative" if refused or denied else "positive", degree)


def _act(said: list[str], held: list[str], content: str, quoted: bool) -> Act:
    acts = _acts()
    for at, word in enumerate(said):
        act = acts.get(" ".join(said[at : at + 2])) or acts.get(word)
        if act is None and word in inflected("ask"):
            act = "request" if "to" in held[:6] and not quoted else "ask"
        if act == "decline":
            follows = [*said[at + 1 :], *held[:3]]
            return "decline" if not follows or grammar("comment") & set(follows) else "deny"
        if act == "deny" and grammar("offers") & set(held[:8]):
            return "assert"  # an offer or demand is turned down, not a claim denied
        if act:
            return act
    silent = {"not", "no", "n't"} & set(said) or any(word.endswith("n't") for word in said)
    if silent and {"comment", "comments"} & {*said, *held[:3]}:
        return "decline"
    return "ask" if quoted and content.rstrip("\"'”’ ").endswith("?") else "assert"


def _predicate(held: list[str]) -> tuple[Certainty, bool]:
    """Certainty and negation of the first finite predicate of a content."""
    modals = _modals()
    if held[:1] and held[0] in grammar("subjects"):
        return "certain", True
    for at, word in enumerate(held):
        if word in modals:
            return modals[word], held[at + 1 : at + 2] == ["not"]
        if word.endswith("n't"):
            return "certain", True
        if word in grammar("auxiliaries"):
            for near in held[at + 1 : at + 3]:
                if near in modals:
                    return modals[near], False
            return "certain", word == "cannot" or _negated(held[at + 1 : at + 4])
    return "certain", False


def _negated(after: list[str]) -> bool:
    """Whether a negation follows that is none of the "not only ... but also" kind."""
    for at, word in enumerate(after[:2]):
        if word in grammar("negations"):
            return grammar("only").isdisjoint(after[at + 1 : at + 2])
    return False
