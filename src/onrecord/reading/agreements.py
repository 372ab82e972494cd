"""The agreements that a page reports on, how far each has come, and what has befallen it.

Every sentence of the article is read for instruments, their parties and the cues that speak of a stage
(`agreement_reports`); here the reports of one agreement become one entry. The stage is the most advanced that the page
reports as reached; hopes and forecasts are no stage (terms of the Vienna Convention on the Law of Treaties).
"""

from __future__ import annotations

from typing import cast

import msgspec

from onrecord.analysis import LADDER, Agreement, Condition, Interval, Stage
from onrecord.reading.agreement_fate import (
    Told,
    befell,
    is_history,
    is_past,
    is_unsigned,
    is_voted_down,
    lasting,
    stands,
    told,
)
from onrecord.reading.agreement_focus import LEAD
from onrecord.reading.agreement_grouping import Entry, group
from onrecord.reading.agreement_identity import titled
from onrecord.reading.agreement_parties import sides
from onrecord.reading.agreement_past import OPENING, mark_past
from onrecord.reading.agreement_reports import Report, reports
from onrecord.reading.agreement_signs import Sign
from onrecord.reading.agreement_steps import mark_ratifying, past_steps
from onrecord.reading.agreement_times import told_of
from onrecord.reading.agreement_voices import Voices
from onrecord.reading.agreement_words import AgreementWords, agreement_words
from onrecord.reading.document import Document

#: What has come this far long ago is the past, or in force.
_MADE = frozenset(("concluded", "signed", "ratified"))
#: Families that tell of ratification as under way, not as done.
_UNDER_WAY = frozenset(("passage", "vote"))
#: What has come this far is still to be signed.
_BEFORE = frozenset(("procedures", "scheduled"))
#: What has come this far has no text that could be signed.
_TALKED = frozenset(("proposed", "negotiating"))
#: The sides that a noun is said to be of stand so close to it.
_BESIDE = 50
_RANK: dict[str, int] = {stage: rank for rank, stage in enumerate(LADDER)}


def find_agreements(document: Document) -> None:
    """Fill `document.agreements` from the article's sentences, times and statements, most prominent entry first."""
    words = agreement_words()
    found = entries(document, words)
    if not found:
        return
    page = told(document, words)
    voices = Voices(document)
    made = [agreement for entry in found for agreement in _agreements(document, entry, page, voices, words)]
    document.agreements.extend(sorted(made, key=lambda agreement: agreement.background))


def entries(document: Document, words: AgreementWords) -> list[Entry]:
    """The agreements that the article's sentences speak of, in order, each with all that they report of it."""
    found = [report for sentence in document.sentences for report in reports(document, sentence, words)]
    found = [report for report in found if not report.private]
    mark_past(document, found)
    made = group(document, found, words) if found else []
    for entry in made:
        mark_ratifying(document, [(report, sign) for report in entry.reports for sign in report.signs], words)
    return made


def _agreements(document: Document, entry: Entry, page: Told, voices: Voices, words: AgreementWords) -> list[Agreement]:
    """What the page says of one agreement: how far it is, and, as background, its earlier steps that the page dates."""
    signs = _upheld([(report, sign) for report in entry.reports for sign in report.signs], page)
    now = _agreement(document, entry, page, voices, words)
    if now is None:
        return []
    steps = [
        msgspec.structs.replace(
            now,
            stage=cast(Stage, sign.stage),
            condition=None,
            expected=Interval(),
            when=sign.when,
            background=True,
            span=report.sentence.span,
            statement=_told_by(voices, report, sign),
        )
        for report, sign in past_steps(document, entry, signs, now)
    ]
    if now.polarity == "negative" and (page.going or entry.reports[0].mention.definite):
        talked = msgspec.structs.replace(now, stage="negotiating", polarity="positive", when=Interval())
        return [talked, now]
    return [now, *steps]


def _agreement(document: Document, entry: Entry, page: Told, voices: Voices, words: AgreementWords) -> Agreement | None:
    """What the page says of one agreement, or None where it says nothing of its stage."""
    signs = _upheld([(report, sign) for report in entry.reports for sign in report.signs], page)
    conditions = lasting(document, entry, page, words)
    cues = [(report, sign) for report in entry.reports for sign in report.signs]
    negative = bool(cues) and not signs and not conditions
    passing = not cues and not conditions and not any(report.mention.process for report in entry.reports)
    if passing and not (entry.old and _is_told_of(document, entry, words)):
        return None
    report, sign = _decisive(voices, entry, cues if negative else signs)
    stage = _both_ratified(entry, signs, page) or _stage(document, sign, signs, conditions, words)
    if passing:  # what is of the past has been made; whether it still stands the page does not say
        stage = "concluded"
    condition = cast(Condition | None, conditions[0].condition if conditions else None)
    when = sign.when if sign and sign.stage == stage else Interval()
    if conditions and conditions[0].sentence.index < LEAD:
        report, sign = _told_best(voices, conditions), None
        when = befell(document, conditions[0], words)
    elif any(report is other for other in conditions):
        when = befell(document, report, words)
    if entry.old and when == Interval(None, document.published.latest):
        when = Interval()  # a page that looks back on what goes on does not tell when it began
    ahead = next((s.expected for _, s in signs if s.expected.earliest or s.expected.latest), Interval())
    if entry.old and _RANK[stage] < _RANK["concluded"] and not condition:
        return None  # what is said of it is said of what takes its place
    if entry.old or stage == "in_force":
        ahead = Interval()
    lead = min(r.sentence.index for r in entry.reports)
    leads = lead < (1 if entry.beside else LEAD) or len(entry.reports) > 2
    held = stage == "in_force" and lead < min(OPENING, report.sentence.index)
    background = entry.old or (is_history(document, when) and not held) or not leads
    if entry.is_process and not condition:
        background = True  # that a process goes on is no news
    if entry.group == "declaration" and _RANK[stage] < _RANK["concluded"] and not condition:
        background = True  # most statements that a page mentions are where something was said, not what is agreed
    statement = voices.of(report, sign)
    if statement and when == Interval() and not background:
        when = told_of(stage, statement.said)
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
        statement=statement.id if statement else None,
    )


