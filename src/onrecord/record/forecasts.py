"""Forecasts held against what came: which were kept, how late the others were, and what is still open.

A forecast is of one step of the ladder, by one speaker, for one window of days. The same said again, by the same
speaker or on another page that carries the same report, is one forecast with its repeats. What has no last day ("soon")
is never missed: it is told how long it took. A hope is listed, and counts for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import get_args

from onrecord.analysis import LADDER, Interval, Published
from onrecord.outlook import Forecast
from onrecord.record.identity import name_key, same_name
from onrecord.record.rows import ForecasterRow, ForecastRow, Standing, Step, Telling

_NEVER = "9999"


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
    by_window: dict[tuple[str, bool, str], list[list[Told]]] = defaultdict(list)
    for one in sorted(told, key=_order):
        clusters = by_window[one.forecast.step, one.forecast.hope, one.forecast.window.latest or ""]
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
    """How the forecasts of each speaker stand, those with most forecasts first; hopes are not counted."""
    by_speaker: dict[str, list[ForecastRow]] = defaultdict(list)
    for row in rows:
        if not row.hope:
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
    return (
        _day(told.forecast.made), told.published.latest or _NEVER, told.speaker is None, -len(told.chain),
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
    came = _came(first.forecast.step, made, steps)
    if came is None:
        standing = _waiting(window, heard, today)
    else:
        came = Interval(came.earliest or made.earliest, came.latest)
        standing = _standing(window, made, came)
    took = _between(made.latest, came.latest) if came and came.earliest == came.latest else None
    return ForecastRow(
        agreement=agreement,
        step=first.forecast.step,
        window=window,
        made=made,
        hope=first.forecast.hope,
        standing=standing,
        came=came,
        late=_late(window, came) if came else None,
        took=took if took is not None and took >= 0 else None,
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


def _came(stage: str, made: Interval, steps: Sequence[Step]) -> Interval | None:
    """When a step came: as most sources have it that does not lie before the forecast, else by when a later one did."""
    reached = [step for step in steps if step.stage == stage and step.when.latest and not step.condition]
    ahead = [step for step in reached if not made.earliest or (step.when.latest or "") >= made.earliest] or reached
    if ahead:
        return min(ahead, key=lambda step: (-step.sources, step.when.latest or "", step.path)).when
    above = [
        step.when.latest for step in steps
        if LADDER.index(step.stage) > max(LADDER.index(stage), LADDER.index("scheduled")) and step.when.latest
    ]  # fmt: skip
    return Interval(None, min(above)) if above else None


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
