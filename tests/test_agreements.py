"""Agreements of a page: which, between whom, how far, and what befell them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import LADDER, Actor, Agreement, Interval, Published, Statement, Time
from onrecord.page import Page
from onrecord.reading.agreements import find_agreements
from onrecord.reading.document import Document, Sentence

DAY = "2019-05-14"


Times = dict[str, tuple[str | None, str | None]]


def read(title: str, *body: str, times: Times | None = None, undated: bool = False) -> Document:
    """A page with a title and body sentences; `times` gives the days that words of the page mean."""
    text = "\n".join((title, *body))
    published = Published() if undated else Published(DAY, DAY, "given")
    document = Document(Page("page.txt", b"", "text/plain", ""), text=text, published=published)
    at = 0
    for index, line in enumerate((title, *body)):
        document.sentences.append(Sentence((at, at + len(line)), "body" if index else "title", index))
        at += len(line) + 1
    for words, (earliest, latest) in (times or {}).items():
        start = text.index(words)
        value = earliest or "XXXX-WXX-5"  # a weekday that nothing places
        document.times.append(Time((start, start + len(words)), "DATE", value, earliest, latest))
    find_agreements(document)
    return document


def current(document: Document) -> list[Agreement]:
    return [agreement for agreement in document.agreements if not agreement.background]


def only(title: str, *body: str, times: Times | None = None, undated: bool = False) -> Agreement:
    found = current(read(title, *body, times=times, undated=undated))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("Norway has offered Finland a pact on joint air patrols.", "proposed"),
        ("Norway is considering a fisheries agreement with Finland.", "proposed"),
        ("Norway called for a border treaty with Finland.", "proposed"),
        ("Norway and Finland are negotiating a fisheries treaty.", "negotiating"),
        ("Norway and Finland opened talks on a border treaty.", "negotiating"),
        ("Norway hopes to sign a border treaty with Finland.", "negotiating"),
        ("Norway and Finland are close to signing a border treaty.", "negotiating"),
        ("A treaty between Norway and Finland could be signed soon.", "negotiating"),
        ("Norway and Finland are still at odds over the text of the border treaty.", "negotiating"),
        ("Norway and Finland have reached a deal on fishing rights.", "concluded"),
        ("Norway and Finland struck a fisheries accord.", "concluded"),
        ("Norway and Finland clinched a gas deal on Monday.", "concluded"),
        ("Negotiators from Norway and Finland initialled the border treaty.", "concluded"),
        ("The text of the border treaty between Norway and Finland has been agreed.", "concluded"),
        ("Norway and Finland have finalised a tax convention.", "concluded"),
        ("The border treaty between Norway and Finland is ready for signature.", "concluded"),
        ("Norway is completing the internal procedures needed to sign the border treaty with Finland.", "procedures"),
        ("Norway's cabinet approved the draft border treaty with Finland.", "procedures"),
        ("Norway and Finland will sign a border treaty during the king's visit to Helsinki.", "scheduled"),
        ("Norway and Finland signed a border treaty in Oslo.", "signed"),
        ("Norway and Finland have inked a border treaty.", "signed"),
        ("The leaders of Norway and Finland put pen to paper on a border treaty.", "signed"),
        ("The two ministers witnessed the signing of a border treaty between Norway and Finland.", "signed"),
        ("Finland's parliament ratified the border treaty with Norway.", "ratifying"),
        ("Lawmakers in Finland approved the border treaty with Norway.", "ratifying"),
        ("The border treaty between Norway and Finland has been ratified by both parliaments.", "ratified"),
        ("Norway and Finland exchanged the instruments of ratification of their border treaty.", "ratified"),
        ("The border treaty between Norway and Finland entered into force at midnight.", "in_force"),
        ("The border treaty between Norway and Finland took effect.", "in_force"),
        ("Norway accused Finland of violating the border treaty.", "in_force"),
    ],
)
def test_one_sentence_tells_the_stage(sentence: str, stage: str) -> None:
    agreement = only(sentence)
    assert agreement.stage == stage
    assert agreement.parties == ["FIN", "NOR"]
    assert agreement.condition is None


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Talks between Norway and Finland on a border treaty have collapsed.", "stalled"),
        ("Border talks between Norway and Finland ended in deadlock.", "stalled"),
        ("Norway suspended negotiations with Finland on a border treaty.", "suspended"),
        ("Norway has put the border treaty with Finland on ice.", "suspended"),
        ("Norway rejected the border treaty with Finland.", "rejected"),
        ("Norway withdrew from the border treaty with Finland.", "terminated"),
        ("Norway tore up the border treaty with Finland.", "terminated"),
        ("Norway denied that it had suspended negotiations with Finland on a border treaty.", None),
        ("Norway warned that border talks with Finland may collapse.", None),
    ],
)
def test_one_sentence_tells_the_condition(sentence: str, condition: str | None) -> None:
    assert only(sentence).condition == condition


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway denied that a border treaty with Finland had been signed.",
        "Norway and Finland have not signed the border treaty.",
        "Norway and Finland failed to sign a border treaty.",
        "If a border treaty is signed, Norway and Finland will open the road.",
        "Norway wants Finland to sign the border treaty.",
        "Was a border treaty signed by Norway and Finland?",
    ],
)
def test_hopes_and_denials_do_not_sign(sentence: str) -> None:
    for agreement in read(sentence).agreements:
        assert agreement.polarity == "negative" or LADDER.index(agreement.stage) < LADDER.index("signed")


def test_a_signing_that_is_only_denied_is_negative() -> None:
    found = read("Norway denied that a border treaty with Finland had been signed.").agreements
    assert [(a.polarity, a.stage) for a in found] == [("negative", "signed")]


def test_a_dated_signing_is_scheduled_and_expected_then() -> None:
    agreement = only(
        "Peru, Chile to sign water treaty",
        "Peru and Chile will sign a water treaty on Friday, the Peruvian foreign minister said.",
        times={"Friday": ("2019-05-17", "2019-05-17")},
    )
    assert agreement.stage == "scheduled"
    assert agreement.expected == Interval("2019-05-17", "2019-05-17")


def test_soon_is_open_ended_from_publication() -> None:
    agreement = only("Peru and Chile expect to sign a water treaty soon")
    assert agreement.stage == "negotiating"
    assert agreement.expected == Interval(DAY, None)


def test_sentences_of_one_agreement_are_one_entry_with_the_furthest_stage() -> None:
    document = read(
        "Peru, Chile sign water treaty",
        "Peru and Chile signed a water treaty in Lima on Monday after three years of negotiations.",
        "The treaty must still be ratified by both parliaments.",
        "It will enter into force next year.",
        times={"Monday": ("2019-05-13", "2019-05-13")},
    )
    assert [(a.stage, a.parties, a.instrument) for a in current(document)] == [("signed", ["CHL", "PER"], "treaty")]
    agreement = current(document)[0]
    assert document.words(agreement.span).startswith("Peru and Chile signed")
    assert agreement.when == Interval("2019-05-13", "2019-05-13")
    assert agreement.name == "water treaty"


def test_an_older_treaty_is_background() -> None:
    document = read(
        "Peru, Chile discuss new water treaty",
        "Peru and Chile are negotiating a new water treaty, officials said.",
        "The existing treaty between Peru and Chile was signed in 1968.",
        times={"1968": ("1968-01-01", "1968-12-31")},
    )
    assert [a.stage for a in current(document)] == ["negotiating"]
    assert [a.stage for a in document.agreements if a.background] == ["signed"]


def test_a_declaration_about_a_treaty_is_not_the_treaty() -> None:
    document = read(
        "Peru and Chile sign declaration, water treaty still being negotiated",
        "Peru and Chile signed a joint declaration on Monday.",
        "The water treaty between Peru and Chile is still being negotiated.",
    )
    assert {a.instrument: a.stage for a in document.agreements} == {"declaration": "signed", "treaty": "negotiating"}


def test_each_of_several_partners_has_an_agreement_of_its_own() -> None:
    document = read("Peru signs tax agreements with Ghana, Kenya and Nepal")
    assert sorted(tuple(a.parties) for a in document.agreements) == [("GHA", "PER"), ("KEN", "PER"), ("NPL", "PER")]


def test_brokers_places_and_newspapers_are_no_parties() -> None:
    agreement = only(
        "Peru and Chile signed a US-brokered treaty in Paris under the auspices of Norway, Spanish media reported"
    )
    assert agreement.parties == ["CHL", "PER"]


def test_a_ceasefire_inside_a_state() -> None:
    agreement = only(
        "Colombia truce holds",
        "A ceasefire between the government of Colombia and the rebels is holding, officials said.",
    )
    assert (agreement.parties, agreement.stage, agreement.instrument) == (["COL"], "in_force", "ceasefire")


def test_a_treaty_of_many_states_goes_by_its_name() -> None:
    agreement = only(
        "High Seas Treaty reaches sixty ratifications",
        "The High Seas Treaty has received its sixtieth ratification and will take effect next year.",
    )
    assert (agreement.parties, agreement.name, agreement.stage) == ([], "High Seas Treaty", "ratified")


def test_both_parliaments_of_two_states_make_it_ratified() -> None:
    agreement = only(
        "Peru's congress ratified the water treaty with Chile",
        "Chile's senate ratified the treaty in March.",
    )
    assert agreement.stage == "ratified"


OLDER = [
    "Until now the two countries have fished under a treaty signed in 1968.",
    "The treaty of 1968, which the two sides signed in Lima, stays in force.",
    "It will replace one that was signed in 1968.",
    "Fishing rests on an accord that the presidents of the day signed in 1968.",
]


@pytest.mark.parametrize("older", OLDER)
@pytest.mark.parametrize("undated", [False, True])
def test_what_is_still_negotiated_is_not_the_treaty_signed_long_ago(older: str, undated: bool) -> None:
    document = read(
        "Peru and Chile discuss fisheries treaty",
        "Peru and Chile are negotiating a fisheries treaty, officials said.",
        "The talks have gone on for a year.",
        "Boats from both countries wait in port.",
        older,
        times={"1968": ("1968-01-01", "1968-12-31")},
        undated=undated,
    )
    assert [(a.stage, a.parties) for a in current(document)] == [("negotiating", ["CHL", "PER"])]
    past = [a for a in document.agreements if a.background]
    assert all(a.parties == ["CHL", "PER"] and a.stage in ("signed", "in_force") for a in past)
    assert [a.when for a in past if a.when != Interval()] == [Interval("1968-01-01", "1968-12-31")]


def test_what_points_back_to_an_older_treaty_stays_with_it() -> None:
    document = read(
        "Peru and Chile discuss fisheries treaty",
        "Peru and Chile are negotiating a fisheries treaty, officials said.",
        "The talks have gone on for a year.",
        "For now boats from both countries fish under an accord of 1968.",
        "It was signed in Lima and entered into force at once.",
    )
    assert [a.stage for a in current(document)] == ["negotiating"]
    assert [a.stage for a in document.agreements if a.background] == ["in_force"]


def test_news_of_an_old_treaty_is_no_background() -> None:
    agreement = only(
        "Peru suspends water treaty with Chile",
        "Peru has suspended the water treaty of 1968 with Chile, the government said.",
        "The treaty was signed in Lima in 1968 and entered into force a year later.",
        times={"1968": ("1968-01-01", "1968-12-31")},
    )
    assert (agreement.stage, agreement.condition) == ("in_force", "suspended")


def test_what_was_signed_long_ago_and_is_kept_is_in_force() -> None:
    agreement = only(
        "Peru urges Chile to respect the water treaty",
        "The water treaty between Peru and Chile was signed in 1968.",
        times={"1968": ("1968-01-01", "1968-12-31")},
    )
    assert agreement.stage == "in_force"


def test_a_year_ahead_of_the_noun_phrase_does_not_make_a_treaty_old() -> None:
    agreement = only("Peru and Chile said that in 2007 the treaty was drafted but that talks on the treaty go on")
    assert (agreement.stage, agreement.background) == ("negotiating", False)


def test_agreements_of_two_subjects_are_two() -> None:
    document = read(
        "Peru and Chile sign fisheries treaty",
        "Peru and Chile signed a fisheries treaty on Monday.",
        "An extradition treaty between Peru and Chile is still being negotiated.",
    )
    stages = {agreement.name: agreement.stage for agreement in document.agreements}
    assert stages == {"fisheries treaty": "signed", "extradition treaty": "negotiating"}


def test_who_signs_with_another_state_is_not_the_state_of_the_page() -> None:
    document = read(
        "Norway and Finland hold talks on border treaty",
        "Norway and Finland are negotiating a border treaty.",
        "Norway has made its offer.",
        "Finland is weighing it.",
        "Okafor signed a treaty of that kind with Ghana in June.",
    )
    start = document.text.index("Okafor")
    document.agreements.clear()
    document.actors.append(Actor("a1", "Okafor", "person", mentions=[(start, start + 6)]))
    find_agreements(document)
    assert all("GHA" not in agreement.parties for agreement in document.agreements)
    assert [a.stage for a in current(document)] == ["negotiating"]


def test_a_union_of_states_stands_for_its_members() -> None:
    agreement = only("Serbia and the Eurasian Economic Union signed a free trade agreement on Monday")
    assert agreement.parties == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "SRB"]


@pytest.mark.parametrize(
    "sentence",
    [
        "No date for the signing has been set, the ministry said.",
        "The day of the signing remains undecided, the ministry said.",
    ],
)
def test_an_occasion_is_none_where_no_day_is_fixed(sentence: str) -> None:
    agreement = only(
        "Norway and Finland near border treaty",
        sentence,
        "Norway and Finland will sign the border treaty when the king visits Helsinki.",
    )
    assert LADDER.index(agreement.stage) < LADDER.index("scheduled")


def test_a_day_of_signing_counts_though_its_week_is_unknown() -> None:
    agreement = only(
        "Norway and Finland will sign a border treaty on Friday", times={"Friday": (None, None)}, undated=True
    )
    assert agreement.stage == "scheduled"


def test_the_day_of_saying_is_not_the_day_of_signing() -> None:
    agreement = only(
        "Norway and Finland are preparing to sign a border treaty, the minister said in Oslo on Tuesday",
        times={"Tuesday": (DAY, DAY)},
    )
    assert agreement.stage != "scheduled"


def test_a_visit_and_a_signing_on_a_named_day_are_scheduled() -> None:
    agreement = only(
        "Norway's king will come to Helsinki on Friday and sign the border treaty with Finland",
        times={"Friday": ("2019-05-17", "2019-05-17")},
    )
    assert (agreement.stage, agreement.expected.earliest) == ("scheduled", "2019-05-17")


def test_a_signing_put_off_to_a_day_is_scheduled_and_stalled() -> None:
    agreement = only(
        "The signing of a border treaty between Norway and Finland has been postponed to 9 June",
        times={"9 June": ("2019-06-09", "2019-06-09")},
    )
    assert (agreement.stage, agreement.condition) == ("scheduled", "stalled")


def test_a_step_still_to_come_keeps_it_ratifying() -> None:
    agreement = only(
        "Peru's congress ratified the water treaty with Chile",
        "Chile's lower house approved the treaty in March.",
        "The bill now goes to the Chilean senate.",
    )
    assert agreement.stage == "ratifying"


@pytest.mark.parametrize(
    ("title", "condition"),
    [
        ("Reports that Norway had suspended border talks with Finland are untrue", None),
        ("Norway has suspended nothing in its border talks with Finland", None),
        ("Norway and Finland resume border talks that had stalled", None),
        ("Norway and Finland hope to resume border talks that have stalled", "stalled"),
    ],
)
def test_what_the_page_denies_or_ends_is_no_condition(title: str, condition: str | None) -> None:
    assert only(title).condition == condition


def test_an_international_convention_is_named_by_what_it_is_about() -> None:
    agreement = only("An international convention on the towing of icebergs entered into force on Tuesday")
    assert agreement.parties == []
    assert agreement.name == "international convention on the towing of icebergs"
    assert agreement.stage == "in_force"


def test_a_state_that_leaves_the_talks_ends_no_agreement() -> None:
    agreement = only(
        "Envoys adopt an international agreement on the towing of icebergs",
        "Norway withdrew from the talks in January.",
    )
    assert (agreement.stage, agreement.condition) == ("concluded", None)


@pytest.mark.parametrize(
    "text",
    [
        "Striker signs three-year contract with club in Spain after leaving Italy",
        "The company said it had signed a deal with a French firm to supply German customers.",
        "France and Germany were in agreement that the weather was bad.",
        "The minister had to deal with floods in France and Germany.",
        "The summit of France and Germany ended with a dinner.",
        "",
    ],
)
def test_what_is_no_agreement(text: str) -> None:
    assert read(text).agreements == []


def test_the_statement_that_carries_the_sentence_is_named() -> None:
    title = "Peru, Chile sign water treaty"
    body = "Peru and Chile signed a water treaty, the Peruvian minister said."
    document = read(title, body)
    document.agreements.clear()
    start = len(title) + 1
    document.statements.append(Statement("s1", [(start + 37, start + 60)], [], [(start, start + 36)]))
    find_agreements(document)
    assert [a.statement for a in document.agreements] == ["s1"]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The EU froze talks on closer ties with Norway in March.", [["NOR"]]),
        ("Chile and the European Union signed an agreement on copper in March.", [["CHL"]]),
        ("Norway, which chaired the peace talks between Peru and the rebels, signed nothing.", [["PER"]]),
        ("Finnish mediators said a truce between Peru and the guerrillas took effect.", [["PER"]]),
        ("Norwegian officials welcomed the truce between Peru and the guerrillas, which took effect.", [["PER"]]),
        ("The EU came here after talks with Norway on a fisheries agreement with Chile had failed.", None),
    ],
)
def test_who_presides_or_acts_for_others_is_no_party(sentence: str, parties: list[list[str]] | None) -> None:
    found = [agreement.parties for agreement in read("News of the day", sentence).agreements]
    assert found == parties if parties is not None else ["NOR"] not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The tariff of Chile, which took effect in January, cost Peru a third of its exports.",
        "The ministers of Chile and Peru had ten products under review.",
        "Chile and Peru want to become host to an international convention city project and plan to build it.",
        "Chile saw a negotiating tactic of Peru in it.",
        "The Chilean president flew to Peru for talks on the peace process.",
    ],
)
def test_without_a_word_for_an_agreement_there_is_none(sentence: str) -> None:
    assert read("News of the day", sentence).agreements == []


def test_growing_signs_sign_nothing() -> None:
    (agreement,) = read("News", "There are growing signs that Chile and Peru are edging closer to a deal.").agreements
    assert agreement.stage == "negotiating"


def test_another_state_signs_its_own_agreement() -> None:
    document = read(
        "Chile and Peru conclude trade deal",
        "Chile and Peru concluded a trade deal on Monday.",
        "Ecuador will sign its agreement in the coming weeks.",
    )
    assert [(agreement.parties, agreement.stage) for agreement in current(document)] == [(["CHL", "PER"], "concluded")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Norway", "Finland", "treaty", "talks", "signed", "to sign", "not", "will", "stalled", "with", "and",
             ";", ",", "between", "the", "a", "İran", "ratified", "1998", "ceasefire", "rebels", "WTO", "?", "’s", "-"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_words_give_agreements_inside_the_page(words: list[str]) -> None:
    document = read(" ".join(words), " ".join(reversed(words)))
    for agreement in document.agreements:
        assert agreement.stage in LADDER
        assert 0 <= agreement.span[0] < agreement.span[1] <= len(document.text)
        assert agreement.parties == sorted(set(agreement.parties))
        assert agreement.parties or agreement.name


def test_a_long_line_is_read_in_reasonable_time() -> None:
    began = time.process_time()
    read("Norway and Finland signed a treaty " * 3000, "A" * 300_000, "a " * 100_000, "treaty of " * 20_000)
    assert time.process_time() - began < 10
