"""What a page is about: whose agreements it tells of, who only helps, which states are torn inside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.reading.agreement_parties import Parties, brokers, party_states, people, sides
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document
from onrecord.reading.spans import Spans

#: So many sentences open an article.
LEAD = 5
#: An agreement is said to be theirs once in the opening, or as often below.
_FIRM = 3


@dataclass(frozen=True, slots=True)
class Focus:
    """What the page is about: its leading `parties`, `firm` where an agreement is said to be theirs, `joined` where any
    sentence has them side by side.

    `pair` is what "the two countries" are; `hub` the state that has agreements of its own with each of the `spokes`;
    `state` the one most named of all its `states`; `brokers` those who help others to agree; `torn` those of which it
    speaks beside groups inside a state, `inside` the one most; `strangers` the mentions of persons of whom the page
    does not say which state is theirs.
    """

    parties: Parties
    firm: bool
    joined: bool
    pair: Parties
    hub: str | None
    spokes: frozenset[str]
    state: str | None
    states: frozenset[str]
    brokers: frozenset[str]
    torn: frozenset[str]
    inside: str | None
    strangers: Spans


def focus_of(document: Document, found: list[Report], words: AgreementWords) -> Focus:
    """The page's leading parties: those named most for agreements, else the two states most named."""
    hub, spokes = _hub(found)
    helpers = frozenset[str]().union(*(brokers(document.text, sentence.span, words) for sentence in document.sentences))
    states: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    joined: Counter[Parties] = Counter()
    for sentence in document.sentences:
        weight = _weight(sentence.kind, sentence.index)
        torn = words.has("internal.pattern", lowered(document.words(sentence.span)))
        for mention in party_states(document.text, sentence.span, words):
            states[mention.country] += weight
            groups[mention.country] += torn and mention.country not in helpers
        for person in people(document, sentence.span):
            states[person.country] += 1
        together = sides(document, sentence.span, sentence.span[0], words)
        two = set(together.explicit)
        helped = together.loose and helpers & two
        if len(two) == 2 and not two <= spokes and not helped:
            joined[together.explicit] += weight // 2 if together.loose else weight
    pairs: Counter[Parties] = Counter()
    for report in found:
        weight = _weight(report.sentence.kind, report.sentence.index)
        if report.mention.parties:
            met = not report.mention.lasting or len(states.keys() & set(report.mention.parties)) > 1
            pairs[report.mention.parties] += weight if met else 0
        elif _tells_sides(report, helpers):
            own = hub in report.sides.explicit or not set(report.sides.explicit) & spokes
            pairs[report.sides.explicit] += weight if own else 0
    inside = groups.most_common(1)[0][0] if +groups else None
    candidates = _candidates(pairs, joined, states)
    best = max(candidates, key=lambda parties: candidates[parties], default=())
    twos = [parties for parties in candidates if len(parties) == 2]
    twos = [parties for parties in twos if pairs[parties] or joined[parties] or not inside]
    return Focus(
        parties=best,
        firm=pairs[best] >= _FIRM,
        joined=bool(pairs[best] or joined[best]),
        pair=max(twos, key=lambda parties: candidates[parties], default=()),
        hub=hub,
        spokes=spokes,
        state=states.most_common(1)[0][0] if states else None,
        states=frozenset(states),
        brokers=helpers,
        torn=frozenset(state for state, times in groups.items() if 2 * times >= max(groups.values()) > 0),
        inside=inside,
        strangers=Spans(
            place
            for actor in document.actors
            if actor.type == "person" and not actor.country
            for place in actor.mentions
        ),
    )


def _candidates(pairs: Counter[Parties], joined: Counter[Parties], states: Counter[str]) -> Counter[Parties]:
    """Who may be the page's leading parties, each with its weight."""
    candidates = Counter(
        {
            parties: 3 * pairs[parties] + joined[parties] + min(states[state] for state in parties)
            for parties in (*pairs, *joined)
            if pairs[parties] or joined[parties] > 1
        }
    )
    ranked = [state for state, _ in states.most_common(2)]
    if len(ranked) == 2 and states[ranked[1]] * 6 >= states[ranked[0]] and states[ranked[1]] > 1:
        leading = tuple(sorted(ranked))
        candidates[leading] = max(candidates[leading], states[ranked[1]])
    return candidates


def _weight(kind: str, index: int) -> int:
    return 4 if kind == "title" else 3 if index < LEAD else 1


def _tells_sides(report: Report, helpers: frozenset[str]) -> bool:
    """Whether a report says whose a current agreement is: by more than naming two states in one sentence."""
    alone = report.sides.loose and not (helpers & set(report.sides.explicit))
    told = not report.sides.loose or (alone and not report.sides.told and bool(report.signs or report.condition))
    return len(report.sides.explicit) > 1 and told and not report.mention.old


def _hub(found: list[Report]) -> tuple[str | None, frozenset[str]]:
    """The state that has agreements of its own with each of several others, and those others."""
    hubs: Counter[str] = Counter()
    spokes: dict[str, set[str]] = {}
    for report in found:
        listed = report.sides.listed
        for state in report.sides.states if len(listed) > 1 and not report.mention.old else ():
            if state not in listed:
                hubs[state] += 2 if report.sides.several else 1
                spokes.setdefault(state, set()).update(listed)
    hub = next((state for state, times in hubs.most_common(1) if times > 1), None)
    return hub, frozenset(spokes[hub]) if hub else frozenset()
