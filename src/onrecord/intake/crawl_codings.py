"""The payload of an HTTP answer as a crawl has kept it: transfer and content codings undone (RFC 9110, RFC 9112)."""

from __future__ import annotations

import re
import zlib
from email.message import Message

import brotli

from onrecord.intake.limits import LIMIT

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_LINE_END = re.compile(rb"\r?\n")
#: Codings upon codings that are undone.
_CODINGS = 3


def payload(header: Message, body: bytes) -> bytes:
    """The payload of an answer's body, at most one byte more than a page may have.

    Many crawls keep a body decoded under headers that say otherwise: what does not decode is taken as it stands.
    """
    if "chunked" in _codings(header, "Transfer-Encoding"):
        body = _unchunked(body)
    for coding in reversed(_codings(header, "Content-Encoding")[:_CODINGS]):
        body = _decoded(body, coding)
    return body


def _codings(header: Message, name: str) -> list[str]:
    return [coding.strip().lower() for coding in str(header.get(name, "")).split(",")]


def _unchunked(body: bytes) -> bytes:
    """The chunks joined; a body cut short gives those that are there."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        count, at = int(size[1], 16), size.end()
        parts.append(body[at : at + count])
        if count == 0 or at + count >= len(body):
            return b"".join(parts)
        end = _LINE_END.match(body, at + count)
        if end is None:
            break
        at = end.end()
    return body


def _decoded(body: bytes, coding: str) -> bytes:
    try:
        if coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, LIMIT + 1)
        if coding == "deflate":
            return _inflated(body)
        if coding == "br":
            return bytes(brotli.Decompressor().process(body, output_buffer_limit=LIMIT + 1))
    except (zlib.error, brotli.error):
        pass
    return body


def _inflated(body: bytes) -> bytes:
    """`deflate` as it should be, in a zlib frame, or bare, as some servers send it."""
    try:
        return zlib.decompressobj().decompress(body, LIMIT + 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, LIMIT + 1)
