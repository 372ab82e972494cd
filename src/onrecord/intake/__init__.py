"""Intake: anything readable becomes pages, one at a time."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from onrecord.intake.containers import read
from onrecord.intake.files import Found, shown, walk, why
from onrecord.intake.jsonlines import field_names
from onrecord.intake.kinds import holds_many
from onrecord.intake.limits import LIMIT
from onrecord.intake.sources import Source
from onrecord.intake.streams import Budget, ExpansionError, Stream, stream_of
from onrecord.intake.urls import is_url
from onrecord.page import Page, Problem

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher

__all__ = ["LIMIT", "count_inputs", "field_names", "read_bytes", "read_inputs"]


def read_inputs(
    inputs: Sequence[str],
    *,
    given: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Problem]:
    """The pages of `inputs` in their order; what cannot be read becomes a `Problem`, and the rest goes on.

    An input is a file, a folder (read whole, sorted by name, hidden files passed over), a pattern (`pages/**/*.html`,
    where no file has that very name), a URL (`http://`, `https://`) or `-` for standard input. Plain text, Markdown and
    HTML files are pages. Feeds, mails and mailboxes, JSON and JSON Lines, WARC and WET crawls, ZIP and tar archives
    hold pages and, within `DEPTH`, one another; what lies in one is named `CONTAINER#MEMBER`, a JSON object by its own
    `path` if it has one. Each may be compressed by gzip, bzip2 or xz. What a file is, its bytes say first and its name
    second.

    `given` is what the caller knows of every page (`published` as an ISO day, `title`, `publisher`, `url`); it outranks
    what a container says. `fields` names the fields of JSON objects where they are not to be guessed, by the keys of
    `field_names`: `{"text": "article_body"}`. One page at a time is held in memory, and none may exceed `LIMIT` bytes;
    of a mail, a feed and a ZIP archive's list of contents the whole is held. An input that expands beyond all measure
    is given up. `fetcher` fetches the URLs, a plain one if none is given.
    """
    for name in inputs:
        if is_url(name):
            fetcher = fetcher or _plain_fetcher()
            yield from _web(name, fetcher, given or {}, fields or {})
            continue
        if name == "-":
            yield from _guarded("-", _standard_input(given or {}, fields or {}))
            continue
        for found in walk(name):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _guarded(found.path, _file(found, given or {}, fields or {}))


def read_bytes(
    data: bytes,
    path: str,
    *,
    name: str = "",
    charset: str = "",
    known: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Iterator[Page | Problem]:
    """The pages of bytes that came from elsewhere, as `read_inputs` reads a file of them that goes by `path`.

    `name` is their file name and `charset` their declared encoding, if they came with any; `known` is what they came
    with (`url`, `captured`): it goes to a page that they are, not to pages that they hold.
    """
    budget = Budget()
    stream = stream_of(io.BytesIO(data), budget.receive)
    source = Source(
        stream, path, name, given or {}, fields or {}, budget, wanted=True, charset=charset, known=known or {}
    )
    yield from _guarded(path, read(source))


def count_inputs(inputs: Sequence[str]) -> int | None:
    """How many pages and problems `inputs` come to; None where only reading tells: archives, URLs, standard input."""
    count = 0
    for name in inputs:
        if name == "-" or is_url(name):
            return None
        for found in walk(name):
            if isinstance(found, Found) and holds_many(found.file.name):
                return None
            count += 1
    return count


def _guarded(path: str, found: Iterator[Page | Problem]) -> Iterator[Page | Problem]:
    """`found`, with what ends the reading of a whole input turned into a problem of it."""
    try:
        yield from found
    except ExpansionError as reason:
        yield Problem(path, str(reason))
    except OSError as error:
        yield Problem(path, why(error))


def _file(found: Found, given: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Page | Problem]:
    file = found.file
    if not found.wanted and not file.is_file():
        yield Problem(found.path, "a broken link" if file.is_symlink() else "not a regular file")
        return
    with file.open("rb") as stream:
        budget = Budget()
        budget.receive(os.fstat(stream.fileno()).st_size)
        opened: Stream = stream if stream.seekable() else stream_of(stream, budget.receive)
        yield from read(Source(opened, found.path, shown(file.name), given, fields, budget, wanted=found.wanted))


def _plain_fetcher() -> Fetcher:
    from onrecord.intake.fetching import Fetcher  # noqa: PLC0415 - only those who fetch load the HTTP client

    return Fetcher()


def _web(url: str, fetcher: Fetcher, given: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Page | Problem]:
    from onrecord.intake.fetch_pages import pages_at  # noqa: PLC0415 - as above

    return pages_at(url, fetcher, partial(read_bytes, given=given, fields=fields))


def _standard_input(given: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Page | Problem]:
    budget = Budget()
    stream = stream_of(sys.stdin.buffer, budget.receive)
    return read(Source(stream, "-", "", given, fields, budget, wanted=True))
