"""Which language a text is written in, from its script, its letters and its function words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from onrecord.lexicon import table

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʻ-][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")
#: What neither tells a script nor is a letter that only few languages have.
_ASCII = re.compile(r"[\x00-\x7f]+")
#: Characters of a text that are looked at; words that a language must show, and every how many words one of them.
_MOST, _ENOUGH, _EVERY = 20_000, 3, 12
#: Words of a text in which one less is enough.
_FEW = 20
#: Letters of another script that one of a script without spaces outweighs.
_DENSE = 2


@lru_cache(maxsize=1)
def _languages() -> dict[str, list[tuple[str, float]]]:
    """For each function word the languages that have it, and what it weighs for each."""
    found: dict[str, list[tuple[str, float]]] = {}
    for listed in (table("function_words"), table("languages")["words"]):
        for language, words in listed.items():
            for word in dict.fromkeys(words):
                found.setdefault(word, []).append((language, len(words) ** -0.5))
    return found


@lru_cache(maxsize=1)
def _scripts() -> list[tuple[str, re.Pattern[str]]]:
    return [(language, re.compile(f"[{span}]")) for language, span in table("languages")["scripts"].items()]


@lru_cache(maxsize=1)
def _letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, letters in table("languages")["letters"].items():
        for letter in letters:
            found.setdefault(letter, []).append(language)
    return found


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is written in; None where there is too little to tell."""
    text = text[:_MOST]
    if language := _by_script(text):
        return language
    words = Counter(map(str.lower, _WORD.findall(text)))
    counts, seen = defaultdict[str, float](float), Counter[str]()
    for word, times in words.items():
        for language, weight in _languages().get(word, ()):
            counts[language] += weight * times
            seen[language] += times
    # Letters of its own decide between neighbours that share their words, each letter at most once for each word seen.
    own = Counter[str]()
    for letter, times in Counter(_ASCII.sub("", text).lower()).items():
        for language in _letters().get(letter, ()):
            counts[language] += min(times, seen[language]) / (10 * len(_letters()[letter]))
            own[language] += times if seen[language] else 0
    best = max(counts, key=lambda language: (counts[language], language), default="")
    enough = _ENOUGH if words.total() > _FEW else _ENOUGH - 1
    told = seen[best] + own[best]
    return best if told >= enough and told * _EVERY >= words.total() else _by_shared_script(text)


def _by_script(text: str) -> str | None:
    rest = _ASCII.sub("", text)
    found = {language: len(script.findall(rest)) for language, script in _scripts()}
    # Japanese is written with Chinese characters too, which its own syllables among them tell.
    if found["ja"] * 20 > found["zh"]:
        found["ja"] += found["zh"]
        found["zh"] = 0
    best = max(found, key=lambda language: found[language])
    return best if found[best] and found[best] * (1 + _DENSE) > len(_LETTER.findall(text)) else None


def _by_shared_script(text: str) -> str | None:
    letters = _LETTER.findall(text.lower())
    for language, span in table("languages")["shared"].items():
        inside = re.compile(f"[{span}]")
        if letters and sum(map(bool, map(inside.match, letters))) * 2 > len(letters):
            own = Counter(one for letter in letters for one in _letters().get(letter, ()) if inside.match(letter))
            return own.most_common(1)[0][0] if own else str(language)
    return None
