"""Reading: one page in, one analysis out. A pure function of the page's bytes and what is given with it."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.analysis import Analysis
from onrecord.page import Page
from onrecord.reading.actors import identify
from onrecord.reading.agreements import find_agreements
from onrecord.reading.anchoring import anchor_quoted
from onrecord.reading.dating import date_undated
from onrecord.reading.document import Document
from onrecord.reading.expressions import find_expressions
from onrecord.reading.layout import lay_out
from onrecord.reading.marking import mark
from onrecord.reading.metadata import describe
from onrecord.reading.relating import relate
from onrecord.reading.segments import segment
from onrecord.reading.sentences import split
from onrecord.reading.statements import state
from onrecord.reading.times import find_times

#: The steps in their order. Each reads what earlier ones left in the document and fills in its own fields.
STEPS: tuple[Callable[[Document], None], ...] = (
    lay_out,  # bytes to text and blocks
    segment,  # article and furniture
    describe,  # title, publisher, wire, byline, language, publication
    split,  # the article's sentences
    find_expressions,  # temporal expressions
    date_undated,  # publication of a page without a date, as far as its words tell
    find_times,  # TIMEX3, counted from publication
    mark,  # the encoder: sources, cues, contents, names
    relate,  # attribution relations
    identify,  # actors, and who speaks
    state,  # statements
    anchor_quoted,  # times in quotations, counted from the saying
    find_agreements,
)


def read(page: Page) -> Analysis:
    """Read one page. Whatever its bytes, this returns an analysis; what could not be read stands in `problems`."""
    document = Document(page)
    for step in STEPS:
        step(document)
    return Analysis(
        path=page.path,
        media_type=page.media_type,
        sha256=page.sha256,
        text=document.text,
        url=document.url,
        language=document.language,
        segments=document.segments,
        title=document.title,
        publisher=document.publisher,
        wire=document.wire,
        byline=document.byline,
        published=document.published,
        times=document.times,
        actors=document.actors,
        statements=document.statements,
        events=document.events,
        agreements=document.agreements,
        problems=document.problems,
    )


def text_of(page: Page) -> str:
    """The text that the spans of a page's analysis index."""
    document = Document(page)
    lay_out(document)
    return document.text
