"""How the record dates pages that do not say their day, for people to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.analysis import Interval
from onrecord.record.rows import DateEvidence, DateRow
from onrecord.terminal import words
from onrecord.terminal.parts import grid

#: How many characters of the words that date a page are shown.
_EXCERPT = 120


def dates_view(rows: Iterable[DateRow]) -> Iterator[RenderableType]:
    """Each page with its days, what it says of them itself, and the evidence with the words on both pages.

    Of pieces of one kind that another page has for the same days, the first is shown.
    """
    for row in rows:
        yield Text.assemble((words.line(row.path), "bold"), "  ", (words.published(row.published), "bold green"))
        table = grid({"width": 24}, {"ratio": 1})
        told = words.listed([f"“{words.line(one, _EXCERPT)}”" for one in row.own_words])
        table.add_row(words.days(row.own), Text(f"by its own words {told}" if told else "by itself"))
        shown = {(one.how, one.earliest, one.latest, one.path): one for one in reversed(row.evidence)}
        for one in reversed(shown.values()):
            table.add_row(Text(_days(one), "" if one.followed else "red"), _told(one))
        yield Padding(table, (0, 0, 1, 2), expand=False)


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
