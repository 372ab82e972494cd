"""Who said what, on whose authority, as whole pages tell it."""

import pytest

from onrecord import analyze

PAGE = """Ruritania is ready to sign border accord, Hentzau says
STRELSAU, March 4 (Reuters) - Ruritania has accepted the last draft of a border accord with Norway, Foreign Minister \
Rupert Hentzau said on Monday.
"We shall sign it before the summer is over," Hentzau told reporters. "Nothing stands in the way."
Hentzau was quoted by the TASS state news agency as saying that the maps had been agreed.
The Norwegian government said in February that it might ask for further talks, but declined to comment on the draft.
Sweden accuses both countries of ignoring fishermen, something Norway denies.
A senior Swedish official on Sunday denied that Stockholm had seen the text.
"""


@pytest.fixture(scope="module")
def page():
    return analyze(PAGE, published="2024-03-05")


def found(page, words):
    """The statement with these words in its content, the outermost first."""
    for statement in sorted(page.statements, key=lambda s: s.within is not None):
        if words in " ".join(page.text[a:b] for a, b in statement.content):
            return statement
    raise AssertionError(f"no statement holds {words!r}")


def names(page, ids):
    known = {actor.id: actor.name for actor in page.actors}
    return [known[actor] for actor in ids]


def test_headline_attribution(page):
    statement = found(page, "Ruritania is ready to sign border accord")
    assert names(page, [statement.speaker]) == ["Rupert Hentzau"]


def test_speaker_role_and_wire(page):
    statement = found(page, "has accepted the last draft")
    assert names(page, statement.chain) == ["Rupert Hentzau", "Reuters"]
    assert (statement.form, statement.act) == ("indirect", "assert")
    assert (statement.said.earliest, statement.said.latest) == ("2024-03-04", "2024-03-04")
    speaker = next(actor for actor in page.actors if actor.id == statement.speaker)
    assert (speaker.type, speaker.role) == ("person", "Foreign Minister")


def test_the_name_is_one_actor_in_full_and_in_short(page):
    assert [actor.name for actor in page.actors if "Hentzau" in actor.name] == ["Rupert Hentzau"]


def test_direct_quotation(page):
    statement = found(page, "We shall sign it before the summer")
    assert statement.form == "direct"
    assert names(page, [statement.speaker]) == ["Rupert Hentzau"]


def test_whoever_carried_the_words_stands_in_the_chain(page):
    assert names(page, found(page, "the maps had been agreed").chain) == ["Rupert Hentzau", "TASS", "Reuters"]


def test_a_refusal_to_comment_is_none_of_what_was_said_before(page):
    refusals = [s for s in page.statements if s.act == "decline"]
    assert len(refusals) == 1
    assert "the draft" in " ".join(page.text[a:b] for a, b in refusals[0].content)
    assert found(page, "might ask for further talks").certainty == "possible"


def test_a_denial_by_reference_denies_the_accusation(page):
    accusation = found(page, "ignoring fishermen")
    assert accusation.act == "accuse"
    denial = next(s for s in page.statements if s.act == "deny" and s.content == accusation.content)
    assert names(page, [denial.speaker]) == ["Norway"]


def test_an_unnamed_speaker_stays_unnamed(page):
    statement = found(page, "Stockholm had seen the text")
    assert (statement.act, statement.polarity) == ("deny", "negative")
    assert names(page, [statement.speaker]) == ["senior Swedish official"]
    speaker = next(actor for actor in page.actors if actor.id == statement.speaker)
    assert speaker.country == "SWE"


def test_every_reference_is_to_an_actor_or_statement_of_the_page(page):
    actors = {actor.id for actor in page.actors}
    for statement in page.statements:
        assert set(statement.chain) <= actors
        assert statement.within is None or statement.within in {s.id for s in page.statements}
        for start, end in statement.source + statement.cue + statement.content:
            assert 0 <= start < end <= len(page.text)
            assert page.text[start:end].strip() == page.text[start:end]


def test_furniture_never_speaks():
    teaser = "The mayor of Zenda said on Friday that the bridge over the river would be closed for a year.\n"
    text = PAGE + "Read also\n-\n" + teaser + "-\n" + teaser.replace("Zenda", "Hofbau") + "Leave a comment\n"
    page = analyze(text, published="2024-03-05")
    at = page.text.index("The mayor of Zenda")
    assert all(end <= at for s in page.statements for _, end in s.content)


