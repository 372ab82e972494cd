"""Whether what a cue speaks of has come to pass: done, ahead, hoped or negated.

The distinctions follow FactBank's polarity and modality (Sauri and Pustejovsky 2009), by words within the clause.
"""

from __future__ import annotations

import re

from onrecord.reading.agreement_words import AgreementWords, words_in

#: So many words before a participle may hold the verb of which it is the object.
_OBJECT = 7
_CUT = re.compile(
    r"[;:—]| -- |, (?:but|while|which|who|although|though|as|after|because|said|saying|adding|insisting|"
    r"he|she|it|they|and|with)\b|"
    r" (?:but|while|although|because) "
)

#: How much of a sentence may hold a cue, and the subject ahead of it.
_CUE = 30
_SUBJECT = 90
_RELATIVE = ("that", "which")


def before(low: str, start: int) -> list[str]:
    """The words before a cue within its clause, nearest last."""
    left = low[max(0, start - 110) : start]
    cut = 0
    for match in _CUT.finditer(left):
        cut = match.end()
    found = words_in(left[cut:])
    months = {
        at for at, word in enumerate(found) if word == "may" and any(map(str.isdigit, found[max(0, at - 1) : at + 2]))
    }
    return [word for at, word in enumerate(found) if at not in months][-11:]


def modality(low: str, start: int, form: str, words: AgreementWords) -> str:
    """The modality of a cue that begins at `start` of a sentence in lower case: done, ahead, hoped, negated or none.

    `form` is the cue's form: `past`, `base` or `noun`.
    """
    left = before(low, start)
    adjective = form == "base" and bool(left) and words.fits("force.adjective", left[-1])
    if adjective or _is_of_else(low, start, words):
        return "none"
    if form == "past":
        return _past(left, words)
    if form == "base":
        return _base(left, low[max(0, start - 8) : start], words)
    return _noun(left, words)


def _is_of_else(low: str, start: int, words: AgreementWords) -> bool:
    """Whether a cue speaks of no agreement that there is: "the tariffs went into effect", "under a future treaty"."""
    if words.patterns["force.prospect"].match(low[start : start + _SUBJECT]):
        return True
    if not words.patterns["force.cue"].match(low[start : start + _CUE]):
        return False
    ahead = low[max(0, start - _SUBJECT) : start].rstrip()
    return any(match.end() == len(ahead) for match in words.patterns["force.other"].finditer(ahead))


def _is(key: str, word: str, words: AgreementWords) -> bool:
    return words.patterns[f"modality.{key}"].fullmatch(word) is not None


def _any(key: str, left: list[str], words: AgreementWords) -> bool:
    return any(_is(key, word, words) for word in left)


def _past(left: list[str], words: AgreementWords) -> str:
    chain = []
    rest = list(left)
    while rest and (_is("been", rest[-1], words) or rest[-1].endswith("ly") or _is("helpers", rest[-1], words)):
        chain.append(rest.pop())
        if chain[-1] == "and" and rest and rest[-1].endswith("ed"):
            rest.pop()
    passive = any(_is("passive", word, words) for word in chain)
    if "should" in chain and "have" in chain:
        return "done" if _any("never", chain, words) else "negated"  # "should never have been signed"
    if any(_is("negated", word, words) for word in chain) or _any("negated", rest[-1:], words):
        return "negated"
    if not chain and _is_caused(rest, words):
        return "hoped"
    if chain[-1:] in (["is"], ["are"]) and _any("onset", rest[-4:], words):
        return "hoped"  # "before it is signed"
    if passive and "no" in rest[-3:]:
        return "negated"  # "no final agreement has been reached"
    if _any("denied", rest[-10:], words) or words.has("modality.nobody", " ".join(rest[-5:])):
        return "negated"
    if _any("be", chain, words):
        return "hoped" if _any("hoped", [*chain, *rest[-5:]], words) else "ahead"
    if "to" in chain and not (rest and chain[-2:] == ["have", "to"] and not _is("supposed", rest[-1], words)):
        return "hoped"  # "was to have been signed", but not "is proud to have signed"
    if _any("being", chain, words):
        return "hoped"
    if _any("may", chain, words) or _any("if", rest[-1:], words):
        return "hoped"
    if _any("will", chain, words):
        return "ahead"
    relative = [at for at in range(1, len(rest)) if rest[at] in _RELATIVE and _is("object", rest[at - 1], words)]
    rest = rest[relative[-1] :] if relative else rest
    pairs = zip(rest, [*rest[1:], ""], strict=False)
    onwards = [word for word, following in pairs if not _is("until", f"{word} {following}", words)]
    return "hoped" if _any("condition", onwards, words) or "only" in rest[-8:] else "done"


def _base(left: list[str], head: str, words: AgreementWords) -> str:
    near = left[-3:]
    seen = _witnessed(left, words)
    if seen:
        return _base(left[:seen], "", words) if _is("witness", left[seen], words) else "done"
    if _any("may", near, words):
        return "negated" if _any("negated", near, words) else "hoped"
    if _any("will", near, words):
        unsure = _any("whether", left[-9:], words)
        return "negated" if _any("never", near, words) else "hoped" if unsure else "ahead"
    if "to" in near:
        at = len(left) - 1 - left[::-1].index("to")
        governor = left[max(0, at - 5) : at]
        if governor[-1:] == ["yet"] and not _any("negated", governor[-3:-1], words):
            return "ahead"
        if _any("negated", governor[-3:], words) or "not" in left[at:]:
            return "negated"
        if _any("hoped", governor, words):
            return "hoped"
        return "ahead"
    joined = head.rstrip().endswith((",", " and", " or"))
    if joined:
        for word in reversed(left):
            if _is("may", word, words):
                return "hoped"
            if _is("will", word, words):
                return "ahead"
    if joined and (_any("hoped", left, words) or _any("ahead", left, words)):
        return "hoped"
    if near and _is("nouny", near[-1], words):
        return "none"
    if _any("negated", near, words):
        return "negated"
    return "hoped" if _any("conditional", left[-6:], words) else "done"


def _is_caused(rest: list[str], words: AgreementWords) -> bool:
    """Whether a participle is what somebody wants done: "to have the agreement signed by Christmas"."""
    for at in range(len(rest) - 1, max(len(rest) - _OBJECT, 0) - 1, -1):
        if _is("causing", rest[at], words):
            return _is("wanting", rest[at], words) or (at > 0 and _is("onward", rest[at - 1], words))
    return False


def _witnessed(left: list[str], words: AgreementWords) -> int:
    """Where the verb stands whose object a bare infinitive is ("to see the ministers sign"); 0 where none does."""
    for at in range(len(left) - 1, 0, -1):
        word = left[at]
        if _is("will", word, words) or _is("may", word, words) or word == "to" or _is("nouny", left[-1], words):
            return 0
        if _is("witness", word, words) or _is("witnessed", word, words):
            return at if at < len(left) - 1 else 0
    return 0


def _noun(left: list[str], words: AgreementWords) -> str:
    near = left[-5:]
    if near[-1:] == ["in"] and not _any("hoped", near, words):
        return "done"
    if _any("negated", near[-3:], words):
        return "negated"
    for place, word in enumerate(reversed(near)):
        if place < 3 and _is("since", word, words):
            return "hoped" if word in ("by", "with") and _any("hoped", near, words) else "done"
        if _is("hoped", word, words):
            return "hoped"
        if _is("ahead", word, words):
            return "ahead"
    return "open"
