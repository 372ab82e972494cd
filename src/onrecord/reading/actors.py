"""Who is who on a page: people, bodies and states with their mentions, and whose voice each relation is."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from onrecord.analysis import Actor, ActorType, Span
from onrecord.lexicon import table
from onrecord.reading.cast import Cast
from onrecord.reading.document import Document, Relation, Sentence, Voice
from onrecord.reading.outlets import outlet_in
from onrecord.reading.roles import bare_name, belongs, heads, role_after, role_before
from onrecord.reading.spans import Spans
from onrecord.reading.states import StateMention, find_states

_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s(?:(?:al|bin|ibn|de|da|del|van|von|der|el|la|le|di|du|dos)[\s-])*[^\W\d_a-z][\w.'’-]*)*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^(?:the|a|an|one|some|several|two|three)\s+", re.I)
_PREPOSITION = re.compile(r"\b(?:for|of|to|with|from|at|in|on)\b|['’]s\b")
_PLURAL = re.compile(r"(?:s|people|men|women|authorities|police)$")
#: How far before a relative pronoun its antecedent may end, in characters.
_NEAR = 80
_WORD = re.compile(r"[\w-]+")


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, str]:
    return {word: kind for kind, words in table("roles")["pronouns"].items() for word in words}


@lru_cache(maxsize=1)
def _bodies() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(table("roles")["bodies"]) + r")\b", re.I)


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


class _Reader:
    """One page's names, read once, and the resolution of source phrases against them.

    `people`, `bodies`, `states` and `said` are in text order; what a page says of a phrase is looked for among those
    near it, so that the time it takes grows no faster than the page.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cast = Cast()
        self.people: list[tuple[Span, Actor]] = []
        self.bodies: list[tuple[Span, Actor]] = []
        self.states: list[StateMention] = []
        self.said: list[tuple[int, Actor]] = []
        #: Who bears a role, by each word of the role; who was last described by a word, of those without a name.
        self.bearers: dict[str, list[tuple[Span, Actor]]] = {}
        self.described: dict[str, Actor] = {}
        self.people_at = self.bodies_at = self.states_at = Spans([])
        self._of_country: dict[str, list[Span]] | None = None

    def read_names(self) -> None:
        """Register every name of the article."""
        document = self.document
        for sentence in document.sentences:
            self.states += find_states(document.text, *sentence.span)
        self.states_at = Spans(mention.span for mention in self.states)
        placed = set(self.states_at.sorted)
        names = document.marks.names if document.marks else []
        cleaned = (self._cleaned(name.span) for name in names if name.kind == "person")
        persons = [
            span for span in cleaned if span and span not in placed and not outlet_in(document.words(span))
        ]  # fmt: skip
        # Full names first: a surname in the headline is then the person whom the text names in full.
        for span in sorted(persons, key=lambda span: (" " not in document.words(span), span)):
            self.people.append((span, self.cast.person(document.words(span), span)))
        self._bare_surnames()
        self.people.sort(key=lambda found: found[0])
        self.people_at = Spans(span for span, _ in self.people)
        for mention in self.states:
            if mention.form in ("name", "metonym"):
                self.cast.state(mention.country, mention.span)
        for name in names:
            if name.kind == "organization" and not self.states_at.meeting(name.span):
                body = self._cleaned(name.span)
                if body and not self.people_at.meeting(body):
                    self.bodies.append((body, self._body(body)))
        self.bodies.sort(key=lambda found: found[0])
        self.bodies_at = Spans(span for span, _ in self.bodies)
        for span, actor in self.people:
            self._describe(span, actor)
        for span, actor in self.people:
            for word in set((actor.role or "").lower().split()):
                self.bearers.setdefault(word, []).append((span, actor))

    def _cleaned(self, span: Span) -> Span | None:
        """A name's span without titles, articles and the possessive; None where no capital is left."""
        text = self.document.text
        start, end = bare_name(text, *span)
        found = _NAME.search(text, start, end)
        if found is None:
            return None
        start, end = found.span()
        tail = _POSSESSIVE.search(text, start, end)
        end = tail.start() if tail else end
        while end > start and text[end - 1] in ".-'’" and not text[start:end].endswith(("Jr.", "Sr.")):
            end -= 1
        return (start, end) if end - start > 1 else None

    def _bare_surnames(self) -> None:
        """Mentions of known surnames that the encoder passed over."""
        surnames = self.cast.surnames()
        if not surnames:
            return
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(surnames))) + r")\b")
        taken = Spans([span for span, _ in self.people] + self.states_at.sorted)
        for sentence in self.document.sentences:
            for found in pattern.finditer(self.document.text, *sentence.span):
                if not taken.meeting(found.span()):
                    self.people.append((found.span(), self.cast.person(found.group(), found.span())))

    def _describe(self, span: Span, actor: Actor) -> None:
        """Take role, state and body of a person from the words around this mention, where they are not known yet."""
        if actor.role and actor.country:
            return
        sentence = self.document.sentence_at(span[0])
        if sentence is None:
            return
        text = self.document.text
        role = role_before(text, span[0], sentence.span[0]) or role_after(text, span[1], sentence.span[1])
        if role is None:
            return
        actor.role = actor.role or role.words
        if role.country and not actor.country:
            actor.country = role.country
            actor.affiliation = self.cast.state(role.country, self._state_span(role.country, span)).id
        for number in self.bodies_at.meeting(role.span):
            if not actor.affiliation:
                actor.affiliation = self.bodies[number][1].id

    def _state_span(self, country: str, near: Span) -> Span | None:
        """The mention of a state nearest to a span; None where the state stands only in what describes somebody."""
        if self._of_country is None:
            self._of_country = {}
            for mention in self.states:
                self._of_country.setdefault(mention.country, []).append(mention.span)
        spans = self._of_country.get(country, [])
        after = bisect_left(spans, near[0], key=lambda span: span[0])
        return min(spans[max(0, after - 1) : after + 1], key=lambda span: abs(span[0] - near[0]), default=None)

    def voice(self, relation: Relation) -> Voice:
        """Who speaks in a relation, and who carried the words."""
        at = min(relation.content + relation.cue + relation.source)[0]
        speaker = self._resolve(relation.source[0]) if relation.source else self._continued(relation)
        if speaker:
            self.said.append((at, speaker))
            if not speaker.role and speaker.type in ("person", "group"):
                self.described[speaker.name.lower().split()[-1]] = speaker
        carriers: list[str] = []
        for span in relation.carriers:
            carrier = self._body(span)
            if carrier.id not in carriers and carrier is not speaker:
                carriers.append(carrier.id)
        return Voice(speaker.id if speaker else None, carriers)

    def _body(self, span: Span) -> Actor:
        """The organization, or known outlet, that a span names."""
        words = self.document.words(span)
        outlet = outlet_in(words)
        return self.cast.body(outlet.name, span, outlet.country) if outlet else self.cast.body(words, span)

    def _continued(self, relation: Relation) -> Actor | None:
        """The speaker of a quotation without a source that follows another of the same speaker on the line before."""
        start, end = relation.content[0][0], relation.content[-1][1]
        if relation.cue or self.document.text[start] not in '"“„«' or not self.said:
            return None
        lines = self.document.text.count("\n", self.said[-1][0], start)
        sentence = self.document.sentence_at(start)
        opens = sentence is not None and start - sentence.span[0] < 2 and end >= sentence.span[1] - 2
        return self.said[-1][1] if opens and lines <= 2 else None

    def _resolve(self, span: Span) -> Actor | None:
        """The actor that a source phrase names, describes or refers to."""
        document = self.document
        words = document.words(span).strip(" ,")
        bare = _ARTICLE.sub("", words)
        if not _WORD.search(bare):
            return None
        kind = _pronouns().get(words.lower())
        if kind:
            return self._antecedent(kind, words.lower(), span)
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
        if head is None or _bodies().search(words[: head[1] - span[0]]):
            for number in self.bodies_at.meeting(span):
                body_span, body = self.bodies[number]
                if span[0] <= body_span[0] and (head is None or body_span[0] < head[1]):
                    return body
        if outlet_in(words) and head is None:
            return self._body(span)
        if _bodies().search(bare) and not self._unnamed_person(bare):
            key = f"{country}:{_bodies().findall(bare)[-1].lower()}:{bare.split()[-2].lower() if ' ' in bare else ''}"
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
        return bool(tokens) and tokens[-1] in heads() and not _bodies().fullmatch(tokens[-1])

    def _head(self, span: Span) -> Span | None:
        """The first role noun in lower case within a phrase."""
        for found in _WORD.finditer(self.document.text, *span):
            if found.group() in heads():
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

    def _antecedent(self, kind: str, pronoun: str, span: Span) -> Actor | None:
        """Whom a pronoun refers to, or None where the page leaves it open."""
        document = self.document
        sentence = document.sentence_at(span[0])
        if sentence is None:
            return None
        last = self.said[-1] if self.said else None
        if kind == "first":
            return last[1] if last and last[0] >= sentence.span[0] else None
        if kind == "neutral":
            return self._neutral(sentence, span[0])
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
            named = [a for (a_start, a_end), a in people if start <= a_start and a_end <= end]
            fitting = [a for a in [*spoke[-1:], *named] if _fits(a, pronoun)]
            if fitting:
                return fitting[0]
        return None

    def _relative(self, at: int) -> Actor | None:
        """Whom a relative pronoun at a position stands for: the person, body or state named last before it."""
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
                if bodies and (not named or bodies[0][0] < named[0][0]):
                    return bodies[0][1]
                if named:
                    return self.cast.state(named[0][1].country, named[0][1].span)
        return None


def _fits(actor: Actor, pronoun: str) -> bool:
    """Whether the role's own word leaves the pronoun possible."""
    role = (actor.role or "").lower()
    female = pronoun in ("she", "her", "hers")
    return not (role.endswith("woman") and not female) and not (role.endswith("man") and female)
