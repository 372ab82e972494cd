"""Which reports speak of one agreement.

Agreements between the same states are told apart by the kind of instrument, by subject, and by time: one that was
in force long before talks began is another than the one that is talked about. Changing words for one thing
(`deal`, `pact`, `treaty`) and gaps of months do not tell them apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.analysis import LADDER, Agreement, Published, Stage
from onrecord.lexicon import table
from onrecord.record.terms import stem, stems

SIGNED = LADDER.index("signed")
#: Two dates of one step may lie this many days apart.
SLACK = 3
#: The subject of an agreement on the relations of states as a whole.
RELATIONS = "relations"
#: The day of publication is known if it is known to so many days.
_CLOSE = 92
#: What happened this many days before its page is looked back on, not reported.
_LOOK_BACK = 365
#: A report this many days before the first talks on record can still be of the same agreement.
_LEAD = 400
_LEAD_TALKS = 5 * 365
#: After a silence of so many days, talks of a new one begin where the old one was signed.
_SILENCE = 730
#: So much of a sentence is read for what an agreement is about, and so far before the word for an instrument.
_READ = 1000
_BEFORE = 40
#: The group of instruments whose loose words any other is called by too.
_LOOSE = "treaty"
#: This share of the reports of a subject is headed by another where the two are one.
_HEADED = 0.5


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
    title: str = ""

    @property
    def rung(self) -> int:
        """The place of the stage on the ladder."""
        return rung(self.entry.stage)

    @property
    def happened(self) -> int | None:
        """The last day on which it can have happened, as an ordinal, by what the page says; None if that is open."""
        return _ordinal(self.entry.when.latest)

    @property
    def told(self) -> int | None:
        """The last day on which it can have been published, as an ordinal; None where not even the season is known."""
        first, last = _ordinal(self.published.earliest), _ordinal(self.published.latest)
        return last if first is not None and last is not None and last - first <= _CLOSE else None

    @property
    def day(self) -> int | None:
        """The last day of `when`, if that is not only by when the page came out, else the day of publication."""
        if self.happened is not None and self.entry.when.latest != self.published.latest:
            return self.happened
        return self.told

    @property
    def looks_back(self) -> bool:
        """Whether the page only looks back on it."""
        published = _ordinal(self.published.earliest)
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
    counts: the name was then taken from elsewhere on the page. What has no name that tells anything, and is called by a
    word that any instrument is called by, is about what the sentence says beside that word ("an agreement on the
    crossing", "gas talks"), else about what the title does.
    """
    found, said = set(stems(report.entry.name or "")), set(stems(report.words))
    for label, vocabulary in _subjects():
        if found & vocabulary:
            return RELATIONS if not said & vocabulary and said & _subjects()[-1][1] else label
    if report.entry.instrument not in table("tracking")["loose"]["instruments"]:
        return ""
    if not found <= _generic():
        return ""
    return _spoken_of(report.words) or ("" if report.looks_back else _spoken_of(report.title))


def _spoken_of(text: str) -> str:
    """The first subject that a text names beside the word for an instrument: before it, or behind it and a lead."""
    instrument, before, leads = _about()
    for match in instrument.finditer(text[:_READ]):
        stretches = [lead.group() for lead in leads.finditer(match.group())]
        ahead = before.search(text, max(0, match.start() - _BEFORE), match.start())
        for word in [*stems(ahead.group() if ahead else ""), *(word for one in stretches for word in stems(one))]:
            for label, vocabulary in _subjects()[:-1]:
                if word in vocabulary:
                    return label
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
    ordered = sorted((report for report in reports if report.entry.polarity == "positive"), key=_in_order)
    by_kind: defaultdict[str, list[Report]] = defaultdict(list)
    for report in ordered:
        by_kind[kind(report.entry.instrument)].append(report)
    if not named:
        _call_by_kind(by_kind)
    found: list[list[Report]] = []
    for label in sorted(by_kind):
        of_kind = by_kind[label]
        for group in _by_name(of_kind) if named else _by_subject(of_kind):
            found.extend(_told_once(episode) for episode in _by_time(group))
    return found


