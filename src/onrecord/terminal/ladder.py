"""One agreement in full: its ladder, what was forecast of it, what it follows, and what is contradicted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.analysis import Interval, Published
from onrecord.record.rows import (
    Contradiction,
    ForecasterRow,
    ForecastRow,
    LadderRow,
    RelativeRow,
    Side,
    Standing,
    Step,
    Telling,
)
from onrecord.terminal import words
from onrecord.terminal.parts import DAYS, Heading, grid, listing
from onrecord.terminal.picture import Picture

#: How many characters of a sentence are shown, and how many reports of one side.
_EXCERPT = 320
_REPORTS = 3
_STANDING_STYLES = {"kept": "green", "early": "green", "late": "red", "missed": "red", "open": "yellow"}


def ladder_view(row: LadderRow) -> Iterator[RenderableType]:
    """The agreement with the id, where it stands, and then each part that the record has anything for."""
    title = Text(words.agreement(row.instrument, row.name, row.parties), "bold")
    stage = (words.stage(row.stage, row.condition), "bold green")
    since = words.standing_since(row)
    yield title
    yield Text.assemble("stands at: ", stage, f", {since}\n", ("id: ", "dim"), (words.line(row.id), "cyan"), "\n")
    yield Picture(row, row.forecasts)
    yield Heading("Steps", len(row.history))
    before: Step | None = None
    for step, told in zip(row.history, row.told, strict=True):
        yield Padding(
            _step(step, told, resumed=before is not None and bool(before.condition)), (0, 0, 1, 0), expand=False
        )
        before = step
    if row.forecasts:
        yield Heading("Forecasts", len(row.forecasts))
        for forecast in row.forecasts:
            yield Padding(_forecast(forecast), (0, 0, 1, 0), expand=False)
    if row.relatives or row.successors:
        yield Heading("Other agreements", len(row.relatives) + len(row.successors))
        yield from map(_relative, row.relatives)
        for successor in row.successors:
            yield _row(words.followed(successor.relation), Text(words.line(successor.agreement), "cyan"))
        yield Text("")
    if row.contradictions:
        yield Heading("Contradictions", len(row.contradictions))
        for contradiction in row.contradictions:
            yield from _contradiction(contradiction)


def forecasts_view(rows: Sequence[ForecastRow], speakers: Sequence[ForecasterRow]) -> Iterator[RenderableType]:
    """How the forecasts of each speaker stand, and then each forecast."""
    if speakers:
        yield Group(_forecasters(speakers), Text(""))
    for row in rows:
        yield Padding(_forecast(row, of=row.agreement), (0, 0, 1, 0), expand=False)


def _row(when: str, text: Text) -> Table:
    table = grid({"width": DAYS}, {"ratio": 1})
    table.add_row(Text(when), text)
    return table


def _is_known(when: Interval) -> bool:
    return bool(when.earliest or when.latest)


def _step(step: Step, told: list[Telling], *, resumed: bool) -> Table:
    """When, which stage, when it was first reported, in how many reports; who says so, in what words, on which page."""
    text = Text.assemble((words.stage(step.stage, step.condition), "bold red" if step.condition else "bold green"))
    if resumed and not step.condition:
        text.append(", after the halt", "yellow")
    copies = sum(one.copies for one in told)
    more = f" and {words.counted(copies, 'copy', 'copies')}" if copies else ""
    text.append(f"\n{words.counted(step.sources, 'report')}{more}", "dim")
    for first in told[:1]:
        where = f": {words.line(first.path)}" if first.path != step.path else ""
        text.append(f"; first reported {_out(first.published)}{where}", "dim")
    return _row(words.days(step.when) if _is_known(step.when) else "undated", text.append("\n") + _said(step))


def _out(published: Published) -> str:
    return words.days(published) if _is_known(published) else "on a day that is not known"


def _said(said: Step | Telling | ForecastRow) -> Text:
    """Who says it and through whom, the words, the page."""
    return Text.assemble(
        (words.speaker(said.speaker, "the page itself"), "bold"), words.carriers(said.speaker, said.chain), "\n",
        words.line(said.words, _EXCERPT), "\n", (words.line(said.path), "dim"),
    )  # fmt: skip


def _forecasters(speakers: Sequence[ForecasterRow]) -> Table:
    """A row for each speaker, a column for each way in which some forecast stands."""
    shown = [standing for standing in get_args(Standing) if any(getattr(row, standing) for row in speakers)]
    late = any(row.median_late is not None for row in speakers)
    counted = ("all", *map(words.standing, shown), *(["days late"] if late else []))
    table = listing({"forecasts of": {}, **{heading: {"justify": "right"} for heading in counted}})
    for row in speakers:
        counts = [row.forecasts, *(getattr(row, standing) for standing in shown)]
        cells = [words.speaker(row.speaker, "the pages themselves"), *(str(count or "") for count in counts)]
        if late:
            cells.append("" if row.median_late is None else f"{row.median_late:g}")
        table.add_row(*map(Text, cells))
    return table


def _forecast(row: ForecastRow, of: str | None = None) -> Table:
    """When it was made, of what for when, what came of it, and who said so."""
    standing = (words.standing(row.standing), _STANDING_STYLES.get(row.standing, ""))
    what = Text.assemble(
        (_mood(row), "yellow"), (words.stage(row.step), "bold"), f", {_window(row.window)}: ", standing, _outcome(row),
    )  # fmt: skip
    if of:
        what.append(f"\n{words.line(of)}", "cyan")
    text = what.append("\n") + _said(row)
    for repeat in row.repeats:
        text.append(f"\nsaid again {_out(repeat.published)}: {words.line(repeat.path)}", "dim")
    return _row(words.days(row.made) if _is_known(row.made) else "undated", text)


def _mood(row: ForecastRow) -> str:
    """How a forecast is meant, where it is not plainly of a step that comes."""
    moods = [("hoped for", row.hope), ("on a condition", row.condition), ("not", row.negative)]
    told = ", ".join(mood for mood, is_so in moods if is_so)
    return f"{told}: " if told else ""


def _window(window: Interval) -> str:
    if window.latest is None:
        return "soon" if window.earliest else "at a time that is not told"
    return f"by {window.latest}" if window.earliest is None else words.days(window)


def _outcome(row: ForecastRow) -> str:
    """What came of a forecast, in words."""
    came = f", {words.days(row.came)}" if row.came else ""
    if row.standing == "late" and row.late is not None:
        return f" by {words.counted(row.late, 'day')}{came}"
    if row.standing == "early" and row.late is not None:
        return f" by {words.counted(-row.late, 'day')}{came}"
    took = f", after {words.counted(row.took, 'day')}" if row.took is not None and row.standing == "came" else ""
    return f"{came}{took}"


def _relative(row: RelativeRow) -> Table:
    which = f"an agreement of {row.year}" if row.year else "an older agreement"
    text = Text(f"{which}, by {words.counted(len(row.told), 'report')}")
    if row.agreement:
        text.append(": ").append(words.line(row.agreement), "cyan")
    for one in row.told[:1]:
        text.append(f"\n{words.line(one.words, _EXCERPT)}\n").append(words.line(one.path), "dim")
    return _row(words.relation(row.relation), text)


def _contradiction(row: Contradiction) -> Iterator[RenderableType]:
    about = "different days are told" if row.about == "date" else "some say that it has not come"
    yield Text.assemble((words.stage(row.stage), "bold"), f": {about}")
    for side in row.sides:
        yield Padding(_side(side), (0, 0, 1, 2), expand=False)


def _side(side: Side) -> Table:
    what = "not " if side.denied else ""
    text = Text.assemble((f"{what}{words.stage(side.stage)}", "red" if side.denied else "green"))
    text.append(f", {words.counted(len(side.told), 'report')}", "dim")
    for one in side.told[:_REPORTS]:
        text.append("\n").append(_said(one))
    return _row(words.days(side.when) if _is_known(side.when) else "", text)
