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
from onrecord.record.senses import halted, senses
from onrecord.record.terms import fold, rarity, stem, stems, words

#: Words commoner than this carry no content; a state weighs this much.
_COMMONEST = 2.2
STATE = 2.5
#: So far into the words of a content its first noun stands.
_HEAD = 3
#: So many characters before a cue tell whether it is an infinitive, and of what.
_BEFORE = 24
#: So many characters before a passive the name of who is accused stands.
_SUBJECT = 60
#: Among so many words a clause shows that it is one.
_OPENING = 2
_CAPITALISED = re.compile(r"[^\W\d_][\w.'’-]*")
_CLAUSE = re.compile(r",? (?:who|whose|which)\b")
_SENT = re.compile(r"\b(?:ambassador|envoy|consul|representative) (?:to|in) (?:the )?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;\n]\s")
_OF = re.compile(r"\s(?:of|for|that)\s")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TAIL = re.compile(r"\s(?:as|through|via|against|during|in an?|on|by)\s")
_HOLDER = re.compile(r"([A-Z][\w.-]{1,30})['’]s? (?:[\w-]{1,20} ){0,2}?(\w{1,20})\b")
_BY = re.compile(
    r"(\w{1,20}) (?:by|from|made by|in|issued by) (?:the )?(?:[A-Z][\w.-]{1,30}['’]s )?"
    r"([A-Z][\w.-]{1,30}(?: [A-Z][\w.-]{1,30}){0,4})"
)


class Features(msgspec.Struct, array_like=True):
    """What a claim or a denial is compared by. `terms` are stems, and states as `=IRN`.

    `voice` are the words of the source, `names` the capitalised words of the content, `countries` those of the source.
    `holders`, of a denial, are the names whose claim it is said to be ("rejected Brown's allegation"). `blames` marks
    a claim that charges somebody, `part` a denial of having had a part in something, `points` one of what was just
    said. `admits` marks a claim that is owned up to, `negates` a denial that only says that something is not so.
    `proper` are the terms that are parts of names; `named` marks a denial that only names what is denied ("the charges
    of theft"), `ahead` what is said of what will, should or can be, `turns` a denial by a word that also turns down.
    `answers` marks a denial of charges, `state` what a state or its government says, nobody named. `charged` are the
    words of whom an accusation names, and their states as terms. `deed` marks a denial of having done what was said,
    `such` one that takes up a thing by a pronoun ("any such delivery"). `senses` are the groups of words of one meaning
    that the content has words of, `halts` the parties of the agreement that it says, or denies, to be halted. A
    withdrawal ("retracted") counts as a denial.
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
    admits: bool = False
    negates: bool = False
    proper: list[str] = []
    named: bool = False
    ahead: bool = False
    turns: bool = False
    answers: bool = False
    state: bool = False
    charged: list[str] = []
    deed: bool = False
    such: bool = False
    senses: list[str] = []
    halts: str = ""

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
        denies = _denies(statement, cue)
        if denies and (_is_negated(cue) or _is_infinitive(analysis.text, statement)):
            continue
        if _is_refusal(cue, content) if denies else _claims_nothing(statement, cue, content):
            continue
        if statement.polarity == "negative" and not denies and not _negates(analysis, statement, cue, content):
            continue
        holders = _holders(content) if denies else []
        yield statement, _features(analysis, statement, actors, _pointer(content) if denies else content, holders)


def content_terms(text: str) -> dict[str, float]:
    """The words of a statement's content that say what it is about, with their weights."""
    terms: dict[str, float] = {}
    rest, at = [], 0
    for mention in find_states(text):
        terms[f"={mention.country}"] = STATE
        rest.append(text[at : mention.span[0]])
        at = mention.span[1]
    rest.append(text[at:])
    for term in stems(" ".join(rest)):
        if len(term) > 1 and rarity(term) >= _COMMONEST and term not in _stemmed("back") and not _YEAR.fullmatch(term):
            terms[term] = round(rarity(term), 3)
    return terms


