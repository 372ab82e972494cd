"""What several views are made of: headings, tables, and how wide to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table

#: The columns of a table by their names, and what Rich is to know of each.
Columns = Mapping[str, Mapping[str, Any]]
#: How wide a column of days is: `by 2024-09-11`, or half of a range.
DAYS = 13
#: How wide a line may be where nothing says how wide lines are, as in a pipe: wider than any, so that none is broken.
UNBROKEN = 100_000
#: How wide to draw there what has no width of its own.
_DRAWN = 80


def unbroken(console: Console) -> bool:
    """Whether lines may be of any width, so that a row can be one line."""
    return console.width >= UNBROKEN


def drawn_width(console: Console, options: ConsoleOptions) -> int:
    """The width of what is as wide as the terminal: pictures, rules."""
    return _DRAWN if unbroken(console) else options.max_width


class Heading:
    """A title, with how many there are of what it names, and a line across the screen; without a title, the line."""

    def __init__(self, title: str = "", count: int | None = None) -> None:
        self._title = title if count is None else f"{title} ({count})"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rule = Rule(self._title, align="left", style="dim")
        yield from console.render(rule, options.update(width=drawn_width(console, options)))


class _Grid(Table):
    """A table whose columns are wider than said where lines are not broken and words need it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self._widen(console)
        yield from super().__rich_console__(console, options)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        self._widen(console)
        return super().__rich_measure__(console, options)

    def _widen(self, console: Console) -> None:
        for column in self.columns if unbroken(console) else ():
            column.min_width, column.width = column.width or column.min_width, None


def grid(*columns: Mapping[str, Any]) -> Table:
    """A table without a head or lines; words that are too long for a column are broken, never cut."""
    made = _Grid(box=None, show_header=False, padding=(0, 2), pad_edge=False, collapse_padding=True)
    for column in columns:
        made.add_column(**{"overflow": "fold", **column})
    return made


def listing(columns: Columns) -> Table:
    """A table with a head, a row for each thing listed; words too long for a column are broken, never cut."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, column in columns.items():
        made.add_column(name.upper(), **{"overflow": "fold", **column})
    return made
