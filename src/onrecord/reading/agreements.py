"""The agreements that a page reports on, how far each has come, and what has befallen it.

Every sentence of the article is read for instruments, their parties and the cues that speak of a stage
(`agreement_reports`); here the reports of one agreement become one entry. The stage is the most advanced that the page
reports as reached; hopes and forecasts are no stage (terms of the Vienna Convention on the Law of Treaties).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from onrecord.analysis import LADDER, Agreement, Condition, Interval, Span, Stage
from onrecord.reading.agreement_conditions import HALTS, conditions_denied, resumes
from onrecord.reading.agreement_grouping import LEAD, Entry, group
from onrecord.reading.agreement_identity import titled
from onrecord.reading.agreement_mentions import LONGEST
from onrecord.reading.agreement_past import OPENING, mark_past
from onrecord.reading.agreement_reports import Report, reports
from onrecord.reading.agreement_signs import LONG_AGO, Sign
from onrecord.reading.agreement_times import reached
from onrecord.reading.agreement_words import AgreementWords, agreement_words, lowered
from onrecord.reading.document import Document, Sentence

_RANK: dict[str, int] = {stage: rank for rank, stage in enumerate(LADDER)}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says of its agreement as a whole.

    `denied` has the conditions it denies, each with the number of the first sentence that does; `undecided` marks that
    no day of signing is fixed, `pending` that a step of ratification is still to come.
    """

    denied: dict[str, int]
    undecided: bool
    pending: bool


def find_agreements(document: Document) -> None:
    """Fill `document.agreements` from the article's sentences, times and statements, most prominent entry first."""
    words = agreement_words()
    found = [report for sentence in document.sentences for report in reports(document, sentence, words)]
    found = [report for report in found if not report.private]
    mark_past(document, found)
    if not found:
        return
    told = _told(document, words)
    entries = group(document, found, words)
    made = [agreement for entry in entries if (agreement := _agreement(document, entry, told, words))]
    document.agreements.extend(sorted(made, key=lambda agreement: agreement.background))


def _told(document: Document, words: AgreementWords) -> _Told:
    """What the sentences say of the page's agreement without naming it."""
    denied: dict[str, int] = {}
    undecided = pending = False
    for sentence in document.sentences:
        low = lowered(document.words(sentence.span)[:LONGEST])
        for condition in conditions_denied(low, words):
            denied.setdefault(condition, sentence.index)
        if sentence.index < OPENING and resumes(low, words):
            denied |= dict.fromkeys(HALTS, -1)
        undecided = undecided or (sentence.index < LEAD and words.has("modality.undecided", low))
        pending = pending or words.has("parliament.pending", low)
    return _Told(denied, undecided, pending)


def _agreement(document: Document, entry: Entry, page: _Told, words: AgreementWords) -> Agreement | None:
    """What the page says of one agreement, or None where it says nothing of its stage."""
    signs = _upheld([(report, sign) for report in entry.reports for sign in report.signs], page)
    conditions = _lasting(document, entry, page, words)
    told = [(report, sign) for report in entry.reports for sign in report.signs]
    negative = bool(told) and not signs and not conditions
    if not told and not conditions and not any(report.mention.process for report in entry.reports):
        return None
    report, sign = _decisive(document, entry, told if negative else signs)
    stage = cast(Stage, _both_ratified(entry, signs, page) or (sign.stage or "signed" if sign else _unsaid(conditions)))
    condition = cast(Condition | None, conditions[0].condition if conditions else None)
    when = sign.when if sign else Interval()
    if conditions and conditions[0].sentence.index < LEAD:
        report = conditions[0]
        when = _befell(document, report, words)
    ahead = next((s.expected for _, s in signs if s.expected.earliest or s.expected.latest), Interval())
    if entry.old:
        if _RANK[stage] < _RANK["concluded"] and not condition:
            return None  # what is said of it is said of what takes its place
        ahead = Interval()
    lead = min(r.sentence.index for r in entry.reports)
    leads = lead < (1 if entry.beside else LEAD) or len(entry.reports) > 2
    background = entry.old or _is_past(document, when) or not leads
    if entry.group == "declaration" and _RANK[stage] < _RANK["concluded"] and not condition:
        background = True  # most statements that a page mentions are where something was said, not what is agreed
    opening = [report for report in entry.reports if report.sentence.index < LEAD]
    best = min(opening or entry.reports, key=lambda r: (r.mention.rank, r.sentence.index))
    return Agreement(
        instrument=best.mention.label,
        name=entry.name or _name(document, entry),
        parties=list(entry.parties),
        stage=stage,
        condition=condition,
        polarity="negative" if negative else "positive",
        expected=ahead,
        when=when,
        background=background,
        span=report.sentence.span,
        statement=_statement(document, report.sentence.span),
    )


