"""Pages kept as JSON Lines: one object a line, the page's text or HTML in one of its fields."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import msgspec

from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.intake.limits import LIMIT, too_large
from onrecord.lexicon import table
from onrecord.page import Page, Problem

#: A container is given up when none of this many first lines is a page.
PATIENCE = 20

_ISO_DAY = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")


class Lines(Protocol):
    """Anything open for reading lines of bytes."""

    def readline(self, size: int = -1, /) -> bytes: ...


def pages(lines: Lines, container: str, given: Mapping[str, str]) -> Iterator[Page | Problem]:
    """The pages of an open JSON Lines file, one at a time; a line that is none becomes a `Problem`.

    `container` is the path the file goes by: a line without a `path` of its own becomes `CONTAINER#LINE`, lines
    counted from 1. `given` outranks what the lines say. Raises what reading the file raises (`OSError`, `EOFError`).
    """
    waiting: list[Problem] = []
    found = False
    for number, line in _lines(lines):
        name = f"{container}#{number}"
        try:
            found_page = _page(line, name, given)
        except UnreadableError as reason:
            problem = Problem(name, str(reason))
            if found:
                yield problem
                continue
            waiting.append(problem)
            if len(waiting) == PATIENCE:
                yield Problem(container, f"none of its first {PATIENCE} lines is a page (line 1: {waiting[0].reason})")
                return
        else:
            if not found:
                yield from waiting
                found = True
            yield found_page
    if not found:
        yield from waiting or [Problem(container, "empty")]


def _lines(lines: Lines) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; one over the limit is skipped over and stands as None."""
    number = 0
    while line := lines.readline(LIMIT + 1):
        number += 1
        whole = True
        while len(line) > LIMIT and not line.endswith(b"\n"):
            whole = False
            line = lines.readline(LIMIT + 1)
        if not whole:
            yield number, None
        elif line.strip():
            yield number, line


def _page(line: bytes | None, name: str, given: Mapping[str, str]) -> Page:
    if line is None:
        raise UnreadableError(too_large())
    try:
        row = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise UnreadableError("not a JSON object") from None
    if not isinstance(row, dict):
        raise UnreadableError("not a JSON object")
    if str(row.get("schema", "")).startswith("onrecord."):
        raise UnreadableError("an analysis that OnRecord wrote, not a page")
    html, text = _field(row, "html"), _field(row, "text")
    content = html or text
    if content is None:
        raise UnreadableError("no field with a page's text or HTML")
    data = content.encode("utf-8", "replace")
    kind = "text/html" if html else media_type(data)
    path = row.get("path")
    return Page(
        path=path if isinstance(path, str) and path.strip() else name,
        data=data,
        media_type=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        given=_known(row) | dict(given),
    )


def _field(row: dict[str, Any], field: str) -> str | None:
    """The first of a field's names under which the row has words."""
    for name in table("kinds")["fields"][field]:
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _known(row: dict[str, Any]) -> dict[str, str]:
    """What the row says of its page: `title`, `publisher`, `url`, and `published` as an ISO day."""
    found = {field: value for field in ("title", "publisher", "url") if (value := _field(row, field)) is not None}
    if published := day(_field(row, "published") or ""):
        found["published"] = published
    return found


def day(words: str) -> str | None:
    """The ISO 8601 day of a timestamp in ISO 8601 or RFC 2822 form, as it stands there; None for anything else."""
    if found := _ISO_DAY.match(words.strip()):
        try:
            return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
