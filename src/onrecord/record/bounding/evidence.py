"""What pages say of each other's day of publication: by being copies, by quoting, by reporting the same words.

Everything here looks at one page, or at one that does not say its day and one that does. Only what the pages' own
readings say counts, never what was narrowed by it.
"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from functools import lru_cache

from onrecord.analysis import Analysis, Published, Segment, Span, Statement, Time
from onrecord.reading.spans import gap
from onrecord.record.bounding.bound import Bound
from onrecord.record.claims import content_terms
from onrecord.record.copies import article_text
from onrecord.record.identity import name_key, same_name
from onrecord.record.terms import words

#: Copies of one report come out within so many days of each other; all of ten known to the day are within one.
COPIED = 2
#: They share this many runs of so many words, and this share of the shorter one's.
_COPIED_RUN, _LEAST_RUNS, _COPIED_SHARE = 6, 20, 0.5
#: What is told to have been said on a weekday near the top of a report, or to have happened on it in the report's first
#: sentence, came out that day or the next: so it is for some nine of ten.
_NEXT = 1
_TOP = 450
#: The day stands beside its verb: no further off than so many characters.
_BESIDE = 25
#: Words are reported under the name of a weekday, or as yesterday's, for so many days.
_FRESH = 6
#: Two contents are the same when they share so many telling words, of so much of the weight of both together.
_SHARED = 4
_ALIKE = 0.6
#: So many words in a row, inside quotation marks on both pages, were said once.
_VERBATIM = 7
_LONGEST = 300
_END = re.compile(r"[.!?][\"'”’)]*\s|[\r\n]")
_ON = re.compile(r"\bon $", re.IGNORECASE)
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_QUOTED = re.compile(r"[\"“]([^\"“”\r\n]{20,600})[\"”]")


def is_dated(published: Published) -> bool:
    """Whether a page says itself, or its caller, on which day it was published."""
    return (
        published.basis in ("given", "stated")
        and published.earliest is not None
        and published.earliest == published.latest
    )


def sentence_at(text: str, at: int) -> Span:
    """The sentence that a character lies in, roughly: from the last mark that ends one to the next."""
    start = 0
    for found in _END.finditer(text, max(0, at - _LONGEST), at):
        start = found.end()
    ended = _END.search(text, at, at + _LONGEST)
    return (start or max(0, at - _LONGEST)), ended.start() + 1 if ended else min(len(text), at + _LONGEST)


def heading(analysis: Analysis) -> Span:
    """The words that a page is shown by where no others are meant: its title, or the first line of its article."""
    parts = [part for part in analysis.segments if part.kind == "title"] or _body(analysis) or analysis.segments
    if not parts:
        return 0, 0
    start, end = parts[0].span
    line = re.compile(r"[^\r\n]*").match(analysis.text, start, min(end, start + _LONGEST))
    return start, line.end() if line else end


def weekdays_of(analysis: Analysis) -> tuple[frozenset[int], Span] | None:
    """The ISO weekdays on which a report came out by the day of its freshest news, and where it names that day.

    None where it names none near its top; of several, the first is the freshest.
    """
    body = _body(analysis)
    if not body:
        return None
    start = body[0].span[0]
    opening = sentence_at(analysis.text, start + 1)[1]
    fresh = [
        time for time in analysis.times if start <= time.span[0] < opening and _ON.search(analysis.text, *_before(time))
    ]
    for statement in analysis.statements:
        time = _time_of(analysis, statement)
        if time and time.span[0] <= start + _TOP and gap(time.span, statement.cue[0]) <= _BESIDE:
            fresh.append(time)
    for time in sorted(fresh, key=lambda time: time.span):
        weekday = _WEEKDAY.match(time.value) if time.type == "DATE" else None
        if weekday and _is_past(analysis, time, int(weekday[1])):
            day = int(weekday[1])
            return frozenset({day, day % 7 + _NEXT}), time.span
    return None


def _before(time: Time) -> Span:
    return max(0, time.span[0] - len("on ")), time.span[0]


def copy_bound(undated: Analysis, dated: Analysis) -> Bound | None:
    """What a page that carries the same report, and says its day, tells of one that does not.

    None where they have less in common than copies have that were not rewritten: such may be later than the report.
    """
    if not _verbatim_copy(article_text(undated), article_text(dated)):
        return None
    day = date.fromisoformat(str(dated.published.earliest))
    return Bound(
        "copy",
        (day - timedelta(COPIED)).isoformat(),
        (day + timedelta(COPIED)).isoformat(),
        heading(undated),
        (dated.published.evidence or [heading(dated)])[0],
    )


def _verbatim_copy(one: str, other: str) -> bool:
    """Whether a good share of the shorter article's runs of words stand in the longer, and enough to be no chance."""
    runs = [_runs(words(article), _COPIED_RUN) for article in (one, other)]
    shorter = min(map(len, runs))
    return len(runs[0] & runs[1]) >= max(_LEAST_RUNS, _COPIED_SHARE * shorter)


def _runs(parts: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(parts[at : at + length]) for at in range(len(parts) - length + 1)}


