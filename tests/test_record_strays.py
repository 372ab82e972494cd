"""A forecast on a page that only mentions an agreement is of the one agreement that goes by those words."""

from __future__ import annotations

import onrecord
from onrecord.record import Record
from record_pages import PageMaker

SIGNED = "Chile and Norway signed their fisheries treaty in Oslo on 3 November."
SOON = "A fisheries treaty between Chile and Norway is to be signed by the end of the year."


def pages(name: str) -> list[PageMaker]:
    soon = PageMaker("soon.txt", "Cod prices", SOON, "2031-10-16")
    soon.agreement(SOON, "scheduled", "CHL NOR", name=name, background=True)
    signed = PageMaker("signed.txt", "Fisheries treaty signed", SIGNED, "2031-11-04")
    signed.agreement(SIGNED, "signed", "CHL NOR", name="fisheries treaty", when="2031-11-03")
    for maker in (soon, signed):
        maker.analysis.times.extend(onrecord.times(maker.text, maker.analysis.published.latest))
    return [soon, signed]


def test_what_a_page_only_mentions_is_held_against_the_agreement() -> None:
    for order in (1, -1):
        with Record(":memory:") as record:
            record.add([maker.done() for maker in pages("fisheries treaty")[::order]])
            (row,) = record.forecasts()
            assert (row.path, row.standing, row.window.latest) == ("soon.txt", "kept", "2031-12-31")
            assert record.agreement(row.agreement).forecasts == [row]  # type: ignore[union-attr]


def test_a_treaty_about_something_else_is_another() -> None:
    with Record(":memory:") as record:
        record.add([maker.done() for maker in pages("extradition treaty")])
        assert record.forecasts() == []