def _told_once(reports: list[Report]) -> list[Report]:
    """The reports without those that a page tells of one agreement twice over, by two words for it: the further stage.

    A page has one agreement at one stage now; two under one condition are one.
    """
    furthest: dict[tuple[int, str | None], int] = {}
    for report in reports:
        if not report.looks_back:
            key = (report.page, report.entry.condition)
            furthest[key] = max(furthest.get(key, -1), report.rung)
    return [one for one in reports if one.looks_back or one.rung == furthest[one.page, one.entry.condition]]


def _call_by_kind(by_kind: defaultdict[str, list[Report]]) -> None:
    """Give reports that say no more than `accord` or `deal` to the one other kind of instrument that is told of then.

    That is so where no report of the time tells of an agreement that goes by a closer word, a name or a subject.
    """
    loose = table("tracking")["loose"]["instruments"]
    plain = [report for report in by_kind.get(_LOOSE, ()) if not report.looks_back]
    others = [label for label in by_kind if label != _LOOSE and any(not one.looks_back for one in by_kind[label])]
    if len(others) != 1 or not plain:
        return
    names = frozenset(stems(" ".join(one.entry.name or "" for one in plain)))
    if not names <= _generic() or any(one.entry.instrument not in loose or subject(one) for one in plain):
        return
    days = [one.day for one in by_kind[others[0]] if one.day is not None and not one.looks_back]
    last = {one.day for one in plain if one.day is not None}
    if not days or any(day < min(days) - _LEAD or day > max(days) + _LEAD for day in last):
        return
    pages = {one.page for one in plain}
    for one in by_kind.pop(_LOOSE):
        by_kind[others[0] if one.page in pages and one.entry.instrument in loose else _LOOSE].append(one)


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
    for label, known in sorted(_headed(groups).items()):
        pages = {report.page for report in groups[label] if not report.looks_back}
        members = groups.pop(label)
        groups[known] = sorted([*groups[known], *(one for one in members if one.page in pages)], key=_in_order)
        if rest := [one for one in members if one.page not in pages]:
            groups[label] = rest
    plain = groups.pop("", [])
    if not plain:
        return [groups[label] for label in sorted(groups)]
    home = _home(plain, groups)
    on_page = _on_pages(groups)
    dated = [report for report in groups.get(home, ()) if report.day is not None]
    days = [report.day or 0 for report in dated if any(not other.looks_back for other in dated)]
    for report in plain:
        here = on_page.get(report.page, set())
        near = not days or report.day is None or any(abs(report.day - day) <= _LEAD for day in days)
        groups[next(iter(here)) if len(here) == 1 else home if near else RELATIONS].append(report)
    return [groups[label] for label in sorted(groups)]


def _on_pages(groups: Mapping[str, list[Report]]) -> dict[int, set[str]]:
    """The subjects of what each page tells as news."""
    found: dict[int, set[str]] = defaultdict(set)
    for label, report in ((label, one) for label, members in groups.items() for one in members):
        if label and not report.looks_back:
            found[report.page].add(label)
    return found


def _headed(groups: Mapping[str, list[Report]]) -> dict[str, str]:
    """The subjects of reports whose headlines call that agreement by another subject, with that one.

    So many of the reports of one agreement must be headed so, and none of their pages tell of two.
    """
    on_page = _on_pages(groups)
    loose = table("tracking")["loose"]["instruments"]
    found: dict[str, str] = {}
    for label, members in groups.items():
        current = [one for one in members if not one.looks_back]
        heads: dict[str, set[int]] = defaultdict(set)
        for one in current:
            if label and one.entry.instrument in loose and len(on_page[one.page]) == 1:
                heads[_spoken_of(one.title)].add(one.group)
        for head in sorted(set(heads) & set(groups) - {label, ""}):
            if len(heads[head]) >= _HEADED * len({one.group for one in current}):
                found[label] = head
    return {label: head for label, head in found.items() if head not in found}


def _in_order(report: Report) -> tuple[str, int, int]:
    return report.path, report.page, report.place