def _is_told_of(document: Document, entry: Entry, words: AgreementWords) -> bool:
    """Whether a page says which agreement of the past it means: by its own name, or by sides right beside the noun."""
    for report in entry.reports:
        start, end = (report.part[0] + at for at in report.mention.span)
        span = (max(report.part[0], start - _BESIDE), min(report.part[1], end + _BESIDE))
        if report.mention.name or len(sides(document, span, start, words).explicit) > 1:
            return True
    return False


def _stage(
    document: Document,
    sign: Sign | None,
    signs: list[tuple[Report, Sign]],
    conditions: list[Report],
    words: AgreementWords,
) -> Stage:
    """The stage by the cue that decides it.

    Where none does, what can be ended or suspended is in force, and everything else is still talked about. What was
    made long ago and is ended, kept or broken now is in force too.
    """
    standing = bool(conditions) and stands(document, conditions[0], words)
    unmade = sign is None or sign.stage in _TALKED or (sign.stage in _BEFORE and not _is_anew(conditions, signs))
    if unmade and conditions and is_unsigned(document, conditions[0], words):
        return "concluded"
    voted_down = bool(conditions) and is_voted_down(document, conditions[0], words)
    if voted_down and (sign is None or sign.weak or sign.stage == "signed"):
        return "ratifying"
    if sign is None:
        return "in_force" if standing else "negotiating"
    kept = any(s.family == "keep" and s.stage and report.sentence.index < LEAD for report, s in signs)
    if sign.stage in _MADE and is_past(document, sign.when) and (standing or kept):
        return "in_force"
    return cast(Stage, sign.stage or "signed")


def _is_anew(conditions: list[Report], signs: list[tuple[Report, Sign]]) -> bool:
    """Whether a signing that is put off has a new day: told as such, or apart from what tells that it is put off."""
    parts = {report.part for report in conditions}
    return any(
        sign.stage == "scheduled" and (sign.family == "put off" or report.part not in parts) for report, sign in signs
    )


def _upheld(signs: list[tuple[Report, Sign]], page: Told) -> list[tuple[Report, Sign]]:
    """The cues without those that the page itself takes back.

    An agreement it says is not signed is not signed, and an occasion is none where it says that no day is fixed.
    """
    unsigned = any(not sign.stage for _, sign in signs)
    signed = any(sign.family == "sign" and sign.modality == "done" for _, sign in signs)
    awaited = not signed and any(sign.stage == "scheduled" and sign.modality == "dated" for _, sign in signs)
    return [
        (report, sign)
        for report, sign in signs
        if sign.stage and not (unsigned and _is_beyond(sign))
        if not (awaited and _RANK[sign.stage] > _RANK["scheduled"])  # it is to come into force, or is applied already
        if not (page.undecided and sign.stage == "scheduled" and not sign.expected.earliest)
    ]


def _is_beyond(sign: Sign) -> bool:
    """Whether a cue has an agreement signed, or tells of what comes after it only as ahead."""
    return (sign.family == "sign" and sign.modality == "done") or (sign.weak and _RANK[sign.stage] >= _RANK["signed"])


def _both_ratified(entry: Entry, signs: list[tuple[Report, Sign]], page: Told) -> Stage | None:
    """`ratified` where the page has each party ratify and no step of it still to come."""
    if page.pending:
        return None
    taken = [sign for _, sign in signs if sign.stage == "ratifying" and sign.family not in _UNDER_WAY]
    done = {sign.actor for sign in taken if sign.modality == "done"}
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


def _decisive(voices: Voices, entry: Entry, signs: list[tuple[Report, Sign]]) -> tuple[Report, Sign | None]:
    """The cue that decides the stage: the most advanced firm one, else the most advanced weak one."""
    firm = [item for item in signs if not item[1].weak]
    if not firm and any(sign.family == "sign" and sign.stage != "signed" for _, sign in signs):
        signs = [item for item in signs if _RANK[item[1].stage or "signed"] < _RANK["signed"]]
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
    said = [item for item in body if voices.of(*item)]
    heard = [item for item in said if voices.at_first_hand(*item)]
    return (heard or said or body or chosen)[0]


def _told_best(voices: Voices, conditions: list[Report]) -> Report:
    """Of the reports at the head of a page that tell of one condition, the first that carries somebody's words."""
    first = conditions[0]
    alike = [r for r in conditions if r.condition == first.condition and r.sentence.index < LEAD]
    return next((r for r in alike if r.sentence.kind == "body" and voices.of(r, None)), first)


def _told_by(voices: Voices, report: Report, sign: Sign | None) -> str | None:
    """The id of the statement that carries a report, if one does."""
    statement = voices.of(report, sign)
    return statement.id if statement else None
