"""Between whom an agreement is: the states that a sentence names as its sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.analysis import Span
from onrecord.lexicon import table
from onrecord.reading.agreement_words import AgreementWords
from onrecord.reading.document import Document
from onrecord.reading.states import StateMention, find_states

Parties = tuple[str, ...]

_AND = re.compile(
    r"(?:'s|’s|')?\s*(?:,|\band\b|-|–|—|/|&)(?:\s*and\b)?\s*(?:(?:the\s+)?(?:\w+\s+)?(?:members?|states|countries)\s+of\s+)?"
    r"(?:the\s+|its\s+|neighbou?ring\s+)?"
)
_OFFICES = re.compile(r"(?:'s|’s|')?[^.;:,]{0,60}?(?:,|\band\b)[^.;:,]{0,25}?")
_WITH = re.compile(r"\bwith\s+(?:the\s+|its\s+|visiting\s+|neighbou?ring\s+)?$")
_BETWEEN = re.compile(r"\b[Bb]etween\b[^.;:]{0,50}$")
_BETWEEN_BEHIND = re.compile(r"\bbetween\b")
_END = re.compile(r"[.;:,]|$")
_NEAR_BEHIND = 60
_SIDES = 90
_MANY = 12


@dataclass(frozen=True, slots=True)
class Sides:
    """What a sentence says of the sides: the states named in it, and those that stand out as the parties.

    `explicit` is empty where the sentence names fewer than two; `states` are all that may be parties, in order;
    `listed` are states each of which has an agreement of its own with one and the same other ("accords with A and B");
    `partner` is the state named as the other side ("a pact with A"), where no more than one other is named.
    """

    explicit: Parties
    states: Parties
    listed: Parties = ()
    partner: str | None = None


def party_states(text: str, span: Span, words: AgreementWords) -> list[StateMention]:
    """The mentions of states in a sentence that can name a party: no places, no brokers, no newspapers."""
    kept: list[StateMention] = []
    brokers = 0
    for mention in sorted([*find_states(text, *span), *_bodies(text, span)]):
        before = text[max(span[0], mention.span[0] - 30) : mention.span[0]].rstrip(" ")
        behind = text[mention.span[1] : min(span[1], mention.span[1] + 30)]
        aside = words.patterns["aside.behind"].match(behind)
        broker = any(m.end() == len(before) for m in words.patterns["aside.before"].finditer(before.lower()))
        broker = broker or (bool(brokers) and _AND.fullmatch(text[brokers : mention.span[0]]) is not None)
        brokers = mention.span[1] if broker else 0
        seat = any(m.end() == len(before) for m in words.patterns["aside.seat"].finditer(before.lower()))
        place = (
            not seat
            and mention.form == "capital"
            and any(m.end() == len(before) for m in words.patterns["aside.place"].finditer(before.lower()))
        )
        located = (
            not seat
            and mention.form == "name"
            and any(m.end() == len(before) for m in words.patterns["aside.located"].finditer(before.lower()))
        )
        venue = (
            mention.form == "capital" and before[-1:] not in ("-", "–") and words.patterns["aside.venue"].match(behind)
        )
        if not (aside or broker or place or located or venue):
            kept.append(mention)
    return kept


def _bodies(text: str, span: Span) -> list[StateMention]:
    """A mention of each member of the unions whose states sign together, wherever such a union is named."""
    return [
        StateMention(match.span(), member, "metonym")
        for pattern, members in _unions()
        for match in pattern.finditer(text, *span)
        for member in members
    ]


@lru_cache(maxsize=1)
def _unions() -> list[tuple[re.Pattern[str], list[str]]]:
    return [(re.compile(rf"\b(?:{entry['pattern']})\b"), entry["members"]) for entry in table("agreements")["union"]]


def sides(document: Document, span: Span, at: int, words: AgreementWords) -> Sides:
    """The sides of the agreement that is mentioned at character `at` of a stretch of the document's text.

    Where the stretch names fewer than two states, the countries of the people it names stand in for them.
    """
    text = document.text
    mentions = party_states(text, span, words)
    torn = _torn(text, mentions, at, span, words)
    if torn:
        return Sides((), (torn,))
    if _units(mentions) < 2:
        mentions = sorted([*mentions, *_people(document, span, mentions)])
    states = _distinct(mentions)
    if _units(mentions) < 2:
        with_it = [mention.country for mention in mentions if _is_with(text, mention, at, span)]
        return Sides((), states, partner=with_it[0] if with_it else None)
    between = _between(text, mentions, at)
    if between:
        return Sides(between, states)
    runs = [run for run in _runs(text, mentions) if _units(run) > 1]
    if runs:
        nearest = min(runs, key=lambda run: _gap(run, at))
        if _is_with(text, nearest[0], at, span):
            return Sides((), states, _distinct(nearest))
        joined = [mention for mention in mentions if mention in nearest or _is_with(text, mention, at, span)]
        return Sides(tuple(sorted(_distinct(joined))), states)
    if _units(mentions) == 2:
        beside = [mention.country for mention in mentions if _is_with(text, mention, at, span)]
        return Sides(tuple(sorted(states)), states, partner=beside[0] if beside else None)
    partner = [mention for mention in mentions if _is_with(text, mention, at, span)]
    ahead = [mention for mention in mentions if mention.span[0] < at and mention not in partner]
    if partner and ahead:
        return (
            Sides(tuple(sorted(_distinct([ahead[0], partner[0]]))), states)
            if len(_distinct([ahead[0], partner[0]])) > 1
            else Sides((), states)
        )
    return Sides((), states)


def _torn(text: str, mentions: list[StateMention], at: int, span: Span, words: AgreementWords) -> str | None:
    """The one state named among the sides right behind an instrument, where the others are groups.

    "A truce between Lebanon and the militia": the other states of the sentence are no parties.
    """
    opening = _BETWEEN_BEHIND.search(text, at, min(span[1], at + _NEAR_BEHIND))
    end = _END.search(text, opening.end(), span[1]) if opening else None
    if opening is None or end is None:
        return None
    stretch = text[opening.end() : min(end.start(), opening.end() + _SIDES)]
    named = {mention.country for mention in mentions if opening.end() <= mention.span[0] < opening.end() + len(stretch)}
    return named.pop() if len(named) == 1 and words.has("internal.pattern", stretch.lower()) else None


def _people(document: Document, span: Span, known: list[StateMention]) -> list[StateMention]:
    """The countries of the persons that a stretch names, where no mention of a state covers them."""
    return [
        StateMention(place, actor.country, "metonym")
        for actor in document.actors
        if actor.country and actor.type == "person"
        for place in actor.mentions
        if span[0] <= place[0] and place[1] <= span[1]
        if not any(place[0] < state.span[1] and state.span[0] < place[1] for state in known)
    ]


def _distinct(mentions: list[StateMention]) -> Parties:
    return tuple(dict.fromkeys(mention.country for mention in mentions))


def _units(mentions: list[StateMention]) -> int:
    """How many sides the mentions name: a state, or a union of states named as one."""
    spans: dict[Span, tuple[str, ...]] = {}
    for mention in mentions:
        spans[mention.span] = (*spans.get(mention.span, ()), mention.country)
    return len(set(spans.values()))


def _gap(run: list[StateMention], at: int) -> int:
    start, end = run[0].span[0], run[-1].span[1]
    return max(0, start - at, at - end)


def _is_with(text: str, mention: StateMention, at: int, span: Span) -> bool:
    """Whether the state is the object of "with" or "between"."""
    before = text[max(span[0], mention.span[0] - 30) : mention.span[0]]
    return _WITH.search(before) is not None and abs(mention.span[0] - at) < 220


def _between(text: str, mentions: list[StateMention], at: int) -> Parties:
    """The states joined by "between A and B", nearest to the instrument."""
    best: list[StateMention] = []
    for place, mention in enumerate(mentions):
        lead = text[max(0, mention.span[0] - 60) : mention.span[0]]
        found = _BETWEEN.search(lead)
        behind_another = place and found and mentions[place - 1].span[0] >= mention.span[0] - len(found.group())
        if not found or behind_another:
            continue
        if not best or abs(mention.span[0] - at) < abs(best[0].span[0] - at):
            run = [mention]
            for following in mentions[place + 1 : place + _MANY]:
                gap = text[run[-1].span[1] : following.span[0]]
                same = following.span == run[-1].span
                if same or (len(gap) <= 70 and (_AND.fullmatch(gap) or _OFFICES.fullmatch(gap))):
                    run.append(following)
                else:
                    break
            if _units(run) > 1:
                best = run
    return tuple(sorted(_distinct(best)))


def _runs(text: str, mentions: list[StateMention]) -> list[list[StateMention]]:
    """States that stand side by side: "A, B and C", "A-B", "A and B"."""
    runs = [[mentions[0]]]
    for mention in mentions[1:]:
        gap = text[runs[-1][-1].span[1] : mention.span[0]]
        if mention.span == runs[-1][-1].span or (len(gap) <= 30 and _AND.fullmatch(gap)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs
