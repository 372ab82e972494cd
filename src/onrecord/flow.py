"""From inputs to analyses: intake and reading joined, pages read in parallel and given back in order."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING

from onrecord.analysis import Analysis
from onrecord.intake import read_inputs
from onrecord.page import Page, Problem

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

#: So many pages are read before other processes are started to help: starting one costs about as much.
_ALONE = 12
#: Pages under way for each process; bounds memory whatever the number of inputs.
_AHEAD = 4


def analyses(
    inputs: Sequence[str],
    *,
    given: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
    known: Callable[[Page], bool] = lambda page: False,
) -> Iterator[tuple[Page, Analysis] | Problem]:
    """Each page of `inputs` with its analysis, in order; what cannot be read is a `Problem`, and the rest goes on.

    `inputs`, `given`, `fields` and `fetcher` are those of `onrecord.intake.read_inputs`; pages that are `known` are
    passed over. Long inputs are read by as many processes as the machine lets this one have.
    """
    items = read_inputs(inputs, given=given, fields=fields, fetcher=fetcher)
    found = (item for item in items if isinstance(item, Problem) or not known(item))
    for item in islice(found, _ALONE):
        yield item if isinstance(item, Problem) else _read(item)
    rest = next(found, None)
    if rest is not None:
        yield from _parallel(rest, found)


def trouble(analysis: Analysis) -> Problem | None:
    """What of a page could only be read in part or by guessing, or None where all was well."""
    return Problem(analysis.path, "; ".join(analysis.problems)) if analysis.problems else None


def _read(page: Page) -> tuple[Page, Analysis] | Problem:
    from onrecord.reading.pipeline import read  # noqa: PLC0415 - the encoder is heavy: only those who read load it

    try:
        return page, read(page)
    except Exception as error:  # noqa: BLE001 - one page must never end the reading of the others
        return Problem(page.path, f"reading it failed ({type(error).__name__}: {error})")


def _parallel(first: Page | Problem, rest: Iterator[Page | Problem]) -> Iterator[tuple[Page, Analysis] | Problem]:
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    waiting: deque[tuple[str, Future[tuple[Page, Analysis] | Problem]] | Problem] = deque()

    def submitted(pool: ProcessPoolExecutor, item: Page | Problem) -> None:
        with _main_left_out():
            waiting.append(item if isinstance(item, Problem) else (item.path, pool.submit(_read, item)))

    # Spawned, not forked: the encoder's threads and the terminal's must not be copied.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        submitted(pool, first)
        for item in rest:
            if len(waiting) >= processes * _AHEAD:
                yield _result(waiting.popleft())
            submitted(pool, item)
        while waiting:
            yield _result(waiting.popleft())


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Keep the processes started meanwhile from running the caller's script anew.

    A spawned process imports the main script first, for functions that it may define; a script that reads pages
    without `if __name__ == "__main__"` would start reading again in each. What is sent here is defined in this module.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _result(
    item: tuple[str, Future[tuple[Page, Analysis] | Problem]] | Problem,
) -> tuple[Page, Analysis] | Problem:
    if isinstance(item, Problem):
        return item
    path, future = item
    try:
        return future.result()
    except BrokenProcessPool:
        return Problem(path, "reading it ended the process that read it")
