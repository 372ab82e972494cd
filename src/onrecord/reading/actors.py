"""Who is who on a page: people, bodies and states with their mentions, and whose voice each relation is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from onrecord.analysis import Actor, ActorType, Span
from onrecord.lexicon import table
from onrecord.reading.document import Document, Relation, Sentence, Voice
from onrecord.reading.naming import POSSESSIVE, Register, body_words
from onrecord.reading.outlets import outlet_in
from onrecord.reading.roles import belongs, heads, role_before

_ARTICLE = re.compile(r"^(?:the|a|an|one|some|several|two|three)\s+(?!of\b)", re.I)
_PREPOSITION = re.compile(r"\b(?:for|of|to|with|from|at|in|on)\b|['’]s\b")
_PLURAL = re.compile(r"(?:s|people|men|women|authorities|police)$")
#: How far before a relative pronoun its antecedent may end, in characters.
_NEAR = 80
#: How far into a sentence its subject may begin, in characters, for want of an article.
_FIRST = 5
_WORD = re.compile(r"[\w-]+")
#: An unnamed person right before a relative pronoun: "a top US official here who".
_DESCRIBED = re.compile(r"\b(?P<words>(?:an?|one|the)\s[^,.;:\n\"]{3,60}?)(?:\s(?:here|there|today))?,?\s$")
_ALONE = re.compile(r"[Tt]he\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?")
_CLAUSE = re.compile(
    r",\s(?:who|which|speaking|all of whom|both of whom)\b|\sspeaking\s|\s(?:who|which|that)\s|\son condition of\b"
)
_BODY_FIRST = re.compile(r"(?:[Tt]he|[A-Z][\w-]+['’]s?)\s[^,.;:\n]{0,40}?$")
_OF_NAME = re.compile(r"\sof\s(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)*")


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, str]:
    return {word: kind for kind, words in table("roles")["pronouns"].items() for word in words}


@lru_cache(maxsize=1)
def _seen() -> re.Pattern[str]:
    """What was shown to somebody is not that one's word: "a draft seen by"."""
    return re.compile(rf"\b(?:{'|'.join(table('roles')['shown'])})\s(?:by|to)\s")


def identify(document: Document) -> None:
    """Fill `document.actors` and, for each of `document.relations`, `document.voices`."""
    reader = _Reader(document)
    reader.read_names()
    document.voices = [reader.voice(relation) for relation in document.relations]
    for name in filter(None, (document.wire, document.publisher)):
        outlet = outlet_in(name)
        reader.cast.body(name, None, outlet.country if outlet else None)
    for actor in reader.cast.actors:
        actor.mentions = sorted(set(actor.mentions))
    document.actors = reader.cast.actors


