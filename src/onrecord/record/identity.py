"""One key for one name, however pages spell it."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lexicon import rows, table
from onrecord.record.terms import words


@lru_cache(maxsize=1)
def _spellings() -> list[tuple[str, str]]:
    return [(row["spelled"], row["key"]) for row in rows("transliteration")]


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    for spelled, key in _spellings():
        if spelled.endswith("$"):
            if word.endswith(spelled[:-1]) and len(word) > len(spelled):
                word = word[: -len(spelled) + 1] + key
        else:
            word = word.replace(spelled, key)
    return "".join(char for at, char in enumerate(word) if at == 0 or char != word[at - 1])


@lru_cache(maxsize=65536)
@lru_cache(maxsize=1)
def _particles() -> re.Pattern[str]:
    """The Arabic article before a name: "al-Assad", "el-Sisi", "Bashar Al Assad"; "Al" that opens a name is a name."""
    articles = "|".join(table("names")["articles"])
    return re.compile(rf"(?<!\w)(?:(?i:{articles})[-‐‑]|(?:al|el)\s|(?<=\w\s)(?:Al|El)\s)(?=[^\W\d_])")


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    return frozenset(map(name_key, table("names")["family_first"]))


def name_key(name: str) -> str:
    """The name folded so that common transliterations of it agree: `Sergei Shoigu` and `Sergey Shoygu` have one key.

    Case and diacritics go, the spellings of `transliteration.csv` are levelled, doubled letters become one. The key
    is for comparing only; it is no spelling of the name.
    """
    return " ".join(_key(word) for word in words(_particles().sub("", name)))


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's or body's: equal keys, or one is the surname of the other.

    The surname is the end of a name (`Peskov`), or its beginning where that is one that stands first (`Xi`).
    """
    short, long = sorted((name_key(one).split(), name_key(other).split()), key=len)
    if not short:
        return False
    return long[-len(short) :] == short or (short == long[:1] and short[0] in _family_first())
