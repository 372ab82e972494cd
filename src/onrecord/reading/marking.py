"""One pass of the encoder over the article: spans of source, cue and content, who belongs to whom, and names.

Roles are those of PolNeAR (Newell, Margolin and Ruths 2018) after PARC 3.0 (Pareti 2016). Labels are decoded by
Viterbi over BIO; the links between spans are the encoder's own, trained together with the labels.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis import Span
from onrecord.reading.datelines import lead_in
from onrecord.reading.document import Document, Relation, Sentence
from onrecord.reading.encoder import Array, Window, encode
from onrecord.reading.pieces import Pieces, pieces

_SOURCE, _CUE, _CONTENT = 1, 3, 5
_NAMES = {1: "person", 3: "organization", 5: "place", 7: "nationality"}
#: The least share of a span's link mass that must fall on another for the two to be joined. Chosen on the
#: development part.
_JOIN = 0.1
#: What an I- label costs that follows no label of its kind, and what one costs that opens a line.
_BAN = 1e4
_BEFORE = re.compile(r"\b(?:(?:[A-Z]\.\s?)+\s?|[A-Z]\w{0,8}['’-])$")
_REST = re.compile(r"(?:-?\w+)*")


@dataclass(slots=True)
class Name:
    """A name in the article: `kind` is person, organization, place or nationality."""

    span: Span
    kind: str


@dataclass(slots=True)
class Marks:
    """What the encoder says of an article, in text order."""

    relations: list[Relation]
    names: list[Name]


def mark(document: Document) -> None:
    """Fill `document.marks` from the article's sentences; `document.sentences` must be there."""
    text, places, headlines = _article(document)
    cut = pieces(text)
    seen = encode(cut)
    opens = np.array(cut.features, np.int64) % 2 == 1
    role_spans = _decoded(_combined(seen, len(cut), "roles"), opens)
    name_spans = _decoded(_combined(seen, len(cut), "names"), opens)
    titles = sum(start < headlines for start, _ in cut.spans)
    relations = []
    for relation in _joined(seen, role_spans, titles):
        source, cue, content = (_placed(cut, found, places) for found in relation)
        relations.append(Relation(source, cue, content))
    relations.sort(key=lambda found: min(found.content + found.cue))
    spans = _placed(cut, [(start, end) for _, start, end in name_spans], places)
    kinds = [_NAMES[label] for label, _, _ in name_spans]
    document.marks = Marks(relations, _whole(document.text, [Name(*found) for found in zip(spans, kinds, strict=True)]))


def _whole(text: str, names: list[Name]) -> list[Name]:
    """Names grown to whole words, and joined where two of a kind stand side by side."""
    found: list[Name] = []
    for name in names:
        start, end = name.span
        tail = _REST.match(text, end)
        initials = _BEFORE.search(text, max(0, start - 12), start) if name.kind == "person" else None
        span = (initials.start() if initials else start, tail.end() if tail and text[end - 1].isalnum() else end)
        if found and found[-1].kind == name.kind and text[found[-1].span[1] : start] == " ":
            found[-1].span = (found[-1].span[0], span[1])
        else:
            found.append(Name(span, name.kind))
    return found


def _article(document: Document) -> tuple[str, list[tuple[int, int]], int]:
    """The article alone: its text without furniture and datelines, where its runs come from, where the title ends.

    Each run is (start in the text, start in the page).
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = headline = 0
    for sentence, last in _lines(document.sentences):
        start = lead_in(document.text, *sentence.span) if sentence.kind == "body" else sentence.span[0]
        words = document.text[start : last.span[1]]
        places.append((at, start))
        parts.append(words)
        at += len(words) + 1
        if sentence.kind == "title":
            headline = at
    return "\n".join(parts), places, headline


def _lines(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """First and last sentence of each line of the article."""
    for _, line in groupby(sentences, key=lambda sentence: sentence.line):
        held = list(line)
        yield held[0], held[-1]


def _combined(seen: list[Window], count: int, head: str) -> Array:
    """Log-probabilities a piece; where windows overlap, the one that sees it more centrally weighs more."""
    if not seen:
        return np.zeros((0, 7), np.float32)
    total: Array = np.zeros((count, getattr(seen[0], head).shape[1]), np.float32)
    weight = np.zeros((count, 1), np.float32)
    for window in seen:
        size = window.end - window.start
        central = (np.minimum(np.arange(size), np.arange(size)[::-1])[:, None] + 1).astype(np.float32) ** 2
        total[window.start : window.end] += central * getattr(window, head)[1:]
        weight[window.start : window.end] += central
    result: Array = total / weight
    return result


def _decoded(scores: Array, opens: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Best label path in which an I- label only follows its own B- or I-; as (B- label, first piece, end piece).

    No span runs over a line's end: `opens` tells the pieces that open a line.
    """
    if not len(scores):
        return []
    labels = scores.shape[1]
    inner = (np.arange(labels) % 2 == 0) & (np.arange(labels) > 0)
    scores = np.where(opens[:, None] & inner, np.float32(-_BAN), scores)
    scores[0, inner] = -_BAN
    # Plain numbers: for so few labels, a call of numpy takes longer than the sums themselves.
    first, *rest = scores.tolist()
    value: list[float] = first
    back: list[list[int]] = []
    for row in rest:
        top = value.index(max(value))
        origin = [top] * labels
        reached = [value[top]] * labels
        for inside in range(2, labels, 2):
            own = inside if value[inside] > value[inside - 1] else inside - 1
            banned = value[top] - _BAN > value[own]
            origin[inside] = top if banned else own
            reached[inside] = value[top] - _BAN if banned else value[own]
        value = [before + score for before, score in zip(reached, row, strict=True)]
        back.append(origin)
    path = [value.index(max(value))]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    path.reverse()
    found: list[tuple[int, int, int]] = []
    for at, label in enumerate(path):
        if label % 2:
            found.append((label, at, at + 1))
        elif label:
            found[-1] = (*found[-1][:2], at + 1)
    return found


