"""An office without a name and the person whom other pages name as its holder are one speaker."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.record import Record
from onrecord.record.forecasts import forecasters
from record_pages import PageMaker

NEWS = "Norway and Chile have agreed on the text of a fisheries treaty."
SOON = "The treaty will be signed on 3 November, the Norwegian ambassador said."


def page(path: str, day: str, said: str, source: str, speaker: str) -> PageMaker:
    maker = PageMaker(path, "Fisheries treaty", f"{NEWS} {said}", day)
    maker.analysis.times.extend(onrecord.times(maker.text, day))
    maker.agreement(NEWS, "concluded", "CHL NOR")
    maker.statement(source, "said", said[: said.index(",")], speaker)
    return maker


def envoy(path: str, office: str, name: str) -> PageMaker:
    return page(path, "2031-10-20", f"Cod matter, {office}, {name}, said.", f"{office}, {name}", name)


def speakers(*others: PageMaker) -> list[str | None]:
    soon = page("soon.txt", "2031-10-16", SOON, "the Norwegian ambassador", "Norwegian ambassador")
    with Record(":memory:") as record:
        record.add([maker.done() for maker in (soon, *others)])
        found = record.forecasts()
        assert [one.speaker for one in forecasters(found)] == [row.speaker for row in found]
        return [row.speaker for row in found]


def test_a_page_that_names_the_holder_names_the_speaker() -> None:
    assert speakers(envoy("a.txt", "Norway's ambassador to Santiago", "Kari Lind")) == ["Kari Lind"]


@pytest.mark.parametrize("office", ["Chile's ambassador to Oslo", "Norway's fisheries minister", "the ambassador"])
def test_the_holder_of_another_office_is_not_the_speaker(office: str) -> None:
    assert speakers(envoy("a.txt", office, "Kari Lind")) == ["Norwegian ambassador"]


def test_two_holders_leave_it_open_and_one_in_two_spellings_does_not() -> None:
    first = envoy("a.txt", "Norway's ambassador to Santiago", "Kari Lind")
    other = envoy("b.txt", "Norway's ambassador in Chile", "Olav Berg")
    again = envoy("c.txt", "Norway's ambassador in Chile", "Lind")
    assert speakers(first, other) == ["Norwegian ambassador"]
    assert speakers(again, first) == ["Kari Lind"]
