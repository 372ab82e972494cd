"""What one piece of evidence on a page says of the day it was published on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.analysis import Span


@dataclass(frozen=True, slots=True)
class Bound:
    """The page was published from `first` to `last`, an end that the evidence leaves open being None.

    `evidence` are the words that say so, None where it is not the page that says it.
    """

    first: date | None = None
    last: date | None = None
    evidence: Span | None = None
