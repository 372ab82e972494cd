"""Times of day: by the clock, and parts of the day."""

from __future__ import annotations

import re

from onrecord.reading.timex.counted import date_of
from onrecord.reading.timex.meaning import Case, Context, Meaning


def clock(case: Case, context: Context) -> Meaning | None:
    """`2024-09-10T17:00`, on the day said or the day of writing."""
    figures = case.first("clock", "hour", "hhmm", "number")
    match = re.match(r"(\d{1,2})(?:[:.](\d+))?", str(figures), re.ASCII)
    if match is None:
        return None
    hour, minute = int(match[1]), int(float(match[2] or 0))
    if not any(category in case.values for category in ("clock", "hour", "hhmm")):
        minute = round((float(str(figures)) - hour) * 100)
    if "ampm" in case.values:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(case.values["ampm"])
    if hour > 24 or minute > 59:
        return None
    return _on(f"T{hour:02}:{minute:02}", case, context)


def daypart(case: Case, context: Context) -> Meaning | None:
    """`2024-09-10TEV`."""
    part = case.first("daypart", "night") or case.settings.get("part")
    return _on(str(part), case, context) if part else None


def _on(part: str, case: Case, context: Context) -> Meaning | None:
    day = date_of(case, context)
    if " ".join(case.text.lower().split()) == "last night" and context.written is not None:
        day = date_of(Case({"today": -1}, {}, case.direction, case.text), context)
    if day is None:
        return None
    if day.period is not None and day.period.unit != "day":
        return None
    return Meaning("TIME", day.value + part, day.first, day.last, day.period)
