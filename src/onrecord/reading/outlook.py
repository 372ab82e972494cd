"""What a page says is still to come of its agreements, and how they stand to agreements of the past.

A forecast says that a step of the ladder will be taken, or will not, and mostly gives a time for it, be it as vague as
"soon". What is only wished for or thought possible is kept as a hope, and told only with a time.
"""

from __future__ import annotations

from onrecord.analysis import Analysis
from onrecord.outlook import Forecast, Relative
from onrecord.page import Page
from onrecord.reading.document import Document
from onrecord.reading.outlook_forecasts import find_forecasts
from onrecord.reading.outlook_relatives import find_relatives
from onrecord.reading.sentences import split


def outlook(analysis: Analysis) -> tuple[list[Forecast], list[Relative]]:
    """The forecasts that a page makes or carries, and the agreements it says its own stand to, in text order."""
    if not analysis.agreements:
        return [], []
    document = _document(analysis)
    return find_forecasts(document, analysis), list(find_relatives(document, analysis))


def _document(analysis: Analysis) -> Document:
    """The page as the steps of reading had it, as far as agreements are read from it."""
    document = Document(Page(analysis.path, b"", analysis.media_type, analysis.sha256), analysis.text)
    document.segments = analysis.segments
    document.title = analysis.title
    document.published = analysis.published
    document.times = analysis.times
    document.actors = analysis.actors
    document.statements = analysis.statements
    split(document)
    return document
