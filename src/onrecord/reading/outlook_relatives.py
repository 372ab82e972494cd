"""Which older agreements a page says its own replace, amend or supplement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.analysis import Analysis, Span
from onrecord.lexicon import table
from onrecord.outlook import Relation, Relative
from onrecord.reading.agreement_grouping import Entry
from onrecord.reading.agreement_mentions import LONGEST, Mention, find_mentions
from onrecord.reading.agreement_words import AgreementWords, agreement_words, lowered, whole
from onrecord.reading.agreements import entries
from onrecord.reading.document import Document, Sentence
from onrecord.reading.states import find_states

#: So many words may lie between the words of a relation and an agreement.
_REACH = 6
#: So far before the word for an instrument, and behind it, a year says when the agreement was made.
_AHEAD, _BEHIND = 40, 160


@dataclass(frozen=True, slots=True)
class _Link:
    """The words of a relation in a sentence; `passive` where the older agreement is named before them."""

    relation: Relation
    span: Span
    passive: bool


def find_relatives(document: Document, analysis: Analysis) -> Iterator[Relative]:
    """The sentences that set an agreement of the page beside an older one: "it replaces the treaty of 2001".

    `document` is the page as `analysis` has it. Where the sentence names no newer one, it speaks of the page's own.
    """
    words = agreement_words()
    lead = next((n for n, made in enumerate(analysis.agreements) if not made.background), None)
    if lead is None:
        return
    published = document.dated_from
    told: list[Entry] | None = None
    for sentence in document.sentences:
        low = lowered(document.words(sentence.span)[:LONGEST])
        link = _link(low)
        if link is None:
            continue
        mentions = find_mentions(low, int(published[:4]) if published else None, words)
        older = _older(low, link, mentions)
        if older is None:
            continue
        year = _year(low, older, words)
        if not (older.old or year or _pattern("older").search(low[max(0, older.span[0] - _AHEAD) : older.span[0]])):
            continue
        told = entries(document, words) if told is None else told
        place = _newer(document, analysis, told, sentence, link, lead)
        if place is not None:
            yield Relative(place, link.relation, year, sentence.span)


def _link(low: str) -> _Link | None:
    """The first words of a sentence that set one agreement beside another."""
    for entry in table("outlook")["relation"]:
        for key in ("passive", "pattern"):
            match = _relation(entry["name"], key).search(low) if key in entry else None
            if match:
                return _Link(entry["name"], match.span(), key == "passive")
    return None


def _older(low: str, link: _Link, mentions: list[Mention]) -> Mention | None:
    """The agreement that another takes the place of: behind the words that say so, of a passive before them."""
    if link.passive:
        before = [mention for mention in mentions if mention.span[1] <= link.span[0]]
        near = before[-1:]
        gap = low[near[0].span[1] : link.span[0]] if near else ""
        return near[0] if near and not any(mark in gap for mark in ";:") else None
    near = [mention for mention in mentions if mention.span[0] >= link.span[1]][:1]
    gap = low[link.span[1] : near[0].span[0]] if near else ""
    return near[0] if near and len(gap.split()) <= _REACH and not _pattern("apart").search(gap) else None


def _year(low: str, older: Mention, words: AgreementWords) -> int | None:
    """The year in which an agreement was made: before its word, or behind it with what says so.

    A year of something else that the sentence tells of it is not that ("the truce that ended the 1950-53 war").
    """
    ahead = _pattern("ahead").search(low[max(0, older.span[0] - _AHEAD) : older.span[0]])
    if ahead:
        return int(ahead.group(1))
    behind = _pattern("behind").match(low[older.span[1] : older.span[1] + _BEHIND])
    if behind is None:
        return None
    gap = behind.group()
    told = not words.has("dated.verb", gap) or _pattern("made").search(gap)
    return int(behind.group(1)) if told else None


def _newer(  # noqa: PLR0917
    document: Document, analysis: Analysis, told: list[Entry], sentence: Sentence, link: _Link, lead: int
) -> int | None:
    """The place of the newer agreement on the page: the one that the sentence names on the other side of the link.

    Where it names none, that is the page's own, unless the sentence speaks of other states.
    """
    for entry in told:
        for report in entry.reports:
            start, end = (report.part[0] - sentence.span[0] + at for at in report.mention.span)
            other = start >= link.span[1] if link.passive else end <= link.span[0]
            if report.sentence.index == sentence.index and other and not entry.old:
                return _place(analysis, entry)
    states = {found.country for found in find_states(document.text, *sentence.span)}
    parties = set(analysis.agreements[lead].parties)
    return None if states and parties and not states & parties else lead


def _place(analysis: Analysis, entry: Entry) -> int | None:
    """Which of the page's agreements an entry is, None where the page tells no stage of it."""
    spans = {report.sentence.span for report in entry.reports}
    alike = (n for n, made in enumerate(analysis.agreements) if made.parties == list(entry.parties))
    return next((n for n in alike if analysis.agreements[n].span in spans), None)


@lru_cache(maxsize=16)
def _relation(name: str, key: str) -> re.Pattern[str]:
    return next(whole(entry[key]) for entry in table("outlook")["relation"] if entry["name"] == name)


@lru_cache(maxsize=8)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(table("outlook")["older"][key])
