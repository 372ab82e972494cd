"""What an HTML page says of itself to machines: meta elements, JSON-LD, links and microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from onrecord.lexicon import table
from onrecord.reading.calendar import day_of_stamp

_URL_DAY = re.compile(r"[/_.-]((?:19|20)\d\d)[/-]?([01]?\d|[a-z]{3})[/-]?([0-3]?\d)(?:[/_.-]|$)")
#: Characters of one JSON-LD script that are read, and objects looked at in it.
_LONGEST, _MOST = 1_000_000, 2000
_CONTROL = re.compile(r"[\x00-\x1f]")


def read_head(tree: etree._Element) -> dict[str, str]:
    """`title`, `publisher`, `byline`, `published` (ISO day), `url`, `language` and `description`, where given.

    JSON-LD of the article comes first, then meta elements, then the rest of the markup; `heading` is the page's title
    element, which often has the name of the site added.
    """
    known = table("markup")
    said = _from_linked_data(tree, known["schema"]["article"])
    metas = _metas(tree)
    for key, names in known["meta"].items():
        values = (metas[name] for name in names if name in metas)
        if key == "published":
            values = (day for day in map(day_of_stamp, values) if day)
        value = next(values, None)
        if value and key not in said:
            said[key] = value
    title = tree.find(".//head/title")
    if title is not None and (heading := _folded("".join(map(str, title.itertext())))):
        said["heading"] = heading
    for link in tree.iterfind(".//link[@rel]"):
        if (link.get("rel") or "").lower() == "canonical" and (href := (link.get("href") or "").strip()):
            said["url"] = href
            break
    if "language" not in said and (
        language := tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    ):
        said["language"] = language
    if "published" not in said and (day := _from_microdata(tree) or _from_address(said.get("url", ""))):
        said["published"] = day
    return said


def _folded(text: str) -> str:
    return " ".join(text.split())


def _metas(tree: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _folded(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _from_linked_data(tree: etree._Element, types: list[str]) -> dict[str, str]:
    best: tuple[int, dict[str, Any]] | None = None
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST:
            continue
        try:
            data = json.loads(_CONTROL.sub(" ", script.text).strip().rstrip(";"))
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            named = thing.get("@type")
            ranks = [
                types.index(kind.lower())
                for kind in (named if isinstance(named, list) else [named])
                if isinstance(kind, str) and kind.lower() in types
            ]
            if ranks and (best is None or min(ranks) < best[0]):
                best = min(ranks), thing
    if best is None:
        return {}
    thing = best[1]
    said = {
        "title": _name(thing.get("headline")),
        "publisher": _name(thing.get("publisher")),
        "byline": _name(thing.get("author")),
        "published": day_of_stamp(_name(thing.get("datePublished")) or _name(thing.get("dateCreated"))) or "",
        "description": _name(thing.get("description")),
        "language": _name(thing.get("inLanguage")),
    }
    return {key: value for key, value in said.items() if value}


def _things(data: Any) -> Iterator[dict[str, Any]]:
    queue = [data]
    for _ in range(_MOST):
        if not queue:
            return
        one = queue.pop(0)
        if isinstance(one, list):
            queue += one
        elif isinstance(one, dict):
            yield one
            queue += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in one]


def _name(value: Any) -> str:
    """A name out of what schema.org allows: a text, an object with a name, or a list of either."""
    if isinstance(value, str):
        return _folded(value)
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, value) if name))
    return ""


def _from_microdata(tree: etree._Element) -> str | None:
    """The day in the markup of the visible page: an element that is the date of publication, or the only time."""
    for element in tree.iter("time", "span", "abbr", "div", "p", "meta"):
        if (element.get("itemprop") or "").lower() in ("datepublished", "datecreated"):
            stamp = element.get("datetime") or element.get("content") or element.get("title") or ""
            if day := day_of_stamp(stamp):
                return day
    for element in tree.iter("time"):
        if element.get("pubdate") is not None and (day := day_of_stamp(element.get("datetime") or "")):
            return day
    days = {day for element in tree.iter("time") if (day := day_of_stamp(element.get("datetime") or ""))}
    return days.pop() if len(days) == 1 else None


def _from_address(url: str) -> str | None:
    found = _URL_DAY.search(url.lower())
    if not found:
        return None
    year, month, day = found.groups()
    return day_of_stamp(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
