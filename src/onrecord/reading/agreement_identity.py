"""What tells one agreement of a page from another: what it is about, and what it is called."""

from __future__ import annotations

import re

from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import AgreementWords, words_in
from onrecord.reading.document import Document

_NAME_LENGTH = 80
#: Title-cased words up to the noun: "Visiting Forces ".
_TITLED = re.compile(r"(?<![\w'-])(?!The )[A-Z][\w'-]{1,30} (?:(?:of |on |for |and |the )?[A-Z][\w'-]{1,30} ){0,6}$")


def titled(text: str, start: int, since: int) -> str:
    """The title-cased words right before a noun that begins at `start`, from `since` on; empty where there are none."""
    found = _TITLED.search(text[max(since, start - _NAME_LENGTH) : start])
    return found.group() if found else ""


def differs(document: Document, report: Report, others: list[Report], words: AgreementWords) -> bool:
    """Whether a report speaks of another agreement than others of the same parties, by subject or by name."""
    if report.mention.fresh and others:
        besides = words.has("old.besides", document.words(report.part).lower())
        if besides and report.sentence.index > others[0].sentence.index + 1:
            return True
        if not report.condition and any(other.condition == "terminated" for other in others):
            return True
    subjects = _subjects(document, report, words)
    known = set[int]().union(*(_subjects(document, other, words) for other in others))
    if subjects and known and not subjects & known:
        return True
    name = _proper(document, report, words)
    names = [proper for other in others if (proper := _proper(document, other, words))]
    return bool(name and names and not any(name & other for other in names))


def _subjects(document: Document, report: Report, words: AgreementWords) -> set[int]:
    phrase = phrase_of(document, report)
    return {number for number, pattern in enumerate(words.subjects) if pattern.search(phrase)}


def _proper(document: Document, report: Report, words: AgreementWords) -> set[str]:
    """The words of a title-cased name that tell it from others ("Lisbon Treaty")."""
    start, end = (report.part[0] + at for at in report.mention.span)
    if report.sentence.kind != "body" or not document.text[start : start + 1].isupper():
        return set()
    named = titled(document.text, start, report.part[0])
    return {word for word in words_in(named.lower()) if not words.fits("topic.general", word)}


def _topic(document: Document, report: Report, words: AgreementWords) -> set[str]:
    """The words that tell what an agreement is about from what others are about."""
    (start, end), noun = report.mention.phrase, report.mention.span
    if (start, end) == (0, 0):
        return set()
    text = document.words(report.part).lower()
    around = [*words_in(text[start : noun[0]]), *words_in(text[noun[1] : max(end, noun[1])])]
    return {word for word in around if not words.fits("topic.general", word)}


def may_be_one(
    document: Document, report: Report, others: list[Report], words: AgreementWords, *, abroad: bool
) -> bool:
    """Whether a report may be about what others are about: they share a word of it, or one of the two names none.

    `abroad` marks a report that names only states which are no parties: it has to share a word.
    """
    topic = _topic(document, report, words)
    if not topic:
        return True
    known = set[str]().union(*(_topic(document, other, words) for other in others))
    return bool(known & topic) or not (known or abroad)


def phrase_of(document: Document, report: Report) -> str:
    """The words of the page for an agreement: its noun with what it is about."""
    start, end = report.mention.phrase
    return document.text[report.part[0] + start : report.part[0] + end].lower()


def described(document: Document, report: Report, words: AgreementWords) -> str:
    """The page's own words for an agreement of many states: the body and the instrument, or the instrument's phrase."""
    text = document.words(report.part)
    start, end = report.mention.phrase if report.mention.phrase[1] else report.mention.span
    if report.mention.group == Mention.RESOLVED:
        deed = text[start:end] if report.mention.phrase[1] else ""
        return f"{report.organisation or ''} agreement {deed}".strip()
    adjectives = words.patterns["organisation.worldwide"].search(text[:start])
    if adjectives:
        verb = min((sign.span[0] for sign in report.signs if sign.span[0] > end), default=0)
        about = words.patterns["organisation.about"].fullmatch(text[end:verb].rstrip()) if verb else None
        return text[adjectives.start() : about.end() + end if about else end]
    body = words.patterns["organisation.many"].search(text)
    joins = words.patterns["organisation.joins"]
    if body and body.end() <= start and joins.fullmatch(text[body.end() : start]):
        start = body.start()
    elif body and body.start() >= end and joins.fullmatch(text[end : body.start()]):
        end = body.end()
    if start == report.mention.span[0] and text[start].isupper():
        start -= len(titled(text, start, 0))
    about = words.patterns["organisation.matter"].match(text[end:]) if " " not in text[start:end] else None
    return text[start : end + about.end() if about else end]
