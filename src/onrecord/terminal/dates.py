"""How the record dates pages that do not say their day, for people to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.analysis import Interval
from onrecord.record.rows import DateEvidence, DateRow
from onrecord.terminal import words

#: How many characters of the words that date a page are shown.
_EXCERPT = 120


def dates_view(rows: Iterable[DateRow]) -> Iterator[RenderableType]:
    """Each page with its days, what it says of them itself, and the evidence with the words on both pages.

    Of pieces of one kind that another page has for the same days, the first is shown.
    """
    for row in rows:
        yield Text.assemble((words.line(row.path), "bold"), "  published ", (words.days(row.published), "bold green"))
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        grid.add_column(width=22)
        grid.add_column(ratio=1)
        own = Text(words.listed([f"“{words.line(told, _EXCERPT)}”" for told in row.own_words]))
        grid.add_row(Text(words.days(row.own)), Text("by its own words ").append(own) if row.own_words else "by itself")
        shown = {(one.how, one.earliest, one.latest, one.path): one for one in reversed(row.evidence)}
        for one in reversed(shown.values()):
            grid.add_row(Text(_days(one), "" if one.followed else "red"), _told(one))
        yield Padding(grid, (0, 0, 1, 2))


def _days(one: DateEvidence) -> str:
    """The days that a piece of evidence leaves."""
    if one.how == "weekday":
        return words.weekdays(one.weekdays)
    days = words.days(Interval(one.earliest, one.latest))
    return f"{days}, {words.weekdays(one.weekdays)}" if one.weekdays else days


def _told(one: DateEvidence) -> Text:
    found = Text.assemble((f"{words.evidence(one.how)} ", "yellow"), f"“{words.line(one.words, _EXCERPT)}”")
    if one.other_words is not None and one.path is not None:
        found.append(f"\n“{words.line(one.other_words, _EXCERPT)}”\n").append(words.line(one.path), "dim")
    if not one.followed:
        against = words.listed([words.line(path) for path in one.against]) or "the page itself"
        found.append(f"\nset aside: it contradicts {against}", "red")
    return found
