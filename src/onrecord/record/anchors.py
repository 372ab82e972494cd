"""What of a page can be compared with other pages to date it: the occurrences that it tells with a time.

An anchor is a temporal expression, the stretch of the sentence that it belongs to, and what tells the occurrence
there from others: its kind, who and what is named, where, how many, and the rarer words. Kinds of occurrences and
words that tell nothing are `lexicon/events.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
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
from onrecord.record.identity import name_key
from onrecord.record.naming import Person, figures_in, generic, named_in, people_of
from onrecord.record.terms import fold, rarity, stem
from onrecord.record.tracking import kind

#: The kind of an anchor whose time is that of a saying, not of what is said.
SAYING = "saying"
#: The kind of an anchor that tells how far an agreement has come; see `record.order`.
ORDER = "order"
#: Longer sentences than this, in characters, are lists or broken markup.
_LONGEST = 700
#: Of one page so many anchors are kept, the first ones.
_MOST = 120
#: Days that are known only as wider than this date nothing.
_WIDEST = 31
#: Words commoner than this tell nothing of which occurrence is meant.
_COMMONEST = 2.2
#: What tells of an occurrence stands no further from its time than so many words.
_REACH = 18
_RANGE = re.compile(r"\s*(?:to|until|through|and|[-–])\s*(?:the\s)?\s*")
#: How many words before a verb its helping verbs stand; what is so many days old is background.
_LEAD, _WEEK, _BACKGROUND = 3, 7, 400
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_BREAKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"; | [-–—]+ ",
        r", (?:and|but|while|whereas) ",
        r" (?:after|before|when|while|but) ",
        r", ",
        r" and (?=[a-z])",
    )
)


#: ISO days, both included, or None twice.
_Days = tuple[str | None, str | None]


class Anchor(msgspec.Struct, array_like=True, frozen=True):
    """An occurrence that a page tells with a time.

    `span` is the temporal expression in the page's text and `told` the stretch about it; `words` is the sentence and
    `at` the expression in it. `first` and `last` are the ISO days it means, None where they hang on the unknown day of
    publication. `ahead` is -1 where a word close by puts it in the past, 1 where in the future. `names` are keys of
    named people, bodies and places, `places` those where it happened, `states` ISO 3166-1 alpha-3 codes, `figures` the
    numbers by what they count, `terms` stems, `names` and `terms` with their weight; `homes` are the states that people
    named here are of, which are among `states`. `speaker` is who says it, where the time is that of a saying.
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


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, with its statements by the characters of their cues, its people by their mentions, its agreements."""

    analysis: Analysis
    said: dict[int, Statement]
    people: dict[int, Person]
    topics: frozenset[str]


def anchors(analysis: Analysis) -> list[Anchor]:
    """The anchors of a page, in text order: on a dated page those with days, on an undated one those without.

    Expressions that count from another date, that name more than a month, or whose sentence joins them with another
    date, are left out.
    """
    found: list[Anchor] = []
    said = {at: statement for statement in analysis.statements for span in statement.cue for at in range(*span)}
    page = _Page(analysis, said, people_of(analysis), _topics(analysis))
    for start, end in _sentences(analysis):
        within = [time for time in _inside(analysis.times, start, end) if _is_date(time)]
        if not within or end - start > _LONGEST:
            continue
        for time, part in _parts(analysis.text, within, start, end):
            days = _days(analysis.text, time)
            anchor = _anchor(page, time, (start, end), part, days) if days else None
            if anchor:
                found.append(anchor)
            if len(found) >= _MOST:
                return found
    return found


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


def _parts(text: str, times: list[Time], start: int, end: int) -> Iterator[tuple[Time, Span]]:
    """Each time of a sentence with the part of it that the time belongs to; none where no mark parts two times.

    Two days joined to a stretch of days ("from 22 to 24 October") are one time.
    """
    times = _joined(text, times)
    cuts: list[int | None] = [start]
    for one, other in zip(times, times[1:], strict=False):
        cuts.append(_cut(text, one.span[1], other.span[0]))
    cuts.append(end)
    for time, left, right in zip(times, cuts, cuts[1:], strict=False):
        if left is not None and right is not None:
            yield time, (left, right)


def _joined(text: str, times: list[Time]) -> list[Time]:
    found: list[Time] = []
    for time in times:
        before = found[-1] if found else None
        if (
            before
            and _RANGE.fullmatch(text, before.span[1], time.span[0])
            and before.earliest
            and time.latest
            and before.earliest <= time.latest
        ):
            found[-1] = Time((before.span[0], time.span[1]), "DATE", before.value, before.earliest, time.latest)
        else:
            found.append(time)
    return found


def _cut(text: str, start: int, end: int) -> int | None:
    for pattern in _BREAKS:
        found = pattern.search(text, start, end + 1)
        if found and end - start > 12:  # nearer, they are the ends of one stretch of time
            return found.start() + 1
    return None


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
    speech = next((said[words[at][0]] for at in chosen if words[at][0] in said), None)
    telling = {*chosen, *(at for at in triggers if speech and said.get(words[at][0]) is speech)}
    kinds = frozenset[str]().union(*(_kinds().get(stems[at], ()) for at in telling))
    if speech:
        kinds |= {SAYING}
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
    terms = {
        term: round(rarity(term), 2)
        for (start, word), term in zip(words, stems, strict=True)
        if start not in covered
        and not time.span[0] <= start < time.span[1]
        and len(term) > 1
        and not word[0].isdigit()
        and term not in generic()
        and rarity(term) >= _COMMONEST
    }
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
        speaker=_speaker(analysis, speech) if speech else "",
        topics=page.topics if _is_recent(analysis, placed) else frozenset(),
        value=time.value,
    )


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


def _speaker(analysis: Analysis, statement: Statement) -> str:
    actor = next((actor for actor in analysis.actors if actor.id == statement.speaker), None)
    return name_key(actor.name if actor else " ".join(analysis.text[a:b] for a, b in statement.source))


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
