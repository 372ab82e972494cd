"""Between whom the agreements of a page are: mediators, hosts and bystanders left out, lists told apart."""

from __future__ import annotations

import pytest

from onrecord.analysis import Published
from onrecord.page import Page
from onrecord.reading.agreements import find_agreements
from onrecord.reading.document import Document, Sentence

DAY = "2019-05-14"
FOLLOWING = "Officials said it was the first such step in years."


def parties(title: str, *body: str) -> list[str]:
    """The parties of the current agreements of a page, each as codes side by side."""
    text = "\n".join((title, *body))
    document = Document(Page("page.txt", b"", "text/plain", ""), text=text)
    at = 0
    for index, line in enumerate((title, *body)):
        document.sentences.append(Sentence((at, at + len(line)), "body" if index else "title", index))
        at += len(line) + 1
    find_agreements(document)
    return sorted({" ".join(sorted(found.parties)) for found in document.agreements if not found.background})


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Moscow and Tehran signed a strategic partnership treaty on Friday", "IRN RUS"),
        ("A Russian-Iranian strategic partnership treaty was signed on Friday", "IRN RUS"),
        ("India-Chile trade deal signed", "CHL IND"),
        ("Peru signed a fisheries treaty with Chile on Friday", "CHL PER"),
        ("The water treaty between Peru and Chile was signed on Friday", "CHL PER"),
        ("Kyrgyzstan, Tajikistan and Uzbekistan signed a border treaty on Monday", "KGZ TJK UZB"),
        ("Russia ratified its border treaty with Norway, the Kremlin announced on Monday", "NOR RUS"),
        ("Indonesia and the EU signed a trade deal on Tuesday", "IDN"),
        ("China and ASEAN signed an upgraded free trade agreement on Tuesday", "CHN"),
        ("The government of Colombia and the ELN rebels signed a ceasefire on Tuesday", "COL"),
        ("India and EFTA signed a trade agreement on Sunday", "CHE IND ISL LIE NOR"),
    ],
)
def test_the_sides_however_they_are_joined(sentence: str, expected: str) -> None:
    assert parties(sentence, f"{sentence}.", FOLLOWING) == [expected]


@pytest.mark.parametrize(
    "addition",
    [
        "brokered by Austria",
        "mediated by Austria",
        "under the auspices of Austria",
        "facilitated by Austria",
        "hosted by Austria in Vienna",
        "chaired by the United Nations and Austria",
        "in Vienna, with Austria and Oman as guarantors",
        "with Austria acting as mediator",
        "with Austria passing messages between them",
        "in talks that Austria has been mediating",
        "backed by Austria",
        "in the presence of Austria's foreign minister",
        "amid tension with Austria",
        "after mediation by Austria",
        "in Vienna, Austria said",
        "months after a similar pact between Austria and Oman",
    ],
)
def test_who_helps_or_watches_is_no_party(addition: str) -> None:
    sentence = f"Peru and Chile signed a border treaty {addition}"
    assert parties(sentence, f"{sentence}.", FOLLOWING) == ["CHL PER"]


def test_a_mediator_of_the_page_is_no_party_where_nothing_joins_it() -> None:
    found = parties(
        "Sri Lanka peace talks to resume",
        "Norway is facilitating the peace talks between Colombo and the rebel Tamil Tigers.",
        "The Norwegian envoy left Colombo after the peace talks with the rebels were put off.",
    )
    assert found == ["LKA"]


def test_a_speaker_from_a_third_state_makes_no_agreement_of_its_own() -> None:
    found = parties(
        "Peru and Chile near gas accord",
        "Peru and Chile are negotiating a gas accord.",
        "Peru may yet walk out of the negotiations, Austria's foreign minister warned.",
    )
    assert found == ["CHL PER"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ethiopia signed separate power agreements with Kenya, Uganda and Tanzania on Monday",
        "Kenya, Uganda and Tanzania signed power agreements with Ethiopia on Monday",
    ],
)
def test_agreements_with_several_are_several(sentence: str) -> None:
    assert parties(f"{sentence}.", FOLLOWING) == ["ETH KEN", "ETH TZA", "ETH UGA"]


def test_one_agreement_with_several_is_one() -> None:
    assert parties("Ethiopia signed a power agreement with Kenya and Uganda on Monday.", FOLLOWING) == ["ETH KEN UGA"]


