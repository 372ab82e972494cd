"""Which states a text speaks of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon import rows
from onrecord.reading.states import find_states, state_name


def countries(text: str) -> list[str]:
    return [mention.country for mention in find_states(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran and Russia have agreed on the draft", ["IRN", "RUS"]),
        ("Tehran says the Kremlin will decide", ["IRN", "RUS"]),
        ("the US, the U.S. and the UK", ["USA", "USA", "GBR"]),
        ("A U.S.-British accord", ["USA", "GBR"]),
        ("tell us more", []),
        ("Sino-Russian trade, Franco-German ties, an Indo-Pacific plan", ["CHN", "RUS", "FRA", "DEU", "IND"]),
        ("South Korea, North Korea and the Korean peninsula", ["KOR", "PRK"]),
        ("South Africa leads Africa", ["ZAF"]),
        ("South Sudan and Sudan", ["SSD", "SDN"]),
        ("the Democratic Republic of Congo, the Republic of Congo, Zaire", ["COD", "COG", "COD"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea", ["GNB", "GNQ", "PNG", "GIN"]),
        ("New Mexico and the Gulf of Mexico, then Mexico", ["MEX"]),
        ("Latin America and South American states", []),
        ("Nigeria is not Niger", ["NGA", "NER"]),
        ("Michael Jordan flew to Jordan", ["JOR"]),
        ("Chad Baker of Chad", ["TCD"]),
        ("Jordan Foreign Minister Ali Salem", ["JOR"]),
        ("in the state of Georgia; in Georgia, Atlanta, Georgia", ["GEO"]),
        ("a former Soviet republic", []),
        ("anti-American feeling among pro-Russian rebels", []),
        ("IRAN SIGNS WITH CHINA", ["IRN", "CHN"]),
        ("Turkish Cypriots and Turks", ["CYP", "TUR"]),
        ("The Washington Post of Washington", ["USA"]),
        ("Burma, Yugoslavia, the Soviet Union", ["MMR", "SRB", "RUS"]),
        ("The Rada heard the tenor Petr Rada, not Rada Lind", ["UKR"]),
        ("Pakistan's Foreign Office wrote to the Foreign Office", ["PAK", "GBR"]),
        (
            "The Jogorku Kenesh, the Oliy Majlis and the Milli Majlis voted; the Majlis did not",
            ["KGZ", "UZB", "AZE", "IRN"],
        ),
        ("S. Africa, N Korea and S. Korean envoys", ["ZAF", "PRK", "KOR"]),
        (
            "No 10 and Downing St. dismissed what the Clinton Administration and Cheong Wa Dae hold",
            ["GBR", "GBR", "USA", "KOR"],
        ),
        ("In Santiago Sunday, Santiago Lind and Sofia Berg sat with Sofia Mayor Ana Holm", ["CHL", "BGR"]),
        ("a paper from Lao Cai on Lao trade", ["LAO"]),
        ("on a low-fat diet and before the Diet", ["JPN"]),
        ("Israel's, Israelis’ and Côte d’Ivoire's", ["ISR", "ISR", "CIV"]),
    ],
)
def test_states_are_found(text: str, expected: list[str]) -> None:
    assert countries(text) == expected


def test_forms_and_spans() -> None:
    text = "Russian officials in Moscow said the Kremlin wants Russia in; Sino-Indian talks"
    mentions = find_states(text)
    assert [(text[m.span[0] : m.span[1]], m.form) for m in mentions] == [
        ("Russian", "demonym"),
        ("Moscow", "capital"),
        ("Kremlin", "metonym"),
        ("Russia", "name"),
        ("Sino", "demonym"),
        ("Indian", "demonym"),
    ]


def test_a_stretch_of_the_text() -> None:
    text = "Iran spoke. Iraq did not."
    assert [m.country for m in find_states(text, 12)] == ["IRQ"]
    assert [m.country for m in find_states(text, 0, 12)] == ["IRN"]
    assert find_states(text, 0, 3) == []


def test_every_state_is_found_by_its_own_name() -> None:
    assert len(rows("states")) >= 195
    for row in rows("states"):
        assert countries(f"Talks in {row['name']} ended") == [row["country"]], row
        assert state_name(row["country"]) == row["name"]
    assert state_name("QQQ") == "QQQ"


@given(st.text(alphabet=st.sampled_from("IranUSu.- 'chadJodé\nSino"), max_size=80), st.integers(0, 20))
def test_spans_lie_inside_and_in_order(text: str, start: int) -> None:
    last = start
    for mention in find_states(text, start):
        assert last <= mention.span[0] < mention.span[1] <= len(text)
        last = mention.span[1]


def test_a_long_line_takes_linear_time() -> None:
    began = time.process_time()
    find_states("U.S.-Iran " * 50_000 + "A." * 200_000)
    assert time.process_time() - began < 5
