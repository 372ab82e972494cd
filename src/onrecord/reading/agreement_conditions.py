"""What has befallen an agreement: stalled, suspended, rejected or terminated, as a sentence tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.analysis import Span
from onrecord.reading.agreement_modality import before
from onrecord.reading.agreement_words import AgreementWords, words_in

#: Conditions that say the same of talks.
HALTS = frozenset(("stalled", "suspended"))
#: So many words may lie between the verb that ends an agreement and its object.
_ENDED = 5
#: Conditions that may be taken back.
UNDONE = frozenset(("terminated", "suspended"))
_ORDER = ("terminated", "suspended", "rejected", "stalled")


@dataclass(frozen=True, slots=True)
class Cue:
    """What says in a clause that something has befallen an agreement.

    `passive` marks what stands behind its subject; an agreement is named within `reach` words, and no later than
    `until`, where it is talks that are halted ("stalled trade talks").
    """

    condition: str
    span: Span
    passive: bool
    reach: int
    until: int | None


def condition_cues(low: str, words: AgreementWords) -> list[Cue]:
    """The cues of a clause (in lower case) that nothing in it hedges, denies or takes back."""
    if words.has("conditions.undone", low):
        return []
    return [
        _cue(low, name, match, words)
        for name, pattern in words.conditions
        for match in pattern.finditer(low)
        if not _is_hedged(low, match.span(), words)
        if not (name == "rejected" and _is_other(low, match.span(), words))
    ]


def condition_of(
    low: str, cues: list[Cue], anchors: list[Span], words: AgreementWords, *, ends: bool = True
) -> tuple[str, Span] | None:
    """The condition that a clause (in lower case) reports, with its cue, or None.

    `cues` are those of the clause, `anchors` the spans of what it can befall: the agreement and the talks about it. A
    cue counts where it stands within reach of one of them. What cannot end (`ends`), as talks, is not terminated.
    """
    found: dict[str, Span] = {}
    for cue in cues:
        if cue.condition in found or (cue.condition == "terminated" and not ends):
            continue
        near = [anchor for anchor in anchors if cue.until is None or anchor[0] < cue.until]
        if any(_within(low, cue.span, anchor, cue.reach, words, passive=cue.passive) for anchor in near):
            found[cue.condition] = cue.span
    return next(((name, found[name]) for name in _ORDER if name in found), None)


def _cue(low: str, name: str, match: re.Match[str], words: AgreementWords) -> Cue:
    passive = (
        name == "stalled"
        or words.fits("conditions.intransitive", match.group())
        or any(words.fits("joined.passive", word) for word in before(low, match.start())[-3:])
    )
    reach = _ENDED if name == "terminated" and not passive else words.condition_reach
    if name == "rejected" and words.has("conditions.carrier", low[match.end() : match.end() + 60]):
        reach = 2 * words.condition_reach
    talked = words.patterns["conditions.talked"].match(low, match.end() + 1)
    return Cue(name, match.span(), passive, reach, talked.end() if talked else None)


def _is_hedged(low: str, cue: Span, words: AgreementWords) -> bool:
    after = words.patterns["conditions.after"].match(_behind(low, cue[1]))
    return after is not None or words.has("conditions.hedge", " ".join(before(low, cue[0])[-6:]))


def conditions_denied(low: str, words: AgreementWords) -> frozenset[str]:
    """The conditions that a sentence says have not come about ("nothing has been suspended", "denied that ... had").

    Who denies that talks are suspended denies that they are stalled, and the other way round.
    """
    scope = words.patterns["conditions.denying"].search(low)
    untrue = words.patterns["conditions.untrue"].search(low)
    found = {
        name
        for name, pattern in words.conditions
        for match in pattern.finditer(low)
        if words.has("conditions.denied", " ".join(before(low, match.start())[-5:]))
        or words.patterns["conditions.nothing"].match(_behind(low, match.end()))
        or (scope and scope.end() <= match.start())
        or (untrue and match.end() <= untrue.start())
    }
    if words.has("conditions.undone", low):
        found |= UNDONE
    return frozenset(found | HALTS if found & HALTS else found)


def resumes(low: str, words: AgreementWords) -> bool:
    """Whether a sentence has talks go on again, as a fact."""
    if not words.has("talks.any", low):
        return False
    return any(
        not words.has("conditions.unresumed", " ".join(before(low, match.start())[-6:]))
        for match in words.patterns["conditions.resumed"].finditer(low)
    )


def _is_other(low: str, cue: Span, words: AgreementWords) -> bool:
    """Whether those who reject are no party, or what they reject is no agreement."""
    objects = words.patterns["conditions.objects"].match(_behind(low, cue[1]))
    return objects is not None or words.has("conditions.outsiders", low[: cue[0]])


def _behind(low: str, end: int) -> str:
    """What follows a cue, from its first word on."""
    return low[end : end + 80].lstrip(" ,")


def _within(low: str, cue: Span, anchor: Span, reach: int, words: AgreementWords, *, passive: bool) -> bool:
    """Whether a cue is about an anchor: its object behind it, or, of a passive, its subject before it."""
    if anchor[0] < cue[1] and cue[0] < anchor[1]:
        return True
    first, second = sorted((cue, anchor))
    gap = low[first[1] : second[0]]
    if passive and anchor < cue and words.has("conditions.modifier", gap):
        reach *= 2  # "talks between A and B on C have stalled"
    return len(words_in(gap)) <= (reach if passive or anchor > cue else 0)
