"""The data model: what `analyze` says of one page.

Field names, values and their meaning are fixed as schema `onrecord.analysis/1`. Spans are half-open pairs of
code points into `Analysis.text`; dates are ISO 8601 days; intervals include both ends, and a missing end is
open; countries are ISO 3166-1 alpha-3.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "onrecord.analysis/1"

Span = tuple[int, int]

SegmentKind = Literal[
    "title", "dek", "caption", "byline", "credit", "dateline", "timestamp", "section", "body", "related",
    "comments", "navigation", "promotion", "boilerplate",
]  # fmt: skip
#: The kinds that make up the article; every other kind is furniture.
ARTICLE: frozenset[str] = frozenset({"title", "dek", "body"})

Basis = Literal["given", "stated", "inferred", "unknown"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ActorType = Literal["person", "organization", "state", "group"]
Form = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "assert", "deny", "accuse", "decline", "promise", "request", "threaten", "praise", "criticise", "ask"
]  # fmt: skip
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Stage = Literal[
    "proposed", "negotiating", "concluded", "procedures", "scheduled", "signed", "ratifying", "ratified", "in_force"
]  # fmt: skip
Condition = Literal["stalled", "rejected", "suspended", "terminated"]
#: The ladder of an agreement, lowest rung first (terms of the Vienna Convention on the Law of Treaties).
LADDER: tuple[Stage, ...] = (
    "proposed", "negotiating", "concluded", "procedures", "scheduled", "signed", "ratifying", "ratified", "in_force"
)  # fmt: skip


class Interval(msgspec.Struct):
    """Days from `earliest` to `latest`, both included; None is an open end."""

    earliest: str | None = None
    latest: str | None = None


class Published(Interval):
    """The day the page was published, on what ground, and where the page says so."""

    basis: Basis = "unknown"
    evidence: list[Span] = []


class Segment(msgspec.Struct):
    """A run of whole lines of one kind."""

    kind: SegmentKind
    span: Span


class Time(msgspec.Struct):
    """A temporal expression (TIMEX3 of ISO-TimeML) and the days it can mean."""

    span: Span
    type: TimeType
    value: str
    earliest: str | None = None
    latest: str | None = None


class Actor(msgspec.Struct):
    """Somebody who speaks or is spoken of: a person, a body, a state or an unnamed group."""

    id: str
    name: str
    type: ActorType
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    mentions: list[Span] = []


class Statement(msgspec.Struct):
    """An attribution relation (PARC 3.0, PolNeAR): source, cue and content, with what follows from them."""

    id: str
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    form: Form = "indirect"
    act: Act = "assert"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    speaker: str | None = None
    chain: list[str] = []
    within: str | None = None
    said: Interval = msgspec.field(default_factory=Interval)


class Event(msgspec.Struct):
    """An event in the terms of PLOVER."""

    id: str
    type: str
    actors: list[str]
    recipients: list[str]
    status: str
    span: Span
    when: Interval
    statement: str | None = None


class Agreement(msgspec.Struct):
    """An agreement as this page tells it; `span` is the sentence that carries the stage."""

    instrument: str
    name: str | None
    parties: list[str]
    stage: Stage
    condition: Condition | None
    polarity: Polarity
    expected: Interval
    when: Interval
    background: bool
    span: Span
    statement: str | None = None


class Analysis(msgspec.Struct):
    """Everything that one page says, each part with its spans into `text`."""

    path: str
    media_type: str
    sha256: str
    text: str
    schema: str = SCHEMA
    url: str | None = None
    language: str | None = None
    segments: list[Segment] = []
    title: str | None = None
    publisher: str | None = None
    wire: str | None = None
    byline: str | None = None
    published: Published = msgspec.field(default_factory=Published)
    times: list[Time] = []
    actors: list[Actor] = []
    statements: list[Statement] = []
    events: list[Event] = []
    agreements: list[Agreement] = []
    problems: list[str] = []
