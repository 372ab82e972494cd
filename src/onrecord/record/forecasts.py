"""Forecasts held against what came: which were kept, how late the others were, and what is still open.

A forecast is of one step of the ladder, by one speaker, for one window of days. The same said again, by the same
speaker or on another page that carries the same report, is one forecast with its repeats. What has no last day ("soon")
is never missed: it is told how long it took. What is only hoped for, or waits for something else, is listed and counts
for nobody. That a step will not come is a forecast, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import get_args

from onrecord.analysis import LADDER, Interval, Published, Stage
from onrecord.outlook import Forecast
from onrecord.record.identity import name_key, same_name
from onrecord.record.rows import ForecasterRow, ForecastRow, Standing, Step, Telling

_NEVER = "9999"
#: The step that is taken again and again, by each chamber and party.
_VOTES: Stage = "ratifying"


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast as one page tells it. `group` numbers the report that the page carries, so copies have the same."""

    page: int
    number: int
    group: int
    path: str
    published: Published
    forecast: Forecast
    words: str
    speaker: str | None
    chain: tuple[str, ...]


def forecasts(
    told: Iterable[Told], agreement: str, steps: Sequence[Step], heard: str | None, today: str | None
) -> list[ForecastRow]:
    """The forecasts of one agreement, oldest first, each held against the steps of its ladder.

    `heard` is the day of the last report of the agreement, `today` that up to which the record knows; None where there
    is none. Takes what is told in any order.
    """
    by_window: dict[tuple[object, ...], list[list[Told]]] = defaultdict(list)
    for one in sorted(told, key=_order):
        said = one.forecast
        clusters = by_window[said.step, said.hope, said.condition, said.negative, said.window.latest or ""]
        same = [cluster for cluster in clusters if any(_one_forecast(one, other) for other in cluster)]
        clusters[:] = [cluster for cluster in clusters if cluster not in same] + [[*sum(same, []), one]]
    found = [sorted(cluster, key=_order) for clusters in by_window.values() for cluster in clusters]
    return in_order(_row(cluster, agreement, steps, heard, today) for cluster in found)


def in_order(rows: Iterable[ForecastRow]) -> list[ForecastRow]:
    """Forecasts by the day they were made, then by the end of their window; what is not known comes last."""
    return sorted(
        rows, key=lambda row: (_day(row.made), row.window.latest or _NEVER, row.path, row.span, row.agreement)
    )


def forecasters(rows: Iterable[ForecastRow]) -> list[ForecasterRow]:
    """How the forecasts of each speaker stand, those with most forecasts first.

    Hopes are not counted, nor what waits for something else.
    """
    by_speaker: dict[str, list[ForecastRow]] = defaultdict(list)
    for row in rows:
        if not (row.hope or row.condition):
            by_speaker[name_key(row.speaker or "")].append(row)
    found = []
    for rows_of in by_speaker.values():
        counts = {standing: sum(row.standing == standing for row in rows_of) for standing in get_args(Standing)}
        late = [row.late for row in rows_of if row.standing == "late" and row.late is not None]
        middle = median(late) if late else None
        found.append(ForecasterRow(rows_of[0].speaker, len(rows_of), **counts, median_late=middle))
    return sorted(found, key=lambda row: (-row.forecasts, row.speaker is None, row.speaker or ""))


def _order(told: Told) -> tuple[object, ...]:
    """The earliest made first, then the earliest published, then what says most of who speaks, the fullest words."""
    made = told.forecast.made
    return (
        _day(made), made.earliest is None, told.published.latest or _NEVER, told.speaker is None, -len(told.chain),
        -len(told.words), told.path, told.forecast.span, told.page,
    )  # fmt: skip


def _one_forecast(one: Told, other: Told) -> bool:
    """Whether two that look to the same day are one forecast, told twice."""
    if one.group == other.group and (one.page != other.page or not (one.speaker and other.speaker)):
        return True
    return bool(one.speaker and other.speaker) and same_name(one.speaker or "", other.speaker or "")


