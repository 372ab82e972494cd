"""What one sentence reports of agreements: which one, between whom, and which stage or condition it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.analysis import Span
from onrecord.reading.agreement_conditions import condition_cues, condition_of
from onrecord.reading.agreement_mentions import LONGEST, Mention, find_mentions
from onrecord.reading.agreement_parties import Sides, faction_of, sides
from onrecord.reading.agreement_resolved import agreed_sides
from onrecord.reading.agreement_signs import Clause, Sign, find_signs
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document, Sentence

#: Where one sentence tells of two agreements.
_CUT = re.compile(r";|,? (?:while|whereas|meanwhile) |, (?:but|nor) ")
#: A dateline at the head of a paragraph: "PARIS (Reuters) -", "ROME, June 3 -".
_DATELINE = re.compile(
    r"[A-Z][\w'.-]{0,30}(?:,? [A-Z][\w'.-]{0,30}){0,3},? ?(?:[A-Z]\w{2,9}\.? \d{1,2},? ?(?:\d{4} ?)?)?"
    r"(?:\([\w/ .]{2,40}\) ?)?(?:--|-|–|—) (?=\S)"
)
_BODY_AHEAD = re.compile(
    r"\b(?:with|between [^.;:]{2,40} and) (?:the )?(?:(?:[A-Z]\w+-led|\w+-(?:member|nation|state|strong)) )?$"
)

#: A body that is one of two sides: "A and the EU", "the EU and A".
_BODY_BESIDE = (
    re.compile(r"[A-Z][\w'-]{1,30}(?: (?:government|ministry|officials|authorities|junta))?(?: and (?:the )?|[-–/])$"),
    re.compile(r"(?: and (?:the )?|[-–/])[A-Z]"),
)

_BODY_NEAR = 70
#: The sides of a process stand so close before it: "the A-B peace process".
_CALLED = re.compile(r"(?:[^ ]+ ){0,3}$")
#: The words that say what kind of agreement it is stand so many characters before the noun.
_KIND = 30
#: The signing that is scrapped is named so many characters before what says so.
_CEREMONY = 120
#: What a verb takes for its object begins so many characters behind it.
_OBJECT = 25
_BODY_ACTS = 40
_ADJECTIVES = 50
_TWO = 2


@dataclass(slots=True)
class Report:
    """An agreement in a sentence, with the cues that speak of it.

    `part` is the clause of the sentence that was read for it, into the page's text; spans of the mention and the cues
    are into that clause, `befell`, the cue of its condition, among them. `organisation` is a body that is a party or a
    frame; `with_body` whether it is named as the other side, `by_body` whether as who acts, `beside_body` whether side
    by side with somebody; `many` whether its affairs are those of many states; `internal` whether groups inside a state
    are named, `faction` the state that such a group is known to be of, `between_groups` whether as the sides; `both`
    whether the clause points back to the parties; `private` whether it speaks of firms or clubs and of nothing that
    states do, or of a bargain at home.
    """

    sentence: Sentence
    part: Span
    mention: Mention
    sides: Sides
    signs: list[Sign]
    condition: str | None = None
    befell: Span = (0, 0)
    organisation: str | None = None
    with_body: bool = False
    by_body: bool = False
    beside_body: bool = False
    many: bool = False
    internal: bool = False
    faction: str | None = None
    between_groups: bool = False
    both: bool = False
    private: bool = False


def reports(document: Document, sentence: Sentence, words: AgreementWords) -> list[Report]:
    """Every agreement that a sentence speaks of, in order: one for each mention of an instrument.

    A clause without one gets a report where a cue points back ("they signed it on Friday"). A question reports no
    stage. Of a clause longer than LONGEST characters only the beginning is read.
    """
    made: list[Report] = []
    start, end = sentence.span
    dateline = _DATELINE.match(document.text, start, end)
    start = dateline.end() if dateline else start
    cuts = [match.span() for match in _CUT.finditer(document.text, start, min(end, start + LONGEST))]
    for at, until in zip([start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True):
        part = Sentence((at, min(until, at + LONGEST)), sentence.kind, sentence.index)
        made += _clause_reports(document, sentence, part, words)
    return made


def _clause_reports(document: Document, sentence: Sentence, part: Sentence, words: AgreementWords) -> list[Report]:
    text = document.words(part.span)
    low = lowered(text)
    published = document.dated_from
    mentions = find_mentions(low, int(published[:4]) if published else None, words)
    resolved = {
        mention.span: agreed_sides(document, part, mention, words)
        for mention in mentions
        if mention.group == Mention.RESOLVED
    }
    mentions = [mention for mention in mentions if resolved.get(mention.span, Sides((), ())) is not None]
    pointer = Mention((0, 0), "agreement", "treaty", Mention.POINTER, definite=True)
    signs = find_signs(Clause(document, part, low, mentions, pointer, words))
    talks = [match.span() for match in words.patterns["talks.any"].finditer(low)]
    pointing = [sign for mention, sign in signs if mention is pointer]
    if pointing:
        pointer.span = pointing[0].span
        mentions.append(pointer)
    for mention, sign in signs:
        if mention.group == "ceasefire" and sign.stage == "in_force" and sign.modality == "done":
            sign.weak = False
    if low.endswith("?"):
        signs = []
    signs = [(owner, sign) for owner, sign in signs if _speaks_of(owner, sign)]
    bearers = [mention for mention in mentions if mention.group != Mention.RESOLVED]
    befallen, condition, befell = _befallen(low, bearers, talks, pointer, words)
    if befallen is pointer and pointer not in mentions:
        mentions.append(pointer)
    business = words.has("private.pattern", text) and not words.has("private.state", text)
    private = words.has("private.home", text)
    body = words.patterns["organisation.pattern"].search(text)
    made = [
        Report(
            sentence,
            part.span,
            mention,
            Sides((), ())
            if mention is pointer and mention.process and len(mentions) > 1
            else resolved.get(mention.span) or _sides(document, part, mention, low, words),
            [sign for owner, sign in signs if owner is mention],
            condition if mention is befallen else None,
            befell,
            body.group() if body else None,
            body is not None and _is_other_side(text, mention, body.start()),
            body is not None and _acts(text, mention, body.end(), words),
            body is not None and _is_beside(text, body.span()),
            words.has("organisation.many", text) or is_worldwide(text[: mention.span[0]], words),
            words.has("internal.pattern", low),
            faction_of(low),
            _between_groups(low, mention, words),
            words.has("both.pattern", low),
            private or (business and not _is_of_states(low, mention, words)),
        )
        for mention in sorted(mentions, key=lambda mention: mention.span)
    ]
    for report in made:  # a body whose members are known is not one side
        report.with_body = report.with_body and len(report.sides.explicit) <= _TWO
    return made


def _is_of_states(low: str, mention: Mention, words: AgreementWords) -> bool:
    """Whether an agreement is one of states, or of those who fight, by what it is called."""
    called = low[max(0, mention.span[0] - _KIND) : mention.span[1]]
    return mention.name is not None or mention.old or words.has("private.never", called)


def _speaks_of(mention: Mention, sign: Sign) -> bool:
    """Whether a cue can speak of a mention: a lasting process only goes on, and what is agreed to do is agreed to."""
    if mention.group == Mention.RESOLVED:
        return sign.family == "resolve"
    return not mention.lasting or sign.family == "negotiate"


def _sides(document: Document, part: Sentence, mention: Mention, low: str, words: AgreementWords) -> Sides:
    """The sides of what a clause mentions; those of a lasting process are only who stands right beside it."""
    start, end = mention.span
    span = part.span
    if mention.lasting:
        until = low.find(".", end) if words.patterns["joined.sides"].match(low, end + 1) else end
        called = _CALLED.search(low[max(0, start - _BODY_NEAR) : start])
        first = start - len(called.group()) if called else start
        span = (span[0] + first, span[0] + until if until >= 0 else span[1])
    return sides(document, span, part.span[0] + start, words)


def is_worldwide(before: str, words: AgreementWords) -> bool:
    """Whether the words before an instrument's noun make it one of many states ("an international convention")."""
    return words.has("organisation.worldwide", before[-_ADJECTIVES:])


