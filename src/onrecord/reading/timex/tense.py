"""Which way the words around a temporal expression look: back, ahead, or neither.

A small lexical heuristic in place of a parse: the nearest verb before the expression in its clause decides, else the
nearest after it. Words and forms are in `times_tense.toml`.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from onrecord.lexicon import table
from onrecord.reading.timex.tokens import Token

Direction = Literal[-1, 0, 1]
#: How many words away the verb that decides may stand; how near is close; how long an object before "to" may be.
_REACH, _CLOSE, _OBJECT = 14, 4, 4
#: How many words before a verb its helping verb may stand.
_HELPED = 3
_ENDS = frozenset({".", ";", "?", "!"})


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("times_tense").items()}


def direction(tokens: list[Token], first: int, last: int) -> tuple[Direction, bool]:
    """-1 if the words about `tokens[first:last]` speak of the past, 1 of what is to come, 0 if they do not say.

    With it comes whether the word that decides stands close by.
    """
    words = _words()
    before = tokens[first - 1].word if first else ""
    if before in words["back"]:
        return -1, True
    if before in words["article"]:
        return 0, False  # "a June agreement": what the verb says of the agreement, it does not say of June
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _ends(tokens, at, words):
            break
        looks = _looks(tokens, at, words)
        if looks:
            return looks, first - at <= _CLOSE and before not in words["ahead"]
    for at in range(last, min(len(tokens), last + _REACH)):
        if _ends(tokens, at, words):
            break
        looks = _looks(tokens, at, words)
        if looks and tokens[at].word not in words["modal"]:
            return looks, at - last < _CLOSE
    return (1, False) if before in words["ahead"] else (0, False)


def joined(tokens: list[Token], first: int, last: int, second: int) -> bool:
    """Whether what stands between `tokens[first:last]` and the token at `second` makes a range of the two."""
    words = _words()
    if second != last + 1 or tokens[last].word not in words["range"]:
        return False
    return tokens[last].word != "and" or (first > 0 and tokens[first - 1].word in words["between"])


def closed(tokens: list[Token], last: int) -> bool:
    """Whether it is said right after `tokens[:last]` when what they name ended: "the quarter ended June 30"."""
    return last < len(tokens) and tokens[last].word in _words()["ended"]


def until(tokens: list[Token], first: int) -> bool:
    """Whether something is said to be done by the time that `tokens[first]` begins."""
    return first > 0 and tokens[first - 1].word in _words()["deadline"]


def _ends(tokens: list[Token], at: int, words: dict[str, frozenset[str]]) -> bool:
    """Whether a sentence ends here, as far as marks tell: a dot after a title or an initial does not end one."""
    if tokens[at].word != "." or not at:
        return tokens[at].word in _ENDS
    before = tokens[at - 1].word
    return not (before in words["abbreviated"] or (len(before) == 1 and before.isalpha()))


def _looks(tokens: list[Token], at: int, words: dict[str, frozenset[str]]) -> Direction:
    word = tokens[at].word
    before = tokens[at - 1].word if at else ""
    if word == "be":
        return _bare(tokens, at, words)
    if word in words["future"] or word in words["modal"]:
        if word in words["noun"] and before in words["determiner"]:
            return 0  # "the plan", "its hopes"
        if before in words["former"]:
            return 0  # "as planned", "originally due"
        return -1 if _given_up(tokens, at) else 1
    if before in words["infinitive"] and word.isalpha() and word not in words["determiner"] and not _names(tokens[at]):
        return 0 if word.endswith("ed") else _infinitive(tokens, at - 1, words)
    if word in words["past"] or word in words["irregular"] or _ed(word, words):
        return _bare(tokens, at - 1, words) if before == "be" else -1
    if word in words["present"] and before not in words["determiner"]:
        return 0 if any(token.word in words["did"] for token in tokens[max(0, at - _HELPED) : at]) else 1
    return 0


def _bare(tokens: list[Token], at: int, words: dict[str, frozenset[str]]) -> Direction:
    """Which way "be" looks: ahead, unless it hangs on a plan of before, "had been due to be signed"."""
    planned = at > 1 and tokens[at - 1].word in words["infinitive"] and tokens[at - 2].word in words["future"]
    return -1 if planned and _given_up(tokens, at - 2) else 1


def _names(token: Token) -> bool:
    """Whether a word is the name of a month or a weekday: what "to" comes before is then no verb."""
    return "month" in token.values or "weekday" in token.values


def _infinitive(tokens: list[Token], at: int, words: dict[str, frozenset[str]]) -> Direction:
    """Which way "to meet" looks: back where a past verb that is no plan ("arrived", "fought") stands right before."""
    for place in range(at - 1, max(-1, at - 1 - _OBJECT), -1):
        word = tokens[place].word
        if word in words["future"] or word in words["modal"] or word in words["plan"] or _ends(tokens, place, words):
            return -1 if _given_up(tokens, place) else 1
        if word in words["irregular"] or _ed(word, words):
            return -1
    return 1


def _given_up(tokens: list[Token], at: int) -> bool:
    """Whether a plan is one of before: "had been due"."""
    return at > 1 and tokens[at - 1].word == "been" and tokens[at - 2].word in ("had", "previously")


def _ed(word: str, words: dict[str, frozenset[str]]) -> bool:
    return len(word) > 3 and word.endswith("ed") and word not in words["not_past"]
