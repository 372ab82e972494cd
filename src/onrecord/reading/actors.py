"""Who is who on a page: people, bodies and states with their mentions, and whose voice each relation is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from onrecord.analysis import Actor, ActorType, Span
from onrecord.lexicon import table
from onrecord.reading.document import Document, Relation, Sentence, Voice
from onrecord.reading.introducing import introduce
from onrecord.reading.naming import POSSESSIVE, Register, body_words
from onrecord.reading.offices import state_of
from onrecord.reading.outlets import is_medium, outlet_in
from onrecord.reading.roles import alike, belongs, heads, nouns, role_before

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
    r",\s(?:who|which|speaking|all of whom|both of whom)\b|\sspeaking\s|\s(?:who|which|that)(?:\s|$)"
    r"|\son condition of\b"
)
_BODY_FIRST = re.compile(r"(?:[Tt]he|[A-Z][\w-]+['’]s?)\s[^,.;:\n]{0,40}?$")
#: What is said of somebody behind the name or the role: ", the world's largest exporter", ", led by Ada Lind".
_APART = re.compile(
    r",\s(?:(?P<article>the|an?)|its|his|her|including|led|headed|backed|owned|entitled|affiliated|based|also|whose|one|formerly)\s"
)
#: A share of those asked, or a number alone, is nobody.
_MEASURE = re.compile(r"(?:\S+\s){0,3}?\S+(?:\s(?:per\s?cent|percent)|%)(?!\w)|[\d.,]+$")
#: What stands between a name and the noun of somebody else who goes by it: "the Harbin city government".
_OF_ANOTHER = re.compile(r"\s(?!and\s)(?:(?!and\b)[^\s,]+\s){0,3}$")
_BEHIND = re.compile(r"\s(?P<word>[a-z]+)")
#: So many sentences before it the one may speak whom "the official" or "it" stands for.
_LATELY = 3
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
    introduce(document, reader.cast.actors, document.voices)
    for name in filter(None, (document.wire, document.publisher)):
        outlet = outlet_in(name)
        reader.cast.body(name, None, outlet.country if outlet else None)
    for actor in reader.cast.actors:
        actor.mentions = sorted(set(actor.mentions))
        if actor.type == "person" and actor.country is None:
            of_body = set((actor.role or "").lower().split()) & set(table("roles")["of_bodies"])
            actor.country = None if of_body else state_of(actor.name, document.dated_from)
    for actor in reader.cast.actors:
        served = reader.served.get(actor.id)
        actor.country = actor.country or (served.country if served else None)
    document.actors = reader.cast.actors


class _Reader(Register):
    """The resolution of a page's source phrases against its names. `said` is in text order."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.said: list[tuple[int, Actor]] = []
        #: The outlets whose words were told, or that carried words.
        self.media: list[Actor] = []
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
        words = self.document.words(relation.source[0]) if relation.source else ""
        if speaker and (outlet_in(speaker.name) or (" " in speaker.name and is_medium(words))):
            self.media.append(speaker)
        for span in relation.carriers:
            person = self._resolve(span) if self.people_at.meeting(span) else None
            carrier = person or self._again(span) or self.body(span)
            self.media += [] if person else [carrier]
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
        if not _WORD.search(bare) or _MEASURE.match(bare):
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
        apart = _APART.search(document.text, span[0] + 1, span[1])
        if apart and (document.text[span[1] - 1] == "," or " and " not in document.text[apart.end() : span[1]]):
            return self._named_apart(span, apart) or self._resolve((span[0], apart.start()), said)
        inside = [self.states[number] for number in self.states_at.meeting(span)]
        country = inside[0].country if inside else None
        for mention in inside:
            rest = words.replace(document.words(mention.span), "", 1)
            if mention.form != "demonym" and not _WORD.search(re.sub(r"\b(?:the|officially)\b", "", rest, flags=re.I)):
                return self.cast.state(mention.country, mention.span)
        if head is None or (body_words().search(words[: head[1] - span[0]]) and not self._unnamed_person(bare)):
            for number in self.bodies_at.meeting(span):
                body_span, body = self.bodies[number]
                seen = _seen().search(document.text, span[0], body_span[0] + 1)
                named_after = body_words().search(document.text, span[0], body_span[0])
                behind = body_words().search(document.text, body_span[1], span[1])
                noun = head or (behind.span() if behind else None)
                of_another = noun and _OF_ANOTHER.match(document.text, body_span[1], noun[0])
                if noun and document.words(noun) in table("roles")["kinds"]:
                    of_another = None
                if (
                    not named_after
                    and span[0] <= body_span[0]
                    and (head is None or body_span[0] < head[1])
                    and not (seen or of_another)
                ):
                    return body
        if outlet_in(words) and head is None and not _seen().search(words):
            return self.body(span)
        again = self._again(span)
        if again:
            return again
        owner = self._owner(span, bare)
        if owner and not country:
            rest = bare.partition(" ")[2]
            bare, country = rest if owner.type == "state" else f"{owner.name}'s {rest}", owner.country
        if body_words().search(bare) and not self._unnamed_person(bare):
            key = (
                f"{country}:{body_words().findall(bare)[-1].lower()}:{bare.split()[-2].lower() if ' ' in bare else ''}"
            )
            return self.cast.body(bare, span, country, key if country else None)
        if head and words[:4].lower() == "the ":
            known = self._by_role(document.words(head).lower(), country, span[0]) or self._official(span, head, country)
            if known:
                return known
        plural: ActorType = "group" if head is None or _PLURAL.search(document.words(head).lower()) else "person"
        return self.cast.unnamed(bare if len(bare) <= 120 else bare[:120].rsplit(" ", 1)[0], span, country, plural)

    def _owner(self, span: Span, words: str) -> Actor | None:
        """Whose office or aide it is that a phrase names with a pronoun: "her office", "its army chief".

        That is the one person, body or state that the sentence names before.
        """
        pronoun = words.partition(" ")[0].lower()
        sentence = self.document.sentence_at(span[0])
        if sentence is None or pronoun not in ("his", "her", "its"):
            return None
        before = (sentence.span[0], span[0])
        if pronoun == "its":
            return self._neutral(Sentence(sentence.span, sentence.kind, 0), span[0], ())
        people = {id(actor): actor for _, actor in map(self.people.__getitem__, self.people_at.meeting(before))}
        owner = next(iter(people.values())) if len(people) == 1 else None
        return owner if owner and _fits(owner, pronoun) else None

    def _again(self, span: Span) -> Actor | None:
        """The outlet last heard, where a phrase points back to one: "the newspaper"."""
        words = self.document.words(span).strip(" ,").lower()
        definite = words.startswith("the ") or self.document.text[max(0, span[0] - 4) : span[0]].lower() == "the "
        again = words.removeprefix("the ") in table("roles")["outlets"]["again"]
        return self.media[-1] if self.media and definite and again else None

    def _named_apart(self, span: Span, apart: re.Match[str]) -> Actor | None:
        """The body that is described first and named then: "the employers' union, the Board of Trade"."""
        near = [self.bodies[number] for number in self.bodies_at.meeting(span)]
        named = apart["article"] and self.document.text[apart.end() : apart.end() + 1].isupper()
        return near[0][1] if near and named and near[0][0][0] >= apart.end() else None

    def _unnamed_person(self, words: str) -> bool:
        """Whether the phrase's main noun is a person: "ministry official", "official of the ministry"."""
        main = _PREPOSITION.split(words)[0] or words
        tokens = [token.lower() for token in _WORD.findall(main)]
        return bool(tokens) and tokens[-1] in heads() and not body_words().fullmatch(tokens[-1])

    def _head(self, span: Span) -> Span | None:
        """The first role noun within a phrase, in lower case unless it is all of it: "The President"."""
        alone = _ALONE.fullmatch(self.document.text, *span)
        for found in _WORD.finditer(self.document.text, *span):
            owner = self.document.text[found.end() : found.end() + 2] in ("'s", "’s")
            if not owner and (found.group() in heads() or (alone and found.group().lower() in heads())):
                return found.span()
        return None

    def _speaks(self, person: Span, phrase: Span) -> bool:
        """Whether a person named in a source phrase is the one who speaks, not one whose aide or ministry does."""
        text = self.document.text
        if text[person[1] : person[1] + 2] in ("'s", "’s") and person[1] + 3 < phrase[1]:
            return False
        behind = _BEHIND.match(text, person[1], phrase[1])
        if behind and behind["word"] in heads():
            return False  # "Lind aides"
        return not belongs(text, person[0], phrase[0])

    def _by_role(self, head: str, country: str | None, before: int) -> Actor | None:
        """Whoever bore this role, for this state where one is named, last before a position."""
        for word in (head, *alike(head)):
            bearers = self.bearers.get(word, [])
            for at in range(bisect_left(bearers, before, key=lambda found: found[0][0]) - 1, -1, -1):
                actor = bearers[at][1]
                if country in (None, actor.country) and (word != head or head in nouns(actor.role or "")):
                    return actor
        return self.described.get(head) if country is None else None

    def _official(self, span: Span, head: Span, country: str | None) -> Actor | None:
        """The person of an office who spoke last and not long before, as "the official" or "the ministry official"."""
        sentence = self.document.sentence_at(span[0])
        if sentence is None or self.document.words(head) not in table("roles")["any_office"] or not self.said:
            return None
        at, actor = self.said[-1]
        near = at >= self.document.sentences[max(0, sentence.index - _LATELY)].span[0]
        if not near or actor.type != "person" or not actor.role or country not in (None, actor.country):
            return None
        bodies = [self.bodies[number] for number in self.bodies_at.meeting(span)]
        spoke = self.document.sentence_at(at) or sentence
        named = all(self.document.words(body) in self.document.words(spoke.span) for body, _ in bodies)
        return actor if named or actor.affiliation in {body.id for _, body in bodies} else None

    def _antecedent(self, kind: str, pronoun: str, span: Span, said: Sequence[Span]) -> Actor | None:
        """Whom a pronoun refers to, or None where the page leaves it open; hardly one of whom it speaks itself.

        Whom a sentence names that the same pronoun opens is another.
        """
        document = self.document
        sentence = document.sentence_at(span[0])
        if sentence is None:
            return None
        last = self.said[-1] if self.said else None
        if kind == "first":
            return last[1] if last and last[0] >= sentence.span[0] else None
        if kind == "neutral":
            return self._speaking_on(sentence) or self._neutral(sentence, span[0], said)
        if kind == "plural":
            several = last and last[1].type in ("group", "organization", "state") and not is_medium(last[1].name)
            return last[1] if last and several else None
        if pronoun in ("who", "which"):
            return self._relative(span[0])
        left = _LATELY
        for index in range(sentence.index, max(-1, sentence.index - 2 * _LATELY), -1):
            start, end = document.sentences[index].span
            same = index < sentence.index and document.text.startswith(f"{pronoun.title()} ", start)
            left -= not same
            if left < 0:
                break
            end = min(end, span[0])
            first = bisect_left(self.said, start, key=lambda found: found[0])
            spoke = [a for at, a in self.said[first:] if at < end and a.type == "person"]
            people = map(self.people.__getitem__, self.people_at.meeting((start, end)))
            named = [
                actor for (a_start, a_end), actor in people
                if start <= a_start and a_end <= end and not same and not any(a <= a_start < b for a, b in said)
            ]  # fmt: skip
            fitting = [a for a in [*spoke[-1:], *named] if _fits(a, pronoun)]
            if fitting:
                return fitting[0]
        return self._named_later(sentence, pronoun)

    def _speaking_on(self, sentence: Sentence) -> Actor | None:
        """The body, group or state that spoke last, in the sentence or the one before: "it added".

        A person who spoke in between may have spoken for it.
        """
        if not self.said:
            return None
        lately = 1 if self.said[-1][1].type != "person" else _LATELY - 1
        first = self.document.sentences[max(0, sentence.index - lately)].span[0]
        spoke = (actor for at, actor in reversed(self.said[-_LATELY:]) if at >= first)
        return next((actor for actor in spoke if actor.type != "person"), None)

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

    def _neutral(self, sentence: Sentence, before: int, said: Sequence[Span]) -> Actor | None:
        """The state or body that "it" most likely stands for: the first one named in this sentence or the last.

        What it speaks of itself, in what it says, is hardly the one.
        """
        for index in (sentence.index, sentence.index - 1):
            if index >= 0:
                start, end = self.document.sentences[index].span
                end = min(end, before)
                states = [self.states[number] for number in self.states_at.meeting((start, end))]
                states = [m for m in states if not any(a <= m.span[0] < b for a, b in said)]
                named = [(m.span[0], m) for m in states if start <= m.span[0] and m.form != "demonym"]
                near = [self.bodies[number] for number in self.bodies_at.meeting((start, end))]
                bodies = [(s[0], b) for s, b in near if start <= s[0] and not any(x <= s[0] < y for x, y in said)]
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
