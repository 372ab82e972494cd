"""Which news agency a report is credited to: in a byline, a source line, a trailer or a notice of rights."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lexicon import table
from onrecord.reading.datelines import read_lead
from onrecord.reading.outlets import agencies, any_of, credited

#: Characters of a line that can credit an agency, and of the end of a paragraph that is looked at.
_LINE, _TAIL = 160, 60
_PARTS = re.compile(
    r"\s{0,3}[|/•·;&、，()\[\]]\s{0,3}|,\s|,$|\s(?:and|und|et|y|with)\s|\s{1,3}[-–—]{1,2}\s{1,3}|\s{2,9}"
)
_EDGES = " \t,.;:()[]|-–—•·*"
_ARTICLE = re.compile(r"the\s", re.IGNORECASE)
#: "Ana Karlsson / AP": who took a picture, and for whom.
_TAKEN_BY = re.compile(r"[^\W\d_]+\.?(?:\s[\w.'’-]{1,20}){1,3}\s?/\s?[\w\s-]{2,30}$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DATED = re.compile(r"[\d@(]|\w{3,9}\.?,?\s\d")


def wire_of_paragraph(paragraph: str) -> str | None:
    """The agency that the head of an opening paragraph or a dateline credits."""
    lead = read_lead(paragraph.strip())
    return lead.wire if lead else None


def wire_of_credit(line: str) -> str | None:
    """The agency that a byline or a line of sources names; `Agencies` where it credits agencies and names none."""
    line = line.strip(_EDGES)
    if not line or len(line) > _LINE or _is_of_picture(line):
        return None
    if (":" in line or "：" in line) and (found := _labelled().search(line)):
        return credited()[found["name"]]
    parts = [part for part in _PARTS.split(line) if part and part.strip(_EDGES)]
    for at, part in enumerate(parts):
        if wire := _of_part(part.strip(_EDGES), first=at == 0, shouted=line.isupper()):
            return wire
    unnamed = table("agencies")["unnamed"]
    if any(_without_lead(part.strip(_EDGES))[0] in unnamed["forms"] for part in [line, *parts]):
        return str(unnamed["name"])
    return None


def wire_of_notice(line: str) -> str | None:
    """The agency that a notice under a report says holds the rights in it: "© 2024 AFP"."""
    found = _notice().match(line)
    return credited()[found["name"]] if found else None


def wire_of_end(paragraph: str) -> str | None:
    """The agency that the last words of a report's last paragraph credit: "... he said. (ANI)", "... - AFP"."""
    found = _end().search(paragraph.rstrip()[-_TAIL:])
    return credited()[found["bracketed"] or found["bare"]] if found else None


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    lead = any_of(table("agencies")["credit"]["before"])
    return re.compile(rf"(?:^|[\s|(])(?i:{lead})\s{{0,2}}[:：]\s{{0,3}}(?i:the\s)?(?P<name>{any_of(credited())})(?!\w)")


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(table('agencies')['credit']['before'])})\s{{0,2}}(?:[:：]\s{{0,3}}|\s)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _notice() -> re.Pattern[str]:
    return re.compile(
        rf"[(\[\s]{{0,2}}(?:©|(?i:copyright)|\([cC]\))[\s©(cC)]{{0,8}}(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?[\s,]{{0,3}}(?i:(?:by\s)?(?:the\s)?)"
        rf"(?P<name>{any_of(credited())})(?![\w’'-])"
    )


@lru_cache(maxsize=1)
def _end() -> re.Pattern[str]:
    return re.compile(
        rf"[.!?…。][\"'”’»]?\s{{0,3}}(?:[(\[（](?:[^()]{{1,20}}[,/]\s?)??(?P<bracketed>{any_of(credited())})(?:[,/][^()]{{1,30}})?[)\]）]"
        rf"|[-–—]{{0,2}}\s?(?P<bare>{any_of(agencies())}))[.\s]{{0,3}}$"
    )


def _without_lead(part: str) -> tuple[str, bool]:
    """A part of a line without the words that lead to a source's name, and whether it had any."""
    led = False
    while part not in table("agencies")["unnamed"]["forms"] and (found := _leads().match(part)):
        part, led = part[found.end() :], True
    return _ARTICLE.sub("", part, count=1).strip(_EDGES), led


def _of_part(part: str, *, first: bool, shouted: bool) -> str | None:
    part, led = _without_lead(part)
    names = credited()
    if part in names:
        return names[part] if _is_plain(part, led=led) else None
    found = _starts().match(part)
    if found and _is_plain(found["name"], led=led):
        rest = part[found.end() :].strip()
        words = _WORD.findall(rest)
        dated = bool(_DATED.match(rest))
        roles = bool(words) and all(word.lower() in table("agencies")["credit"]["roles"] for word in words)
        at_place = (
            first and not led and not shouted and found["name"].isupper() and 0 < len(words) <= 2 and rest.istitle()
        )
        if dated or roles or at_place:
            return names[found["name"]]
    found = _closes().search(part)
    if found and all(word[0].isupper() for word in _WORD.findall(part[: found.start()])):
        return names[found["name"]]
    return None


def _is_plain(name: str, *, led: bool) -> bool:
    """Whether a name in a line of credits is surely an agency's, not a control, a place or a given name."""
    return name in agencies() or not name.isascii() or name.isupper() and (led or len(name) > 4)


@lru_cache(maxsize=1)
def _starts() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{any_of(credited())})(?=[\s(])")


@lru_cache(maxsize=1)
def _closes() -> re.Pattern[str]:
    long = [name for name in agencies() if len(name) > 3]
    return re.compile(rf"\s(?P<name>(?:{any_of(long)}))$")


def _is_of_picture(line: str) -> bool:
    """Whether a line credits a picture, or tells of an agency, rather than crediting a report to it."""
    other = table("agencies")["credit"]["other"]
    return bool(_TAKEN_BY.match(line)) or any(word.lower() in other for word in _WORD.findall(line))
