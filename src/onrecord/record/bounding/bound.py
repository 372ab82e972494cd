"""What one page says of the day another was published on, with the words on both pages that say it."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from onrecord.analysis import Span

How = Literal["copy", "quoted", "statement", "event"]
#: The kinds of evidence, strongest first.
HOWS: tuple[How, ...] = get_args(How)


class Bound(msgspec.Struct, frozen=True):
    """A page was published within `first` to `last`, on a weekday of `days`, as far as one piece of evidence goes.

    `first` and `last` are ISO 8601 days, both included, and None where the evidence leaves that end open; `days` are
    ISO weekdays (Monday is 1), None where any will do. `own` are the words on the page that is dated, `other` those on
    the dated page that dates it: half-open pairs of code points into each page's text.
    """

    how: How
    first: str | None
    last: str | None
    own: Span
    other: Span
    days: frozenset[int] | None = None
