"""The forecasts of a page: which agreement each act ahead is of, when it is to come, and who says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from onrecord.analysis import LADDER, Analysis, Interval, Span, Stage, Statement
from onrecord.lexicon import table
from onrecord.outlook import Forecast
from onrecord.reading.agreement_grouping import Entry
from onrecord.reading.agreement_mentions import LONGEST, Mention
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import AgreementWords, agreement_words, whole
from onrecord.reading.agreements import entries
from onrecord.reading.document import Document, Sentence
from onrecord.reading.outlook_acts import Act, Clause, read_clause
from onrecord.reading.outlook_windows import window
from onrecord.reading.states import find_states

#: What ends a sentence, or a stretch of it that one speaker says.
_END = re.compile(r"[.!?;:\n\"“”]")
#: So many sentences after its last mention an agreement may be pointed back to, and so many where it is the only one.
_BACK = 2
_BACK_TO_ONE = 8
#: So many words may lie between a subject and what it does.
_SUBJECT = 6

#: An agreement of the page, by its place there, with all that is told of it and what a clause tells.
_Owned = tuple[int, Entry, Report]


def find_forecasts(document: Document, analysis: Analysis) -> list[Forecast]:
    """The forecasts that a page makes or carries, in text order; `document` is the page as `analysis` has it."""
    words = agreement_words()
    owners = [(place, entry) for entry in entries(document, words) if (place := _place(analysis, entry)) is not None]
    lead = {place for place, made in enumerate(analysis.agreements) if not made.background}
    body: list[Forecast] = []
    heads: list[Forecast] = []
    for clause, owned in _clauses(document, owners, lead, words):
        (body if clause.sentence.kind == "body" else heads).extend(_forecasts(clause, owned, analysis))
    heads = [head for head in heads if not any(_is_told_again(head, other) for other in body)]
    return sorted(_single([*body, *heads]), key=lambda found: found.span)


def _place(analysis: Analysis, entry: Entry) -> int | None:
    """Which of the page's agreements an entry is: the one of its parties whose sentence it has."""
    spans = {report.sentence.span for report in entry.reports}
    alike = [n for n, made in enumerate(analysis.agreements) if made.parties == list(entry.parties)]
    alike = [n for n in alike if analysis.agreements[n].span in spans]
    current = [n for n in alike if not analysis.agreements[n].background]
    return next(iter(alike if entry.old else current or alike), None)


def _is_told_again(head: Forecast, body: Forecast) -> bool:
    """Whether a sentence of the article makes the forecast of a headline, with its day or a day of its own."""
    same = (head.agreement, head.step, head.negative) == (body.agreement, body.step, body.negative)
    return same and head.window.latest in (None, body.window.latest)


def _single(found: list[Forecast]) -> Iterator[Forecast]:
    """The forecasts without those that a sentence makes twice, or once with a last day and once without.

    Those without any time are told only where the page has no other of the same step.
    """
    told: set[tuple[int, Stage, Span, str | None]] = set()
    dated = {(one.agreement, one.step, one.span) for one in found if one.window.latest}
    timed = {(one.agreement, one.step) for one in found if one.window != Interval() and not one.negative}
    for one in found:
        place = (one.agreement, one.step, one.span)
        if one.window == Interval() and (place[:2] in timed or any(before[:2] == place[:2] for before in told)):
            continue
        if (*place, one.window.latest) not in told and (one.window.latest or place not in dated):
            told.add((*place, one.window.latest))
            yield one