def test_a_page_cut_off_within_a_sentence_keeps_its_spans_within_the_article():
    page = analyze(
        "Free trade between Iran and Eurasian Economic Union begins\n"
        "Customs duties have fallen on nearly nine in ten kinds of goods, after the agreement entered into force.\n"
        "Armenia, Belarus, Kazakhstan, Kyrgyzstan and Russia signed the "
    )
    assert len(page.text.rstrip()) < len(page.text)
    for statement in page.statements:
        for start, end in statement.source + statement.cue + statement.content:
            assert page.text[start:end] == page.text[start:end].strip()


OTHER = """Talks on the harbour go on
OSLO, May 13 (AFP) - The price of the port has been agreed, Anadolu reported on Monday, citing two sources in the \
ministry.
Interior Minister Kofi Asante said that Togo had accused Ghana of moving the border stones.
Asked about the ransom, police spokesman Yann Kerlo declined to answer.
Trade envoy Marta Quist hailed the deal but wondered who would pay for it.
Two of the men were believed to have fled to Oman.
Chilean President Pedro Santiago met reporters on Sunday. Santiago said that the lake was calm.
A draft seen by Kyodo says that the treaty will not enter into force before 2027.
"""


@pytest.fixture(scope="module")
def other():
    return analyze(OTHER, published="2024-05-14")


def test_who_is_cited_speaks_and_the_outlet_carries_the_words(other):
    statement = found(other, "The price of the port has been agreed")
    assert names(other, statement.chain) == ["sources in the ministry", "Anadolu", "AFP"]


def test_a_statement_within_a_statement(other):
    outer = found(other, "that Togo had accused Ghana")
    inner = next(s for s in other.statements if s.within == outer.id)
    assert (inner.act, names(other, inner.chain)) == ("accuse", ["Togo", "Kofi Asante", "AFP"])


def test_what_a_refusal_is_about_stands_in_the_clause_that_asks(other):
    statement = found(other, "the ransom")
    assert (statement.act, names(other, [statement.speaker])) == ("decline", ["Yann Kerlo"])


def test_verbs_that_are_joined_share_their_subject(other):
    assert names(other, [found(other, "who would pay for it").speaker]) == ["Marta Quist"]


def test_the_subject_of_a_passive_is_not_the_one_who_believes(other):
    statement = found(other, "to have fled to Oman")
    assert (statement.speaker, statement.certainty) == (None, "probable")


def test_a_surname_that_is_also_a_capital_is_the_persons(other):
    assert names(other, [found(other, "the lake was calm").speaker]) == ["Pedro Santiago"]


def test_who_saw_a_paper_does_not_speak_through_it(other):
    assert "Kyodo" not in names(other, found(other, "will not enter into force").chain)[:1]


def test_a_line_says_whose_its_quotation_is():
    page = analyze(
        "<html><body><article><h1>Voices from the harbour</h1><p>We asked those who work here what the pact means.</p>"
        "<p>“Nobody has told us what will become of the quay.” ― Ada Lind</p>"
        "<p>“The cranes have stood still since the spring of last year.” ― Jon Sund</p></article></body></html>"
    )
    assert names(page, [found(page, "what will become of the quay").speaker]) == ["Ada Lind"]
    assert names(page, [found(page, "cranes have stood still").speaker]) == ["Jon Sund"]


def test_a_charge_told_before_its_source_is_what_is_denied():
    page = analyze(
        "Neighbours trade charges\n\nNorway has moved guns to the border, Sweden charged on Tuesday, "
        "an accusation that Oslo was quick to deny.",
        published="2024-05-02",
    )
    (denial,) = [statement for statement in page.statements if statement.act == "deny"]
    assert page.text[slice(*denial.source[0])] == "Oslo"
    assert page.text[slice(*denial.content[0])] == "Norway has moved guns to the border"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The minister said in November that talks went on.", ("2023-11-01", "2023-11-30")),
        ("In June, Hentzau said that talks would go on.", ("2023-06-01", "2023-06-30")),
        ("Since its 1994 civil war the country has wanted peace, Hentzau said.", (None, "2024-01-17")),
        ("The two states were tied 56 years ago, Hentzau said.", (None, "2024-01-17")),
    ],
)
def test_a_time_of_the_story_is_not_the_time_of_saying(sentence, said):
    page = analyze(f"Ruritania looks back on its wars\n\n{sentence}", published="2024-01-17")
    statement = page.statements[-1]
    assert (statement.said.earliest, statement.said.latest) == said
