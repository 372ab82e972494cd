"""What an HTML page says of itself to machines: meta elements, JSON-LD, links and microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from onrecord.lexicon import table
from onrecord.reading.calendar import day_of_stamp, is_plausible

#: Characters of one JSON-LD script that are read, and objects looked at in it.
_LONGEST, _MOST = 1_000_000, 2000
_CONTROL = re.compile(r"[\x00-\x1f]")


def read_head(tree: etree._Element) -> dict[str, str]:
    """`title`, `publisher`, `byline`, `published` (ISO day), `language` and `description`, where given.

    JSON-LD of the article comes first, then meta elements, then the rest of the markup; `heading` is the page's title
    element, which often has the name of the site added, and `site` the site's own name. Addresses are as written:
    `url` of the canonical link, `shown_url` of meta elements, `data_url` of JSON-LD, `base`, which relative ones go by.
    """
    known = table("markup")
    said = _from_linked_data(tree, known["schema"]["article"])
    metas = _metas(tree)
    for key, names in known["meta"].items():
        values = (metas[name] for name in names if name in metas)
        if key == "published":
            values = (day for day in map(day_of_stamp, values) if day and is_plausible(day))
        value = next(values, None)
        if value and key not in said:
            said[key] = value
    title = tree.find(".//head/title")
    if title is not None and (heading := _folded("".join(map(str, title.itertext())))):
        said["heading"] = heading
    said |= _addresses(tree)
    if "language" not in said and (
        language := tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    ):
        said["language"] = language
    if "published" not in said and (day := _from_microdata(tree) or _from_state(tree)):
        said["published"] = day
    return said


def _addresses(tree: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for link in tree.iterfind(".//link[@rel]"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            found["url"] = href
            break
    base = tree.find(".//base[@href]")
    if base is not None and (href := (base.get("href") or "").strip()):
        found["base"] = href
    return found


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
        "data_url": _address(thing.get("mainEntityOfPage")) or _address(thing.get("url")) or _address(thing.get("@id")),
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


def _address(value: Any) -> str:
    """An address out of what schema.org allows: a text, or an object with an id or an address."""
    if isinstance(value, dict):
        return _address(value.get("@id")) or _address(value.get("url"))
    return value.strip() if isinstance(value, str) and re.match(r"https?://|/", value.strip()) else ""


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
    names = table("markup")["published"]["classes"]
    return _only(
        day_of_stamp(element.get("datetime") or element.get("title") or "")
        for element in tree.iter("time", "abbr", "span")
        if _marked_as_published(element, names)
    ) or _only(day_of_stamp(element.get("datetime") or "") for element in tree.iter("time"))


def _marked_as_published(element: etree._Element, names: list[str]) -> bool:
    return not set((element.get("class") or "").lower().split()).isdisjoint(names)


def _only(days: Iterable[str | None]) -> str | None:
    """The day that all stamps which can be read agree on."""
    different = {day for day in days if day and is_plausible(day)}
    return different.pop() if len(different) == 1 else None


def _from_state(tree: etree._Element) -> str | None:
    """The day in the data that the page's own scripts work on, where all that they call so is of one day."""
    found: set[str] = set()
    left = _LONGEST
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() or left <= 0:
            continue
        found.update(stamp for _, stamp in _state().findall(text[:left]))
        left -= len(text)
    return _only(map(day_of_stamp, found))


@lru_cache(maxsize=1)
def _state() -> re.Pattern[str]:
    names = "|".join(map(re.escape, table("markup")["state"]["published"]))
    quote = r"[\"'\\]"
    return re.compile(
        rf"{quote}({names}){quote}{{1,3}}\s{{0,3}}:\s{{0,3}}{quote}{{0,3}}([\w:.+, /-]{{8,40}})", re.IGNORECASE
    )
