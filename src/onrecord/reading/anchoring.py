"""What quoted words say of time, counted from the day they were said.

Whoever is quoted speaks from the day of speaking: "we sign next month" in a speech of November is December, whenever
the page that quotes it came out. In indirect speech the writer's own day counts, as the grammar of reported speech has
it (Huddleston and Pullum, The Cambridge Grammar of the English Language, 2002, ch. 17: deixis is the reporter's).
"""

from __future__ import annotations

from datetime import date

from onrecord.analysis import Statement, Time
from onrecord.reading.document import Document
from onrecord.reading.timex.texts import resolved_within

#: A day of saying known no better than to so many days is none to count from.
_WIDEST = 31


def anchor_quoted(document: Document) -> None:
    """Count the `document.times` within directly quoted contents from the time of saying, where the page names it."""
    published = document.published
    meant: dict[tuple[int, int], Time] = {}
    for statement in document.statements:
        said = _said(statement)
        if said is None or (statement.said.earliest, statement.said.latest) == (published.earliest, published.latest):
            continue
        for span in statement.content:
            for time in resolved_within(document.text, document.expressions, span, *said):
                meant[time.span] = time
    if meant:
        document.times = [meant.get(time.span, time) for time in document.times]


def _said(statement: Statement) -> tuple[date, date] | None:
    first, last = statement.said.earliest, statement.said.latest
    if statement.form != "direct" or first is None or last is None:
        return None
    days = date.fromisoformat(first), date.fromisoformat(last)
    return days if (days[1] - days[0]).days < _WIDEST else None
