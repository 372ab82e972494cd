"""When a step of an agreement was taken, its steps at home, and what it takes the place of."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.analysis import Analysis, Interval, Statement
from onrecord.reading.agreement_clauses import is_of_cue
from onrecord.reading.agreement_words import agreement_words
from onrecord.reading.agreements import find_agreements
from onrecord.reading.outlook_relatives import find_relatives
from test_agreements import DAY, current, only, read

MARCH = ("2011-03-01", "2011-03-31")
MAY = ("2019-05-01", "2019-05-31")
SPRING = ("2019-03-01", "2019-03-31")
MONDAY = ("2019-05-13", "2019-05-13")
OPEN: tuple[str | None, str | None] = (None, None)


def days(when: Interval) -> tuple[str | None, str | None]:
    return when.earliest, when.latest


def belongs(sentence: str, cue: str, day: str) -> bool:
    document = read("Border", sentence)
    start = document.text.index(sentence)
    places = [(start + sentence.index(words), start + sentence.index(words) + len(words)) for words in (cue, day)]
    return is_of_cue(document, start, places[0], places[1], agreement_words())


@pytest.mark.parametrize(
    ("sentence", "cue", "day", "own"),
    [
        ("The pact has been in force for years and was signed in March.", "in force", "March", False),
        ("The pact has been in force for years and was signed in March.", "signed", "March", True),
        ("It was signed in March and has been in force since.", "in force", "March", False),
        ("It was signed and ratified in March.", "signed", "March", True),
        ("The treaty signed in March was ratified by parliament.", "ratified", "March", False),
        ("Oslo ratified the treaty that was signed in March.", "ratified", "March", False),
        ("Oslo ratified the treaty signed in Turku in March.", "ratified", "March", False),
        ("On Monday the ministers signed a treaty that took years.", "signed", "Monday", True),
        ("The leaders met on Monday and signed the treaty.", "signed", "Monday", True),
        ("After he visited Turku in March, the minister signed the treaty.", "signed", "March", False),
        ("The treaty was signed by United and Nordic envoys in March.", "signed", "March", True),
        ("The talks broke down in March.", "talks", "March", True),
        ("The pact, which envoys of the two small states signed in March, was ratified.", "ratified", "March", False),
        ("They welcomed last month's accord reached by both sides.", "reached", "last month", True),
    ],
)
def test_a_date_belongs_to_the_verb_of_its_clause(sentence: str, cue: str, day: str, own: bool) -> None:
    assert belongs(sentence, cue, day) is own


@given(st.text("ab ,;and was signed whoethatdn-.'", max_size=120), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_any_stretch_of_text_can_be_asked_about(words: str, one: int, other: int) -> None:
    document = read("Border", words or "x")
    assert is_of_cue(document, 7, (7 + one, 8 + one), (7 + other, 8 + other), agreement_words()) in (True, False)


def test_an_old_treaty_in_force_is_dated_by_its_signature_only() -> None:
    document = read(
        "Norway and Finland discuss a border treaty",
        "Norway and Finland are negotiating a border treaty.",
        "It is to replace a treaty that has been in force for long years and was signed in Turku in March 2011.",
        times={"March 2011": MARCH},
    )
    old = [agreement for agreement in document.agreements if agreement.background]
    assert [(agreement.stage, days(agreement.when)) for agreement in old] == [("in_force", OPEN), ("signed", MARCH)]


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Norway is violating the border treaty with Finland.", (None, DAY)),
        ("The border treaty between Norway and Finland is in force.", (None, DAY)),
        ("The border treaty between Norway and Finland entered into force.", (DAY, DAY)),
        ("The border treaty between Norway and Finland has been in force since March 2019.", SPRING),
        ("Norway broke the border treaty with Finland on Monday.", (None, MONDAY[1])),
    ],
)  # fmt: skip
def test_what_goes_on_began_no_later_than_it_is_told(sentence: str, when: tuple[str | None, str]) -> None:
    times: Any = {"March 2019": SPRING, "Monday": MONDAY}
    found = only("Border", sentence, times={words: day for words, day in times.items() if words in sentence})
    assert (found.stage, days(found.when)) == ("in_force", when)


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Fishermen criticised a border deal reached between Norway and Finland.", (None, DAY)),
        ("Norway has already signed the border treaty with Finland.", (None, DAY)),
        ("Norway and Finland signed a border treaty.", (DAY, DAY)),
    ],
)
def test_what_is_only_mentioned_was_so_by_then(sentence: str, when: tuple[str | None, str]) -> None:
    assert days(only("Border", sentence).when) == when


@pytest.mark.parametrize(
    ("sentence", "said", "stage", "when"),
    [
        ("Norway hopes to sign a border treaty with Finland", MONDAY, "negotiating", MONDAY),
        ("Norway hopes to sign a border treaty with Finland", (None, DAY), "negotiating", OPEN),
        ("Norway is to sign a border treaty with Finland", MONDAY, "concluded", (None, MONDAY[1])),
    ],
)
def test_a_step_that_nothing_else_dates_was_so_when_it_was_said(
    sentence: str, said: tuple[str | None, str], stage: str, when: tuple[str | None, str | None]
) -> None:
    document = read("Border", f"{sentence}, the minister said.")
    document.agreements.clear()
    start = document.text.index(sentence)
    end = start + len(sentence)
    document.statements.append(
        Statement(
            "s1", [(end + 2, end + 14)], [(end + 15, end + 19)], [(start, end)], speaker="a1", said=Interval(*said)
        )
    )
    find_agreements(document)
    (found,) = current(document)
    assert (found.stage, days(found.when)) == (stage, when)


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        (["Norway is completing internal procedures needed for the border treaty with Finland to enter into force."],
         "ratifying"),
        (["Internal procedures for the entry into force of the border treaty between Norway and Finland have been done "
          "with, and Oslo has completed the formalities required for it to take effect."], "ratifying"),
        (["Norway is done with ratification of the border treaty with Finland."], "ratifying"),
        (["Norway has just ratified the border treaty with Finland."], "ratifying"),
        (["Norway has completed its own ratification of the border treaty with Finland."], "ratifying"),
        (["Norway and Finland have a border treaty.", "Both have ratified it."], "ratified"),
        (["Norway and Finland signed a border treaty last year.", "Oslo said its own procedures were finished."],
         "ratifying"),
        (["The border treaty between Norway and Finland, signed in March, is undergoing domestic approval procedures."],
         "ratifying"),
        (["Ratification procedures for the border treaty between Norway and Finland are under way.",
          "The treaty will be signed in June."], "procedures"),
        (["Norway is finishing domestic procedures to sign a border treaty with Finland."], "procedures"),
        (["The Norwegian parliament gave its final approval to the border treaty with Finland."], "ratifying"),
        (["Norway's king signed the border treaty with Finland into law."], "ratifying"),
        (["Norway begins ratification of the border treaty with Finland."], "ratifying"),
        (["Norway will begin ratification of the border treaty with Finland."], "signed"),
        (["With Finland's vote, ratification of the border treaty with Norway is complete."], "ratified"),
        (["Norway and Finland notified each other that domestic procedures for their border treaty were complete."],
         "ratified"),
        (["After ratification by both sides, the border treaty between Norway and Finland entered into force."],
         "in_force"),
        (["Once ratified by both parliaments, the border treaty between Norway and Finland enters into force."],
         "signed"),
        (["Norway and Finland signed a border treaty.",
          "It will enter into force after both sides have completed the internal procedures for its entry into force."],
         "signed"),
        (["Norway and Finland signed a border treaty.", "It takes effect once ratification procedures are completed."],
         "signed"),
    ],
)  # fmt: skip
def test_steps_at_home_are_told_by_whether_it_is_signed(body: list[str], stage: str) -> None:
    assert only("Border", *body).stage == stage


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("It replaces an interim agreement of 2011.", [2011]),
        ("It replaces their 2011 border pact.", [2011]),
        ("It is to replace a treaty on fishing that has been in force for years and was signed in March 2011.", [2011]),
        ("The interim deal that the two signed in May 2011 was upgraded to the full treaty.", [2011]),
        ("The provisional pact of 2011 gave way to the new treaty.", [2011]),
        ("It turns their provisional 2011 pact into a lasting one.", [2011]),
        ("It replaces the old truce that ended the 1940-44 war.", [None]),
        ("It replaces the existing agreement.", [None]),
        ("Minister Berg replaced Dahl after a deal in parliament in 2017.", []),
        ("Sweden and Denmark are to replace their 1999 fisheries pact with a new one.", []),
        ("It replaces nothing.", []),
    ],
)
def test_what_an_agreement_takes_the_place_of(sentence: str, years: list[int | None]) -> None:
    document = read("Border", "Norway and Finland signed a border treaty.", sentence)
    page = cast(Analysis, SimpleNamespace(agreements=document.agreements))
    assert [(one.agreement, one.relation, one.year) for one in find_relatives(document, page)] == [
        (0, "replaces", year) for year in years
    ]


def test_a_long_line_is_dated_in_reasonable_time() -> None:
    line = "Norway and Finland signed and was in force and which was signed in March 2011, after it was agreed " * 3000
    begun = time.perf_counter()
    read("Border treaty", line, times={"March 2011": MARCH})
    assert time.perf_counter() - begun < 5


def test_talks_that_are_to_begin_on_a_day_are_expected_then() -> None:
    text = "Border talks between Norway and Finland are set to resume in Oslo on Thursday, the ministry in Oslo said."
    (found,) = onrecord.analyze(text.encode(), published="2019-05-14").agreements
    assert (found.stage, found.expected.earliest, found.expected.latest) == ("negotiating", "2019-05-16", "2019-05-16")


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        ("The bill came to parliament on May 4, a day after the treaty was signed.", {("signed", "2016-05-03")}),
        ("The ministers signed it on March 3, on April 8 the Storting ratified it, and four days later the king did.",
         {("signed", "2016-03-03"), ("ratifying", "2016-04-08")}),
        ("The ministers signed in Turku, on April 8 the Storting ratified the treaty, and a week later the king did.",
         {("ratifying", "2016-04-08")}),
        ("The text was initialled on February 2 and the Finnish government approved it on March 10.",
         {("concluded", "2016-02-02"), ("procedures", "2016-03-10")}),
        ("Norway ratified the treaty on March 1 and, as the king sent it back, a second time on April 5.",
         {("ratifying", "2016-03-01"), ("ratifying", "2016-04-05")}),
        ("The Storting ratified the treaty on March 1 and the Eduskunta on March 22.",
         {("ratifying", "2016-03-01"), ("ratifying", "2016-03-22")}),
        ("The Storting ratified the treaty on March 1 and farmers blocked roads on March 22.",
         {("ratifying", "2016-03-01")}),
        ("The treaty, which the two prime ministers signed in Turku last summer, is to last.",
         {("signed", "2015-09-30")}),
    ],
)  # fmt: skip
def test_each_step_that_a_sentence_dates_has_its_own_day(sentence: str, steps: set[tuple[str, str]]) -> None:
    lead = "Norway and Finland said their border treaty entered into force on Thursday."
    found = onrecord.analyze(f"{lead}\n{sentence}".encode(), published="2016-05-12").agreements
    told = {(one.stage, one.when.latest) for one in found if one.background}
    assert {one for one in told if one[0] in {stage for stage, _ in steps}} == steps


def test_what_came_before_a_day_that_is_not_told_is_not_dated() -> None:
    text = "The bill came a day after Norway and Finland signed a border treaty in Turku."
    (found,) = onrecord.analyze(text.encode(), published="2016-05-12").agreements
    assert (found.stage, days(found.when)) == ("signed", (None, "2016-05-12"))
