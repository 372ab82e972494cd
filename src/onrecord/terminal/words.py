"""Words for people: names of states, days, stages, and text that is safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.analysis import Interval
from onrecord.lexicon import rows, table
from onrecord.record.rows import AgreementRow

#: Characters that steer a terminal or turn the direction of text, and the one mark that stands for each of them, so
#: that positions stay what they are: C0 and C1 controls but tab and newline, and bidirectional controls.
_STEERING = {
    code: ("\N{REPLACEMENT CHARACTER}" if code != 0x0D else " ")
    for code in (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_STEERING |= dict.fromkeys((0x200E, 0x200F, 0x061C, 0x2028, 0x2029), "\N{REPLACEMENT CHARACTER}")
_STEERING |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


def clean(text: str) -> str:
    """`text` with every character that could steer a terminal made visible, each by one character."""
    return text.translate(_STEERING)


def line(text: str, longest: int | None = None) -> str:
    """`text` clean and on one line; past `longest` characters it is cut at a word, and an ellipsis says so."""
    found = clean(re.sub(r"\s+", " ", text[: 4 * longest] if longest else text).strip())
    if longest is None or len(found) <= longest:
        return found
    return found[:longest].rpartition(" ")[0].rstrip(" ,;:") + " …"


def plain(text: str) -> str:
    """`text` for where there is ASCII only: typographic marks as the plain ones, other characters as question marks."""
    marks = table("labels")["plain"]
    return "".join(char if char.isascii() else marks.get(char, "?") for char in text)


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    return {row["country"]: row["name"] for row in rows("states")}


def states(codes: Iterable[str]) -> str:
    """The names of states, `Iran and Russia`; a code without a name stands as it is."""
    return listed([_states().get(code, code) for code in codes])


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def days(interval: Interval) -> str:
    """An interval of days in as few words as it allows: a day, a month, a year, an open or a closed range."""
    first, last = interval.earliest, interval.latest
    if first is None and last is None:
        return "not known"
    if last is None:
        return f"from {first}"
    if first is None:
        return f"by {last}"
    if first == last:
        return first
    if first[:4] == last[:4] and (first[5:], last[5:]) == ("01-01", "12-31"):
        return first[:4]
    if first[:7] == last[:7] and first.endswith("-01") and last[8:] in _last_days(first):
        return first[:7]
    return f"{first} to {last}"


def published(interval: Interval) -> str:
    """When a page came out, `published 2024-09-10`."""
    return f"published {days(interval)}" if interval.earliest or interval.latest else "undated"


def _last_days(first: str) -> tuple[str, ...]:
    if first[5:7] == "02":
        return ("28", "29")
    return ("30",) if first[5:7] in ("04", "06", "09", "11") else ("31",)


def stage(name: str, condition: str | None = None) -> str:
    """A stage of the ladder in words, with its condition."""
    words: str = table("labels")["stages"].get(name, name)
    return f"{words}, {table('labels')['conditions'].get(condition, condition)}" if condition else words


def since(row: AgreementRow) -> str:
    """The days since which an agreement stands where it does, as exact as the step that tells it; empty if unknown."""
    told = [step.when for step in row.history if step.stage == row.stage and step.when.latest]
    return next((days(when) for when in told if (when.earliest or when.latest) == row.since), row.since or "")


def standing_since(row: AgreementRow) -> str:
    """Since when an agreement stands where it does, in words for a sentence: `since 2031-03`."""
    known = since(row)
    if not known:
        return "since when is not known"
    return f"since {known.removeprefix('by ')} at the latest" if known.startswith("by ") else f"since {known}"


def standing_at(name: str, condition: str | None = None) -> str:
    """A stage of the ladder in a word or two, with its condition."""
    return f"{rung(name)}, {table('labels')['conditions'].get(condition, condition)}" if condition else rung(name)


def rung(name: str) -> str:
    """A stage of the ladder in a word or two."""
    words: str = table("labels")["rungs"].get(name, name)
    return words


def followed(name: str) -> str:
    """How an agreement stands to a later one that has this relation to it."""
    words: str = table("labels")["followed"].get(name, name)
    return words


def relation(name: str) -> str:
    """How an agreement stands to an older one, as a verb."""
    words: str = table("labels")["relations"].get(name, name)
    return words


def standing(name: str) -> str:
    """How a forecast stands."""
    words: str = table("labels")["standings"].get(name, name)
    return words


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 report`, `2 reports`; `many` is the plural where it is not that."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def act(name: str) -> str:
    """What somebody does in a statement, as a verb in the past, which agrees with one and with many."""
    words: str = table("labels")["acts"].get(name, name)
    return words


def agreement(instrument: str, name: str | None, parties: Sequence[str]) -> str:
    """What an agreement is called: `Iran and Russia: treaty`, with its name where it has one."""
    what = line(name or instrument)
    return f"{states(parties)}: {what}" if parties else what[:1].upper() + what[1:]


def speaker(name: str | None, source_text: str = "") -> str:
    """Who speaks: the name, else the page's own words for them, else that nobody is named."""
    return line(name or source_text, 80) or "nobody named"


def carriers(name: str | None, chain: Sequence[str]) -> str:
    """Through whom the words came, `, via TASS, Reuters`; empty where they came through nobody."""
    through = [line(link, 40) for link in chain if link != name]
    return f", via {', '.join(through)}" if through else ""


def evidence(how: str) -> str:
    """What dates a page, before the words on it that do."""
    words: str = table("labels")["evidence"].get(how, how)
    return words


def weekdays(days: Iterable[int]) -> str:
    """ISO weekdays by name, `Wednesday or Thursday`."""
    return " or ".join(table("labels")["weekdays"]["names"][day - 1] for day in sorted(days))
