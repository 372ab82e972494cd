"""Agreements followed over pages: what is one agreement, how far it is, and since when."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest

from onrecord.analysis import Agreement, Interval, Published, Stage
from onrecord.record.ladder import track
from onrecord.record.rows import AgreementRow
from onrecord.record.tracking import Report

NUMBERS = count(1)


def report(stage: Stage, day: str | None, when: str | None = None, **fields: Any) -> Report:
    number = next(NUMBERS)
    parties = fields.pop("parties", "CHL PER").split()
    page = fields.pop("page", number)
    group = fields.pop("group", page)
    start, _, end = (when or "").partition("/")
    words, title = fields.pop("words", "It was told so."), fields.pop("title", "")
    values: dict[str, Any] = {
        "instrument": "treaty", "name": None, "condition": None, "polarity": "positive", "background": False,
    }  # fmt: skip
    entry = Agreement(
        parties=parties,
        stage=stage,
        expected=Interval(),
        when=Interval(start or None, end or start or None),
        span=(0, 5),
        **(values | fields),
    )
    return Report(page, number, group, f"{page:03}.txt", Published(day, day), entry, words, None, (), title)


def rows(*reports: Report, named: bool = False) -> list[AgreementRow]:
    shuffled = list(reports)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - order must not matter
    found = [row for row, _ in track(shuffled, named)]
    assert found == [row for row, _ in track(reports, named)]
    return found


def steps(row: AgreementRow) -> list[tuple[str, str | None, str | None]]:
    return [(step.stage, step.condition, step.when.latest) for step in row.history]


def test_changing_words_and_months_between_are_one_ladder() -> None:
    (row,) = rows(
        report("negotiating", "2031-01-17", instrument="treaty", name="new interstate treaty"),
        report("procedures", "2031-09-11", instrument="pact", name="strategic partnership pact"),
        report("signed", "2032-01-18", "2032-01-17", instrument="deal"),
    )
    assert [step.stage for step in row.history] == ["negotiating", "procedures", "signed"]
    assert (row.stage, row.since, row.instrument) == ("signed", "2032-01-17", "treaty")


def test_siblings_of_other_kind_or_subject_stay_apart() -> None:
    found = rows(
        report("negotiating", "2031-01-17", name="peace treaty"),
        report("signed", "2031-02-01", "2031-02-01", instrument="memorandum"),
        report("signed", "2031-02-03", "2031-02-03", instrument="agreement", name="free trade agreement"),
        report("concluded", "2031-03-01", instrument="agreement", name="peace agreement"),
        report("in_force", "2031-03-05", instrument="ceasefire"),
    )
    assert sorted(row.stage for row in found) == ["concluded", "in_force", "signed", "signed"]
    assert len({row.id for row in found}) == 4


def test_an_unnamed_treaty_is_not_an_arms_deal() -> None:
    found = rows(
        report("negotiating", "2031-01-17"),
        report("negotiating", "2031-05-02"),
        report("concluded", "2031-02-03", instrument="deal", name="fighter jet deal"),
    )
    assert sorted((row.stage, row.instrument) for row in found) == [("concluded", "deal"), ("negotiating", "treaty")]


def test_an_unnamed_deal_is_the_one_that_others_name() -> None:
    (row,) = rows(
        report("negotiating", "2031-01-17", name="peace treaty"),
        report("concluded", "2031-03-02", instrument="deal"),
    )
    assert row.stage == "concluded"


def test_the_treaty_of_long_ago_is_no_step_of_the_new_one() -> None:
    new, old = sorted(
        rows(
            report("signed", "2031-01-17", "2011-03-12", page=900, background=True),
            report("negotiating", "2031-01-17", page=900),
            report("in_force", "2031-02-01", "2011-03-12", page=901),
            report("procedures", "2031-02-01", page=901),
        ),
        key=lambda row: row.stage,
        reverse=True,
    )
    assert steps(new) == [("negotiating", None, "2031-01-17"), ("procedures", None, "2031-02-01")]
    assert {step.when.latest for step in old.history} == {"2011-03-12"}
    assert new.id != old.id


def test_background_without_a_date_is_left_out() -> None:
    (row,) = rows(report("negotiating", "2031-01-17"), report("in_force", "2031-01-18", background=True))
    assert row.stage == "negotiating"
    assert not rows(report("in_force", "2031-01-18", background=True))


def test_talks_after_years_of_silence_are_of_a_new_one() -> None:
    found = rows(
        report("signed", "2021-01-17", "2021-01-17"),
        report("in_force", "2021-06-01", "2021-06-01"),
        report("negotiating", "2031-01-17"),
    )
    assert sorted(row.stage for row in found) == ["in_force", "negotiating"]


def test_a_later_page_looks_back_on_a_step_of_the_same() -> None:
    (row,) = rows(
        report("proposed", "2031-05-01", "2029-11-16"),
        report("negotiating", "2031-05-01"),
        report("signed", "2032-01-18", "2032-01-17"),
        report("signed", "2032-04-08", "2032-01-01/2032-01-31"),
        report("signed", "2032-05-08"),
        report("signed", "2034-05-08", "2032-01-17", background=True),
    )
    assert steps(row) == [
        ("proposed", None, "2029-11-16"),
        ("negotiating", None, "2031-05-01"),
        ("signed", None, "2032-01-17"),
    ]
    assert row.history[2].reported == "2032-01-18"


def test_a_denied_stage_is_no_step() -> None:
    (row,) = rows(report("negotiating", "2031-01-17"), report("signed", "2031-01-18", polarity="negative"))
    assert row.stage == "negotiating"


def test_condition_is_that_of_the_latest_report() -> None:
    stalled = report("negotiating", "2031-02-17", condition="suspended")
    (row,) = rows(report("negotiating", "2031-01-17"), stalled)
    assert row.condition == "suspended"
    (row,) = rows(stalled, report("negotiating", "2031-02-18"))
    assert row.condition is None
    assert steps(row) == [("negotiating", "suspended", "2031-02-17"), ("negotiating", None, "2031-02-18")]


def test_of_one_day_the_condition_that_most_reports_tell_counts_and_copies_count_once() -> None:
    (row,) = rows(
        report("negotiating", "2031-02-17", condition="suspended", group=5),
        report("negotiating", "2031-02-17", condition="suspended", group=5),
        report("negotiating", "2031-02-17"),
        report("procedures", "2031-02-17"),
    )
    assert row.condition is None


def test_a_signature_that_later_reports_contradict_is_not_believed() -> None:
    (row,) = rows(
        report("signed", "2031-01-17"),
        report("negotiating", "2031-02-17"),
        report("negotiating", "2031-03-17"),
    )
    assert row.stage == "negotiating"
    assert ("signed", None, "2031-01-17") in steps(row)


def test_agreements_of_many_are_known_by_name() -> None:
    found = rows(
        report("negotiating", "2031-01-17", parties="", name="Global plastics treaty"),
        report("concluded", "2031-02-17", parties="FRA KEN RWA", name="Plastics Treaty"),
        report("concluded", "2031-02-17", parties="", name="WHO pandemic agreement", instrument="agreement"),
        report("negotiating", "2031-03-17", parties="", name="treaty on plastics pollution"),
        named=True,
    )
    assert sorted((row.name or "", len(row.history)) for row in found)[0] == ("Global plastics treaty", 2)
    assert {row.stage for row in found} == {"concluded", "negotiating"}
    assert found[0].id


@pytest.mark.parametrize("day", [None, "2031-01-17"])
def test_what_no_page_dates_is_not_dated(day: str | None) -> None:
    (row,) = rows(report("negotiating", day))
    (step,) = row.history
    assert step.when == Interval(None, day)
    assert (step.reported, row.since) == (day, day)


def test_a_step_that_nothing_dates_stands_where_the_ladder_has_it() -> None:
    (row,) = rows(report("negotiating", None), report("procedures", "2031-01-17"), report("signed", None))
    assert [step.stage for step in row.history] == ["negotiating", "procedures", "signed"]
    assert row.since is None


def test_since_is_the_day_that_most_reports_tell() -> None:
    (row,) = rows(
        report("in_force", "2031-01-20", "2031-01-17"),
        report("in_force", "2031-02-20", "2031-01-17"),
        report("in_force", "2031-01-21", "2030-11-02"),
    )
    assert row.since == "2031-01-17"


def test_undated_reports_of_a_signature_are_no_early_ones() -> None:
    (row,) = rows(
        report("negotiating", "2031-01-17"),
        report("procedures", "2031-02-17"),
        report("scheduled", "2031-03-17"),
        report("signed", None),
        report("ratifying", "2031-05-17"),
    )
    assert row.stage == "ratifying"


def test_since_is_not_before_the_stage_below() -> None:
    (row,) = rows(
        report("in_force", "2031-09-20", "2031-09-15"),
        report("ratified", "2031-09-21", "2031-09-20"),
        report("in_force", "2032-01-18", "2032-01-17"),
    )
    assert row.since == "2032-01-17"


def test_the_sentence_outweighs_a_name_from_elsewhere_on_the_page() -> None:
    (row,) = rows(
        report("signed", "2031-01-17", name="strategic partnership treaty"),
        report("in_force", "2031-07-17", name="free trade agreement", words="The partnership is now in force."),
    )
    assert row.stage == "in_force"


def test_reports_that_only_share_the_states_are_not_one_after_years() -> None:
    found = rows(
        report("negotiating", "2021-01-17", instrument="agreement"),
        report("negotiating", "2021-09-17", instrument="deal"),
        report("concluded", "2031-02-17", instrument="agreement"),
    )
    assert sorted((row.stage, len(row.history)) for row in found) == [("concluded", 1), ("negotiating", 2)]


def test_years_do_not_part_what_goes_by_one_name_or_goes_on_up_the_ladder() -> None:
    (row,) = rows(
        report("negotiating", "2021-01-17", name="border treaty"),
        report("negotiating", "2029-02-17", name="border treaty"),
    )
    assert row.stage == "negotiating"
    (row,) = rows(report("signed", "2021-01-17", "2021-01-17"), report("in_force", "2029-02-17", "2029-02-17"))
    assert row.stage == "in_force"


def test_an_agreement_without_a_name_is_about_what_its_sentence_says() -> None:
    crossing = "They reached an agreement on Monday between Chile and Peru to reopen the Tacna crossing."
    found = rows(
        report("concluded", "2031-01-17", instrument="agreement", words=crossing),
        report("negotiating", "2031-01-20", instrument="agreement", words="Chile and Peru held talks on peace."),
    )
    assert sorted(row.stage for row in found) == ["concluded", "negotiating"]


def test_unnamed_agreements_on_different_subjects_are_two_and_a_headline_can_tell() -> None:
    found = rows(
        report("in_force", "2031-01-17", instrument="agreement", words="An agreement to reopen the Tacna crossing."),
        report("concluded", "2031-02-01", instrument="deal", name="final deal", words="A deal to supply gas to Chile."),
        report("negotiating", "2031-02-03", instrument="agreement", title="Visa talks in Lima"),
        report("negotiating", "2031-02-09", instrument="agreement", title="Ministers in Lima"),
    )
    assert sorted(row.id.rpartition(".")[2] for row in found) == ["crossings", "energy", "movement"]
    assert sum(len(row.history) for row in found) == 4


def test_a_step_is_read_from_the_page_that_dates_it_and_knows_when_it_was_first_reported() -> None:
    (row,) = rows(
        report("signed", "2031-01-20", "2031-01-14/2031-01-20", words="They have signed it."),
        report("signed", "2031-03-05", "2031-01-17", words="It was signed on 17 January."),
        report("signed", None, "2031-01-17", words="It was signed on 17 January."),
    )
    (step,) = row.history
    assert (step.when.latest, step.reported, step.words) == ("2031-01-17", "2031-03-05", "It was signed on 17 January.")
    assert (step.first, step.sources) == ("2031-01-20", 3)


def test_a_page_tells_the_earlier_steps_of_its_own_agreement() -> None:
    (row,) = rows(
        report("in_force", "2031-05-15", "2031-05-15", instrument="agreement", name="free-trade agreement", page=950),
        report(
            "signed", "2031-05-15", "2029-12-25", instrument="agreement", name="free-trade agreement", page=950,
            background=True,
        ),
        report("signed", "2030-06-11", "2029-12-25", instrument="agreement", name="free-trade pact", background=True),
    )  # fmt: skip
    assert steps(row) == [("signed", None, "2029-12-25"), ("in_force", None, "2031-05-15")]


def test_a_year_is_no_day_of_december() -> None:
    """Of a year only so much counts as another step leaves: what was signed in 2021 was so when it came into force."""
    (row,) = rows(
        report("in_force", "2024-09-10", "2021-03-01/2021-03-31"),
        report("signed", "2024-10-01", "2021-01-01/2021-12-31"),
        report("concluded", "2024-10-02", "2021-01-01/2021-12-31"),
    )
    assert [step.stage for step in row.history] == ["concluded", "signed", "in_force"]
    assert row.history[1].when == Interval("2021-01-01", "2021-12-31")
    (row,) = rows(
        report("in_force", "2024-11-09", "/2024-11-09"),
        report("signed", "2024-12-13", "2024-11-01/2024-11-30"),
    )
    assert [step.stage for step in row.history] == ["signed", "in_force"]


def test_what_came_before_signature_is_not_dated_from_there() -> None:
    (row,) = rows(
        report("in_force", "2032-06-01", "2032-01-05"),
        report("signed", "2032-03-02", "2032-03-01"),
        report("signed", "2032-03-03", "2032-03-01"),
    )
    assert [(step.stage, step.when.earliest, step.when.latest) for step in row.history] == [
        ("signed", "2032-03-01", "2032-03-01"),
        ("in_force", None, "2032-06-01"),
    ]


def test_one_odd_day_of_signature_does_not_undo_what_more_reports_date() -> None:
    (row,) = rows(
        report("in_force", "2032-02-01", "2032-01-05"),
        report("in_force", "2032-02-02", "2032-01-05"),
        report("signed", "2032-06-02", "2032-05-01"),
    )
    assert [(step.stage, step.when.earliest, step.when.latest) for step in row.history] == [
        ("signed", None, "2032-06-02"),
        ("in_force", "2032-01-05", "2032-01-05"),
    ]


def test_an_old_agreement_in_force_stands_with_its_signature() -> None:
    """What a page looks back on without a date goes with what it dates of the same old agreement."""
    found = rows(
        report("negotiating", "2032-06-01", page=900),
        report("in_force", "2032-06-01", page=900, background=True),
        report("signed", "2032-06-01", "2001-03-01/2001-03-31", page=900, background=True),
    )
    assert [[step.stage for step in row.history] for row in found] == [["negotiating"], ["signed", "in_force"]]
    assert (found[1].stage, found[1].since) == ("in_force", None)


def test_a_dated_signature_is_a_step_of_what_others_date_alike_or_do_not_date_below_it() -> None:
    (row,) = rows(
        report("scheduled", None),
        report("ratifying", "2031-10-01"),
        report("in_force", "2032-02-13", "2032-02-12", page=800),
        report("signed", "2032-02-13", "2031-06-17", page=800, background=True),
        report("signed", "2032-01-12", "2031-06-01/2031-09-30"),
    )
    assert ("signed", None, "2031-06-17") in steps(row)


def test_after_years_a_page_that_dates_the_known_signature_is_of_the_same() -> None:
    (row,) = rows(
        report("signed", "2031-10-11", "2031-10-11"),
        report("ratifying", "2032-04-23", condition="suspended"),
        report("signed", "2040-03-01", condition="terminated", page=810),
        report("signed", "2040-03-01", "2031-10-10", page=810, background=True),
    )
    assert (row.stage, row.condition) == ("ratifying", "terminated")


def test_a_loose_word_stands_for_the_one_instrument_of_the_time() -> None:
    protocols = [report(stage, day, instrument="protocol") for stage, day in (("concluded", "2031-09-01"),)]
    (row,) = rows(*protocols, report("signed", "2031-10-11", "2031-10-10", instrument="accord"))
    assert (row.stage, row.instrument) == ("signed", "protocol")
    later = report("negotiating", "2039-10-11", instrument="accord")
    assert len(rows(*protocols, later)) == 2
    named = report("signed", "2031-10-11", "2031-10-10", instrument="accord", name="fisheries accord")
    assert len(rows(*protocols, named)) == 2


def test_a_headline_joins_two_words_for_the_subject_of_one_agreement() -> None:
    minerals = report("concluded", "2031-03-01", instrument="deal", name="minerals deal")
    words = "The two signed the agreement on an investment fund for reconstruction."
    told: dict[str, Any] = {"when": "2031-04-30", "instrument": "agreement", "words": words}
    (row,) = rows(minerals, report("signed", "2031-05-01", title="Minerals deal signed", **told))
    assert (row.stage, steps(row)[0][0]) == ("signed", "concluded")
    assert len(rows(minerals, report("signed", "2031-05-01", title="Ministers meet", **told))) == 2


def test_reports_of_unknown_day_further_up_the_ladder_are_later() -> None:
    (row,) = rows(
        report("concluded", "2031-08-11", "2031-08-10"),
        report("ratifying", None, condition="rejected"),
    )
    assert (row.stage, row.condition) == ("ratifying", "rejected")
    (row,) = rows(
        report("ratifying", "2031-08-11", "2031-08-10"),
        report("ratifying", None, condition="rejected"),
    )
    assert row.condition is None


def test_an_older_agreement_on_that_subject_is_not_joined_by_a_headline() -> None:
    minerals = report("concluded", "2031-03-01", instrument="deal", name="minerals deal")
    told: dict[str, Any] = {"instrument": "agreement", "name": "investment agreement", "title": "Minerals deal signed"}
    older = report("signed", "2031-03-02", "2030-06-01", name="investment agreement", background=True)
    plain = report("negotiating", None, instrument="agreement")
    found = rows(minerals, older, report("signed", "2031-05-01", "2031-04-30", **told), plain)
    assert sorted(len(row.history) for row in found) == [1, 3]


def test_what_a_page_tells_by_two_words_is_one_step() -> None:
    fields: dict[str, Any] = {"when": "2040-03-01", "condition": "terminated", "page": 820}
    (row,) = rows(
        report("ratifying", "2039-04-23"),
        report("signed", "2040-03-01", **fields),
        report("ratifying", "2040-03-01", **fields),
    )
    assert steps(row)[1:] == [("ratifying", "terminated", "2040-03-01")]
