"""Forecasts: what a sentence looks ahead to, and how what it says stands against what came."""

from __future__ import annotations

import random
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import onrecord
from onrecord.analysis import Analysis, Interval, Published, Statement
from onrecord.outlook import Forecast
from onrecord.reading.outlook import outlook
from onrecord.record.forecasts import Told, forecasters, forecasts
from onrecord.record.rows import ForecastRow, Step
from onrecord.terminal.ladder import forecasts_view
from record_pages import PageMaker

#: A Thursday.
DAY = "2031-10-16"
OPENING = "Chile and Peru have agreed on the text of a border treaty, officials said."


def page(*sentences: str, published: str | None = DAY, **fields: Any) -> Analysis:
    maker = PageMaker("a.txt", "Border treaty", " ".join([OPENING, *sentences]), published)
    maker.agreement(OPENING, "concluded", "CHL PER", **fields)
    maker.analysis.times.extend(onrecord.times(maker.text, published))
    return maker.analysis


def ahead(*sentences: str, **fields: Any) -> list[tuple[str, str | None, str | None, bool]]:
    found, _ = outlook(page(*sentences, **fields))
    return [(one.step, one.window.earliest, one.window.latest, one.hope) for one in found]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("soon", DAY, None),
        ("in the coming weeks", DAY, None),
        ("in the near future", DAY, None),
        ("on 17 January", "2032-01-17", "2032-01-17"),
        ("next month", "2031-11-01", "2031-11-30"),
        ("by the end of the year", DAY, "2031-12-31"),
        ("by March", DAY, "2032-03-31"),
        ("before March", DAY, "2032-02-29"),
        ("before the end of the year", DAY, "2031-12-31"),
        ("no later than 3 November", DAY, "2031-11-03"),
        ("within two weeks", DAY, "2031-10-30"),
        ("tomorrow", "2031-10-17", "2031-10-17"),
        ("before the year is out", DAY, "2031-12-31"),
        ("in time for the summit in December", "2031-12-01", "2031-12-31"),
        ("within days", DAY, None),
        ("before long", DAY, None),
        ("at the earliest opportunity", DAY, None),
        ("when the president of Chile visits Lima", DAY, None),
        ("around the turn of the year", "2031-12-01", "2032-01-31"),
        ("in Lima", None, None),
    ],
)
def test_the_words_give_the_window(words: str, first: str | None, last: str | None) -> None:
    assert ahead(f"The treaty will be signed {words}.") == [("signed", first, last, False)]


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("The ministers will sign the treaty in Lima next month.", "signed"),
        ("The two countries are to initial the treaty next month.", "concluded"),
        ("The treaty will enter into force next month.", "in_force"),
        ("Both countries will ratify the treaty next month.", "ratified"),
        ("Peru's parliament will ratify the treaty next month.", "ratifying"),
        ("Peru's congress is to vote on the treaty next month.", "ratifying"),
        ("The Senate will take up the treaty next month.", "ratifying"),
        ("The signing of the treaty is expected next month.", "signed"),
        ("Signing is planned for next month.", "signed"),
        ("Ratification by both countries is due next month.", "ratified"),
        ("Officials expect entry into force next month.", "in_force"),
        ("The signing has been moved to next month.", "signed"),
        ("A signing ceremony will be held in Lima next month.", "signed"),
        ("It is to be signed next month.", "signed"),
        ("The presidents will put pen to paper next month.", "signed"),
        ("The treaty, to be signed next month, has 40 articles.", "signed"),
        ("The ministers expect the treaty to be signed next month.", "signed"),
        ("The sides will conclude the treaty next month.", "signed"),
        ("Next month the president will fly to Lima and sign the treaty.", "signed"),
        ("President Rojas flies to Lima next month to sign the treaty.", "signed"),
        ("The treaty is on course to take effect next month.", "in_force"),
    ],
)
def test_the_verb_gives_the_step(sentence: str, step: str) -> None:
    assert ahead(sentence) == [(step, "2031-11-01", "2031-11-30", False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty could be signed next month.",
        "The ministers hope to sign the treaty next month.",
        "The treaty may be signed next month, officials believe.",
        "Chile aims to sign the treaty next month.",
        "Chile urged Peru to sign the treaty next month.",
        "The deadline for signing the treaty is next month.",
        "The ministers hope to see the treaty signed next month.",
    ],
)
def test_a_hope_is_no_forecast(sentence: str) -> None:
    assert ahead(sentence) == [("signed", "2031-11-01", "2031-11-30", True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty was signed last month.",
        "The ministers will visit a copper mine next month.",
        "Peru has denied that the treaty was signed on Monday.",
        "Asked when the treaty would be signed, the minister named no day next month.",
        "The treaty was signed and will be signed again next month.",
        "The ministers will sign an action plan for 2032.",
        "The action plan for 2031-2035 will be signed by ministers.",
        "Experts begin negotiations on the treaty next month to finalise the details.",
        "The ministers failed to sign the treaty next month.",
        "No date has been set for the signing of the treaty.",
        "When the treaty will be signed next month remains open.",
        "The treaty could be signed in Lima.",
        "The president will sign a decree on fisheries next month.",
        "The regulation is set to take effect next month.",
        "The treaty would allow the ministers to ratify a protocol next month.",
        "Officials have been trying to sign the treaty next month.",
        "The treaty takes effect 30 days after ratification.",
        "The treaty will strengthen trade next year.",
    ],
)
def test_what_looks_back_or_has_no_time_is_no_forecast(sentence: str) -> None:
    assert ahead(sentence) == []


