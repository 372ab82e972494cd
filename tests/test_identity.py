"""One person is one name across spellings, and two persons of one surname stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.identity import name_key, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
        ("Xi Jinping", "XI JINPING"),
        ("Abdel Fattah el-Sisi", "Abdel-Fattah al-Sisi"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Bashar Al Assad", "Bashar al-Assad"),
        ("Mohammed bin Salman", "Mohammad bin Salman"),
        ("Muammar Gaddafi", "Muammar Qaddafi"),
        ("Yulia Tymoshenko", "Yuliya Timoshenko"),
        ("Alexander Lukashenko", "Aleksandr Lukashenko"),
        ("Maria Zakharova", "Mariya Zakharova"),
        ("Abbas Araghchi", "Abbas Araqchi"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Xi", "Xi Jinping"),
        ("Sisi", "Abdel Fattah el-Sisi"),
        ("al-Assad", "Bashar Assad"),
        ("Kim", "Kim Jong Un"),
        ("Gore", "Al Gore"),
    ],
)
def test_a_surname_can_be_its_bearer(short, full):
    assert same_name(short, full)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Joseph Kabila", "Laurent Kabila"),
        ("Sergei Lavrov", "Sergei Shoigu"),
        ("Sergei", "Sergei Lavrov"),
    ],
)
def test_two_persons_of_one_surname_or_given_name_stay_two(one, other):
    assert not same_name(one, other)


@given(st.text(max_size=60))
def test_a_name_is_itself_in_capitals_and_small_letters(name):
    assert name_key(name.upper()) == name_key(name.upper().lower())
