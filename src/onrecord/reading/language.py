"""Which language a text is written in, from its function words."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lexicon import table

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 20_000
#: Scripts that one language of the lexicon alone, or none, is written in.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)


@lru_cache(maxsize=1)
def _languages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, words in table("function_words").items():
        for word in words:
            found.setdefault(word, []).append(language)
    return found


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language most of whose function words a text has; None where there are too few."""
    text = text[:_MOST]
    for language, script in _SCRIPTS:
        if len(script.findall(text)) * 10 > len(text):
            return language
    words = [word.lower() for word in _WORD.findall(text)]
    known, counts = _languages(), dict[str, float]()
    for word in words:
        for language in known.get(word, ()):
            counts[language] = counts.get(language, 0.0) + 1.0 / len(table("function_words")[language]) ** 0.5
    if not counts:
        return None
    best = max(counts, key=lambda language: (counts[language], language))
    seen = sum(best in known.get(word, ()) for word in words)
    return best if seen >= 3 and seen * 12 >= len(words) else None