def _clauses(
    document: Document, owners: list[tuple[int, Entry]], lead: set[int], words: AgreementWords
) -> Iterator[tuple[Clause, list[_Owned]]]:
    """Every clause that speaks of an agreement of the page, or may point back to one in focus, with what it speaks of.

    `lead` are the places of those in focus.
    """
    by_part: dict[Span, list[_Owned]] = defaultdict(list)
    for place, entry in owners:
        for report in entry.reports:
            by_part[report.part].append((place, entry, report))
    last: tuple[int, _Owned] | None = None
    back = _BACK_TO_ONE if len(lead) == 1 else _BACK
    spoken = {owned[0][2].sentence.index for owned in by_part.values()}
    parts = sorted([*by_part, *(s.span for s in document.sentences if s.index not in spoken and s.kind == "body")])
    numbers = {sentence.span: sentence.index for sentence in document.sentences}
    for part in parts:
        if part in by_part:
            owned = by_part[part]
            current = [one for one in owned if one[0] in lead]
            last = (owned[0][2].sentence.index, current[0]) if current else last
            yield read_clause(document, part, owned[0][2].sentence, words), owned
        elif last is not None and numbers[part] - last[0] <= back:
            sentence = Sentence(part, "body", numbers[part])
            yield read_clause(document, (part[0], min(part[1], part[0] + LONGEST)), sentence, words), [last[1]]


def _forecasts(clause: Clause, owned: list[_Owned], analysis: Analysis) -> Iterator[Forecast]:
    """The steps that a clause says are to come of the agreements it speaks of."""
    own = any(report.part == clause.part and report.mention.rank < Mention.POINTER for _, _, report in owned)
    for each in clause.acts:
        places = (_places if own else _pointed)(clause, each, owned) if each.ahead or each.bare else []
        if not places:
            continue
        statement = _statement(clause, each)
        # what is reported is told in the past, too
        act = replace(each, past=each.earlier or (each.past and statement is None))
        made = _made(clause, act, statement)
        days = window(clause, act, made)
        if (statement is not None and statement.act == "deny") or not _is_told(act, days, made):
            continue
        for place in places:
            agreement = analysis.agreements[place]
            yield Forecast(
                place,
                _next(clause, act, agreement.stage),
                days or Interval(),
                made,
                act.hope,
                clause.sentence.span,
                statement.id if statement else None,
                act.condition,
                act.negative,
                _party(clause, statement, agreement.parties) if act.step == "ratifying" else None,
            )


def _is_told(act: Act, days: Interval | None, made: Interval) -> bool:
    """Whether the words of an act, with the days they give, make a forecast.

    A present tense does where its day is ahead; what has no day at all, where it is plainly said to come.
    """
    if not act.ahead:
        return act.bare and days is not None and (days.latest or "") > (made.latest or "9999")
    return days is not None or (act.firm and not (act.hope or act.condition or act.past))


def _made(clause: Clause, act: Act, statement: Statement | None) -> Interval:
    """When a forecast was made: when it was said, else when the page came out.

    What a page looks back on was made at the time told ahead of it ("in March they had expected"), else at any before.
    """
    if statement and (statement.said.earliest or (statement.said.latest and not act.past)):
        return Interval(statement.said.earliest, statement.said.latest)
    out = clause.document.published
    if not act.earlier:
        return Interval(None if act.past else out.earliest, out.latest)
    before = [time for time in clause.times if time.span[1] <= clause.part[0] + act.span[0] and time.earliest]
    told = [time for time in before if (time.latest or "9999") <= (out.latest or "")]
    return Interval(told[-1].earliest, told[-1].latest) if told else Interval(None, out.latest)


def _party(clause: Clause, statement: Statement | None, parties: list[str]) -> str | None:
    """The one party that a clause names for a vote, else, where what is said names none, that of who says it."""
    document = clause.document
    spans = statement.content if statement else [clause.part]
    named = {found.country for span in spans for found in find_states(document.text, *span)} & set(parties)
    if statement is not None and not named:
        named = {actor.country for actor in document.actors if actor.id == statement.speaker and actor.country}
    return next(iter(named)) if len(named & set(parties)) == 1 and len(named) == 1 else None


def _next(clause: Clause, act: Act, stage: Stage) -> Stage:
    """The step that an act is, by how far the page has the agreement: what is agreed on is concluded by signing it."""
    agreed = LADDER.index("concluded") <= LADDER.index(stage) < LADDER.index("signed")
    return "signed" if agreed and _pattern("pointing", "sealed").match(clause.low, act.span[0]) else act.step


