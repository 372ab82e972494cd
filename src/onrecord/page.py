"""What intake hands on: a page as it was received, or a problem with an input."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec


@dataclass(slots=True)
class Page:
    """One page as it was received.

    `path` names it for people and in the record; `given` holds what the caller or the container knows of it
    (`published`, `title`, `publisher`, `url`), which outranks what the page says.
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
