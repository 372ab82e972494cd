"""The proof that nothing is on record without words on a stored page: every span is read again from its bytes."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec

from onrecord.analysis import Agreement, Analysis, Span
from onrecord.page import Page
from onrecord.record.bounding.bound import Bound
from onrecord.record.rows import Step
from onrecord.record.store import joined

TextOf = Callable[[Page], str]


class Spanned(msgspec.Struct):
    """The part of what is kept as JSON that says where it stands."""

    span: Span


def mismatches(connection: sqlite3.Connection, text_of: TextOf) -> Iterator[str]:
    """What on the record does not agree with the stored pages, one sentence for each; nothing if all does.

    `text_of` gives the text of a page from its bytes. Checked are the SHA-256 of the bytes, the text, that all spans
    lie within it, and that the words kept of statements, agreements, their steps, the evidence for days of
    publication and lines of furniture are those of their spans.
    """
    pages = connection.execute(
        "SELECT page, path, sha256, media_type, data, sources.analysis, undated.analysis FROM pages"
        " JOIN sources USING(page) LEFT JOIN undated USING(page) ORDER BY path, page"
    )
    for page, path, sha256, media_type, packed, *blobs in pages:
        try:
            data = zlib.decompress(packed)
            readings = [msgspec.json.decode(zlib.decompress(blob), type=Analysis) for blob in blobs if blob]
        except (zlib.error, msgspec.DecodeError) as error:
            yield f"{path}: what is stored of it cannot be read: {error}"
            continue
        if hashlib.sha256(data).hexdigest() != sha256 or any(one.sha256 != sha256 for one in readings):
            yield f"{path}: the stored bytes do not have the SHA-256 {sha256}"
        text = text_of(Page(path, data, media_type, sha256))
        if any(text != one.text for one in readings):
            yield f"{path}: its bytes do not give the text that was analysed"
        for what, span in chain.from_iterable(map(_spans, readings)):
            if not 0 <= span[0] <= span[1] <= len(text):
                yield f"{path}: {what} at {span[0]}-{span[1]} lies outside the text"
        for what, kept, spans in _kept(connection, page):
            if joined(text, spans) != kept:
                yield f"{path}: {what} is not what stands on the page: {kept!r}"


def _spans(analysis: Analysis) -> Iterator[tuple[str, Span]]:
    """Every span of an analysis, with what it is of."""
    for segment in analysis.segments:
        yield f"a segment ({segment.kind})", segment.span
    for span in analysis.published.evidence:
        yield "the evidence for the date", span
    for time in analysis.times:
        yield f"a time ({time.value})", time.span
    for actor in analysis.actors:
        for span in actor.mentions:
            yield f"a mention of {actor.name}", span
    for statement in analysis.statements:
        for span in [*statement.source, *statement.cue, *statement.content]:
            yield f"statement {statement.id}", span
    for event in analysis.events:
        yield f"event {event.id}", event.span
    for agreement in analysis.agreements:
        yield "an agreement", agreement.span


def _kept(connection: sqlite3.Connection, page: int) -> Iterator[tuple[str, str, list[Span]]]:
    """The words kept of a page outside its analysis, with their spans."""
    for identity, source, cue, content, spans in connection.execute(
        "SELECT id, source_text, cue_text, text, spans FROM statements WHERE page=?", (page,)
    ):
        three = msgspec.json.decode(spans, type=tuple[list[Span], list[Span], list[Span]])
        for what, kept, where in zip(("source", "cue", "content"), (source, cue, content), three, strict=True):
            yield f"the {what} of statement {identity}", kept, where
    for entry, words in connection.execute("SELECT entry, words FROM reports WHERE page=?", (page,)):
        yield "an agreement's sentence", words, [msgspec.json.decode(entry, type=Agreement).span]
    for words, forecast in connection.execute("SELECT words, forecast FROM forecasts WHERE page=?", (page,)):
        yield "a forecast", words, [msgspec.json.decode(forecast, type=Spanned).span]
    for words, relative in connection.execute("SELECT words, relative FROM relatives WHERE page=?", (page,)):
        yield "what stands of an older agreement", words, [msgspec.json.decode(relative, type=Spanned).span]
    for words, bound in connection.execute("SELECT words, bound FROM bounds WHERE page=?", (page,)):
        yield "the evidence for its day", words, [msgspec.json.decode(bound, type=Bound).own]
    for words, bound in connection.execute("SELECT other_words, bound FROM bounds WHERE other=?", (page,)):
        yield "the evidence for another page's day", words, [msgspec.json.decode(bound, type=Bound).other]
    for words, span in connection.execute("SELECT words, span FROM furniture WHERE page=?", (page,)):
        yield "a line of furniture", words, [msgspec.json.decode(span, type=Span)]
    for agreement, step, words in connection.execute("SELECT agreement, step, words FROM steps WHERE page=?", (page,)):
        decoded = msgspec.json.decode(step, type=Step)
        yield f"a step of {agreement}", words, [decoded.span]
        yield f"a step of {agreement}", decoded.words, [decoded.span]