def _features(
    analysis: Analysis, statement: Statement, actors: dict[str, Actor], content: str, holders: list[str]
) -> Features:
    cue = " ".join(analysis.text[start:end] for start, end in statement.cue)
    source = " ".join(analysis.text[start:end] for start, end in statement.source)
    speaker = actors.get(statement.speaker or "")
    body = actors.get(speaker.affiliation or "") if speaker else None
    countries = _countries(source)
    countries |= {actor.country for actor in (speaker, body) if actor and actor.country}
    dated = statement.said.latest or analysis.published.latest
    voice = set(name_key(_speaking(source)).split()) | set(name_key(speaker.name).split() if speaker else ())
    negates = statement.act != "deny" and statement.polarity == "negative"
    denies = _denies(statement, cue) or negates
    head = set(stems(content))
    return Features(
        denies,
        name_key(speaker.name if speaker else source),
        sorted(countries),
        date.fromisoformat(dated).toordinal() if dated else None,
        content_terms(content),
        sorted(voice - _keys("nobody")),
        _names(content),
        holders,
        not denies and (statement.act == "accuse" or bool(set(words(content) + words(cue)) & _words("blame", "words"))),
        denies and bool(head & _stemmed("part")),
        denies and _points(content, cue),
        not denies and bool(set(stems(cue)) & _stemmed("admission")),
        negates,
        _proper(content),
        denies and not negates and _is_named(content),
        _is_ahead(content),
        denies and bool(set(words(cue)) & _words("refusal", "cues")),
        denies and bool(set(words(content)) & _words("refusal", "charges")),
        _is_state(source),
        _charged(analysis.text, statement, content) if statement.act == "accuse" else [],
        denies and _is_deed(content),
        denies and bool(set(words(content)) & _words("taken_up", "words")),
        senses(content),
        halted(analysis, statement, content, denies),
    )


def sides_apart(features: Features) -> bool:
    """Whether a speaker of a state does not speak for it: its opposition, its papers."""
    return bool(set(features.voice) & _keys("apart"))


def bodies() -> frozenset[str]:
    """The last words of names of bodies, which two that share them need not have their name from, as name keys."""
    return _keys("bodies")


def _is_negated(cue: str) -> bool:
    """Whether a cue tells that nobody denies: "has not denied"."""
    return any(word in _words("refusal", "negations") or word.endswith(("n't", "n’t")) for word in words(cue))


def _is_infinitive(text: str, statement: Statement) -> bool:
    """Whether a denial is only spoken of, as what somebody may do: "reserved the right to reject any"."""
    if not statement.cue:
        return False
    start = statement.cue[0][0]
    before = text[max(0, start - _BEFORE) : start].lower().rstrip()
    if before.endswith(tuple(table("disputes")["refusal"]["eager"])):
        return False
    return before.endswith(" to") or text[start : start + 3].lower() == "to "


def _negates(analysis: Analysis, statement: Statement, cue: str, content: str) -> bool:
    """Whether somebody says for certain that they did not do something, and does not just turn something down."""
    if statement.certainty != "certain" or set(words(cue)) & _words("refusal", "cues"):
        return False
    if set(words(content)[:_OPENING]) & _words("pronouns", "sources") or halted(analysis, statement, content, True):
        return True
    source = " ".join(analysis.text[start:end] for start, end in statement.source)
    first = next(iter(find_states(content)), None)
    return bool(first and not content[: first.span[0]].strip() and first.country in _countries(source))


def _countries(source: str) -> set[str]:
    """The states of those who speak: not those to which they are sent, nor what a clause on them goes on to name."""
    return {mention.country for mention in find_states(_speaking(source))}


def _speaking(source: str) -> str:
    """A source without the clause behind it, and without the state to which an envoy of another is sent."""
    head = _CLAUSE.split(source, maxsplit=1)[0]
    for mention in reversed(find_states(head)[1:]):
        if _SENT.search(head[: mention.span[0]]):
            head = head[: mention.span[0]] + head[mention.span[1] :]
    return head


def _charged(text: str, statement: Statement, content: str) -> list[str]:
    """Whom an accusation names as who did it: the words of their name, and their state as a term.

    Those who are accused in the passive stand before the cue: "Trump has been charged with".
    """
    head = _OF.split(content, maxsplit=1)[0]
    head = head if head != content else " ".join(content.split()[:_HEAD])
    if not statement.source and statement.cue:
        start = statement.cue[0][0]
        head = _SENTENCE.split(text[max(0, start - _SUBJECT) : start])[-1]
    return sorted(set(_names(head)) | {f"={mention.country}" for mention in find_states(head)})


