"""The rows that a record answers questions with; `msgspec.json.encode` of each is the contract's JSON."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.analysis import Act, Certainty, Condition, Form, Interval, Polarity, Published, SegmentKind, Span, Stage
from onrecord.outlook import Relation

#: How a forecast stands.
Standing = Literal["kept", "early", "late", "missed", "open", "untold", "came", "overtaken"]


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
    day; `published` is all that is known of that day. All of these are of one page: the first of those that date the
    step most exactly. `first` is the day on which the first report of the step came out, however vague on its date;
    None where no report's day is known. `sources` is how many reports tell of the step, copies counted once.
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
    sources: int = 1
    first: str | None = None


class Telling(msgspec.Struct):
    """One report that tells of something: the page it is read from, and how many further pages carry it."""

    published: Published
    path: str
    span: Span
    words: str
    speaker: str | None
    chain: list[str]
    copies: int


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


class ForecastRow(msgspec.Struct):
    """A step of an agreement's ladder that somebody said was to come, and whether it did.

    `window` is the days in which it was to come, both ends None where none are told; `made` when that was said. `hope`
    marks what was only hoped for or thought possible, `condition` what was to wait for something else, `negative` what
    was said not to come: that is `kept` where it did not come in the window, `missed` where it did. `standing`: the
    step came within the window (`kept`), before it (`early`) or after it (`late`, by at least `late` days); the window
    is not over (`open`); it is over, and later reports of the agreement do not have the step (`missed`), or there are
    none (`untold`); it `came` where the words set no last day or the days are not known well enough to tell;
    `overtaken` where it had come before. `came` is when, `took` the days from saying to coming, None where these are
    not known. `repeats` are the other reports of the same forecast.
    """

    agreement: str
    step: Stage
    window: Interval
    made: Interval
    hope: bool
    standing: Standing
    came: Interval | None
    late: int | None
    took: int | None
    path: str
    span: Span
    words: str
    published: Published
    speaker: str | None
    chain: list[str]
    repeats: list[Telling]
    condition: bool = False
    negative: bool = False


class ForecasterRow(msgspec.Struct):
    """How many forecasts of one speaker stand how; `median_late` is in days, of those that were late."""

    speaker: str | None
    forecasts: int
    kept: int
    early: int
    late: int
    missed: int
    open: int
    untold: int
    came: int
    overtaken: int
    median_late: float | None


class RelativeRow(msgspec.Struct):
    """An older agreement that one replaces, amends or supplements, with the words that say so.

    `agreement` is its id where it is on record, `year` what the pages give; `told` are the reports that say so.
    """

    relation: Relation
    agreement: str | None
    year: int | None
    told: list[Telling]


class SuccessorRow(msgspec.Struct):
    """A later agreement, by its id, that pages say replaces, amends or supplements one."""

    relation: Relation
    agreement: str


class Contradiction(msgspec.Struct):
    """Reports that cannot all be true: of the `date` of a step, or of whether it has come (`stage`)."""

    about: Literal["date", "stage"]
    stage: Stage
    sides: list[Side]


class Side(msgspec.Struct):
    """What one side of a contradiction has: the stage and its day, or that it has not come (`denied`)."""

    stage: Stage
    when: Interval
    denied: bool
    told: list[Telling]


class LadderRow(AgreementRow):
    """One agreement in full.

    `told` are the reports of each step of the history, in the order they came out; `successors` the agreements
    that have this one among their `relatives`.
    """

    told: list[list[Telling]]
    forecasts: list[ForecastRow]
    relatives: list[RelativeRow]
    successors: list[SuccessorRow]
    contradictions: list[Contradiction]


class Passage(msgspec.Struct):
    """Words of a page, with their place in its text."""

    span: Span
    words: str


class DisputeSide(msgspec.Struct):
    """One side of a dispute: who stands on it, since when at the latest (an ISO 8601 day, None where no day is known).

    `reports` is how many reports have it, copies counted once.
    """

    speakers: list[str]
    since: str | None
    reports: int


class DisputeEnd(msgspec.Struct):
    """By which statement a claim came to be `admitted` by who denied it, or `withdrawn` by who made it."""

    how: Literal["admitted", "withdrawn"]
    statement: StatementRow


class DisputeRow(msgspec.Struct):
    """A claim and the denial that contradicts it.

    `dispute` is the same for all pairs of one dispute, and `claimed` and `denied` are its two sides. `sentence` is that
    of the denial, where the denial's own words only point at what is denied. `ended` is None where the dispute stands.
    """

    claim: StatementRow
    denial: StatementRow
    dispute: str = ""
    claimed: DisputeSide | None = None
    denied: DisputeSide | None = None
    sentence: Passage | None = None
    ended: DisputeEnd | None = None


class StoryRow(msgspec.Struct):
    """Pages about one occurrence; each group of `copies` carries the same report."""

    id: str
    title: str | None
    pages: list[str]
    first: str | None
    last: str | None
    copies: list[list[str]]


class DateEvidence(msgspec.Struct):
    """What a page is dated by: words on it (`words` at `span`) and, but for `weekday`, words on a page that is dated.

    By it alone the page came out between `earliest` and `latest`, on one of the ISO `weekdays` (any, where there are
    none). `how` is `copy` (the other page carries the same report), `quoted` (it names this page's outlet as the one
    that carried the same words), `statement` (it knows the day of the same words), `event` (it knows the day of what
    this page tells in relative words) or `weekday` (the day that the page's freshest words are said to be of, which
    tells something where there are two ends). Where it is not `followed`, it contradicts the evidence of the pages in
    `against`, or the page itself.
    """

    how: Literal["copy", "quoted", "statement", "event", "weekday"]
    earliest: str | None
    latest: str | None
    weekdays: list[int]
    followed: bool
    words: str
    span: Span
    path: str | None = None
    other_words: str | None = None
    other_span: Span | None = None
    against: list[str] = []


class DateRow(msgspec.Struct):
    """A page that does not say its day of publication: what it says of it (`own`, with `own_words`), and what is left.

    `evidence` is the strongest first.
    """

    path: str
    published: Published
    own: Published
    own_words: list[str]
    evidence: list[DateEvidence]


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
