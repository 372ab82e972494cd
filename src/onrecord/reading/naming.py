"""The names on a page, read once: people, bodies and states with their mentions and what the page says they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from onrecord.analysis import Actor, Span
from onrecord.lexicon import table
from onrecord.reading.cast import Cast
from onrecord.reading.document import Document
from onrecord.reading.outlets import outlet_in
from onrecord.reading.roles import bare_name, heads, role_after, role_apposed, role_before
from onrecord.reading.spans import Spans
from onrecord.reading.states import StateMention, find_states

_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s(?:(?:al|bin|ibn|de|da|del|van|von|der|el|la|le|di|du|dos)[\s-])*[^\W\d_a-z][\w.'’-]*)*"
)
#: A body's name, with the small words that names of bodies have within; and what leads to the state or place it is of,
#: which the encoder marks apart.
#: Capitalised words right before the last one of a name, in so many characters.
_BEFORE = re.compile(r"(?<![\w-])(?!The )(?:[A-Z][\w-]{0,30} ){1,4}$")
_LONGEST_NAME = 60
_BODY = re.compile(
    r"(?!(?:The|An?)\s)[^\W\d_a-z][\w.'’&-]*(?:\s(?:(?:of|for|and|on|in|to|the|against|&)\s){0,3}[^\W\d_a-z][\w.'’&-]*)*"
)
_OF_WHOM = re.compile(r"\sof\s(?:the\s)?")
#: The office before the name of its seat, and how far before it begins at most; name and seat are so many words.
_SEAT = re.compile(r"(?P<head>[A-Z][\w-]+)\sof\s$")
_LONGEST, _SEATED = 40, 3
#: What stands between a state and a person of it, and how far from the name the state stands.
_OWNS, _OF, _OWNER = ("'s ", "’s ", "' ", "’ "), (" of ", " of the "), 8
#: Somebody's, before a role: "Lind's spokesman".
_SERVED = re.compile(r"[\w.-]+['’]s?\s$")
POSSESSIVE = re.compile(r"['’]s?$")
_ROLE_NAME = re.compile(r"(?P<role>[^\n]{3,120}?),?\s(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}),?$")


@lru_cache(maxsize=1)
def _day() -> re.Pattern[str]:
    """A day that the encoder took for the end of a name: "Ada Lind told them Sunday"."""
    days = "|".join(names[0].title() for names in table("calendar")["weekdays"]["en"])
    return re.compile(rf"\s(?:{days})$")


@lru_cache(maxsize=1)
def _unions() -> frozenset[str]:
    """Last words of names that no person has."""
    return frozenset(table("roles")["unions"])


@lru_cache(maxsize=1)
def body_words() -> re.Pattern[str]:
    """Nouns that name a body rather than a person."""
    return re.compile(r"\b(?:" + "|".join(table("roles")["bodies"]) + r")\b", re.I)


class Register:
    """One page's names, read once.

    `people`, `bodies` and `states` are in text order; what a page says of a phrase is looked for among those
    near it, so that the time it takes grows no faster than the page.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cast = Cast()
        self.people: list[tuple[Span, Actor]] = []
        self.bodies: list[tuple[Span, Actor]] = []
        self.states: list[StateMention] = []
        #: Who bears a role, by each word of the role.
        self.bearers: dict[str, list[tuple[Span, Actor]]] = {}
        #: Whose spokesman or aide a person is.
        self.served: dict[str, Actor] = {}
        self.people_at = self.bodies_at = self.states_at = Spans([])
        self._of_country: dict[str, list[Span]] | None = None

    def read_names(self) -> None:
        """Register every name of the article."""
        document = self.document
        names = document.marks.names if document.marks else []
        surnames = {name.span for name in names if name.kind == "person" and " " in document.words(name.span)}
        bearers = {document.words(span).split()[-1] for span in surnames}
        for sentence in document.sentences:
            found = find_states(document.text, *sentence.span)
            self.states += [m for m in found if m.form != "capital" or document.words(m.span) not in bearers]
        self.states_at = Spans(mention.span for mention in self.states)
        placed = set(self.states_at.sorted)
        cleaned = (self._cleaned(name.span) for name in names if name.kind == "person")
        persons = [
            span for span in cleaned if span and span not in placed and not outlet_in(document.words(span))
        ]  # fmt: skip
        persons = [self._behind_see(span) for span in persons] + self._bare_names(persons)
        unions = [span for span in persons if document.words(span).split()[-1].lower() in _unions()]
        persons = [span for span in persons if span not in unions]
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
                body = self._body(name.span)
                if body and not self.people_at.meeting(body):
                    self.bodies.append((body, self.body(body)))
        for start, end in unions:
            whole = _BEFORE.search(document.text, max(0, start - _LONGEST_NAME), start)
            span = (whole.start() if whole else start, end)
            self.bodies.append((span, self.body(span)))
        self.bodies.sort(key=lambda found: found[0])
        self.bodies_at = Spans(span for span, _ in self.bodies)
        for span, actor in self.people:
            self._describe(span, actor)
        for span, actor in self.people:
            for word in set((actor.role or "").lower().split()):
                self.bearers.setdefault(word, []).append((span, actor))

    def _cleaned(self, span: Span) -> Span | None:
        """A name's span without titles, articles and the possessive; None where no capital is left."""
        found = _NAME.search(self.document.text, *bare_name(self.document.text, *span))
        return self._ended(found.span()) if found else None

    def _body(self, span: Span) -> Span | None:
        """A body's name without article, possessive and initials; what is a person's title elsewhere is part of it."""
        found = _BODY.search(self.document.text, *span)
        if found is None:
            return None
        owner = _OF_WHOM.match(self.document.text, found.end())
        near = owner and owner.end() <= span[1] + 1
        place = _NAME.match(self.document.text, owner.end(), owner.end() + _LONGEST) if owner and near else None
        return self._ended((found.start(), place.end() if place else found.end()))

    def _ended(self, span: Span) -> Span | None:
        """A name without what the encoder took for its end; None where hardly anything is left."""
        text = self.document.text
        start, end = span
        tail = POSSESSIVE.search(text, start, end)
        end = tail.start() if tail else end
        day = _day().search(text, start, end)
        end = day.start() if day else end
        while end > start and text[end - 1] in ".-'’" and not text[start:end].endswith(("Jr.", "Sr.")):
            end -= 1
        return (start, end) if end - start > 1 else None

    def _behind_see(self, span: Span) -> Span:
        """A person's name without the see or seat of an office before it: "Archbishop of Canterbury Ada Lind"."""
        text = self.document.text
        words = text[span[0] : span[1]].split()
        office = _SEAT.search(text, max(0, span[0] - _LONGEST), span[0])
        if len(words) < _SEATED or office is None or office["head"].lower() not in heads():
            return span
        return span[0] + len(words[0]) + 1, span[1]

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

    def _bare_names(self, persons: list[Span]) -> list[Span]:
        """Names that end a source phrase behind a role, where the encoder marked none: "the governor, Ada Lind"."""
        taken = Spans(persons + self.states_at.sorted)
        found = []
        for relation in self.document.relations:
            for span in relation.source:
                named = _ROLE_NAME.match(self.document.text, *span)
                place = named.span("name") if named else span
                if named and not taken.meeting(span) and heads() & set(named["role"].lower().replace(",", "").split()):
                    words = self.document.words(place)
                    if not (outlet_in(words) or body_words().search(words)):
                        found.append(place)
        return found

    def _describe(self, span: Span, actor: Actor) -> None:
        """Take role, state and body of a person from the words around this mention, where they are not known yet."""
        if actor.role and actor.country:
            return
        sentence = self.document.sentence_at(span[0])
        if sentence is None:
            return
        text = self.document.text
        role = (
            role_before(text, span[0], sentence.span[0])
            or role_after(text, span[1], sentence.span[1])
            or role_apposed(text, *span, sentence.span[0])
        )
        if role is None:
            self._of_state(span, actor)
            return
        served = _SERVED.search(text, max(sentence.span[0], role.span[0] - _LONGEST), role.span[0])
        if served:
            for number in self.people_at.meeting(served.span()):
                self.served[actor.id] = self.people[number][1]
        actor.role = actor.role or role.words
        if role.country and not actor.country:
            self._join(actor, role.country, span)
        else:
            self._of_state(span, actor)
        for number in self.bodies_at.meeting(role.span):
            if not actor.affiliation:
                actor.affiliation = self.bodies[number][1].id

    def _of_state(self, span: Span, actor: Actor) -> None:
        """Take a person's state from its name right before or behind: "France's Ada Lind", "Ada Lind of Peru"."""
        for number in self.states_at.meeting((max(0, span[0] - _OWNER), span[1] + _OWNER)):
            mention = self.states[number]
            before = self.document.text[mention.span[1] : span[0]] in _OWNS and mention.form in ("name", "metonym")
            behind = self.document.text[span[1] : mention.span[0]] in _OF and mention.form == "name"
            if (before or behind) and not actor.country and " " in self.document.words(span):
                self._join(actor, mention.country, span)

    def _join(self, actor: Actor, country: str, near: Span) -> None:
        actor.country = country
        actor.affiliation = self.cast.state(country, self._state_span(country, near)).id

    def _state_span(self, country: str, near: Span) -> Span | None:
        """The mention of a state nearest to a span; None where the state stands only in what describes somebody."""
        if self._of_country is None:
            self._of_country = {}
            for mention in self.states:
                self._of_country.setdefault(mention.country, []).append(mention.span)
        spans = self._of_country.get(country, [])
        after = bisect_left(spans, near[0], key=lambda span: span[0])
        return min(spans[max(0, after - 1) : after + 1], key=lambda span: abs(span[0] - near[0]), default=None)

    def body(self, span: Span) -> Actor:
        """The organization, or known outlet, that a span names."""
        words = self.document.words(span)
        outlet = outlet_in(words)
        return self.cast.body(outlet.name, span, outlet.country) if outlet else self.cast.body(words, span)
