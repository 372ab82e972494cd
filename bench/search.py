"""How far is it, and since when? What a plain search of the pages gives a reader, beside what OnRecord answers.

    python bench/search.py PAGES... --gold GOLD [--record FILE]

PAGES are what `onrecord build` takes; GOLD says of each page which agreements it reports and how far each had come: a
JSON object of {PAGE: {"agreement", "parties", "stage", "condition", "published"}}, or a line a page with `path` and
either the same or `agreements`, a list of them. Agreements without an id are told apart by their parties. FILE is a
record of these pages; without it, one is built.

For each agreement the question is its stage on the last page that reports on it. Three answers are set side by side:

- search: the pages by BM25 (SQLite's FTS5, Porter's stems) for the names of the parties, or of the agreement, and the
  instrument; and for the same with "how far is". `first` is how many pages must be opened until one tells the final
  stage, `all` until every page that reports on the agreement has been seen: only then does a reader know that nothing
  came later, and have the whole history. A page that the search does not find counts as if it came after all others.
- keywords: of the first 20 found, the last published (by gold) that has a word for a step ("signed", "ratified",
  "entered into force" ...), and the highest step that it has a word for. `best`: of the first page alone.
- OnRecord: the agreement on record with these parties, or with a name like this one's (of several, the one that has
  most in common with the instrument, then the first): its stage, `since`, and its place `at` in the list.

A day is right within three days of gold's; where gold has none, it does not count.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from onrecord import Record
from onrecord.intake import read_inputs
from onrecord.lexicon import rows
from onrecord.page import Page
from onrecord.reading.pipeline import text_of

#: How a reader would look for each step, the last first.
KEYWORDS = {
    "in_force": r"(?:enter(?:s|ed)?|c[ao]mes?|went) into (?:force|effect)|took effect|takes effect",
    "ratified": r"ratified",
    "ratifying": r"ratif(?:y|ies|ying|ication)",
    "signed": r"signed",
    "scheduled": r"(?:will|to) (?:be signed|sign)",
    "concluded": r"agreed|finali[sz]ed|initialled|adopted",
    "negotiating": r"negotiat\w+|talks",
    "proposed": r"propos\w+",
}
#: Of so many pages found, the last is taken; and days of gold and answer may differ by so much.
FOUND, DAYS = 20, 3
QUESTION = "how far is"
LIMITS = ("minor", "background", "unscored")


@dataclass(slots=True)
class Sought:
    """An agreement that is asked for: the pages that report on it, and what the last of them says."""

    parties: list[str]
    keys: list[str]
    instrument: str
    multilateral: bool
    #: Whether it is between two states, and no page of it could well be labelled otherwise.
    plain: bool
    #: (day of publication, page, stage, condition) of each page, in order of the days.
    pages: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    days: dict[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        return self.pages[-1][2]

    @property
    def day(self) -> str | None:
        """The first day on which it was at its final stage, if gold has one."""
        return self.days.get(self.stage)

    def telling(self) -> set[str]:
        """The pages that tell the final stage."""
        return {page for _, page, stage, condition in self.pages if (stage, condition) == self.pages[-1][2:]}


def gold(path: Path) -> dict[str, Sought]:
    """The agreements of a gold file, by id or parties."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        labels = [{"path": name, **row} for name, row in json.loads(text).items()]
    else:
        labels = [json.loads(line) for line in text.splitlines() if line.strip()]
    found: dict[str, Sought] = {}
    for row in labels:
        for one in row.get("agreements", [row]):
            if any(one.get(mark) for mark in (*LIMITS, "background_only")):
                continue
            many = one.get("multilateral", False)
            keys = one.get("name_keys", [])
            key = one.get("agreement") or "+".join([*one["parties"], *one.get("others", []), *keys[: 1 if many else 0]])
            sought = found.setdefault(key, Sought(one["parties"], keys, one["instrument"], many, plain=True))
            two = len(one["parties"]) == 2 and not many and not one.get("others")
            sought.plain = sought.plain and two and not one.get("doubtful")
            sought.pages.append((row["published"], Path(row["path"]).name, one["stage"], one["condition"]))
            for step in one.get("milestones", []):
                if not step.get("scheduled") and len(step["when"]) == 10:
                    sought.days[step["stage"]] = min(step["when"], sought.days.get(step["stage"], step["when"]))
    for sought in found.values():
        sought.pages.sort(key=lambda page: page[0])
        if path.suffix == ".json":  # dated by the first page that tells it
            sought.days[sought.stage] = next(page[0] for page in sought.pages if page[2] == sought.stage)
    return found


def words(sought: Sought) -> str:
    """What a reader types."""
    names = {row["country"]: row["name"] for row in rows("states")}
    if not sought.parties or (sought.multilateral and sought.keys):
        return f"{sought.keys[0]} {sought.instrument}"
    return " ".join([*(names.get(party, party) for party in sought.parties), sought.instrument])


