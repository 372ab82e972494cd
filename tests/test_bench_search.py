"""What a plain search gives a reader is counted in pages, and OnRecord's answer is picked as a reader would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.record.rows import AgreementRow
from search import Index, Sought, by_keywords, gold, near, on_record, words

PAGES = {
    "a.txt": "Norway and Iceland hold talks on a ferry treaty. A ferry treaty would help, Norway says; Iceland agrees.",
    "b.txt": "The ferry treaty of Norway and Iceland was signed in Bergen.",
    "c.txt": "Iceland's parliament votes on ratification next week.",
    "d.txt": "Storms close the harbour of Bergen.",
}
DAYS = {"a.txt": "2031-01-10", "b.txt": "2031-03-02", "c.txt": "2031-04-01"}


def test_pages_are_counted_until_one_wanted_is_seen_and_until_all_are() -> None:
    index = Index(PAGES.items())
    order = index.search("Norway Iceland ferry treaty")
    assert order[-1] == "c.txt"
    assert index.opened("Norway Iceland ferry treaty", {"c.txt"}) == (3, 3)
    assert index.opened("Norway Iceland ferry treaty", {"a.txt", "b.txt", "c.txt"}) == (1, 3)


def test_a_page_that_is_not_found_counts_after_all_others() -> None:
    assert Index(PAGES.items()).opened("Norway Iceland", {"d.txt"}) == (4, 4)


def test_words_of_the_query_are_not_read_as_the_search_language() -> None:
    assert Index(PAGES.items()).search('NOT "Bergen (OR') == ["d.txt", "b.txt"]


def test_keywords_take_the_last_page_and_its_highest_word() -> None:
    assert by_keywords(Index(PAGES.items()), "Norway Iceland", DAYS) == ("ratifying", "2031-04-01")
    assert by_keywords(Index(PAGES.items()), "Norway", DAYS) == ("signed", "2031-03-02")
    assert by_keywords(Index(PAGES.items()), "Norway talks", DAYS, 1) == ("negotiating", "2031-01-10")
    assert by_keywords(Index(PAGES.items()), "Bolivia", DAYS) == (None, None)


def row(name: str, parties: list[str], title: str | None = None) -> AgreementRow:
    return AgreementRow(name, "treaty", title, parties, "signed", None, "2031-03-02", [])


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (Sought(["ISL", "NOR"], [], "treaty", False, True), "isl.nor.treaty"),
        (Sought(["NOR", "ISL"], [], "trade agreement", False, True), "isl.nor.treaty.trade"),
        (Sought([], ["whaling"], "convention", True, False), "whaling-convention"),
        (Sought(["BOL"], [], "treaty", False, True), None),
        (Sought([], ["seabed"], "convention", True, False), None),
    ],
)
def test_an_answer_is_picked_by_parties_or_name_and_then_by_subject(sought: Sought, expected: str | None) -> None:
    listed = [
        row("fin.swe.treaty", ["FIN", "SWE"]),
        row("isl.nor.treaty", ["ISL", "NOR"]),
        row("isl.nor.treaty.trade", ["ISL", "NOR"], "trade pact"),
        row("whaling-convention", [], "Whaling Convention"),
    ]
    found = on_record(sought, listed)
    assert (found.id if found else None) == expected


def test_gold_is_read_in_either_shape(tmp_path: Path) -> None:
    labels = {"parties": ["ISL", "NOR"], "instrument": "treaty", "condition": None}
    (tmp_path / "one.json").write_text(
        json.dumps(
            {
                "b.txt": {"agreement": "ferry", "published": "2031-03-02", "stage": "signed", **labels},
                "e.txt": {"agreement": "ferry", "published": "2031-03-09", "stage": "signed", **labels},
                "a.txt": {"agreement": "ferry", "published": "2031-01-10", "stage": "negotiating", **labels},
            }
        )
    )
    one = gold(tmp_path / "one.json")["ferry"]
    assert (one.stage, one.day, one.telling()) == ("signed", "2031-03-02", {"b.txt", "e.txt"})
    told = {"stage": "signed", "milestones": [{"stage": "signed", "when": "2031-03-01"}], **labels}
    lines = [
        {
            "path": "pages/b.txt",
            "published": "2031-03-02",
            "agreements": [told, {**told, "minor": True, "parties": []}],
        },
        {"path": "pages/d.txt", "published": "2031-03-03", "agreements": []},
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    many = gold(tmp_path / "many.jsonl")
    assert list(many) == ["ISL+NOR"]
    assert many["ISL+NOR"].day == "2031-03-01"
    assert words(many["ISL+NOR"]) == "Iceland Norway treaty"


def test_a_day_is_right_within_three() -> None:
    assert near("2031-03-01", "2031-03-04")
    assert not near("2031-03-01", "2031-03-05")
    assert not near(None, "2031-03-05")
