"""From what a tool for dates answers, a point in time, to what TIMEX3 asks for: a type, and a value as fine as said.

A tool that resolves "last month" to a point in time has found the month; how much of the point the words mean is told
by the words, in the tool's favour. So is what no point can tell: a part of the day, a season, a decade, a length.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple


class Found(NamedTuple):
    """A temporal expression: its span in code points, and its TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


UNITS = "second|minute|hour|day|week|month|quarter|year|decade|centur(?:y|ie)"
_UNIT = re.compile(rf"\b({UNITS})s?\b", re.I)
_WEEKDAY = r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_CLOCK = re.compile(r"\d:\d|\d\s*[ap]\.?m\b|o'clock|\bnoon\b|\bmidnight\b", re.I)
_AHEAD = re.compile(r"\b(?:next|coming|this|following|last|past|previous)\b|\d{4}|'\d\d", re.I)
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "tonight": "TNI"}
_SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_MONTH = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b\.?"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_LENGTH = re.compile(rf"(?:(?:about|nearly|some|for|the)\s+)*([\w.,]+)[\s-]+({UNITS})s?", re.I)
_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "DE", "century": "CE",
}  # fmt: skip
_BEFORE = re.compile(r"(?:on|in|at|of|by|for|from|since|until|till|during|within|and|to)\s+(?=\S)", re.I)


def unit_said(words: str) -> str | None:
    """The last unit of time that the words name."""
    units = _UNIT.findall(words)
    return re.sub("centur.*", "century", units[-1].lower()) if units else None


def length(amount: float | str, unit: str) -> str:
    """A DURATION's value: 2, "year" -> P2Y."""
    letter = _LETTERS[unit]
    clock = "T" if unit in ("second", "minute", "hour") else ""
    return f"P{clock}{amount:g}{letter}" if not isinstance(amount, str) else f"P{clock}{amount}{letter}"


def length_said(words: str) -> str | None:
    """The value of words that say a length and nothing else: "two years" -> P2Y."""
    match = _LENGTH.fullmatch(words.strip())
    if match is None:
        return None
    number, unit = match[1].lower().replace(",", ""), unit_said(match[2])
    if number in _NUMBERS:
        return length(_NUMBERS[number], str(unit))
    return length(float(number), str(unit)) if re.fullmatch(r"\d+(\.\d+)?", number) else None


def point(moment: datetime, grain: str) -> str:
    """A point in time, to the grain: second, minute, hour, day, week, month, quarter, year, decade or century."""
    if grain in ("second", "minute", "hour"):
        return f"{moment:%Y-%m-%dT%H:%M}"
    if grain == "week":
        year, week, _ = moment.isocalendar()
        return f"{year}-W{week:02}"
    values = {"day": f"{moment:%Y-%m-%d}", "month": f"{moment:%Y-%m}", "year": f"{moment:%Y}"}
    values["quarter"] = f"{moment:%Y}-Q{(moment.month + 2) // 3}"
    values["decade"], values["century"] = values["year"][:3], values["year"][:2]
    return values[grain]


def grain_said(words: str) -> str:
    """How fine the words are: "last month" -> month, "March 5" -> day, "1997" -> year."""
    low = words.lower()
    if _CLOCK.search(low):
        return "minute"
    if re.search(r"day\b|\d[-/]\d+[-/]\d", low):
        return "day"
    unit = unit_said(low)
    if unit:
        return unit
    if re.search(_MONTH, low):
        return "day" if re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", low) else "month"
    if re.search(r"\b\d{3}0s\b", low):
        return "decade"
    return "year" if re.search(r"\b\d{4}\b", low) else "day"


def meant(words: str, moment: datetime, grain: str | None = None) -> tuple[str, str]:
    """The type and value of words that a tool resolved to a moment; the grain is the tool's own, if it has one."""
    low = words.lower()
    if re.fullmatch(r"(?:right )?now|currently", low):
        return "DATE", "PRESENT_REF"
    part = re.search(r"\b(morning|afternoon|evening|night|tonight)\b", low)
    if part:
        return "TIME", f"{moment:%Y-%m-%d}{_PARTS[part[1]]}"
    season = re.search(r"\b(spring|summer|fall|autumn|winter)\b", low)
    if season:
        return "DATE", f"{moment:%Y}-{_SEASONS[season[1]]}"
    if "weekend" in low:
        return "DATE", point(moment, "week") + "-WE"
    if re.search(r"\b(?:ago|earlier|before|later|hence)$", low):
        grain = unit_said(low) or grain
    grain = grain or grain_said(low)
    return "TIME" if grain in ("second", "minute", "hour") else "DATE", point(moment, grain)


def clock_said(words: str) -> bool:
    """Whether the words say a time of day, and are not a bare number that a tool takes for one."""
    return bool(_CLOCK.search(words) or re.search(r"hour|minute|second|morning|noon|evening|night|now", words, re.I))


def likely(words: str, moment: datetime, written: datetime) -> datetime:
    """The last of a weekday, and the nearest of a month without a year, for a tool that looks one way only, or both.

    News tells mostly of what has been: a tool that only looks ahead would be right on next to none otherwise.
    """
    if _AHEAD.search(words):
        return moment
    if re.search(_WEEKDAY, words, re.I) and not re.search(_MONTH, words, re.I):
        return written - timedelta((written.weekday() - moment.weekday()) % 7)
    if re.search(_MONTH, words, re.I) and (moment.month, moment.day) != (2, 29):
        if grain_said(words) == "month":
            moment = moment.replace(day=15)
        years = (moment.replace(year=written.year + step) for step in (-1, 0, 1))
        return min(years, key=lambda year: abs(year - written))
    return moment


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without what TIMEX3 leaves out: a preposition before the expression, white space and marks around it."""
    while end > start and text[end - 1] in " ,;\n":
        end -= 1
    match = _BEFORE.match(text, start, end)
    while match:
        start = match.end()
        match = _BEFORE.match(text, start, end)
    return start, end