def told_of(*sentences: str, **fields: Any) -> Forecast:
    (found,), _ = outlook(page(*sentences, **fields))
    return found


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("The treaty will not be signed this year.", "2031-12-31"),
        ("The treaty is unlikely to be signed this year.", "2031-12-31"),
        ("The minister ruled out that the treaty would be signed this year.", "2031-12-31"),
        ("The treaty will not be signed before March.", "2032-02-29"),
        ("The treaty will not be signed until March.", "2032-02-29"),
        ("No signing is expected this year.", "2031-12-31"),
    ],
)
def test_that_a_step_will_not_come_is_a_forecast(sentence: str, last: str) -> None:
    found = told_of(sentence)
    assert (found.step, found.negative, found.window.latest) == ("signed", True, last)


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty will be signed next month if the Senate agrees.",
        "Once it is read, the treaty will be signed next month.",
    ],
)
def test_what_waits_for_something_else_is_kept_apart(sentence: str) -> None:
    assert told_of(sentence).condition
    assert not told_of("The treaty will be signed as soon as next month.").condition


def test_what_a_page_looks_back_on_was_forecast_before() -> None:
    found = told_of("The treaty was to be signed on 29 September, but the minister fell ill.")
    assert (found.window, found.made) == (Interval("2031-09-29", "2031-09-29"), Interval(None, DAY))
    found = told_of("In March the ministry had expected the presidents to sign the treaty before long.")
    assert (found.made, found.window) == (Interval("2031-03-01", "2031-03-31"), Interval("2031-03-01", None))


def test_on_that_day_is_the_day_told_before() -> None:
    day_told = "The president of Peru comes to Santiago on 17 January."
    found = told_of(day_told, "The two will meet on that day and put their signatures to the treaty.")
    assert found.window == Interval("2032-01-17", "2032-01-17")


def test_a_sentence_without_a_day_says_nothing_more_where_another_names_one() -> None:
    assert ahead("The treaty will be signed in Lima.", "The treaty will be signed next month.") == [
        ("signed", "2031-11-01", "2031-11-30", False)
    ]


def test_the_year_of_by_the_end_of_the_year_is_that_of_the_saying() -> None:
    (found,) = ahead("The treaty will be signed by the end of the year.", published="2030-12-30")
    assert found == ("signed", "2030-12-30", "2030-12-31", False)


