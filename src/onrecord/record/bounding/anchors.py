"""What of a page can be compared with other pages to date it: the occurrences that it tells with a time.

An anchor is a temporal expression, the stretch of the sentence that it belongs to, and what tells the occurrence
there from others: its kind, who and what is named, where, how many, and the rarer words. Kinds of occurrences and
words that tell nothing are `lexicon/events.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import msgspec
import sentencex

from onrecord.analysis import ARTICLE, Analysis, Span, Statement, Time
from onrecord.lexicon import table
from onrecord.reading.states import find_states
from onrecord.reading.timex.tense import direction
from onrecord.reading.timex.tokens import tokens
from onrecord.record.bounding.chambers import chambers_in
from onrecord.record.bounding.evidence import sentence_at
from onrecord.record.bounding.naming import Person, figures_in, generic, named_in, people_of, root
from onrecord.record.bounding.parting import parts
from onrecord.record.bounding.voices import MOST_UNTIMED, hours_before, hours_days, seat, site, voice, went_on
from onrecord.record.terms import fold, rarity, stem
from onrecord.record.tracking import kind

#: The kind of an anchor whose time is that of a saying, not of what is said.
SAYING = "saying"
#: The value of the time of what was said hours ago.
HOURS = "XXXX-XX-XXTXX"
#: The kind of votes, which are told apart by who votes.
_VOTE = "vote"
#: The kind of an anchor that tells how far an agreement has come; see `order`.
ORDER = "order"
#: Longer sentences than this, in characters, are lists or broken markup.
_LONGEST = 700
#: At the head of a report, so many characters, things happened where it was written.
_HEAD = 600
#: Of one page so many anchors are kept, the first ones, and so many statements looked at that may have no time.
_MOST = 120
#: Days that are known only as wider than this date nothing.
_WIDEST = 31
#: Words commoner than this tell nothing of which occurrence is meant, and nothing of what is said.
_COMMONEST, _COMMON = 2.2, 1.5
#: What tells of an occurrence stands no further from its time than so many words.
_REACH = 18
#: How many words before a verb its helping verbs stand; what is so many days old is background.
_LEAD, _WEEK, _BACKGROUND = 3, 7, 400
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")

#: ISO days, both included, or None twice.
_Days = tuple[str | None, str | None]


class Anchor(msgspec.Struct, array_like=True, frozen=True):
    """An occurrence that a page tells with a time.

    `span` is the temporal expression in the page's text and `told` the stretch about it; `words` is the sentence and
    `at` the expression in it. `first` and `last` are the ISO days it means, None where they hang on the unknown day of
    publication. `ahead` is -1 where a word close by puts it in the past, 1 where in the future. `names` are keys of
    named people, bodies and places, `places` those where it happened, `states` ISO 3166-1 alpha-3 codes, `figures` the
    numbers by what they count, `terms` stems, `names` and `terms` with their weight; `homes` are the states that people
    named here are of, which are among `states`. `speaker` is who says it, where the time is that of a saying, `seat`
    the state they speak for, and `itself` whether they are that state. `published` is the day of a dated page. A saying
    that has no time has no `value`: on a dated page its `last` is that of the page, and `first` is not known.
    `chambers` are those that a vote is told with, `site` is where the head of a report was written.
    """

    span: Span
    told: Span
    words: str
    at: Span
    first: str | None
    last: str | None
    kinds: frozenset[str]
    ahead: int
    names: dict[str, float]
    homes: dict[str, str]
    states: frozenset[str]
    places: frozenset[str]
    figures: dict[str, str]
    terms: dict[str, float]
    speaker: str = ""
    topics: frozenset[str] = frozenset()
    value: str = ""
    rung: int = -1
    seat: str = ""
    itself: bool = False
    published: str | None = None
    chambers: frozenset[str] = frozenset()
    site: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, with its statements by the characters of their cues, its people by their mentions, its agreements."""

    analysis: Analysis
    said: dict[int, Statement]
    people: dict[int, Person]
    topics: frozenset[str]
    site: str


