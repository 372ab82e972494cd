"""Files and folders: which there are, and how one is opened."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.intake.kinds import is_own
from onrecord.intake.urls import is_other_url
from onrecord.page import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, the path it goes by, and whether the caller named it herself."""

    file: Path
    path: str
    wanted: bool


def shown(path: str | Path) -> str:
    """A path as text that any encoding can carry: bytes that are no UTF-8 stand as backslash escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def why(error: OSError) -> str:
    """An error of the system in a few plain words."""
    if error.errno == errno.ENOENT:
        return "no such file or folder"
    return (error.strerror or type(error).__name__).lower()


def walk(given: str) -> Iterator[Found | Problem]:
    """The files of an input: itself, or for a folder everything in it, depth first, sorted by name.

    Where there is no such file, it may be a pattern (`*`, `?`, `[...]`, and `**` for folders at any depth): then those
    of all it matches, sorted by name. Hidden files and folders and OnRecord's own records are passed over, and links
    to folders are not followed.
    """
    root = Path(given)
    try:
        mode = root.stat().st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and glob.has_magic(given):
            yield from _matching(given)
        else:
            yield Problem(shown(given), _missing(given, error))
        return
    if not stat.S_ISDIR(mode):
        yield Found(root, shown(given), wanted=True)
        return
    waiting = [root]
    while waiting:
        place = waiting.pop()
        if place == root or (place.is_dir() and not place.is_symlink()):
            try:
                inside = sorted(place.iterdir(), key=lambda entry: entry.name, reverse=True)
            except OSError as error:
                yield Problem(shown(place), why(error))
            else:
                waiting.extend(entry for entry in inside if not entry.name.startswith(".") and not is_own(entry.name))
        elif not place.is_dir():
            yield Found(place, shown(place), wanted=False)


def _missing(given: str, error: OSError | ValueError) -> str:
    if is_other_url(given):
        return "only http:// and https:// are fetched"
    return why(error) if isinstance(error, OSError) else "not a path"


def _matching(pattern: str) -> Iterator[Found | Problem]:
    found = sorted(set(glob.glob(pattern, recursive=True)))  # noqa: PTH207 - a path's own glob passes hidden files
    if "**" in pattern:
        # It has what lies in the folders it matches, too.
        found = [name for name in found if not Path(name).is_dir()]
    if not found:
        yield Problem(shown(pattern), "no file matches this pattern")
    for name in found:
        if not is_own(name):
            yield from walk(name)
