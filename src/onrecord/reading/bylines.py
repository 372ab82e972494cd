"""Names in a byline: who wrote the report, without their roles, dates, handles and outlets."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from onrecord.lexicon import rows, table
from onrecord.reading.outlets import any_of, credited, is_outlet

#: Words of a name, and pages of the table of frequencies (of ten thousand) that make a word a common one.
_NAME, _COMMON = 5, 60
_BREAKS = re.compile(r"\s{0,3}[|•·;–—]\s{0,3}|\s-\s|\s{2,9}|\s{0,2}\(|\)")
_PEOPLE = re.compile(r"\s{0,2}[,/&+]\s{0,2}|\s(?:and|und|et|y|e|и|with)\s", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_END = re.compile(r"[\d@]|https?:|www\.")
_EDGES = ' \t,.;:|-–—•·*#"“”[]'
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def authors_of(text: str) -> list[str]:
    """The names of people, or of the desk where no person is named, that a byline gives, in order; [] for none."""
    text, _ = without_lead(html.unescape(text[:300]))
    found: list[str] = []
    for piece in _BREAKS.split(text):
        part, led = without_lead(piece)
        if found and not led:
            break
        found += [
            name for at, one in enumerate(_PEOPLE.split(part)) if (name := _name(one, first=not found and not at))
        ]
    return list(dict.fromkeys(found))


def without_lead(text: str) -> tuple[str, bool]:
    """A line without the words that lead to an author's name, and whether it had any."""
    text, led = text.strip(_EDGES), False
    while found := _leads().match(text):
        text, led = text[found.end() :].strip(_EDGES), True
    return text, led


def is_name(text: str) -> bool:
    """Whether a short line has the looks of one person's name and of nothing else."""
    words = text.split()
    known = table("bylines")
    if not 2 <= len(words) <= 4 or not all(_WORD.fullmatch(word) for word in words):
        return False
    bare = [word.lower().rstrip(".") for word in words]
    given = bare[0] in _given()
    if any(word in known["never"] for word in bare[given:]) or bare[-1] in known["desks"] or is_outlet(text):
        return False
    if not all(word[0].isupper() or word in known["particles"] for word in words):
        return False
    return given or all(_frequencies().get(word, 0) < _COMMON for word in bare if len(word) > 1)


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(table('bylines')['leads'])})(?:(?<=[:：])\s{{0,3}}|[:：\s]\s{{0,3}})(?=\S)|by(?=[A-Z])", re.I
    )


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(table("bylines")["given"])


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    return {row["stem"]: int(row["documents"]) for row in rows("frequencies")}


def _name(piece: str, *, first: bool) -> str | None:
    """The name in one part of a byline, without a role or an outlet after it; only the `first` can name a desk."""
    known = table("bylines")
    end = _END.search(piece)
    words = _unglued((piece[: end.start()] if end else piece).strip(_EDGES)).split()
    for at, word in enumerate(words):
        if at and word.lower().strip(_EDGES) in known["ends"]:
            words = words[:at]
            break
    whole = " ".join(words)
    if not words or whole.lower() in known["nobody"] or is_outlet(whole) or whole in credited():
        return None
    if _is_role(words) or (not first and (_is_role(words[-1:]) or is_outlet(words[0]))) or words[0] in credited():
        return None
    words = _without_role(words)
    name = " ".join(words).strip(_EDGES)
    if not name or not any(map(str.isalpha, name)):
        return None
    if not _LATIN.search(name):
        return name if len(name) <= 40 else None
    capital = all(word[0].isupper() or word.lower() in known["particles"] or not word[0].isalpha() for word in words)
    return name if capital and len(words) <= _NAME else None


def _is_role(words: list[str]) -> bool:
    return all(word.lower().strip(_EDGES) in table("bylines")["roles"] for word in words)


def _unglued(piece: str) -> str:
    """ "Ana KarlssonStaff Writer" as two: lost line breaks leave a role stuck to a name."""
    parts = _GLUED.split(piece)
    for at in range(len(parts) - 1, 0, -1):
        if _is_role(parts[at].split()[:1]):
            return "".join(parts[:at]) + " " + "".join(parts[at:])
    return piece


def _without_role(words: list[str]) -> list[str]:
    """A name without what stands at its end: an outlet, or words of a role."""
    for at in range(2, len(words)):
        rest = words[at:]
        if (
            is_outlet(" ".join(rest))
            or " ".join(rest) in credited()
            or (_is_role(rest) and is_name(" ".join(words[:at])))
        ):
            return words[:at]
    return words
