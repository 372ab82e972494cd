"""What stands before a report's first words: "Reuters:", "MOSCOW, Sept 10 (Reuters) -", "TEHRAN —".

A dateline is read in the forms that agencies print it in, in English and in their own scripts: the place, a date and
the agency, each where given, and what divides them from the report.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.lexicon import table
from onrecord.reading.outlets import agencies, any_of, credited

_PLACE = r"[A-Z][A-Z.'’ /-]+(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"
#: How far into a paragraph a dateline can reach, and words of what stands before its agency.
_HEAD, _WORDS = 140, 12
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\s{0,2}[/,;&+=|،、]\s{0,2}|\s(?:and|und|et|y|و)\s|\s[-–—]\s")
_AFTER = re.compile(r"\s{0,3}(?:[-–—:|.،]{1,3}\s{0,3})?")


class Lead(NamedTuple):
    """What precedes a report's own words: its number of characters and the agency it credits."""

    end: int
    wire: str


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = any_of(agencies())
    credit = rf"(?:{names}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    date = r"(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?"
    return re.compile(
        rf"(?:(?:{names}):\s)?(?:{_PLACE}{date}\s?(?:[(/]{credit}[)/])?\s?[-–—:]+\s|{_PLACE}{date}\s[(/](?:{names})[)/]\s"
        rf"|[(/](?:{names})[)/]\s?[-–—:]*\s)?"
    )


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    """Where an agency stands at the head of a paragraph; `before` is what precedes it, `name` or `inner` names it."""
    within = rf"(?P<name>{any_of(credited())})"
    # A short name that is a word as well ("Trend", "Beta") needs its brackets or strokes.
    sure = [form for form in credited() if form in agencies() or form.isupper() or not form.isascii()]
    name = rf"(?P<name>{any_of(sure)})"
    own = any_of(form for form in credited() if not form.isascii())
    native, again = rf"(?P<name>{own})", rf"(?P<alone>{own})"
    leads = any_of(table("agencies")["credit"]["leads"])
    return (
        # "MOSCOW, Sept 10 (Xinhua) --", "LONDON (AP/CBS) —", "New Delhi [India], September 10 (ANI):"
        re.compile(r"(?P<before>[^()（）]{0,80}?)\s?[(（](?P<inner>[^()（）]{2,40})[)）](?!\s?[a-z])"),
        # "【モスクワ共同】", "[서울=뉴시스]"
        re.compile(r"[【［\[](?P<inner>[^【】［］\[\]]{2,40})[】］\]](?!\s?[a-z])"),
        # "Reuters:", "AP — ...", "TASS / ...", "AFP, Paris -"
        re.compile(rf"{name}(?:,\s[^\W\d_][^.,:()]{{2,25}}\s?[-–—:]|\s{{0,2}}(?::|\.?[-–—]{{1,2}}\s|\s[|/]\s))"),
        # "MOSCOW, September 10. /TASS/.", "الرياض 10 سبتمبر / واس /"
        re.compile(rf"(?P<before>[^/(]{{0,70}})/\s?{within}(?:\s?[-,/][^/]{{0,20}})?\s?/"),
        # "TEHRAN, IRNA - ...", "МОСКВА, 10 сен - РИА Новости.", "Baku, September 10, AZERTAC"
        re.compile(rf"(?P<before>[^()/:]{{2,70}}?)(?:[,.،]\s|\s?[-–—]{{1,2}}\s?){name}(?:\s{{0,2}}[-–—:]|\.\s|\.?$)"),
        # "دمشق-سانا", "الرياض 10 سبتمبر 2024 م واس"
        re.compile(rf"(?P<before>[^()/:]{{2,40}}?)(?:\s?-\s?{native}(?=\s|$)|\s{again}$)"),
        # "新华社莫斯科9月10日电"
        re.compile(rf"[（(【]?[据據]?{name}[^。，,()（）]{{0,30}}?[电電讯訊]"),
        # "به گزارش خبرگزاری تسنیم"
        re.compile(rf"(?:{leads})\s(?:[^\s،]{{2,12}}\s){{0,3}}?{name}(?=[\s،,])"),
    )


def read_lead(paragraph: str) -> Lead | None:
    """The dateline or agency tag that a paragraph begins with, if it credits an agency; else None."""
    head = paragraph[:_HEAD]
    if not _names_any(head):
        return None
    for pattern in _forms():
        found = pattern.match(head)
        if not found:
            continue
        groups = found.groupdict()
        wire = _one_of(groups["inner"]) if "inner" in groups else credited()[groups["name"] or groups.get("alone", "")]
        if wire and _is_place(groups.get("before") or ""):
            rest = _AFTER.match(paragraph, found.end())
            return Lead(rest.end() if rest else found.end(), wire)
    return None


@lru_cache(maxsize=1)
def _first_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of all names in Latin letters, and the other names whole."""
    names = [*credited(), *table("agencies")["unnamed"]["forms"]]
    words = frozenset(found[0] for name in names if (found := _WORD.search(name)))
    return words, tuple(name for name in names if not name.isascii())


def _names_any(head: str) -> bool:
    """Whether an agency can be named in a text at all: most sentences name none, and are told quickly."""
    words, others = _first_words()
    if not words.isdisjoint(_WORD.findall(head)):
        return True
    return not head.isascii() and any(name in head for name in others)


def _one_of(inner: str) -> str | None:
    """The first agency among what stands between brackets."""
    names = credited()
    if inner.strip() in names:
        return names[inner.strip()]
    if inner.strip() in table("agencies")["unnamed"]["forms"]:
        return str(table("agencies")["unnamed"]["name"])
    parts = _PARTS.split(inner)
    # "9月10日 AFP": the agency stands after the date.
    parts += inner.split() if any(map(str.isdigit, inner)) else []
    # A clause between brackets ("AFP did not") names an agency and credits it with nothing.
    if found := next((part for part in parts if part in names), None):
        return names[found]
    last = next((name for name in names if inner.endswith(name) and not name.isascii()), None)
    return names[last] if last else None


def _is_place(before: str) -> bool:
    """Whether words can be a place with a date: no running text, and no agency explained by its short name."""
    words = _WORD.findall(before)
    small = table("agencies")["credit"]["small"]
    return (
        len(words) <= _WORDS
        and not before.startswith(("The ", "A "))
        and all(not word[0].islower() or not word.isascii() or word in small for word in words)
        and not any(name in before for name in agencies() if len(name) > 3)
    )


def lead_in(text: str, start: int, end: int) -> int:
    """Where the report's own words begin in the line `text[start:end]`; `start` where nothing stands before them."""
    found = _pattern().match(text, start, end)
    at = found.end() if found else start
    lead = read_lead(text[start : min(end, start + 2 * _HEAD)])
    if lead:
        at = max(at, start + lead.end)
    return at if at < end else start
