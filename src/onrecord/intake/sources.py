"""What intake reads from: an open stream with the path it goes by and what is known of the pages in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.intake.limits import LIMIT, too_large
from onrecord.intake.streams import Budget, Readable, Stream, stream_of
from onrecord.page import Page, Problem

#: The longest name that a member gives itself; longer ones are no names.
_NAME = 500


@dataclass(frozen=True, slots=True)
class Source:
    """One file, member of an archive, or run of bytes to read.

    `name` is its file name, by which its kind is guessed; `wanted` whether somebody asked for this very file, rather
    than what it lies in. `caller` is what the caller knows of every page, and outranks `known`, which its container
    says of this one. `fields` are the caller's names for the fields of JSON objects. `depth` counts the containers
    it lies in, and `budget` is shared by everything that comes out of one input.
    """

    stream: Stream
    path: str
    name: str
    caller: Mapping[str, str]
    fields: Mapping[str, str]
    budget: Budget
    wanted: bool = False
    depth: int = 0
    charset: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    def member(self, name: str, content: Stream | Readable, known: Mapping[str, str] | None = None) -> Source:
        """Something that lies in this one, named `CONTAINER#NAME`."""
        stream = content if isinstance(content, Stream) else stream_of(content)
        return replace(
            self,
            stream=stream,
            path=self.path_of(name),
            name=PurePosixPath(name).name,
            wanted=False,
            depth=self.depth + 1,
            charset="",
            known=known or {},
        )

    def path_of(self, name: str) -> str:
        """The path that a member of this goes by."""
        return f"{self.path}#{name}"

    def page(
        self,
        data: bytes,
        *,
        path: str | None = None,
        kind: str | None = None,
        charset: str = "",
        known: Mapping[str, str] | None = None,
    ) -> Page:
        """A page of these bytes. Raises `UnreadableError` where they are none."""
        if len(data) > LIMIT:
            raise UnreadableError(too_large())
        kind = kind or media_type(data, self.name, wanted=self.wanted)
        return Page(
            path=self.path if path is None else path,
            data=data,
            media_type=f"{kind}; charset={charset}" if _needed(charset, data) else kind,
            sha256=hashlib.sha256(data).hexdigest(),
            given={**(self.known if known is None else known), **self.caller},
        )


#: A kind of container: what is in it, one at a time. The second argument reads what lies in the container in turn.
Reader = Callable[[Source], Iterator[Page | Problem]]
Container = Callable[[Source, Reader], Iterator[Page | Problem]]


def member_name(given: str, number: int) -> str:
    """The name of a member by what it calls itself, or its number where that is no name."""
    name = " ".join(given.split())
    return name if 0 < len(name) <= _NAME and name.isprintable() else str(number)


def _needed(charset: str, data: bytes) -> bool:
    """Whether bytes must be read by a declared encoding: they are not UTF-8, which is tried anyhow.

    Nor are they UTF-16 or UTF-32, or they would begin with a byte order mark or be full of zero bytes.
    """
    if not charset.isascii() or not charset.replace("-", "").replace("_", "").isalnum():
        return False
    if charset.lower().startswith(("utf", "unknown")):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
