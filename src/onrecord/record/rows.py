"""The rows that a record answers questions with; `msgspec.json.encode` of each is the contract's JSON."""

from __future__ import annotations

import msgspec

from onrecord.analysis import Act, Certainty, Condition, Form, Interval, Polarity, Published, SegmentKind, Span, Stage


class StatementRow(msgspec.Struct):
    """A statement with names in place of ids and its words beside the spans."""

    id: str
    path: str
    text: str
    source_text: str
    cue_text: str
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    form: Form
    act: Act
    polarity: Polarity
    certainty: Certainty
    speaker: str | None
    chain: list[str]
    said: Interval
    published: Published
    copies: int


class Step(msgspec.Struct):
    """A rung that one page reports an agreement to have reached.

    `when` is when it is said to have happened; `reported` the day of publication, None where it is not known to the
    day; `published` is all that is known of that day.
    """

    stage: Stage
    condition: Condition | None
    when: Interval
    reported: str | None
    published: Published
    path: str
    span: Span
    words: str
    speaker: str | None
    chain: list[str]


class AgreementRow(msgspec.Struct):
    """An agreement followed over pages; `history` is oldest first."""

    id: str
    instrument: str
    name: str | None
    parties: list[str]
    stage: Stage
    condition: Condition | None
    since: str | None
    history: list[Step]


class DisputeRow(msgspec.Struct):
    """A claim and the denial that contradicts it."""

    claim: StatementRow
    denial: StatementRow


class StoryRow(msgspec.Struct):
    """Pages about one occurrence; each group of `copies` carries the same report."""

    id: str
    title: str | None
    pages: list[str]
    first: str | None
    last: str | None
    copies: list[list[str]]


class FurnitureRow(msgspec.Struct):
    """A line that pages of one outlet share whatever they tell, and that is therefore furniture of all of them.

    `publisher` is the outlet, by name or by host. `line` is as it stands at `span` of the page at `path`; on others it
    may differ in case, blanks and digits. `pages` have it, which carry so many different `reports` of so many
    `stories`; `kinds` is how many of them took it for what. `corrected` says that some took it for article, so that
    the record takes nothing from it that they do. `first` and `last` are days of publication.
    """

    publisher: str
    line: str
    pages: int
    reports: int
    stories: int
    kinds: dict[SegmentKind, int]
    corrected: bool
    first: str | None
    last: str | None
    path: str
    span: Span
