"""Where a source begins and ends: what was marked with it that is no part of it, and what names nobody at all.

Each rule looks at one relation, which it mends in place. The words are in `lexicon/cues.toml`.
"""

from __future__ import annotations

import re

from onrecord.analysis import Span
from onrecord.reading.cues import grammar, verbs
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.outlets import is_medium
from onrecord.reading.states import find_states

_WORD = re.compile(r"[^\W_][\w'’-]*")
_REST = re.compile(r"\w+\s*")
_RELATIVE = re.compile(r"(?:,\s|\s)(?:who|which|that|whose|whom)\b")
_JOINT = re.compile(r"\s(?:and|but|while|as|after|when)\s|,\s|;\s")
_BEHALF = re.compile(r"\bbehalf of (?:the )?$")
#: So many characters before a source "on behalf of" may begin.
_LEAD = 20
#: What an agreement, law or paper says stands behind "according to", up to a comma.
_ACCORDING = re.compile(r"\s(?P<source>[^,;:.\n\"“”]{3,120}),\s")
_BUT = re.compile(r",?\s(?:but|while)\s(?:the\s)?", re.I)
#: A subject and its verb, between which and the end of the sentence the words stand that are told.
_SAID = re.compile(r"(?P<source>[A-Z][^,;:\n\"“”]{1,80}?)\s(?:\w+ly\s|also\s)?(?P<cue>[a-z]+)\s(?:that\s)?$")


def bound(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Mend the sources of a sentence's relations."""
    for relation in relations:
        if not relation.source or not relation.cue:
            continue
        _name_cut(document, relation)
        _according(document, sentence, relation)
        _told_by_another(document, sentence, relation)
        _turn(document, sentence, relation)
        relation.source = [kept for span in relation.source if (kept := _phrase(document, relation, span))]


def _name_cut(document: Document, relation: Relation) -> None:
    """Give a name cut at its hyphen the rest of it, which was taken for the cue: "Min-", "soon said"."""
    start, end = relation.source[-1]
    at, until = relation.cue[0]
    rest = _REST.match(document.text, at, until) if at == end and document.text[end - 1] in "-‐" else None
    if rest and rest.end() < until:
        relation.source[-1] = (start, at + len(rest.group().rstrip()))
        relation.cue[0] = (rest.end(), until)


def _according(document: Document, sentence: Sentence, relation: Relation) -> None:
    """ "According to the pact between A and B, ...": the source is the whole phrase that follows, none of its parts."""
    cue = relation.cue[0]
    opens = cue[0] == sentence.span[0] and document.words(cue).lower() == "according to"
    found = _ACCORDING.match(document.text, cue[1], sentence.span[1]) if opens else None
    if found and relation.source[0][0] > found.start("source") and relation.source[0][1] <= found.end("source"):
        relation.source = [found.span("source")]
        relation.content = [(max(a, found.end()), b) for a, b in relation.content if b > found.end()]


def _told_by_another(document: Document, sentence: Sentence, relation: Relation) -> None:
    """ "X said ..., according to the report": X speaks, and who reports it only passes the words on."""
    cue = relation.cue[-1]
    if document.words(cue).lower() != "according to" or not relation.content:
        return
    for at, (start, _) in enumerate(relation.content):
        found = _SAID.match(document.text, sentence.span[0], start) if start < cue[0] < relation.source[0][0] else None
        if found is None or found["cue"] not in verbs() or is_medium(found["source"]):
            continue
        if found["source"].split()[-1] not in grammar("auxiliaries") | grammar("joining"):
            by, until = relation.source[0]
            by += 4 * document.text[by:until].startswith("the ")
            relation.carriers = [(by, until), *relation.carriers]
            relation.source, relation.cue = [found.span("source")], [found.span("cue")]
            relation.content = relation.content[at:]
            return


def _turn(document: Document, sentence: Sentence, relation: Relation) -> None:
    """Leave out of what a headline has somebody say the clause in which it turns to another state.

    "A says deal is close but B has yet to answer".
    """
    last = relation.cue[-1][1]
    if sentence.kind != "title":
        return
    for at, (start, end) in enumerate(relation.content):
        for found in _BUT.finditer(document.text, start, end):
            if start > last and any(m.span[0] == found.end() for m in find_states(document.text, found.end(), end)):
                relation.content[at] = (start, found.start())
                break


def _phrase(document: Document, relation: Relation, span: Span) -> Span | None:
    """A source without what does not belong to it; None where it names nobody."""
    text = document.text
    start, end = span
    lead = _BEHALF.search(text, max(0, start - _LEAD), start)
    comma = text.find(", ", start, end)
    if lead:
        return (comma + 2, end) if comma >= 0 else None
    words = _WORD.findall(text[start:end])
    if len(words) > 1 and words[0] in grammar("relatives"):
        return start, start + len(words[0])
    if words and words[0] in grammar("no_subject"):
        return None
    if document.words(relation.cue[0]) == ":" and len(words) > 1 and words[-1] in verbs():
        end = text.rindex(words[-1], start, end)
        relation.cue[0] = (end, relation.cue[0][1])
        start = text.rfind(", ", start, end) + 2 if ", " in text[start:end] else start
        return start, end - 1
    return _clause_end(text, (start, end))


def _clause_end(text: str, span: Span) -> Span:
    """What is left of a source that was marked with the clause before it: "the ship sank and rescuers"."""
    start, end = span
    relative = _RELATIVE.search(text, start, end)
    finite = [
        word for word in _WORD.finditer(text, start, relative.start() if relative else end)
        if word.group() in grammar("finite") and word.start() > start
    ]  # fmt: skip
    joints = list(_JOINT.finditer(text, finite[-1].end(), end)) if finite else []
    return (joints[-1].end(), end) if joints else span
