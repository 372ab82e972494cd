"""What stands before a report's first words: "Reuters:", "MOSCOW, Sept 10 (Reuters) -", "TEHRAN —"."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.reading.outlets import agencies, any_of

_PLACE = r"[A-Z][A-Z.'’ /-]+(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = any_of(agencies())
    credit = rf"(?:{names}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
    date = r"(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?"
    return re.compile(
        rf"(?:(?:{names}):\s)?(?:{_PLACE}{date}\s?(?:[(/]{credit}[)/])?\s?[-–—:]+\s|{_PLACE}{date}\s[(/](?:{names})[)/]\s"
        rf"|[(/](?:{names})[)/]\s?[-–—:]*\s)?"
    )


def lead_in(text: str, start: int, end: int) -> int:
    """Where the report's own words begin in the line `text[start:end]`; `start` where nothing stands before them."""
    found = _pattern().match(text, start, end)
    return found.end() if found and found.end() < end else start
