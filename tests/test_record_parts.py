"""The steps that join pages: copies, stories, names, disputes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.copies import fingerprints
from onrecord.record.disputes import page_disputes
from onrecord.record.identity import name_key, same_name
from onrecord.record.stories import average_linkage, terms_of
from onrecord.record.terms import rarity, stem, words
from record_pages import PageMaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Shoigu", "Sergey Shoygu"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyj"),
        ("Dmitry Peskov", "Dmitriy Peskoff"),
        ("António Guterres", "ANTONIO GUTERRES"),
        ("Muammar Gaddafi", "Muamar Ghadafi"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Li Qiang", "Li Keqiang"), ("Ivanov", "Ivanova"), ("Biden", "Bidan Roy")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_surname_can_be_the_person() -> None:
    assert same_name("Peskov", "Dmitry Peskov")
    assert not same_name("Dmitry", "Dmitry Peskov")
    assert not same_name("", "Dmitry Peskov")


@given(st.text())
def test_any_text_has_a_key_and_stems(text: str) -> None:
    assert name_key(text) == name_key(text.upper().lower()) or not text.isascii()
    assert all(stem(word) for word in words(text))


def test_rare_words_weigh_more() -> None:
    assert rarity(stem("the")) < rarity(stem("treaty")) < rarity("zvartnots")


BODY = " ".join(f"word{number} and word{number * 7 % 31} of the {number}th day" for number in range(120))


def test_a_page_shares_the_fingerprints_of_its_beginning() -> None:
    whole, start = set(fingerprints(BODY)), set(fingerprints(BODY[:900]))
    assert len(start) > 10
    assert len(start & whole) >= len(start) - 1


def test_a_short_text_has_one_fingerprint_and_none_has_none() -> None:
    assert len(fingerprints("Talks go on")) == 1
    assert fingerprints("Talks go on") == fingerprints("talks  go on!")
    assert fingerprints(" \n") == []


def test_terms_are_a_unit_vector_led_by_the_title() -> None:
    terms = terms_of("Zanzibar ferry", "The ferry from Pemba was late again, the harbour master said.")
    assert sum(weight * weight for _, weight in terms) == pytest.approx(1, abs=1e-3)
    assert terms == sorted(terms, key=lambda pair: -pair[1])


def test_average_linkage_joins_by_the_mean() -> None:
    edges = {1: {2: 0.9, 3: 0.3}, 2: {1: 0.9}, 3: {1: 0.3, 4: 0.8}, 4: {3: 0.8}, 5: {}}
    assert average_linkage(edges, 0.1) == [[1, 2], [3, 4], [5]]
    assert average_linkage(edges, 0.05) == [[1, 2, 3, 4], [5]]


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.sampled_from([0.1, 0.2, 0.3])), st.randoms())
def test_average_linkage_does_not_mind_order(pairs: dict[tuple[int, int], float], random: Any) -> None:
    def graph(items: list[tuple[tuple[int, int], float]]) -> dict[int, dict[int, float]]:
        edges: dict[int, dict[int, float]] = {}
        for (one, other), weight in items:
            if one < other:
                edges.setdefault(one, {})[other] = weight
                edges.setdefault(other, {})[one] = weight
        return edges

    items = list(pairs.items())
    expected = average_linkage(graph(items), 0.15)
    random.shuffle(items)
    assert average_linkage(graph(items), 0.15) == expected
    assert sorted(node for group in expected for node in group) == sorted(graph(items))


def test_a_denial_of_other_words_for_the_same() -> None:
    page = PageMaker(
        "1.txt",
        "Drones",
        "Kyiv said on Friday that Belarus had received attack drones from Iran and hidden them near the border. "
        "An Iranian diplomat denied that Tehran had shipped Minsk any such drones.",
    )
    page.statement("Kyiv", "said", "Belarus had received attack drones from Iran and hidden them near the border")
    page.statement("An Iranian diplomat", "denied", "Tehran had shipped Minsk any such drones", act="deny")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_a_denial_that_points_back_answers_the_accusation_of_its_sentence() -> None:
    page = PageMaker(
        "1.txt",
        "Border",
        "Chad, which Niger accuses of arming herders, a charge N'Djamena rejects, sent a note. Rain is forecast, "
        "the weather office said.",
    )
    page.statement("Niger", "accuses", "arming herders", act="accuse")
    page.statement("N'Djamena", "rejects", "", act="deny")
    page.statement("the weather office", "said", "Rain is forecast")
    assert page_disputes(page.analysis) == [("s1", "s2")]


def test_a_denial_whose_content_is_the_accusation() -> None:
    page = PageMaker("1.txt", "Vote", "The union says the count was rigged in Durban, which the commission denies.")
    content = "the count was rigged in Durban"
    page.statement("The union", "says", content, act="accuse")
    page.statement("the commission", "denies", content, act="deny")
    assert page_disputes(page.analysis) == [("s1", "s2")]


@pytest.mark.parametrize(
    ("claim", "fields", "denial", "denier"),
    [
        (
            "Brazil will send a trade envoy to Chile in June",
            {},
            "Chile had closed its embassy in Brazil",
            "The embassy",
        ),
        (
            "the harvest in Chile was the worst for years",
            {},
            "Chile had jailed the editor of a newspaper",
            "A minister",
        ),
        ("Chile jailed the editor of a newspaper", {}, "Chile had jailed the editor of a newspaper", "The visitor"),
        ("Chile did not jail the newspaper editor", {"polarity": "negative"}, "Chile had jailed the editor", "A judge"),
        ("the editor of a newspaper was in jail in Chile", {}, "to jail the editor of a newspaper in Chile", "A judge"),
        ("will Chile jail the newspaper editor?", {"act": "ask"}, "Chile would jail the newspaper editor", "A judge"),
    ],
)
def test_what_is_no_dispute(claim: str, fields: dict[str, Any], denial: str, denier: str) -> None:
    page = PageMaker(
        "1.txt", "News", f"The visitor told us this: {claim}.\nLater that day {denier} denied that {denial}."
    )
    page.statement("The visitor", "told", claim, "The visitor", **fields)
    page.statement(denier, "denied", denial, denier, act="deny")
    assert page_disputes(page.analysis) == []
