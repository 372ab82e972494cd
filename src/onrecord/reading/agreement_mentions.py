"""Where a sentence mentions an agreement: the instrument's noun, or the talks that stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from onrecord.analysis import Span
from onrecord.reading.agreement_words import AgreementWords, words_in

#: Longest stretch of a sentence that is read; no sentence of a news report comes near it.
LONGEST = 1000
_NEAR = 70
#: What is agreed to is named in so many characters.
_DEED = 60
_STOP = re.compile(r"[,.;:\"”()]|--")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(slots=True)
class Mention:
    """An agreement mentioned in a sentence; spans are into the sentence.

    `process` marks talks that stand for what is talked about, `lasting` such as go on for years; `old` an agreement
    called one of the past; `name` the well-known name it goes by, `parties` its well-known parties; `phrase` the noun
    with the words that say what the agreement is about; `definite` whether the page treats it as known ("the treaty"),
    `fresh` whether it brings it up as another ("a treaty").
    """

    #: The rank of a mention that only points back ("it", "the document").
    POINTER: ClassVar[int] = 10
    #: The group of what sides agree to do without a word for an instrument.
    RESOLVED: ClassVar[str] = "resolved"

    span: Span
    label: str
    group: str
    rank: int
    process: bool = False
    lasting: bool = False
    old: bool = False
    definite: bool = False
    fresh: bool = False
    name: str | None = None
    phrase: Span = (0, 0)
    parties: tuple[str, ...] = ()


def find_mentions(low: str, year: int | None, words: AgreementWords) -> list[Mention]:
    """The agreements that a sentence (in lower case) mentions, in order.

    `year` is that of publication, None where it is unknown: an agreement that carries an earlier year is `old`.
    """
    low = low[:LONGEST]
    found: list[Mention] = []
    taken: list[Span] = []
    for known in words.names:
        for match in known.pattern.finditer(low):
            if not _meets(match.span(), taken):
                taken.append(match.span())
                old = known.old or _is_old(low, match.span(), year, words)
                rank = 9 if known.talks else 1
                mention = Mention(match.span(), known.instrument, "treaty", rank, old=old, name=known.name)
                mention.process, mention.parties = known.talks, known.parties
                mention.lasting = words.has("process.lasting", match.group())
                found.append(mention)
    matches = [(match, instrument) for instrument in words.instruments for match in instrument.pattern.finditer(low)]
    for match, instrument in sorted(matches, key=lambda item: item[0].start() - item[0].end()):
        if _meets(match.span(), taken) or _is_other(low, match.span(), words):
            continue
        taken.append(match.span())
        found.append(
            Mention(
                match.span(),
                instrument.label,
                instrument.group,
                instrument.rank,
                old=_is_old(low, match.span(), year, words),
                definite=_is_definite(low, match.start(), words),
                fresh=_is_fresh(low, match.start(), words),
                phrase=_topic(low, match.span(), words),
            )
        )
    for match in words.patterns["old.one"].finditer(low):
        if not _meets(match.span(), taken) and _is_old(low, match.span(), year, words):
            taken.append(match.span())
            found.append(Mention(match.span(), "agreement", "treaty", 8, old=True))
    for match in words.patterns["process.pattern"].finditer(low):
        if not _meets(match.span(), taken) and _is_process(low, match, words):
            taken.append(match.span())
            mention = Mention(match.span(), "agreement", "treaty", 9, process=True)
            mention.lasting = words.has("process.lasting", match.group())
            mention.phrase = _topic(low, match.span(), words)
            found.append(mention)
    if all(mention.process for mention in found):
        found += _resolved(low, words)
    found.sort(key=lambda mention: mention.span)
    return found


def _resolved(low: str, words: AgreementWords) -> list[Mention]:
    """What a sentence without an instrument says that somebody agreed to do, or on: "agreed to open a border"."""
    found = []
    for key in ("resolved.pattern", "resolved.settled", "resolved.that", "resolved.matter"):
        for match in words.patterns[key].finditer(low):
            mention = Mention(match.span(), "agreement", Mention.RESOLVED, 8)
            if key == "resolved.pattern":
                start = match.start() + match.group().rindex(" to ") + 1
                behind = words.patterns["resolved.end"].search(low, match.end(), match.end() + _DEED)
                stop = _STOP.search(low, match.end(), behind.start() if behind else match.end() + _DEED)
                end = stop.start() if stop else behind.start() if behind else min(len(low), match.end() + _DEED)
                mention.phrase = (start, start + len(low[start:end].rstrip()))
            found.append(mention)
    return found


def _meets(span: Span, taken: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _is_other(low: str, span: Span, words: AgreementWords) -> bool:
    """Whether the noun is no instrument here ("in agreement", "a great deal", "to deal with")."""
    noun = low[span[0] : span[1]]
    before = words_in(low[max(0, span[0] - _NEAR) : span[0]])
    behind = low[span[1] : span[1] + 30].strip()
    if any(re.match(rf"{re.escape(phrase)}\b", behind) for phrase in words.lists["not.behind"]):
        return True
    tail = " ".join(before[-3:])
    for phrase in words.lists["not.before"]:
        if tail == phrase or tail.endswith(" " + phrase):
            return True
    stretch = low[max(0, span[0] - 30) : span[1]]
    if any(stretch.endswith(name) for name in words.lists["not.names"]):
        return True
    # the verbs "to deal (with)", "deals with" and "to contract"
    verb = noun in ("deal", "deals", "contract", "contracts") and bool(before) and words.fits("not.verbal", before[-1])
    return verb or (noun in ("deal", "deals") and behind.startswith("with ") and not _is_nominal(before, words))


def _is_nominal(before: list[str], words: AgreementWords) -> bool:
    return (
        bool(before)
        and not before[-1].endswith("ly")
        and (
            any(words.fits("not.determiner", word) for word in before[-4:])
            or before[-1].endswith(("e", "n", "s", "y", "l"))
        )
    )


def _is_process(low: str, match: re.Match[str], words: AgreementWords) -> bool:
    """Whether talks are about an agreement, not just a conversation, and are not denied."""
    if words.has("talks.denied", low[max(0, match.start() - _NEAR) : match.start()]):
        return False
    if words.has("process.always", match.group()):
        return True
    before = low[max(0, match.start() - 40) : match.start()].rstrip()
    if any(end.end() >= len(before) - 1 for end in words.patterns["process.before"].finditer(before)):
        return True
    behind = words.patterns["process.behind"].search(low, match.end(), match.end() + 90)
    return behind is not None and behind.start() <= match.end() + 30


def _is_definite(low: str, start: int, words: AgreementWords) -> bool:
    before = words_in(low[max(0, start - 40) : start])
    for word in reversed(before[-5:]):
        if words.fits("not.definite", word):
            return True
        if words.fits("not.indefinite", word):
            return False
    return False


def _is_fresh(low: str, start: int, words: AgreementWords) -> bool:
    for word in reversed(words_in(low[max(0, start - 60) : start])[-5:]):
        if words.fits("not.fresh", word):
            return True
        if words.fits("not.definite", word) or words.fits("not.indefinite", word):
            return False
    return False


def _is_old(low: str, span: Span, year: int | None, words: AgreementWords) -> bool:
    """Whether the noun phrase sets the agreement in the past: "the existing treaty", "a 1998 accord"."""
    before = words_in(low[max(0, span[0] - 60) : span[0]])[-5:]
    near = before[-3:]
    if any(word in words.lists["old.words"] for word in near[-2:]):
        return True
    years = []
    for word in reversed(before):
        if words.fits("not.definite", word) or (word != "and" and words.fits("not.indefinite", word)):
            break  # a year ahead of the noun phrase is none of it: "in 1998 the treaty"
        years += [word] if words.fits("old.year", word) else []
    rest = low[span[1] : span[1] + 70]
    follows = words.patterns["old.behind"].match(rest.lstrip(" ,"))
    years += [follows.group()[-4:]] if follows else []
    if any(year is None or int(found[:4]) < year - 1 for found in years):
        return True
    if words.patterns["old.standing"].match(rest.lstrip(" ,")):
        return True
    if words.patterns["old.ago"].match(rest.lstrip(" ,")) and not _is_definite(low, span[0], words):
        return True
    return any(
        match.end() >= span[0] - 25
        for match in words.patterns["old.is"].finditer(low, max(0, span[0] - 45), span[0])
        if not words_in(low[match.end() : span[0]])[2:]
    )


def _topic(low: str, span: Span, words: AgreementWords) -> Span:
    """The stretch that says what the agreement is about: known topic words around the noun, the noun among them."""
    start, end = span
    topical = words.patterns["topic.word"]
    for match in reversed(list(_WORD.finditer(low, max(0, start - 60), start))[-5:]):
        if low[match.end() : start].strip(" ") or not topical.fullmatch(match.group()):
            break
        start = match.start()
    while (joining := words.patterns["topic.joining"].match(low, start, span[0])) is not None:
        start = joining.end() + 1
    opening = words.patterns["topic.behind"].match(low[end : end + 12].lstrip(" "))
    if opening:
        at = end + low[end:].index(opening.group()[0]) + opening.end()
        for match in _WORD.finditer(low, at, at + 60):
            joins = match.group() == "and" and end > span[1]
            if low[at : match.start()].strip(" ") or not (joins or topical.fullmatch(match.group())):
                break
            end, at = (end, match.end()) if joins else (match.end(), match.end())
        following = _WORD.match(low, end + 1) if low[end : end + 1] == " " else None
        if (
            following
            and not words.fits("topic.beyond", following.group())
            or low[span[1] : end].endswith((" of", " on"))
        ):
            end = span[1]
    return start, end
