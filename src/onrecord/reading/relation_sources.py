"""Sources by grammar, where the encoder marked none or another than the cue's own subject.

Each rule looks at one sentence and the relations marked in it, which it mends in place. The words are in
`lexicon/cues.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.cues import grammar, reports, verbs
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.relation_rules import subject_of
from onrecord.reading.roles import heads
from onrecord.reading.states import find_states

_DASH_NAME = re.compile(r"\s*(?P<cue>[―—–]|--?)\s?(?P<source>[^\W\d_a-z][^.!?:;\"“”\n\xa0]{1,80}?)\s*$", re.M)
_NAME_COLON = re.compile(r"^(?P<source>[^\W\d_a-z][^:;.!?\"“”\n]{1,60})(?P<cue>:)\s*$")
_PASSIVE = re.compile(
    r"(?:(?:is|are|was|were|has|have|had|been|be|being|not|also|\w+ly)\s)*(?:is|are|was|were|been|be)\s"
    r"(?:not\s|also\s|\w+ly\s){0,2}\w+(?:ed|en|own|aid|old|ought)\b"
)
_OWNER = re.compile(
    r"(?P<source>(?:[Tt]he\s)?[^\W\d_][\w-]*(?:\s[A-Z][\w-]+){0,3}['’]s?|(?i:his|her|its|their|our|my))\s(?:\w+\s)?$"
)
_TO_END = re.compile(r"\s(?P<source>[^.;:!?\"“”\n]{2,100}?)(?=[.;:!?]|$)")
_END = re.compile(r"[.!?]$")
_TAG = re.compile(
    r"[\"”'’]?,[\"”'’]?\s(?P<source>[^,.;:!?\"“”\n]{2,60}?)\s(?P<cue>\w+)"
    r"(?=[,.;]|\s(?:on|in|at|this|last|earlier|late)\s|\s\w+day\b)"
)
#: A name so many characters behind a role belongs to it; a content of fewer characters is none.
_ADJACENT, _LEAST = 3, 8
_OPENING = re.compile(
    r"(?:[Tt]he\s|An?\s)?(?:[A-Z][\w.’'-]*(?:\s[a-z]+){0,2}\s){0,4}?[A-Z][\w.’'-]*(?=,\s(?:who|whose|which)\b|\s[a-z]+(?:ed|s|ew|ade|old|et)\b)"
)
_CLOSING = '"”»'
#: The longest name before a colon, in characters.
_LONGEST = 64
#: Fewer words than this in capitals before a colon are a name.
_FEW = 4
#: A subject of more words than this is more likely a clause wrongly cut.
_WORDS = 8


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """The pronoun right before a verb, with no more than an adverb between."""
    pronouns = "|".join(table("cues")["grammar"]["pronouns"])
    return re.compile(rf"(?:^|(?<=[\s\"“(—–-]))(?P<source>(?i:{pronouns}))\s?(?:\w+ly\s|also\s|then\s)?$")


def subjects(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Give each cue its own subject: the pronoun right before it, or where no source is marked, whoever it names."""
    start, end = sentence.span
    for relation in relations:
        if not relation.cue or not relation.content or not start <= relation.cue[0][0] < end:
            continue
        cue = relation.cue[0]
        words = document.words(cue).lower().split()
        if words[0] in grammar("asked") and _without_subject(document, sentence, cue):
            relation.source = []  # "asked about the raid, X said": who asked is not told
        elif grammar("cue_nouns") & set(words[:2]):
            owner = _OWNER.search(document.text, max(start, cue[0] - _LONGEST), cue[0])
            if owner and not relation.source:
                relation.source = [owner.span("source")]
        elif _spoken_of(document, relation, words):
            relation.source = []  # "two men were believed to be ...": who believes is not told
        elif _active(words):
            _give_subject(document, sentence, relation, relations)
        elif words[0].endswith("ing") and not relation.source and document.text[cue[0] - 2 : cue[0]] == ", ":
            opening = _opening(document, sentence, relation)
            relation.source = [opening] if opening else []