def _denies(statement: Statement, cue: str) -> bool:
    return statement.act == "deny" or bool(set(stems(cue)) & _stemmed("withdrawal"))


def _is_state(source: str) -> bool:
    """Whether a source names a state, and nobody in it."""
    rest = source
    for mention in reversed(find_states(source)):
        rest = rest[: mention.span[0]] + rest[mention.span[1] :]
    return rest != source and set(name_key(rest).split()) <= _keys("nobody") | {"s"}


def _names(content: str) -> list[str]:
    """The capitalised words of a content, with no possessive ending."""
    found = [re.sub(r"['’]s?$", "", word) for word in _CAPITALISED.findall(content) if word[:1].isupper()]
    return sorted({name_key(word) for word in found} - _keys("nobody"))


def _proper(content: str) -> list[str]:
    """The terms of a content that stand in capitals; none where all words do, as in some headlines."""
    found = _CAPITALISED.findall(content)
    small = [word for word in found if word[:1].islower() and rarity(stem(fold(word))) >= _COMMONEST]
    return sorted({stem(fold(word)) for word in found if word[:1].isupper()}) if small else []


def _is_refusal(cue: str, content: str) -> bool:
    """Whether somebody refuses to do or take something, or withholds it, and denies nothing that was said."""
    if content.lower().startswith(tuple(table("disputes")["refusal"]["begins"])):
        return True
    said = set(words(content))
    if set(words(content)[:_HEAD]) & _words("refusal", "withheld") and not _opens_clause(content):
        return True
    if not set(words(cue)) & _words("refusal", "cues") or said & _words("refusal", "claims"):
        return False
    return not (_opens_clause(content) or all(word in _stemmed("back") for word in stems(content)))


def _pointer(content: str) -> str:
    """What a denial that only points goes on with taken off: "the charges" of "the charges as made up"."""
    found = _TAIL.search(content)
    head = content[: found.start()] if found else content
    return head if head.lower() != "that" and all(word in _stemmed("back") for word in stems(head)) else content


def _points(content: str, cue: str) -> bool:
    """Whether a content only points at what was said right before: "it", or whatever the cue, "that argument"."""
    said = set(words(content))
    pointing = _is_deed(content) or said <= _words("pronouns", "words")
    pointing = pointing and not set(words(cue)) & _words("refusal", "cues")
    named = bool(said & _words("pronouns", "nouns"))
    return pointing or (named and said <= _words("pronouns", "words") | _words("pronouns", "nouns"))


def _is_deed(content: str) -> bool:
    """Whether a content only says that a deed was not done, or a thing is not: "having done so", "there is one"."""
    said = words(content)
    if "there" in said and set(said) <= _words("existence", "words"):
        return True
    return content.lower().startswith(tuple(table("disputes")["deed"]["begins"]))


def _opens_clause(content: str) -> bool:
    """Whether a content tells what is denied in a clause: "that missiles were sent", "it had sent them"."""
    return bool(set(words(content)[:_OPENING]) & _words("refusal", "clauses"))


def _is_named(content: str) -> bool:
    """Whether a content is a noun phrase in which nothing is said."""
    said = words(content)
    return not (set(said) & _words("refusal", "finite") or any(word.endswith("ing") for word in said[:_HEAD]))


def _is_ahead(content: str) -> bool:
    """Whether the first finite verb of a content is of what will, should or can be, or it tells of an intention."""
    said = [word for word in words(content) if word in _words("modality", "finite") | _words("modality", "ahead")]
    return bool(said) and said[0] in _words("modality", "ahead")


def _claims_nothing(statement: Statement, cue: str, content: str) -> bool:
    """Whether a statement is no claim: it has no words or only a topic, or tells of a wish, a plan or an act."""
    topic = content.lower().startswith(tuple(table("disputes")["topic"]["begins"]))
    return not statement.content or topic or bool(set(stems(cue)) & _stemmed("wish"))


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


@lru_cache(maxsize=16)
def _keys(section: str) -> frozenset[str]:
    return frozenset(name_key(word) for word in table("disputes")[section]["words"])
