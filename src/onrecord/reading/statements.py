"""From relations to statements: form, act, polarity, certainty, chain of authority and time of saying."""

from __future__ import annotations

import re
from datetime import date

from onrecord.analysis import Form, Interval, Span, Statement, Time
from onrecord.reading.cues import grammar, interpret
from onrecord.reading.document import Document, Relation
from onrecord.reading.pieces import quoted
from onrecord.reading.spans import gap

#: A quotation in single marks of two words or more; an apostrophe never closes one within a word.
_SINGLE = re.compile(r"(?<!\w)(?:‘[^‘’\n]{2,800}’|'[^'\s][^'\n]{1,800}')(?!\w)")
#: A time is of the story rather than of the saying where it lies so many days back, unless it stands so many characters
#: from the cue, or opens the sentence within so many.
_FRESH, _BESIDE, _OPENING = 40, 30, 12
_MARKS = "\"“”„«»'‘’ ,.;:-–—"


def state(document: Document) -> None:
    """Fill `document.statements`, one for each of `document.relations` and in their order.

    The chain runs from the speaker outwards (speaker, carriers, whoever's words hold this statement, wire,
    publisher); the wire and the publisher must be among `document.actors` already.
    """
    inside = quoted(document.text)
    for sentence in document.sentences:
        for found in _SINGLE.finditer(document.text, *sentence.span):
            if " " in found.group():
                inside[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    ids = {actor.name: actor.id for actor in document.actors}
    outer = [ids[name] for name in (document.wire, document.publisher) if name in ids]
    for number, relation in enumerate(document.relations):
        voice = document.voices[number]
        form = _form(document, relation, inside)
        content = " ".join(map(document.words, relation.content))
        meant = interpret(" ".join(map(document.words, relation.cue)), content, form == "direct")
        document.statements.append(
            Statement(
                id=f"s{number + 1}",
                source=relation.source,
                cue=relation.cue,
                content=relation.content,
                form=form,
                act=meant.act,
                polarity=meant.polarity,
                certainty=meant.certainty,
                speaker=voice.speaker,
                chain=[voice.speaker, *voice.carriers] if voice.speaker else [*voice.carriers],
                within=None if relation.within is None else f"s{relation.within + 1}",
                said=_said(document, relation),
            )
        )
    # From the outside in: who holds a statement carries it, unless by refusing to speak of it or by denying it.
    for statement, relation in zip(document.statements, document.relations, strict=True):
        holder = None if relation.within is None else document.statements[relation.within]
        carried = holder.chain if holder and holder.act not in ("decline", "deny") else []
        statement.chain = list(dict.fromkeys([*statement.chain, *carried, *outer]))


def _form(document: Document, relation: Relation, inside: bytearray) -> Form:
    """Direct where all of the content's words stand in quotation marks, mixed where some do."""
    total = held = 0
    for start, end in relation.content:
        for at in range(start, end):
            if document.text[at] not in _MARKS:
                total += 1
                held += inside[at]
    if held and held >= total * 0.98:
        return "direct"
    return "mixed" if held else "indirect"


def _said(document: Document, relation: Relation) -> Interval:
    """When the words were said: the time named beside the cue, or else only not after publication.

    Where publication is an interval, these are all days that it leaves; an end that it leaves open is open.
    """
    anchor = relation.cue[0] if relation.cue else relation.source[0] if relation.source else None
    latest = document.published.latest
    if anchor is not None:
        sentence = document.sentence_at(anchor[0])
        near = [
            time for time in (document.times_in(sentence) if sentence else [])
            if time.type in ("DATE", "TIME") and (time.earliest or time.latest)
            and (latest is None or time.earliest is None or time.earliest <= latest)
            and not any(a <= time.span[0] < b for a, b in relation.content)
            and _is_of_saying(document, time, sentence.span[0] if sentence else 0, anchor)
        ]  # fmt: skip
        if near:
            return _interval(min(near, key=lambda time: gap(time.span, anchor)), latest)
    return Interval(None, latest)


def _is_of_saying(document: Document, time: Time, start: int, anchor: Span) -> bool:
    """Whether a time in the sentence of a cue can be that of the saying.

    What lies long before publication is more often a time in the story ("since its 1994 civil war"): it has to stand by
    the cue or open the sentence, with a preposition before it.
    """
    latest, published = time.latest, document.published.latest
    if not latest or not published or (date.fromisoformat(published) - date.fromisoformat(latest)).days <= _FRESH:
        return True
    lead = document.text[max(start, time.span[0] - 12) : time.span[0]].split()
    placed = bool(lead) and lead[-1].lower() in grammar("leads") - {"since"}
    return placed and (gap(time.span, anchor) <= _BESIDE or time.span[0] - start <= _OPENING)


def _interval(time: Time, published: str | None) -> Interval:
    """The time's days, none of them after publication: nobody is reported before having spoken."""
    latest = time.latest
    return Interval(time.earliest, min(filter(None, (latest, published)), default=None))
