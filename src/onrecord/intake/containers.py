"""The kinds of container, and how whatever lies in one is read in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.intake.archives import tar_members, zip_members
from onrecord.intake.crawls import records
from onrecord.intake.feeds import entries
from onrecord.intake.files import why
from onrecord.intake.jsonlines import line_pages, value_pages
from onrecord.intake.kinds import SNIFFED, UnreadableError, compression, container, uncompressed
from onrecord.intake.limits import DEPTH, LIMIT
from onrecord.intake.mail import mail_parts, mails
from onrecord.intake.sources import Container, Source
from onrecord.intake.streams import ExpansionError, decompressed
from onrecord.page import Page, Problem

#: What is in a container of each kind that `onrecord.intake.kinds.container` tells.
CONTAINERS: dict[str, Container] = {
    "zip": zip_members,
    "tar": tar_members,
    "warc": records,
    "feed": entries,
    "mail": mail_parts,
    "mailbox": mails,
    "json_lines": line_pages,
    "json": value_pages,
}


def read(source: Source) -> Iterator[Page | Problem]:
    """The pages of a source, one at a time; what keeps something from being read is a `Problem` of it.

    Raises `ExpansionError` alone: an input that expands without end is given up as a whole.
    """
    try:
        yield from _read(source)
    except ExpansionError:
        raise
    except UnreadableError as reason:
        yield Problem(source.path, str(reason))
    except OSError as error:
        yield Problem(source.path, why(error))


def _read(source: Source) -> Iterator[Page | Problem]:
    stream, name = source.stream, source.name
    for _ in range(2):
        if packed := compression(stream.peek(SNIFFED)):
            stream = decompressed(stream, packed, source.budget)
    start = stream.peek(SNIFFED)[:SNIFFED]
    source = replace(source, stream=stream, name=uncompressed(name))
    kind = container(start, source.name)
    if kind is None:
        yield source.page(stream.read(LIMIT + 1), charset=source.charset)
        return
    if source.depth >= DEPTH:
        raise UnreadableError(f"lies more than {DEPTH} archives deep")
    empty = True
    for item in CONTAINERS[kind](source, read):
        empty = False
        yield item
    if empty:
        raise UnreadableError("holds no pages")
