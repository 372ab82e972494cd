"""The two streams of the command line: what was asked for on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
from rich.console import Console, RenderableType
from rich.text import Text

from onrecord.intake import count_inputs
from onrecord.page import Page, Problem
from onrecord.terminal.words import clean, line

if TYPE_CHECKING:
    from rich.progress import Progress


class _Screen(Console):
    """A console that leaves a closed pipe to the caller."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


def screen() -> Console:
    """Standard output for people: colour on a terminal only, nothing in page text taken for markup."""
    return _Screen(markup=False, emoji=False, highlight=False)


def errors() -> Console:
    """Standard error for people."""
    return _Screen(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)


def say(words: str, console: Console | None = None) -> None:
    """A line on standard error."""
    if words:
        (console or errors()).print(Text(line(words)), soft_wrap=True)


def complain(problem: Problem, console: Console | None = None) -> None:
    """Name an input that could not be read: `onrecord: PATH: reason`."""
    say(f"onrecord: {problem.path}: {problem.reason}", console)


def show(parts: Iterable[RenderableType], *, otherwise: str = "") -> None:
    """Print each part as it comes, or `otherwise` where there is none.

    A plain string is made safe and stays on one line, however long, so that it can be copied.
    """
    console = screen()
    empty = True
    for part in parts:
        if isinstance(part, str):
            console.print(Text(clean(part)), soft_wrap=True)
        else:
            console.print(part)
        empty = False
    if empty and otherwise:
        console.print(Text(otherwise))


def write_json(rows: Iterable[Any]) -> None:
    """Write rows as one JSON array, a row a line, each as it comes."""
    out = sys.stdout.buffer
    encode = msgspec.json.Encoder().encode
    before = b"["
    for row in rows:
        out.write(before + encode(row))
        before = b",\n"
    out.write(b"[]\n" if before == b"[" else b"]\n")
    out.flush()


def write_object(row: Any) -> None:
    """Write one JSON object."""
    sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
    sys.stdout.buffer.flush()


class Meter:
    """Tells on standard error how far the reading of inputs has come."""

    def __init__(self, console: Console, bar: Progress | None = None, total: int | None = None) -> None:
        self._console = console
        self._bar = bar
        self._task = bar.add_task("", total=total, path="") if bar else None

    def starting(self, url: str) -> None:
        """A page of the web is asked for, which may take a while."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, path=line(url, 40))

    def taken(self, item: Page | Problem) -> None:
        """One more input was read, or could not be read: then it is named at once."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, path=line(item.path, 40))
        if isinstance(item, Problem):
            complain(item, self._console)


@contextmanager
def progress(inputs: Sequence[str] | None) -> Iterator[Meter]:
    """A meter of `inputs` with a progress bar, if standard error is a terminal; without `inputs`, never a bar."""
    console = errors()
    if inputs is None or not sys.stderr.isatty():
        yield Meter(console)
        return
    from rich import progress as rich  # noqa: PLC0415 - only those who watch load the bar

    path = rich.TextColumn("{task.fields[path]}", style="dim", markup=False)
    columns = (rich.SpinnerColumn(), rich.BarColumn(20), rich.MofNCompleteColumn(), rich.TimeElapsedColumn(), path)
    with rich.Progress(*columns, console=console, transient=True) as bar:
        yield Meter(console, bar, count_inputs(inputs))
