"""What the steps of reading pass along: one page on its way to an analysis.

A step is a function `step(document: Document) -> None` that reads what earlier steps left and fills in its own
fields. Nothing here looks at more than one page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.analysis import Actor, Agreement, Event, Published, Segment, Span, Statement, Time
from onrecord.page import Page

if TYPE_CHECKING:
    from onrecord.reading.marking import Marks
    from onrecord.reading.timex.texts import Stretch

#: A page is dated closely if its interval is no longer than this.
_CLOSE = timedelta(days=92)


@dataclass(slots=True)
class Block:
    """One non-blank line of the text, with what the markup says of it (for plain text, `tags` is empty).

    `tags` are the names of the elements it lies in, outermost first; `attributes` are their class, id, role and
    itemprop words, lower case; `linked` is the share of its characters inside links; `place` numbers those elements,
    each element of a page having its own number, so that blocks of one parent can be told; `kept` is the share of its
    words that a general extractor keeps.
    """

    span: Span
    tags: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    linked: float = 0.0
    place: tuple[int, ...] = ()
    kept: float = 0.0


@dataclass(slots=True)
class Sentence:
    """A sentence of the article: its span, the kind of segment it lies in, its number and its line's in the article."""

    span: Span
    kind: str
    index: int
    line: int = 0


@dataclass(slots=True)
class Relation:
    """An attribution relation before it is read as a statement: spans into the text, in order.

    `carriers` are the phrases that name who passed the words on ("quoted by ..."); `within` is the number of the
    relation whose content holds this one.
    """

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    carriers: list[Span] = field(default_factory=list)
    within: int | None = None


@dataclass(slots=True)
class Voice:
    """Who speaks in a relation, and through whom: ids of actors, or None where the page does not say."""

    speaker: str | None
    carriers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A page on its way through the steps of reading."""

    page: Page
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    #: What the head of an HTML page says, by the keys of `head.read_head`: `title`, `publisher`, `published`, `url`,
    #: `description` and others.
    head: dict[str, str] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    language: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    wire: str | None = None
    byline: str | None = None
    published: Published = field(default_factory=Published)
    sentences: list[Sentence] = field(default_factory=list)
    #: The temporal expressions of the article, which `times` gives meanings.
    expressions: list[Stretch] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    marks: Marks | None = None
    relations: list[Relation] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    #: One for each of `relations`.
    voices: list[Voice] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def dated_from(self) -> str | None:
        """The first day it can have been published on, if that is known to about a quarter of a year, else None.

        Of a page that is dated more roughly it does not tell what lies before it and what after.
        """
        first, last = self.published.earliest, self.published.latest
        if first is None or last is None or date.fromisoformat(last) - date.fromisoformat(first) > _CLOSE:
            return None
        return first

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span[0] : span[1]]

    def sentence_at(self, position: int) -> Sentence | None:
        """The article's sentence that holds a character, or None where there is none."""
        at = bisect_right(self.sentences, position, key=lambda sentence: sentence.span[0]) - 1
        if at >= 0 and position < self.sentences[at].span[1]:
            return self.sentences[at]
        return None

    def times_in(self, sentence: Sentence) -> list[Time]:
        """The temporal expressions that begin in a sentence; `times` are in text order."""
        first = bisect_left(self.times, sentence.span[0], key=lambda time: time.span[0])
        last = bisect_left(self.times, sentence.span[1], key=lambda time: time.span[0])
        return self.times[first:last]
