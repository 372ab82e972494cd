"""Which news agency a report is credited to."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.reading.outlets import agencies, any_of

#: How far into a paragraph a dateline or a wire tag can stand.
_HEAD = 120


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    any_name = any_of(agencies())
    return (
        # "(Reuters) - ...", "MOSCOW, Sept 10 (Xinhua) --", "LONDON (AP) —"
        re.compile(rf"[^()]{{0,70}}\((?P<name>{any_name})(?: ?[/,;-][^()]{{0,40}})?\)"),
        # "Reuters: ...", "Reuters - ...", "AP — ..."
        re.compile(rf"(?P<name>{any_name})\s{{0,2}}(?::|[-–—]{{1,2}}\s)"),
        # "MOSCOW, September 10. /TASS/."
        re.compile(rf"[^/]{{0,60}}/\s?(?P<name>{any_name})\s?/"),
        # "TEHRAN, IRNA - ..."
        re.compile(rf"[A-Z][A-Z .'-]{{2,30}},\s(?P<name>{any_name})\s{{0,2}}[-–—:]"),
    )


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    words = r"by|source|sources|via|credit|from|agency|with inputs? from|with|by the|originally published by"
    lead = rf"(?i:(?:{words})\b:?\s{{1,3}})?"
    return re.compile(rf"{lead}\(?(?P<name>{any_of(agencies())})\)?(?:\s{{0,2}}[/,|].{{0,60}})?")


@lru_cache(maxsize=1)
def _trailer() -> re.Pattern[str]:
    return re.compile(rf"[^.]{{0,60}}\b(?i:with|source|from|by)\b[^.]{{0,30}}?\b(?P<name>{any_of(agencies())})\b")


def wire_of_paragraph(paragraph: str) -> str | None:
    """The agency that the head of an opening paragraph or a dateline credits."""
    head = paragraph.strip()[:_HEAD]
    for pattern in _patterns():
        found = pattern.match(head)
        if found:
            return agencies()[found["name"]].name
    return None


def wire_of_credit(line: str) -> str | None:
    """The agency that a byline or a line of credits names."""
    line = line.strip()[:_HEAD]
    found = _line().fullmatch(line) or _trailer().match(line)
    return agencies()[found["name"]].name if found else None
