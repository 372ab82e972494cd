"""How far an agreement has come, told from the reports of it: its stage, since when, and its history.

The rungs are those of the Vienna Convention on the Law of Treaties. A history has one step for each stage and
condition at each time that it is reported of; wire copies and later mentions of the same step add nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from onrecord.analysis import LADDER, Agreement, Condition, Interval, Published, Stage
from onrecord.lexicon import table
from onrecord.record.rows import AgreementRow, Step
from onrecord.record.store import NAMED, encode
from onrecord.record.terms import fold
from onrecord.record.tracking import RELATIONS, SIGNED, SLACK, Report, kind, same_agreement, subject

#: Stages that are reached on one day; the others go on, and each report says that they still do.
_REACHED: frozenset[Stage] = frozenset({"proposed", "concluded", "scheduled", "signed", "ratified", "in_force"})
#: A word for the instrument names it when this share of the reports uses it.
_COMMON = 0.25
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(slots=True)
class _Rung:
    """A step in the making: when, as days too, and the reports that tell it."""

    when: Interval
    days: tuple[int, int]
    reports: list[Report]

    @property
    def day(self) -> str | None:
        return self.when.latest and (self.when.earliest or self.when.latest)

    @property
    def stage(self) -> Stage:
        return self.reports[0].entry.stage

    @property
    def condition(self) -> Condition | None:
        return self.reports[0].entry.condition

    @property
    def is_bygone(self) -> bool:
        """Whether pages only look back on it, and none says when it was."""
        return all(report.looks_back and report.happened is None for report in self.reports)

    @property
    def sources(self) -> int:
        """How many reports tell the day, copies counted once; a page that only knows it as past does not."""
        return len({report.group for report in self.reports if report.entry.when.earliest and report.entry.when.latest})


def fold_block(connection: sqlite3.Connection, block: str) -> None:
    """Tell the agreements of one block anew from all reports of it on record."""
    connection.execute("DELETE FROM steps WHERE agreement IN (SELECT id FROM agreements WHERE block=?)", (block,))
    connection.execute("DELETE FROM tellings WHERE agreement IN (SELECT id FROM agreements WHERE block=?)", (block,))
    connection.execute("DELETE FROM agreements WHERE block=?", (block,))
    for row, told in track(block_reports(connection, block), block == NAMED):
        connection.execute(
            "INSERT INTO agreements VALUES (?,?,?,?,?,?,?,?)",
            (row.id, block, row.instrument, row.name, encode(row.parties), row.stage, row.condition, row.since),
        )
        connection.executemany(
            "INSERT INTO steps VALUES (?,?,?,?,?,?,?,?,?,?)",
            [
                (row.id, place, reports[0].page, step.stage, step.condition, step.when.earliest, step.when.latest,
                 step.reported, step.words, encode(step))
                for place, (step, reports) in enumerate(zip(row.history, told, strict=True))
            ],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO tellings VALUES (?,?,?,?)",
            [(row.id, place, report.page, report.place) for place, reports in enumerate(told) for report in reports],
        )


def block_reports(connection: sqlite3.Connection, block: str) -> list[Report]:
    """All reports of a block."""
    return [
        Report(
            page, place, group, path, Published(earliest, latest, basis=basis),
            msgspec.json.decode(entry, type=Agreement), words, speaker, tuple(msgspec.json.decode(chain)), title or "",
        )
        for page, place, group, path, title, earliest, latest, basis, entry, words, speaker, chain
        in connection.execute(
            "SELECT r.page, r.place, p.report, p.path, p.title, p.earliest, p.latest, p.basis, r.entry, r.words,"
            " r.speaker, r.chain FROM reports r JOIN pages p USING(page) WHERE r.block=?",
            (block,),
        )
    ]  # fmt: skip


def track(reports: Iterable[Report], named: bool) -> list[tuple[AgreementRow, list[list[Report]]]]:
    """The agreements that the reports of one block speak of, each with the reports that tell each step of its history.

    The first of these is the one that the step is read from. `named` says that all have names to be told apart by.
    """
    tracked: list[tuple[AgreementRow, list[list[Report]]]] = []
    taken: set[str] = set()
    for members in reversed(same_agreement(reports, named)):
        rungs = _history(members)
        current = [member for member in members if not member.looks_back] or members
        stage, instrument, name = _stage(current, members), _instrument(current), _name(current)
        row = AgreementRow(
            id=_key(members, rungs[0].day, named, taken),
            instrument=instrument,
            name=name,
            parties=sorted(set().union(*(member.entry.parties for member in members))),
            stage=stage,
            condition=_condition(current, stage),
            since=_since(rungs, stage),
            history=[_step(rung) for rung in rungs],
        )
        tracked.append((row, [rung.reports for rung in rungs]))
    return tracked


def _stage(current: list[Report], members: list[Report]) -> Stage:
    """The most advanced stage reported as reached.

    One report of a signature that more later reports contradict, still telling of talks, is not believed.
    """
    done = [report for report in members if report.rung >= SIGNED]
    first = min((day for report in done if (day := _published(report))), default=None)
    if first is not None:
        signed = {report.group for report in done}
        talks = {report.group for report in current if _published(report) > first} - signed
        if len(talks) > len(signed):
            current = [report for report in current if report.rung < SIGNED]
    return LADDER[max(report.rung for report in current or members)]


def _condition(current: list[Report], stage: Stage) -> Condition | None:
    """The condition by the latest report; where several are of that day, by most of them.

    Where no page of a known day has come to the stage that others tell, those are later than it.
    """
    at = LADDER.index(stage)
    undated = [report for report in current if report.rung == at and not _published(report)]
    if undated and all(report.rung < at for report in current if _published(report)):
        current = undated
    latest = max(_published(report) for report in current)
    pages: dict[int, Condition | None] = {}
    for report in current:
        if _published(report) == latest:
            pages[report.group] = pages.get(report.group) or report.entry.condition
    counts = Counter(pages.values())
    return min(counts, key=lambda condition: (-counts[condition], condition or ""))


def _history(members: list[Report]) -> list[_Rung]:
    """The steps, oldest first, each with the reports that tell it: first the one it is read from.

    That is the earliest of those that date it most exactly. A step that nothing dates stands where the ladder has it.
    """
    rungs: list[_Rung] = []
    for report in sorted(members, key=_exactness):
        when = _when(report)
        days = _days(when)
        known = next((rung for rung in rungs if _same_step(report, days, rung.reports[0], rung.days)), None)
        if known is None:
            rungs.append(_Rung(when, days, [report]))
        else:
            known.reports.append(report)
    possible = _possible(rungs)
    rungs = sorted(possible, key=lambda rung: (_latest(rung, possible), *_place(rung)))
    dated = [rung for rung in rungs if rung.days[1] != _LAST]
    for undated in (rung for rung in rungs if rung.days[1] == _LAST):
        stage = undated.reports[0].rung
        above = [at for at, rung in enumerate(dated) if rung.reports[0].rung > stage]
        dated.insert(above[0] if above else len(dated), undated)
    return dated


def _place(rung: _Rung) -> tuple[int, int, str]:
    """What sorts steps that can have been taken on one day: the ladder has them in order."""
    return rung.reports[0].rung, rung.days[0], rung.reports[0].path


def _possible(rungs: list[_Rung]) -> list[_Rung]:
    """The steps, none dated to a time in which it cannot have been taken: after signature, but before any signing.

    Of such a step and the signing, the one that fewer reports date is known only to have come about by the day its page
    came out; it is one with a step of its stage that can have.
    """
    signings = [rung for rung in rungs if rung.stage == "signed" and rung.day]
    if not signings:
        return rungs
    first = min(rung.days[0] for rung in signings)
    early = [rung for rung in rungs if rung.reports[0].rung > SIGNED and rung.days[1] + SLACK < first]
    wrong = early
    if sum(rung.sources for rung in early) > sum(rung.sources for rung in signings):
        wrong = signings
    kept = [rung for rung in rungs if not any(rung is other for other in wrong)]
    for rung in wrong:
        when = Interval(None, rung.reports[0].published.latest)
        known = next((other for other in kept if other.stage == rung.stage and other.condition == rung.condition), None)
        if known is None:
            kept.append(_Rung(when, _days(when), rung.reports))
        else:
            known.reports.extend(rung.reports)
    return kept


def _latest(rung: _Rung, rungs: list[_Rung]) -> int:
    """The last day on which a step can have been taken: not after one that it comes before, as far as days tell.

    Talks may go on after signature; only what is told of them with a first day is bounded by it.
    """
    first, last = rung.days
    own = rung.reports[0].rung
    if rung.condition or (first == _FIRST and own < SIGNED):
        return last
    above = [
        other.days[1]
        for other in rungs
        if other.reports[0].rung > max(own, SIGNED - 1) and other.stage in _REACHED and not other.condition
        if first <= other.days[1] < last
    ]
    return min(above, default=last)


def _step(rung: _Rung) -> Step:
    report = rung.reports[0]
    return Step(
        stage=report.entry.stage,
        condition=report.entry.condition,
        when=rung.when,
        reported=_day_of(report.published),
        published=report.published,
        path=report.path,
        span=report.entry.span,
        words=report.words,
        speaker=report.speaker,
        chain=list(report.chain),
        sources=len({report.group for report in rung.reports}),
        first=min((day for report in rung.reports if (day := _day_of(report.published))), default=None),
    )


def _same_step(report: Report, days: tuple[int, int], other: Report, known: tuple[int, int]) -> bool:
    """Whether a step already known, dated at least as exactly, tells the same."""
    if (report.entry.stage, report.entry.condition) != (other.entry.stage, other.entry.condition):
        return False
    if days == (_FIRST, _LAST) or known == (_FIRST, _LAST):
        return True
    if days[0] == _FIRST and report.entry.stage not in _REACHED:
        return abs(days[1] - known[1]) <= SLACK
    return days[0] - SLACK <= known[1] and known[0] - SLACK <= days[1]


def _exactness(report: Report) -> tuple[int, int, int, bool, str, int, int]:
    """Sorts what dates a step most exactly first, then the earliest published, then what has a speaker."""
    first, last = _days(_when(report))
    return (
        last - first,
        last,
        _published(report) or _LAST,
        report.speaker is None,
        report.path,
        report.place,
        report.page,
    )


def _when(report: Report) -> Interval:
    """When it is said to have happened; where the page does not say, by the day it was published."""
    when = report.entry.when
    if when.earliest or when.latest:
        return Interval(when.earliest, when.latest)
    return Interval(None, report.published.latest)


def _days(when: Interval) -> tuple[int, int]:
    return (
        date.fromisoformat(when.earliest).toordinal() if when.earliest else _FIRST,
        date.fromisoformat(when.latest).toordinal() if when.latest else _LAST,
    )


def _since(rungs: list[_Rung], stage: Stage) -> str | None:
    """When a stage was first reached; None where pages only look back on it and do not say.

    Where reports of what happens on one day differ, the day that most of them tell, and then one that does not come
    before an earlier stage.
    """
    reached = [rung for rung in rungs if rung.stage == stage and rung.day and not rung.is_bygone]
    if stage in _REACHED and reached:
        below = [rung.days[1] for rung in rungs if rung.reports[0].rung < LADDER.index(stage) and rung.day]
        before = max(below, default=_FIRST)
        best = max((rung.sources, rung.days[1] >= before) for rung in reached)
        reached = [rung for rung in reached if (rung.sources, rung.days[1] >= before) == best]
    return min((rung.day for rung in reached if rung.day), default=None)


def _published(report: Report) -> int:
    return report.told or 0


def _day_of(published: Published) -> str | None:
    return published.latest if published.latest == published.earliest else None


def _instrument(reports: list[Report]) -> str:
    """The most exact word for the instrument among those in common use for it."""
    ranks = {row["class"]: row["rank"] for row in table("agreements")["instrument"]}
    counts = Counter(report.entry.instrument for report in reports)
    common = [word for word, count in counts.items() if count >= _COMMON * len(reports)] or list(counts)
    return min(common, key=lambda word: (ranks.get(word, len(ranks)), -counts[word], word))


def _name(reports: list[Report]) -> str | None:
    counts = Counter(report.entry.name for report in reports if report.entry.name)
    return min(counts, key=lambda name: (-counts[name], -len(name), name), default=None)


def _key(members: list[Report], day: str | None, named: bool, taken: set[str]) -> str:
    """An id that says what it is: the parties, the kind and the subject, or the name; where taken, with the year."""
    parties = members[0].entry.parties
    if named:
        key = _slug(_name(members) or "")
    else:
        subjects = {subject(member) for member in members} - {"", RELATIONS}
        parts = [*sorted(parties), kind(members[0].entry.instrument), *sorted(subjects)]
        key = ".".join(_slug(part) for part in parts)
    if key in taken:
        key = f"{key}.{day[:4] if day else 'undated'}"
    plain, number = key, 2
    while key in taken:
        key, number = f"{plain}.{number}", number + 1
    taken.add(key)
    return key


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-") or "unnamed"
