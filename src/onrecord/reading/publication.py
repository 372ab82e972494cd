"""The day on which a page says it was published."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.analysis import Published
from onrecord.reading.calendar import day_of_address, day_of_stamp, interval_of_stamp, month_of_address
from onrecord.reading.datelines import lead_in
from onrecord.reading.document import Document
from onrecord.reading.printed import Candidate, candidates, day_first, likeliest


def published_of(document: Document) -> Published:
    """The day of publication with its basis and its evidence, spans into the text.

    What is given with the page comes first: a day, or an interval of days that the record worked out, whose basis is
    `inferred`. Then comes what the page's markup says, then what is printed as the article's own date: beside its
    headline, its byline or its first paragraph, or labelled so. Dates of other stories, of comments, in the story
    itself and on the page's masthead are no evidence. A date whose day and month cannot be told apart is an interval
    of both readings; where no more than the month stands in the address, that is the interval.
    """
    if within := interval_of_stamp(document.page.given.get("published", "")):
        return Published(*within, "inferred", [])
    given, head = day_of_stamp(document.page.given.get("published", "")), document.head.get("published")
    in_address = day_of_address(document.url or "")
    if day := given or _in_local_time(head, in_address) or in_address:
        return Published(day, day, "given", [])
    printed = [one for one in candidates(document) if one.printed.year]
    best = likeliest(printed) or _in_dateline(document, printed)
    if best:
        return _stated(document, best, printed)
    month = month_of_address(document.url or "")
    return Published(*month, "given", []) if month else Published()


def _in_dateline(document: Document, printed: list[Candidate]) -> Candidate | None:
    """The date in the dateline that the article opens with: "OSLO, Feb 13 2025 (Nordic Wire) -"."""
    for one in printed:
        if one.features.get("opening") and one.span[1] <= lead_in(document.text, *document.blocks[one.line].span):
            return one
    return None


def _in_local_time(stamped: str | None, in_address: str | None) -> str | None:
    """The day of a stamp as the outlet counts days: stamps are often in UTC, the day in an address is the outlet's."""
    if (
        stamped
        and in_address
        and abs(date.fromisoformat(stamped) - date.fromisoformat(in_address)) == timedelta(days=1)
    ):
        return in_address
    return stamped


def _stated(document: Document, best: Candidate, printed: list[Candidate]) -> Published:
    day, other = best.printed.day, best.printed.other
    if other:
        ordered = day_first(document, best, printed)
        if ordered is not None:
            day, other = day if ordered else other, None
    days = sorted({day, other or day})
    return Published(days[0].isoformat(), days[-1].isoformat(), "stated", [best.span])
