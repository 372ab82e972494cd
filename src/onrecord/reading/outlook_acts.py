"""The acts of a clause that are still to come: signing, ratifying, entry into force, and how firmly they are told.

An act looks ahead by its verb group ("will be signed", "were to sign"), by what governs its noun ("expects a signing"),
or by what is said of that noun ("entry into force is due"). Modality and polarity are as in FactBank (Sauri and
Pustejovsky 2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from onrecord.analysis import Span, Stage, Time
from onrecord.lexicon import table
from onrecord.reading.agreement_words import AgreementWords, lowered, whole
from onrecord.reading.document import Document, Sentence

#: So far around an act its verb group and what governs it are looked for.
_LEFT = 130
_RIGHT = 130
_CONDITION = 70
#: So many words before an act say how firm it is, or take it back.
_WORDS = 7
_GOVERNING = 10
#: The family of what is ahead by its own meaning.
_NEAR = "near"
_WAYS = {"base": ("base", "joined_base"), "past": ("past", "joined_past", "seen"), "noun": ("noun",)}


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a clause, with its place there; its object may stand `reach` words behind it.

    `ahead` tells whether its words look ahead, `bare` whether a time that is ahead would make them; `firm` acts are
    forecast even without a time. `past` marks what was to come ("was to be signed"), `earlier` what had been said to
    ("had expected to sign"). `hope` is what is only wished for, demanded or thought possible, `condition` what waits
    for something else, `negative` what is not to come.
    """

    step: Stage
    family: str
    form: str
    span: Span
    reach: int
    ahead: bool = False
    bare: bool = False
    firm: bool = False
    past: bool = False
    earlier: bool = False
    hope: bool = False
    condition: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: its place in the page's text, its words in lower case, its times and its acts."""

    document: Document
    part: Span
    sentence: Sentence
    low: str
    times: list[Time]
    acts: list[Act]
    words: AgreementWords


def read_clause(document: Document, part: Span, sentence: Sentence, words: AgreementWords) -> Clause:
    """A clause with every act of it that is a step of the ladder, in order, those that do not look ahead too."""
    low = lowered(document.words(part)).replace("\n", " ")
    times = document.times_in(Sentence(part, sentence.kind, sentence.index))
    return Clause(document, part, sentence, low, times, [] if low.endswith("?") else _acts(low, words), words)


def _acts(low: str, words: AgreementWords) -> list[Act]:
    found: list[Act] = []
    parliament = words.has("parliament.pattern", low)
    for family, reach, forms in _families(words):
        for form, pattern in forms:
            for match in pattern.finditer(low):
                step = _step(family, match.group(), low, parliament=parliament, words=words)
                if step is not None and not _pattern("skip", "pattern").fullmatch(match.group()):
                    found.append(_read(low, Act(step, family, form, match.span(), reach)))
    kept: list[Act] = []
    for act in sorted(found, key=lambda act: (not act.ahead, act.span[0] - act.span[1], act.span)):
        if not any(_meets(act.span, other.span) for other in kept):
            kept.append(act)
    return sorted(kept, key=lambda act: act.span)


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _families(words: AgreementWords) -> Iterator[tuple[str, int, tuple[tuple[str, re.Pattern[str]], ...]]]:
    steps = table("outlook")["steps"]
    for family in words.families:
        if family.name in steps and family.name != "put off":
            yield family.name, family.reach, family.forms
    yield from _own()


@lru_cache(maxsize=1)
def _own() -> list[tuple[str, int, tuple[tuple[str, re.Pattern[str]], ...]]]:
    return [
        (entry["name"], entry["reach"], tuple((form, whole(entry[form])) for form in ("past", "noun", "base")))
        for entry in table("outlook")["act"]
    ]


def _step(family: str, cue: str, low: str, *, parliament: bool, words: AgreementWords) -> Stage | None:
    """The step that an act is, None where it is none that can be told.

    A vote of one parliament is not yet the ratification by all, and what is signed after it is its law; what a cabinet
    approves is not ratified.
    """
    steps: dict[str, Stage] = table("outlook")["steps"]
    own: dict[str, dict[str, object]] = {entry["name"]: entry for entry in table("outlook")["act"]}
    if family in own:
        return cast(Stage, own[family]["step"]) if parliament or not own[family]["parliament"] else None
    if family in ("ratify", "adopt") and parliament:
        return "ratifying"
    if family == "ratify" and "ratif" not in cue:
        return None
    if family == "sign" and (words.has("joined.bill", low) or (parliament and words.has("joined.law", low))):
        return "ratifying"
    return steps[family]


def _read(low: str, act: Act) -> Act:
    """An act with what the words around it make of it."""
    left = low[max(0, act.span[0] - _LEFT) : act.span[0]]
    right = low[act.span[1] : act.span[1] + _RIGHT]
    negative = _closing("negative", "pattern").search(left) is not None
    if _is_taken_back(left, right) and not negative:
        return act
    governs = _stretch(left)
    ahead, told = _looks_ahead(left, right, act.form)
    act = replace(
        act,
        hope=_has("hope", "pattern", _last(governs, _GOVERNING) + told),
        condition=_has("condition", "before", governs) or _has("condition", "behind", right[:_CONDITION]),
    )
    if not (ahead or negative or act.family == _NEAR):
        return replace(act, bare=act.family in table("outlook")["form"]["bare"] and act.form != "past")
    telling = act.family in table("outlook")["firm"]["families"]
    return replace(
        act,
        ahead=True,
        negative=negative,
        firm=telling and _has("firm", "pattern", _last(governs) + told),
        past=_has("past", "pattern", governs + told),
        earlier=_has("past", "earlier", governs),
    )


def _looks_ahead(left: str, right: str, form: str) -> tuple[bool, str]:
    """Whether words around an act make it look ahead, and those of them that stand behind it."""
    if any(_closing("form", way).search(left) for way in _WAYS[form]):
        return True, ""
    if form != "noun" or _pattern("form", "noun_done").match(right):
        return False, ""
    match = _pattern("form", "noun_behind").match(right)
    return match is not None, match.group() if match else ""


def _is_taken_back(left: str, right: str) -> bool:
    """Whether the clause only asks for an act, says it is not known, or takes it back."""
    asked = _has("asked", "pattern", left[-_CONDITION:]) or _has("asked", "behind", right)
    return asked or _has("none", "pattern", _last(left))


def _last(left: str, count: int = _WORDS) -> str:
    """The last words of a stretch of text."""
    return " ".join(left.split()[-count:])


def _stretch(left: str) -> str:
    """What stands before an act, from where another thought ends."""
    ends = [match.end() for match in _pattern("hope", "stretch").finditer(left)]
    return left[ends[-1] :] if ends else left


def _has(section: str, key: str, text: str) -> bool:
    return _pattern(section, key).search(text) is not None


@lru_cache(maxsize=32)
def _closing(section: str, key: str) -> re.Pattern[str]:
    """A pattern at the end of a text, with up to three adverbs behind it."""
    lexicon = table("outlook")
    return re.compile(rf"(?<![\w-])(?:{lexicon[section][key]})(?: {lexicon['form']['adverb']}){{0,3}} $")


@lru_cache(maxsize=32)
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{table('outlook')[section][key]})(?!\w)")
