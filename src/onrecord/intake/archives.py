"""ZIP and tar archives: their members, each read by what it is, in the order of the archive.

A member's name is only a name: nothing is written to disk under it. A tar archive is read as a stream. Of a ZIP archive
its list of contents is held, and one that is no file of its own is laid down in a temporary one.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
from collections.abc import Iterator

from onrecord.intake.kinds import UnreadableError, is_own
from onrecord.intake.sources import Reader, Source
from onrecord.intake.streams import parsing, seekable, stream_of
from onrecord.lexicon import table
from onrecord.page import Page, Problem

_DAMAGED_ZIP = "damaged ZIP archive"
_DAMAGED_TAR = "damaged tar data: what follows is lost"
#: Bytes of the headers in which a tar archive may write long names; they are read into memory.
_TAR_NAMES = 2**20
_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


def zip_members(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of a ZIP archive; a member that cannot be read is a `Problem` of its own."""
    with seekable(source.stream) as file:
        with parsing(_DAMAGED_ZIP):
            archive = zipfile.ZipFile(file)
        with archive:
            if not archive.namelist():
                raise UnreadableError("empty")
            if not set(table("kinds")["archives"]["packages"]).isdisjoint(archive.namelist()):
                raise UnreadableError("an office document or a program, not an archive of pages")
            for info in archive.infolist():
                name = _member(info.filename)
                if name is not None and not info.is_dir():
                    yield from _zip_member(source, archive, info, name, read)


def _zip_member(
    source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, read: Reader
) -> Iterator[Page | Problem]:
    reason = None
    if info.flag_bits & 1:
        reason = "encrypted"
    elif stat.S_ISLNK(info.external_attr >> 16):
        reason = "a link, not a page"
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        reason = "compressed in a way that is not known"
    if reason:
        yield Problem(source.path_of(name), reason)
        return
    damage = "damaged ZIP data: it cannot be read to its end"
    try:
        with parsing(damage):
            content = archive.open(info)
    except UnreadableError as reason:
        yield Problem(source.path_of(name), str(reason))
        return
    with content:
        yield from read(source.member(name, stream_of(content, source.budget.expand, damage=damage)))


class _Header(tarfile.TarInfo):
    """A header of a tar archive that is not taken at its word."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError):  # type: ignore[attr-defined]
            # tarfile would take either for the end of the archive.
            raise UnreadableError(_DAMAGED_TAR) from None
        if header.size < 0 or (header.type in _HEADERS and header.size > _TAR_NAMES):
            raise UnreadableError(_DAMAGED_TAR)
        return header


def tar_members(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of a tar archive, read as a stream; links and devices are no pages, and are named."""
    with parsing(_DAMAGED_TAR):
        archive = tarfile.open(fileobj=source.stream, mode="r|", tarinfo=_Header)  # noqa: SIM115 - nothing to close
    while True:
        with parsing(_DAMAGED_TAR):
            info = archive.next()
            # The list of members so far grows with the archive and is of no use to a stream.
            archive.members.clear()  # type: ignore[attr-defined]
        if info is None:
            return
        name = _member(info.name)
        if name is None or info.isdir():
            continue
        if not info.isreg():
            what = "a link" if info.issym() or info.islnk() else "a device"
            yield Problem(source.path_of(name), f"{what}, not a page")
            continue
        with parsing(_DAMAGED_TAR):
            content = archive.extractfile(info)
        if content is not None:
            yield from read(source.member(name, stream_of(content, damage=_DAMAGED_TAR)))


def _member(name: str) -> str | None:
    """The name that a member goes by, or None where it is hidden, a packer's or OnRecord's own."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    if not parts or hidden or parts[0] in table("kinds")["names"]["packers"] or is_own(parts[-1]):
        return None
    shown = "/".join(parts).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else " " for character in shown)
