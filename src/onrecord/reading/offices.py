"""Who is named as holder of an office on a page: it was written while, or after, that person held it.

"President Vladimir Putin" is not written before the term begins, and "former president" not before one has ended; who
is told to have done something in the office on a day of this week was still in it. Offices, holders and terms are
`lexicon/offices.csv`, the titles that go with an office `lexicon/dating.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from onrecord.analysis import Span
from onrecord.lexicon import rows, table
from onrecord.reading.bounds import Bound
from onrecord.reading.document import Document, Sentence
from onrecord.reading.states import find_states, state_name
from onrecord.reading.timex.tense import direction
from onrecord.reading.timex.tokens import tokens

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_JUST_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*) $")
#: Characters before a name in which its title stands, and behind it in which an apposition ends.
_TITLE, _BEHIND = 90, 110
#: Characters before a title in which the state it belongs to is named.
_STATE = 40
#: Words before a title that can make the office one of the past.
_WORDS = 5
#: What stands behind the name of a son.
_JUNIOR = re.compile(r",?\s(?:[JS]r\.?|I{2,3})$")
_APPOSITION = re.compile(r",\s(?P<role>[^,;:.()\"“”\n]{3,100})(?=[,.;])")
_CLAUSE = re.compile(r"[,;:()\"“”—]|\s[-–]\s|\.\s")
#: Characters behind a name in which its verb and the day of it stand.
_ACT = 160
#: The day in the week may lie a week before publication.
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Term:
    """A stretch of time in which somebody held an office; `last` is None where it had not ended."""

    office: str
    state: str
    first: date
    last: date | None


def offices(document: Document) -> Iterator[Bound]:
    """A bound for each holder of an office, present or former, that the article names as such."""
    past: set[str] = set()
    sitting: dict[str, Bound] = {}
    for sentence in document.sentences:
        for name, terms, span, former in _holders(document, sentence):
            lasts = [term.last for term in terms if term.last]
            over = len(lasts) == len(terms)
            if former:
                past.add(name)
                if over:
                    yield Bound(first=min(lasts), evidence=span)
            else:
                yield Bound(first=min(term.first for term in terms), evidence=span)
                if over:
                    sitting.setdefault(name, Bound(last=max(lasts) + _WEEK, evidence=span))
    for name in sitting.keys() - past:
        if any(_acts(document, sentence, name) for sentence in document.sentences):
            yield sitting[name]


def state_of(name: str, day: str | None) -> str | None:
    """The state (ISO 3166-1 alpha-3) of somebody who goes by the name of a holder of its offices; None if not sure.

    A full name must be known from one state only. A surname must be no common name, and on `day` (ISO 8601), the day of
    the page, those in office who bear it must be of one state; so must those of a full name that many bear.
    """
    plain = _plain(name)
    plain = plain if plain in _names() else _JUNIOR.sub("", plain)
    known = _names().get(plain, [])
    if day is not None:  # whoever has come to an office of a body does not stand for a state any more
        at = date.fromisoformat(day)
        known = [term for term in known if term.first <= at <= (term.last or at)] or known
    terms = [term for term in known if state_name(term.state) != term.state]
    if " " not in plain or plain in _known()["namesakes"]:
        if day is None or plain in _known()["common"]:
            return None
        at = date.fromisoformat(day)
        terms = [term for term in terms if term.first <= at <= (term.last or at)]
    found = {term.state for term in terms}
    return found.pop() if len(found) == 1 else None


def _holders(document: Document, sentence: Sentence) -> Iterator[tuple[str, list[_Term], Span, bool]]:
    """Each holder named in a sentence: surname, the terms it can be, the words, and whether they say it is over."""
    start, end = sentence.span
    text = _plain(document.text[start:end])
    at = 0
    while word := _WORD.search(text, at):
        at = word.end()
        variants = _index().get(_bare(word.group()))
        if variants is None:
            continue
        for name, terms in variants:
            stop = word.start() + len(name)
            if not text.startswith(name, word.start()) or text[stop : stop + 1].isalnum():
                continue
            found = _in_office(text, (word.start(), stop), terms)
            if found:
                fitting, (first, last), former = found
                yield name.rpartition(" ")[2], fitting, (start + first, start + last), former
                at = stop
                break


def _in_office(text: str, name: Span, terms: list[_Term]) -> tuple[list[_Term], Span, bool] | None:
    """The terms of a name that the title beside it fits, the span of both, and whether it is of the past."""
    full = " " in text[slice(*name)]
    left, comma = _stripped(text, name[0])
    if not comma or full:
        for title, offices_ in _titles():
            begin = left - len(title)
            if (
                begin < 0
                or left - begin > _TITLE
                or text[begin:left].lower() != title
                or text[begin - 1 : begin].isalnum()
            ):
                continue
            if begin and text[begin - 1] in "-–":
                return None  # "ex-president", "vice-president"
            before = find_states(text, max(0, begin - _STATE), begin)[-1:]
            near = before[0].country if before and _touches(text, before[0].span[1], begin) else None
            fitting = [term for term in terms if term.office in offices_ and _fits(term, near, full)]
            if not full and (
                text[name[1] : name[1] + 2].strip()[:1].isupper() or (near is None and not _alone(text, name, fitting))
            ):
                return None
            return _judged(text, begin, name, fitting) if fitting else None
    return _behind(text, name, terms) if full else None


def _stripped(text: str, at: int) -> tuple[int, bool]:
    """Where the words before a name end, titles of courtesy and rank left out, and whether a comma parts them."""
    end = _end_of_words(text, at)
    comma = text.endswith(",", 0, end)
    end -= comma
    while True:
        word = text[max(0, end - 20) : end].rpartition(" ")[2]
        if word.lower().rstrip(".") not in _known()["courtesy"]:
            return end, comma
        end = _end_of_words(text, end - len(word))


def _end_of_words(text: str, at: int) -> int:
    """The place before `at` and the white space before that, of which there is no more than a few characters."""
    return at - (len(before := text[max(0, at - 8) : at]) - len(before.rstrip()))


def _touches(text: str, end: int, begin: int) -> bool:
    """Whether a state's name stands right before a title, the possessive aside."""
    between = text[end:begin]
    return end <= begin and between.strip() in ("", "'s", "’s", "'", "’", ".")


