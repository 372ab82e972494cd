"""Attribution by grammar: headlines, carriers, refusals, nouns that carry a statement.

Each rule looks at one sentence and the relations marked in it, which it mends in place or adds to. The patterns' words
are in `lexicon/cues.toml` and `lexicon/roles.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.cues import grammar, inflected, verbs
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.outlets import find_outlets, is_medium
from onrecord.reading.roles import heads
from onrecord.reading.states import find_states

_DASH_TAIL = re.compile(r"(?P<content>\S.{10,}?)\s+[-–—]\s+(?P<source>[^-–—:,.;]{2,40})$")
_COLON_HEAD = re.compile(r"(?P<source>[A-Z][^:,.;?!\"“]{1,40})(?P<cue>:)\s+(?P<content>\S.{10,})$")
_COLON_TAIL = re.compile(r"(?P<content>\S[^:]{10,}?)(?P<cue>:)\s+(?P<source>[^:,.;?!\"“]{2,40})$")
_VERB_TAIL = re.compile(r"(?P<content>\S.{10,}?),\s+(?P<source>[\w.'’-]+(?:\s[\w.'’-]+){0,5})\s(?P<cue>[a-z]+)$")
_TAIL_VERB = re.compile(r"(?P<content>\S.{10,}?),\s(?P<cue>[a-z]+)\s(?P<source>[\w.'’-]+(?:\s[\w.'’-]+){0,5})$")
_QUOTED = re.compile(
    r"\bquot(?:ed|es|ing)\s(?!by\b)(?P<source>[^,;:\"“”]{2,120}?(?:,[^,;:\"“”]{2,80},)?)\s"
    r"(?P<saying>as (?:saying|telling|stating))\b"
)
_WAS_QUOTED = re.compile(
    r"\b(?:was|were|is|are|has been|have been)\s(?:\w+ly\s|also\s)?(?:quoted|cited)\s(?:[^,;:\"“”]{2,80}\s)?"
    r"as (?:saying|telling|stating)\b"
)
_QUOTED_BY = re.compile(
    r"(?:\b(?:quoted|cited)\sby"
    r"|\b[Ii]n an? (?:\w+ ){0,2}(?:interview|article|comment|post|message) (?:with|in|for|on|to)"
    r"|\b[Ii]n remarks (?:carried|published|quoted|broadcast) by|\b[Ii]n remarks to|\bcarried by"
    r"|\b(?:wrote|writing) (?:in|for|on)"
    r"|\b(?:[Tt]old|[Ss]peaking (?:to|on)|[Tt]alking to|[Aa]ccording to|[Cc]iting|[Qq]uoting|reported by|published by)"
    r"|\bon (?:his|her|its|their|the|state|national)|\b(?:said|saying|posted|announced|wrote|told \w+) on)\s"
)
_SUBJECT = re.compile(r"(?:[Tt]he\s)?(?P<bare>\S[^\n]{0,120}?)(?:\s(?:also|has|had|[a-z]+ly))*$")
_CLAUSE = re.compile(r"[,;:\"“”—–()]|\b(?:and|but|that|which|who|when|while|as|after|before|because)\b")
_END = re.compile(r"[.!?][\"”’)]*$")
#: A source behind a headline's colon has no more words than this.
_FEW = 4
_NAME = r"(?:[Tt]he\s)?[A-Z][\w.'’-]*(?:\s(?:of\s|and\s|the\s)?[A-Z][\w.'’-]*){0,4}"


def covered(spans: list[Span], span: Span) -> int:
    """How many characters of `span` lie in `spans`."""
    return sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in spans)


def headline(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Attribution as headlines write it: "... - Russia", "Russia: ...", "..., Shoigu says", "..., says Shoigu"."""
    marked = [r for r in relations if r.source and r.content]
    swapped = [p for p in (_TAIL_VERB, _COLON_TAIL) if p.match(document.text, *sentence.span)]
    if marked and not (len(marked) == 1 and swapped):
        return
    names = {document.words(name.span) for name in document.marks.names} if document.marks else set()
    for pattern in swapped if marked else (_VERB_TAIL, _TAIL_VERB, _DASH_TAIL, _COLON_TAIL, _COLON_HEAD):
        found = pattern.match(document.text, *sentence.span)
        by_verb = pattern in (_VERB_TAIL, _TAIL_VERB)
        if found is None or (by_verb and found["cue"] not in verbs()):
            continue
        source = found["source"]
        known = bool(find_states(source)) or any(source in name or name in source for name in names)
        tail = source.lower().split()
        if pattern is _COLON_TAIL and (verbs() & set(tail[:-1]) or len(tail) > _FEW):
            continue
        authority = bool((heads() | grammar("documents")) & set(tail))
        known = (known and pattern is not _COLON_TAIL) or (
            authority and pattern in (_VERB_TAIL, _TAIL_VERB, _COLON_TAIL)
        )
        if known and (by_verb or not find_outlets(source)):
            cue = [found.span("cue")] if "cue" in pattern.groupindex else []
            relations[:] = [Relation([found.span("source")], cue, [found.span("content")])]
            return


