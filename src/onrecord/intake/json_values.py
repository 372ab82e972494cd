"""JSON values found in a stream one at a time, so that an array of any length can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.limits import LIMIT
from onrecord.intake.streams import BLOCK, Stream

_STRUCTURE = re.compile(rb'["{}\[\]]')
_STRING_ENDS = re.compile(rb'["\\]')


def values(stream: Stream) -> Iterator[tuple[int, bytes | None]]:
    """The objects of a JSON array, or those that stand one after the other, numbered from 1.

    Only brackets and strings are looked at: whether an object is well formed is for its reader to say. Nothing but the
    object under way is held; one larger than a page may be is passed over and stands as None.
    """
    number, depth, base = 0, 0, 0
    quoted = False
    held = bytearray()
    at = 0
    while data := stream.read(BLOCK):
        start = 0
        while found := (_STRING_ENDS if quoted else _STRUCTURE).search(data, at):
            at = found.end()
            mark = found[0]
            if quoted:
                quoted = mark != b'"'
                at += quoted  # what a backslash stands before means nothing
            elif mark == b'"':
                quoted = True
            elif mark in b"{[":
                if depth == base == number == 0 and mark == b"[":
                    base = 1
                elif depth == base:
                    start = found.start()
                depth += 1
            elif depth > base:
                depth -= 1
                if depth == base:
                    number += 1
                    whole = len(held) + at - start <= LIMIT
                    yield number, bytes(held) + data[start:at] if whole else None
                    held.clear()
            else:
                depth = base = 0
        if depth > base and len(held) <= LIMIT:
            held += data[start:]
        at = 1 if at > len(data) else 0
    if held:
        yield number + 1, bytes(held) if len(held) <= LIMIT else None
