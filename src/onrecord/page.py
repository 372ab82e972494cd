"""What intake hands on: a page as it was received, or a problem with an input."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec


@dataclass(slots=True)
class Page:
    """One page as it was received.

    `path` names it for people and in the record. `data` are its bytes as received, after what only carried them
    (compression, the transfer encodings of mail and HTTP). `media_type` is `text/plain` or `text/html`, with
    `; charset=NAME` where a container declares an encoding without which the bytes would be read otherwise.
    `given` holds what the caller or the container knows of it (`published`, `title`, `publisher`, `url`), which
    outranks what the page says; and `captured`, an ISO day on which the page was there to be fetched or passed on:
    it was published on that day or before, which is all that this says. `published` is an ISO day, or an interval that
    the record worked out from other pages, as ISO 8601 writes it: `2024-01-03/2024-01-31`, with `..` for an open end.
    """

    path: str
    data: bytes
    media_type: str
    sha256: str
    given: dict[str, str] = field(default_factory=dict)


class Problem(msgspec.Struct):
    """An input that could not be read, and why."""

    path: str
    reason: str