def anchors(analysis: Analysis) -> list[Anchor]:
    """The anchors of a page, in text order: on a dated page those with days, on an undated one those without.

    Expressions that count from another date, that name more than a month, or whose sentence joins them with another
    date, are left out.
    """
    found: list[Anchor] = []
    said = {at: statement for statement in analysis.statements for span in statement.cue for at in range(*span)}
    page = _Page(analysis, said, people_of(analysis), _topics(analysis), site(analysis))
    for start, end in _sentences(analysis):
        within = [time for time in _inside(analysis.times, start, end) if _is_date(time)]
        if not within or end - start > _LONGEST:
            continue
        for time, part in parts(analysis.text, within, start, end):
            days = _days(analysis.text, time)
            anchor = _anchor(page, time, (start, end), part, days) if days else None
            if anchor:
                found.append(anchor)
            if len(found) >= _MOST:
                return found
    return [*found, *_untimed(page)]


def _untimed(page: _Page) -> list[Anchor]:
    """What people are told to have said without a time, or hours ago, for dating it and by it."""
    found: list[Anchor] = []
    analysis = page.analysis
    for statement in analysis.statements[:_MOST]:
        if not statement.cue or not statement.content or not _in_article(analysis, statement.cue[0][0]):
            continue
        start, end = sentence_at(analysis.text, statement.cue[0][0])
        if any(_is_date(time) for time in _inside(analysis.times, start, end)):
            continue
        hours = hours_before(analysis.text, start, end)
        last = analysis.published.latest if is_narrow(analysis.published.earliest, analysis.published.latest) else None
        days: _Days = hours_days(last) if hours else (None, last)
        at = statement.cue[0][1]
        told = _anchor(page, Time((at, at), "DATE", HOURS if hours else ""), (start, end), (start, end), days)
        if told and SAYING in told.kinds and len(told.names) + len(told.states) > 1:
            found.append(msgspec.structs.replace(told, span=hours or statement.cue[0]))
        if len(found) >= MOST_UNTIMED:
            break
    return found


def _in_article(analysis: Analysis, at: int) -> bool:
    return any(part.span[0] <= at < part.span[1] for part in analysis.segments if part.kind in ARTICLE)


def _sentences(analysis: Analysis) -> Iterator[Span]:
    """The sentences of the article's lines that hold a temporal expression."""
    for segment in analysis.segments:
        if segment.kind not in ARTICLE:
            continue
        for line in _LINE.finditer(analysis.text, *segment.span):
            start, end = line.span()
            times = _inside(analysis.times, start, end)
            if not times:
                continue
            end = min(end, times[-1].span[1] + _LONGEST)
            for part in sentencex.get_sentence_boundaries("en", analysis.text[start:end]):
                yield start + part["start_index"], start + part["end_index"]


def _inside(times: list[Time], start: int, end: int) -> list[Time]:
    first = bisect_left(times, start, key=lambda time: time.span[0])
    last = bisect_left(times, end, key=lambda time: time.span[0])
    return times[first:last]


def _is_date(time: Time) -> bool:
    """Whether a time is a day, a month or the like, and not "now" or a length of time."""
    return time.type in ("DATE", "TIME") and not time.value.endswith("_REF")


def _days(text: str, time: Time) -> _Days | None:
    """The days a time means; a pair of None where they hang on the day of publication, None where it is of no use."""
    words = text[slice(*time.span)].lower()
    if any(pattern.search(words) for pattern in _anaphoric()):
        return None
    if time.value.startswith("XXXX"):
        return None, None
    if not time.earliest or not time.latest or not time.value[:1].isdigit():
        return None
    return (time.earliest, time.latest) if is_narrow(time.earliest, time.latest) else None


def is_narrow(first: str | None, last: str | None) -> bool:
    """Whether both ends of an interval are known and it is at most a month long."""
    return bool(first and last) and (date.fromisoformat(last or "") - date.fromisoformat(first or "")).days < _WIDEST


