"""Whatever is done to a container, intake gives pages and problems and raises nothing."""

from __future__ import annotations

import io
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_shapes import CONTAINERS, by_path, found_in, record, tarred, zipped
from onrecord.intake import read_inputs
from onrecord.page import Page, Problem

#: What may be done to a run of bytes: where, how many are taken out, what is put in.
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=6)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, taken, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + taken :]
    return data


@pytest.mark.parametrize("name", CONTAINERS)
def test_each_kind_is_known_by_its_content_and_gives_its_pages(name: str) -> None:
    data, pages = CONTAINERS[name]
    for said in (name, "", "misnamed"):
        assert sum(isinstance(item, Page) for item in found_in(data, said)) == pages


@pytest.mark.parametrize("name", CONTAINERS)
def test_standard_input_is_told_by_its_content(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, pages = CONTAINERS[name]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(read_inputs(["-"]))
    assert sum(isinstance(item, Page) for item in found) == pages
    assert all(item.path.startswith("-") or item.path == "two" for item in found)


@pytest.mark.parametrize("name", CONTAINERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_damaged_containers_give_pages_and_problems_only(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    for item in found_in(changed(CONTAINERS[name][0], changes), name):
        assert isinstance(item, Page | Problem)
        assert item.path
        item.path.encode()
        if isinstance(item, Problem):
            assert item.reason.isprintable()
        else:
            assert item.media_type.startswith(("text/plain", "text/html"))
            assert all(value and value.encode() for value in item.given.values())


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_cut_anywhere_give_no_page_that_was_not_there(name: str) -> None:
    data, _ = CONTAINERS[name]
    whole = {item.path for item in found_in(data, name)} | {"in"}
    for at in range(1, len(data), max(1, len(data) // 40)):
        found = found_in(data[:at], name)
        assert found
        if name.endswith((".zip", ".tar", ".gz", ".warc")):
            assert {item.path for item in found} <= whole


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_hundred_thousand_names_take_time_in_proportion(pack: object) -> None:
    def taken(count: int) -> float:
        data = pack({f"{number}.png": b"" for number in range(count)})  # type: ignore[operator]
        start = time.process_time()
        assert len(found_in(data)) == count
        return time.process_time() - start

    assert taken(8000) < 10 * taken(2000) + 0.5


def test_reasons_say_nothing_that_moves_a_terminal() -> None:
    odd = record("response", "http://a.example/\x1b[2J", b"HTTP/1.1 200 OK\r\nContent-Type: image/\x1b[31m\r\n\r\nx")
    for reason in by_path(found_in(odd)).values():
        assert reason.isprintable()
