"""The lexicon of agreements, compiled once: instruments, names, stage cues and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.lexicon import table

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A kind of instrument: `label` for the record, `group` what one page would call by another's name."""

    label: str
    group: str
    rank: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Name:
    """A well-known agreement of many states, or the talks about one; `parties` where they are few."""

    name: str
    instrument: str
    pattern: Pattern
    old: bool
    talks: bool
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Words that say the same of an agreement, the stage by what stands before them, how far and where they reach."""

    name: str
    forms: tuple[tuple[str, Pattern], ...]
    stages: dict[str, str]
    weak: frozenset[str]
    reach: int
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """Everything that the reading of agreements knows. Single patterns go by their place in the lexicon."""

    instruments: tuple[Instrument, ...]
    names: tuple[Name, ...]
    families: tuple[Family, ...]
    subjects: tuple[Pattern, ...]
    conditions: tuple[tuple[str, Pattern], ...]
    condition_reach: int
    lists: dict[str, frozenset[str]]
    patterns: dict[str, Pattern]

    def fits(self, key: str, word: str) -> bool:
        """Whether the word is one of the pattern of that place."""
        return self.patterns[key].fullmatch(word) is not None

    def has(self, key: str, text: str) -> bool:
        """Whether the pattern of that place occurs in the text."""
        return self.patterns[key].search(text) is not None


def whole(pattern: str) -> Pattern:
    """The pattern between word ends."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")


def _name(entry: dict[str, Any]) -> Name:
    pattern, parties = whole(entry["pattern"]), tuple(entry.get("parties", ()))
    return Name(entry["name"], entry["instrument"], pattern, entry["old"], entry.get("talks", False), parties)


def _family(entry: dict[str, Any]) -> Family:
    return Family(
        entry["name"],
        tuple((form, whole(entry[form])) for form in ("past", "noun", "base")),
        {modality: entry[modality] for modality in ("done", "dated", "ahead", "hoped", "negated")},
        frozenset(entry["weak"]),
        entry["reach"],
        frozenset(entry.get("traits", ())),
    )


@lru_cache(maxsize=1)
def agreement_words() -> AgreementWords:
    """The compiled lexicon."""
    nouns, cues, names = table("agreements"), table("agreement_cues"), table("agreement_names")
    patterns = {
        f"{section}.{key}": whole(value)
        for source in (nouns, cues)
        for section, entries in source.items()
        if isinstance(entries, dict)
        for key, value in entries.items()
        if isinstance(value, str)
    }
    return AgreementWords(
        tuple(Instrument(e["class"], e["group"], e["rank"], whole(e["pattern"])) for e in nouns["instrument"]),
        tuple(_name(entry) for entry in names["agreement"]),
        tuple(_family(entry) for entry in cues["family"]),
        tuple(whole(entry["words"]) for entry in nouns["subject"]),
        tuple((entry["name"], whole(entry["pattern"])) for entry in cues["condition"]),
        cues["conditions"]["reach"],
        {
            "not.before": frozenset(nouns["not"]["before"]),
            "not.behind": frozenset(nouns["not"]["behind"]),
            "not.names": frozenset(nouns["not"]["names"]),
            "old.words": frozenset(nouns["old"]["words"]),
        },
        patterns,
    )


def lowered(text: str) -> str:
    """The text in lower case and with plain spaces and apostrophes, character by character, so that spans stay."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_PLAIN)


_PLAIN = {0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2019: "'", 0x2018: "'", 0x2011: "-", 0x09: " "}
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


def words_in(low: str) -> list[str]:
    """The words of a stretch of lower-case text."""
    return _WORD.findall(low)
