"""Cues at work: which agreement of a clause a cue speaks of, and the stage that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from onrecord.analysis import Interval, Span
from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_modality import modality
from onrecord.reading.agreement_times import expected, is_dated, is_to_come, lasting_since, named_day, reached
from onrecord.reading.agreement_words import AgreementWords, Family, words_in
from onrecord.reading.document import Document, Sentence
from onrecord.reading.states import find_states

#: After this long, what was signed or agreed is the past.
LONG_AGO = timedelta(days=400)
#: What only says more of what stands before it: "the union, a group of five states, signed".
_APPOSITION = re.compile(r", (?:an?|the) [^,;:]{1,80},")
_NOUNS_OF_ACTS = frozenset(("sign", "initial", "conclude", "adopt", "ratify", "force"))
_DATED = frozenset(("sign", "adopt", "conclude"))
#: Families of what a proposal may be about.
_MADE = frozenset(("sign", "initial", "conclude"))
#: So many characters behind a noun hold the verb that it is the subject of.
_TO_VERB = 120
#: So many characters behind a noun, with what it is of, tell that it was called off.
_CALLED_OFF = 140
#: So many characters before the word for talks may deny that there are any.
_DENIAL = 60
#: So many characters behind what a cabinet or parliament does say to what it consents.
_TO_OBJECT = 30
#: Families that tell of a state, not of what began it.
_LASTING = frozenset(("keep", "apply", "hold"))
#: So many characters ahead of talks tell whether they are only offered.
_OFFER = 90
#: Families of what is a step of ratification where a parliament takes it.
_BY_PARLIAMENT = frozenset(("adopt", "vote"))
#: Characters behind a verb in which a pronoun and the word after it stand.
_PRONOUN = 20
#: Characters before a noun in which "after the" stands.
_UPON = 24
#: Families of steps at home, of which news of a signing tells what is to follow them.
_AT_HOME = frozenset(("bill", "both", "complete"))


@dataclass(slots=True)
class Sign:
    """One cue at work: the stage it speaks of, how firmly, and where it stands in the clause.

    `stage` is "" for a signing that is denied. `actor` is the state named last before the cue.
    """

    stage: str
    weak: bool
    family: str
    modality: str
    span: Span
    actor: str | None = None
    when: Interval = field(default_factory=Interval)
    expected: Interval = field(default_factory=Interval)

    def is_long_ago(self, published: str | None) -> bool:
        """Whether a stage short of force was reached so long before publication that the page only looks back on it."""
        if not (published and self.when.latest) or self.stage in ("negotiating", "proposed", "in_force"):
            return False
        return date.fromisoformat(self.when.latest) < date.fromisoformat(published) - LONG_AGO


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is read for agreements: its place in the article, its words in lower case, what it mentions.

    `pointer` stands for an agreement that the clause only points back to.
    """

    document: Document
    part: Sentence
    low: str
    mentions: list[Mention]
    pointer: Mention
    words: AgreementWords


def find_signs(clause: Clause) -> list[tuple[Mention, Sign]]:
    """Every cue of a clause that speaks of an agreement, with the agreement it speaks of."""
    found = []
    for family in clause.words.families:
        if not clause.mentions and "pointing" not in family.traits:
            continue  # such a cue speaks only of what the clause itself mentions
        for form, pattern in family.forms:
            for match in pattern.finditer(clause.low):
                mention = _tied(clause, match.span(), form, family)
                sign = _sign(clause, match.span(), form, family) if mention else None
                if mention and sign:
                    found.append((mention, sign))
    return [item for item in found if not any(_is_part(item, other) for other in found)]


def _is_part(one: tuple[Mention, Sign], other: tuple[Mention, Sign]) -> bool:
    """Whether a cue is but part of another that speaks of the same agreement.

    "Put their names" is part of "have put their names", and "became law" of "the bill became law".
    """
    (start, end), (first, last) = one[1].span, other[1].span
    kin = one[1].family == other[1].family or (one[1].family, other[1].family) == ("force", "bill")
    return one[0] is other[0] and kin and first <= start and end <= last and last - first > end - start


