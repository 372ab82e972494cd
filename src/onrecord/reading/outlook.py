"""What a page says is still to come of its agreements, and how they stand to agreements of the past.

A forecast says that a step of the ladder will be taken and gives a time for it, be it as vague as "soon". What is only
wished for or thought possible is kept as a hope; what has no time at all is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import cast

from onrecord.analysis import Analysis, Interval, Span, Stage, Statement
from onrecord.lexicon import table
from onrecord.outlook import Forecast, Relation, Relative
from onrecord.page import Page
from onrecord.reading.agreement_grouping import Entry
from onrecord.reading.agreement_mentions import LONGEST, find_mentions
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_signs import Sign
from onrecord.reading.agreement_words import AgreementWords, agreement_words, lowered, whole
from onrecord.reading.agreements import entries
from onrecord.reading.document import Document, Sentence
from onrecord.reading.sentences import split

_YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")
_AHEAD = frozenset({"ahead", "dated", "hoped"})
#: So far around a cue words tell of hope, and so far before a date words tell what it bounds.
_AROUND = (70, 30)
_BEFORE_DATE = 30
_NEAR = 90


def outlook(analysis: Analysis) -> tuple[list[Forecast], list[Relative]]:
    """The forecasts that a page makes or carries, and the agreements it says its own stand to, in text order."""
    if not analysis.agreements:
        return [], []
    words = agreement_words()
    document = _document(analysis)
    owners = [(place, entry) for entry in entries(document, words) if (place := _place(analysis, entry)) is not None]
    body: list[Forecast] = []
    heads: list[Forecast] = []
    for place, entry in owners:
        for report in entry.reports:
            (body if report.sentence.kind == "body" else heads).extend(_forecasts(document, place, report, words))
    told = {(found.agreement, found.step, found.window.latest) for found in body}
    heads = [found for found in heads if (found.agreement, found.step, found.window.latest) not in told]
    return sorted(_single([*body, *heads]), key=lambda found: found.span), list(_relatives(document, analysis, words))


def _document(analysis: Analysis) -> Document:
    """The page as the steps of reading had it, as far as agreements are read from it."""
    document = Document(Page(analysis.path, b"", analysis.media_type, analysis.sha256), analysis.text)
    document.segments = analysis.segments
    document.title = analysis.title
    document.published = analysis.published
    document.times = analysis.times
    document.actors = analysis.actors
    document.statements = analysis.statements
    split(document)
    return document


def _place(analysis: Analysis, entry: Entry) -> int | None:
    """Which of the page's agreements an entry is: the one of its parties whose sentence it has."""
    spans = {report.sentence.span for report in entry.reports}
    alike = [n for n, made in enumerate(analysis.agreements) if made.parties == list(entry.parties)]
    alike = [n for n in alike if analysis.agreements[n].span in spans]
    current = [n for n in alike if not analysis.agreements[n].background]
    return next(iter(alike if entry.old else current or alike), None)


def _single(found: list[Forecast]) -> Iterator[Forecast]:
    """The forecasts without those that a sentence makes twice, or once with a last day and once without."""
    told: set[tuple[int, Stage, Span, str | None]] = set()
    dated = {(one.agreement, one.step, one.span) for one in found if one.window.latest}
    for one in found:
        place = (one.agreement, one.step, one.span)
        if (*place, one.window.latest) not in told and (one.window.latest or place not in dated):
            told.add((*place, one.window.latest))
            yield one


def _forecasts(document: Document, place: int, report: Report, words: AgreementWords) -> Iterator[Forecast]:
    """The steps that a sentence says are to come of its agreement."""
    low = lowered(document.words(report.part))
    done = {sign.family for sign in report.signs if sign.modality == "done"}
    for sign in report.signs:
        step = _step(sign, low, words)
        if step is None or sign.family in done or _is_asked(low, sign.span) or _is_of_else(report, sign, low):
            continue
        cue = (report.part[0] + sign.span[0], report.part[0] + sign.span[1])
        statement = _statement(document, cue)
        known = statement and (statement.said.earliest or statement.said.latest)
        made = statement.said if statement and known else document.published
        window = _window(document, report, sign, low, words)
        past = window is not None and sign.modality == "hoped" and (window.latest or "9999") <= (made.latest or "")
        if window is not None and not past and not _is_denied(statement):
            start = window.earliest
            if start == document.dated_from and made.earliest and (start is None or made.earliest < start):
                start = made.earliest  # "soon" counts from the day it was said
            yield Forecast(
                place, step, Interval(start, window.latest), Interval(made.earliest, made.latest),
                _is_hope(low, sign.span), report.sentence.span, statement.id if statement else None,
            )  # fmt: skip


def _step(sign: Sign, low: str, words: AgreementWords) -> Stage | None:
    """The step that a cue looks ahead to, None where it is none that can be told.

    A vote of one parliament is not yet the ratification by all, and what is signed after it is its law.
    """
    steps: dict[str, str] = table("outlook")["steps"]
    if sign.modality not in _AHEAD or sign.family not in steps:
        return None
    if words.has("parliament.pattern", low):
        return "ratifying" if sign.family == "ratify" else "in_force" if sign.family == "force" else None
    return cast(Stage, steps[sign.family])


