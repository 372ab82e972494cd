"""Streams that what holds pages is read from: buffered, bounded in what they may expand to, plain about damage."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Protocol, cast

from onrecord.intake.kinds import UnreadableError
from onrecord.intake.limits import FREE, RATIO, SPOOL

#: Bytes read at a time.
BLOCK = 2**16

Stream = io.BufferedReader


class Readable(Protocol):
    """Anything open for reading bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


class ExpansionError(UnreadableError):
    """An input expands to more than its size can account for: a decompression bomb."""


class Budget:
    """How many bytes one input may expand to, at all depths together: so many for nothing, then a multiple of it."""

    def __init__(self) -> None:
        self._left = FREE

    def receive(self, count: int) -> None:
        """Bytes of the input itself have come."""
        self._left += count * RATIO

    def expand(self, count: int) -> None:
        """Bytes were taken out of compressed ones. Raises ExpansionError where they are too many."""
        self._left -= count
        if self._left < 0:
            raise ExpansionError(f"expands to more than {RATIO} times its size: given up, what follows is lost")


class _Raw(io.RawIOBase):
    """A source read in whole blocks; an error waits until what came before it has been read, and then stays."""

    def __init__(self, source: Readable, counted: Callable[[int], None], damage: str) -> None:
        # What comes at one go: a longer read that fails half way would lose what it had.
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._counted = counted
        self._damage = damage
        self._failed: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(buffer) and self._failed is None:
            try:
                block = self._read(len(buffer) - filled)
                self._counted(len(block))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
                self._failed = self._plain(error)
                break
            if not block:
                break
            buffer[filled : filled + len(block)] = block
            filled += len(block)
        if self._failed is not None and not filled:
            raise self._failed
        return filled

    def _plain(self, error: Exception) -> Exception:
        if isinstance(error, UnreadableError) or _of_the_system(error):
            return error
        return UnreadableError(self._damage)


def stream_of(
    source: Readable, counted: Callable[[int], None] = lambda count: None, *, damage: str = "damaged data"
) -> Stream:
    """A stream over anything readable; `counted` is told of each block read, `damage` is the reason if it breaks."""
    return io.BufferedReader(_Raw(source, counted, damage), BLOCK)


def decompressed(stream: Stream, kind: str, budget: Budget) -> Stream:
    """What a stream of `gzip`, `bzip2` or `xz` data holds."""
    opens: dict[str, Callable[[Stream], Readable]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
    return stream_of(opens[kind](stream), budget.expand, damage=f"damaged {kind} data: what follows is lost")


@contextmanager
def seekable(stream: Stream) -> Iterator[IO[bytes]]:
    """A stream that can be read in any order: itself, or a temporary file with what it holds."""
    if stream.seekable():
        yield cast(IO[bytes], stream)
        return
    with tempfile.TemporaryFile() as file:
        size = 0
        while block := stream.read(BLOCK):
            size += len(block)
            if size > SPOOL:
                raise UnreadableError(f"an archive of more than {SPOOL // 2**20} MiB inside another: unpack it first")
            file.write(block)
        file.seek(0)
        yield file


@contextmanager
def parsing(damage: str) -> Iterator[None]:
    """Whatever a library raises over damaged data becomes an `UnreadableError`; errors of the system stay."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        if _of_the_system(error):
            raise
        raise UnreadableError(damage) from error


def _of_the_system(error: Exception) -> bool:
    """Whether the system, not the data, is at fault. What is wrong with an argument, the data has said."""
    return isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)
