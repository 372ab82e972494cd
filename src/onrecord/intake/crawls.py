"""Web crawls: WARC and WET files (ISO 28500), one record at a time.

The framing of records is read here: the libraries for it that exist hold lines and compressed payloads of any length,
write to standard error, or give up a file at the first wrong length or coding; real crawls have all of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from onrecord.intake.crawl_codings import payload
from onrecord.intake.jsonlines import day
from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.intake.limits import LIMIT, too_large
from onrecord.intake.sources import Reader, Source, member_name
from onrecord.intake.streams import BLOCK, Stream, parsing
from onrecord.lexicon import table
from onrecord.page import Page, Problem

_VERSION = re.compile(rb"WARC/[01]\.\d+\s*\Z")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
#: Bytes of the header of a record, and of that of an answer, which come on top of a page.
_HEADER = 2**16
#: So many kinds of other content are told apart.
_KINDS = 20
#: The kinds of record whose content is wanted.
_TOLD = frozenset({"response", "resource", "conversion"})


class _NoPageError(UnreadableError):
    """A record that holds something else; the message is its kind, empty where nothing need be said of it."""


def records(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of a crawl as `CRAWL#URL`: answers (2xx) and resources that are HTML or text, and conversions (WET).

    With each come its address and, as `captured`, the day it was fetched. Of other answers and of damaged records it
    is told in one line at the end how many there were, of what kind; what is no answer is passed over.
    """
    others: Counter[str] = Counter()
    damaged = 0
    for number, record in enumerate(_records(source.stream), start=1):
        if record is None:
            damaged += 1
            continue
        header, block = record
        url = str(header.get("WARC-Target-URI", "")).strip().strip("<>")
        path = source.path_of(member_name(url, number))
        known = {"url": url if url.startswith(("http://", "https://")) else "", "captured": _day(header) or ""}
        try:
            if block is None:
                raise UnreadableError(too_large())
            with parsing("a damaged record"):
                data, kind, charset = _content(header, block, url)
            named = replace(source, name="page.html" if "html" in kind else "", wanted=True)
            yield named.page(data, path=path, charset=charset, known={key: what for key, what in known.items() if what})
        except _NoPageError as other:
            kind = str(other)
            others[kind if kind in others or len(others) < _KINDS else "of further kinds"] += 1
        except UnreadableError as reason:
            yield Problem(path, str(reason))
    del others[""]
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in others.most_common())
        yield Problem(source.path, f"no pages: {sum(others.values())} of its records ({kinds})")
    if damaged:
        yield Problem(source.path, f"lost, as damaged, cut or of a wrong length: {damaged} of its records")


def _records(stream: Stream) -> Iterator[tuple[Message, bytes | None] | None]:
    """The header and block of each record that may hold a page; a block over the limit is None, a lost record too.

    A record is believed if the line after it is blank, as it must be. After one that is not, the next line that can
    begin a record is looked for.
    """
    lost = False
    while line := stream.readline(_HEADER):
        if not line.strip():
            continue
        if not _VERSION.match(line):
            if not lost:
                yield None
            lost = True
            continue
        lost = False
        header, length = _header(stream)
        if header is None:
            lost = True
            yield None
            continue
        wanted = str(header.get("WARC-Type", "")).strip().lower() in _TOLD
        block, whole = _block(stream, length, wanted=wanted)
        if not whole or stream.readline(_HEADER).strip():
            lost = True
            yield None
        elif wanted:
            yield header, block


def _header(stream: Stream) -> tuple[Message | None, int]:
    """The header of a record and the length of its block; None where it is none."""
    head = bytearray()
    while (line := stream.readline(_HEADER)).strip():
        head += line
        if len(head) > _HEADER:
            return None, 0
    header = BytesHeaderParser(policy=compat32).parsebytes(bytes(head))
    length = str(header.get("Content-Length", "")).strip()
    return (header, int(length)) if length.isascii() and length.isdigit() and len(length) < 16 else (None, 0)


def _block(stream: Stream, length: int, *, wanted: bool) -> tuple[bytes | None, bool]:
    """The block of a record, None where it is too large or not wanted, and whether all of it was there."""
    if wanted and length <= LIMIT + _HEADER:
        block = stream.read(length)
        return block, len(block) == length
    while length and (part := stream.read(min(length, BLOCK))):
        length -= len(part)
    return None, not length


def _content(header: Message, block: bytes, url: str) -> tuple[bytes, str, str]:
    """The payload of a record with its kind and encoding as declared. Raises `_NoPageError` where it is no page."""
    if str(header.get("WARC-Type")).strip().lower() == "response":
        status = _STATUS.match(block)
        ends = _HEAD_ENDS.search(block, 0, _HEADER)
        if status is None or not status[1].startswith(b"2") or ends is None:
            raise _NoPageError
        header = BytesHeaderParser(policy=compat32).parsebytes(block[block.find(b"\n") + 1 : ends.end()])
        block = block[ends.end() :]
        coded = True
    else:
        coded = False
    known = table("kinds")["crawls"]
    if url.endswith(tuple(known["passed_over"])):
        raise _NoPageError
    kind = str(header.get("Content-Type", "")).partition(";")[0].strip().lower()
    if kind not in known["pages"] and kind not in known["unsaid"]:
        raise _NoPageError(member_name(kind[:60], 0) if kind.isascii() else "of another kind")
    data = payload(header, block) if coded else block
    if kind in known["unsaid"]:
        try:
            kind = media_type(data)
        except UnreadableError as reason:
            raise _NoPageError(str(reason).removesuffix(", not a page")) from None
        if kind != "text/html":
            raise _NoPageError("text of no named kind")
    return data, kind, str(header.get_content_charset("") or "")


def _day(header: Message) -> str | None:
    return day(str(header.get("WARC-Date", "")))
