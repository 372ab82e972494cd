"""The earlier steps of an agreement that a page dates: "it was signed on January 17", told when it is ratified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.analysis import LADDER, Agreement, Interval
from onrecord.reading.agreement_grouping import Entry
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_signs import Sign
from onrecord.reading.agreement_times import days_again
from onrecord.reading.agreement_words import AgreementWords, agreement_words, lowered
from onrecord.reading.document import Document

#: A step is dated where it is told to the month, of what is signed to the season.
_EXACT = 31
_SEASON = 123
#: What is known of an old agreement may be no more than the year.
_YEAR = 366
#: Two dates so many days apart may be one day told twice.
_SLACK = 3
#: What tells that an agreement has been signed, what does so only by name, and what has it still to be.
_SIGNED = frozenset(("sign", "ratify", "ratified", "force"))
_AFTER = frozenset(("signed", "ratifying", "ratified", "in_force"))
_CALLED = frozenset(("bill", "complete", "passage", "laid"))
_AHEAD = frozenset(("ahead", "dated", "hoped"))
_RANK: dict[str, int] = {stage: rank for rank, stage in enumerate(LADDER)}


def past_steps(
    document: Document, entry: Entry, signs: list[tuple[Report, Sign]], now: Agreement
) -> list[tuple[Report, Sign]]:
    """The cues among `signs` that tell when an earlier step of the agreement was taken, in the order of the steps.

    `now` is how far the page has the agreement. An earlier step stands on no higher rung, was taken, and has a day, a
    month or a season of its own that the page names; of several cues for one step the most exact counts.
    """
    if now.polarity == "negative" or (entry.old and now.when != Interval()):
        return []
    signs = [*signs, *_repeated(document, signs)]
    news = Interval(document.published.earliest, document.published.latest)
    leading = [max(report.signs, key=_firmness) for report, _ in signs]
    dated = [
        (report, sign)
        for (report, sign), lead in zip(signs, leading, strict=True)
        if sign.modality == "done" and sign.when not in (news, Interval()) and (not sign.weak or _is_offer(sign, now))
        if _RANK[sign.stage] <= _RANK[now.stage] and _length(sign.when) <= _exact(entry, sign)
        if _RANK[sign.stage] >= _RANK["signed"] or sign.stage == lead.stage or sign.when != lead.when
    ]
    found: list[tuple[Report, Sign]] = []
    for report, sign in sorted(dated, key=lambda item: _length(item[1].when)):
        known = [other.when for _, other in found if other.stage == sign.stage]
        known += [now.when] if sign.stage == now.stage else []
        if not any(_meet(sign.when, when) for when in known):
            found.append((report, sign))
    return sorted(found, key=lambda item: (item[1].when.latest or "", item[0].part))


def _repeated(document: Document, signs: list[tuple[Report, Sign]]) -> list[tuple[Report, Sign]]:
    """What each party or house does for itself, once more for each further day that a sentence names for it."""
    words = agreement_words()
    found = []
    for report, sign in signs:
        if sign.stage == "ratifying" and sign.modality == "done":
            begun = report.part[0] - report.sentence.span[0]
            cue = (begun + sign.span[0], begun + sign.span[1])
            days = days_again(document, report.sentence, cue, sign.when, words)
            found += [(report, replace(sign, when=when)) for when in days]
    return found


def mark_ratifying(document: Document, signs: list[tuple[Report, Sign]], words: AgreementWords) -> None:
    """Set the stage of steps at home by what the cues `signs` of one agreement say of its signature.

    Before signature they are `procedures`, also where a page calls them ratification; after it they are `ratifying`.
    """
    signed = [sign for _, sign in signs if sign.family in _SIGNED and sign.modality == "done" and sign.stage in _AFTER]
    ahead = any(sign.family == "sign" and sign.modality in _AHEAD for _, sign in signs)
    for report, sign in signs:
        place = (report.part[0] + sign.span[0], report.part[0] + sign.span[1])
        clause = lowered(document.words(report.part))
        to_sign = words.has("joined.signing", lowered(document.words(place))) or words.has("joined.beforehand", clause)
        if sign.stage == "procedures" and not ahead and not to_sign:
            if any(not _is_before(sign.when, other.when) for other in signed):
                sign.stage = "ratifying"
        elif sign.stage == "ratifying" and sign.family in _CALLED and ahead and not signed:
            sign.stage = "procedures"


def _exact(entry: Entry, sign: Sign) -> int:
    """The days within which a step has to be told."""
    if entry.old:
        return _YEAR
    return _SEASON if _RANK[sign.stage] >= _RANK["signed"] else _EXACT


def _is_before(one: Interval, other: Interval) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _is_offer(sign: Sign, now: Agreement) -> bool:
    """Whether a cue has it that an agreement was proposed which is further on by now."""
    return sign.stage == "proposed" != now.stage


def _firmness(sign: Sign) -> tuple[bool, int]:
    return not sign.weak, _RANK.get(sign.stage, -1)


def _length(when: Interval) -> int:
    """The days from the first to the last; endless where one of them is open."""
    days = _days(when)
    return days[1] - days[0]


def _meet(one: Interval, other: Interval) -> bool:
    first, second = _days(one), _days(other)
    return first[0] - _SLACK <= second[1] and second[0] - _SLACK <= first[1]


def _days(when: Interval) -> tuple[int, int]:
    first = date.fromisoformat(when.earliest) if when.earliest else date.min
    last = date.fromisoformat(when.latest) if when.latest else date.max
    return first.toordinal(), last.toordinal()