class _Reader(Register):
    """The resolution of a page's source phrases against its names. `said` is in text order."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.said: list[tuple[int, Actor]] = []
        #: Who was last described by a word, of those without a name.
        self.described: dict[str, Actor] = {}

    def voice(self, relation: Relation) -> Voice:
        """Who speaks in a relation, and who carried the words."""
        at = min(relation.content + relation.cue + relation.source)[0]
        speaker = self._resolve(relation.source[0], relation.content) if relation.source else self._continued(relation)
        if speaker:
            self.said.append((at, speaker))
            if not speaker.role and speaker.type in ("person", "group"):
                self.described[speaker.name.lower().split()[-1]] = speaker
        carriers: list[str] = []
        for span in relation.carriers:
            carrier = self.body(span)
            if carrier.id not in carriers and carrier is not speaker:
                carriers.append(carrier.id)
        return Voice(speaker.id if speaker else None, carriers)

    def _continued(self, relation: Relation) -> Actor | None:
        """The speaker of a quotation without a source that follows another of the same speaker on the line before."""
        start, end = relation.content[0][0], relation.content[-1][1]
        if relation.cue or self.document.text[start] not in '"“„«':
            return None
        if not self.said or self.said[-1][0] < self.document.text.rfind("\n", 0, start):
            told = self._introduced(start)
            if told or not self.said:
                return told
        lines = self.document.text.count("\n", self.said[-1][0], start)
        sentence = self.document.sentence_at(start)
        opens = sentence is not None and start - sentence.span[0] < 2 and end >= sentence.span[1] - 2
        return self.said[-1][1] if opens and lines <= 2 else None

    def _introduced(self, at: int) -> Actor | None:
        """The one person named on the line before a quotation, at the head of the sentence before it."""
        sentence = self.document.sentence_at(at)
        before = self.document.sentences[sentence.index - 1] if sentence and sentence.index else None
        if sentence is None or before is None or before.line != sentence.line or before.kind != "body":
            return None
        named = [self.people[number] for number in self.people_at.meeting(before.span)]
        single = {actor.id for _, actor in named}
        subject = role_before(self.document.text, named[0][0][0], before.span[0]) if named else None
        first = subject.span[0] if subject else named[0][0][0] if named else at
        return named[0][1] if len(single) == 1 and first - before.span[0] < _FIRST else None

    def _resolve(self, span: Span, said: Sequence[Span] = ()) -> Actor | None:
        """The actor that a source phrase names, describes or refers to; `said` is what that actor says."""
        document = self.document
        clause = _CLAUSE.search(document.text, span[0] + 1, span[1])
        span = (span[0], clause.start()) if clause else span
        words = POSSESSIVE.sub("", document.words(span).strip(" ,"))
        bare = _ARTICLE.sub("", words)
        if not _WORD.search(bare):
            return None
        kind = _pronouns().get(words.lower())
        if kind:
            return self._antecedent(kind, words.lower(), span, said)
        head = self._head(span)
        named = [
            (" " in document.words(person), actor)
            for person, actor in map(self.people.__getitem__, self.people_at.meeting(span))
            if span[0] <= person[0] and person[1] <= span[1] and self._speaks(person, span)
        ]
        if named:  # a full name before a short one, which may be another's or a body's
            return next((actor for full, actor in named if full), named[0][1])
        inside = [self.states[number] for number in self.states_at.meeting(span)]
        country = inside[0].country if inside else None
        for mention in inside:
            rest = words.replace(document.words(mention.span), "", 1)
            if mention.form != "demonym" and not _WORD.search(re.sub(r"\b(?:the|officially)\b", "", rest, flags=re.I)):
                return self.cast.state(mention.country, mention.span)
        if head is None or body_words().search(words[: head[1] - span[0]]):
            for number in self.bodies_at.meeting(span):
                body_span, body = self.bodies[number]
                seen = _seen().search(document.text, span[0], body_span[0] + 1)
                named_after = body_words().search(document.text, span[0], body_span[0])
                if (
                    not named_after
                    and span[0] <= body_span[0]
                    and (head is None or body_span[0] < head[1])
                    and not seen
                ):
                    return body
        if outlet_in(words) and head is None and not _seen().search(words):
            return self.body(span)
        if body_words().search(bare) and not self._unnamed_person(bare):
            key = (
                f"{country}:{body_words().findall(bare)[-1].lower()}:{bare.split()[-2].lower() if ' ' in bare else ''}"
            )
            return self.cast.body(bare, span, country, key if country else None)
        if head and words[:4].lower() == "the ":
            known = self._by_role(document.words(head).lower(), country, span[0])
            if known:
                return known
        plural: ActorType = "group" if head is None or _PLURAL.search(document.words(head).lower()) else "person"
        return self.cast.unnamed(bare if len(bare) <= 120 else bare[:120].rsplit(" ", 1)[0], span, country, plural)

    def _unnamed_person(self, words: str) -> bool:
        """Whether the phrase's main noun is a person: "ministry official", "official of the ministry"."""
        main = _PREPOSITION.split(words)[0] or words
        tokens = [token.lower() for token in _WORD.findall(main)]
        return bool(tokens) and tokens[-1] in heads() and not body_words().fullmatch(tokens[-1])

    def _head(self, span: Span) -> Span | None:
        """The first role noun within a phrase, in lower case unless it is all of it: "The President"."""
        alone = _ALONE.fullmatch(self.document.text, *span)
        for found in _WORD.finditer(self.document.text, *span):
            if found.group() in heads() or (alone and found.group().lower() in heads()):
                return found.span()
        return None

    def _speaks(self, person: Span, phrase: Span) -> bool:
        """Whether a person named in a source phrase is the one who speaks, not one whose aide or ministry does."""
        text = self.document.text
        if text[person[1] : person[1] + 2] in ("'s", "’s") and person[1] + 3 < phrase[1]:
            return False
        return not belongs(text, person[0], phrase[0])

    def _by_role(self, head: str, country: str | None, before: int) -> Actor | None:
        """Whoever bore this role, for this state where one is named, last before a position."""
        bearers = self.bearers.get(head, [])
        for at in range(bisect_left(bearers, before, key=lambda found: found[0][0]) - 1, -1, -1):
            actor = bearers[at][1]
            if country in (None, actor.country):
                return actor
        return self.described.get(head) if country is None else None

    def _antecedent(self, kind: str, pronoun: str, span: Span, said: Sequence[Span]) -> Actor | None:
        """Whom a pronoun refers to, or None where the page leaves it open; hardly one of whom it speaks itself."""
        document = self.document
        sentence = document.sentence_at(span[0])
        if sentence is None:
            return None
        last = self.said[-1] if self.said else None
        if kind == "first":
            return last[1] if last and last[0] >= sentence.span[0] else None
        if kind == "neutral":
            return self._speaking_on(sentence) or self._neutral(sentence, span[0])
        if kind == "plural":
            return last[1] if last and last[1].type in ("group", "organization", "state") else None
        if pronoun in ("who", "which"):
            return self._relative(span[0])
        for index in (sentence.index, sentence.index - 1, sentence.index - 2):
            if index < 0:
                break
            start, end = document.sentences[index].span
            end = min(end, span[0])
            first = bisect_left(self.said, start, key=lambda found: found[0])
            spoke = [a for at, a in self.said[first:] if at < end and a.type == "person"]
            people = map(self.people.__getitem__, self.people_at.meeting((start, end)))
            named = [
                actor for (a_start, a_end), actor in people
                if start <= a_start and a_end <= end and not any(a <= a_start < b for a, b in said)
            ]  # fmt: skip
            fitting = [a for a in [*spoke[-1:], *named] if _fits(a, pronoun)]
            if fitting:
                return fitting[0]
        return self._named_later(sentence, pronoun)

    def _speaking_on(self, sentence: Sentence) -> Actor | None:
        """The body, group or state that spoke last, in the sentence or the one before: "it added"."""
        if not self.said or self.said[-1][1].type == "person":
            return None
        before = self.document.sentences[max(0, sentence.index - 1)]
        return self.said[-1][1] if self.said[-1][0] >= before.span[0] else None

    def _named_later(self, sentence: Sentence, pronoun: str) -> Actor | None:
        """The person named in this sentence or the next, for a pronoun before which nobody is."""
        if self.people and self.people[0][0][0] < sentence.span[0]:
            return None
        last = self.document.sentences[min(sentence.index + 1, len(self.document.sentences) - 1)]
        near = [actor for span, actor in self.people if span[1] <= last.span[1]]
        return near[0] if len({actor.id for actor in near}) == 1 and _fits(near[0], pronoun) else None

    def _relative(self, at: int) -> Actor | None:
        """Whom a relative pronoun at a position stands for: the person, body or state named last before it."""
        described = _DESCRIBED.search(self.document.text, max(0, at - _NEAR), at)
        role = described and heads() & set(described["words"].lower().split())
        if described and role and not self.people_at.meeting(described.span("words")):
            return self._resolve(described.span("words"))
        before = (at - _NEAR - 1, at)
        near = [self.people[number] for number in self.people_at.meeting(before)]
        near += [self.bodies[number] for number in self.bodies_at.meeting(before)]
        named = [(end, actor) for (_, end), actor in near if 0 <= at - end <= _NEAR]
        around = [self.states[number] for number in self.states_at.meeting(before)]
        states = [m for m in around if m.form != "demonym" and 0 <= at - m.span[1] <= _NEAR]
        if states and states[-1].span[1] > max((end for end, _ in named), default=-1):
            return self.cast.state(states[-1].country, states[-1].span)
        return max(named, key=lambda found: found[0])[1] if named else None

    def _neutral(self, sentence: Sentence, before: int) -> Actor | None:
        """The state or body that "it" most likely stands for: the first one named in this sentence or the last."""
        for index in (sentence.index, sentence.index - 1):
            if index >= 0:
                start, end = self.document.sentences[index].span
                end = min(end, before)
                states = [self.states[number] for number in self.states_at.meeting((start, end))]
                named = [(m.span[0], m) for m in states if start <= m.span[0] and m.form != "demonym"]
                near = [self.bodies[number] for number in self.bodies_at.meeting((start, end))]
                bodies = [(s[0], b) for s, b in near if start <= s[0]]
                opening = self._opening_body((start, end)) if index < sentence.index else None
                if opening:
                    return opening
                if bodies and (not named or bodies[0][0] < named[0][0]):
                    return bodies[0][1]
                if named:
                    return self.cast.state(named[0][1].country, named[0][1].span)
        return None

    def _opening_body(self, span: Span) -> Actor | None:
        """The body whose common noun is the subject that a sentence opens with: "The foreign ministry of Oman"."""
        text = self.document.text
        body = body_words().search(text, span[0], min(span[1], span[0] + 60))
        if (
            body is None
            or not _BODY_FIRST.match(text, span[0], body.start())
            or text[body.end() : body.end() + 1] != " "
        ):
            return None
        owner = _OF_NAME.match(text, body.end(), span[1])
        if (
            text[body.end() + 1 : body.end() + 2].islower()
            and not owner
            and self._unnamed_person(text[span[0] : body.end() + 20])
        ):
            return None
        return self._resolve((span[0], owner.end() if owner else body.end()))


def _fits(actor: Actor, pronoun: str) -> bool:
    """Whether the role's own word leaves the pronoun possible."""
    role = (actor.role or "").lower()
    female = pronoun in ("she", "her", "hers")
    return not (role.endswith("woman") and not female) and not (role.endswith("man") and female)
