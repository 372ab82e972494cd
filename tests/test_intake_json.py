"""JSON: arrays, single objects, and fields that the caller names."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_shapes import HTML, JSON, TEXT, by_path, found_in, pages_in
from onrecord.intake import LIMIT, read_bytes, read_inputs
from onrecord.intake.json_values import values
from onrecord.intake.streams import BLOCK, stream_of
from onrecord.page import Page
from onrecord.terminal import calls

SCALARS = st.none() | st.integers() | st.text('ab"\\{}[],: \u00e9\\n', max_size=6)
OBJECTS = st.dictionaries(st.text('"\\{a', max_size=3), SCALARS | st.lists(SCALARS, max_size=3), max_size=3)


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_gives_a_page_an_object(indent: int | None) -> None:
    pages = pages_in(json.dumps(json.loads(JSON), indent=indent).encode(), "in.json")
    assert [page.path for page in pages] == ["in#1", "in#2"]
    assert [page.data for page in pages] == [TEXT.encode(), b"Second."]
    assert pages[0].given == {"title": 'Draft {ready} "[now]" \\'}


def test_one_object_is_a_page_or_holds_an_array_of_them() -> None:
    (page,) = pages_in(json.dumps({"html": HTML, "path": "mine"}, indent=1).encode(), "in.json")
    assert (page.path, page.media_type) == ("mine", "text/html")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Caspian Courier",
        "items": [
            {"id": "1", "content_html": "<p>It is ready.", "url": "https://courier.example/1",
             "date_published": "2024-09-11T08:00:00Z"},
            {"id": "2", "content_text": "Talks go on."},
            {"id": "3"},
            4,
        ],
    }  # fmt: skip
    for indent in (1, None):
        found = found_in(json.dumps(feed, indent=indent).encode(), "in.json")
        assert by_path(found) == {
            "in#1.1": "text/html",
            "in#1.2": "text/plain",
            "in#1.3": "no field with a page's text or HTML",
            "in#1.4": "not a JSON object",
        }
    assert isinstance(found[0], Page)
    assert found[0].given == {
        "publisher": "Caspian Courier", "url": "https://courier.example/1", "published": "2024-09-11"
    }  # fmt: skip


def test_fields_may_be_named(tmp_path: Path) -> None:
    rows = [
        {"story_words": TEXT, "text": "a teaser", "meta": {"day": "2024-09-11"}, "headline": "Draft ready"},
        {"text": "only a teaser"},
    ]
    fields = {"text": "story_words", "published": "meta.day"}
    for name, data in (
        ("a.json", json.dumps(rows).encode()),
        ("a.jsonl", b"\n".join(json.dumps(row).encode() for row in rows)),
    ):
        (tmp_path / name).write_bytes(data)
        first, second = read_inputs([str(tmp_path / name)], fields=fields)
        assert isinstance(first, Page)
        assert first.data == TEXT.encode()
        assert first.given == {"published": "2024-09-11", "title": "Draft ready"}
        assert getattr(second, "reason", None) == "no words in its field story_words"
    html = next(read_bytes(json.dumps([{"markup": HTML, "text": "No."}]).encode(), "in", fields={"html": "markup"}))
    assert isinstance(html, Page)
    assert html.data == HTML.encode()


def test_other_json_is_one_problem() -> None:
    assert by_path(found_in(json.dumps({"name": "a-package", "version": "1"}, indent=1).encode(), "package.json")) == {
        "in#1": "no field with a page's text or HTML"
    }
    many = found_in(json.dumps([{"label": number} for number in range(100)]).encode(), "in.json")
    assert by_path(many) == {
        "in": "none of its first 20 objects is a page (object 1: no field with a page's text or HTML)"
    }
    assert by_path(found_in(b"[]", "in.json")) == {"in": "empty"}
    assert by_path(found_in(b"[1, 2]", "in.json")) == {"in": "not a kind of file that holds pages (.json)"}


def test_a_text_that_begins_like_json_is_a_text() -> None:
    for words in (b'{"So it ends," he said} and left.', b"[Photo: the ministers]\nThe draft is ready."):
        assert [page.media_type for page in pages_in(words, "page.txt")] == ["text/plain"]


def test_a_cut_array_gives_what_is_there() -> None:
    data = json.dumps([{"text": f"Page {number}."} for number in range(50)]).encode()
    found = found_in(data[:-9], "in.json")
    assert sum(isinstance(item, Page) for item in found) == 49
    assert by_path(found)["in#50"] == "not a JSON object"


def test_an_object_over_the_limit_does_not_hide_the_next() -> None:
    data = json.dumps([{"text": "One."}, {"text": "x" * (2 * LIMIT)}, {"text": "Three."}]).encode()
    assert by_path(found_in(data, "in.json")) == {
        "in#1": "text/plain",
        "in#2": "larger than 16 MiB, too large for a page",
        "in#3": "text/plain",
    }


@settings(deadline=None)
@given(st.lists(OBJECTS, max_size=4), st.sampled_from([None, 1]), st.booleans(), st.integers(0, 3))
def test_objects_are_found_wherever_blocks_end(
    objects: list[object], indent: int | None, array: bool, shift: int
) -> None:
    text = json.dumps(objects, indent=indent) if array else "\n".join(json.dumps(one, indent=indent) for one in objects)
    data = b" " * (BLOCK - shift) + text.encode() + b"\n"

    assert [json.loads(value or b"") for _, value in values(stream_of(io.BytesIO(data)))] == objects


def test_the_command_line_takes_fields_by_name_only() -> None:
    assert calls.fields(None) == {}
    assert calls.fields(["text=story.words", "title=a=b"]) == {"text": "story.words", "title": "a=b"}
    for wrong in ("text", "text=", "body=x", "=x", ""):
        with pytest.raises(calls.WrongCallError):
            calls.fields([wrong])


@pytest.mark.parametrize("name", ["", "in.json"])
def test_lines_are_known_as_such_so_that_a_broken_one_costs_no_other(name: str) -> None:
    long = json.dumps({"text": "word " * 2000, "pages": [{"text": "no page of its own"}]}).encode()
    data = long + b'\n{"text": "Two.\n' + json.dumps({"text": "Three."}).encode() + b"\n"
    assert by_path(found_in(data, name)) == {"in#1": "text/plain", "in#2": "not a JSON object", "in#3": "text/plain"}
