"""Whose state somebody stands for, by name, by role and by what stands beside the name."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.api import analyze
from onrecord.lexicon import rows, table
from onrecord.reading.offices import state_of
from onrecord.reading.roles import role_after, role_apposed
from onrecord.reading.states import state_name


@pytest.mark.parametrize(
    ("name", "day", "country"),
    [
        ("Navin Ramgoolam", "2025-05-22", "MUS"),
        ("Edvard Nalbandyan", None, "ARM"),
        ("Ramgoolam", "2025-05-22", "MUS"),
        ("Ramgoolam", None, None),
        ("Teodoro Locsin Jr.", "2020-02-11", "PHL"),
        ("Ursula von der Leyen", "2016-05-01", "DEU"),
        ("Ursula von der Leyen", "2024-12-06", None),  # of a body by then
        ("Christine Lagarde", "2009-03-02", "FRA"),
        ("Christine Lagarde", "2013-03-02", None),
        ("Stephen Smith", "2008-06-01", "AUS"),
        ("Stephen Smith", "2019-06-01", None),  # many bear the name
        ("Smith", "2008-06-01", None),
        ("Ada Lind", "2020-01-01", None),
    ],
)
def test_the_state_of_holders_of_office(name: str, day: str | None, country: str | None) -> None:
    assert state_of(name, day) == country


def test_terms_are_in_order_and_their_offices_and_states_are_known() -> None:
    bodies = {"EU", "UN", "NATO", "IMF", "World Bank", "ECB", "WTO", "IAEA", "OPEC", "WHO", "Fed"}
    for row in rows("offices"):
        assert row["office"] in table("dating")["titles"], row
        assert row["state"] in bodies or state_name(row["state"]) != row["state"], row
        first = date.fromisoformat(row["from"])
        assert not row["to"] or first < date.fromisoformat(row["to"]), row
        assert all(name == name.strip() and name for name in row["person"].split("|")), row


def test_a_role_to_which_a_name_stands_in_apposition() -> None:
    def apposed(text: str, name: str = "Ada Lind") -> tuple[str, str | None] | None:
        start = text.index(name)
        role = role_apposed(text, start, start + len(name), 0)
        return (role.words, role.country) if role else None

    assert apposed("Norway's prime minister, Ada Lind, left.") == ("prime minister", "NOR")
    assert apposed("It fell to the Armenian foreign minister, Ada Lind.") == ("foreign minister", "ARM")
    assert apposed("Its spokesman, Ada Lind, declined.") == ("spokesman", None)
    assert apposed("Holm's spokeswoman, Ada Lind, declined.") == ("spokeswoman", None)
    assert apposed("Then the foreign ministers, Ada Lind and Per Holm, sat down.") is None
    assert apposed("A member of its parliament, Ada Lind, objected.") is None
    assert apposed("In the park, Ada Lind, as ever, was late.") is None


def test_what_somebody_said_is_no_role() -> None:
    text = "Its spokesman, Per Holm, said the secretary of state was pleased."
    assert role_after(text, text.index("Holm") + 4, len(text)) is None


def test_the_state_that_stands_beside_a_name() -> None:
    found = analyze(
        "LIMA, March 3, 2031 - The treaty is all but finished, said Peru's Elena Quispe, and Tomas Berg of Norway said "
        "on Tuesday that his delegation would sign. Quispe said the text was with the lawyers.\n\n"
        "The Swiss foreign minister, Nina Amsler, said that his country would be the depositary. "
        "Amsler's spokesman, Urs Holderegger, said the ceremony was a matter of weeks.\n",
        published="2031-03-03",
    )
    states = {actor.name: actor.country for actor in found.actors if actor.type == "person"}
    assert states["Elena Quispe"] == "PER"
    assert states["Tomas Berg"] == "NOR"
    assert states["Nina Amsler"] == states["Urs Holderegger"] == "CHE"
    assert len([name for name in states if "Quispe" in name]) == 1