def _home(plain: list[Report], groups: Mapping[str, list[Report]]) -> str:
    """The group of the reports that name no subject: that of most others, if it can be theirs."""
    if RELATIONS in groups or not groups:
        return RELATIONS
    home = min(groups, key=lambda label: (-len({report.group for report in groups[label]}), label))
    return home if _can_be(plain, groups[home]) else RELATIONS


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
    bygones = [report for report in reports if report.looks_back and report.happened is not None]
    episodes: list[list[Report]] = []
    for report in current:
        if not episodes or (_begins_anew(episodes[-1], report) and not _goes_back(report, bygones, episodes[-1])):
            episodes.append([])
        episodes[-1].append(report)
    for episode in episodes:
        episode += [report for report in bygones if _is_step_of(report, episode)]
    known = [list(episode) for episode in episodes]
    placed = {id(report) for episode in episodes for report in episode}
    older: list[Report] = []
    for report in bygones:
        if id(report) in placed:
            continue
        home = next((at for at in reversed(range(len(known))) if _belongs(report, known[at])), None)
        if home is None:
            older.append(report)
        else:
            episodes[home].append(report)
    older.sort(key=lambda report: (report.happened or 0, report.path, report.place))
    bygone: list[list[Report]] = []
    for report in older:
        if not bygone or (report.happened or 0) - (bygone[-1][-1].happened or 0) > _LEAD:
            bygone.append([])
        bygone[-1].append(report)
    for report in reports:
        if report.looks_back and report.happened is None:
            told = [group for group in bygone if any(other.page == report.page for other in group)]
            if len(told) == 1:
                told[0].append(report)  # the page dates another step of the one old agreement that it tells of
    return bygone + episodes


def _begins_anew(episode: list[Report], report: Report) -> bool:
    """Whether a report after years of silence is of another agreement.

    That is so where it tells of talks and the old one was signed, and where nothing but the states joins the two: no
    subject or word of a name, nor a further rung of what was signed.
    """
    last = max((earlier.day for earlier in episode if earlier.day is not None), default=None)
    if last is None or report.day is None or report.day - last <= _SILENCE:
        return False
    reached = max(earlier.rung for earlier in episode)
    if report.rung < SIGNED <= reached:
        return True
    if report.rung > reached >= SIGNED or report.day - last <= _LEAD_TALKS:
        return False
    told = name_words(report.entry.name or "") | {subject(report)}
    known = {word for earlier in episode for word in (*name_words(earlier.entry.name or ""), subject(earlier))}
    return not (told & known) - {"", RELATIONS}


def _goes_back(report: Report, bygones: list[Report], episode: list[Report]) -> bool:
    """Whether the page of a report tells a step that these reports date so, too."""
    return any(_is_told_by(other, member) for other in bygones if other.page == report.page for member in episode)


def _is_step_of(report: Report, episode: list[Report]) -> bool:
    """Whether a page tells an earlier step of the agreement that it is about by the same name."""
    name = report.entry.name
    return name is not None and any(
        not member.looks_back and (member.page, member.entry.name) == (report.page, name) for member in episode
    )


def _belongs(report: Report, episode: list[Report]) -> bool:
    """Whether what a page looks back on is a stage of the agreement of these reports, and not of an older one."""
    current = [member for member in episode if not member.looks_back]
    days = [member.day for member in episode if member.day is not None]
    happened = report.happened
    if not days or happened is None:
        return False
    if any(_is_told_by(report, member) for member in current):
        return True
    first = min(days)
    if happened >= first:
        return not _begins_anew(episode, report)
    if report.rung < SIGNED:
        return happened >= first - _LEAD_TALKS
    return all(member.rung >= SIGNED or member.day is None for member in current) and happened >= first - _LEAD


def _is_told_by(report: Report, member: Report) -> bool:
    """Whether two reports date the same step to days that meet."""
    first, last = _ordinal(report.entry.when.earliest), report.happened
    start, end = _ordinal(member.entry.when.earliest), member.happened
    if report.entry.stage != member.entry.stage or first is None or last is None or start is None or end is None:
        return False
    return first - SLACK <= end and start - SLACK <= last


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


@lru_cache(maxsize=1)
def _about() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = table("tracking")["about"]
    instrument, before, leads = (re.compile(known[key], re.IGNORECASE) for key in ("instrument", "before", "leads"))
    return instrument, before, leads


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
