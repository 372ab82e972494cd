"""By whose words a page tells of an agreement: the statement that carries a report, if one does."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.analysis import Span, Statement
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_signs import Sign
from onrecord.reading.cues import grammar, is_deed, is_saying
from onrecord.reading.document import Document
from onrecord.reading.outlets import is_medium
from onrecord.reading.spans import Spans

#: What a sentence is about is named in no more characters.
_TOPIC = 200


class Voices:
    """The statements of a page that can carry a report: somebody's words, not a deed that is marked like one."""

    def __init__(self, document: Document) -> None:
        sentences = Spans(sentence.span for sentence in document.sentences)
        media = {actor.id for actor in document.actors if is_medium(actor.name)}
        self._held: dict[Span, Statement] = {}
        self._passed_on: set[str] = set()
        for statement in document.statements:
            cue = " ".join(map(document.words, statement.cue))
            if (statement.speaker or statement.source) and not is_deed(cue) and (is_saying(cue) or not statement.cue):
                if statement.speaker in media:
                    self._passed_on.add(statement.id)
                for span in (*_stretches(statement, sentences), *_topic(document, statement)):
                    self._held.setdefault(span, statement)
        self._spans = Spans(self._held)

    def of(self, report: Report, sign: Sign | None) -> Statement | None:
        """The statement that tells what a report says of its agreement, or None: the page itself tells it.

        Its content holds the cue that decides what is told, or what befell the agreement, or else its mention. Of
        several the innermost counts, which is within the others.
        """
        told = sign.span if sign else report.befell if report.condition else report.mention.span
        return self._holding(report, told) or self._holding(report, report.mention.span)

    def at_first_hand(self, report: Report, sign: Sign | None) -> bool:
        """Whether somebody tells it who is no outlet that only passes on what others tell."""
        statement = self.of(report, sign)
        return statement is not None and statement.id not in self._passed_on

    def _holding(self, report: Report, told: Span) -> Statement | None:
        place = (report.part[0] + told[0], report.part[0] + told[1])
        holding = [self._spans.sorted[number] for number in self._spans.meeting(place)]
        holding = [span for span in holding if span[0] <= place[0] and place[1] <= span[1]]
        return self._held[min(holding, key=lambda span: (span[1] - span[0], span))] if holding else None


def _topic(document: Document, statement: Statement) -> Iterator[Span]:
    """What a sentence names first as that of which it tells somebody's words: "On the talks, Lind said ..."."""
    first = min((span[0] for span in statement.source), default=0)
    sentence = document.sentence_at(first)
    if sentence is None or not statement.content or statement.content[0][0] < first:
        return
    if first - sentence.span[0] > _TOPIC:
        return
    words = document.text[sentence.span[0] : first].lower().split()
    if len(words) > 1 and words[0] in grammar("topics") and not grammar("occasions") & set(words):
        yield sentence.span[0], first


def _stretches(statement: Statement, sentences: Spans) -> Iterator[Span]:
    """What the content of a statement reaches from and to in each sentence."""
    reach: dict[int, Span] = {}
    for span in statement.content:
        for number in sentences.meeting(span):
            start, end = sentences.sorted[number]
            first, last = reach.get(number, span)
            reach[number] = (max(start, min(first, span[0])), min(end, max(last, span[1])))
    yield from reach.values()
