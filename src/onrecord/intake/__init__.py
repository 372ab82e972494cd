"""Intake: anything readable becomes pages, one at a time."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, cast

from onrecord.intake.files import Found, walk, why
from onrecord.intake.jsonlines import pages
from onrecord.intake.kinds import UnreadableError, is_json_lines, media_type
from onrecord.intake.limits import LIMIT, too_large
from onrecord.page import Page, Problem

__all__ = ["LIMIT", "count_inputs", "read_inputs"]


def read_inputs(inputs: Sequence[str], *, given: Mapping[str, str] | None = None) -> Iterator[Page | Problem]:
    """The pages of `inputs` in their order; what cannot be read becomes a `Problem`, and the rest goes on.

    An input is a file, a folder (read whole, sorted by name, hidden files passed over) or `-` for standard input.
    Plain text, Markdown and HTML files are pages; JSON Lines files (`.jsonl`, `.ndjson`) hold one page a line, named
    by the line's own `path`, else `CONTAINER#LINE`. Each may be gzip-compressed (`.gz`). What a file is, its bytes
    say first and its name second. `given` is what the caller knows of every page (`published` as an ISO day, `title`,
    `publisher`, `url`); it outranks what a container says. One page at a time is held in memory; none may exceed
    `LIMIT` bytes.
    """
    known = dict(given or {})
    for name in inputs:
        if name == "-":
            yield from _guarded("-", _standard_input(known))
            continue
        for found in walk(name):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _guarded(found.path, _file(found, known))


def count_inputs(inputs: Sequence[str]) -> int | None:
    """How many pages and problems `inputs` come to, or None where only reading would tell: archives, standard input."""
    count = 0
    for name in inputs:
        if name == "-":
            return None
        for found in walk(name):
            if isinstance(found, Found) and is_json_lines(found.file.name):
                return None
            count += 1
    return count


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def _guarded(path: str, found: Iterator[Page | Problem]) -> Iterator[Page | Problem]:
    """`found`, with whatever keeps a file from being read turned into a problem of it."""
    try:
        yield from found
    except UnreadableError as reason:
        yield Problem(path, str(reason))
    except (gzip.BadGzipFile, zlib.error, EOFError):
        yield Problem(path, "damaged gzip data: what follows is lost")
    except OSError as error:
        yield Problem(path, why(error))


def _file(found: Found, known: dict[str, str]) -> Iterator[Page | Problem]:
    file = found.file
    if not found.wanted and not file.is_file():
        raise UnreadableError("a broken link" if file.is_symlink() else "not a regular file")
    compressed = file.suffix.lower() == ".gz"
    with gzip.open(file, "rb") if compressed else file.open("rb") as stream:
        if is_json_lines(file.name):
            yield from pages(stream, found.path, known)
        else:
            name = file.stem if compressed else file.name
            yield _page(_bounded(stream), found.path, name, known, wanted=found.wanted)


def _standard_input(known: dict[str, str]) -> Iterator[Page | Problem]:
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    try:
        if stream.peek(1).lstrip()[:1] == b"{":
            yield from pages(stream, "-", known)
        else:
            yield _page(_bounded(stream), "-", "", known, wanted=True)
    finally:
        stream.detach()


def _bounded(stream: _Readable) -> bytes:
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UnreadableError(too_large())
    return data


def _page(data: bytes, path: str, name: str, known: dict[str, str], *, wanted: bool) -> Page:
    kind = media_type(data, name, wanted=wanted)
    return Page(path, data, kind, hashlib.sha256(data).hexdigest(), dict(known))
