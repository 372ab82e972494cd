"""Rows of the record as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.record.rows import AgreementRow, DisputeEnd, DisputeRow, FurnitureRow, StatementRow, Step, StoryRow
from onrecord.terminal import words
from onrecord.terminal.parts import DAYS, Columns, grid, listing, unbroken
from onrecord.terminal.picture import Picture

#: How many characters of a statement a table shows.
EXCERPT = 320
#: A ladder of so many rungs is worth a picture.
_RUNGS = 3
#: So many of those who stand on one side of a dispute are named before the rest is counted.
_NAMED = 4
#: How wide a column of stages is at most where a line is less wide than this.
_STAGE = 12
_WIDE = 100


class _Named:
    """A table of what has an id and a name: the id under the name, or, where lines are not broken, before it."""

    def __init__(self, name: str, columns: Columns, rows: Iterable[tuple[str, str, list[str]]]) -> None:
        self._name, self._columns, self._rows = name, columns, list(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = unbroken(console)
        columns = self._columns
        if options.max_width >= _WIDE:
            columns = {name: {**column, "max_width": None} for name, column in columns.items()}
        table = listing({**({"id": {}} if lines else {}), self._name: {}, **columns})
        for identity, name, cells in self._rows:
            id_cell = Text(words.line(identity), "cyan")
            named = [id_cell, Text(name)] if lines else [Text(f"{name}\n  ").append_text(id_cell)]
            table.add_row(*named, *map(Text, cells))
        yield table


def agreements(rows: Iterable[AgreementRow]) -> RenderableType:
    """Each agreement with its id: what it is called, where it stands, since when, and when that was last reported."""
    columns: Columns = {
        "stands at": {"max_width": _STAGE},
        "since": {"no_wrap": True},
        "reported": {"no_wrap": True},
    }
    return _Named("agreement", columns, ((row.id, *_agreement(row)) for row in rows))


def _agreement(row: AgreementRow) -> tuple[str, list[str]]:
    reported = max((step.published.latest or "" for step in row.history), default="")
    cells = [words.standing_at(row.stage, row.condition), words.since(row) or "not known", reported or "not known"]
    return words.agreement(row.instrument, row.name, row.parties), cells


def agreement(row: AgreementRow) -> Group:
    """One agreement: where it stands, its ladder where that has rungs enough, and each step with who said so."""
    title = Text(words.agreement(row.instrument, row.name, row.parties), "bold")
    stage = (words.stage(row.stage, row.condition), "bold green")
    since = words.standing_since(row)
    stands = Text.assemble("stands at: ", stage, f", {since}\n", ("id: ", "dim"), (words.line(row.id), "cyan"))
    ladder = grid({"width": DAYS}, {"width": _STAGE}, {"ratio": 1})
    for step in row.history:
        ladder.add_row(Text(_when(step)), Text(words.stage(step.stage, step.condition), "green"), _step(step))
    rungs = len({step.stage for step in row.history})
    picture: list[RenderableType] = [Picture(row)] if rungs >= _RUNGS else []
    return Group(title, stands, Text(""), *picture, Padding(ladder, (0, 0, 1, 2), expand=False))


def _when(step: Step) -> str:
    """When a step is said to have happened, else when it was reported."""
    if step.when.earliest or step.when.latest:
        return words.days(step.when)
    return f"reported {words.days(step.published)}" if step.published.earliest or step.published.latest else "undated"


def _step(step: Step) -> Text:
    return _who(step.speaker, "the page itself", "", step.chain) + _what(step.words, step.path)


def statements(rows: Iterable[StatementRow]) -> Iterator[RenderableType]:
    """Statement after statement, each as it comes."""
    for row in rows:
        yield _statement(row)
        yield Text("")


def _statement(row: StatementRow, sentence: str | None = None) -> Table:
    """When it was said, by whom and through whom, its words and its page; the `sentence` where that tells more."""
    table = grid({"width": DAYS}, {"ratio": 1})
    said = _who(row.speaker, row.source_text, words.act(row.act), row.chain) + _what(sentence or row.text, row.path)
    if row.copies:
        said.append(f"  and {row.copies} {'copy' if row.copies == 1 else 'copies'}", "dim")
    table.add_row(Text(_day_of(row)), said)
    return table


def _day_of(row: StatementRow) -> str:
    for known in (row.said, row.published):
        if known.earliest or known.latest:
            return words.days(known)
    return "undated"


def _who(speaker: str | None, source: str, act: str, chain: list[str]) -> Text:
    through = words.carriers(speaker, chain)
    does = f"{',' if through else ''} {act}" if act else ""
    return Text.assemble((words.speaker(speaker, source), "bold"), through, (does, "yellow"), "\n")


def _what(said: str, path: str) -> Text:
    return Text.assemble(words.line(said, EXCERPT), "\n", (words.line(path), "dim"))


def disputes(rows: Iterable[DisputeRow]) -> Iterator[RenderableType]:
    """Each dispute: who stands against whom since when, then all claims, all denials, and how it ended, if it did."""
    disputed: dict[str, list[DisputeRow]] = {}
    for row in rows:
        disputed.setdefault(row.dispute or f"{row.claim.id} {row.denial.id}", []).append(row)
    for pairs in disputed.values():
        sides = grid({"width": 8}, {"ratio": 1})
        claims = {row.claim.id: row.claim for row in pairs}
        pointing = {row.denial.id: row.sentence.words for row in pairs if row.sentence}
        denials = {row.denial.id: row.denial for row in pairs}
        ends = {row.ended.statement.id: row.ended for row in pairs if row.ended}
        for kind, colour, side in (("claim", "yellow", claims), ("denial", "red", denials)):
            for at, statement in enumerate(sorted(side.values(), key=_first_said)):
                told = _statement(statement, pointing.get(statement.id) if side is denials else None)
                sides.add_row(Text(kind if at == 0 else "", colour), told)
        for end in ends.values():
            sides.add_row(Text(end.how, "green"), _statement(end.statement))
        claim, denial = (min(side.values(), key=_first_said) for side in (claims, denials))
        over = all(row.ended for row in pairs)
        ended = min(ends.values(), key=lambda end: _first_said(end.statement)) if over else None
        head = _sides(pairs[0], claim, denial, ended)
        yield Padding(Group(*head, Padding(sides, (0, 0, 0, 2), expand=False)), (0, 0, 1, 0), expand=False)


def _first_said(row: StatementRow) -> tuple[str, str]:
    return row.said.latest or row.published.latest or "~", row.id


def _sides(row: DisputeRow, claim: StatementRow, denial: StatementRow, ended: DisputeEnd | None) -> Iterator[Text]:
    """Who stands against whom, since when, by how many reports; nothing where only the pair is known."""
    if row.claimed is None or row.denied is None:
        return
    yield Text(f"{_names(row.claimed.speakers)} against {_names(row.denied.speakers)}", "bold")
    claimed, denied = (
        f"{what} {_since(first)} in {words.counted(side.reports, 'report')}"
        for what, side, first in (("claimed", row.claimed, claim), ("denied", row.denied, denial))
    )
    yield Text(f"{claimed}, {denied}{f'; {ended.how} {_day_of(ended.statement)}' if ended else ''}", "dim")


def _since(row: StatementRow) -> str:
    day = _day_of(row)
    return day if day.startswith(("by ", "from ", "undated")) else f"since {day}"


def _names(speakers: list[str]) -> str:
    """Those who stand on a side, the first of them by name."""
    more = len(speakers) - _NAMED
    names = [words.line(name, 60) for name in speakers[:_NAMED]]
    return words.listed([*names, *([f"{more} more"] if more > 0 else [])])


def stories(rows: Iterable[StoryRow]) -> RenderableType:
    """Each story with its id: its title, its days, how many pages tell it, and how many of them copy another."""
    columns: Columns = {
        "from": {"no_wrap": True},
        "to": {"no_wrap": True},
        "pages": {"justify": "right"},
        "copies": {"justify": "right"},
    }
    return _Named("story", columns, ((row.id, *_story(row)) for row in rows))


def _story(row: StoryRow) -> tuple[str, list[str]]:
    copies = sum(len(group) - 1 for group in row.copies)
    cells = [row.first or "not known", row.last or "not known", str(len(row.pages)), str(copies or "")]
    return words.line(row.title or "", 160) or "without a title", cells


def story(row: StoryRow) -> Iterator[RenderableType]:
    """One story: its title and days, and its pages, each with those that carry the same report below it."""
    title, (first, last, *_) = _story(row)
    yield Text(title, "bold")
    yield Text.assemble(f"from {first} to {last}\n", ("id: ", "dim"), (words.line(row.id), "cyan"), "\n")
    copied = {group[0]: group[1:] for group in row.copies}
    copies = {path for group in copied.values() for path in group}
    for path in row.pages:
        if path not in copies:
            yield words.line(path)
            for copy in copied.get(path, []):
                yield Text(f"  copy: {words.line(copy)}", "dim")


def furniture(rows: Iterable[FurnitureRow]) -> Iterator[Table]:
    """For each outlet its lines, how many pages have them and took them for what; those that are corrected marked."""
    for publisher, lines in groupby(rows, key=lambda row: row.publisher):
        table = listing({"line": {"ratio": 3}, "pages": {"justify": "right"}, "read as": {"ratio": 1}})
        table.title, table.title_justify, table.title_style = Text(words.line(publisher), "bold"), "left", ""
        for row in lines:
            kinds = Text(", ".join(f"{kind} {count}" for kind, count in sorted(row.kinds.items(), key=_most)))
            line = Text(words.line(row.line, 160))
            table.add_row(line.append("  corrected", "yellow") if row.corrected else line, Text(str(row.pages)), kinds)
        yield table


def _most(kind: tuple[str, int]) -> tuple[int, str]:
    return -kind[1], kind[0]
