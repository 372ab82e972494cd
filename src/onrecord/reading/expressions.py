"""The temporal expressions of the article, before the day they are counted from is known."""

from __future__ import annotations

from onrecord.reading.document import Document
from onrecord.reading.timex.texts import expressions


def find_expressions(document: Document) -> None:
    """Fills in `document.expressions`, in text order, from the article's sentences."""
    document.expressions = expressions(document.text, [sentence.span for sentence in document.sentences])