def _unsaid(conditions: list[Report]) -> str:
    """The stage where no cue tells it: what can be ended is in force, everything else is still talked about."""
    return "in_force" if conditions and conditions[0].condition == "terminated" else "negotiating"


def _lasting(document: Document, entry: Entry, page: _Told, words: AgreementWords) -> list[Report]:
    """The reports of what has befallen an agreement, the weightiest first.

    Not among them is what the page has denied before, and what befell it long ago.
    """
    kept = [
        report
        for report in entry.reports
        if report.condition and not _is_bygone(document, report, words)
        if report.sentence.index < page.denied.get(report.condition, report.sentence.index + 1)
    ]
    leading = [report for report in kept if report.sentence.index < LEAD]
    halted = [report for report in leading if report.condition == "suspended" and report.sides.states]
    return [*halted, *(report for report in kept if report not in halted)]


def _befell(document: Document, report: Report, words: AgreementWords) -> Interval:
    """When the condition of a report came about."""
    clause = Sentence(report.part, report.sentence.kind, report.sentence.index)
    return reached(document, clause, report.befell, words)


def _is_bygone(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether a report looks back on what befell an agreement, apart from the sentences that tell what the news is."""
    when = _befell(document, report, words)
    if report.sentence.index < OPENING or not when.latest:
        return False
    return document.published.earliest is None or _is_past(document, when)


def _upheld(signs: list[tuple[Report, Sign]], page: _Told) -> list[tuple[Report, Sign]]:
    """The cues without those that the page itself takes back.

    An agreement it says is not signed is not signed, and an occasion is none where it says that no day is fixed.
    """
    unsigned = any(not sign.stage for _, sign in signs)
    return [
        (report, sign)
        for report, sign in signs
        if sign.stage and not (unsigned and sign.family == "sign" and sign.modality == "done")
        if not (page.undecided and sign.stage == "scheduled" and not sign.expected.earliest)
    ]


def _both_ratified(entry: Entry, signs: list[tuple[Report, Sign]], page: _Told) -> Stage | None:
    """`ratified` where the page has each party ratify and no step of it still to come."""
    if page.pending:
        return None
    done = {sign.actor for _, sign in signs if sign.stage == "ratifying" and sign.modality == "done"}
    beyond = any(sign.stage == "in_force" and not sign.weak for _, sign in signs)
    return "ratified" if len(entry.parties) > 1 and set(entry.parties) <= done and not beyond else None


def _name(document: Document, entry: Entry) -> str | None:
    """What the page calls the agreement: its title-cased name, else the fullest phrase that says what it is about."""
    phrases = []
    for report in entry.reports:
        start, end = (report.part[0] + at for at in report.mention.span)
        if report.sentence.kind == "body" and document.text[start : start + 1].isupper():
            name = titled(document.text, start, report.part[0])
            if name:
                return name + document.text[start:end]
        start, end = report.mention.phrase
        if not report.mention.process and end > start and (start, end) != report.mention.span:
            phrases.append(document.text[report.part[0] + start : report.part[0] + end])
    return max(phrases, key=lambda phrase: phrase.count(" ")) if phrases else None


def _decisive(document: Document, entry: Entry, signs: list[tuple[Report, Sign]]) -> tuple[Report, Sign | None]:
    """The cue that decides the stage: the most advanced firm one, else the most advanced weak one."""
    firm = [item for item in signs if not item[1].weak]
    if not firm and signs:
        first = min(report.sentence.index for report, _ in signs)
        firm = [item for item in signs if item[0].sentence.index == first]
    if not firm:
        carrying = [report for report in entry.reports if report.condition or report.mention.process]
        return (carrying or entry.reports)[0], None
    top = max(_RANK[sign.stage or "signed"] for _, sign in firm)
    if top == _RANK["negotiating"] and not entry.old:
        offers = [item for item in signs if item[1].stage == "proposed"]
        if len(offers) > sum(sign.stage == "negotiating" for _, sign in firm):
            firm, top = offers, _RANK["proposed"]
    chosen = [item for item in firm if _RANK[item[1].stage or "signed"] == top]
    body = [item for item in chosen if item[0].sentence.kind == "body"]
    said = [item for item in body if _statement(document, item[0].sentence.span)]
    return (said or body or chosen)[0]


def _is_past(document: Document, when: Interval) -> bool:
    """Whether a stage was reached so long ago that the page only looks back on it."""
    published = document.published.earliest
    if not (published and when.latest):
        return False
    return date.fromisoformat(when.latest) < date.fromisoformat(published) - LONG_AGO


def _statement(document: Document, span: Span) -> str | None:
    """The statement that carries most of a sentence, or None."""
    best, most = None, 0
    for statement in document.statements:
        parts = [*statement.content, *statement.source, *statement.cue]
        covered = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in parts)
        if covered > most:
            best, most = statement.id, covered
    return best
