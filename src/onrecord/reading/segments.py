"""The second step of reading: which lines are the article, and what the others are."""

from __future__ import annotations

from onrecord.analysis import Segment
from onrecord.reading.bodiness import bodiness
from onrecord.reading.document import Document
from onrecord.reading.furniture import kinds_of
from onrecord.reading.headline import find_headline
from onrecord.reading.lines import Line, lines_of
from onrecord.reading.region import body_of

#: The share of a page's words beyond which it is all article.
_ALL = 0.9
_OTHER = frozenset({"figcaption", "nav", "button"})
#: Words of a line that is a sentence rather than a label.
_LONG = 9


def segment(document: Document) -> None:
    """Fill in `segments`: runs of lines of one kind, in order, that together hold every line that is not blank.

    Of a headline given by the caller or by the page's head the line that prints it is looked for; a page that prints
    none has no segment of kind `title`.
    """
    lines = lines_of(document)
    markup = bool(document.blocks and document.blocks[0].tags)
    likely = bodiness(lines, markup=markup)
    for at in _marked_up_as_other(lines) if markup else _teasers(lines):
        likely[at] = 0.0
    chosen = [p > 0.5 for p in likely] if markup else body_of(likely.tolist(), [line.count for line in lines])
    if not markup:
        _fill(lines, chosen)
    said = [document.page.given.get("title", ""), document.head.get("title", ""), document.head.get("heading", "")]
    title = find_headline(lines, likely, chosen, [one for one in said if one])
    own = [at for at, inside in enumerate(chosen) if inside and at != title]
    kinds = kinds_of(lines, own, title, document.head.get("description", ""))
    document.segments = []
    for line, kind in zip(lines, kinds, strict=True):
        start, end = line.block.span
        last = document.segments[-1] if document.segments else None
        if last and last.kind == kind:
            last.span = (last.span[0], end)
        else:
            document.segments.append(Segment(kind, (start, end)))


def _fill(lines: list[Line], chosen: list[bool]) -> None:
    """Where a page is hardly more than the article, take in what stands in it unmarked: verse, names, asides."""
    inside = [at for at, one in enumerate(chosen) if one]
    words = sum(line.count for line in lines)
    if not inside or sum(lines[at].count for at in inside) < _ALL * words:
        return
    for at in range(inside[0], inside[-1]):
        if lines[at].tokens and not lines[at].marks and not lines[at].days and not lines[at].address:
            chosen[at] = True


def _marked_up_as_other(lines: list[Line]) -> list[int]:
    """Lines in elements that by the HTML standard are not the running text: captions, navigation, controls, footers.

    The footer of a quotation names its source, which is part of the text.
    """

    def other(tags: tuple[str, ...]) -> bool:
        return not _OTHER.isdisjoint(tags) or ("footer" in tags and "blockquote" not in tags)

    return [at for at, line in enumerate(lines) if other(line.block.tags)]


def _teasers(lines: list[Line]) -> list[int]:
    """Lines of a list of other stories: under a label, at least two sentences, each below a line without words."""
    found: list[int] = []
    run: list[int] = []
    labelled = False
    for at, line in enumerate(lines):
        announced = at > 0 and not lines[at - 1].tokens
        if not line.tokens:
            continue
        if announced and line.count >= _LONG:
            run.append(at)
            continue
        if labelled and len(run) > 1:
            found += run
        run = []
        labelled = "line:related" in line.marks
    return found + run if labelled and len(run) > 1 else found
