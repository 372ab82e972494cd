"""Which reports speak of one agreement.

Agreements between the same states are told apart by the kind of instrument, by subject, and by time: one that was
in force long before talks began is another than the one that is talked about. Changing words for one thing
(`deal`, `pact`, `treaty`) and gaps of months do not tell them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.analysis import LADDER, Agreement, Published, Stage
from onrecord.lexicon import table
from onrecord.record.terms import stem, stems

SIGNED = LADDER.index("signed")
#: The subject of an agreement on the relations of states as a whole.
RELATIONS = "relations"
#: What happened this many days before its page is looked back on, not reported.
_LOOK_BACK = 365
#: A report this many days before the first talks on record can still be of the same agreement.
_LEAD = 400
_LEAD_TALKS = 5 * 365
#: After a silence of so many days, talks of a new one begin where the old one was signed.
_SILENCE = 730


@dataclass(frozen=True, slots=True)
class Report:
    """One entry of one page. `group` numbers the report that the page carries, so copies have the same."""

    page: int
    place: int
    group: int
    path: str
    published: Published
    entry: Agreement
    words: str
    speaker: str | None
    chain: tuple[str, ...]

    @property
    def rung(self) -> int:
        """The place of the stage on the ladder."""
        return rung(self.entry.stage)

    @property
    def happened(self) -> int | None:
        """The last day on which it can have happened, as an ordinal, by what the page says of it."""
        return _ordinal(self.entry.when.latest or self.entry.when.earliest)

    @property
    def day(self) -> int | None:
        """The last day of `when`, else the day of publication."""
        return self.happened if self.happened is not None else _ordinal(self.published.latest)

    @property
    def looks_back(self) -> bool:
        """Whether the page only looks back on it."""
        published = _ordinal(self.published.latest)
        if self.happened is not None and published is not None and self.happened < published - _LOOK_BACK:
            return True
        return self.entry.background


def rung(stage: Stage) -> int:
    """The place of a stage on the ladder, from 0."""
    return LADDER.index(stage)


def kind(instrument: str) -> str:
    """The group of instruments that one agreement can be called by."""
    return _kinds().get(instrument, instrument)


def subject(report: Report) -> str:
    """What an agreement is about by its name: a subject of `tracking.toml`, `relations`, or nothing.

    Where the sentence says nothing of the name's subject, and tells of the relations of the states as a whole, that
    counts: the name was then taken from elsewhere on the page.
    """
    found, said = set(stems(report.entry.name or "")), set(stems(report.words))
    for label, vocabulary in _subjects():
        if found & vocabulary:
            return RELATIONS if not said & vocabulary and said & _subjects()[-1][1] else label
    return ""


def name_words(name: str) -> frozenset[str]:
    """The words that tell the name of one agreement of many states from another."""
    found = frozenset(stems(name))
    return found - _generic() or found


def same_agreement(reports: Iterable[Report], named: bool) -> list[list[Report]]:
    """Parts the reports of one block by the agreement they speak of: by name where all have one, else by subject.

    Takes the reports in any order and gives them in canonical order. Denied stages, and backward looks that no
    date and no other report places, are left out.
    """
    ordered = sorted(
        (report for report in reports if report.entry.polarity == "positive"),
        key=lambda report: (report.path, report.page, report.place),
    )
    by_kind: dict[str, list[Report]] = defaultdict(list)
    for report in ordered:
        by_kind[kind(report.entry.instrument)].append(report)
    found: list[list[Report]] = []
    for label in sorted(by_kind):
        of_kind = by_kind[label]
        for group in _by_name(of_kind) if named else _by_subject(of_kind):
            found.extend(_by_time(group))
    return found


def _by_name(reports: list[Report]) -> list[list[Report]]:
    """Groups by the distinguishing words of names: equal, or all of the shorter in the longer (two at least)."""
    keys = sorted({name_words(report.entry.name or "") for report in reports}, key=lambda key: (len(key), sorted(key)))
    heads: dict[frozenset[str], frozenset[str]] = {}
    for key in keys:
        heads[key] = next((heads[small] for small in heads if len(small) > 1 and small <= key), key)
    groups: dict[frozenset[str], list[Report]] = defaultdict(list)
    for report in reports:
        groups[heads[name_words(report.entry.name or "")]].append(report)
    return [groups[key] for key in sorted(groups, key=sorted)]


def _by_subject(reports: list[Report]) -> list[list[Report]]:
    """Groups by subject; a report that names none goes where its page, its instrument and the others point."""
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        groups[subject(report)].append(report)
    plain = groups.pop("", [])
    if not plain:
        return [groups[label] for label in sorted(groups)]
    if RELATIONS in groups or not groups:
        home = RELATIONS
    else:
        home = min(groups, key=lambda label: (-len({report.group for report in groups[label]}), label))
        if not _can_be(plain, groups[home]):
            home = RELATIONS
    on_page: dict[int, set[str]] = defaultdict(set)
    for label, members in groups.items():
        for report in members:
            if not report.entry.background:
                on_page[report.page].add(label)
    for report in plain:
        here = on_page.get(report.page, set())
        groups[next(iter(here)) if len(here) == 1 else home].append(report)
    return [groups[label] for label in sorted(groups)]


def _can_be(plain: list[Report], members: list[Report]) -> bool:
    """Whether reports that only say `treaty` or `deal` can be of this group: it must go by that word too."""
    loose = set(table("tracking")["loose"]["instruments"])
    called = {report.entry.instrument for report in members} | loose
    counts = Counter(report.entry.instrument in called for report in plain)
    return counts[True] >= counts[False]


def _by_time(reports: list[Report]) -> list[list[Report]]:
    """Parts agreements that followed each other; what is looked back on goes to the one of its time."""
    current = [report for report in reports if not report.looks_back]
    current.sort(key=lambda report: (report.day is None, report.day or 0, report.path, report.place))
    episodes: list[list[Report]] = []
    for report in current:
        if not episodes or _begins_anew(episodes[-1], report):
            episodes.append([])
        episodes[-1].append(report)
    older: list[Report] = []
    for report in reports:
        if not report.looks_back or report.happened is None:
            continue
        home = next((episode for episode in reversed(episodes) if _belongs(report, episode)), None)
        if home is None:
            older.append(report)
        else:
            home.append(report)
    older.sort(key=lambda report: (report.happened or 0, report.path, report.place))
    bygone: list[list[Report]] = []
    for report in older:
        if not bygone or (report.happened or 0) - (bygone[-1][-1].happened or 0) > _LEAD:
            bygone.append([])
        bygone[-1].append(report)
    return bygone + episodes


def _begins_anew(episode: list[Report], report: Report) -> bool:
    last = max((earlier.day for earlier in episode if earlier.day is not None), default=None)
    return (
        last is not None
        and report.day is not None
        and report.day - last > _SILENCE
        and report.rung < SIGNED <= max(earlier.rung for earlier in episode)
    )


def _belongs(report: Report, episode: list[Report]) -> bool:
    """Whether what a page looks back on is a stage of this agreement and not of an older one."""
    current = [member for member in episode if not member.looks_back]
    days = [member.day for member in current if member.day is not None]
    happened = report.happened
    if not days or happened is None:
        return False
    first = min(days)
    if happened >= first:
        return True
    if report.rung < SIGNED:
        return happened >= first - _LEAD_TALKS
    return all(member.rung >= SIGNED for member in current) and happened >= first - _LEAD


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {row["class"]: row["group"] for row in table("agreements")["instrument"]}


@lru_cache(maxsize=1)
def _subjects() -> list[tuple[str, frozenset[str]]]:
    known = [(row["name"], frozenset(map(stem, row["words"]))) for row in table("tracking")["subject"]]
    return [*known, (RELATIONS, frozenset(map(stem, table("tracking")["relations"]["words"])))]


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(map(stem, table("tracking")["generic"]["words"]))
