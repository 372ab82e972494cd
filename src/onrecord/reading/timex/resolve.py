"""Works out what the findings of one text mean, in order, for one supposed day of writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from onrecord.reading.periods import Period, add
from onrecord.reading.timex import clock, counted, dates, feasts, lengths, parts
from onrecord.reading.timex.grammar import Finding
from onrecord.reading.timex.meaning import Case, Context, Meaning, of_period
from onrecord.reading.timex.tense import closed, direction, joined, until
from onrecord.reading.timex.tokens import Token

#: What `do` of a rule names.
ACTIONS: dict[str, Callable[[Case, Context], Meaning | None]] = {
    "iso": dates.iso,
    "numeric": dates.numeric,
    "date": dates.named_date,
    "first_of_two": dates.first_of_two,
    "attack": dates.attack,
    "second_of_two": dates.second_of_two,
    "short_second": dates.short_second,
    "weekday": dates.weekday,
    "fiscal": dates.fiscal,
    "decade": dates.decade,
    "century": dates.century,
    "season": dates.season,
    "holiday": feasts.holiday,
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
    "some_later": counted.some_later,
    "from_day": counted.from_day,
    "later": counted.later,
    "that": counted.that,
    "nth": parts.nth,
    "edge": parts.edge,
    "clock": clock.clock,
    "daypart": clock.daypart,
    "duration": lengths.duration,
    "half_a": lengths.half_a,
    "some_units": lengths.some_units,
    "window": lengths.window,
    "within": lengths.within,
    "coming": lengths.coming,
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
        self._last: tuple[Finding, Meaning | None] | None = None

    def read(self, text: str, tokens: list[Token], findings: list[Finding]) -> list[Meaning | None]:
        """The meaning of each finding; None for what turns out to be no time."""
        meanings = []
        self._last = None
        for finding in findings:
            span = tokens[finding.first].start, tokens[finding.last - 1].end
            meanings.append(self._meaning(text[span[0] : span[1]], tokens, finding))
        self._seen += len(tokens)
        return meanings

    def _meaning(self, words: str, tokens: list[Token], finding: Finding) -> Meaning | None:
        at = self._seen + finding.first
        looks, close = direction(tokens, finding.first, finding.last)
        if looks in finding.rule.settings.get("unsure", ()):
            looks = 0
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
        if meaning:
            meaning = self._by_then(self._after_first(meaning, tokens, finding), tokens, finding)
        self._last = finding, meaning
        if meaning and meaning.period and meaning.type != "DURATION":
            self._context.named, self._named_at = meaning.period, at
        self._compare(meaning, finding.rule.action, case, is_ended=closed(tokens, finding.last))
        return meaning

    def _after_first(self, meaning: Meaning, tokens: list[Token], finding: Finding) -> Meaning:
        """The second date of a range, "from Thursday to Monday": the first such day or month from the first date on."""
        begin = self._last[1].period if self._last and self._last[1] else None
        if self._last is None or begin is None or meaning.period is None or meaning.period.unit != begin.unit:
            return meaning
        first, action, values = self._last[0], finding.rule.action, finding.values
        if first.rule.action not in (action, "first_of_two") or meaning.type != "DATE":
            return meaning
        if not joined(tokens, first.first, first.last, finding.first):
            return meaning
        day = meaning.period.first
        if action == "weekday" and not {"last", "next", "this", "following", "preceding"} & values.keys():
            day = add(begin.first, "day", (day - begin.first).days % 7) or day
        elif action == "date" and not {"sure_year", "year", "short_year", "unit1"} & values.keys():
            years = (begin.first.year - day.year) + ((day.month, day.day) < (begin.first.month, begin.first.day))
            day = add(day, "year", years) or day
        if day == meaning.period.first:
            return meaning
        return of_period(Period(begin.unit, day)) or meaning

    def _by_then(self, meaning: Meaning, tokens: list[Token], finding: Finding) -> Meaning:
        """ "By the end of the year": any day from that of writing on."""
        written = self._context.written
        if not {"part", "stage"} & finding.values.keys() and finding.rule.action != "unit_end":
            return meaning
        if written is None or meaning.last is None or meaning.last < written or not until(tokens, finding.first):
            return meaning
        return replace(meaning, first=written)

    def _compare(self, meaning: Meaning | None, action: str, case: Case, *, is_ended: bool) -> None:
        """Keeps track of what the page's results are of: a quarter, or something longer."""
        context = self._context
        if meaning is None:
            return
        if action in _QUARTERS and meaning.period and meaning.period.unit == "quarter":
            ended, written, known = meaning.period.last, context.written, context.quarter
            recent = written is None or timedelta(0) <= written - ended < _RECENT
            if known is None or is_ended or (recent and ended >= known.last):  # an older one is only compared with
                context.compared = meaning.period
                if action != "same_quarter":
                    context.quarter = meaning.period
        elif case.unit() in ("month", "year") and action in ("duration", "window", "whole", "the_unit"):
            context.compared = None
