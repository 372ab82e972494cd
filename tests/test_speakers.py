"""Who is named as speaking, and by whose words agreements are told, on whole pages."""

import pytest

from onrecord import analyze
from onrecord.reading.cast import Cast
from onrecord.reading.cues import is_act, is_deed, is_saying


def read(title, *lines):
    return analyze("\n\n".join((title, *lines)), published="2024-05-14")


def chains(page):
    """For each statement, in order, its chain by name."""
    known = {actor.id: actor.name for actor in page.actors}
    return [[known[actor] for actor in statement.chain] for statement in page.statements]


def speakers(page):
    known = {actor.id: actor.name for actor in page.actors}
    return [known.get(statement.speaker) for statement in page.statements]


def carried(page):
    """For each agreement who tells of it, None where the page does."""
    known = {actor.id: actor.name for actor in page.actors}
    told = {statement.id: known.get(statement.speaker) for statement in page.statements}
    return [told.get(agreement.statement) for agreement in page.agreements if not agreement.background]


INTRODUCED = (
    "Ferry line to open in June",
    "A ferry between Bergen and Hull will sail again from June, a transport ministry official said on Monday.",
    'Ragna Holm, director of shipping at the ministry, told reporters: "The ship is ready, and so is the crew."',
)


def test_who_is_described_first_goes_by_the_name_that_follows():
    assert speakers(read(*INTRODUCED)) == ["Ragna Holm", "Ragna Holm"]


@pytest.mark.parametrize(
    "second",
    [
        'Ragna Holm, a fisherman from Bergen, told reporters: "The ship is ready, and so is the crew."',
        'Ragna Holm, director of a museum in Hull, told reporters: "The ship is ready, and so is the crew."',
    ],
)
def test_another_who_speaks_next_is_not_the_one_described(second):
    assert speakers(read(*INTRODUCED[:2], second))[0] == "transport ministry official"


def test_an_outlet_is_named_again_by_its_kind_and_only_carries_what_it_quotes():
    page = read(
        "Bridge to be built",
        "A bridge will be built over the sound, the Fjord Times newspaper reported on Monday.",
        'Work starts in May, the newspaper quoted Ragna Holm, deputy transport minister, as saying. "We are ready."',
        "The newspaper said the bridge would be the longest in the country.",
    )
    first, quoted, *_, last = chains(page)
    assert quoted[0] == "Ragna Holm"
    assert first[0] == quoted[1] == last[0]


def test_who_speaks_in_a_report_is_not_the_report():
    page = read(
        "Talks in Oslo",
        "Foreign Minister Ragna Holm met reporters on Monday. Holm said she was pleased with the border agreement that "
        "Norway and Sweden had reached, according to the report.",
    )
    assert "Ragna Holm" in chains(page)[-1][0]
    assert "report" in chains(page)[-1]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The pact is safe, the State Office of Fisheries said on Monday.", "State Office of Fisheries"),
        ("Prices will not rise, the Bank of Norway said on Monday.", "Bank of Norway"),
        ("Roads are open again, according to the Bergen city government.", "Bergen city government"),
        ("Holm supporters said the vote had been stolen from them.", "Holm supporters"),
        ("Ministers must pray, Archbishop of Trondheim Ragna Holm said on Monday.", "Ragna Holm"),
        ("Prime Minister Ragna Holm will sign the law on Friday, her office said.", "Ragna Holm's office"),
        ("Two boats have been lost and coast guards said they had found nobody.", "coast guards"),
    ],
)
def test_the_whole_name_of_who_speaks(line, name):
    assert speakers(read("News from the coast", line))[-1] == name


@pytest.mark.parametrize(
    "line",
    [
        "Shop owners were informed that the street would be closed for a year.",
        "A court in Bergen freed a captain, accused of smuggling eels past the harbour master.",
        "The town council approved a plan for a new harbour on Monday.",
    ],
)
def test_who_only_hears_or_acts_does_not_speak(line):
    assert set(speakers(read("News from the coast", line))) <= {None}


def test_a_share_of_those_asked_is_nobody():
    page = read("Poll", "A poll came out on Monday. 39.5 percent of voters said that they would stay at home.")
    assert speakers(page)[-1] is None


def test_a_headline_that_turns_to_another_state_ends_what_the_first_one_says():
    page = read(
        "Norway says fish pact with Sweden is close, but Sweden has set no date",
        "OSLO - Ministers of Norway and Sweden are to meet again in June.",
    )
    (statement,) = [s for s in page.statements if s.source[0][0] == 0]
    assert " ".join(page.text[a:b] for a, b in statement.content) == "fish pact with Sweden is close"


def test_it_is_who_spoke_not_whom_the_words_are_about():
    page = read(
        "Orders to the fleet",
        "Prime Minister Ragna Holm ordered the fleet home on Monday, her office said.",
        'Holm told the admirals "to waste no time".',
        '"Sweden will keep the truce," it said.',
    )
    assert speakers(page)[-1] == "Ragna Holm's office"


def test_a_surname_of_two_parts_or_with_a_particle_is_one_with_the_full_name():
    cast = Cast()
    full = cast.person("Ragna Holm-Berg", (0, 15))
    assert cast.person("Berg", (20, 24)) is full
    other = cast.person("Ada van Dijk", (30, 42))
    assert cast.person("Van Dijk", (50, 58)) is other


TREATY = "Norway and Sweden signed a fisheries treaty on Monday"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{TREATY}, Foreign Minister Ragna Holm said.", "Ragna Holm"),
        (f"{TREATY}.", None),
        ("Foreign Minister Ragna Holm signed a fisheries treaty between Norway and Sweden on Monday.", None),
        (f"{TREATY}, while Foreign Minister Ragna Holm said that the weather was fine.", None),
    ],
)
def test_an_agreement_is_told_by_whose_words_hold_it(line, told):
    assert carried(read("Fish pact between Norway and Sweden", line)) == [told]


def test_who_was_there_comes_before_the_outlet_that_tells_the_same():
    page = read(
        "Fish pact between Norway and Sweden",
        f"{TREATY}, Norwegian news agencies reported.",
        f"{TREATY} in Bergen, Foreign Minister Ragna Holm said.",
    )
    assert carried(page) == ["Ragna Holm"]


def test_what_a_sentence_names_first_is_told_by_who_speaks_in_it():
    page = read(
        "Norway and Sweden in talks on fish",
        "Foreign Minister Ragna Holm met reporters on Monday.",
        "On the talks with Sweden on a fisheries treaty with Norway, Holm said she was confident.",
    )
    assert carried(page) == ["Ragna Holm"]


def test_cues_of_words_and_of_deeds():
    assert is_saying("said in a statement") and is_saying("according to") and is_saying(":")
    assert not is_saying("did not say") and not is_saying("was officially implemented")
    assert is_deed("has signed") and is_act("approved") and not is_act("said")
