"""Words as the cross-page steps compare them: folded, lightly stemmed, weighted by how rare they are in news.

The weight of a word comes from a fixed table, not from the pages on record. So the likeness of two texts depends
on these two texts alone, and the record comes out the same in whatever order pages arrive.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from onrecord.lexicon import rows

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
#: Longer runs of letters are no words.
_LONGEST = 40
_VOWEL = re.compile("[aeiouy].*[^aeiouy]")
#: Documents behind the table of word frequencies, and the count given to words that are not in it.
_DOCUMENTS = 10_000.0
_UNLISTED = 5.0


def fold(text: str) -> str:
    """Lower case without diacritics (NFKD, combining marks dropped)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its common English endings (after Harman's S stemmer, How effective is suffixing?, 1991,
    with the verb endings -ed and -ing)."""
    if len(word) > _LONGEST:
        return word
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _VOWEL.search(word, 0, len(word) - len(ending)):
            word = word[: -len(ending)]
            if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    if len(word) > 4 and word.endswith(("e", "y", "i")):
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    return {row["stem"]: float(row["documents"]) for row in rows("frequencies")}


@lru_cache(maxsize=65536)
def rarity(term: str) -> float:
    """Inverse document frequency of a stem in news: 0 for words on every page, about 7.6 for unlisted ones."""
    return math.log(_DOCUMENTS / _frequencies().get(term, _UNLISTED))
