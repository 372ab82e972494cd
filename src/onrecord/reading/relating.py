"""What the marking leaves to grammar: whose cue a content is, who of several named speaks, what is nested in what.

The encoder's marks are put in order sentence by sentence, and the rules of `relation_rules` add what the encoder was
not trained to mark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.cues import grammar, is_act, reports
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.relation_bounds import bound
from onrecord.reading.relation_denials import denials
from onrecord.reading.relation_nesting import by_verb, plain_acts
from onrecord.reading.relation_rules import (
    agents,
    by_noun,
    carriers,
    cited,
    covered,
    headline,
    refusals,
    subject_of,
    unanswered,
)  # fmt: skip
from onrecord.reading.relation_sources import claim, signed, subjects, tagged, whole
from onrecord.reading.roles import heads
from onrecord.reading.states import find_states

_TO_STOP = re.compile(r"[^.,;:\r\n]{1,80}?(?=[.,;:\r\n]|$)")
_WORD = re.compile(r"\w")
_REST = re.compile(r"\w+")
#: Fewer spaces than this make an apposition.
_FEW = 4
#: So many characters of content must be left before a source that is cut from its end.
_LEAST = 10
_QUOTES = "\"“„«'‘"


@lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a time of saying: at the end of a source, and right before a content."""
    words = "|".join(table("cues")["grammar"]["leads"])
    return re.compile(rf"(?:[\s,]+(?:{words}))*\s*$"), re.compile(rf"\s(?:{words})\s$")


def relate(document: Document) -> None:
    """Fill `document.relations` from the encoder's marks and the rules of grammar, in text order."""
    marked: dict[int, list[Relation]] = defaultdict(list)
    for relation in document.marks.relations if document.marks else []:
        for part in (relation, *_localised(document, relation)):
            sentence = document.sentence_at((part.cue or part.content)[0][0])
            if sentence:
                marked[sentence.index].append(part)
    for sentence in document.sentences:
        _settled(document, sentence, marked[sentence.index])
    relations = [found for index in sorted(marked) for found in marked[index]]
    claim(document, relations)
    for relation in relations:
        _tidy(document, relation)
    signed(document, relations)
    relations = [found for found in relations if _stands(document, found)]
    nested = _nested(document, relations)
    relations += [inner for inner, _ in nested]
    relations.sort(key=lambda found: min(found.content + found.cue + found.source))
    numbers = {id(found): number for number, found in enumerate(relations)}
    for inner, holder in nested:
        inner.within = numbers[id(holder)] if holder else None
    document.relations = relations


def _localised(document: Document, relation: Relation) -> list[Relation]:
    """Take away content that lies in another sentence than its cue; only quotations run on from one to the next."""
    home = document.sentence_at(relation.cue[0][0]) if relation.cue else None
    if home is None:
        return []
    away = [
        span for span in relation.content
        if not home.span[0] <= span[0] < home.span[1] and document.text[span[0]] not in _QUOTES
    ]  # fmt: skip
    relation.content = [span for span in relation.content if span not in away]
    return [Relation([], [], [span]) for span in away]


def _settled(document: Document, sentence: Sentence, here: list[Relation]) -> None:
    """Put the relations of one sentence right, and add those that grammar shows."""
    tagged(document, sentence, here)
    _adopt(here)
    whole(document, here)
    bound(document, sentence, here)
    _rehome(document, sentence, here)
    _detach(document, sentence, here)
    subjects(document, sentence, here)
    _trim(document, sentence, here)
    if sentence.kind == "title":
        headline(document, sentence, here)
    agents(document, here)
    carriers(document, sentence, here)
    cited(document, sentence, here)
    _unite(here)
    unanswered(document, sentence, here)
    refusals(document, sentence, here)
    denials(document, sentence, here)
    if sentence.kind == "body":
        plain_acts(document, sentence, here)


def _adopt(here: list[Relation]) -> None:
    """Give content that stands without a cue to the one cue of its sentence that stands without content."""
    orphans = [found for found in here if not found.cue and found.content]
    empty = [found for found in here if not found.content and found.cue]
    if orphans and len(empty) == 1:
        empty[0].content = [span for found in orphans for span in found.content]
        here[:] = [found for found in here if found not in orphans]


def _rehome(document: Document, sentence: Sentence, here: list[Relation]) -> None:
    """Where the source marked lies in another sentence than its cue, take the cue's own subject, if it has one."""
    start, end = sentence.span
    for relation in here:
        if relation.cue and relation.source and not start <= relation.source[0][0] < end:
            if sentence.kind == "title":
                relation.source = []  # a headline shares nothing with the lines around it
                continue
            subject = subject_of(document, sentence, relation.cue[0][0])
            words = document.words(subject) if subject else ""
            if subject and (words in grammar("relatives") or _names_somebody(words)):
                relation.source = [subject]


def _names_somebody(words: str) -> bool:
    """Whether a phrase names a state or a role, and so can be who speaks."""
    return bool(find_states(words) or heads() & set(words.lower().split()))


def _detach(document: Document, sentence: Sentence, here: list[Relation]) -> None:
    """Where no source is marked and the content runs up to the cue, its last phrase is the source: "..., X said"."""
    for relation in here:
        if not relation.cue or relation.source or not relation.content:
            continue
        cue = relation.cue[0][0]
        start, end = relation.content[-1]
        subject = subject_of(document, sentence, cue) if cue - 2 <= end <= cue else None
        if subject is None or not start + _LEAST < subject[0] or document.text[subject[0] - 2] != ",":
            continue
        if _names_somebody(document.words(subject)):
            relation.source = [subject]
            relation.content[-1] = (start, subject[0] - 2)