def _fits(term: _Term, near: str | None, full: bool) -> bool:
    """Whether the state before a title is that of the term; without one the full name or the title must do."""
    if len(term.state) == 3 and term.state.isupper():
        return near is None or near == term.state
    return near is None or full


def _alone(text: str, name: Span, terms: list[_Term]) -> bool:
    """Whether a surname tells with its title alone whose it is: no common name, and of one state."""
    surname = text[slice(*name)]
    return surname not in _known()["common"] and len({term.state for term in terms}) == 1


def _judged(text: str, begin: int, name: Span, terms: list[_Term]) -> tuple[list[_Term], Span, bool] | None:
    """A title before a name as of now or of the past; None where the words before it make it something else."""
    clause = _CLAUSE.split(text[max(0, begin - _TITLE) : begin])[-1]
    words = _WORD.findall(clause)[-_WORDS:]
    # Behind another name a new title begins: "former premier Ada Lind and Minister Per Holm".
    joined = (place for place, pair in enumerate(pairwise(words), 2) if pair[0][0].isupper() and pair[1] == "and")
    before = [word.lower().rstrip(".") for word in words[max(joined, default=0) :]]
    parts = {part for word in before for part in (word, *word.split("-"))}
    if not _known()["not now"].isdisjoint(parts) or before[-1:] in (["a"], ["an"]):
        return None
    return terms, (begin, name[1]), not _known()["former"].isdisjoint(parts)


