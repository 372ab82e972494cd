"""Claims and the denials that contradict them, on one page and over pages.

A claim and a denial are held to speak of the same thing when the denial's words, weighted by rarity and with capitals
and seats of government read as their states, are for the most part the claim's, and both speak of the same states: of
the one who denies, where a denial names none. On one page it is also enough that their contents are the same
characters, or that a denial that only names or points back at what it denies (`denied it`, `denies any role`) follows
the charge against who denies. Different speakers are needed, and over pages dates that are known and near.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from zlib import crc32

import msgspec

from onrecord.analysis import Analysis, Span, Statement
from onrecord.record.claims import Features, bodies, claims, sides_apart
from onrecord.record.identity import same_name
from onrecord.record.store import joined, statement_id
from onrecord.record.terms import words

_WINDOW = 30
#: The least share of the denial's weight that the claim must have, and of the claim's that the denial must have.
_DENIED = 0.55
_CLAIMED = 0.25
#: Both of them where a denial only names a thing and the claim charges nobody.
_WHOLE = 0.6
#: The same of a claim that is met by a mere "not", or that charges nobody and a short denial may answer.
_TOLD = 0.35
#: Less is asked where the one who denies is the one accused.
_EASIER = 0.75
#: So many words and states must be shared, and among them so many that are no states, weighing so much together.
_SHARED = 3
_SHARED_WORDS = 2
_SUBSTANCE = 3.5
_INDEXED = 10
#: A denial with so few things in it is short: one of them is enough where it answers a claim about who denies.
_SHORT = 3
_HALF = 0.5
_SAME_CHARACTERS = 0.5
#: Over pages the claim must have this share of what the denial names besides states.
_THINGS = 0.6
#: How far before a denial, in characters and in sentences, the charge lies that it points back at.
_BACK_CHARACTERS = 700
_BACK_SENTENCES = 3
#: So many words make a repetition.
_ECHO = 5
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+|\n+")


def put_claims(connection: sqlite3.Connection, page: int, analysis: Analysis) -> None:
    """Keep the claims and denials of a page for comparing, and the disputes within it."""
    for statement, features in claims(analysis):
        identity = statement_id(page, statement.id)
        connection.execute("INSERT INTO claims VALUES (?,?,?)", (identity, page, msgspec.msgpack.encode(features)))
        if features.day is not None:
            leading = sorted(features.terms, key=lambda term: (-features.terms[term], term))[:_INDEXED]
            leading += [f"halt of {features.halts}", "halt"] if features.halts else []
            connection.executemany(
                "INSERT OR IGNORE INTO claim_terms VALUES (?,?,?,?)",
                [(crc32(term.encode()), features.denial, features.day, identity) for term in leading],
            )
    for claim, denial in page_disputes(analysis):
        _put(connection, statement_id(page, claim), statement_id(page, denial))


def join_disputes(connection: sqlite3.Connection, page: int) -> None:
    """Find the disputes that the claims and denials of a page have with those of other pages."""
    stored = connection.execute("SELECT statement, features FROM claims WHERE page=?", (page,)).fetchall()
    for identity, blob in stored:
        own = msgspec.msgpack.decode(blob, type=Features)
        if own.day is None:
            continue
        for other, features in _candidates(connection, page, identity, own):
            claim, denial = (features, own) if own.denial else (own, features)
            same = _is_same_thing(claim, denial) or is_same_halt(claim, denial)
            if same and _is_held(claim, denial) and not one_voice(claim, denial):
                _put(connection, other if own.denial else identity, identity if own.denial else other)


def page_disputes(analysis: Analysis) -> list[tuple[str, str]]:
    """The disputes within one page, as pairs of statement ids: claim, denial."""
    stated = list(claims(analysis))
    asserted = [pair for pair in stated if not pair[1].denial]
    found: list[tuple[str, str]] = []
    for denial, denied in stated:
        if denied.denial:
            found.extend((claim, denial.id) for claim in _answered(analysis.text, denial, denied, asserted))
    return found


def _answered(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claims of its page that a denial answers; the surest way to tell that finds any counts."""
    others = [pair for pair in asserted if not one_voice(pair[1], denied) and _is_held(pair[1], denied)]
    answered = [
        claim.id
        for claim, claimed in others
        if contradicts(claimed, denied) or is_same_halt(claimed, denied) or _echoes(text, claim, denial, denied)
    ]
    if denied.negates:
        return answered or _replied(text, denial, denied, others)
    answered += [
        claim.id
        for claim, _ in others
        if claim.id not in answered
        and overlap(claim.content, denial.content) >= _SAME_CHARACTERS
        and overlap(claim.content, denial.cue) == 0
    ]
    if denied.points:
        answered += [claim.id for claim, _ in others if overlap(claim.content, denial.cue) > 0]
    if not answered:
        answered = _accused(text, denial, denied, others)
    if not answered:
        answered = _replied(text, denial, denied, others)
    if not answered:
        answered = _taken_up(text, denial, denied, others)
    answered += _retold(text, denial, denied, others, answered)
    pointing = denied.part or denied.points or not denied.terms
    if not answered and (pointing or (denied.named and denied.answers)):
        answered = _before(text, denial, denied, others)
    return answered or _told_by(text, denial, denied, others)