def test_a_vote_is_of_the_party_that_is_named() -> None:
    assert told_of("Peru's congress is to vote on the treaty next month.").party == "PER"
    assert told_of("Congress is to vote on the treaty next month.").party is None


def test_a_speaker_inside_what_is_said_says_the_rest_too() -> None:
    sentence = "The ministers, Rojas added, will sign the treaty next month."
    analysis = page(sentence)
    start = analysis.text.index(sentence)
    said = Statement("s1", [(start + 15, start + 20)], [(start + 21, start + 26)], [(start, start + 13)])
    analysis.statements.append(said)
    assert [one.statement for one in outlook(analysis)[0]] == ["s1"]


def test_a_forecast_that_is_denied_is_none() -> None:
    sentence = "Lima contested a report that the treaty would be signed next month."
    analysis = page(sentence)
    start = analysis.text.index(sentence)
    denial = Statement("s1", [(start, start + 4)], [(start + 5, start + 14)], [(start + 15, start + 67)])
    analysis.statements.append(denial)
    assert [one.statement for one in outlook(analysis)[0]] == ["s1"]
    denial.act = "deny"
    assert outlook(analysis)[0] == []


def test_a_page_without_a_date_forecasts_no_day_that_its_words_do_not_give() -> None:
    (found,) = ahead("The treaty will be signed soon.", published=None)
    assert found == ("signed", None, None, False)


def test_a_headline_says_again_what_its_page_says() -> None:
    body = "Chile and Peru will sign their border treaty on 17 January, the foreign minister said."
    maker = PageMaker("a.txt", "Chile and Peru to sign border treaty on 17 January", body, DAY)
    maker.agreement(body, "scheduled", "CHL PER")
    maker.analysis.times.extend(onrecord.times(maker.text, DAY))
    (found,), _ = outlook(maker.analysis)
    assert maker.text[slice(*found.span)] == body


@pytest.mark.parametrize(
    ("sentence", "relation", "year"),
    [
        ("The treaty replaces one from 1998.", "replaces", 1998),
        ("It is to succeed a treaty of 1998, which is still valid.", "replaces", 1998),
        ("The new treaty takes the place of an older one of March 1998.", "replaces", 1998),
        ("It amends the treaty of 1998.", "amends", 1998),
    ],
)
def test_older_agreements_that_it_follows(sentence: str, relation: str, year: int) -> None:
    _, found = outlook(page(sentence))
    assert [(one.relation, one.year) for one in found] == [(relation, year)]


@pytest.mark.parametrize(
    "sentence",
    ["A general replaces the minister next month.", "The treaty was praised by those who signed it.", "It extends."],
)
def test_other_words_name_no_older_agreement(sentence: str) -> None:
    assert outlook(page(sentence))[1] == []


def test_no_sentence_however_odd_ends_the_reading() -> None:
    odd = "The treaty will be signed by by by before before within two weeks of of of 9999 " * 300
    outlook(page(odd))


NO_DAY = Interval()


def day(text: str | None) -> Interval:
    first, _, last = (text or "").partition("/")
    return Interval(first or None, last or first or None)


def told(
    window: Interval, made: str | None = DAY, *, page: int = 1, speaker: str | None = "Ana Rojas", **fields: Any
) -> Told:
    values = {"step": "signed", "hope": False, "group": page, "number": 0} | fields
    more = {name: fields[name] for name in ("condition", "negative", "party") if name in fields}
    forecast = Forecast(0, values["step"], window, day(made), values["hope"], (0, 9), None, **more)
    published = Published(made, made, "stated" if made else "unknown")
    return Told(
        page, values["number"], values["group"], f"{page:02}.txt", published, forecast, "It was said.", speaker,
        (speaker,) if speaker else (),
    )  # fmt: skip


