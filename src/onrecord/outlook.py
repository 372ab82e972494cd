"""What a page says beyond its analysis: what is still to come of its agreements, and which older ones they follow."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.analysis import Interval, Span, Stage

#: How an agreement stands to an older one.
Relation = Literal["replaces", "amends", "supplements"]


class Forecast(msgspec.Struct, frozen=True):
    """A step of the ladder that a page says is to come.

    `agreement` is its place in the page's agreements; `window` the days in which it is to come, an open end where the
    words leave it open, both where they give no time; `made` the day it was said; `hope` whether it is only hoped for
    or thought possible; `span` the sentence; `statement` the id of the statement that holds it, None where the page
    says so itself. `condition` tells whether it waits for something else, `negative` whether the step is said not to
    come; `party` is the one state that is to take it, None where the words do not tell.
    """

    agreement: int
    step: Stage
    window: Interval
    made: Interval
    hope: bool
    span: Span
    statement: str | None
    condition: bool = False
    negative: bool = False
    party: str | None = None


class Relative(msgspec.Struct, frozen=True):
    """How one of a page's agreements, at the place `agreement`, stands to an older one, as the page has it.

    `year` is the year the page gives the older one, None where it gives none; `span` is the sentence.
    """

    agreement: int
    relation: Relation
    year: int | None
    span: Span