def test_a_list_of_partners_belongs_to_the_state_that_has_agreements_with_each() -> None:
    found = parties(
        "Ethiopia to sign tax deals",
        "Ethiopia signed tax agreements with Kenya and Uganda on Monday.",
        "The countries that are now signing the agreement are Kenya, Uganda, Rwanda and Burundi.",
        "Uganda has ratified the agreement.",
    )
    assert {"ETH KEN", "ETH RWA", "ETH UGA"} <= set(found)
    assert all(len(each.split()) == 2 for each in found)


def test_world_powers_are_six_only_beside_iran() -> None:
    assert parties("Iran and world powers reached a nuclear deal on Friday.", FOLLOWING) == [
        "CHN DEU FRA GBR IRN RUS USA"
    ]
    assert parties("Peru and world powers reached a nuclear deal on Friday.", FOLLOWING) in ([], ["PER"])


def test_named_talks_need_one_of_their_states() -> None:
    assert parties(
        "North Korea silent on four-party talks",
        "North Korea has not said whether it will join four-party talks on peace with South Korea.",
    ) == ["CHN KOR PRK USA"]
    assert "CHN KOR PRK USA" not in parties(
        "Peru hosts four-party talks",
        "Peru, Chile, Brazil and Ecuador opened four-party talks on fishing rights.",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Senate Democrats reached a budget deal with the government over aid to Peru and Chile",
        "Prosecutors offered the Chilean banker a plea agreement over bribes paid in Peru",
        "Negotiations between police and gunmen went on in Peru near the border with Chile",
        "Lawmakers reached an agreement on sanctions against Peru and Chile",
    ],
)
def test_bargains_at_home_are_no_agreements_of_states(sentence: str) -> None:
    assert parties(f"{sentence}.", FOLLOWING) == []


def test_talks_about_ties_on_a_visit_are_no_agreement() -> None:
    assert parties("Chile's speaker met Peru's president for talks on bilateral ties.", FOLLOWING) == []
    assert parties("Chile and Peru held talks on restoring diplomatic ties.", FOLLOWING) == ["CHL PER"]


def test_the_sides_of_a_divided_island_are_not_the_states_they_take_after() -> None:
    found = parties("The Greek Cypriot and Turkish Cypriot leaders resumed direct peace talks in Nicosia.", FOLLOWING)
    assert found == ["CYP"]


def stages(title: str, *body: str) -> list[tuple[str, bool]]:
    """The stage of each agreement of a page, and whether it is background."""
    text = "\n".join((title, *body))
    document = Document(Page("page.txt", b"", "text/plain", ""), text=text, published=Published(DAY, DAY, "given"))
    at = 0
    for index, line in enumerate((title, *body)):
        document.sentences.append(Sentence((at, at + len(line)), "body" if index else "title", index))
        at += len(line) + 1
    find_agreements(document)
    return [(found.stage, found.background) for found in document.agreements]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tariffs on goods from Chile went into effect on Friday after Peru failed to reach a trade deal",
        "Peru and Chile seek a trade deal on the basis of mutual respect",
        "Peru is negotiating with Chile and would export copper under a future trade deal",
        "Peru answered with sanctions of its own, which took effect while trade talks with Chile went on",
    ],
)
def test_what_is_in_force_beside_an_agreement_does_not_put_it_in_force(sentence: str) -> None:
    found = stages("Peru and Chile in trade negotiations", f"{sentence}.")
    assert found
    assert "in_force" not in [stage for stage, _ in found]


def test_an_agreement_of_half_a_century_ago_is_background() -> None:
    assert stages("Peru, which signed a border treaty with Chile half a century ago, closed a road.") == [
        ("signed", True)
    ]
    assert stages("Peru and Chile signed a border treaty that ends a row of half a century.") == [("signed", False)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Canada, Mexico and the United States will review the USMCA next year, and negotiations have begun.",
            "CAN MEX USA",
        ),
        ("Washington said that Russia had violated the INF treaty with the United States.", "RUS USA"),
        ("Israel and the Palestinians resumed Middle East peace talks that Jordan had proposed.", "ISR PSE"),
    ],
)
def test_well_known_agreements_have_their_own_parties(sentence: str, expected: str) -> None:
    assert parties(sentence, FOLLOWING) == [expected]