def _stands(document: Document, relation: Relation) -> bool:
    """Whether there is enough to call it a statement: a content, and a cue, a source or quotation marks."""
    if relation.cue and is_act(document.words(relation.cue[0])) and not _clause(document, relation.content):
        return False
    if _is_slight(document, relation):
        return False
    if not relation.content or relation.cue or relation.source:
        return bool(relation.content)
    words = document.words(relation.content[0])
    return words[0] in _QUOTES and words.count(" ") >= _FEW - 1


def _clause(document: Document, content: list[Span]) -> bool:
    """Whether a content is a quotation in part or a clause with "that"."""
    return any(
        '"' in (words := document.words(span)) or "“" in words or words.startswith(("that ", "how ", "whether "))
        for span in content
    )


def _trim(document: Document, sentence: Sentence, here: list[Relation]) -> None:
    """Take the time of saying ("the Kremlin in November said", "said in November that") out of source and content."""
    at_end, before = _leads()
    times = document.times_in(sentence) if here else []
    starts = {time.span[0]: time.span[1] for time in times}
    ends = {time.span[1]: time.span[0] for time in times if document.text[time.span[0] - 1] != "-"}
    for relation in here:
        for at, (start, end) in enumerate(relation.source):
            kept = at_end.sub("", document.text[start : ends.get(end, end)])
            if kept:
                relation.source[at] = (start, start + len(kept))
        told = [
            (start, end) for start, end in relation.content
            if not _is_when(document.text, (start, end), ends) and document.words((start, end)).lower() not in _slight()
        ]  # fmt: skip
        relation.content = told or relation.content
        for at, (start, end) in enumerate(relation.content):
            after = starts.get(start, start)
            if start < after < end - 1 and before.search(document.text[sentence.span[0] : start]):
                relation.content[at] = (after + 1, end)


def _is_when(text: str, span: Span, ends: dict[int, int]) -> bool:
    """Whether a span is a time and what leads to it ("in November"), and nothing else; `ends` are ends of times."""
    start = ends.get(span[1], ends.get(span[1] - 1, -1))
    return start >= span[0] and not _leads()[0].sub("", " " + text[span[0] : start]).strip()


@lru_cache(maxsize=1)
def _slight() -> frozenset[str]:
    """Words that alone are no content."""
    return frozenset(table("function_words")["en"])


def _is_slight(document: Document, relation: Relation) -> bool:
    """Whether a content is no more than such a word, and not one that points to what was said: "Tehran denies it"."""
    words = {document.words(span).lower() for span in relation.content}
    acts = any(reports(document.words(cue)) for cue in relation.cue)
    return words <= _slight() and not (acts and words <= grammar("pointing"))


def _unite(here: list[Relation]) -> None:
    """Make one relation of those with the same cue."""
    first: dict[tuple[Span, ...], Relation] = {}
    for relation in here:
        known = first.setdefault(tuple(relation.cue), relation) if relation.cue else relation
        if known is not relation:
            known.content = sorted({*known.content, *relation.content})
            known.source = known.source or relation.source
            known.carriers += [span for span in relation.carriers if span not in known.carriers]
    here[:] = [found for found in here if not found.cue or first[tuple(found.cue)] is found]


def _tidy(document: Document, relation: Relation) -> None:
    """Cut the source and cue that lie at its end off a content; fill up a content that is only an article.

    A few words that stand right before the source are its apposition ("Its spokesman, Ada Lind, said"), not content.
    """
    for spans in (relation.source, relation.cue, relation.content):
        spans[:] = [_whole_words(document, span) for span in spans]
    for at, (start, end) in enumerate(relation.content):
        if document.words((start, end)).lower() in grammar("articles"):
            rest = _TO_STOP.match(document.text, end)
            relation.content[at] = (start, end + len(rest[0].rstrip()) if rest else end)
    if len(relation.content) > 1:
        heads_of = {start for start, _ in relation.source}
        relation.content = [
            (start, end) for start, end in relation.content
            if not (heads_of & {end, end + 1, end + 2} and document.words((start, end)).count(" ") < _FEW)
        ] or relation.content  # fmt: skip
    relation.content = [span for span in relation.content if _WORD.search(document.text, *span)]
    relation.source = [span for span in relation.source if document.words(span).lower() not in grammar("articles")]
    taken = relation.source + relation.cue
    relation.content = [span for span in relation.content if covered(relation.source, span) < span[1] - span[0]]
    relation.content = _joined(
        (start, min((a for a, b in taken if start < a < end <= b + 2), default=end)) for start, end in relation.content
    )


def _whole_words(document: Document, span: Span) -> Span:
    """A span that ends within a word, taken on to its end; the possessive ending is part of it."""
    start, end = span
    rest = _REST.match(document.text, end)
    return (start, rest.end()) if rest and document.text[end - 1].isalnum() else _possessive(document, span)


def _possessive(document: Document, span: Span) -> Span:
    start, end = span
    cut = (
        document.text[end - 1] in "'’"
        and document.text[end : end + 1] == "s"
        and not document.text[end + 1 : end + 2].isalnum()
    )
    return (start, end + 1) if cut and document.text[end - 2].isalnum() else span


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _nested(document: Document, relations: list[Relation]) -> list[tuple[Relation, Relation | None]]:
    """Statements that a noun or a clause carries, each with the relation whose content holds it."""
    touching: dict[int, list[Relation]] = defaultdict(list)
    for relation in relations:
        parts = (document.sentence_at(start) for start, _ in relation.cue + relation.content)
        for index in {sentence.index for sentence in parts if sentence}:
            touching[index].append(relation)
    found = [pair for sentence in document.sentences for pair in by_noun(document, sentence, touching[sentence.index])]
    return found + [
        (inner, outer) for outer in relations if outer.cue or outer.source for inner in by_verb(document, outer)
    ]