def _anchor(page: _Page, time: Time, sentence: Span, part: Span, days: _Days) -> Anchor | None:
    analysis, said, people = page.analysis, page.said, page.people
    text = analysis.text
    words = [(match.start(), match.group()) for match in _WORD.finditer(text, *part)]
    stems = [stem(fold(word)) for _, word in words]
    place = bisect_left(words, time.span[0], key=lambda word: word[0])
    after = bisect_left(words, time.span[1], key=lambda word: word[0])
    triggers = [at for at, (start, _) in enumerate(words) if start in said or stems[at] in _kinds()]
    chosen = [at for at in triggers if place - _REACH <= at < place][-1:]
    if not chosen:
        chosen = [at for at in triggers if after <= at <= after + _REACH][:1]
    elif after in triggers and not words[after][1].endswith("ing"):  # "... on Friday signed"
        chosen.append(after)
    if chosen and chosen[0] < place:  # "signed the ratification law on": of a noun, its verb tells it as well
        lowered = [word.lower() for _, word in words]
        chosen += [at for at in triggers if 0 < chosen[0] - at <= _LEAD and _tense(lowered, at) < 0][-1:]
    if chosen and words[chosen[0]][1].lower() in table("events")["carried"]["words"]:  # "said in remarks published on"
        chosen += [at for at in triggers if at < chosen[0] and words[at][0] in said][-1:]
    speech = next((said[words[at][0]] for at in chosen if words[at][0] in said), None)
    telling = {*chosen, *(at for at in triggers if speech and said.get(words[at][0]) is speech)}
    kinds = frozenset[str]().union(*(_kinds().get(stems[at], ()) for at in telling))
    if speech:
        kinds |= {SAYING}
        if _opens(analysis, sentence):
            kinds |= _news([word.lower() for _, word in words], stems, triggers)
    states = find_states(text, *part)
    present = [people[start] for start, _ in words if start in people]
    named, places, covered = named_in(text, words, time.span, states, present)
    marks = tokens(text, *sentence)
    first = next((at for at, mark in enumerate(marks) if mark.end > time.span[0]), len(marks))
    last = next((at for at, mark in enumerate(marks) if mark.start >= time.span[1]), len(marks))
    looks, close = direction(marks, first, last)
    verb = next((at for at in sorted(telling) if stems[at] in _kinds()), next(iter(chosen), None))
    ahead = 0 if verb is None else _tense([word.lower() for _, word in words], verb)
    ahead = ahead or (looks if close else 0)
    terms = _terms(word for start, word in words if start not in covered and not time.span[0] <= start < time.span[1])
    if speech:
        terms = _terms(_content(text, [(max(a, part[0]), min(b, part[1])) for a, b in speech.content]), _COMMON) | terms
        terms |= _terms(_content(text, went_on(analysis, speech)))
    said_for = seat(analysis, speech) if speech else ("", False)
    placed = _placed(analysis, time, days, ahead)
    if placed is None:
        return None
    return Anchor(
        span=time.span,
        told=part,
        words=text[slice(*sentence)],
        at=(time.span[0] - sentence[0], time.span[1] - sentence[0]),
        first=placed[0],
        last=placed[1],
        kinds=kinds,
        ahead=ahead,
        names=named,
        homes={key: country for _, key, country in present if country},
        states=frozenset(
            {mention.country for mention in states}.union(country for _, _, country in present if country)
        ),
        places=places,
        figures=figures_in(words, stems, time.span),
        terms=terms,
        speaker=voice(analysis, speech) if speech else "",
        topics=page.topics if _is_recent(analysis, placed) else frozenset(),
        value=time.value,
        seat=said_for[0],
        itself=said_for[1],
        published=analysis.published.latest,
        site=page.site if sentence[0] < _site_end(analysis) else "",
        chambers=chambers_in(text, *part) if _VOTE in kinds else frozenset(),
    )


