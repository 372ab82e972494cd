"""The ladder of an agreement as a picture: its rungs, highest on top, against time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from onrecord.analysis import LADDER, Stage
from onrecord.lexicon import table
from onrecord.record.rows import AgreementRow, ForecastRow
from onrecord.terminal import words

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
_YEAR_WIDTH = 6


class Picture:
    """A line for each rung, with a mark at each day it was reached, and the days for which it was forecast."""

    def __init__(self, row: AgreementRow, forecasts: Sequence[ForecastRow] = ()) -> None:
        self._row = row
        self._forecasts = forecasts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As wide as the terminal; nothing where all that is known is of one day."""
        days = [day for _, day, _ in self._steps()]
        days += [_ordinal(day) for one in self._forecasts for day in (one.window.latest, one.made.latest) if day]
        if len(set(days)) < 2:  # noqa: PLR2004 - two days make a line
            return
        scale = _Scale(min(days), max(days), max(_LEAST, options.max_width - _LABEL - 2))
        lines = {stage: [""] * scale.width for stage in LADDER}
        for kind, stage, first, last in self._marks(scale.last):
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
        marks = (f"{_MARKS[kind][plain]} {meanings[kind]}" for kind in meanings if kind in shown)
        yield Text("  ".join(marks), "dim")

    def _steps(self) -> list[tuple[int, int, bool]]:
        """The rung, the last day it can have been and whether it is a halt, of each step with such a day, in order."""
        found = [
            (LADDER.index(step.stage), _ordinal(day), step.condition is not None)
            for step in self._row.history
            if (day := step.when.latest)
        ]
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
        """A line of time and its labels: the years, or the first and the last day where no new year lies between."""
        line, labels = [_AXIS[plain]] * self.width, [" "] * (self.width + 10)
        ticks = [(self.column(day), text) for day, text in self._ticks()]
        free = 0
        for at, text in ticks:
            start = min(at, self.width - len(text))
            if start >= free:
                line[at] = _TICK[plain]
                labels[start : start + len(text)] = text
                free = start + _YEAR_WIDTH if len(text) < _YEAR_WIDTH else start + len(text) + 1
        yield Text(" " * (_LABEL + 1) + "".join(line), "dim")
        yield Text((" " * (_LABEL + 1) + "".join(labels)).rstrip())

    def _ticks(self) -> list[tuple[int, str]]:
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        if last.year > first.year:
            years = [(date(year, 1, 1).toordinal(), str(year)) for year in range(first.year + 1, last.year + 1)]
            return [(self.first, first.isoformat()), *years] if self.column(years[0][0]) > 2 * _LABEL else years
        return [(self.first, first.isoformat()), (self.last, last.isoformat())][: 1 + (self.last > self.first)]


def _rank(kind: str) -> int:
    return list(_MARKS).index(kind) if kind else -1


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
