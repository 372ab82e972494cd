"""Statements that the encoder does not mark by design or by omission: those within another, and plain acts of speech.

PolNeAR, which the encoder learned from, marks outermost statements only. The words are in `lexicon/cues.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.cues import grammar, inflected, verbs
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.relation_rules import covered
from onrecord.reading.roles import heads
from onrecord.reading.states import find_states

_NAME = r"(?:[Tt]he\s)?[A-Z][\w.'’-]*(?:\s(?:of\s|and\s|the\s)?[A-Z][\w.'’-]*){0,4}"
_PHRASE = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Mm]any|[Tt]wo)\s(?:[\w’'-]+\s){0,5}?[\w-]+"
_AUXILIARIES = r"(?:(?:has|have|had|also|now|still|again|\w+ly)\s){0,3}"
_CLAUSAL = re.compile(r"\s(?:that|which|who|whether|if)\s")
_END = re.compile(r"[.!?][\"”’)]*$")
_QUOTES = '"“„«'
#: A content of fewer characters is none.
_LEAST = 8


def _any(forms: set[str] | frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


@lru_cache(maxsize=1)
def _acting() -> frozenset[str]:
    """Forms of the verbs that are acts of speech whatever follows them."""
    return _forms("inner_acts")


def _forms(kinds: str) -> frozenset[str]:
    acts = table("cues")["acts"]
    found = (form for act in grammar(kinds) for verb in acts[act] for form in inflected(verb))
    return frozenset(form for form in found if not form.endswith("ing"))


@lru_cache(maxsize=1)
def _inner() -> re.Pattern[str]:
    """A clause with a subject, a verb of saying or thinking and what is said or thought."""
    acting = _acting()
    plain = frozenset(form for form in verbs() if not form.endswith("ing")) - grammar("nominal")
    return re.compile(
        rf"(?:that\s)?(?P<source>{_NAME}|{_PHRASE})\s"
        rf"(?P<cue>{_AUXILIARIES}(?:(?P<act>{_any(acting)})|(?P<plain>{_any(plain)})))\s(?P<content>(?P<that>that\s)?\S)"
    )


def by_verb(document: Document, relation: Relation) -> Iterator[Relation]:
    """The statement that opens the content of another: "X said (that) Togo had accused Ghana of ..."."""
    for start, end in relation.content:
        found = _inner().match(document.text, start, end)
        if found is None or document.text[start] in '"“„«':
            continue
        if not (found["act"] or found["that"] or _clause(document.text[found.start("content") : end])):
            continue
        content = (found.start("content"), end)
        if content[1] - content[0] >= _LEAST and _speaks(document, found.span("source")):
            yield Relation([found.span("source")], [found.span("cue")], [content])


def _clause(words: str) -> bool:
    """Whether words are a clause without "that": a finite auxiliary or an infinitive comes soon."""
    early = words.lower().split()[:9]
    return bool(grammar("finite") & set(early[1:]))


def _speaks(document: Document, span: Span) -> bool:
    words = document.words(span)
    if _CLAUSAL.search(words):
        return False
    names = document.marks.names if document.marks else []
    return bool(
        find_states(words)
        or heads() & set(words.lower().split())
        or any(span[0] <= name.span[0] and name.span[1] <= span[1] for name in names)
    )


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    finite = _forms("plain_acts")
    return re.compile(
        rf"(?:(?P<source>(?:{_PHRASE},\s)?{_NAME},?|{_PHRASE})\s|{_NAME},\s(?P<relative>who|which)\s)"
        rf"(?P<cue>{_AUXILIARIES}(?:{_any(finite)}))\s(?P<content>[^,;\n]+)"
    )


def plain_acts(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """A denial, accusation, threat or promise that opens a sentence in which nothing is marked there."""
    found = _plain().match(document.text, *sentence.span)
    if found is None:
        return
    kind = "relative" if found["relative"] else "source"
    source, cue, (start, end) = found.span(kind), found.span("cue"), found.span("content")
    ending = _END.search(document.text, start, end)
    content = (start, ending.start() if ending else end)
    inside = (source[0], content[1])
    marked = [r for r in relations if r.content and covered(r.source + r.cue + r.content, inside)]
    if any(r.source or r.cue or document.text[r.content[0][0]] in _QUOTES for r in marked):
        return
    if content[1] - content[0] >= _LEAST and _speaks(document, (sentence.span[0], source[1])):
        relations[:] = [r for r in relations if r not in marked and not covered(r.cue, cue)]
        relations.append(Relation([source], [cue], [content]))