def contradicts(claim: Features, denial: Features) -> bool:
    """Whether a denial is of what a claim says, by their words and the states that they speak of."""
    shared = claim.terms.keys() & denial.terms.keys()
    content = [term for term in shared if not term.startswith("=")]
    if not any(term not in claim.proper or term not in denial.proper for term in content):
        return False
    accused = is_accused(claim, denial)
    if len(shared) + _implied(claim, denial) < _SHARED or len(content) < _SHARED_WORDS - accused:
        return False
    if not (accused or _same_states(claim, denial)) or (denial.part and not claim.blames):
        return False
    if denial.negates and (
        denial.ahead or not accused or not (claim.blames or denial.things.keys() <= claim.terms.keys())
    ):
        return False
    whole = denial.named and not claim.blames and not (claim.ahead and denial.ahead)
    if claim.ahead and not denial.ahead:
        return False
    weight = math.fsum(denial.terms[term] for term in shared)
    substance = math.fsum(denial.terms[term] for term in content)
    ease = _EASIER if accused and not denial.negates else 1.0
    told = _WHOLE if whole else ease * _DENIED
    claimed = _WHOLE if whole else _TOLD if denial.negates else ease * _CLAIMED
    return (
        substance >= _SUBSTANCE
        and weight >= told * math.fsum(denial.terms.values())
        and weight >= claimed * math.fsum(claim.terms.values())
    )


def is_same_halt(claim: Features, denial: Features) -> bool:
    """Whether a claim says of work on one agreement that it is halted, and a denial that it is not."""
    return bool(claim.halts) and claim.halts == denial.halts and not claim.ahead


def is_accused(claim: Features, denial: Features) -> bool:
    """Whether a claim speaks of who denies: of their state, or of them by name."""
    return any(f"={country}" in claim.terms for country in denial.countries) or bool(
        set(claim.names) & set(denial.voice)
    )


def one_voice(claim: Features, denial: Features) -> bool:
    """Whether one speaker says both, or a state and somebody who speaks for it; also where one of them is not told."""
    if not (claim.speaker and denial.speaker):
        return False
    if same_name(claim.speaker, denial.speaker):
        return True
    if claim.countries and claim.countries == denial.countries and (claim.state or denial.state):
        return not (sides_apart(claim) or sides_apart(denial))
    if any(one.speaker.split()[-1] in set(other.voice) - bodies() for one, other in ((claim, denial), (denial, claim))):
        return True
    short, long = sorted((set(claim.voice), set(denial.voice)), key=len)
    return bool(short) and short <= long


def _is_same_thing(claim: Features, denial: Features) -> bool:
    """Whether a claim and a denial of different pages speak of one thing."""
    things = denial.things
    shared = math.fsum(weight for term, weight in things.items() if term in claim.terms)
    return shared >= _THINGS * math.fsum(things.values()) and contradicts(claim, denial)


def _same_states(claim: Features, denial: Features) -> bool:
    """Whether the two speak of one state; what names none speaks of its speaker's."""
    spoken = claim.states or {f"={country}" for country in claim.countries}
    denied = denial.states or {f"={country}" for country in denial.countries}
    return bool(spoken & denied) or not (spoken or denied)