def step(stage: str, when: str, **fields: Any) -> Step:
    return Step(
        stage,  # type: ignore[arg-type]
        fields.get("condition"), day(when), None, Published(), "z.txt", (0, 5), fields.get("words", "Said."), None, [],
        fields.get("sources", 1),
    )  # fmt: skip


def rows(
    *said: Told, steps: tuple[Step, ...] = (), heard: str | None = None, today: str | None = "2032-06-30"
) -> list[ForecastRow]:
    shuffled = list(said)
    random.Random(3).shuffle(shuffled)  # noqa: S311 - order must not matter
    found = forecasts(said, "x", steps, heard or today, today)
    assert found == forecasts(shuffled, "x", steps, heard or today, today)
    return found


SIGNED = (step("signed", "2032-01-17"),)


@pytest.mark.parametrize(
    ("window", "steps", "standing", "late", "took"),
    [
        (day("2032-01-17"), SIGNED, "kept", 0, 93),
        (day("2032-01-01/2032-01-31"), SIGNED, "kept", 0, 93),
        (Interval(None, "2032-02-01"), SIGNED, "kept", 0, 93),
        (day("2031-11-01/2031-11-30"), SIGNED, "late", 48, 93),
        (day("2032-02-01/2032-02-29"), SIGNED, "early", -15, 93),
        (Interval(DAY, None), SIGNED, "came", None, 93),
        (Interval(DAY, None), (), "open", None, None),
        (day("2032-06-30"), (), "open", None, None),
        (day("2032-06-29"), (), "missed", None, None),
        (day("2032-01-17"), (step("signed", "2032-01-01/2032-01-31"),), "came", 0, None),
        (day("2032-01-17"), (step("signed", "2031-10-02"),), "overtaken", -107, None),
        (day("2032-01-17"), (step("signed", "2032-01-17", condition="stalled"),), "missed", None, None),
        (day("2032-01-17"), (step("ratified", "2032-01-10"),), "early", -7, None),
        (day("2032-01-17"), (step("scheduled", "2032-01-10"),), "missed", None, None),
        (day("2032-01-17"), (step("signed", "2031-02-03"), *SIGNED), "kept", 0, 93),
    ],
)
def test_a_forecast_is_held_against_what_came(
    window: Interval, steps: tuple[Step, ...], standing: str, late: int | None, took: int | None
) -> None:
    (row,) = rows(told(window), steps=steps)
    assert (row.standing, row.late, row.took) == (standing, late, took)


@pytest.mark.parametrize(
    ("window", "steps", "standing"),
    [
        (day("2031-10-16/2031-12-31"), SIGNED, "kept"),
        (day("2031-10-16/2032-01-31"), SIGNED, "missed"),
        (Interval(), SIGNED, "missed"),
        (day("2031-10-16/2031-12-31"), (), "kept"),
        (day("2031-10-16/2032-12-31"), (), "open"),
    ],
)
def test_that_it_will_not_come_is_kept_where_it_does_not(
    window: Interval, steps: tuple[Step, ...], standing: str
) -> None:
    (row,) = rows(told(window, negative=True), steps=steps)
    assert (row.standing, row.negative, row.late, row.took) == (standing, True, None, None)


def test_a_vote_is_held_against_the_vote_of_its_party() -> None:
    votes = (
        step("ratifying", "2031-10-16", words="Chile's lower house voted for it."),
        step("ratifying", "2031-11-03", words="Chile's Senate voted for it, Peru's congress has not."),
        step("ratifying", "2031-12-01", words="Lawmakers in Lima voted for it."),
    )
    for party, came, standing in (
        ("PER", "2031-12-01", "late"),
        ("CHL", "2031-11-03", "kept"),
        (None, "2031-11-03", "kept"),
    ):
        (row,) = rows(told(day("2031-11-01/2031-11-30"), step="ratifying", party=party), steps=votes)
        assert row.came is not None
        assert (row.came.latest, row.standing) == (came, standing)
    (row,) = rows(told(day("2032-01-01/2032-01-31"), step="ratifying"), steps=votes)
    assert (row.standing, row.late) == ("came", None)


