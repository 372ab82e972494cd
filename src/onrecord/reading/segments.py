"""The second step of reading: which lines are the article, and what the others are."""

from __future__ import annotations

import re

from onrecord.analysis import Segment, SegmentKind
from onrecord.lexicon import table
from onrecord.reading.bodiness import bodiness
from onrecord.reading.document import Document
from onrecord.reading.headline import find_headline
from onrecord.reading.lines import Line, lines_of
from onrecord.reading.outlets import outlet_named
from onrecord.reading.region import body_of

_BYLINE = re.compile(r"by:?\s+[\"“]?[^\W\d_]", re.IGNORECASE)
_AGENCY = r"\([A-Z][\w /-]{1,30}\)\W{0,4}$"
_DATELINE = re.compile(
    rf"[^a-z]{{2,40}},.{{0,60}}{_AGENCY}|[^\W\d_][\w .'-]{{1,30}}, [^()]{{4,30}}{_AGENCY}"
    r"|[A-Z][A-Z .'-]{2,30}, [^()]{4,30}$"
)
#: The share of a page's words beyond which it is all article.
_ALL = 0.9
_OTHER = frozenset({"figcaption", "nav", "button"})
#: Attribute words that settle the kind of a line of furniture, first match first.
_BY_ATTRIBUTE: tuple[SegmentKind, ...] = (
    "comments", "caption", "credit", "byline", "timestamp", "promotion", "related", "navigation", "boilerplate",
)  # fmt: skip
#: Words of a line that is a sentence rather than a label, and words that a date line can have besides.
_LONG, _FEW = 9, 4
_WORD = re.compile(r"[^\W\d_]+")


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
    kinds = _kinds(lines, [at for at, inside in enumerate(chosen) if inside and at != title], title)
    document.segments = []
    for line, kind in zip(lines, kinds, strict=True):
        start, end = line.block.span
        last = document.segments[-1] if document.segments else None
        if last and last.kind == kind:
            last.span = (last.span[0], end)
        else:
            document.segments.append(Segment(kind, (start, end)))


def _kinds(lines: list[Line], body: list[int], title: int | None) -> list[SegmentKind]:
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    inside = set(body)
    kinds: list[SegmentKind] = []
    section: SegmentKind | None = None
    for at, line in enumerate(lines):
        if at == title:
            kind: SegmentKind = "title"
            section = None
        elif at in inside:
            kind = "body"
            section = None
        else:
            before_body = (title if title is not None else first) - 6 <= at < first
            kind = _furniture(
                line,
                section,
                above=before_body,
                after_title=title is not None and title < at < first,
                between=first < at < last,
            )
            section = _opened(line, kind, section)
        kinds.append(kind)
    _settle_bare(lines, kinds)
    return kinds


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
    """Lines in elements that by the HTML standard are not the running text: captions, navigation, controls."""
    return [at for at, line in enumerate(lines) if not _OTHER.isdisjoint(line.block.tags)]


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


def _opened(line: Line, kind: SegmentKind, section: SegmentKind | None) -> SegmentKind | None:
    """The kind of the lines under a label, as far as this line opens or closes a run."""
    if "line:comments" in line.marks:
        return "comments"
    if kind == "section":
        return "related" if section != "comments" or "line:related" in line.marks else section
    if kind in ("boilerplate", "navigation"):
        return None
    return section


def _furniture(
    line: Line, section: SegmentKind | None, *, above: bool, after_title: bool, between: bool
) -> SegmentKind:
    marks, short = line.marks, line.count < 16
    named = _by_attribute(line)
    if "line:comments" in marks:
        return "comments"
    if "line:related" in marks:
        return "section"
    if _DATELINE.match(line.text) and line.days and short:
        return "dateline"
    if line.days and _only_dates(line):
        return "timestamp"
    if short and (line.days or "inside:clock" in marks or "start:timestamp" in marks and line.count < 8):
        return "timestamp"
    if named:
        return named
    if short and outlet_named(line.text):
        return "credit"
    if _BYLINE.match(line.text) and line.count <= 14:
        return "byline"
    for kind in ("promotion", "navigation", "boilerplate", "credit", "section"):
        if f"line:{kind}" in marks:
            return kind
    if "inside:boilerplate" in marks or "start:boilerplate" in marks and short:
        return "boilerplate"
    if "start:comments" in marks and short:
        return "comments"
    if "start:credit" in marks and short and not line.final:
        return "credit"
    caption = "inside:caption" in marks or "inside:credit" in marks or "start:caption" in marks
    if (above or between or after_title) and line.count >= 4 and caption:
        return "caption"
    if "start:promotion" in marks or "inside:promotion" in marks:
        return "promotion"
    if section == "comments":
        return "comments"
    if after_title and section is None and not line.bullet:
        if 2 <= line.count <= 5 and line.capitals == line.count and not line.final and ":" not in line.text:
            return "byline"
        if line.count >= _LONG:
            return "dek" if line.final or line.count < 40 else "caption"
    if (above or between) and line.count >= 6 and section is None and not line.bullet:
        return "caption"
    if section == "related" or "start:related" in marks or line.count >= 6:
        return "related"
    if line.address or "inside:boast" in marks:
        return "boilerplate"
    return "navigation"


def _only_dates(line: Line) -> bool:
    """Whether a line has hardly a word besides its dates, what labels them, and clock times."""
    rest = line.text
    for printed in reversed(line.days):
        rest = rest[: printed.start] + " " + rest[printed.end :]
    known = table("publication")
    usual = {
        *known["glue"],
        *known["first"],
        *known["later"],
        *(day for names in table("calendar")["weekdays"]["en"] for day in names),
    }
    return sum(word.lower() not in usual for word in _WORD.findall(rest)) <= _FEW


def _by_attribute(line: Line) -> SegmentKind | None:
    if not line.block.tags:
        return None
    tags, names = frozenset(line.block.tags), table("furniture")["attributes"]
    if "figcaption" in tags:
        return "caption"
    if "nav" in tags:
        return "navigation"
    for kind in _BY_ATTRIBUTE:
        if not line.block.attributes.isdisjoint(names[kind]):
            return kind
    if "footer" in tags:
        return "boilerplate"
    return None


def _settle_bare(lines: list[Line], kinds: list[SegmentKind]) -> None:
    """Lines without a word (lone dashes, rows of icons) go with the furniture below them, else above."""
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].tokens or kinds[at] == "body":
            continue
        below = kinds[at + 1] if at + 1 < len(lines) else None
        kinds[at] = (
            below if below in ("related", "comments", "navigation", "promotion", "boilerplate") else "navigation"
        )