def _implied(claim: Features, denial: Features) -> bool:
    """Whether a denial that names no state means its own, and the claim speaks of it."""
    return not denial.states and any(f"={country}" in claim.terms for country in denial.countries)


def _is_held(claim: Features, denial: Features) -> bool:
    """Whether a claim is that of those whose claim the denial says it is of, if it says so."""
    return not denial.holders or bool(set(denial.holders) & set(claim.voice))


def _candidates(
    connection: sqlite3.Connection, page: int, identity: str, own: Features
) -> Iterator[tuple[str, Features]]:
    """The claims or denials of other pages that share words with this one and were made near its day."""
    for other, blob in connection.execute(
        "SELECT c.statement, c.features FROM claims c JOIN ("
        " SELECT g.statement AS found FROM claim_terms f JOIN claim_terms g"
        "  ON g.term=f.term AND g.denial=?2 AND g.day BETWEEN ?3 AND ?4"
        "  WHERE f.statement=?1 GROUP BY g.statement HAVING count(*)>=2) ON c.statement=found WHERE c.page<>?5",
        (identity, not own.denial, (own.day or 0) - _WINDOW, (own.day or 0) + _WINDOW, page),
    ):
        yield other, msgspec.msgpack.decode(blob, type=Features)


def overlap(claim: list[Span], denial: list[Span]) -> float:
    """The share of the shorter content that lies in the other."""
    shared = sum(max(0, min(one[1], two[1]) - max(one[0], two[0])) for one in claim for two in denial)
    shorter = min(sum(end - start for start, end in claim), sum(end - start for start, end in denial))
    return shared / shorter if shorter else 0.0