def test_a_window_that_is_over_is_missed_only_where_a_later_report_does_not_have_the_step() -> None:
    window = day("2032-01-17")
    assert [row.standing for row in rows(told(window), heard="2032-01-18")] == ["missed"]
    assert [row.standing for row in rows(told(window), heard="2032-01-17")] == ["untold"]
    assert [row.standing for row in rows(told(window), heard="2032-01-17", today="2032-01-17")] == ["open"]


def test_the_same_said_again_is_one_forecast_with_its_repeats() -> None:
    january = day("2032-01-17")
    (row,) = rows(
        told(january, page=1),
        told(january, "2031-12-01", page=2, speaker="Rojas"),
        told(january, "2031-12-02", page=3, group=2, speaker=None),
        told(january, "2031-12-05", page=4),
    )
    assert (row.made.latest, row.speaker) == (DAY, "Ana Rojas")
    assert [(one.path, one.copies) for one in row.repeats] == [("02.txt", 1), ("04.txt", 0)]


def test_other_speakers_windows_and_steps_are_other_forecasts() -> None:
    january = day("2032-01-17")
    found = rows(
        told(january, page=1),
        told(january, page=2, speaker="Luis Quispe"),
        told(january, page=3, speaker=None),
        told(january, page=4, hope=True),
        told(day("2032-01-18"), page=5),
        told(january, page=6, step="in_force"),
        told(january, page=7, condition=True),
        told(january, page=8, negative=True),
    )
    assert len(found) == 8


def test_speakers_stand_by_what_came_of_their_forecasts_and_hopes_count_for_nobody() -> None:
    found = rows(
        told(day("2032-01-17"), page=1),
        told(day("2031-11-30"), page=2),
        told(day("2031-12-31"), page=3),
        told(day("2031-12-01"), page=4, hope=True),
        told(day("2032-01-17"), page=5, speaker="Luis Quispe", hope=True),
        told(day("2032-01-17"), page=6, speaker=None),
        told(day("2032-01-17"), page=7, condition=True),
        steps=SIGNED,
    )
    first, second = forecasters(found)
    assert (first.speaker, first.forecasts, first.kept, first.late, first.median_late) == ("Ana Rojas", 3, 1, 2, 32.5)
    assert (second.speaker, second.forecasts, second.median_late) == (None, 1, None)


days = st.integers(0, 400).map(lambda number: (date(2031, 9, 1) + timedelta(number)).isoformat())
spans = st.tuples(days, days).map(lambda pair: Interval(*sorted(pair)))


@given(spans, days, st.none() | spans, days)
def test_a_forecast_stands_in_one_way_and_its_numbers_agree(
    window: Interval, made: str, came: Interval | None, today: str
) -> None:
    steps = () if came is None else (step("signed", f"{came.earliest}/{came.latest}"),)
    (row,) = rows(told(window, made), steps=steps, today=today)
    assert (row.came is None) == (row.standing in ("open", "missed", "untold"))
    if row.standing == "missed":
        assert (window.latest or "") < today
    if row.standing == "late":
        assert row.late is not None and row.late > 0
    if row.standing == "early":
        assert row.late is not None and row.late < 0
    if row.standing == "kept":
        assert row.late == 0


def test_the_screen_says_how_a_forecast_is_meant() -> None:
    january = day("2032-01-17")
    found = rows(told(january, negative=True), told(january, page=2, condition=True, hope=True), told(NO_DAY, page=3))
    console = Console(width=200, record=True, file=StringIO())
    for part in forecasts_view(found, forecasters(found)):
        console.print(part)
    text = console.export_text()
    assert "not: signed, 2032-01-17" in text
    assert "hoped for, on a condition: signed, 2032-01-17" in text
    assert "signed, at a time that is not told" in text
