"""The example pages, read and put on record: the whole way from a draft to entry into force."""

import json
import re
from contextlib import chdir
from pathlib import Path

import pytest

import onrecord
from onrecord.analysis import LADDER
from onrecord.record.forecasts import forecasters
from onrecord.record.rows import SuccessorRow
from onrecord.terminal import output
from onrecord.terminal.brief import Brief, brief_view
from onrecord.terminal.dates import dates_view
from onrecord.terminal.ladder import forecasts_view

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
PAGES = sorted(f"examples/pages/{path.name}" for path in (EXAMPLES / "pages").iterdir())
TREATY = "irn.rus.treaty"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with onrecord.Record(tmp_path_factory.mktemp("record") / "examples.onrecord") as made:
        with chdir(EXAMPLES.parent):
            assert made.build(["examples/pages"]) == []
        yield made


@pytest.fixture(scope="module")
def treaty(record):
    return next(row for row in record.agreements() if row.id == TREATY)


def name(path):
    return Path(path).name


def test_the_treaty_is_in_force_since_its_day(treaty):
    assert (treaty.parties, treaty.instrument) == (["IRN", "RUS"], "treaty")
    assert (treaty.stage, treaty.condition, treaty.since) == ("in_force", None, "2025-10-02")


def test_the_ladder_has_its_rungs_in_order(treaty):
    stages = [step.stage for step in treaty.history]
    for stage in ("negotiating", "procedures", "scheduled", "signed", "ratifying", "ratified", "in_force"):
        assert stage in stages
    assert stages[-1] == "in_force"
    late = [LADDER.index(stage) for stage in stages if LADDER.index(stage) >= LADDER.index("signed")]
    assert late == sorted(late)


def test_each_rung_stands_on_words_of_a_page_that_says_so(treaty):
    for step in treaty.history:
        expected = EXPECTED[name(step.path)]
        beyond = LADDER.index(step.stage) - LADDER.index(expected["stage"])
        told_later = step.reported and step.when.latest and step.when.latest[:7] < step.reported[:7]
        assert beyond <= 1
        assert beyond >= -1 or told_later
        page = onrecord.analyze((EXAMPLES / "pages" / name(step.path)).read_bytes())
        assert page.text[slice(*step.span)] == step.words


@pytest.mark.parametrize("path", PAGES)
def test_each_page_alone_tells_how_far_it_is(path):
    expected = EXPECTED[name(path)]
    found = onrecord.analyze((EXAMPLES.parent / path).read_bytes()).agreements
    told = [(one.parties, one.stage, one.condition) for one in found]
    assert (expected["parties"], expected["stage"], expected["condition"]) in told


def test_milestones_have_their_days(treaty):
    days = {step.stage: step.when.latest for step in reversed(treaty.history)}
    assert days["signed"] == "2025-01-17"
    assert days["ratified"] == "2025-06-11"


def test_a_halt_is_a_step_of_its_own(treaty):
    assert [name(step.path) for step in treaty.history if step.condition == "suspended"] == ["05-work-halted.txt"]


def test_words_come_through_the_agency_that_carried_them(treaty):
    step = next(step for step in treaty.history if step.stage == "procedures")
    assert step.speaker == "Sergei Shoigu"
    assert step.chain[:2] == ["Sergei Shoigu", "TASS"]


def test_neither_the_older_treaty_nor_the_sibling_is_a_step(record, treaty):
    assert "20-free-trade-in-force.txt" not in {name(step.path) for step in treaty.history}
    assert all(step.when.latest is None or step.when.latest > "2021" for step in treaty.history)
    others = [row for row in record.agreements() if row.id != TREATY]
    (older,) = (row for row in others if row.parties == ["IRN", "RUS"] and row.instrument == "treaty")
    signed, in_force = older.history[-2:]
    assert (signed.stage, signed.when.latest) == ("signed", "2001-03-31")
    assert (in_force.stage, in_force.when.earliest, older.since) == ("in_force", None, None)
    assert any("BLR" in row.parties and row.stage == "in_force" and row.since == "2025-05-15" for row in others)


def test_the_report_on_two_outlets_is_one_report(record):
    groups = [sorted(map(name, group)) for story in record.stories() for group in story.copies]
    assert ["07-internal-procedures.txt", "08-internal-procedures-short.txt"] in groups


@pytest.mark.parametrize("expected", [pair for page in EXPECTED.values() for pair in page["disputes"]])
def test_claims_stand_beside_their_denials(record, expected):
    """The page itself or one that carries the same report: a pair that copies have is told once."""
    copies = [set(map(name, group)) for story in record.stories() for group in story.copies]

    def tells(row, wanted):
        found = name(row.path)
        if found != wanted["page"] and not any({found, wanted["page"]} <= group for group in copies):
            return False
        start = onrecord.analyze((EXAMPLES.parent / row.path).read_bytes()).text.index(wanted["words"])
        spans = [*row.source, *row.cue, *row.content]
        return min(a for a, _ in spans) < start + len(wanted["words"]) and start < max(b for _, b in spans)

    rows = record.disputes()
    assert any(tells(row.claim, expected["claim"]) and tells(row.denial, expected["denial"]) for row in rows)