def _is_of_else(report: Report, sign: Sign, low: str) -> bool:
    """Whether a cue behind its agreement has an object of its own: "talks on the treaty to finalise the details"."""
    ahead = report.mention.span[1] <= sign.span[0]
    return ahead and _pattern("object", "pattern").match(low, min(sign.span[1] + 1, len(low))) is not None


def _is_denied(statement: Statement | None) -> bool:
    return statement is not None and (statement.act == "deny" or statement.polarity == "negative")


def _is_asked(low: str, cue: Span) -> bool:
    """Whether the clause of a cue only asks for it, or says that it is not known."""
    return _pattern("asked", "pattern").search(low[max(0, cue[0] - _AROUND[0]) : cue[0]]) is not None


def _is_hope(low: str, cue: Span) -> bool:
    around = low[max(0, cue[0] - _AROUND[0]) : cue[1] + _AROUND[1]]
    return _pattern("hope", "pattern").search(around) is not None


def _window(document: Document, report: Report, sign: Sign, low: str, words: AgreementWords) -> Interval | None:
    """The days in which a step is to come; None where the words give no time at all."""
    start, published = report.part[0], document.dated_from
    near = [
        time for time in document.times_in(report.sentence)
        if max(time.span[0] - start - sign.span[1], sign.span[0] - (time.span[1] - start), 0) <= _NEAR
    ]  # fmt: skip
    found = sign.expected
    if found.latest:
        exact = [time for time in near if (time.earliest, time.latest) == (found.earliest, found.latest)]
        return _bounded(found, low, (exact[0].span[0] - start, exact[0].span[1] - start), published) if exact else found
    spans = [time for time in near if time.type == "DURATION" and time.span[0] >= start + sign.span[1]]
    closed = next((time for time in spans if time.latest and time.latest > (published or "9999")), None)
    if closed is not None:
        return Interval(closed.earliest, closed.latest)
    vague = words.has("modality.soon", low[max(0, sign.span[0] - 120) : sign.span[1] + 160])
    if found.earliest or vague or any(time.earliest and not time.latest for time in near):
        return Interval(found.earliest or published, None)
    return None


def _bounded(window: Interval, low: str, when: Span, published: str | None) -> Interval | None:
    """A window with what stands before its date: "by May" ends with May, "before May" the day before it.

    None where the date is not that of what happens ("a plan for 2030").
    """
    before = low[max(0, when[0] - _BEFORE_DATE) : when[0]].rstrip()
    if _ends("aside", before):
        return None
    start = published if published is None or published <= (window.latest or "") else None
    if _ends("before", before) and window.earliest and not _pattern("deadline", "end").match(low, when[0]):
        last = (date.fromisoformat(window.earliest) - timedelta(1)).isoformat()
        return Interval(start if start is None or start <= last else None, last)
    if _ends("by", before) or _ends("before", before):
        return Interval(start, window.latest)
    return window


def _ends(key: str, before: str) -> bool:
    """Whether a stretch of text ends with a pattern of the section `deadline`."""
    return any(match.end() == len(before) for match in _pattern("deadline", key).finditer(before))


def _statement(document: Document, cue: Span) -> Statement | None:
    """The innermost statement whose content holds a cue."""
    holding = [
        (span[1] - span[0], place)
        for place, statement in enumerate(document.statements)
        for span in statement.content
        if span[0] <= cue[0] and cue[1] <= span[1]
    ]
    return document.statements[min(holding)[1]] if holding else None


def _relatives(document: Document, analysis: Analysis, words: AgreementWords) -> Iterator[Relative]:
    """The sentences that set the page's agreement beside an older one: "it replaces the treaty of 2001"."""
    lead = next((n for n, made in enumerate(analysis.agreements) if not made.background), None)
    if lead is None:
        return
    published = document.dated_from
    for sentence in document.sentences:
        part = Sentence((sentence.span[0], min(sentence.span[1], sentence.span[0] + LONGEST)), sentence.kind, 0)
        low = lowered(document.words(part.span))
        relation = next(_relations(low), None)
        if relation is None:
            continue
        mentions = find_mentions(low, int(published[:4]) if published else None, words)
        older = [mention for mention in mentions if mention.span[0] >= relation[1][1]]
        if older and len(low[relation[1][1] : older[0].span[0]].split()) <= 6 and (older[0].old or older[0].fresh):
            year = _YEAR.search(low, older[0].span[0] - 12 if older[0].span[0] > 12 else 0)
            if older[0].old or year:
                yield Relative(lead, relation[0], int(year.group()) if year else None, sentence.span)


def _relations(low: str) -> Iterator[tuple[Relation, Span]]:
    for name, pattern in _relation_patterns():
        for match in pattern.finditer(low):
            yield name, match.span()


@lru_cache(maxsize=1)
def _relation_patterns() -> list[tuple[Relation, re.Pattern[str]]]:
    return [(entry["name"], whole(entry["pattern"])) for entry in table("outlook")["relation"]]


@lru_cache(maxsize=8)
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return whole(table("outlook")[section][key])
