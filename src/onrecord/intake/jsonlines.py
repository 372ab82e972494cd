"""Pages kept as JSON: one object a page, its text or HTML in one of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from onrecord.intake.json_values import values
from onrecord.intake.kinds import UnreadableError, media_type
from onrecord.intake.limits import LIMIT, too_large
from onrecord.intake.sources import Reader, Source
from onrecord.intake.streams import Stream
from onrecord.lexicon import table
from onrecord.page import Page, Problem

#: A container is given up when none of this many first objects is a page.
PATIENCE = 20

_ISO_DAY = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")


def field_names() -> list[str]:
    """What a caller may name the field of: the keys of `fields`."""
    return list(table("kinds")["fields"])


def line_pages(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of a JSON Lines file, one at a time; a line that is none becomes a `Problem`.

    A line without a `path` of its own becomes `CONTAINER#LINE`, lines counted from 1. An object that is no page may
    hold an array of them (`articles`, `items`), which become `CONTAINER#LINE.NUMBER`.
    """
    return _pages(_lines(source.stream), source, "line")


def value_pages(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of a JSON file: an array of objects, objects one after the other, or one object.

    An array is read one object at a time. Pages are named, and may be held, as those of `line_pages` are.
    """
    return _pages(values(source.stream), source, "object")


def _pages(rows: Iterable[tuple[int, bytes | None]], source: Source, unit: str) -> Iterator[Page | Problem]:
    waiting: list[Problem] = []
    found = False
    for number, row in rows:
        for name, page in _row_pages(row, source, str(number)):
            if isinstance(page, Page):
                if not found:
                    yield from waiting
                    found = True
                yield page
                continue
            problem = Problem(source.path_of(name), page)
            if found:
                yield problem
                continue
            waiting.append(problem)
            if len(waiting) == PATIENCE:
                why = f"none of its first {PATIENCE} {unit}s is a page ({unit} 1: {waiting[0].reason})"
                yield Problem(source.path, why)
                return
    if not found:
        yield from waiting or [Problem(source.path, "empty")]


def _row_pages(row: bytes | None, source: Source, name: str) -> Iterator[tuple[str, Page | str]]:
    """The pages of one object, or why it is none, with the name that each goes by."""
    try:
        found = _object(row)
        inside = _listed(found, source.fields)
        if inside is None:
            yield name, _page(found, source, name)
            return
    except UnreadableError as reason:
        yield name, str(reason)
        return
    publisher = _field(found, "publisher", source.fields) or _field(found, "title", source.fields)
    for number, value in enumerate(inside, start=1):
        member = f"{name}.{number}"
        try:
            if not isinstance(value, dict):
                raise UnreadableError("not a JSON object")
            page = _page(value, source, member)
            if publisher:
                page.given.setdefault("publisher", publisher)
            yield member, page
        except UnreadableError as reason:
            yield member, str(reason)


def _lines(lines: Stream) -> Iterator[tuple[int, bytes | None]]:
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


def _object(row: bytes | None) -> dict[str, Any]:
    if row is None:
        raise UnreadableError(too_large())
    try:
        found = msgspec.json.decode(row.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise UnreadableError("not a JSON object") from None
    if not isinstance(found, dict):
        raise UnreadableError("not a JSON object")
    if str(found.get("schema", "")).startswith("onrecord."):
        raise UnreadableError("an analysis that OnRecord wrote, not a page")
    return found


def _listed(found: dict[str, Any], fields: Mapping[str, str]) -> list[Any] | None:
    """The array of pages that an object holds, if it is no page itself."""
    if _field(found, "html", fields) or _field(found, "text", fields):
        return None
    for name in table("kinds")["json"]["lists"]:
        value = found.get(name)
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return value
    return None


def _page(row: dict[str, Any], source: Source, name: str) -> Page:
    html, text = _field(row, "html", source.fields), _field(row, "text", source.fields)
    content = html or text
    if content is None:
        named = [source.fields[field] for field in ("html", "text") if field in source.fields]
        raise UnreadableError(
            f"no words in its field {' or '.join(named)}" if named else "no field with a page's text or HTML"
        )
    path = _field(row, "path", source.fields)
    data = content.encode("utf-8", "replace")
    return source.page(
        data,
        path=path or source.path_of(name),
        kind="text/html" if html else media_type(data),
        known=_known(row, source.fields),
    )


def _field(row: dict[str, Any], field: str, given: Mapping[str, str]) -> str | None:
    """The words of a field: of the one that the caller named, else of the first known name that has some."""
    if not given.keys().isdisjoint(("text", "html")) and field in ("text", "html") and field not in given:
        return None
    for name in [given[field]] if field in given else table("kinds")["fields"][field]:
        value = row[name] if name in row else _deep(row, name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _deep(row: dict[str, Any], name: str) -> Any:
    """The value at a path of names, `meta.date`."""
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _known(row: dict[str, Any], fields: Mapping[str, str]) -> dict[str, str]:
    """What the row says of its page: `title`, `publisher`, `url`, and `published` as an ISO day."""
    found = {name: value for name in ("title", "publisher", "url") if (value := _field(row, name, fields)) is not None}
    if published := day(_field(row, "published", fields) or ""):
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
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
