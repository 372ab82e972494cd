"""Works out what the findings of one text mean, in order, for one supposed day of writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.reading.timex import clock, counted, dates, lengths
from onrecord.reading.timex.grammar import Finding
from onrecord.reading.timex.meaning import Case, Context, Meaning
from onrecord.reading.timex.tense import direction
from onrecord.reading.timex.tokens import Token

#: What `do` of a rule names.
ACTIONS: dict[str, Callable[[Case, Context], Meaning | None]] = {
    "iso": dates.iso,
    "numeric": dates.numeric,
    "date": dates.named_date,
    "first_of_two": dates.named_date,
    "second_of_two": dates.second_of_two,
    "short_second": dates.short_second,
    "weekday": dates.weekday,
    "fiscal": dates.fiscal,
    "decade": dates.decade,
    "century": dates.century,
    "season": dates.season,
    "holiday": dates.holiday,
    "quarter": dates.quarter,
    "quarter_to": dates.quarter_to,
    "same_quarter": dates.same_quarter,
    "this_quarter": dates.this_quarter,
    "year_earlier": dates.year_earlier,
    "half": dates.half,
    "first_some": dates.first_some,
    "week_of": dates.week_of,
    "today": counted.today,
    "this": counted.this,
    "the_unit": counted.the_unit,
    "unit_end": counted.unit_end,
    "ago": counted.ago,
    "one_day": counted.one_day,
    "from_day": counted.from_day,
    "later": counted.later,
    "that": counted.that,
    "clock": clock.clock,
    "daypart": clock.daypart,
    "duration": lengths.duration,
    "half_a": lengths.half_a,
    "some_units": lengths.some_units,
    "window": lengths.window,
    "past_one": lengths.past_one,
    "whole": lengths.whole,
    "every": lengths.every,
    "rate": lengths.rate,
    "every_name": lengths.every_name,
    "frequency": lengths.frequency,
    "fixed": lengths.fixed,
    "ref": lengths.reference,
}
#: The actions that name a quarter which results can be of.
_QUARTERS = frozenset({"quarter", "quarter_to", "same_quarter"})
#: A quarter that ended no longer ago can be the one whose results the page reports.
_RECENT = timedelta(days=230)
#: How many tokens a date stays the one just named.
_NEAR = 40


class Reader:
    """Resolves findings one stretch of text after another, remembering what was named."""

    def __init__(self, written: date | None) -> None:
        self._context = Context(written)
        self._named_at = -_NEAR
        self._seen = 0

    def read(self, text: str, tokens: list[Token], findings: list[Finding]) -> list[Meaning | None]:
        """The meaning of each finding; None for what turns out to be no time."""
        meanings = []
        for finding in findings:
            span = tokens[finding.first].start, tokens[finding.last - 1].end
            meanings.append(self._meaning(text[span[0] : span[1]], tokens, finding))
        self._seen += len(tokens)
        return meanings

    def _meaning(self, words: str, tokens: list[Token], finding: Finding) -> Meaning | None:
        at = self._seen + finding.first
        looks, close = direction(tokens, finding.first, finding.last)
        case = Case(
            finding.values,
            finding.rule.settings,
            looks,
            words,
            close,
            at - self._named_at < _NEAR,
        )
        try:
            meaning = ACTIONS[finding.rule.action](case, self._context)
        except (ValueError, OverflowError):  # a year outside the calendar
            return None
        if meaning and meaning.period and meaning.type != "DURATION":
            self._context.named, self._named_at = meaning.period, at
        self._compare(meaning, finding.rule.action, case)
        return meaning

    def _compare(self, meaning: Meaning | None, action: str, case: Case) -> None:
        """Keeps track of what the page's results are of: a quarter, or something longer."""
        context = self._context
        if meaning is None:
            return
        if action in _QUARTERS and meaning.period and meaning.period.unit == "quarter":
            ended, written = meaning.period.last, context.written
            if written is None or context.compared is None or timedelta(0) <= written - ended < _RECENT:
                context.compared = meaning.period
                if action != "same_quarter":
                    context.quarter = meaning.period
        elif case.unit() in ("month", "year") and action in ("duration", "window", "whole", "the_unit"):
            context.compared = None
