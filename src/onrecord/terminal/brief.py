"""What a desk officer wants to see of a record first: each agreement, how far it has come, and who contradicts whom."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from onrecord.page import Problem
from onrecord.record.rows import AgreementRow, DisputeRow
from onrecord.terminal import tables, words


class Brief(msgspec.Struct):
    """The state of a record."""

    agreements: list[AgreementRow]
    disputes: list[DisputeRow]
    problems: list[Problem]


def brief_view(found: Brief, record: Path) -> Iterator[RenderableType]:
    """Each agreement with its ladder, then the open disputes, unread inputs, and the commands that lead further."""
    yield _heading("Agreements", len(found.agreements))
    for row in found.agreements:
        yield tables.agreement(row)
    if not found.agreements:
        yield Text("No agreement is on this record.\n")
    yield _heading("Open disputes", len(found.disputes))
    yield from tables.disputes(found.disputes)
    if not found.disputes:
        yield Text("Nobody on this record denies what another claims.\n")
    if found.problems:
        yield _heading("Inputs that could not be read", len(found.problems))
        for problem in found.problems:
            yield Text(f"{words.line(problem.path)}: {words.line(problem.reason)}", "red")
        yield Text("")
    yield _heading("Next")
    for what, command in _next(found.agreements, record):
        yield command
        yield Text(f"    {what}", "dim")


def _heading(title: str, count: int | None = None) -> Rule:
    return Rule(title if count is None else f"{title} ({count})", align="left", style="dim")


def _next(rows: list[AgreementRow], record: Path) -> Iterator[tuple[str, str]]:
    call = f"{_command()} {{}} --record {shlex.quote(str(record))}"
    if rows:
        row = max(rows, key=lambda row: len(row.history))
        yield "one agreement, step by step", call.format(f"agreements {shlex.quote(words.line(row.id))}")
        for step in row.history[-1:]:
            yield (
                "the page behind its last step, statements marked",
                call.format(f"show {shlex.quote(words.line(step.path))}"),
            )
            if step.speaker:
                yield (
                    "everything this speaker is reported to have said",
                    call.format(f"statements --who {shlex.quote(words.line(step.speaker))}"),
                )
        yield "what was forecast, and whether it came", call.format("forecasts")
    yield "all agreements for a program to read", call.format("agreements --json")
    yield "every span read back against the stored pages", call.format("verify")


def _command() -> str:
    """How to call this program from here."""
    called, here = Path(sys.argv[0]).absolute(), Path.cwd()
    if shutil.which("onrecord") or called.name != "onrecord" or not called.is_relative_to(here):
        return "onrecord"
    return str(called.relative_to(here))