def test_the_halt_is_one_dispute_and_the_arms_another(record):
    disputes = {}
    for row in record.disputes():
        pages = disputes.setdefault(row.dispute, set())
        pages.update((name(row.claim.path)[:2], name(row.denial.path)[:2]))
    assert sorted(map(sorted, disputes.values())) == [["03", "07", "09", "13", "15", "18"], ["05", "06", "07", "13"]]


def test_every_span_is_read_back(record):
    assert record.verify() == []


def test_forecasts_are_held_against_the_signature(record):
    found = {(name(row.path), row.hope): row for row in record.forecasts() if row.agreement == TREATY}
    signed = {place: row for place, row in found.items() if row.step == "signed"}
    assert all(row.came.latest == "2025-01-17" for row in signed.values())
    assert {path for path, hope in signed if not hope} == {
        "05-work-halted.txt", "07-internal-procedures.txt", "11-no-date-set.txt", "12-minsk-defence.html",
        "13-envoy-names-day.txt", "14-kremlin-confirms.html",
    }  # fmt: skip
    soon = signed["12-minsk-defence.html", False]
    assert (soon.speaker, soon.window.latest, soon.standing, soon.took) == ("Sergei Lavrov", None, "came", 78)
    within = signed["06-no-suspension.html", True]
    assert (within.window.latest, within.standing, within.late) == ("2024-12-31", "late", 17)
    hoped = signed["13-envoy-names-day.txt", True]
    assert (hoped.speaker, hoped.window.latest, hoped.standing) == ("Esmail Baghaei", "2025-01-31", "kept")
    assert found["16-duma-ratifies.txt", False].step == "ratifying"


def test_an_office_and_its_holder_are_one_speaker(record):
    (named,) = (row for row in record.forecasts() if name(row.path)[:2] == "13" and not row.hope)
    assert (named.speaker, named.made.earliest, named.standing) == ("Kazem Jalali", "2024-12-26", "kept")


def test_a_forecast_of_another_agreement_is_held_against_that(record):
    (trade,) = (row for row in record.forecasts() if name(row.path)[:2] == "03")
    assert trade.agreement.endswith("kgz.rus.treaty.trade")
    assert (trade.window.latest, trade.standing, trade.came.latest) == ("2023-12-31", "kept", "2023-12-25")


def test_the_treaty_replaces_the_one_of_2001_by_five_reports(record):
    (relative,) = record.agreement(TREATY).relatives
    assert (relative.relation, relative.year, len(relative.told)) == ("replaces", 2001, 5)
    assert record.agreement(relative.agreement).successors == [SuccessorRow("replaces", TREATY)]


def test_each_step_has_its_reports_with_copies_counted_once(record, treaty):
    ladder = record.agreement(TREATY)
    assert ladder.history == treaty.history
    place = next(place for place, step in enumerate(ladder.history) if step.stage == "procedures")
    reports = {name(report.path): report.copies for report in ladder.told[place]}
    assert reports["07-internal-procedures.txt"] == 1
    assert "08-internal-procedures-short.txt" not in reports
    assert ladder.history[place].sources == len(reports)


def test_what_was_known_on_a_day_is_what_pages_had_said_by_then(record, tmp_path):
    known = record.as_of("2024-12-31")
    own = {path: onrecord.analyze((EXAMPLES.parent / path).read_bytes()).published.latest for path in PAGES}
    early = [path for path in PAGES if (own[path] or "9999") <= "2024-12-31"]
    assert 0 < len(early) < len(PAGES)
    with onrecord.Record(tmp_path / "early.onrecord") as other, chdir(EXAMPLES.parent):
        other.build(early)
        assert known.agreements() == other.agreements()
        assert known.disputes() == other.disputes()
        assert known.stories() == other.stories()
        assert list(known.statements()) == list(other.statements())
    assert next(row.stage for row in known.agreements() if row.id == TREATY) == "scheduled"
    open_ones = [row for row in known.forecasts() if row.agreement == TREATY]
    assert {row.standing for row in open_ones} == {"open"}


def test_the_screens_of_the_readme_are_what_the_commands_print(record, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    output.show(brief_view(Brief(record.agreements(), record.disputes(), record.problems()), Path("examples.onrecord")))
    found = record.forecasts()
    output.show(forecasts_view(found, forecasters(found)))
    output.show(dates_view(record.dates()))
    first = record.as_of("2024-12-31").agreements()[0]
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    printed += [first.id, first.stage, first.since]
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    screens = [block for block in re.findall(r"^```\n(\$ .*?)^```", readme, re.MULTILINE | re.DOTALL) if "..." in block]
    shown = [line.strip() for line in "".join(screens).splitlines() if line.strip() and not line.startswith("$ ")]
    assert len(shown) > 60
    assert set(shown) - {"..."} <= set(printed)


def test_another_order_gives_the_same_record(record, tmp_path):
    with onrecord.Record(tmp_path / "other.onrecord") as other, chdir(EXAMPLES.parent):
        other.build(PAGES[10:])
        other.build(PAGES[::-1])
        other.build(PAGES[:3])
        assert other.agreements() == record.agreements()
        assert other.disputes() == record.disputes()
        assert other.stories() == record.stories()
        assert other.forecasts() == record.forecasts()
        assert other.agreement(TREATY) == record.agreement(TREATY)
        assert list(other.statements()) == list(record.statements())