def carriers(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """Settle speaker and carrier where an outlet passes the words on; the outlet is never the one who speaks."""
    start, end = sentence.span
    outlets = find_outlets(document.text, start, end) if relations else []
    quoted = _QUOTED.search(document.text, start, end) if relations else None
    if not outlets and not quoted:
        return
    passive = _WAS_QUOTED.search(document.text, start, end)
    for relation in [r for r in relations if r.cue]:
        held = relation.cue + relation.source
        if quoted and covered(held, (quoted.start(), quoted.end("saying"))):
            relation.source = [quoted.span("source")]
            relation.cue = [(quoted.start(), quoted.start("source") - 1), quoted.span("saying")]
            before = [span for span in outlets if span[1] <= quoted.start()]
            by = _bare_subject(document, subject_of(document, sentence, quoted.start()))
            before += [by] if by and not before and is_medium(document.words(by)) else []
            relation.carriers = before[-1:]
            relation.content = _quoted_content(document, sentence, relations, relation, quoted)
            continue
        if passive and covered(held, passive.span()):
            subject = subject_of(document, sentence, passive.start())
            if subject and not (relation.source and relation.source[0][1] <= passive.start()):
                relation.source = [subject]
            elif subject and relation.content and relation.content == [subject]:
                # "..., the envoy was quoted as saying": what was said stands before whoever said it
                relation.content = [(start, subject[0] - 2)] if subject[0] - 2 > start else []
                relation.source = [subject]
            relation.cue = [passive.span()]
        for outlet in outlets:
            if covered(relation.source + relation.content, outlet):
                continue
            lead = document.text[max(start, outlet[0] - 60) : outlet[0]]
            for found in _QUOTED_BY.finditer(lead):
                if not _CLAUSE.search(lead, found.end()):
                    relation.carriers.append(outlet)
                    break


def _bare_subject(document: Document, span: Span | None) -> Span | None:
    """A subject without its article and without an adverb behind it."""
    found = _SUBJECT.match(document.text, *span) if span else None
    return found.span("bare") if found else span


def _quoted_content(
    document: Document, sentence: Sentence, relations: list[Relation], relation: Relation, quoted: re.Match[str]
) -> list[Span]:
    """What was said where an outlet "quoted X as saying": what is marked without a cue, or stands on the other side."""
    end = sentence.span[1]
    content = [span for span in relation.content if not covered(relation.source + relation.cue, span)]
    for orphan in [r for r in relations if not r.cue]:
        content += orphan.content
        relations.remove(orphan)
    if content:
        return sorted(content)
    after = _END.sub("", document.text[quoted.end() : end])
    return [(quoted.end() + 1, quoted.end() + len(after))] if len(after) > 12 else []


def subject_of(document: Document, sentence: Sentence, verb: int) -> Span | None:
    """The phrase right before a verb, back to the start of its clause.

    Where a relative pronoun opens the clause it is the subject itself; where an apposition stands between, the name
    before it is.
    """
    breaks = list(_CLAUSE.finditer(document.text, sentence.span[0], verb))
    start = breaks[-1].end() if breaks else sentence.span[0]
    words = document.text[start:verb]
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if breaks and breaks[-1].group() in grammar("relatives"):
        return breaks[-1].span()
    if right - left > 1:
        return left, right
    names = document.marks.names if document.marks else []
    from_ = breaks[-3].end() if len(breaks) > 2 else sentence.span[0]
    first, last = (bisect_left(names, at, key=lambda name: name.span[0]) for at in (from_, start))
    named = [name.span for name in names[first:last] if name.kind == "person" and name.span[1] < start]
    return (named[0][0], breaks[-1].start()) if named else None


@lru_cache(maxsize=1)
def _refusal() -> re.Pattern[str]:
    lexicon = table("cues")
    forms = "|".join(sorted({form for verb in lexicon["acts"]["decline"] for form in inflected(verb)}))
    comment = "|".join(lexicon["grammar"]["comment"])
    return re.compile(
        rf"(?P<cue>\b(?:has |have |had )?(?:{forms}) (?:to (?:{comment})|comment)(?: (?:on|about|whether|further))?)\s"
        rf"(?P<content>[^\r\n]{{3,}}?)(?=[.!?][\"”’)]*$|[.!?][\"”’)]*\s|$)"
    )


@lru_cache(maxsize=1)
def _bare_refusal() -> re.Pattern[str]:
    lexicon = table("cues")
    forms = "|".join(sorted({form for verb in lexicon["acts"]["decline"] for form in inflected(verb)}))
    comment = "|".join(lexicon["grammar"]["comment"])
    return re.compile(rf"\b(?:(?:{forms})\sto|would\snot|wouldn['’]t|did\snot)\s(?:{comment})(?=[,.;]|$)")


_ASKED = re.compile(r"\b[Aa]sked\s(?:(?:by|on|in)\s[^,]{2,40}\s)?(?:about\s|whether\s|if\s)(?P<content>[^,;\n]{3,})")


def unanswered(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """ "Asked about the raid, X declined to comment": what the refusal is about stands in the clause that asks."""
    refusal = _bare_refusal().search(document.text, *sentence.span)
    asked = _ASKED.search(document.text, *sentence.span) if refusal else None
    if refusal is None or asked is None or covered([asked.span()], refusal.span()):
        return
    content = asked.span("content")
    ending = _END.search(document.text, *content)
    content = (content[0], ending.start() if ending else content[1])
    known = next((r for r in relations if covered(r.cue, refusal.span())), None)
    relations[:] = [r for r in relations if r is known or not covered(r.content, content)]
    source = known.source if known else []
    subject = subject_of(document, sentence, refusal.start())
    if not source and subject:
        source = [subject]
    if known:
        relations.remove(known)
    relations.append(Relation(source, [refusal.span()], [content]))


_CITING = re.compile(r"\b(?:[Cc]iting|[Qq]uoting)\s(?P<source>[^,;:\"“”\n]{3,100}?)(?=,|[.!?][\"”’)]*$|$)")


def cited(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """ "Interfax reported, citing the coast guard": who is cited speaks, and the outlet carries the words."""
    found = _CITING.search(document.text, *sentence.span)
    if found is None or find_outlets(found["source"]):
        return
    for relation in relations:
        outlets = find_outlets(document.text, *relation.source[0]) if relation.source else []
        if outlets:
            kept = [span for span in relation.content if not found.start() <= span[0] < found.end()]
            relation.content = [(a, found.start() - 2 if a < found.start() - 2 < b else b) for a, b in kept]
        if outlets and relation.content and not covered(relation.content, found.span()):
            relation.carriers = outlets[:1] + relation.carriers
            relation.source = [found.span("source")]


_AGENT = re.compile(
    rf"(?:by\s)?(?P<agent>{_NAME}|(?:the|a|an|its|his|her)\s[\w-]+(?:\s[\w-]+)??)\s(?=(?:to|of|for|that|with)\s)"
)


def agents(document: Document, relations: list[Relation]) -> None:
    """ "was urged by the council to ...": the agent of a passive that opens its content is the source."""
    for relation in relations:
        if relation.source or not relation.cue or not relation.content:
            continue
        cue = document.words(relation.cue[-1])
        for at, (start, end) in enumerate(relation.content):
            if start <= relation.cue[-1][1] + 1 and start >= relation.cue[-1][1]:
                found = _AGENT.match(document.text, start, end)
                if found and (cue.endswith(" by") or document.text[start : start + 3] == "by "):
                    relation.source = [found.span("agent")]
                    relation.content[at] = (found.end(), end)
                break


def refusals(document: Document, sentence: Sentence, relations: list[Relation]) -> None:
    """ "X said A, but declined to comment on B": a refusal whose subject is that of the statement before it."""
    for found in _refusal().finditer(document.text, *sentence.span):
        cue = found.span("cue")
        if any(r.content and covered(r.cue, cue) for r in relations):
            continue
        before = [r for r in relations if r.content and r.cue and r.cue[0][0] < cue[0] and r.source]
        for relation in before:
            relation.content = [(a, min(b, found.start())) for a, b in relation.content if a < found.start()]
        source = list(before[-1].source) if before else list(filter(None, [subject_of(document, sentence, cue[0])]))
        relations.append(Relation(source, [cue], [found.span("content")]))


@lru_cache(maxsize=1)
def _noun_cue() -> re.Pattern[str]:
    nouns = "|".join(sorted({n for group in table("cues")["nouns"].values() for n in group}, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<owner>{_NAME})['’]s?\s)?(?P<cue>(?:{nouns})s?)"
        rf"(?:\s(?:by|from)\s(?P<source>{_NAME}|[a-z][a-z ]{{2,40}}?))?\sthat\s"
    )


def by_noun(
    document: Document, sentence: Sentence, relations: list[Relation]
) -> Iterator[tuple[Relation, Relation | None]]:
    """ "a suggestion by the White House that ...", "Shoigu's statement that ...": a noun that carries a statement.

    `relations` are those with words in the sentence. Gives each new relation with the one whose content holds it.
    """
    for found in _noun_cue().finditer(document.text, *sentence.span):
        cue = found.span("cue")
        if any(covered(r.cue, cue) for r in relations):
            continue
        holder = next((r for r in relations if covered(r.content, cue)), None)
        stop = max((b for a, b in holder.content if a <= cue[0] < b), default=0) if holder else sentence.span[1]
        content = (found.end(), stop)
        ending = _END.search(document.text, *content)
        if ending and not holder:
            content = (content[0], ending.start())
        if content[1] - content[0] < 8 or any(r is not holder and covered(r.content, content) for r in relations):
            continue
        source = found.span("owner") if found["owner"] else found.span("source")
        if holder and source[0] < 0 and cue[0] - min(a for a, b in holder.content if a <= cue[0] < b) < 6:
            continue  # "denied the charge that ...": the noun is the denial's own object
        yield Relation([source] if source[0] >= 0 else [], [cue], [content]), holder
