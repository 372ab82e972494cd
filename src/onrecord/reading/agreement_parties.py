"""Between whom an agreement is: the states that a sentence names as its sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_WITH_AND = re.compile(r"(?:'s|’s|')?\s+and\s+(?:the\s+)?")
_OFFICES = re.compile(r"(?:'s|’s|')?[^.;:,]{0,60}?(?:,|\band\b)[^.;:,]{0,25}?")
_WITH = re.compile(r"\bwith\s+(?:the\s+|its\s+|visiting\s+|neighbou?ring\s+)?$")
_BETWEEN = re.compile(r"\b[Bb]etween\b[^.;:]{0,50}$")
_BETWEEN_BEHIND = re.compile(r"\bbetween\b")
_END = re.compile(r"[.;:,]|$")
_NEAR_BEHIND = 60
_SIDES = 90
_LEFT = 60
_RIGHT = 60
_MANY = 12


@dataclass(frozen=True, slots=True)
class Sides:
    """What a sentence says of the sides: the states named in it, and those that stand out as the parties.

    `explicit` is empty where the sentence names fewer than two; `states` are all that may be parties, in order;
    `listed` are states each of which has an agreement of its own with one and the same other ("accords with A and B");
    `partner` is the state named as the other side ("a pact with A"), where no more than one other is named; `loose`
    marks sides that nothing but their being the only two states of the sentence joins, `told` sides one of
    which is named as who says what the sentence tells; `several` that the
    instrument stands in the plural.
    """

    explicit: Parties
    states: Parties
    listed: Parties = ()
    partner: str | None = None
    loose: bool = False
    told: bool = False
    several: bool = False


def party_states(text: str, span: Span, words: AgreementWords) -> list[StateMention]:
    """The mentions of states in a sentence that can name a party: no places, no brokers, no newspapers."""
    kept: list[StateMention] = []
    last = 0
    named = find_states(text, *span)
    for mention in sorted([*named, *_bodies(text, span, named)]):
        before = text[max(span[0], mention.span[0] - _LEFT) : mention.span[0]].rstrip(" ")
        behind = text[mention.span[1] : min(span[1], mention.span[1] + _RIGHT)]
        broker = _ends(before.lower(), "aside.before", words) or _ends(before.lower(), "aside.beside", words)
        broker = broker or (bool(last) and _AND.fullmatch(text[last : mention.span[0]]) is not None)
        last = mention.span[1] if broker else 0
        if words.patterns["aside.together"].match(behind):
            _drop_listed(text, kept, mention, _AND)
        elif words.patterns["aside.closing"].match(behind):
            _drop_listed(text, kept, mention, _WITH_AND)
        elif not (broker or words.patterns["aside.behind"].match(behind) or _is_place(mention, before, behind, words)):
            kept.append(mention)
    return kept


def brokers(text: str, span: Span, words: AgreementWords) -> set[str]:
    """The states that a sentence has mediate between others, host or sponsor their talks."""
    found: set[str] = set()
    for mention in find_states(text, *span):
        before = text[max(span[0], mention.span[0] - _LEFT) : mention.span[0]].rstrip(" ").lower()
        behind = text[mention.span[1] : min(span[1], mention.span[1] + _RIGHT)]
        if words.patterns["broker.behind"].match(behind) or _ends(before, "broker.before", words):
            found.add(mention.country)
    return found


def _drop_listed(text: str, kept: list[StateMention], last: StateMention, joining: re.Pattern[str]) -> None:
    """Take away the states of the list that ends with `last`: "with A and B as mediators"."""
    start = last.span[0]
    while kept and joining.fullmatch(text[kept[-1].span[1] : start]):
        start = kept.pop().span[0]


def _is_place(mention: StateMention, before: str, behind: str, words: AgreementWords) -> bool:
    """Whether a state or a capital is named as where something is, not as who acts."""
    if _ends(before.lower(), "aside.seat", words):
        return False
    if mention.form == "capital":
        venue = before[-1:] not in ("-", "–") and words.patterns["aside.venue"].match(behind) is not None
        return venue or _ends(before.lower(), "aside.place", words)
    located = mention.form == "name" and _ends(before.lower(), "aside.located", words)
    return located and not words.patterns["aside.named"].match(behind)


def _ends(before: str, key: str, words: AgreementWords) -> bool:
    """Whether a stretch of text ends with the pattern of that place."""
    return any(match.end() == len(before) for match in words.patterns[key].finditer(before))


def _bodies(text: str, span: Span, named: list[StateMention]) -> list[StateMention]:
    """A mention of each member of the unions whose states sign together, wherever such a union is named."""
    states = {mention.country for mention in named}
    return [
        StateMention(match.span(), member, "metonym")
        for pattern, members, beside, where in _unions()
        if (beside is None or beside in states) and (where is None or _is_on_page(where, text))
        for match in pattern.finditer(text, *span)
        for member in members
    ]


@lru_cache(maxsize=1)
def _unions() -> list[tuple[re.Pattern[str], list[str], str | None, str | None]]:
    unions = table("agreements")["union"]
    return [
        (re.compile(rf"\b(?:{entry['pattern']})(?!\w)"), entry["members"], entry.get("beside"), entry.get("where"))
        for entry in unions
    ]


@lru_cache(maxsize=8)
def _is_on_page(pattern: str, text: str) -> bool:
    """Whether a page has the words; asked of every sentence of one page, so the answer is kept for a few pages."""
    return re.search(rf"\b(?:{pattern})(?!\w)", text) is not None


def faction_of(low: str) -> str | None:
    """The state in which a group that a stretch (in lower case) names stands against the government, if just one."""
    found = {state for state, pattern in _factions() if pattern.search(low)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _factions() -> list[tuple[str, re.Pattern[str]]]:
    entries = table("agreements")["faction"]
    return [(entry["state"], re.compile(rf"(?<![\w-])(?:{entry['pattern']})(?!\w)")) for entry in entries]


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
        mentions = sorted([*mentions, *people(document, span, mentions)])
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
        several = words.patterns["several.noun"].match(text, at) is not None
        if _is_with(text, nearest[0], at, span):
            return Sides((), states, _distinct(nearest), several=several)
        joined = [mention for mention in mentions if mention in nearest or _is_with(text, mention, at, span)]
        others = _distinct([mention for mention in joined if mention not in nearest])
        if several and len(others) == 1 and not set(others) & set(_distinct(nearest)):
            return Sides((), (*others, *_distinct(nearest)), _distinct(nearest), several=True)
        return Sides(tuple(sorted(_distinct(joined))), states)
    if _units(mentions) == 2:
        beside = [mention.country for mention in mentions if _is_with(text, mention, at, span)]
        told = not beside and _told_by_one(text, mentions, span, words)
        return Sides(tuple(sorted(states)), states, partner=beside[0] if beside else None, loose=not beside, told=told)
    partner = [mention for mention in mentions if _is_with(text, mention, at, span)]
    ahead = [mention for mention in mentions if mention.span[0] < at and mention not in partner]
    if partner and ahead:
        return (
            Sides(tuple(sorted(_distinct([ahead[0], partner[0]]))), states)
            if len(_distinct([ahead[0], partner[0]])) > 1
            else Sides((), states)
        )
    return Sides((), states)


def _told_by_one(text: str, mentions: list[StateMention], span: Span, words: AgreementWords) -> bool:
    """Whether one of the states is named only as who says what the sentence tells."""
    return any(
        words.patterns["aside.speaker"].match(text[mention.span[1] : min(span[1], mention.span[1] + _SIDES)])
        for mention in mentions
    )


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


def people(document: Document, span: Span, known: Sequence[StateMention] = ()) -> list[StateMention]:
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
