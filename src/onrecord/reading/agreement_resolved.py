"""Who agrees, where a sentence has sides agree to do something and names no instrument."""

from __future__ import annotations

from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_parties import Sides, party_states, people
from onrecord.reading.agreement_words import AgreementWords, lowered
from onrecord.reading.document import Document, Sentence

#: Who agrees is named so many characters before the verb, the last of them so near.
_FAR, _NEAR = 200, 70


def agreed_sides(document: Document, part: Sentence, mention: Mention, words: AgreementWords) -> Sides | None:
    """The sides of what is agreed to; None where no two sides are said to agree on it.

    Two states that stand side by side before the verb, one that agrees "with" another, a government and a group inside
    its state, "the two sides", for which the sides are empty, or the members of a body, for which they are empty too.
    """
    start, verb, end = part.span[0], part.span[0] + mention.span[0], part.span[0] + mention.span[1]
    before = document.text[max(start, verb - _FAR) : verb].rstrip(" ,")
    low = lowered(document.words((verb, end)))
    by_members = _closes(before, "resolved.members", words)
    if words.has("resolved.that", low):
        return Sides((), ()) if by_members else None
    if words.patterns["resolved.settled"].match(low):
        return Sides((), ())
    if by_members or _closes(lowered(before), "resolved.subject", words):
        return Sides((), ())
    span = (max(start, verb - _FAR), end)
    named = party_states(document.text, span, words)
    named = sorted([*named, *people(document, span, named)])
    states = tuple(dict.fromkeys(state.country for state in named))
    ahead = [state for state in named if state.span[1] <= verb]
    if len(states) != len({state.country for state in ahead}) and " with " in low and len(states) == 2:
        return Sides(tuple(sorted(states)), states)
    if len({state.country for state in ahead}) == 1 and words.has("resolved.inside", lowered(before)):
        return Sides((), states)
    if len({state.country for state in ahead}) != 2 or verb - ahead[-1].span[1] > _NEAR:
        return None
    between = lowered(document.text[ahead[0].span[1] : ahead[-1].span[0]])
    rest = lowered(document.text[ahead[-1].span[1] : verb])
    if words.has("resolved.apart", between + rest) or not words.has("resolved.beside", between):
        return None
    return Sides(tuple(sorted(states[:2])), states)


def _closes(before: str, key: str, words: AgreementWords) -> bool:
    """Whether a stretch of text ends with the pattern of that place."""
    return any(match.end() == len(before) for match in words.patterns[key].finditer(before))