def _tied(clause: Clause, cue: Span, form: str, family: Family) -> Mention | None:
    """The agreement that a cue speaks of: its object or its subject, within reach; the nearest of several."""
    low, words = clause.low, clause.words
    ahead: list[tuple[int, Mention]] = []
    behind: list[tuple[int, Mention]] = []
    lead = low[max(0, cue[0] - 20) : cue[0]].rstrip()
    follows = any(match.end() == len(lead) for match in words.patterns["joined.second"].finditer(lead))
    for mention in clause.mentions:
        if mention.span[0] < cue[1] and cue[0] < mention.span[1]:
            return mention if "around" in family.traits or (mention.process and family.name == "negotiate") else None
        if mention.process and "no talks" in family.traits:
            continue
        first, second = sorted((cue, mention.span))
        between = len(words_in(_APPOSITION.sub(" ", low[first[1] : second[0]])))
        if between <= family.reach * (2 if follows and mention.span < cue else 1):
            (behind if mention.span[0] >= cue[1] else ahead).append((between, mention))
    behind.sort(key=lambda item: item[0])
    ahead.sort(key=lambda item: item[0])
    left = words_in(low[max(0, cue[0] - 30) : cue[0]])
    passive = form == "past" and any(words.fits("joined.passive", word) for word in left[-3:])
    offered = passive and "behind" in family.traits  # "the treaty was proposed by"
    if ("behind" in family.traits and not offered) or words.patterns["joined.behind"].match(low, cue[0]):
        ahead = []
    if "either" in family.traits:
        order = sorted(ahead + behind, key=lambda item: item[0])
    elif form == "past":
        relative = bool(ahead) and any(words.fits("joined.relative", word) for word in left[-4:])
        relative = relative or (bool(ahead) and words.has("joined.which", low[ahead[0][1].span[1] : cue[0]]))
        adjacent = bool(ahead) and ahead[0][0] == 0
        apposed = low[: cue[0]].endswith(", ") and words.patterns["joined.apposed"].match(low[cue[1] : cue[1] + 20])
        order = ahead + behind if passive or relative or adjacent or apposed else behind
    else:
        order = behind + ahead
    if order:
        return order[0][1]
    if "pointing" not in family.traits:
        return None
    if clause.mentions:
        said = [mention for mention in clause.mentions if mention.span[1] <= cue[0] and not mention.process]
        pronoun = form != "noun" and words.has("joined.pronoun", low[cue[1] : cue[1] + _PRONOUN])
        return said[-1] if said and pronoun else None
    alone = "alone" in family.traits or words.fits("joined.sure", low[slice(*cue)])
    return clause.pointer if alone or words.has("joined.thing", low[max(0, cue[0] - 40) : cue[1] + 30]) else None


def _sign(clause: Clause, cue: Span, form: str, family: Family) -> Sign | None:
    """The stage a cue speaks of, by what stands around it; None where it says nothing."""
    low, words = clause.low, clause.words
    if family.name == "negotiate" and words.has("process.pattern", low[slice(*cue)]):
        if words.has("talks.denied", low[max(0, cue[0] - _DENIAL) : cue[0]]):
            return None
        left = low[max(0, cue[0] - _OFFER) : cue[0]]
        offered = words.has("talks.offered", left) and not words.has("talks.begun", left)
        sign = Sign("proposed" if offered else "negotiating", offered, family.name, "done", cue)
        if not offered:
            sign.when = named_day(clause.document, clause.part, cue, words)
            sign.expected = expected(clause.document, clause.part, cue, words, soon=False)
        return sign
    if family.name == "procedures" and words.has("joined.force", low):
        return None
    mood = modality(low, cue[0], form, words)
    if mood == "none":
        return None
    around = low[max(0, cue[0] - 120) : cue[1] + 160]
    soon = words.has("modality.soon", around)
    mood = _settled(clause, cue, form, family, mood, soon)
    stage = "" if mood == "none" else _stage(clause, cue, family, mood, around)
    if not stage and not (family.name == "sign" and mood == "negated" and form == "past"):
        return None
    sign = Sign(stage, mood in family.weak, family.name, mood, cue)
    start = clause.part.span[0]
    states = [found.country for found in find_states(clause.document.text, start, start + cue[0])]
    sign.actor = states[-1] if states else None
    if mood == "done":
        standing = words.has("dated.lasting", low[slice(*cue)])
        lasting = family.name in _LASTING or (family.name == "force" and standing)
        when = lasting_since if lasting else reached
        sign.when = when(clause.document, clause.part, cue, words)
        if family.name == "restore" and standing:  # "the treaty of 2001, which stays in effect"
            sign.when = Interval()
    elif mood in ("dated", "ahead", "hoped"):
        sign.expected = expected(clause.document, clause.part, cue, words, soon=soon)
    return sign


