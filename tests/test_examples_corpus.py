"""The example pages, their list of sources and their labels agree with each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from onrecord.analysis import Condition, Stage

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted(path.name for path in (EXAMPLES / "pages").iterdir() if path.suffix in {".txt", ".html"})
HTML = [name for name in PAGES if name.endswith(".html")]
SOURCES = (EXAMPLES / "SOURCES.md").read_text(encoding="utf-8")
EXPECTED: dict[str, dict[str, Any]] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
VOID = {"meta", "link", "img", "br", "input", "hr"}


class Parsed(HTMLParser):
    """Visible text, comments and linked data of a page; fails on tags that do not match."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.comments: list[str] = []
        self.scripts: list[str] = []
        self.meta: dict[str, str] = {}
        self.feed(markup)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and values.get("property"):
            self.meta[str(values["property"])] = values.get("content") or ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without a start"
        assert self.open.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts.append(data)
        elif "body" in self.open:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def visible(name: str) -> str:
    raw = (EXAMPLES / "pages" / name).read_text(encoding="utf-8")
    return "\n".join(Parsed(raw).text) if name in HTML else raw


def stamps(day: date) -> re.Pattern[str]:
    """Every form in which these pages print their day of publication."""
    month = rf"(?:{day:%B}|{day:%b})"
    numeric = [day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}"]
    written = [
        rf"{month} 0?{day.day}(?:, | \d\d:|,? ){day.year}",
        rf"{month} 0?{day.day}, \d\d:",
        rf"0?{day.day} {month} {day.year}",
    ]
    return re.compile("|".join([*map(re.escape, numeric), *(rf"\b{form}" for form in written)]))


def published_in_head(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from published_in_head(item)
    elif isinstance(value, dict):
        if "datePublished" in value:
            yield str(value["datePublished"])
        yield from published_in_head(value.get("@graph", []))


def test_pages_sources_and_labels_name_each_other() -> None:
    assert len(PAGES) >= 14
    assert set(EXPECTED) == set(PAGES)
    pages, statements = SOURCES.split("## What is said")
    for table in (pages, statements):
        assert set(re.findall(r"`(\d\d-[\w-]+\.(?:txt|html))`", table)) == set(PAGES)
    for name in PAGES:
        row = next(line for line in pages.splitlines() if line.startswith(f"| `{name}`"))
        assert EXPECTED[name]["published"] in row
        assert EXPECTED[name]["stage"] in row
        assert row.endswith("| ours; made up |")


@pytest.mark.parametrize("name", PAGES)
def test_page_has_an_article_and_prints_its_date_as_labelled(name: str) -> None:
    text = visible(name)
    assert 120 < len(text.split()) < 500
    printed = stamps(date.fromisoformat(EXPECTED[name]["published"])).search(text)
    assert bool(printed) == EXPECTED[name]["printed"]


@pytest.mark.parametrize("name", HTML)
def test_html_is_well_formed_and_says_whose_words_it_is(name: str) -> None:
    page = Parsed((EXAMPLES / "pages" / name).read_text(encoding="utf-8"))
    note = " ".join(page.comments)
    assert "our own words" in note
    assert "made up" in note
    assert "Facts:" in note
    dates = [day for script in page.scripts for day in published_in_head(json.loads(script))]
    dates += [page.meta["article:published_time"]] if "article:published_time" in page.meta else []
    assert {day[:10] for day in dates} <= {EXPECTED[name]["published"]}


def test_set_has_the_shapes_it_promises() -> None:
    heads = {name: Parsed((EXAMPLES / "pages" / name).read_text(encoding="utf-8")) for name in HTML}
    assert sum(bool(head.scripts) for head in heads.values()) >= 4
    assert any(head.meta and not head.scripts for head in heads.values())
    assert any(not head.meta and not head.scripts for head in heads.values())
    assert sum(not row["printed"] for row in EXPECTED.values()) >= 3
    assert {row["stage"] for row in EXPECTED.values()} == set(get_args(Stage))
    assert {row["condition"] for row in EXPECTED.values()} <= {None, *get_args(Condition)}


def test_copy_carries_the_same_paragraphs() -> None:
    copies = [(name, row["copy_of"]) for name, row in EXPECTED.items() if row["copy_of"]]
    assert copies
    for short, whole in copies:
        shared = {line for line in visible(short).splitlines() if len(line) > 100} - set(visible(whole).splitlines())
        assert not shared
        assert EXPECTED[short]["stage"] == EXPECTED[whole]["stage"]


def test_words_of_disputes_stand_on_their_pages() -> None:
    for row in EXPECTED.values():
        for dispute in row["disputes"]:
            for side in dispute.values():
                assert side["words"] in visible(side["page"])
