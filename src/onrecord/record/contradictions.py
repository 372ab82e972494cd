"""What reports of one agreement say that cannot all be true: two days of one step, or a step that has and has not come.

A stage that goes on (talks, procedures) may be told of often; a step that is reached on one day has one day. Who is
right is not decided here: both sides stand with the reports that tell them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.analysis import LADDER, Agreement, Interval, Stage
from onrecord.record.rows import Contradiction, Side, Step, Telling

#: Steps that an agreement takes once, on one day.
_ONCE: tuple[Stage, ...] = ("signed", "ratified", "in_force")
_SIGNED = LADDER.index("signed")
#: A page may be so many days behind.
_SLACK = 3


def contradictions(
    steps: Sequence[Step], told: Sequence[list[Telling]], denials: Sequence[tuple[Agreement, Telling]], parties: int
) -> list[Contradiction]:
    """The contradictions among the steps of one agreement, told by these reports, and with denials of its steps.

    What is not between two parties is signed and ratified by each on a day of its own.
    """
    found: list[Contradiction] = []
    for stage in _ONCE if parties == 2 else _ONCE[-1:]:  # noqa: PLR2004
        reached = [
            Side(stage, step.when, False, reports)
            for step, reports in zip(steps, told, strict=True)
            if step.stage == stage and step.condition is None and step.when.earliest and step.when.latest
        ]
        if len(reached) > 1:
            found.append(Contradiction("date", stage, reached))
        if reached:
            against = [
                Side(stage, Interval(), True, [report])
                for entry, report in denials
                if entry.stage == stage and _is_after(report, min(side.when.latest or "" for side in reached))
            ]
            if stage == "signed":
                against += _unsigned(steps, told, max(reached, key=lambda side: len(side.told)))
            if against:
                found.append(Contradiction("stage", stage, [*reached, *against]))
    return found


def _unsigned(steps: Sequence[Step], told: Sequence[list[Telling]], signed: Side) -> list[Side]:
    """The steps below signature that are told of as of a day after it."""
    day = signed.when.latest or ""
    return [
        Side(step.stage, step.when, False, reports)
        for step, reports in zip(steps, told, strict=True)
        if LADDER.index(step.stage) < _SIGNED and _days(day, step.when.earliest or step.when.latest) > _SLACK
    ]


def _is_after(report: Telling, day: str) -> bool:
    return report.published.earliest is not None and report.published.earliest >= day


def _days(first: str, last: str | None) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if last else 0
