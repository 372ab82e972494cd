"""The two streams of the command line: what was asked for on standard output, everything else on standard error."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from onrecord.intake import count_inputs
from onrecord.page import Page, Problem
from onrecord.terminal.parts import UNBROKEN
from onrecord.terminal.words import clean, line, plain

if TYPE_CHECKING:
    from rich.progress import Progress


#: Lines are at least so wide: a narrower terminal breaks them itself, and nothing is lost.
_LEAST = 40


class _Screen(Console):
    """A console that leaves a closed pipe to the caller."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


class _Trimmed:
    """A part without the blanks that would fill its lines, and with empty lines only before others.

    `waiting` counts the empty lines that end it and what was printed before it.
    """

    def __init__(self, part: RenderableType, waiting: int) -> None:
        self._part = part
        self.waiting = waiting

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segments in Segment.split_lines(console.render(self._part, options)):
            while segments and not segments[-1].text.strip(" "):
                segments.pop()
            if not segments:
                self.waiting += 1
                continue
            yield from [Segment.line()] * self.waiting
            self.waiting = 0
            yield from segments[:-1]
            yield Segment(segments[-1].text.rstrip(" "), segments[-1].style, segments[-1].control)
            yield Segment.line()


def screen() -> Console:
    """Standard output for people: colour on a terminal only, nothing in page text taken for markup.

    Lines are as wide as the terminal, or as COLUMNS says; in a file or a pipe no line is broken.
    """
    asked = os.environ.get("COLUMNS", "").strip("0")
    broken = sys.stdout.isatty() or asked.isdecimal()
    console = _Screen(markup=False, emoji=False, highlight=False, width=None if broken else UNBROKEN)
    console.width = max(console.width, _LEAST)
    return console


def spare_characters() -> None:
    """Have both streams write what their encoding lacks as the nearest thing it has, instead of ending the program."""
    codecs.register_error("onrecord", _spared)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="onrecord")


def _spared(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


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
    waiting = 0
    for part in parts:
        if isinstance(part, str):
            console.print(Text("\n" * waiting + clean(part)), soft_wrap=True)
            waiting = 0
        else:
            trimmed = _Trimmed(part, waiting)
            console.print(trimmed)
            waiting = trimmed.waiting
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
