"""When a stage was reached and when the next is expected, from the temporal expressions around a cue."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.analysis import Interval, Span, Stage, Time
from onrecord.reading.agreement_clauses import is_of_cue
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document, Sentence

#: TIMEX3 values of days whose week or year is not known.
_UNPLACED = re.compile(r"XXXX-(?:WXX-\d|\d\d-\d\d)")
#: The value of "now" and "current", which date nothing.
_NO_DAY = frozenset(("PRESENT_REF",))
_BARE_YEAR = re.compile(r"\d{4}")
_RANGE_BEFORE = re.compile(r"\d[-/–]$")
_RANGE = re.compile(r"[-/–]\d")
_STOP = re.compile(r"[,;:](?!\S)")
_COUNT = re.compile(r"P(\d{1,3})([DWM])")
_NEAR = 90
#: A date that a sentence opens with frames all of it, and one that is alone in it dates what it tells.
_FAR = 260
_OPENING = 20
_SAID = 30
_DEFINITE_DAYS = 45
_WEEK = 6
_KNOWN = 60
_YEAR = 366
_FRESH_SENTENCES = 4
#: The days of what is counted in days, weeks or months; such a count is exact to one of them.
_DAYS = {"D": 1, "W": 7, "M": 30}
#: Stages that go on for a time; the others are reached on one day.
_GOING: frozenset[Stage] = frozenset({"negotiating", "procedures", "ratifying"})


def _around(
    document: Document, sentence: Sentence, cue: Span, words: AgreementWords, within: int = _NEAR
) -> tuple[list[Time], list[Time]]:
    """The dates of a sentence near a cue whose days are known at one end at least, as `_of_clause` has them."""
    own, told = _of_clause(document, sentence, cue, words, within)
    known, said = ([time for time in times if time.earliest or time.latest] for times in (own, told))
    return known, said


def _of_clause(
    document: Document, sentence: Sentence, cue: Span, words: AgreementWords, within: int = _NEAR
) -> tuple[list[Time], list[Time]]:
    """The dates of a sentence near a cue, nearest first: those of the cue itself, and those of somebody's saying it.

    A date that no comma parts from the cue is nearer than one that a comma does ("on May 8 it was ratified, and four
    days later"). What belongs to another verb of the sentence is neither.
    """
    start, end = sentence.span[0] + cue[0], sentence.span[0] + cue[1]
    near = []
    for time in document.times_in(sentence):
        if time.span[1] > sentence.span[1] or time.type not in ("DATE", "TIME") or _is_of_range(document, time):
            continue
        gap = max(time.span[0] - end, start - time.span[1], 0)
        between = document.text[end : time.span[0]] or document.text[time.span[1] : start]
        if gap <= within:
            near.append((_STOP.search(between) is not None, gap, time))
    times = [time for _, _, time in sorted(near, key=lambda item: item[:2])]
    told = [time for time in times if _is_told(document, time, end, words)]
    own = [time for time in times if time not in told]
    return [time for time in own if is_of_cue(document, sentence.span[0], (start, end), time.span, words)], told


def _is_of_range(document: Document, time: Time) -> bool:
    """Whether a year is one end of a range that something is made for: "the budget for 2007-2013"."""
    start, end = time.span
    if not _BARE_YEAR.fullmatch(time.value):
        return False
    return bool(_RANGE_BEFORE.search(document.text[max(0, start - 2) : start]) or _RANGE.match(document.text, end))


def _is_day(time: Time) -> bool:
    """Whether a date on a page without one names a day of the week, or of a month, that cannot be placed."""
    return _UNPLACED.fullmatch(time.value) is not None


def _is_told(document: Document, time: Time, end: int, words: AgreementWords) -> bool:
    """Whether a date is that of a saying: such a verb is right before it, or between it and the cue ending at `end`."""
    start = time.span[0]
    stretch = document.text[end:start] if end < start else document.text[max(0, start - _SAID) : start]
    return words.has("joined.said", stretch.rpartition(",")[2] if end >= start else stretch)


def _closed(times: list[Time]) -> list[Time]:
    """The times of which both the first and the last day are known."""
    return [time for time in times if time.earliest and time.latest]


def _length(when: Time | Interval) -> int:
    """The days from the first to the last of what is closed at both ends."""
    return (date.fromisoformat(when.latest or "") - date.fromisoformat(when.earliest or "")).days


def is_dated(document: Document, sentence: Sentence, cue: Span, low: str, words: AgreementWords) -> bool:
    """Whether what is ahead has a day, a month or a definite occasion."""
    if words.has("modality.vague", low):
        return False
    published = document.dated_from
    if published is None and any(_is_day(time) for time in _of_clause(document, sentence, cue, words)[0]):
        return True
    start = sentence.span[0] + cue[0]
    for time in _closed(_around(document, sentence, cue, words)[0]):
        if lowered(document.text[time.span[1] : start]) == "'s ":
            return True  # "before Saturday's signing"
        after = time.span[0] >= sentence.span[0] + cue[1]
        ahead = published is None or (time.earliest or "") > published or (after and (time.latest or "") >= published)
        if _length(time) <= _DEFINITE_DAYS and ahead:
            return True
    return words.has("modality.occasion", low[max(0, cue[0] - 90) : cue[1] + 150])


def is_to_come(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> bool:
    """Whether what is told in the present has a day of its own that is still ahead: "they sign it on June 3"."""
    published = document.dated_from
    times = _closed(_around(document, sentence, cue, words)[0])
    if published is None or not times or _length(times[0]) > _WEEK or (times[0].earliest or "") <= published:
        return False
    gap = lowered(document.text[sentence.span[0] + cue[1] : times[0].span[0]])
    return not words.has("behind.elsewhere", gap)


def is_placed(document: Document, when: Interval) -> bool:
    """Whether a page places something in time otherwise than by its own day: more closely than that is known."""
    if when.earliest is None or when.latest is None:
        return False
    own = document.published
    return own.earliest is None or own.latest is None or _length(when) < _length(own)


def reached(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> Interval:
    """When what a cue reports happened: the nearest date that is not ahead, else the day of fresh news.

    What is only mentioned ("the accord reached between them", "has already signed") is no news, but was so by that day.
    """
    counted = _counted(document, sentence, cue, words)
    if counted is not None:
        return counted
    when = named_day(document, sentence, cue, words)
    if when == Interval() and sentence.index < _FRESH_SENTENCES:
        known = sentence.kind == "body" and _is_known(document, sentence, cue, words)
        return Interval(None if known else document.published.earliest, document.published.latest)
    return when


def _counted(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> Interval | None:
    """When what a cue reports happened where a sentence has something else come so many days, weeks or months after.

    That is counted back from the day that the sentence names for the other: "registered on May 4, a day after it was
    signed". None where nothing is counted so; what came before a day that is not told, had by the day of publication.
    """
    start = sentence.span[0] + cue[0]
    counts = [time for time in document.times_in(sentence) if time.type == "DURATION" and time.span[1] <= start]
    if not counts:
        return None
    after = words.patterns["dated.after"].match(lowered(document.text[counts[-1].span[1] : start]))
    number = _COUNT.fullmatch(counts[-1].value)
    if after is None or number is None or start - counts[-1].span[1] > _NEAR:
        return None
    own = [time for time in _closed(document.times_in(sentence)) if time.span[1] <= counts[-1].span[0]]
    if not own or _length(own[-1]) or own[-1].type not in ("DATE", "TIME"):
        return Interval(None, document.published.latest)
    length = _DAYS[number[2]]
    day = date.fromisoformat(own[-1].earliest or "") - timedelta(int(number[1]) * length)
    slack = timedelta(length // 2)
    return Interval((day - slack).isoformat(), (day + slack).isoformat())


def _is_known(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> bool:
    """Whether a cue only says of which agreement a sentence speaks, or of what was so before."""
    start = sentence.span[0] + cue[0]
    left = lowered(document.text[max(sentence.span[0], start - _KNOWN) : start]).rstrip()
    return any(match.end() == len(left) for match in words.patterns["dated.known"].finditer(left))


def lasting_since(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> Interval:
    """When what a cue reports to go on began: on the date it names behind "since", else by the day it tells of.

    A month or less is a day on which it was so. A year says of what it is ("kept under the accord of 1995").
    """
    when = named_day(document, sentence, cue, words)
    if when.earliest and when.latest:
        known = [time for time in document.times_in(sentence) if time.earliest == when.earliest]
        begun = any(_is_since(document, sentence, time, words) for time in known)
        return when if begun or _length(when) > _DEFINITE_DAYS else Interval(None, when.latest)
    if when == Interval() and sentence.index < _FRESH_SENTENCES:
        return Interval(None, document.published.latest)
    return when


def _is_since(document: Document, sentence: Sentence, time: Time, words: AgreementWords) -> bool:
    """Whether something is said to have gone on from a date on."""
    before = lowered(document.text[max(sentence.span[0], time.span[0] - _SAID) : time.span[0]]).rstrip()
    since = words.patterns["dated.since"]
    inside = since.match(lowered(document.words(time.span))) is not None
    return inside or any(match.end() == len(before) for match in since.finditer(before))


def told_of(stage: Stage, said: Interval) -> Interval:
    """When a stage was reached of which nobody says more than that it was, on the day of these words.

    What goes on was going on then; what is reached on one day was reached by then. Words of which only the last day is
    known, that of publication, say no more than the page.
    """
    if said.earliest is None:
        return Interval()
    return Interval(said.earliest if stage in _GOING else None, said.latest)


def named_day(document: Document, sentence: Sentence, cue: Span, words: AgreementWords) -> Interval:
    """The date that a sentence names for what a cue reports: the nearest that is not ahead; open if it names none."""
    published = document.published
    own, told = _around(document, sentence, cue, words)
    if not (own or told):
        own, told = _around(document, sentence, cue, words, _FAR)
        own = own if len(own) + len(told) == 1 or (own and own[-1].span[0] - sentence.span[0] < _OPENING) else []
    for time in [*own, *told]:
        if time.value in _NO_DAY:
            continue
        ahead = time.latest is None and published.earliest and (time.earliest or "") >= published.earliest  # "soon"
        if not ahead and (published.latest is None or (time.earliest or "") <= published.latest):
            latest = time.latest
            if published.latest and latest and latest > published.latest:
                latest = published.latest
            return Interval(time.earliest, latest)
    return Interval()


def days_again(
    document: Document, sentence: Sentence, cue: Span, when: Interval, words: AgreementWords
) -> list[Interval]:
    """The further days on which a sentence has what a cue reports done `when` be done again, or by another.

    "Ratified it on May 4 and Finland on June 8", "on May 4 and, after a veto, a second time on June 8".
    """
    behind = [time for time in _closed(document.times_in(sentence)) if time.span[0] >= sentence.span[0] + cue[1]]
    last = next((time for time in behind if (time.earliest, time.latest) == (when.earliest, when.latest)), None)
    found: list[Interval] = []
    for time in behind:
        if last is None or time.span[0] < last.span[1]:
            continue
        gap = lowered(document.text[last.span[1] : time.span[0]])
        alone = words.has("dated.another", gap) and not words.has("dated.verb", gap)
        ahead = document.published.latest is not None and (time.earliest or "") > document.published.latest
        if len(gap) > _FAR or ahead or not (alone or words.has("dated.again", gap)):
            break
        found.append(Interval(time.earliest, time.latest))
        last = time
    return found


def expected(document: Document, sentence: Sentence, cue: Span, words: AgreementWords, *, soon: bool) -> Interval:
    """When what a cue forecasts is to happen: the date it names, open-ended from publication for "soon"."""
    published = document.dated_from
    times = _around(document, sentence, cue, words)[0]
    for time in _closed(times):
        behind = time.span[0] >= sentence.span[0] + cue[1]
        if published is None:
            last = time.latest or ""
            if _length(time) <= _YEAR and all((other.earliest or "") <= last for other in document.times):
                return Interval(time.earliest, time.latest)
        elif (time.latest or "") > published or (behind and time.latest == published):
            return Interval(time.earliest, time.latest)
    written = document.published.earliest
    for time in times:
        if written and time.latest is None and (time.earliest or "") > written:
            return Interval(time.earliest, None)
    return Interval(written, None) if soon else Interval()