def tagged(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Give a content without a cue the source and verb right behind it: "..., the envoy charged on Monday"."""
    for relation in relations:
        if relation.cue or not relation.content:
            continue
        found = _TAG.match(document.text, relation.content[-1][1], sentence.span[1])
        if found and found["cue"].lower() in verbs() and _speaks(document, found.span("source"), relation):
            relation.source, relation.cue = [found.span("source")], [found.span("cue")]


def whole(document: Document, relations: list[Relation]) -> None:
    """Mend what was marked short: a role without the name behind it, a cue with nothing of what was said."""
    for relation in relations:
        if not relation.cue:
            continue
        cue = relation.cue[0]
        relation.source = [_grown(document, span, cue) for span in relation.source]
        if relation.source and not relation.content and relation is relations[-1]:
            relation.content = _rest(document, relation.cue[-1])


def _grown(document: Document, source: Span, cue: Span) -> Span:
    """A source with what belongs to it behind it: the rest of its phrase, the name behind its role."""
    start, end = source
    last = document.words(source).split()[-1].lower()
    if 0 < cue[0] - end < _LONGEST and last in grammar("open_ended"):
        end += len(document.text[end : cue[0]].rstrip(" ,"))
    names = document.marks.names if document.marks else []
    first = bisect_left(names, end, key=lambda name: name.span[0])
    near = names[first].span if first < len(names) and names[first].kind == "person" else None
    return (start, near[1]) if near and near[0] - end < _ADJACENT and not start < cue[0] < near[1] else (start, end)


def _rest(document: Document, cue: Span) -> list[Span]:
    """What follows a cue that is an act of speech, up to the end of the sentence."""
    sentence = document.sentence_at(cue[0])
    if sentence is None or not reports(document.words(cue)):
        return []
    start, end = cue[1] + 1, sentence.span[1]
    ending = _END.search(document.text, start, end)
    end = ending.start() if ending else end
    return [(start, end)] if end - start >= _LEAST and document.text[cue[1]] == " " else []


def _spoken_of(document: Document, relation: Relation, words: list[str]) -> bool:
    """Whether the source marked is only the subject of a passive: of whom something is believed or said."""
    if not relation.source or "by" in words or not grammar("passive") & set(words[-2:]):
        return False
    if " ".join(words) in grammar("charged"):
        return True
    if words == ["told"] and document.text.startswith("to ", relation.content[0][0]):
        return True
    if len(words) == 1 and document.text[relation.cue[0][0] - 2 : relation.cue[0][0]] == ", ":
        return any(document.text.startswith("to ", start) for start, _ in relation.content)
    before = relation.source[-1][1] <= relation.cue[0][0]
    return before and bool(_PASSIVE.match(" ".join(words))) and not grammar("felt") & set(words)


def _active(words: list[str]) -> bool:
    """Whether a cue is a finite verb whose subject is the one who speaks or thinks."""
    if words[0] == "to" or words[0].endswith("ing") or grammar("impersonal") & set(words):
        return False
    return bool((grammar("felt") | grammar("passed_on")) & set(words)) or not _PASSIVE.match(" ".join(words))


def _give_subject(document: Document, sentence: Sentence, relation: Relation, relations: list[Relation]) -> None:
    start = sentence.span[0]
    cue = relation.cue[0]
    pronoun = _before().search(document.text, max(start, cue[0] - 40), cue[0])
    if pronoun and not any(a <= pronoun.start("source") < b for a, b in relation.content):
        relation.source = [pronoun.span("source")]
    if relation.source:
        return
    lead = document.text[max(start, cue[0] - 20) : cue[0]].split()
    shared = [r for r in relations if r.cue and r.source and start <= r.cue[0][0] < cue[0]]
    if shared and lead and lead[-1] in grammar("joining"):
        relation.source = list(shared[-1].source)  # "hailed the deal but wondered who would pay"
        return
    apart = _opening(document, sentence, relation) if document.text[cue[0] - 2 : cue[0]] == ", " else None
    for subject in (subject_of(document, sentence, cue[0]), apart, _behind(document, sentence, relation)):
        if subject and _speaks(document, subject, relation):
            relation.source = [subject]
            return


def _opening(document: Document, sentence: Sentence, relation: Relation) -> Span | None:
    """The person, body or state that opens a sentence, as the subject of a verb that a comma parts from it."""
    found = _OPENING.match(document.text, sentence.span[0], relation.cue[0][0])
    if found is None or not _speaks(document, found.span(), relation):
        return None
    return found.span()


def _behind(document: Document, sentence: Sentence, relation: Relation) -> Span | None:
    """The subject behind its verb, where what is said stands before it: "..., says the editor, Ada Lind"."""
    cue = relation.cue[-1]
    if relation.content[-1][1] > relation.cue[0][0] or document.words(cue).lower() not in verbs():
        return None
    found = _TO_END.match(document.text, cue[1], sentence.span[1])
    return found.span("source") if found else None


def _without_subject(document: Document, sentence: Sentence, cue: Span) -> bool:
    """Whether a participle opens the sentence or a clause."""
    lead = document.text[max(sentence.span[0], cue[0] - 12) : cue[0]].split()
    return not lead or lead[-1].lower() in grammar("openers") or lead[-1].endswith(",")


def _speaks(document: Document, subject: Span, relation: Relation) -> bool:
    """Whether a phrase can be the one who speaks: a short one that names somebody."""
    words = document.words(subject)
    if len(words.split(",")[0].split()) > _WORDS or any(a < subject[1] and subject[0] < b for a, b in relation.content):
        return False
    return bool(find_states(words) or heads() & set(words.lower().split())) or _named(document, subject)


def claim(document: Document, relations: list[Relation]) -> None:
    """A quotation that ends right before "X said" is what X said, whatever it was marked with."""
    text = document.text
    ends = {end: (relation, (start, end)) for relation in relations for start, end in relation.content}
    for relation in relations:
        if not relation.source or not relation.cue or document.words(relation.cue[0]).lower() not in verbs():
            continue
        (source, source_end), (cue, cue_end) = relation.source[0], relation.cue[0]
        left = min(source, cue)
        if not 0 <= max(source, cue) - min(source_end, cue_end) < _ADJACENT:
            continue
        before = len(text[max(0, left - _ADJACENT) : left].rstrip()) + max(0, left - _ADJACENT)
        if before < 2 or text[before - 1] not in _CLOSING or text[before - 2] not in ",?!":
            continue
        held = ends.get(before)
        if held and held[0] is not relation:
            held[0].content.remove(held[1])
            relation.content = sorted([*relation.content, held[1]])
            ends[before] = (relation, held[1])


def _is_name(document: Document, span: Span) -> bool:
    """Whether a phrase is a name and perhaps a role, and nothing else."""
    words = document.words(span)
    return _named(document, span) or (words.isupper() and len(words.split()) < _FEW)


def _named(document: Document, span: Span) -> bool:
    names = document.marks.names if document.marks else []
    return any(span[0] <= name.span[0] and name.span[1] <= span[1] for name in names)


def signed(document: Document, relations: list[Relation]) -> None:
    """A line that is a name and what it says ("LIND: ..."), or a quotation and whose it is ("... ― Ada Lind")."""
    text = document.text
    for relation in relations:
        if not relation.content:
            continue
        first, last = relation.content[0][0], relation.content[-1][1]
        line = text.rfind("\n", 0, first) + 1
        if first - line < _LONGEST:
            lead = _NAME_COLON.match(text[line:first])
            said = lead and lead["source"].split()[-1] in verbs()
            if lead and not said and _is_name(document, (line, line + lead.end("source"))):
                relation.source, relation.cue = (
                    [(line, line + lead.end("source"))],
                    [(line + lead.start("cue"), line + lead.end("cue"))],
                )
                continue
        tail = _DASH_NAME.match(text, last) if not relation.source and text[last - 1] in _CLOSING else None
        if tail:
            relation.source, relation.cue = [tail.span("source")], [tail.span("cue")]
