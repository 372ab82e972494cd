"""What a desk officer wants to see of a record first: each agreement, how far it has come, and who contradicts whom."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import RenderableType
from rich.text import Text

from onrecord.page import Problem
from onrecord.record.rows import AgreementRow, DisputeRow
from onrecord.terminal import tables, words
from onrecord.terminal.parts import Heading


class Brief(msgspec.Struct):
    """The state of a record."""

    agreements: list[AgreementRow]
    disputes: list[DisputeRow]
    problems: list[Problem]


def brief_view(found: Brief, record: Path, as_of: str | None = None) -> Iterator[RenderableType]:
    """Each agreement with its ladder, then the open disputes, unread inputs, and the commands that lead further.

    `as_of` is the day of which the state is, where it is not today's.
    """
    yield Heading(f"Agreements as of {as_of}" if as_of else "Agreements", len(found.agreements))
    for row in found.agreements:
        yield tables.agreement(row)
    if not found.agreements:
        yield Text("No agreement is on this record.\n")
    standing = {row.dispute for row in found.disputes if row.ended is None}
    yield Heading("Open disputes", len(standing))
    yield from tables.disputes(row for row in found.disputes if row.dispute in standing)
    if not standing:
        yield Text("Nobody on this record denies what another claims.\n")
    if found.problems:
        yield Heading("Inputs that could not be read", len(found.problems))
        for problem in found.problems:
            yield Text(f"{words.line(problem.path)}: {words.line(problem.reason)}", "red")
        yield Text("")
    yield Heading("Next")
    for what, command in _next(found.agreements, record, as_of):
        yield command
        yield Text(f"    {what}", "dim")


def _next(rows: list[AgreementRow], record: Path, as_of: str | None) -> Iterator[tuple[str, str]]:
    call = f"{_command()} {{}} --record {shlex.quote(str(record))}"
    then = f" --as-of {as_of}" if as_of else ""
    if rows:
        row = max(rows, key=lambda row: len(row.history))
        yield "one agreement, step by step", call.format(f"agreements {shlex.quote(words.line(row.id))}{then}")
        for step in row.history[-1:]:
            yield (
                "the page behind its last step, statements marked",
                call.format(f"show {shlex.quote(words.line(step.path))}"),
            )
            if step.speaker:
                yield (
                    "everything this speaker is reported to have said",
                    call.format(f"statements --who {shlex.quote(words.line(step.speaker))}{then}"),
                )
        yield "what was forecast, and whether it came", call.format(f"forecasts{then}")
    yield "all agreements for a program to read", call.format(f"agreements --json{then}")
    yield "every span read back against the stored pages", call.format("verify")


def _command() -> str:
    """How to call this program from here."""
    called, here = Path(sys.argv[0]).absolute(), Path.cwd()
    if shutil.which("onrecord") or called.name != "onrecord" or not called.is_relative_to(here):
        return "onrecord"
    return str(called.relative_to(here))
