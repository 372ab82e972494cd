"""The article's sentences: title and dek a line each, the body by sentence."""

from __future__ import annotations

import re

import sentencex

from onrecord.analysis import ARTICLE
from onrecord.reading.document import Document, Sentence

_LINE = re.compile(r"[^\r\n]+")
#: An article longer than this many characters is read up to here: that takes seconds, and news reports are far shorter.
LIMIT = 100_000
#: Where a line that does not end before the limit is broken off.
_STOPS = (". ", "? ", "! ", "。", ".” ", '." ')


def split(document: Document) -> None:
    """Fill `document.sentences` from the segments that make up the article, in text order.

    Sentence spans hold no white space at their ends and never cross a line. Boundaries in the body are those of
    the sentence segmenter that Wikimedia keeps (sentencex). Of an article of more than LIMIT characters only the
    sentences that end before the limit are read, which a line in `document.problems` says.
    """
    found = document.sentences
    budget, number = LIMIT, 0
    for segment in document.segments:
        if segment.kind not in ARTICLE:
            continue
        for line in _LINE.finditer(document.text, *segment.span):
            start, end = line.span()
            over = end - start > budget
            if over:
                end = max(document.text.rfind(mark, start, start + budget) + 1 for mark in _STOPS)
                read = max(start, end)
                document.problems.append(f"article longer than {LIMIT} characters: read up to character {read}")
                if end <= start:
                    return
            budget -= end - start
            number += 1
            cuts = [(0, end - start)]
            if segment.kind == "body":
                cuts = [
                    (part["start_index"], part["end_index"])
                    for part in sentencex.get_sentence_boundaries("en", document.text[start:end])
                ]
            for a, b in cuts:
                words = document.text[start + a : start + b]
                left = start + a + len(words) - len(words.lstrip())
                right = start + a + len(words.rstrip())
                if left < right:
                    found.append(Sentence((left, right), segment.kind, len(found), number))
            if over:
                return
