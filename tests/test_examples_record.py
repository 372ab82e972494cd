"""The example pages, read and put on record: the whole way from a draft to entry into force."""

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.analysis import LADDER

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
TREATY = "irn.rus.treaty"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with onrecord.Record(tmp_path_factory.mktemp("record") / "examples.onrecord") as made:
        assert made.build([str(EXAMPLES / "pages")]) == []
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
        assert abs(LADDER.index(step.stage) - LADDER.index(expected["stage"])) <= 1
        page = onrecord.analyze((EXAMPLES / "pages" / name(step.path)).read_bytes())
        assert page.text[slice(*step.span)] == step.words


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
    assert any(row.parties == ["IRN", "RUS"] and (row.since or "").startswith("2001") for row in others)
    assert any("BLR" in row.parties and row.stage == "in_force" and row.since == "2025-05-15" for row in others)


def test_the_report_on_two_outlets_is_one_report(record):
    groups = [sorted(map(name, group)) for story in record.stories() for group in story.copies]
    assert ["07-internal-procedures.txt", "08-internal-procedures-short.txt"] in groups


def test_claims_stand_beside_their_denials(record):
    found = {(name(row.claim.path), name(row.denial.path)) for row in record.disputes()}
    assert ("09-missiles-dispute.txt", "09-missiles-dispute.txt") in found
    assert ("05-work-halted.txt", "06-no-suspension.html") in found


def test_every_span_is_read_back(record):
    assert record.verify() == []


def test_another_order_gives_the_same_record(record, tmp_path):
    pages = sorted(str(path) for path in (EXAMPLES / "pages").iterdir())
    with onrecord.Record(tmp_path / "other.onrecord") as other:
        other.build(pages[10:])
        other.build(pages[::-1])
        other.build(pages[:3])
        assert other.agreements() == record.agreements()
        assert other.disputes() == record.disputes()
        assert other.stories() == record.stories()
        assert list(other.statements()) == list(record.statements())
