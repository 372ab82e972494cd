"""A page as it was read: furniture dimmed, statements marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.analysis import ARTICLE, Analysis, Segment, Span
from onrecord.terminal import words
from onrecord.terminal.parts import Heading, grid

#: How the parts of a statement are marked; the roles of an attribution relation (PARC 3.0).
STYLES = {"content": "green", "source": "bold cyan", "cue": "bold yellow"}


def page_view(analysis: Analysis) -> Iterator[RenderableType]:
    """The head of a page, a legend, its segments in order, and its statements one by one."""
    yield _head(analysis)
    yield Text.assemble("marks: ", *((f"{role} ", style) for role, style in STYLES.items()), ("furniture", "dim"))
    yield Heading()
    marks = sorted(_marks(analysis))
    before = ""
    for segment in analysis.segments:
        yield _segment(analysis.text, segment, marks, named=segment.kind != before)
        before = segment.kind
    if analysis.statements:
        yield Heading("statements")
        yield _statements(analysis)


def _head(analysis: Analysis) -> Table:
    table = grid({"width": 10, "style": "dim"}, {"ratio": 1})
    published = analysis.published
    known = published.earliest or published.latest
    facts = {
        "page": analysis.path,
        "address": analysis.url,
        "title": analysis.title,
        "publisher": analysis.publisher,
        "wire": analysis.wire,
        "byline": analysis.byline,
        "published": f"{words.days(published)} ({published.basis})" if known else "not known",
        "SHA-256": analysis.sha256,
    }
    for name, fact in facts.items():
        if fact:
            table.add_row(name, Text(words.line(fact)))
    for problem in analysis.problems:
        table.add_row("problem", Text(words.line(problem), "red"))
    return table


def _marks(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    for statement in analysis.statements:
        for role, spans in (("content", statement.content), ("source", statement.source), ("cue", statement.cue)):
            for span in spans:
                yield (span[0], span[1]), STYLES[role]


def _segment(text: str, segment: Segment, marks: list[tuple[Span, str]], *, named: bool) -> Table:
    start, end = segment.span
    shown = Text(words.clean(text[start:end]), "" if segment.kind in ARTICLE else "dim")
    for (first, last), style in marks:
        if first < end and last > start:
            shown.stylize(style, max(first - start, 0), min(last, end) - start)
    shown.rstrip()
    table = grid({"width": 11, "style": "dim"}, {"ratio": 1})
    table.add_row(segment.kind if named else "", shown)
    return table


def _statements(analysis: Analysis) -> Table:
    names = {actor.id: actor.name for actor in analysis.actors}
    table = grid({"no_wrap": True, "style": "dim"}, {"ratio": 1})
    for statement in analysis.statements:
        source = _words(analysis.text, statement.source)
        speaker = names.get(statement.speaker) if statement.speaker else None
        through = words.carriers(speaker, [names.get(link, link) for link in statement.chain])
        act = words.act(statement.act)
        cue, content = (words.line(_words(analysis.text, spans), 320) for spans in (statement.cue, statement.content))
        line = Text.assemble(
            (words.speaker(speaker, source), STYLES["source"]),
            f"{through}{',' if through else ''} {act}",
            (f" [{cue}]" if cue not in ("", act) else "", STYLES["cue"]),
            ("\n" + content, STYLES["content"]),
        )
        table.add_row(Text(statement.id), line)
    return table


def _words(text: str, spans: list[Span]) -> str:
    return " … ".join(text[start:end] for start, end in spans)
