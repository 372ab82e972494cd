"""The order of the ladder as evidence of a day: a page that still awaits what was signed on a day came out before.

Only for what is one agreement beyond doubt: the same parties, instruments of one group, and a subject in common, by
the words of its name and of the sentence that tells the step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.analysis import LADDER, Agreement, Analysis
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.record.bounding.anchors import ORDER, Anchor, is_narrow
from onrecord.record.bounding.bound import Bound
from onrecord.record.terms import rarity, stem, stems
from onrecord.record.tracking import kind

#: The rungs that are reached once and for all on a day.
_REACHED = (LADDER.index("signed"), LADDER.index("in_force"))
#: Words rarer than this can name a subject; so much must the shared ones weigh together.
_COMMONEST, _SUBJECT = 2.2, 6.0


def order_anchors(analysis: Analysis) -> Iterator[Anchor]:
    """The steps that a page reports of agreements between named states: those with a day, and where it stands now.

    Where one page reports several steps of the same states as current, the highest counts. What it only looks back on
    counts where it names the day.
    """
    stands: dict[str, int] = {}
    for entry in analysis.agreements:
        if not entry.background and entry.polarity == "positive":
            key = "-".join(sorted(entry.parties))
            stands[key] = max(stands.get(key, 0), LADDER.index(entry.stage))
    for entry in analysis.agreements:
        parties = "-".join(sorted(entry.parties))
        rung = LADDER.index(entry.stage)
        days = entry.when.earliest, entry.when.latest
        dated = rung in _REACHED and is_narrow(*days) and (not entry.background or days[0] == days[1])
        current = not entry.background and rung == stands.get(parties) and not is_narrow(*days)
        if current and entry.statement and rung >= max(_REACHED):
            continue  # whether it applies already is what the parties themselves tell differently
        if entry.polarity == "positive" and len(entry.parties) > 1 and (dated or current):
            yield _step(analysis, entry, rung, days if dated else (None, None))


def order_bounds(own: Iterable[Anchor], other: Iterable[Anchor]) -> Iterator[Bound]:
    """What the dated steps of one page say of the day of another, which stands below them or has them behind it."""
    steps = [anchor for anchor in other if ORDER in anchor.kinds and anchor.first]
    for anchor in own:
        if ORDER not in anchor.kinds or anchor.first:
            continue
        for step in steps:
            shared = anchor.terms.keys() & step.terms.keys()
            if not anchor.topics & step.topics or math.fsum(anchor.terms[term] for term in shared) < _SUBJECT:
                continue
            if anchor.rung < step.rung:
                yield Bound("event", None, step.last, anchor.span, step.span)
            else:
                yield Bound("event", step.first, None, anchor.span, step.span)


def _step(analysis: Analysis, entry: Agreement, rung: int, days: tuple[str | None, str | None]) -> Anchor:
    words = f"{entry.name or ''} {_without_states(analysis.text[slice(*entry.span)])}"
    return Anchor(
        span=entry.span,
        told=entry.span,
        words="",
        at=(0, 0),
        first=days[0],
        last=days[1],
        kinds=frozenset({ORDER}),
        ahead=0,
        names={},
        homes={},
        states=frozenset(entry.parties),
        places=frozenset(),
        figures={},
        terms={
            term: round(rarity(term), 2)
            for term in stems(words)
            if len(term) > 1 and not term.isdigit() and term not in _plain() and rarity(term) >= _COMMONEST
        },
        topics=frozenset({f"{'-'.join(sorted(entry.parties))} {kind(entry.instrument)}"}),
        rung=rung,
    )


def _without_states(text: str) -> str:
    parts, at = [], 0
    for mention in find_states(text):
        parts.append(text[at : mention.span[0]])
        at = mention.span[1]
    return " ".join([*parts, text[at:]])


@cache
def _plain() -> frozenset[str]:
    """Words that say nothing of an agreement's subject."""
    known = table("events")
    steps = [word for entry in known["kind"].values() if entry.get("step") for word in entry["words"]]
    return frozenset(map(stem, [*known["generic"]["words"], *known["order"]["plain"], *steps]))