def _row(
    cluster: list[Told], agreement: str, steps: Sequence[Step], heard: str | None, today: str | None
) -> ForecastRow:
    first = cluster[0]
    copies = defaultdict(list)
    for told in cluster:
        copies[told.group].append(told)
    known = [told.forecast.window.earliest for told in cluster if told.forecast.window.earliest]
    window = Interval(min(known, default=None), first.forecast.window.latest)
    made = first.forecast.made
    came = _came(first.forecast, steps)
    negative = first.forecast.negative
    anyones = first.forecast.step == _VOTES and first.forecast.party is None  # whose vote it is to be is not known
    if negative:
        standing = _unbroken(window, made, came, _waiting(window, heard, today))
    elif came is None:
        standing = _waiting(window, heard, today)
    else:
        came = Interval(came.earliest or made.earliest, came.latest)
        standing = _standing(window, made, came)
        if anyones and standing in ("late", "early"):
            standing = "came"
    took = _between(made.latest, came.latest) if came and came.earliest == came.latest else None
    return ForecastRow(
        agreement=agreement,
        step=first.forecast.step,
        window=window,
        made=made,
        hope=first.forecast.hope,
        standing=standing,
        came=came,
        late=_late(window, came) if came and not (negative or anyones) else None,
        took=took if took is not None and took >= 0 and not negative else None,
        path=first.path,
        span=first.forecast.span,
        words=first.words,
        published=first.published,
        speaker=first.speaker,
        chain=list(first.chain),
        repeats=[
            Telling(
                told[0].published, told[0].path, told[0].forecast.span, told[0].words, told[0].speaker,
                list(told[0].chain), len({one.page for one in told}) - 1,
            )
            for group, told in copies.items()
            if group != first.group
        ],
        condition=first.forecast.condition,
        negative=negative,
    )  # fmt: skip


def _waiting(window: Interval, heard: str | None, today: str | None) -> Standing:
    """How a forecast stands whose step has not come."""
    if window.latest is None or today is None or today <= window.latest:
        return "open"
    return "missed" if heard is not None and heard > window.latest else "untold"


def _standing(window: Interval, made: Interval, came: Interval) -> Standing:
    """How a forecast stands whose step came; where its days do not tell whether that was in the window, it `came`."""
    first, last = came.earliest or "", came.latest or _NEVER
    if made.earliest and last < made.earliest:
        return "overtaken"
    if window.latest is None:
        return "came"
    if first > window.latest:
        return "late"
    if window.earliest and last < window.earliest:
        return "early"
    return "kept" if (window.earliest or "") <= first and last <= window.latest else "came"


def _unbroken(window: Interval, made: Interval, came: Interval | None, waiting: Standing) -> Standing:
    """How it stands that a step will not come: missed where it came in the window, else kept once that is over.

    `waiting` is how a forecast of the step would stand if it had not come.
    """
    if came is None:
        return "kept" if waiting == "missed" else waiting
    first, last = came.earliest or came.latest or "", came.latest or _NEVER
    if made.earliest and last < made.earliest:
        return "overtaken"
    if window.latest and first > window.latest:
        return "kept"
    return "missed" if window.latest is None or last <= window.latest else "came"


def _came(forecast: Forecast, steps: Sequence[Step]) -> Interval | None:
    """When a step came: as most sources have it that does not lie before the forecast, else by when a later one did.

    Votes are many: it is the first after the forecast, and one that names the party where the forecast does.
    """
    made, stage = forecast.made, forecast.step
    reached = [step for step in steps if step.stage == stage and step.when.latest and not step.condition]
    if stage == _VOTES:
        votes = [step for step in reached if not made.latest or (step.when.latest or "") > made.latest]
        votes = [step for step in votes if forecast.party is None or _names(step, forecast.party)]
        inside = [step for step in votes if _standing(forecast.window, made, step.when) == "kept"]
        if votes:
            return min(inside or votes, key=lambda step: (step.when.latest or "", step.path)).when
        reached = []
    ahead = [step for step in reached if not made.earliest or (step.when.latest or "") >= made.earliest] or reached
    if ahead:
        return min(ahead, key=lambda step: (-step.sources, step.when.latest or "", step.path)).when
    above = [
        step.when.latest for step in steps
        if LADDER.index(step.stage) > max(LADDER.index(stage), LADDER.index("scheduled")) and step.when.latest
    ]  # fmt: skip
    return Interval(None, min(above)) if above else None


def _names(step: Step, party: str) -> bool:
    """Whether a state is the first that the words of a step name: the one that takes it."""
    from onrecord.reading.states import find_states  # noqa: PLC0415 - most questions need not load reading

    return next((found.country for found in find_states(step.words)), None) == party


def _late(window: Interval, came: Interval) -> int | None:
    """By how many days at least a step came after the window, below 0 before it; 0 within, None where it has no end."""
    if window.latest is None:
        return None
    after, before = _between(window.latest, came.earliest), _between(window.earliest, came.latest)
    return max(0, after or 0) or min(0, before or 0)


def _day(when: Interval) -> str:
    """The last day of an interval, else its first, else one after all others."""
    return when.latest or when.earliest or _NEVER


def _between(first: str | None, last: str | None) -> int | None:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if first and last else None
