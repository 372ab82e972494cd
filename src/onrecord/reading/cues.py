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


def reports(cue: str) -> bool:
    """Whether a cue holds a verb that is an act of speech other than assertion: "blasted", "appealed for"."""
    words = _words(cue)
    return any(word in _acts() or " ".join(words[at : at + 2]) in _acts() for at, word in enumerate(words))


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    return frozenset(form for verb in table("cues")["grammar"]["deeds"] for form in inflected(verb))


def is_deed(cue: str) -> bool:
    """Whether what is marked as a cue tells of a deed, not of words ("signed", "had ratified")."""
    return bool(_deeds() & set(_words(cue)))


def is_saying(cue: str) -> bool:
    """Whether a cue holds a verb or noun that reports, or words that name a source ("according to", ":"), unnegated."""
    words = _words(cue)
    if _negations(words) and not any(_holds(words, forms) for forms in _contraries()):
        return False  # "did not say whether"
    return not words or any(word in verbs() or word in _nouns() or word in grammar("carrying") for word in words)


@lru_cache(maxsize=1)
def _acted() -> frozenset[str]:
    return frozenset(form for verb in table("cues")["grammar"]["acted"] for form in inflected(verb))


def is_act(cue: str) -> bool:
    """Whether a cue is nothing but a deed, with its auxiliaries: "resorted", "has signed"."""
    words = _words(cue)
    verbs_in = [word for word in words if word not in grammar("auxiliaries") and not word.endswith("ly")]
    return len(verbs_in) == 1 and verbs_in[0] in _acted()


@lru_cache(maxsize=1)
def _certainties() -> dict[str, Certainty]:
    lexicon = table("cues")
    found = {n: d for d, nouns in lexicon["certainty_nouns"].items() for noun in nouns for n in (noun, noun + "s")}
    found |= {form: d for d, lemmas in lexicon["certainty"].items() for lemma in lemmas for form in inflected(lemma)}
    return found


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
    degree, denied = _predicate(held)
    denied = denied and not (act == "ask" and _asks(content))
    negated = bool(_negations(said))
    contrary = any(_holds(said, verb) for verb in _contraries())
    if negated and grammar("assured") & set(said):
        return Reading(act, "negative" if denied else "positive", "unknown")
    if negated and contrary:  # "does not rule out"
        return Reading(act, "negative" if denied else "positive", "possible")
    refused = negated or contrary or act in ("deny", "decline") or any(_acts().get(w) == "deny" for w in said)
    for word in said:
        if word in _certainties() and degree == "certain":
            degree = _certainties()[word]
    if act in ("request", "ask", "decline") or (refused and held[:1] and held[0] in grammar("questions")):
        degree = "unknown"
    return Reading(act, "negative" if refused or denied else "positive", degree)


def _negations(words: list[str]) -> set[str]:
    """The words that negate."""
    return {word for word in words if word in grammar("negations") or word.endswith("n't")}


def _holds(words: list[str], forms: frozenset[str]) -> bool:
    return any(word in forms or " ".join(words[at : at + 2]) in forms for at, word in enumerate(words))


@lru_cache(maxsize=1)
def _contraries() -> list[frozenset[str]]:
    return [frozenset(inflected(verb)) for verb in table("cues")["grammar"]["contrary"]]


def _act(said: list[str], held: list[str], content: str, quoted: bool) -> Act:
    acts = _acts()
    for at, word in enumerate(said):
        act = acts.get(" ".join(said[at : at + 2])) or acts.get(word)
        if act is None and word in inflected("ask"):
            act = "request" if "to" in held[:6] and not quoted else "ask"
        passive = at > 0 and said[at - 1] in grammar("auxiliaries")
        if act is None and word in inflected("tell") and "to" in held[: 5 if passive else 1] and not quoted:
            act = "request"
        if act == "decline":
            follows = [*said[at + 1 :], *held[:3]]
            return "decline" if not follows or grammar("comment") & set(follows) else "deny"
        if quoted and act == "request" and _asks(content):
            return "ask"
        if act == "deny" and inflected("confirm") & set(said):
            return "decline"  # "would neither confirm nor deny"
        if act == "deny" and word in _turning_down() and _offered(held):
            return "assert"  # an offer or demand is turned down, not a claim denied
        if act:
            return act
    if _negations(said):
        near = {*said, *held[:3]}
        unwilling = bool(grammar("willing") & set(said)) and bool(grammar("comment") & set(said))
        if unwilling or grammar("silence") & near:
            return "decline"
    return "ask" if quoted and _asks(content) else "assert"


def _asks(content: str) -> bool:
    return content.rstrip("\"'”’ ").endswith("?")


@lru_cache(maxsize=1)
def _turning_down() -> frozenset[str]:
    return frozenset(form for verb in table("cues")["grammar"]["turns_down"] for form in inflected(verb))


def _offered(held: list[str]) -> bool:
    """Whether what a content names first is an offer, demand or agreement."""
    for word in held[:8]:
        if word in grammar("offers"):
            return True
        if word in grammar("bounds"):
            return False
    return False


def _predicate(held: list[str]) -> tuple[Certainty, bool]:
    """Certainty and negation of the first finite predicate of a content.

    What hangs on a condition, and an indirect question, is left open.
    """
    if held[:1] == ["that"]:
        held = held[1:]
    if held[:1] == ["whether"] or _conditional(held):
        return "unknown", False
    if held[:1] and held[0] in grammar("subjects"):
        return "certain", True
    return _finite(held)


def _conditional(held: list[str]) -> bool:
    return any(
        word in grammar("conditions") and not grammar("concessive") & set(held[max(0, at - 1) : at])
        for at, word in enumerate(held)
    )


def _finite(held: list[str]) -> tuple[Certainty, bool]:
    modals, doubtful = _modals(), grammar("doubtful")
    skip = _complement(held)
    for at, word in enumerate(held):
        if word in modals:
            epistemic = modals[word] == "unknown" and held[at + 1 : at + 2] == ["have"]
            return "probable" if epistemic else modals[word], held[at + 1 : at + 2] == ["not"]
        if word in doubtful:
            return "probable", True
        if word.endswith("n't"):
            return "certain", True
        if word == "never":
            return "certain", True
        if word in grammar("auxiliaries"):
            if skip:  # the verb of "the claim that the lake was drained", not that of the content
                skip = False
                continue
            for near in held[at + 1 : at + 4]:
                if near in doubtful:
                    return "probable", True
                if near in modals:
                    return modals[near], False
            return "certain", word == "cannot" or _negated(held[at + 1 : at + 4])
    for at, word in enumerate(held[:3]):
        if word == "no" and at:  # "sees no reason"
            return "certain", True
    return "certain", False


def _complement(held: list[str]) -> bool:
    """Whether the subject is a noun with a clause of its own: "the claim that ..."."""
    nouns = _nouns()
    return any(word in nouns and held[at + 1 : at + 2] == ["that"] for at, word in enumerate(held[:6]))


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(form for group in table("cues")["nouns"].values() for noun in group for form in (noun, noun + "s"))


def _negated(after: list[str]) -> bool:
    """Whether a negation follows that is none of the "not only ... but also" kind."""
    for at, word in enumerate(after[:2]):
        if word in grammar("negations"):
            return grammar("only").isdisjoint(after[at + 1 : at + 2])
    return False