def _places(clause: Clause, act: Act, owned: list[_Owned]) -> list[int]:
    """The agreements of a clause that an act is of: those of its cue, else the nearest that it can have for object."""
    low = clause.low
    signs = [(place, sign, _meets(sign.span, act.span)) for place, _, report in owned for sign in report.signs]
    if any(sign.family == act.family and sign.modality == "done" and not meets for _, sign, meets in signs):
        return []
    cued = [place for place, _, meets in signs if meets]
    ahead = sorted(
        (act.span[0] - r.mention.span[1], place) for place, _, r in owned if r.mention.span[1] <= act.span[0]
    )
    behind = sorted(
        (r.mention.span[0] - act.span[1], place) for place, _, r in owned if act.span[1] <= r.mention.span[0]
    )
    behind = [one for one in behind if len(low[act.span[1] : act.span[1] + one[0]].split()) <= act.reach]
    if act.form == "base" and _is_of_else(low, act, owned):
        return []
    if act.form == "past" or act.family in table("outlook")["form"]["bare"]:
        order = ahead or behind
    elif act.form == "base" and not behind:
        order = [] if _has_object(low, act) else [one for one in ahead if _can_be_done(low, act, one[0])]
    else:
        order = behind or ahead
    return list(dict.fromkeys(cued)) or [place for gap, place in order if gap == order[0][0]]


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _can_be_done(low: str, act: Act, gap: int) -> bool:
    """Whether an act can be told without an object, or has its subject right before it ("talks to conclude in May")."""
    near = len(low[act.span[0] - gap : act.span[0]].split()) <= _SUBJECT
    return near or act.family in table("outlook")["pointing"]["families"]


def _pointed(clause: Clause, act: Act, owned: list[_Owned]) -> list[int]:
    """The agreement that a clause without one points back to, where the act is told with no object of its own."""
    if act.family not in table("outlook")["pointing"]["families"] or not act.ahead:
        return []
    done_to = act.form == "past" or (act.form == "base" and act.family in table("outlook")["pointing"]["alone"])
    if done_to and not _pattern("pointing", "subject").search(clause.low[: act.span[0]]):
        return []
    if act.form == "noun":
        own = _pattern("pointing", "other").match(clause.low, min(act.span[1] + 1, len(clause.low))) is not None
    else:
        own = _has_object(clause.low, act)
    return [] if own else [owned[0][0]]


def _has_object(low: str, act: Act) -> bool:
    """Whether a verb has something behind it that is no time, place or occasion: its object."""
    rest = low[act.span[1] :]
    return bool(rest[:1] == " " and not _pattern("object", "none").match(rest, 1))


def _is_of_else(low: str, act: Act, owned: list[_Owned]) -> bool:
    """Whether a verb has an object of its own that is no agreement: "talks on the treaty to finalise the details"."""
    found = _pattern("object", "pattern").match(low, min(act.span[1] + 1, len(low)))
    return found is not None and not any(
        report.mention.span[0] < found.end() and act.span[1] <= report.mention.span[0] for _, _, report in owned
    )


def _statement(clause: Clause, act: Act) -> Statement | None:
    """The innermost statement whose content holds an act, or whose speaker and verb stand inside what is said."""
    start, end = clause.part[0] + act.span[0], clause.part[0] + act.span[1]
    statements = clause.document.statements
    holding = [
        (span[1] - span[0], place)
        for place, statement in enumerate(statements)
        for span in statement.content
        if span[0] <= start and end <= span[1]
    ]
    if holding:
        return statements[min(holding)[1]]
    return next((statement for statement in statements if _is_inside(clause, statement, start)), None)


def _is_inside(clause: Clause, statement: Statement, start: int) -> bool:
    """Whether what is said goes on to an act behind its speaker and verb: "The pact, Lind added, will be signed"."""
    said = [*statement.source, *statement.cue]
    if not (said and statement.content) or not clause.part[0] <= statement.content[0][0] < min(said)[0]:
        return False
    text, first, last = clause.document.text, min(said)[0], max(end for _, end in said)
    inserted = text[first - 2 : first] == ", " and text[last : last + 1] == ","
    return inserted and last < start and _END.search(text, last, start) is None


@lru_cache(maxsize=8)
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return whole(table("outlook")[section][key])
