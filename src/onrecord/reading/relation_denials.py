"""Denials that only point at what they deny: "..., something Moscow denies", "..., a charge denied by Oslo"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.cues import inflected
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.relation_rules import covered, subject_of

_NAME = r"(?:[Tt]he\s)?[A-Z][\w.'’-]*(?:\s(?:of\s|and\s|the\s)?[A-Z][\w.'’-]*){0,4}"
_PHRASE = r"(?:the|its|his|her|their|all|both|some)\s(?:[\w’'-]+\s){0,4}?[\w’'-]+"
#: Whose denial it is, behind "by": up to where the clause ends or another begins.
_AGENT = r"(?:[A-Z]\.(?=[A-Z])|[A-Z]\.(?=\s)|[^.,;:!?\"“”()\n–—]){2,80}?"
_JOINTS = " ,;–—-"
_STOP = (
    r"(?=\s(?:in\s(?![A-Z])|(?:which|who|as|on|and|but|since|because|after|when|while|saying|--?)\s)"
    r"|[.,;:!?\"“”()\n–—]|\s*$)"
)


class _Patterns(NamedTuple):
    """What a denial that points looks like: at what a noun names, active and passive; at all that was said before it;
    by a pronoun in a clause of its own; by one in a clause within what was said."""

    active: re.Pattern[str]
    passive: re.Pattern[str]
    last: re.Pattern[str]
    clause: re.Pattern[str]
    aside: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    lexicon = table("cues")
    pointing = "|".join(lexicon["grammar"]["pointing_back"])
    anaphors = "|".join(map(re.escape, sorted(lexicon["grammar"]["anaphors"], key=len, reverse=True)))
    eager = "|".join(lexicon["grammar"]["eager"])
    denying = [inflected(verb) for verb in lexicon["acts"]["deny"]]
    forms = "|".join(sorted({form for group in denying for form in group}))
    past = "|".join(sorted({form for group in denying for form in group if form.endswith("ed")}))
    helping = rf"(?:{'|'.join(map('{} '.format, lexicon['grammar']['helping']))}|\w+ly |(?:{eager}) )*"
    opening = rf"[,;–—-]\s(?:but\s|and\s)?(?P<content>{anaphors})\s(?:(?:that|which)\s)?"
    clause = r"[,;–—-]\s(?:but|and|though|although|while)\s"
    source, cue = rf"(?P<source>{_NAME}|{_PHRASE})\s", rf"(?P<cue>{helping}(?:{forms}))"
    return _Patterns(
        re.compile(rf"{opening}(?P<source>{_NAME}|{_PHRASE}|he|she|it|they|both)\s{cue}\b"),
        re.compile(rf"{opening}(?P<cue>{helping}(?:{past})\sby)\s(?P<source>{_AGENT}){_STOP}"),
        re.compile(rf"[,;–—-]\s(?:but\s)?(?P<source>{_NAME})\s{cue}(?P<content>)(?=[.!?]?\s*$)"),
        re.compile(rf"{clause}{source}{cue}\s(?P<content>{pointing})(?=[,.;]|$)"),
        re.compile(rf"(?<![\w.'’-])(?P<source>{_NAME}),\s(?:which|who)\s{cue}\s(?P<content>{pointing})(?=,)"),
    )


def denials(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Give such a denial as its content what the sentence has said before, where that is a statement."""
    patterns = _patterns()
    for found in patterns.clause.finditer(document.text, *sentence.span):
        _part(document, sentence, relations, found)
    for found in patterns.aside.finditer(document.text, *sentence.span):
        if not any(covered(relation.cue, found.span("cue")) for relation in relations):
            relations.append(Relation([found.span("source")], [found.span("cue")], [found.span("content")]))
    for pattern in (patterns.active, patterns.passive, patterns.last):
        for found in pattern.finditer(document.text, *sentence.span):
            before = len(document.text[sentence.span[0] : found.start()].rstrip(_JOINTS)) + sentence.span[0]
            _deny((sentence.span[0], before), relations, found.span("source"), found.span("cue"), found.span("content"))


def _part(document: Document, sentence: Sentence, relations: list[Relation], found: re.Match[str]) -> None:
    """Make a clause with its own subject ("..., but Oslo denied it") a denial of its own, apart from what is before."""
    source, cue = found.span("source"), found.span("cue")
    for relation in relations:
        if not relation.content or relation.content[0][0] >= found.start():
            continue
        if covered(relation.cue, cue):
            relation.cue = []
        if covered(relation.source, source) and relation.cue:
            subject = subject_of(document, sentence, relation.cue[0][0])
            relation.source = [subject] if subject else []
    _cut(relations, (sentence.span[0], found.start()))
    relations[:] = [relation for relation in relations if not covered(relation.cue, cue)]
    relations.append(Relation([source], [cue], [found.span("content")]))


def _deny(before: Span, relations: list[Relation], source: Span, cue: Span, pointer: Span) -> None:
    """Make it a denial of the last statement that begins before it, which ends there."""
    denial = next((r for r in relations if covered(r.cue, cue)), None)
    accused = [
        r for r in relations
        if r is not denial and r.content and before[0] <= r.content[0][0] < before[1]
    ]  # fmt: skip
    relations[:] = [r for r in relations if r is denial or not covered(r.cue, pointer)]
    content = [pointer]
    if accused:
        _cut(accused[-1:], before)
        content = list(accused[-1].content)
    elif pointer[0] == pointer[1]:
        return
    if denial:
        denial.source, denial.content = [source], content
    else:
        relations.append(Relation([source], [cue], content))


def _cut(relations: list[Relation], before: Span) -> None:
    """End what runs on from the words before a denial into it."""
    for relation in relations:
        if relation.content and before[0] <= relation.content[0][0] < before[1]:
            relation.content = [(a, min(b, before[1])) for a, b in relation.content if a < before[1]]