def _content(text: str, spans: list[Span]) -> Iterator[str]:
    """The words of what is said that are no names."""
    return (word for span in spans for word in _WORD.findall(text, *span) if word.islower())


def _terms(words: Iterable[str], commonest: float = _COMMONEST) -> dict[str, float]:
    """The telling ones of some words, by their roots, with their weight."""
    stemmed = {stem(fold(word)) for word in words if not word[0].isdigit()}
    return {
        root(term): round(rarity(term), 2)
        for term in sorted(stemmed)
        if len(term) > 1 and term not in generic() and rarity(term) >= commonest
    }


def _site_end(analysis: Analysis) -> int:
    """Up to where a report tells what happened where it was written."""
    return next((part.span[0] + _HEAD for part in analysis.segments if part.kind == "body"), 0)


def _opens(analysis: Analysis, sentence: Span) -> bool:
    """Whether a sentence is the first of the report."""
    start = next((part.span[0] for part in analysis.segments if part.kind == "body"), None)
    return start is not None and sentence[0] <= start < sentence[1]


def _news(words: list[str], stems: list[str], triggers: list[int]) -> frozenset[str]:
    """The kinds of what is told in the perfect: at the head of a report it is what was announced, as just done.

    Only what happens once: of what recurs, the day of the announcement says too little.
    """
    perfect = frozenset(table("events")["perfect"]["words"])
    told = frozenset[str]().union(
        *(_kinds().get(stems[at], ()) for at in triggers if perfect.intersection(words[max(0, at - _LEAD) : at]))
    )
    return frozenset(kind for kind in told if not table("events")["kind"][kind]["recurs"])


def _tense(words: list[str], at: int) -> int:
    """Which way the verb that tells an occurrence looks: -1 back, 1 ahead, 0 where it is no verb or does not say."""
    known = table("times_tense")
    lead = words[max(0, at - _LEAD) : at]
    planned = any(word in known["future"] or word in known["modal"] for word in lead) or lead[-1:] == ["to"]
    past = words[at].endswith("ed") or words[at] in known["irregular"]
    if planned and (not past or "be" in lead):
        return 1
    return -1 if past and not planned else 0


def _placed(analysis: Analysis, time: Time, days: _Days, ahead: int) -> _Days | None:
    """The days of a time on the side of publication on which the verb has it, None where they lie on the other.

    A bare weekday is moved there; a month without its year is taken to lie ahead only where a verb says so.
    """
    published, (first, last) = analysis.published.latest, days
    if not published or not first or not last:
        return days
    words = analysis.text[slice(*time.span)].lower()
    if words in table("times")["weekday"]:
        step = -_WEEK if ahead < 0 and first > published else _WEEK if ahead > 0 and last < published else 0
        moved = (date.fromisoformat(first) + timedelta(step)).isoformat()
        return moved, moved
    named = any(char.isdigit() for char in words)
    wrong = first > published if ahead < 0 or (ahead == 0 and not named) else ahead > 0 and last < published
    return None if wrong else days


def _is_recent(analysis: Analysis, days: _Days) -> bool:
    """Whether what happened on these days can be of what a page is about and not of what it looks back on."""
    published = analysis.published.latest
    if not published or not days[1]:
        return True
    return (date.fromisoformat(published) - date.fromisoformat(days[1])).days < _BACKGROUND


def _topics(analysis: Analysis) -> frozenset[str]:
    """The agreements between states that a page tells of, by parties and group of instruments."""
    return frozenset(
        f"{'-'.join(sorted(entry.parties))} {kind(entry.instrument)}"
        for entry in analysis.agreements
        if len(entry.parties) > 1 and not entry.background
    )


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """The kinds that a stem tells of."""
    found: dict[str, set[str]] = {}
    for name, entry in table("events")["kind"].items():
        for word in entry["words"]:
            found.setdefault(stem(word), set()).add(name)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _anaphoric() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("events")["anaphoric"]["patterns"]))