def _before(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claim that a denial points back at: in its sentence, or the last charge against who denies before it.

    What a denial calls by a pronoun alone ("denied this") may be any claim of the sentence before; charges that it
    names ("the fraud claims") are those of that sentence.
    """
    start = min((span[0] for span in [*denial.source, *denial.cue]), default=None)
    if start is None:
        return []
    others = denied.answers and bool(denied.things)
    reach = 1 if denied.points or others else 0
    best: tuple[int, str] | None = None
    for claim, claimed in asserted:
        end = max(span[1] for span in claim.content)
        breaks = _breaks(text, end, start)
        if breaks is None:
            continue
        charged = claimed.blames and is_accused(claimed, denied) and breaks <= (reach if others else _BACK_SENTENCES)
        plain = (
            breaks <= reach
            and not denied.part
            and not others
            and (not denied.deed or is_accused(claimed, denied))
            and (denied.points or not denied.turns or (claimed.blames and claimed.speaker))
        )
        if (plain or charged) and (best is None or best[0] < end):
            best = (end, claim.id)
    return [best[1]] if best else []


def _echoes(text: str, claim: Statement, denial: Statement, denied: Features) -> bool:
    """Whether a denial near behind a claim repeats words of it: "he was working on a book"."""
    said = words(joined(text, denial.content))
    said = said[1:] if said[:1] == ["that"] else said
    if len(said) < _ECHO or denied.negates or _breaks(text, claim.content[-1][1], _place(denial)[0]) is None:
        return False
    return " ".join(said) in " ".join(words(joined(text, claim.content)))


def _replied(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The accusation right before a denial by the very party that it names, in whatever words that denies it."""
    start = min(span[0] for span in [*denial.source, *denial.cue, *denial.content])
    own = {f"={country}" for country in denied.countries} | set(denied.voice)
    return [
        claim.id
        for claim, claimed in asserted[::-1]
        if own & set(claimed.charged) and _breaks(text, claim.content[-1][1], start) in (0, 1) and not denied.ahead
    ][:1]


def _taken_up(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The last claim shortly before a short denial in a clause that has all its things, or what it calls such a thing.

    "Such a thing" is said of the deed of who denies, in the sentence before.
    """
    things = denied.things.keys()
    weight = math.fsum(denied.things.values())
    if denied.named or denied.part or len(things) > _SHORT or not denial.content:
        return []
    start, _ = _place(denial)
    found = []
    for claim, claimed in asserted:
        breaks = _breaks(text, claim.content[-1][1], start)
        if breaks is None or denied.ahead != claimed.ahead or not denied.states <= claimed.states:
            continue
        whole = (
            weight >= _SUBSTANCE and things <= claimed.terms.keys() and breaks <= _BACK_SENTENCES and claimed.speaker
        )
        such = denied.such and set(denied.senses) & set(claimed.senses) and is_accused(claimed, denied)
        if whole or (such and breaks <= 1):
            found.append(claim.id)
    return found[-1:]


def _retold(
    text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]], answered: list[str]
) -> list[str]:
    """What those whose charge a denial answers say in other words, of the same meaning, before it."""
    charges = [claimed for claim, claimed in asserted if claim.id in answered and claimed.blames]
    start, _ = _place(denial)
    return [
        claim.id
        for claim, claimed in asserted
        if claim.id not in answered
        and len(set(claimed.senses) & set(denied.senses)) > 1
        and not claimed.ahead
        and claim.content[-1][1] <= start
        and any(set(one.countries) & set(claimed.countries) or one.speaker == claimed.speaker for one in charges)
    ]


def _told_by(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claim nearest to a denial, before or after it, of those whose claim it is said to be of."""
    if not denied.holders:
        return []
    start, end = _place(denial)
    best: tuple[int, str] | None = None
    for claim, claimed in asserted:
        first, last = claim.content[0][0], claim.content[-1][1]
        after = first >= end
        breaks = _breaks(text, end, first) if after else _breaks(text, last, start)
        distance = first - end if after else start - last
        if breaks is not None and 0 < breaks <= _BACK_SENTENCES and (best is None or distance < best[0]):
            shared = any(term in claimed.terms for term in denied.things.keys() - set(denied.proper))
            if shared or not denied.things or claimed.blames:
                best = (distance, claim.id)
    return [best[1]] if best else []


def _place(denial: Statement) -> Span:
    """Where a denial stands: its content, else, where it has none of its own, its words."""
    spans = denial.content or sorted(denial.source + denial.cue)
    return spans[0][0], spans[-1][1]


def _breaks(text: str, end: int, start: int) -> int | None:
    """How many sentences end between two places; None where the second is not near behind the first."""
    if not 0 <= start - end <= _BACK_CHARACTERS:
        return None
    return len(_SENTENCE_END.findall(text[max(0, end - 1) : start]))


def _accused(text: str, denial: Statement, denied: Features, asserted: list[tuple[Statement, Features]]) -> list[str]:
    """The claim about who denies that a short denial answers ("denied that missiles were sent"): it has its thing.

    A denial of a part in something answers a charge. What is no charge has two of its things, and what does not stand
    right before is for a good part about them. Of several before the denial, the one that shares most with it,
    and of those the last.
    """
    things = denied.things
    if not 0 < len(things) <= _SHORT:
        return []
    start, _ = _place(denial)
    own = {f"={country}" for country in denied.countries}
    best: tuple[float, int, str] | None = None
    for claim, claimed in asserted:
        shared = math.fsum(weight for term, weight in things.items() if term in claimed.terms)
        end = max(span[1] for span in claim.content)
        fits = is_accused(claimed, denied) and (claimed.blames or not denied.part)
        fits = fits and (denied.ahead or not claimed.ahead)
        common = math.fsum(weight for term, weight in claimed.terms.items() if term in denied.terms or term in own)
        near = claimed.blames and _breaks(text, end, start) in (0, 1)
        fits = fits and (near or common >= (_CLAIMED if claimed.blames else _TOLD) * math.fsum(claimed.terms.values()))
        fits = fits and (claimed.blames or len(things.keys() & claimed.terms.keys()) > 1)
        if fits and end <= start and shared >= max(_SUBSTANCE, _HALF * math.fsum(things.values())):
            best = max(filter(None, (best, (shared, end, claim.id))))
    return [best[2]] if best else []


def _put(connection: sqlite3.Connection, claim: str, denial: str) -> None:
    connection.execute("INSERT OR IGNORE INTO disputes VALUES (?,?)", (claim, denial))