def _settled(clause: Clause, cue: Span, form: str, family: Family, mood: str, soon: bool) -> str:  # noqa: PLR0917
    """The modality, after a look at what else the clause says."""
    low, words = clause.low, clause.words
    if mood == "open":
        mood = _open(clause, cue, family)
    if form == "noun" and family.name in _DATED and mood != "negated":
        mood = _continuous(low, cue, words) or mood
    if mood == "done" and words.has("behind.none", low[cue[1] : cue[1] + 30]):
        mood = "negated"
    if mood == "done" and form == "base" and not words.patterns["joined.timeless"].match(low, cue[0]):
        mood = _present(clause, cue, family)
    if family.name == "put off":
        signing = words.has("joined.signing", low) and mood in ("done", "ahead")
        return "dated" if signing and is_dated(clause.document, clause.part, cue, low, words) else "none"
    meant = mood == "hoped" and words.has("modality.intending", low[max(0, cue[0] - _DENIAL) : cue[0]])
    if family.name in _DATED and (mood == "ahead" or meant):
        if is_dated(clause.document, clause.part, cue, low, words):
            mood = "dated"
        elif meant or soon or words.has("behind.proviso", low[cue[1] : cue[1] + 60]):
            mood = "hoped"
    if mood == "done" and family.name == "force" and form == "base":
        rule = words.patterns["behind.conditional"].match(low[cue[1] :].lstrip(" ,")) or _is_rule(clause, cue)
        mood = "hoped" if rule or soon else mood
    if mood == "done" and words.has("joined.onwards", low[slice(*cue)]) and _is_rule(clause, cue):
        mood = "ahead"  # "then it goes to parliament"
    if mood == "done" and form == "noun" and family.name in _DATED and _waits(low, cue, words):
        mood = "ahead"  # "after the signing, the parliaments will be asked"
    told = form == "past" and "," in low[: cue[0]]  # "once ratified, it enters into force", but not "..., it entered"
    if mood == "done" and family.name in ("force", "ratify") and words.has("modality.opening", low) and not told:
        mood = "hoped"
    if mood == "done" and family.name in _AT_HOME and _is_proviso(low, cue, words):
        mood = "hoped"
    if mood == "done" and family.name == "conclude" and words.has("behind.partly", low[cue[1] : cue[1] + 40]):
        mood = "hoped"
    if mood == "done" and words.has("modality.claim", low[max(0, cue[0] - 70) : cue[0]]):
        mood = "negated"
    return mood


def _continuous(low: str, cue: Span, words: AgreementWords) -> str | None:
    """The modality of an act that is under way, "they are signing it on Friday"; None for any other noun."""
    before = low[max(0, cue[0] - 12) : cue[0]]
    if words.has("joined.going", before):
        return "ahead"
    return "done" if words.has("joined.gone", before) else None


def _present(clause: Clause, cue: Span, family: Family) -> str:
    """The modality of what is told in the present: a headline reports, but what has a day to come is ahead."""
    ahead = {"force": "ahead"} | dict.fromkeys(_DATED, "dated")
    to_come = family.name in ahead and is_to_come(clause.document, clause.part, cue, clause.words)
    return ahead[family.name] if to_come else "done"


def _is_rule(clause: Clause, cue: Span) -> bool:
    """Whether the text of an article tells in the present how an agreement comes into force, and not that it does so.

    Headlines tell news in the present; text does so with the day of it ("enters into force today").
    """
    lasting = clause.words.has("dated.lasting", clause.low[slice(*cue)])
    if clause.part.kind != "body" or not clause.part.index or lasting:
        return False
    return named_day(clause.document, clause.part, cue, clause.words) == Interval()


