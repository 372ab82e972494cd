"""What has befallen an agreement by the whole of a page: what it reports, without what it denies or looks back on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.analysis import Interval
from onrecord.reading.agreement_conditions import HALTS, conditions_denied, resumes
from onrecord.reading.agreement_focus import LEAD
from onrecord.reading.agreement_grouping import Entry
from onrecord.reading.agreement_mentions import LONGEST
from onrecord.reading.agreement_past import OPENING
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_signs import LONG_AGO
from onrecord.reading.agreement_times import is_placed, reached
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document, Sentence

#: The signing that is put off stands so many characters before what says so.
_SIGNING = 90
#: The year of an agreement stands so many characters before its noun.
_CALLED = 50
#: What is put off stands so many characters behind what says so.
_OBJECT = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of its agreement as a whole.

    `denied` has the conditions it denies, each with the number of the first sentence that does; `undecided` marks that
    no day of signing is fixed, `pending` that a step of ratification is still to come, `going` that talks go on.
    """

    denied: dict[str, int]
    undecided: bool
    pending: bool
    going: bool


def told(document: Document, words: AgreementWords) -> Told:
    """What the sentences of a page say of its agreement without naming it."""
    denied: dict[str, int] = {}
    undecided = pending = going = False
    for sentence in document.sentences:
        low = lowered(document.words(sentence.span)[:LONGEST])
        for condition in conditions_denied(low, words):
            denied.setdefault(condition, sentence.index)
        if sentence.index < OPENING and resumes(low, words):
            denied |= dict.fromkeys(HALTS, -1)
        undecided = undecided or (sentence.index < LEAD and words.has("modality.undecided", low))
        pending = pending or words.has("parliament.pending", low)
        going = going or (sentence.index < LEAD and words.has("talks.going", low))
    return Told(denied, undecided, pending, going)


def lasting(document: Document, entry: Entry, page: Told, words: AgreementWords) -> list[Report]:
    """The reports of what has befallen an agreement, the weightiest first.

    Not among them is what the page has denied before, what befell it long ago, and, where it is one of many states,
    that a state wants no part in it.
    """
    kept = [
        report
        for report in entry.reports
        if report.condition and report.sentence.index < page.denied.get(report.condition, report.sentence.index + 1)
        if not (report.sides.states and not entry.parties and _is_its_own(report))
        if not _is_bygone(document, report, words)
    ]
    leading = [report for report in kept if report.sentence.index < LEAD]
    halted = [report for report in leading if report.condition == "suspended" and report.sides.states]
    return [*halted, *(report for report in kept if report not in halted)]


def _is_its_own(report: Report) -> bool:
    """Whether a condition is a matter of the state that a report names, one of many in what it leaves."""
    halted = report.condition == "suspended" and report.mention.process
    return halted or report.condition in ("terminated", "rejected")


def befell(document: Document, report: Report, words: AgreementWords) -> Interval:
    """When the condition of a report came about; the year by which it calls the agreement tells nothing of that."""
    clause = Sentence(report.part, report.sentence.kind, report.sentence.index)
    when = reached(document, clause, report.befell, words)
    start = report.part[0] + report.mention.span[0]
    called = document.text[max(report.part[0], start - _CALLED) : start]
    if when.earliest and f" {when.earliest[:4]} " in called:
        return Interval(document.published.earliest, document.published.latest)
    return when


def stands(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether a condition has befallen an agreement itself, not the talks about it."""
    if report.condition == "terminated":
        return True
    talks = words.has("talks.any", lowered(document.words(report.part)))
    return report.condition == "suspended" and not (report.mention.process or talks)


def is_unsigned(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether what a condition has befallen is the signing: it was put off or called off, so there is a text."""
    if report.condition not in HALTS or report.befell == (0, 0):
        return False
    low = lowered(document.words(report.part))
    return words.has("joined.signing", low[max(0, report.befell[0] - _SIGNING) : report.befell[1] + _OBJECT])


def is_voted_down(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether a parliament or the voters have refused what their state has signed, or a parliament blocks it."""
    if report.condition not in ("rejected", "stalled") or report.mention.process:
        return False
    low = lowered(document.words(report.part))
    if words.has("conditions.unmade", low):
        return False
    if report.condition == "stalled":
        return words.has("parliament.house", low) and not words.has("talks.any", low)
    return words.has("parliament.pattern", low) or words.has("conditions.voters", low)


def is_past(document: Document, when: Interval) -> bool:
    """Whether something came about so long before the page that it only looks back on it.

    On a page without a date of its own only old news has a date that can be placed.
    """
    if not when.latest:
        return False
    published = document.dated_from
    if published is None:
        return is_placed(document, when)
    return date.fromisoformat(when.latest) < date.fromisoformat(published) - LONG_AGO


def is_history(document: Document, when: Interval) -> bool:
    """Whether a stage was reached so long ago that the page looks back on it; if undated, in a mere month or year."""
    return is_past(document, when) and (document.dated_from is not None or when.earliest != when.latest)


def _is_bygone(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether a report looks back on what befell an agreement, or another, apart from what tells what the news is."""
    if report.sentence.index < OPENING:
        return False
    another = report.mention.fresh and not report.mention.process and report.sentence.index >= LEAD
    return another or is_past(document, befell(document, report, words))
