"""Rows of the record as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.record.rows import AgreementRow, DisputeRow, FurnitureRow, StatementRow, Step, StoryRow
from onrecord.terminal import words
from onrecord.terminal.picture import Picture

#: How many characters of a statement a table shows.
EXCERPT = 320
#: A ladder of so many rungs is worth a picture.
_RUNGS = 3


def agreements(rows: Iterable[AgreementRow]) -> Table:
    """Each agreement with its id: what it is called, where it stands, since when, how often that was reported."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("agreement", ratio=3)
    table.add_column("stands at", ratio=2)
    table.add_column("since", no_wrap=True)
    table.add_column("steps", justify="right")
    for row in rows:
        name = Text(words.agreement(row.instrument, row.name, row.parties))
        table.add_row(
            name.append(f"\n{words.line(row.id)}", "cyan"),
            Text(words.stage(row.stage, row.condition)),
            Text(row.since or "not known"),
            Text(str(len(row.history))),
        )
    return table


def agreement(row: AgreementRow) -> Group:
    """One agreement: where it stands, its ladder where that has rungs enough, and each step with who said so."""
    title = Text(words.agreement(row.instrument, row.name, row.parties), "bold")
    stage = (words.stage(row.stage, row.condition), "bold green")
    since = f"since {row.since}" if row.since else "since when is not known"
    stands = Text.assemble("stands at: ", stage, f", {since}\n", ("id: ", "dim"), (words.line(row.id), "cyan"))
    ladder = Table.grid(padding=(0, 2), pad_edge=False)
    ladder.add_column(width=10)
    ladder.add_column(width=14)
    ladder.add_column(ratio=1)
    for step in row.history:
        ladder.add_row(Text(_when(step)), Text(words.stage(step.stage, step.condition), "green"), _step(step))
    rungs = len({step.stage for step in row.history})
    picture: list[RenderableType] = [Text(""), Picture(row)] if rungs >= _RUNGS else []
    return Group(title, stands, *picture, Padding(ladder, (1, 0, 1, 2)))


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
        yield Padding(_statement(row), (0, 0, 1, 0))


def _statement(row: StatementRow) -> Table:
    """When it was said, by whom and through whom, its words and its page."""
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(width=10)
    grid.add_column(ratio=1)
    said = _who(row.speaker, row.source_text, words.act(row.act), row.chain) + _what(row.text, row.path)
    if row.copies:
        said.append(f"  and {row.copies} {'copy' if row.copies == 1 else 'copies'}", "dim")
    grid.add_row(Text(_day_of(row)), said)
    return grid


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
    """Each claim beside the denial that contradicts it."""
    for row in rows:
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        grid.add_column(width=6)
        grid.add_column(ratio=1)
        grid.add_row(Text("claim", "yellow"), _statement(row.claim))
        grid.add_row(Text("denial", "red"), _statement(row.denial))
        yield Padding(grid, (0, 0, 1, 0))


def stories(rows: Iterable[StoryRow]) -> Table:
    """Each story with its id: its title, its days, how many pages tell it, and how many of them copy another."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("story", ratio=1)
    table.add_column("from", no_wrap=True)
    table.add_column("to", no_wrap=True)
    table.add_column("pages", justify="right")
    table.add_column("copies", justify="right")
    for row in rows:
        title = Text(words.line(row.title or "", 160) or "without a title")
        copies = sum(len(group) - 1 for group in row.copies)
        cells = (row.first or "not known", row.last or "not known", str(len(row.pages)), str(copies or ""))
        table.add_row(title.append(f"\n{words.line(row.id)}", "cyan"), *map(Text, cells))
    return table


def furniture(rows: Iterable[FurnitureRow]) -> Iterator[Table]:
    """For each outlet its lines, how many pages have them and took them for what; those that are corrected marked."""
    for publisher, lines in groupby(rows, key=lambda row: row.publisher):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        table.add_column(Text(words.line(publisher)), ratio=3)
        table.add_column("pages", justify="right")
        table.add_column("read as", ratio=1)
        for row in lines:
            kinds = Text(", ".join(f"{kind} {count}" for kind, count in sorted(row.kinds.items(), key=_most)))
            line = Text(words.line(row.line, 160))
            table.add_row(line.append("  corrected", "yellow") if row.corrected else line, Text(str(row.pages)), kinds)
        yield table


def _most(kind: tuple[str, int]) -> tuple[int, str]:
    return -kind[1], kind[0]
