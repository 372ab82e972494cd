"""The ladder of an agreement as a picture: its rungs, highest on top, against time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from onrecord.analysis import LADDER, Stage
from onrecord.lexicon import table
from onrecord.record.rows import AgreementRow, ForecastRow
from onrecord.terminal import words
from onrecord.terminal.parts import drawn_width

#: The marks, and what stands for them where the terminal shows nothing but ASCII; later ones cover earlier ones.
_MARKS = {"window": "░~", "stands": "─-", "forecast": "›>", "again": "○o", "step": "●*", "halt": "✕x"}
_STYLES = {
    "window": "yellow",
    "stands": "dim",
    "forecast": "yellow",
    "again": "green",
    "step": "bold green",
    "halt": "bold red",
}
_AXIS, _TICK = "─-", "┬+"
_LABEL = 11
_LEAST = 20
#: How many months lie between two ticks of the axis, and how many columns at least.
_TICKS = {1: 10, 3: 10, 6: 10, 12: 6, 24: 6, 60: 6, 120: 6, 300: 6, 600: 6}


class Picture:
    """A line for each rung, with a mark at each day it was reached, and the days for which it was forecast.

    An empty line ends it.
    """

    def __init__(self, row: AgreementRow, forecasts: Sequence[ForecastRow] = ()) -> None:
        self._row = row
        self._forecasts = forecasts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As wide as the terminal; nothing where all that is known is of one day."""
        days = [day for _, day, _ in self._steps()]
        days += [_ordinal(day) for one in self._forecasts if (day := one.made.latest)]
        ahead = [_ordinal(day) for one in self._forecasts if (day := one.window.latest)]
        if len({*days, *ahead}) < 2:  # noqa: PLR2004 - two days make a line
            return
        width = drawn_width(console, options)
        scale = _Scale(min(days + ahead), max(days + ahead), max(_LEAST, width - _LABEL - 2))
        lines = {stage: [""] * scale.width for stage in LADDER}
        for kind, stage, first, last in self._marks(max(days, default=scale.first)):
            for at in range(scale.column(first), scale.column(last) + 1):
                if _rank(kind) >= _rank(lines[stage][at]):
                    lines[stage][at] = kind
        plain = int(options.ascii_only)
        for stage in reversed(LADDER):
            stands = "bold" if stage == self._row.stage else ""
            text = Text.assemble((f"{words.rung(stage):>{_LABEL}} ", stands))
            for kind in lines[stage]:
                text.append(_MARKS[kind][plain] if kind else " ", _STYLES.get(kind, ""))
            text.rstrip()
            yield text
        yield from scale.axis(plain)
        shown = {kind for line in lines.values() for kind in line}
        meanings = table("labels")["picture"]
        yield from _legend([f"{_MARKS[kind][plain]} {meanings[kind]}" for kind in meanings if kind in shown], width)
        yield Text("")

    def _steps(self) -> list[tuple[int, int, bool]]:
        """The rung, the last day it can have been and whether it is a halt, of each step with such a day, in order.

        The history is in order, so what a vague day leaves open ends with the next step.
        """
        found: list[tuple[int, int, bool]] = []
        end = date.max.toordinal()
        for step in reversed(self._row.history):
            if step.when.latest:
                end = max(min(end, _ordinal(step.when.latest)), _ordinal(step.when.earliest or "0001-01-01"))
                found.append((LADDER.index(step.stage), end, step.condition is not None))
        return sorted(found, key=lambda step: (step[1], step[0]))

    def _marks(self, end: int) -> Iterator[tuple[str, Stage, int, int]]:
        """What is drawn: the kind of mark, the rung's stage, the first and the last day."""
        top, since = -1, 0
        told: set[int] = set()
        for rung, day, halt in self._steps():
            if rung > top and not halt:
                if top >= 0:
                    yield "stands", LADDER[top], since, day
                top, since = rung, day
            yield ("halt" if halt else "again" if rung in told else "step"), LADDER[rung], day, day
            if not halt:
                told.add(rung)
        if top >= 0:
            yield "stands", LADDER[top], since, end
        for one in self._forecasts:
            if one.window.latest:
                first = one.window.earliest or one.made.latest or one.window.latest
                yield "window", one.step, _ordinal(first), _ordinal(one.window.latest)
            if one.made.latest:
                yield "forecast", one.step, _ordinal(one.made.latest), _ordinal(one.made.latest)


class _Scale:
    """Days as columns."""

    def __init__(self, first: int, last: int, width: int) -> None:
        self.first, self.last, self.width = first, last, width

    def column(self, day: int) -> int:
        """The column of a day; days outside are at the nearest end."""
        inside = min(max(day, self.first), self.last) - self.first
        return inside * (self.width - 1) // max(1, self.last - self.first)

    def axis(self, plain: int) -> Iterator[Text]:
        """A line of time and its labels: years or months, or the first and the last day where that says more."""
        line, labels = [_AXIS[plain]] * self.width, [" "] * self.width
        for day, text in self._ticks():
            start = self._label(day, text)
            line[self.column(day)] = _TICK[plain]
            labels[start : start + len(text)] = text
        yield Text(" " * (_LABEL + 1) + "".join(line), "dim")
        yield Text((" " * (_LABEL + 1) + "".join(labels)).rstrip())

    def _label(self, day: int, text: str) -> int:
        """The column at which the label of a day begins: below the day, or so that it ends with the axis."""
        return min(self.column(day), self.width - len(text))

    def _ticks(self) -> list[tuple[int, str]]:
        """Days with their labels: the closest of the even steps whose labels have room."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        for step, room in _TICKS.items():
            months = range(12 * first.year + first.month, 12 * last.year + last.month)
            starts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
            ticks = [(day.toordinal(), f"{day:%Y}" if day.month == 1 else f"{day:%Y-%m}") for day in starts]
            labels = [self._label(*tick) for tick in ticks]
            if len(ticks) > 1 and all(later - sooner >= room for sooner, later in pairwise(labels)):
                return ticks
        return [(self.first, first.isoformat()), (self.last, last.isoformat())]


def _legend(entries: list[str], width: int) -> Iterator[Text]:
    """The entries on as few lines as they fit on, none broken."""
    line = ""
    for entry in entries:
        longer = f"{line}  {entry}" if line else entry
        if line and cell_len(longer) > width:
            yield Text(line, "dim")
            longer = entry
        line = longer
    yield Text(line, "dim")


def _rank(kind: str) -> int:
    return list(_MARKS).index(kind) if kind else -1


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