def _befallen(
    low: str, mentions: list[Mention], talks: list[Span], pointer: Mention, words: AgreementWords
) -> tuple[Mention | None, str | None, Span]:
    """What a clause reports a condition of, the condition, and its cue: an instrument, or the talks that stand for one.

    What befalls talks does not befall an agreement of the past.
    """
    cues = condition_cues(low, words)
    if not cues:
        return None, None, (0, 0)
    halted = condition_of(low, cues, talks, words, ends=False)  # who leaves talks ends no agreement
    bearers = [match.span() for match in words.patterns["conditions.bearer"].finditer(low)]
    for mention in mentions:
        talked = mention.process or words.patterns["talks.any"].match(low[mention.span[1] :].lstrip()) is not None
        found = condition_of(low, cues, [mention.span], words, ends=not talked)
        if found is None and mention.rank < Mention.POINTER:
            found = condition_of(low, cues, bearers, words, ends=False)
        if found and not (mention.old and halted):
            return mention, _of_ceremony(low, *found, words), found[1]
    if not halted:
        return None, None, (0, 0)
    process = next((mention for mention in mentions if mention.process or mention is pointer), None)
    if process is None and pointer.span == (0, 0):
        pointer.span, pointer.process = talks[0], True
    return process or pointer, *halted


def _of_ceremony(low: str, condition: str, cue: Span, words: AgreementWords) -> str:
    """The condition of an agreement by what befell it or its signing: a ceremony that is scrapped ends nothing."""
    around = low[max(0, cue[0] - _CEREMONY) : cue[1] + _OBJECT]
    ended = condition == "terminated" and words.has("joined.ceremony", around)
    halted = condition == "suspended" and words.has("joined.signed", around)
    return "stalled" if ended or halted else condition


def _is_other_side(text: str, mention: Mention, body: int) -> bool:
    """Whether a body of states is named right behind the instrument as the other side ("its pact with the EU")."""
    ahead = _BODY_AHEAD.search(text[:body])
    return ahead is not None and 0 <= body - mention.span[1] <= _BODY_NEAR


def _acts(text: str, mention: Mention, body: int, words: AgreementWords) -> bool:
    """Whether a body of states is named right ahead of the instrument as who acts ("the EU froze talks with A")."""
    between = text[body : mention.span[0]]
    near = 0 < len(between) <= _BODY_ACTS and between[0] == " "
    return near and not words.has("organisation.apart", between)


def _is_beside(text: str, body: Span) -> bool:
    """Whether a body of states is named side by side with somebody ("A and the EU signed ...")."""
    before, behind = _BODY_BESIDE
    return before.search(text[max(0, body[0] - _BODY_NEAR) : body[0]]) is not None or bool(behind.match(text, body[1]))


def _between_groups(low: str, mention: Mention, words: AgreementWords) -> bool:
    """Whether the sides named right behind an instrument are groups inside a state."""
    opening = words.patterns["joined.sides"].search(low, mention.span[1], mention.span[1] + 35)
    return opening is not None and words.has("internal.pattern", low[opening.end() : opening.end() + 80])
