"""What a call may say: dates, and files that must or must not be there. Each is refused with a plain message."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import typer

from onrecord.api import Record
from onrecord.intake import field_names
from onrecord.intake.urls import is_url

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

_SQLITE = b"SQLite format 3\0"


class WrongCallError(typer.TyperException):
    """The call itself was wrong; the message says how."""

    exit_code = 2


def wrong(message: str) -> NoReturn:
    """End the command: the call was wrong, and `message` says how."""
    raise WrongCallError(message)


def fields(given: list[str] | None) -> dict[str, str]:
    """The fields that a caller names, `text=article_body`, by what each holds; ends the program where one is wrong."""
    found: dict[str, str] = {}
    for words in given or []:
        name, _, field = words.partition("=")
        if name not in field_names() or not field:
            wrong(f"--field {words!r} is not NAME=FIELD with one of the names {', '.join(field_names())}")
        found[name] = field
    return found


def day(value: str) -> str:
    """An ISO 8601 day as the caller gave it."""
    try:
        found = date.fromisoformat(value).isoformat()
    except ValueError:
        found = ""
    if found != value:
        wrong(f"{value!r} is not a date: write YYYY-MM-DD, for example 2024-09-10")
    return found


def fetcher(inputs: Iterable[str], starting: Callable[[str], object], *, private: bool) -> Fetcher | None:
    """What fetches the URLs among the inputs, if there are any."""
    if not any(map(is_url, inputs)):
        return None
    from onrecord.intake.fetching import Fetcher  # noqa: PLC0415 - only those who fetch load the HTTP client

    return Fetcher(private=private, starting=starting)


def existing_record(path: Path, as_of: str | None = None) -> Record:
    """The record in a file that must be one; with `as_of`, what it knew on that day."""
    known = day(as_of) if as_of is not None else None
    if not path.exists():
        wrong(f"there is no record at {path}; make one: onrecord build INPUT... --record {path}")
    found = _record(path)
    return found.as_of(known) if known else found


def new_record(path: Path) -> Record:
    """The record in a file, which is made if there is none."""
    if not path.parent.is_dir():
        wrong(f"cannot keep a record at {path}: there is no folder {path.parent}")
    return _record(path)


def _record(path: Path) -> Record:
    try:
        if path.exists():
            with path.open("rb") as file:
                if file.read(len(_SQLITE)) not in (_SQLITE, b""):
                    wrong(f"{path} is not a record")
        return Record(path)
    except (OSError, sqlite3.Error, ValueError) as error:
        wrong(f"{path} cannot be used as a record: {error}")


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """A file opened for writing bytes, or standard output where none is named."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        file = path.open("wb")
    except OSError as error:
        wrong(f"cannot write to {path}: {(error.strerror or str(error)).lower()}")
    with file:
        yield file