def statement_bounds(undated: Analysis, dated: Analysis) -> list[Bound]:
    """What a page that says its day tells of another by carrying the same words of the same speaker.

    Where it names the other's outlet as the one who carried them, the other came out by then. Where it knows the day
    they were said, the other came out no earlier, and as long after as its own words for that day allow.
    """
    found: list[Bound] = []
    own = [(one, _speaker(undated, one)) for one in undated.statements if one.content]
    others = [(one, _speaker(dated, one)) for one in dated.statements if one.content]
    for one, speaker in own:
        for other, voice in others:
            if not speaker or not voice or not same_name(speaker, voice):
                continue
            if not _same_words(_content(undated, one), _content(dated, other)):
                continue
            spans = _words(undated, one), _words(dated, other)
            if _carried(undated, dated, other):
                found.append(Bound("quoted", None, dated.published.latest, *spans))
            said = other.said.earliest
            if said is None or said != other.said.latest:
                continue
            days: tuple[str, str | None] | None
            if _time_of(undated, one):
                days = _days(undated, one, date.fromisoformat(said))
            else:
                days = (said, None) if _verbatim(_content(undated, one), _content(dated, other)) else None
            if days:
                found.append(Bound("statement", days[0], days[1], *spans))
    return found


def _days(undated: Analysis, statement: Statement, said: date) -> tuple[str, str] | None:
    """The first and the last day on which a page can have named the day of saying as it does, None if there is none."""
    time = _time_of(undated, statement)
    fits = [
        day
        for day in (said + timedelta(number) for number in range(_FRESH + 1))
        if time and _resolved(undated, time, day) == (said.isoformat(), said.isoformat())
    ]
    return (fits[0].isoformat(), fits[-1].isoformat()) if fits else None


def _carried(undated: Analysis, dated: Analysis, statement: Statement) -> bool:
    """Whether a page names the outlet of another as the one that carried a statement."""
    if undated.publisher is None:
        return False
    names = {actor.id: actor.name for actor in dated.actors}
    own = [name for name in (dated.publisher, dated.wire) if name]
    return any(
        same_name(names[actor], undated.publisher) and not any(same_name(names[actor], name) for name in own)
        for actor in statement.chain[1:]
        if actor in names
    )


def _same_words(one: str, other: str) -> bool:
    """Whether two contents say the same, by their telling words."""
    here, there = _terms(one), _terms(other)
    shared = here.keys() & there.keys()
    if len(shared) < _SHARED:
        return False
    union = math.fsum((here | there).values())
    return math.fsum(here[term] for term in shared) >= _ALIKE * union


def _verbatim(one: str, other: str) -> bool:
    """Whether a good many words in a row stand between quotation marks of both contents."""
    runs = [
        set().union(*(_runs(words(part), _VERBATIM) for part in _QUOTED.findall(content))) for content in (one, other)
    ]
    return not runs[0].isdisjoint(runs[1])


@lru_cache(maxsize=4096)
def _terms(content: str) -> dict[str, float]:
    return content_terms(content)


def _content(analysis: Analysis, statement: Statement) -> str:
    return " ".join(analysis.text[start:end] for start, end in statement.content)


def _words(analysis: Analysis, statement: Statement) -> Span:
    """The sentence of a statement's first words: what it is shown by."""
    return sentence_at(analysis.text, min(start for start, _ in statement.content))


def _speaker(analysis: Analysis, statement: Statement) -> str:
    speaker = next((actor for actor in analysis.actors if actor.id == statement.speaker), None)
    return name_key(speaker.name) if speaker else ""


def _time_of(analysis: Analysis, statement: Statement) -> Time | None:
    """The day or time of day named beside a statement's cue, outside of what is said."""
    if not statement.cue:
        return None
    cue = statement.cue[0]
    start, end = sentence_at(analysis.text, cue[0])
    near = [
        time
        for time in analysis.times
        if time.type in ("DATE", "TIME")
        and start <= time.span[0] < end
        and not any(a <= time.span[0] < b for a, b in statement.content)
    ]
    return min(near, key=lambda time: gap(time.span, cue), default=None)


def _is_past(analysis: Analysis, time: Time, weekday: int) -> bool:
    """Whether a weekday is told of as one that was: read the day after, it is the day before."""
    # Any week will do; this one is in no holiday season.
    day = date.fromisocalendar(2023, 20, weekday)
    return _resolved(analysis, time, day + timedelta(1)) == (day.isoformat(), day.isoformat())


def _resolved(analysis: Analysis, time: Time, published: date) -> tuple[str | None, str | None]:
    """The days that an expression means where its page was published on a day."""
    from onrecord.reading.times import times  # noqa: PLC0415 - asking questions need not load reading

    start, end = sentence_at(analysis.text, time.span[0])
    wanted = time.span[0] - start, time.span[1] - start
    for found in times(analysis.text[start:end], published.isoformat()):
        if found.span == wanted:
            return found.earliest, found.latest
    return None, None


def _body(analysis: Analysis) -> list[Segment]:
    return [part for part in analysis.segments if part.kind == "body"]