def _waits(low: str, cue: Span, words: AgreementWords) -> bool:
    """Whether an act is told of only as what something to come follows."""
    after = words.has("joined.upon", low[max(0, cue[0] - _UPON) : cue[0]])
    return after and words.has("joined.follows", low[cue[1] :])


def _is_proviso(low: str, cue: Span, words: AgreementWords) -> bool:
    """Whether a step at home is told of only as what something ahead waits for: "it takes effect after they finish"."""
    waits = words.has("dated.proviso", low[max(0, cue[0] - 60) : cue[0]])
    return waits and words.has("dated.ahead", low)


def _stage(clause: Clause, cue: Span, family: Family, mood: str, around: str) -> str:
    """The stage of a family and a modality, but for what a parliament, a cabinet or a proviso changes."""
    low, words = clause.low, clause.words
    if family.name == "force" and words.has("parliament.provisional", around):
        return ""
    if family.name == "sign" and mood == "done" and _is_law(low, cue, words):
        return "ratifying" if _is_enacted(low, cue, words) or words.has("joined.bill", low) else ""
    if family.name == "sign" and mood in ("ahead", "hoped") and words.has("joined.law", low[cue[1] : cue[1] + 60]):
        return ""  # who has yet to sign a law says nothing of the signature of the agreement
    if family.name in _BY_PARLIAMENT and not words.has("parliament.house", low):
        return "" if family.name == "vote" else family.stages[mood]
    if family.name == "adopt" and mood == "done":
        return "ratifying"
    sure = words.fits("joined.sure", low[slice(*cue)]) or words.has("parliament.pattern", low)
    if family.name == "ratify" and mood == "done" and not sure:
        return "procedures" if words.has("parliament.cabinet", low) else ""
    if family.stages[mood] == "ratifying" and words.has("joined.to sign", low[cue[0] : cue[1] + _TO_OBJECT]):
        return "procedures"
    if mood == "hoped" and family.name == "negotiate" and words.has("talks.offered", low[max(0, cue[0] - 60) : cue[0]]):
        return "proposed"
    if mood == "hoped" and family.name in _MADE and words.has("modality.proposing", low[max(0, cue[0] - 90) : cue[0]]):
        return "proposed"
    return family.stages[mood]


def _is_law(low: str, cue: Span, words: AgreementWords) -> bool:
    """Whether what is signed is the law by which a state ratifies: "signed the bill", "passed the law; he signs it"."""
    behind = low[cue[1] : cue[1] + 60]
    return (
        _is_enacted(low, cue, words)
        or words.has("joined.law", behind)
        or (words.has("joined.bill", low[: cue[0]]) and words.has("joined.it", behind))
    )


def _is_enacted(low: str, cue: Span, words: AgreementWords) -> bool:
    """Whether what is signed becomes law by it: "signed the treaty into law"."""
    return words.has("joined.enacted", low[cue[1] : cue[1] + 90])


def _open(clause: Clause, cue: Span, family: Family) -> str:
    """The modality of a noun cue with nothing before it that tells: by what follows or its date, else by its family."""
    low, words = clause.low, clause.words
    if family.name not in _NOUNS_OF_ACTS:
        return "done"
    put = words.has("joined.put", low[max(0, cue[0] - 20) : cue[0]])
    if put or words.has("behind.undone", low[cue[1] : cue[1] + _CALLED_OFF]):
        return "hoped"
    rest = low[cue[1] : cue[1] + _TO_VERB]
    done, ahead = words.patterns["behind.done"].search(rest), words.patterns["behind.ahead"].search(rest)
    if done and (ahead is None or done.start() < ahead.start()):
        return "done"
    if family.name not in _DATED:
        return "hoped"
    day = named_day(clause.document, clause.part, cue, words)
    published = clause.document.dated_from
    if ahead is None and published and day.earliest and day.latest and day.latest < published:
        return "done"
    own = not low[: cue[0]].endswith("'s ")
    return "dated" if own and is_dated(clause.document, clause.part, cue, low, words) else "hoped"