def _joined(
    seen: list[Window], spans: list[tuple[int, int, int]], titles: int
) -> Iterable[tuple[list[Span], list[Span], list[Span]]]:
    """Relations as piece ranges: each cue with the source it points to and the contents that point to it.

    Content that points to no cue stands alone, and a cue to which none points too. The first `titles` pieces are the
    headline's, which shares no relation with the text.
    """
    sources = _Parts([(a, b) for label, a, b in spans if label == _SOURCE], titles)
    cues = _Parts([(a, b) for label, a, b in spans if label == _CUE], titles)
    contents = [(a, b) for label, a, b in spans if label == _CONTENT]
    grouped: dict[Span, list[Span]] = {cue: [] for cue in cues.headline + cues.text}
    alone: list[Span] = []
    for content in contents:
        cue = _target(seen, content, cues)
        if cue is None:
            alone.append(content)
        else:
            grouped[cue].append(content)
    for cue, held in grouped.items():
        source = _target(seen, cue, sources)
        yield ([source] if source else []), [cue], held
    for content in alone:
        yield [], [], [content]


class _Parts:
    """Spans of one kind in order, those of the headline (the first `titles` pieces) apart from those of the text."""

    def __init__(self, spans: list[Span], titles: int) -> None:
        self.titles = titles
        self.headline = [span for span in spans if span[0] < titles]
        self.text = [span for span in spans if span[0] >= titles]

    def within(self, window: Window, part_of: Span) -> list[Span]:
        """The spans that lie in a window, and in the same part as another span."""
        spans = self.headline if part_of[0] < self.titles else self.text
        first = bisect_left(spans, window.start, key=lambda span: span[0])
        last = bisect_right(spans, window.end, key=lambda span: span[1])
        return spans[first:last]


def _target(seen: list[Window], span: Span, candidates: _Parts) -> Span | None:
    """The candidate on which most of the span's link mass falls, if that is enough."""
    best: tuple[float, Span | None] = (_JOIN, None)
    first = bisect_right(seen, span[0], key=lambda window: window.end)
    last = bisect_left(seen, span[1], key=lambda window: window.start)
    for window in seen[first:last]:
        start, end = max(span[0], window.start), min(span[1], window.end)
        if (end - start) * 2 < min(span[1] - span[0], 64):
            continue
        near = candidates.within(window, span)
        if not near:
            continue
        offset = 1 - window.start
        product = window.dependent[start + offset : end + offset] @ window.head.T
        mass = np.exp(product - product.max(axis=1, keepdims=True))
        share = (mass / mass.sum(axis=1, keepdims=True)).mean(axis=0)
        for candidate in near:
            held = float(share[candidate[0] + offset : candidate[1] + offset].sum())
            best = max(best, (held, candidate), key=lambda found: found[0])
    return best[1]


def _placed(cut: Pieces, found: list[Span], places: list[tuple[int, int]]) -> list[Span]:
    """Piece ranges as spans of the page."""
    result: list[Span] = []
    for first, last in found:
        start, end = cut.spans[first][0], cut.spans[last - 1][1]
        at, page_at = places[bisect_right(places, start, key=lambda place: place[0]) - 1]
        result.append((start - at + page_at, end - at + page_at))
    return result