def _behind(text: str, name: Span, terms: list[_Term]) -> tuple[list[_Term], Span, bool] | None:
    """The same for a role in apposition: "Maria Zakharova, spokeswoman for the Russian foreign ministry,"."""
    match = _APPOSITION.match(text, name[1], name[1] + _BEHIND)
    if match is None:
        return None
    words = {_bare(word.lower()) for word in _WORD.findall(match["role"])}
    if not _known()["not now"].isdisjoint(words):
        return None
    start, end = match.span("role")
    near = {one.country for one in find_states(text, start, end)}
    fitting = [
        term
        for term in terms
        if any(term.office in offices_ and words.issuperset(title.split()) for title, offices_ in _titles())
        and (not near or term.state in near or len(term.state) != 3)
    ]
    former = not _known()["former"].isdisjoint(words)
    return (fitting, (name[0], end), former) if fitting else None


def _acts(document: Document, sentence: Sentence, name: str) -> bool:
    """Whether a holder of that surname is told to have done something on a day of the week: "X said on Tuesday"."""
    if sentence.kind != "body":
        return False
    text, known = _plain(document.words(sentence.span)), _known()
    at = -1
    while (at := text.find(name, at + 1)) >= 0:
        end = at + len(name)
        if text[end : end + 1].isalnum() or text[at - 1 : at].isalnum():
            continue
        words = tokens(text, end, min(len(text), end + _ACT))
        verb = next((word for word in words[:3] if word.word in known["acts"]), None)
        day = next((place for place, word in enumerate(words) if {"weekday", "today"} & word.values.keys()), None)
        if verb is None or day is None or any("sure_year" in word.values for word in words):
            continue
        if not _is_other(text, at, end) and direction(words, day, day + 1)[0] < 0:
            return True
    return False


def _is_other(text: str, at: int, end: int) -> bool:
    """Whether the word before a surname makes it somebody else's: "Laura Bush", not "Mr. Bush" or "President Bush"."""
    match = _JUST_BEFORE.search(text, max(0, at - _TITLE), at)
    if match is None or match[1][0].islower():
        return False
    word = match[1].lower().rstrip(".")
    if word in _known()["courtesy"] or any(title.endswith(word) for title, _ in _titles()):
        return False
    return not any(" " in name and text.endswith(name, 0, end) for name in _names())


def _bare(word: str) -> str:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word.rstrip(".'’-")


def _plain(text: str) -> str:
    """A text with its letters bare of accents, character for character."""
    return text if text.isascii() else "".join(unicodedata.normalize("NFD", one)[0] for one in text)


@cache
def _known() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("dating")["offices"].items()}


@cache
def _titles() -> list[tuple[str, frozenset[str]]]:
    """The titles, lower case and longest first, each with the offices that it can be."""
    found: dict[str, set[str]] = {}
    for office, titles in table("dating")["titles"].items():
        for title in titles:
            found.setdefault(title, set()).add(office)
    return [(title, frozenset(found[title])) for title in sorted(found, key=lambda title: (-len(title), title))]


@cache
def _index() -> dict[str, list[tuple[str, list[_Term]]]]:
    """The names of holders with their terms by the first word of the name, the longest first."""
    index: dict[str, list[tuple[str, list[_Term]]]] = {}
    for name, terms in sorted(_names().items(), key=lambda item: -len(item[0])):
        index.setdefault(_bare(_WORD.findall(name)[0]), []).append((name, terms))
    return index


@cache
def _names() -> dict[str, list[_Term]]:
    """The names of holders, bare of accents, with their terms."""
    names: dict[str, list[_Term]] = {}
    for row in rows("offices"):
        first, last = date.fromisoformat(row["from"]), row["to"]
        term = _Term(row["office"], row["state"], first, date.fromisoformat(last) if last else None)
        variants = row["person"].split("|")
        if all(" " in name for name in variants):
            variants.append(variants[0].rpartition(" ")[2])
        for name in variants:
            names.setdefault(_plain(name), []).append(term)
    return names
