"""What a call may say: words, dates, and files that must or must not be there. Each is refused with a plain message."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperCommand

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


class Command(TyperCommand):
    """A command as people call it: its usage without braces, and of words too many it says what they are."""

    allow_extra_args = True

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What follows the command's name in its usage: arguments that must be there without braces."""
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments taken from a call; ends the program where it has more of them than the command takes."""
        extra = super().parse_args(ctx, args)
        for word in extra:
            no_record(word, ctx.command_path)
            wrong(f"{word!r} is more than `{ctx.command_path}` takes; see: {ctx.command_path} --help")
        return extra


def no_record(word: str, command: str) -> None:
    """End the command if an argument that names something else is the file of a record."""
    if _is_record(Path(word)):
        wrong(f"{word} is a record; name it with --record: {command} --record {shlex.quote(word)}")


def meant(word: str, known: Iterable[str], name: Callable[[str], str] = str) -> str:
    """`; did you mean 'deny'?`, where what is known is like the word; `name` says how it is shown."""
    near = dict.fromkeys(map(name, get_close_matches(word, known, 3)))
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def on(as_of: str | None) -> str:
    """The end of a sentence on what was known on a day, if one was asked of."""
    return f" as of {as_of}" if as_of else ""


def one_of(option: str, value: str, allowed: Sequence[Any]) -> Any:
    """The value of an option that must be one of those allowed."""
    if value not in allowed:
        wrong(f"{option} {value!r} is not one of {', '.join(allowed)}{meant(value, allowed)}")
    return value


def told(error: typer.TyperException) -> str:
    """What was wrong with a call, and where its help is if the message leads nowhere else."""
    message = error.format_message()
    called = getattr(error, "ctx", None)
    if called is None or message.endswith("?"):
        return message
    return f"{message.rstrip('.')}; see: {called.command_path} --help"


def why(error: OSError | sqlite3.Error) -> str:
    """What the system or the record refused, in its words but without its numbers."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror.lower()}" if error.filename else error.strerror.lower()


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
    if path.is_file() and not path.stat().st_size:
        wrong(f"{path} is empty, no record")
    found = _record(path)
    return found.as_of(known) if known else found


def new_record(path: Path) -> Record:
    """The record in a file, which is made if there is none."""
    if not path.parent.is_dir():
        wrong(f"cannot keep a record at {path}: there is no folder {path.parent}")
    return _record(path)


def _record(path: Path) -> Record:
    try:
        if path.exists() and not _is_database(path) and path.stat().st_size:
            wrong(f"{path} is not a record")
        return Record(path)
    except (OSError, sqlite3.Error, ValueError) as error:
        reason = getattr(error, "strerror", None)
        wrong(f"{path} cannot be used as a record: {reason.lower() if reason else error}")


def _is_record(path: Path) -> bool:
    """Whether a path is that of a record, by its ending or by what is there."""
    try:
        return path.suffix == ".onrecord" or (path.is_file() and _is_database(path))
    except OSError:
        return False


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


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
