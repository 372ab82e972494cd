"""Of the lines of a page that are not body, which are what: captions, bylines, dates, other stories, menus."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.analysis import SegmentKind
from onrecord.lexicon import table
from onrecord.reading.bylines import without_lead
from onrecord.reading.furnishing import (
    appeals,
    counts_comments,
    ends_in_credit,
    is_authorship,
    is_bio,
    is_byline,
    is_caption,
    is_counter,
    is_label,
    is_picture_credit,
    is_sharing,
    starts_with,
    talks,
    words_beside_dates,
)
from onrecord.reading.headline import same_words
from onrecord.reading.lines import Line
from onrecord.reading.outlets import outlet_named

_AGENCY = r"\([A-Z][\w /-]{1,30}\)\W{0,4}$"
_DATELINE = re.compile(
    rf"[^a-z]{{2,40}},.{{0,60}}{_AGENCY}|[^\W\d_][\w .'-]{{1,30}}, [^()]{{4,30}}{_AGENCY}"
    r"|[A-Z][A-Z .'-]{2,30}, [^()]{4,30}$"
)
_CRUMBS = re.compile(r"[^\W\d_].{0,40}?\s?(?:[»›>]|→)\s?[^\W_].{0,60}?\s?(?:[»›>]|→)|home\s?[»›>/|]", re.IGNORECASE)
_RIGHTS = re.compile(r"[(\s]{0,2}(?:©|copyright\s[©\d])", re.IGNORECASE)
_ALONE = re.compile(r"\W{0,3}(?:https?://|www\.)\S+$|\S{1,60}@\S{1,60}\.\w{2,8}$")
#: Attribute words that settle the kind of a line of furniture, first match first.
_BY_ATTRIBUTE: tuple[SegmentKind, ...] = (
    "comments", "caption", "credit", "byline", "timestamp", "promotion", "related", "navigation", "boilerplate",
)  # fmt: skip
_WHOLE_LINES: tuple[SegmentKind, ...] = ("promotion", "navigation", "boilerplate", "credit", "section")
_BELOW: tuple[SegmentKind, ...] = ("related", "comments", "navigation", "promotion", "boilerplate")
#: Words of a sentence; of a line that says little; words that a line of dates can have besides, far from the headline
#: and next to it; lines above the headline that can belong to the article.
_LONG, _SHORT, _FEW, _MORE, _REACH = 9, 16, 4, 9, 6
#: Words of a headline at least; lines that a thread of comments goes on without a sign of being one; so many lines that
#: count comments stand in lists of stories, each below its own.
_FEWEST, _THREAD, _COUNTERS = 6, 12, 3


def kinds_of(lines: list[Line], body: list[int], title: int | None, described: str) -> list[SegmentKind]:
    """The kind of each line, given the numbers of the lines that are body and of the headline.

    `described` is how the page's head describes the article, which its standfirst often repeats.
    """
    return _Kinds(lines, body, title, described).all()


class _Kinds:
    """One pass over the lines of a page, top to bottom."""

    def __init__(self, lines: list[Line], body: list[int], title: int | None, described: str) -> None:
        self.lines, self.title = lines, title
        self.inside = set(body)
        self.first, self.last = (body[0], body[-1]) if body else (len(lines), -1)
        self.headline = same_words(lines[title].text) if title is not None else ()
        self.described = same_words(described)
        self.times = Counter(line.text for line in lines if line.count <= _LONG)
        self.counters = sum(is_counter(line) for line in lines)
        self.heard = 0
        self.authored = False
        self.kinds: list[SegmentKind] = []
        self.section: SegmentKind | None = None

    def all(self) -> list[SegmentKind]:
        for at, line in enumerate(self.lines):
            if at == self.title:
                kind: SegmentKind = "title"
                self.section = None
            elif at in self.inside and not _is_stray(line):
                kind = "body"
                self.section = None
            else:
                kind = self.furniture(at, line)
                self.section = self.opened(at, line, kind)
            self.kinds.append(kind)
        _settle_bare(self.lines, self.kinds)
        return self.kinds

    def opened(self, at: int, line: Line, kind: SegmentKind) -> SegmentKind | None:
        """The kind of the lines under a label, as far as this line opens or closes a run.

        Comments go on as long as they show: by their times, their heads ("Ana says:") and the controls below them.
        """
        if talks(line):
            self.heard = at
        self.authored = self.authored or kind == "byline" or (kind == "timestamp" and "by" in line.tokens)
        if "line:comments" in line.marks or (kind == "comments" and counts_comments(line)):
            if line.bullet or (is_counter(line) and self.counters >= _COUNTERS):
                return self.section
            return "comments" if at > (self.first if self.inside else self.title or 0) else None
        if kind == "section":
            return "related" if self.section != "comments" or is_label(line) else self.section
        if self.section == "comments":
            closed = "line:boilerplate" in line.marks or _RIGHTS.match(line.text) or at - self.heard > _THREAD
            return None if closed else self.section
        return None if kind in ("boilerplate", "navigation") else self.section

    def furniture(self, at: int, line: Line) -> SegmentKind:
        marks, short = line.marks, line.count < _SHORT
        start = self.title if self.title is not None else self.first
        above = start - _REACH <= at < self.first
        after_title = self.title is not None and self.title < at < self.first
        between = self.first < at < self.last
        near = above or after_title or between
        if is_sharing(line):
            return "promotion"
        if "line:comments" in marks or counts_comments(line):
            return "comments" if at > start else "navigation"
        if starts_with(line, "tags") and (at > self.last or line.count < _LONG):
            return "navigation"
        if is_label(line):
            return "navigation" if at < start and line.bullet else "section"
        if self.repeats_headline(line):
            return "navigation" if at < self.last else "related"
        if _DATELINE.match(line.text) and line.days and short:
            return "dateline"
        if kind := self.dated(line, at):
            return kind
        if after_title and self.is_dek(line):
            return "dek"
        if kind := self.by_attribute(line, near):
            return kind
        if _RIGHTS.match(line.text):
            pictured = near and is_picture_credit(line, longest=60)
            return "boilerplate" if not pictured else "credit" if line.count < _LONG else "caption"
        if is_authorship(line):
            return "byline"
        if near and "start:credit" in marks and not without_lead(line.text)[1] and is_picture_credit(line):
            return "credit"
        if (near or at <= self.last + 3) and is_byline(
            line, led_only=self.section is not None or self.times[line.text] > 2 or not self.awaits_name(at)
        ):
            return "byline"
        if near and is_picture_credit(line):
            return "credit"
        if near and short and outlet_named(line.text):
            return "credit"
        if _CRUMBS.match(line.text) and not line.final:
            return "navigation"
        for named in _WHOLE_LINES:
            if f"line:{named}" in marks:
                return "navigation" if named == "credit" and line.bullet and not near else named
        return self.unmarked(at, line, near, after_title)

    def unmarked(self, at: int, line: Line, near: bool, after_title: bool) -> SegmentKind:
        """The kind of a line that neither its markup nor its whole wording settles."""
        marks, short = line.marks, line.count < _SHORT
        if short and appeals(line):
            return "promotion"
        if "inside:boilerplate" in marks or ("start:boilerplate" in marks and short):
            return "boilerplate"
        if _ALONE.match(line.text):
            return "boilerplate"
        if "start:comments" in marks and short and not (line.bullet and at < self.first):
            return "comments"
        beside = near or 0 < at - self.last <= _REACH
        if "start:credit" in marks and short and not line.final and (is_picture_credit(line) or beside):
            return "credit" if near or not line.bullet else "navigation"
        if line.count >= 4 and (
            (near and (is_caption(line) or not marks.isdisjoint(_CAPTIONED)))
            or (at > self.last and self.section is None and ends_in_credit(line.text))
        ):
            return "caption"
        if "start:promotion" in marks or "inside:promotion" in marks or appeals(line):
            return "promotion"
        if self.section == "comments":
            return "comments" if not line.bullet or line.final else "navigation" if line.count < _FEWEST else "related"
        if at > self.last and (is_bio(line) or ("inside:boast" in marks and line.final) or "@" in line.text):
            return "boilerplate"
        if starts_with(line, "neighbours"):
            return "related"
        if after_title and self.section is None and not line.bullet and line.count >= _LONG:
            if "dek" not in self.kinds[self.title or 0 :]:
                return "dek" if line.final or line.count < 40 else "caption"
            return "dek" if self.kinds[-1] == "dek" else "caption"
        if near and line.count >= 6 and self.section is None and not line.bullet and self.beside(at):
            return "caption"
        if self.section == "related" or "start:related" in marks or line.count >= _FEWEST:
            return "related"
        if line.address or "inside:boast" in marks:
            return "boilerplate"
        return "navigation"

    def dated(self, line: Line, at: int) -> SegmentKind | None:
        """Timestamp, for lines that say when the page or a part of it was published, and little else."""
        start = self.title if self.title is not None else self.first
        beside = start - 2 <= at <= min(self.first, start + 12)
        if line.days and words_beside_dates(line) <= (_MORE if beside else _FEW):
            return "timestamp"
        if beside and line.clock and line.count < 8 and words_beside_dates(line) <= 1:
            return "timestamp"
        clock = "inside:clock" in line.marks or ("start:timestamp" in line.marks and line.count < 8)
        if clock and line.count < 8 and words_beside_dates(line) <= _MORE and not starts_with(line, "tags"):
            return None if is_authorship(line) else "timestamp"
        return None

    def beside(self, at: int) -> bool:
        """Whether a line is on the article or right above it, nothing but lines without words between."""
        start = self.title if self.title is not None else self.first
        return at >= start or not any(line.tokens for line in self.lines[at + 1 : start])

    def awaits_name(self, at: int) -> bool:
        """Whether a name alone can be the author's: on the article, which names nobody yet but right above it."""
        inside = self.first < at < self.last or (self.title is not None and self.title < at < self.first)
        return inside and (not self.authored or self.kinds[-1] in ("byline", "timestamp"))

    def repeats_headline(self, line: Line) -> bool:
        """Whether a line prints the headline once more, alone or after a few words of its own."""
        size = len(self.headline)
        if size < 3 or not size <= line.count <= size + 6:
            return False
        words = same_words(line.text)
        return words[-size:] == self.headline

    def is_dek(self, line: Line) -> bool:
        """Whether a line below the headline is the standfirst by what the head says or by its markup."""
        words = same_words(line.text)
        if len(words) < 4 or line.bullet:
            return False
        said = self.described[: len(words)]
        if words == said or (len(said) > 8 and words[: len(said)] == said):
            return True
        named = line.block.attributes
        known = table("furniture")["attributes"]
        return (
            not named.isdisjoint(_DEK)
            and named.isdisjoint(known["caption"])
            and named.isdisjoint(known["promotion"])
            and not is_caption(line)
            and not line.days
        )

    def by_attribute(self, line: Line, near: bool) -> SegmentKind | None:
        """The kind that the markup gives a line, where its words do not speak against it."""
        kind = _by_attribute(line)
        if kind and starts_with(line, "tags"):
            return "navigation"
        if kind not in (None, "caption", "comments") and line.count > 3 and starts_with(line, "neighbours"):
            return "related"
        if kind == "caption":
            return "credit" if is_picture_credit(line) else "caption" if line.count > 1 else None
        if kind == "byline":
            if is_byline(line, led_only=False) or is_authorship(line):
                return "byline"
            if line.count > _LONG or "inside:promotion" in line.marks or appeals(line):
                return "promotion" if "inside:promotion" in line.marks or appeals(line) else "boilerplate"
            return "byline" if near and line.capitals == line.count and not line.address else None
        if kind == "timestamp" and (words_beside_dates(line) > _MORE or "*" not in line.tokens):
            return None
        if kind == "promotion" and line.count >= 5 and line.block.linked > 0.5 and line.marks.isdisjoint(_PROMOTED):
            return "related"
        return kind


_DEK = frozenset({"dek", "deck", "standfirst", "subtitle", "subheadline", "subhead", "strapline"})
_CAPTIONED = frozenset({"inside:caption", "inside:credit", "start:caption"})
_PROMOTED = frozenset({"start:promotion", "inside:promotion", "line:promotion"})


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


def _is_stray(line: Line) -> bool:
    """Whether a line that stands in the article is a button or the label of a list of stories, by all of its words."""
    if line.final or line.block.tags or line.count > 6:
        return False
    return is_sharing(line) or "line:promotion" in line.marks or (line.count > 2 and is_label(line))


def _settle_bare(lines: list[Line], kinds: list[SegmentKind]) -> None:
    """Lines without a word (lone dashes, rows of icons) go with the furniture below them, else above."""
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].tokens or kinds[at] == "body":
            continue
        below = kinds[at + 1] if at + 1 < len(lines) else None
        kinds[at] = below if below in _BELOW else "navigation"