class Index:
    """A full-text index of pages, and what they say in full."""

    def __init__(self, pages: Iterable[tuple[str, str]]) -> None:
        self.texts = dict(pages)
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(name UNINDEXED, text, tokenize='porter unicode61')"
        )
        self._database.executemany("INSERT INTO pages VALUES (?, ?)", self.texts.items())

    def search(self, query: str) -> list[str]:
        """The names of the pages that have a word of the query, the best by BM25 first."""
        terms = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        asked = self._database.execute("SELECT name FROM pages WHERE pages MATCH ? ORDER BY rank, name", (terms,))
        return [name for (name,) in asked]

    def opened(self, query: str, wanted: set[str]) -> tuple[int, int]:
        """How many pages must be opened until one of those wanted is seen, and until all are."""
        order = {name: place for place, name in enumerate(self.search(query), 1)}
        places = sorted(order.get(name, len(self.texts)) for name in wanted)
        return places[0], places[-1]


def by_keywords(index: Index, query: str, days: dict[str, str], most: int = FOUND) -> tuple[str | None, str | None]:
    """The stage and the day that the last of the first pages found with a word for a step gives."""
    for name in sorted(index.search(query)[:most], key=lambda name: days.get(name, ""), reverse=True):
        for stage, pattern in KEYWORDS.items():
            if re.search(rf"\b(?:{pattern})\b", index.texts[name], re.IGNORECASE):
                return stage, days.get(name)
    return None, None


def on_record(sought: Sought, listed: Sequence[Any]) -> Any | None:
    """The agreement that a reader would take for the one sought: by parties or name, then by what it is about."""

    def likeness(row: Any) -> tuple[bool, int, int]:
        same = bool(row.parties) and row.parties == sorted(sought.parties)
        apart = row.parties and sought.parties and not set(row.parties) & set(sought.parties)
        name = (row.name or row.id).lower()
        keys = sum(key.lower() in name for key in sought.keys) if sought.multilateral and not apart else 0
        return same, keys, len(set(re.findall(r"\w+", f"{row.id} {name}")) & set(sought.instrument.lower().split()))

    best = max(listed, key=likeness, default=None)
    return best if best and any(likeness(best)[:2]) else None


def near(day: str | None, other: str | None) -> bool:
    return bool(day and other) and abs((date.fromisoformat(day) - date.fromisoformat(other)).days) <= DAYS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", metavar="PAGES")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--record", type=Path, metavar="FILE", help="a record of these pages (default: one is built)")
    call = parser.parse_args()
    index = Index((Path(page.path).name, text_of(page)) for page in read_inputs(call.pages) if isinstance(page, Page))
    with tempfile.TemporaryDirectory() as folder, Record(call.record or Path(folder, "pages.onrecord")) as record:
        if call.record is None:
            record.build(call.pages)
        listed = record.agreements()
    asked = {key: one for key, one in gold(call.gold).items() if all(page[1] in index.texts for page in one.pages)}
    days = {page[1]: page[0] for one in asked.values() for page in one.pages}
    print(f"{len(index.texts)} pages, {len(asked)} agreements asked for, {len(listed)} on record")
    print(f"\n{'':34}{'':>6}  search     how far    keywords     OnRecord")
    print(f"{'agreement':34}{'pages':>6}  first all  first all  stage day    stage day  at")
    counts: dict[str, list[float]] = defaultdict(list)
    for key, one in sorted(asked.items(), key=lambda item: -len(item[1].pages)):
        query, reporting = words(one), {page[1] for page in one.pages}
        cells = []
        for kind, text in (("search", query), ("how far", f"{QUESTION} the {query}")):
            first, every = index.opened(text, one.telling())[0], index.opened(text, reporting)[1]
            counts[f"{kind}, first"].append(first)
            counts[f"{kind}, all"].append(every)
            cells.append(f"{first:5} {every:4}")
        row = on_record(one, listed)
        answers = {
            "keywords": by_keywords(index, query, days),
            "best": by_keywords(index, query, days, 1),
            "onrecord": (row.stage, row.since) if row else (None, None),
        }
        for name, (stage, day) in answers.items():
            right = stage == one.stage
            counts[f"{name}, stage"].append(right)
            if one.plain:
                counts[f"{name}, plain"].append(right)
            if one.day:
                counts[f"{name}, day"].append(right and near(day, one.day))
            if name == "best":
                continue
            told = "-" if stage is None else "right" if right else "wrong"
            cells.append(f"{told:5} {('right' if right and near(day, one.day) else 'wrong') if one.day else '-':5}")
        place = listed.index(row) + 1 if row else 0
        counts["onrecord, found"].append(row is not None)
        if one.plain:
            counts["onrecord, found plain"].append(row is not None)
        print(f"{key[:33]:34}{len(one.pages):6}  {cells[0]} {cells[1]}  {cells[2]}  {cells[3]} {place or '-':>3}")
    print("\npages to open: median, mean, most")
    for name in ("search, first", "search, all", "how far, first", "how far, all"):
        values = counts[name]
        at_once = sum(value == 1 for value in values)
        summed = f"{statistics.median(values):7.0f}{statistics.mean(values):8.1f}{max(values):6.0f}"
        print(f"{name:18}{summed}, just one for {at_once} of {len(values)}")
    print("\nright, of those asked")
    for asker in ("keywords", "best", "onrecord"):
        for what in ("found", "found plain", "stage", "plain", "day"):
            values = counts[f"{asker}, {what}"]
            if values:
                print(f"{f'{asker}, {what}':22}{sum(values):4.0f} of {len(values)}")


if __name__ == "__main__":
    main()
