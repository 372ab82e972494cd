"""Which reports of a page speak of one agreement: the page's focus, and whose agreement each report is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.agreement_bodies import Blocs, blocs_in, blocs_of, is_between
from onrecord.reading.agreement_focus import LEAD, Focus, focus_of
from onrecord.reading.agreement_identity import described, differs, may_be_one, phrase_of
from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_parties import Parties, Sides, faction_of, party_states
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import AgreementWords, lowered, words_in
from onrecord.reading.document import Document

#: Families of cues that say how a state becomes a party.
_JOINING = frozenset(("sign", "ratify", "bill"))
#: Papers that may be signed beside an agreement, or on the way to it.
_PAPERS = frozenset(("memorandum", "declaration"))
#: Instruments up to this rank go by their own name only.
_FORMAL = 2
#: So many sentences tell what the news is.
_OPENING = 2
#: So many reports of an agreement tell what it is about.
_COMPARED = 40
#: The name of a group stands so close before the instrument that is called by it.
_CALLED = 30


@dataclass(slots=True)
class Entry:
    """One agreement as the page tells it: its parties or name, and every report of it.

    `old` marks an agreement of the past that the page looks back on, `beside` one that comes up beside another of the
    same parties.
    """

    parties: Parties
    name: str | None
    group: str
    old: bool
    reports: list[Report] = field(default_factory=list)
    beside: bool = False

    @property
    def is_process(self) -> bool:
        """Whether the page has no word for it but one for a course of years ("the peace process")."""
        return all(report.mention.lasting for report in self.reports)


def group(document: Document, found: list[Report], words: AgreementWords) -> list[Entry]:
    """The agreements of a page, in the order in which they come up, each with the reports that speak of it."""
    focus = focus_of(document, found, words)
    blocs = blocs_of(document, found)
    called = _called(document, found, blocs) if blocs else ""
    entries: list[Entry] = []
    loose: list[Report] = []
    last: Entry | None = None
    before: Report | None = None
    for report in found:
        _point(report, before)
        before = report
        common = _common(report, entries)
        owners = [(common.parties, common.name)] if common else _whose(document, report, focus, words)
        if blocs and (is_between(document, report, blocs) or _is_theirs(owners, entries, blocs, called)):
            owners = [((), called)]
        if not owners:
            entry = _known(document, report, entries, last, words) or _framed(document, report, entries, words)
            if entry is not None:
                entry.reports.append(report)
                last = entry
            else:
                loose.append(report)
            continue
        for owner in owners:
            last = _entry(document, report, entries, owner, words)
            last.reports.append(report)
    _settle(document, loose, entries, focus)
    made = [entry for entry in _merged(entries, words) if entry.parties or " " in (entry.name or "")]
    made = [entry for entry in made if _is_named(entry) and not _is_mere_process(entry, made)]
    for entry in made:
        entry.old = entry.old and not (_leads(entry, made) or _heads(document, entry))
    for place, entry in enumerate(made):
        entry.beside = any(other.parties == entry.parties and not other.old for other in made[:place])
    return made


def _point(report: Report, before: Report | None) -> None:
    """Let what only points back ("they signed it") speak of the paper named right before it, which may be no treaty."""
    if before is None or report.mention.rank != Mention.POINTER or before.mention.group not in _PAPERS:
        return
    if report.sentence.index - before.sentence.index <= 1:
        report.mention.group, report.mention.label = before.mention.group, before.mention.label


def _called(document: Document, found: list[Report], blocs: Blocs) -> str:
    """What an agreement of two blocs goes by: their names and the page's first words for it."""
    named = (report for report in found if blocs_in(document.words(report.part)) & set(blocs.names))
    first = next((report for report in named if not report.mention.old), found[0])
    return f"{'-'.join(blocs.names)} {phrase_of(document, first) or first.mention.label}"


def _is_theirs(owners: list[tuple[Parties, str | None]], entries: list[Entry], blocs: Blocs, called: str) -> bool:
    """Whether states that act for the blocs of the page's agreement stand for them."""
    known = any(entry.name == called for entry in entries)
    return known and len(owners) == 1 and bool(owners[0][0]) and set(owners[0][0]) <= blocs.members


def _is_named(entry: Entry) -> bool:
    """Whether a page has a word for an agreement, or talks of two sides that have halted, not only for what is done."""
    halted = any(report.mention.process and report.condition and report.sides.explicit for report in entry.reports)
    return halted or any(report.mention.rank < Mention.POINTER for report in entry.reports)


def _is_mere_process(entry: Entry, entries: list[Entry]) -> bool:
    """Whether all that an entry has is a word for the course of what another of the same parties is part of."""
    others = any(other is not entry and other.parties == entry.parties and not other.old for other in entries)
    return others and entry.is_process and not any(report.condition for report in entry.reports)


def _common(report: Report, entries: list[Entry]) -> Entry | None:
    """The agreement of many states that a page opens with, where a report says which of them sign or ratify it.

    Also where a report names none at all, and only points back.
    """
    joins = any(sign.family in _JOINING for sign in report.signs) or not report.sides.states
    apart = report.mention.old or report.mention.name or report.sides.partner
    if not (report.mention.definite and joins and entries) or apart:
        return None
    first = next((entry for entry in entries if not entry.old), None)
    if first is None or first.parties or first.reports[0].sentence.index >= LEAD or first.group != report.mention.group:
        return None
    return first


def _entry(
    document: Document, report: Report, entries: list[Entry], owner: tuple[Parties, str | None], words: AgreementWords
) -> Entry:
    """The entry of the agreement between these parties that a report speaks of, a new one where none is of its kind."""
    mention = report.mention
    parties, name = owner
    alike = [
        entry
        for entry in entries
        if (entry.parties, entry.name, entry.group, entry.old) == (parties, name, mention.group, mention.old)
        if not differs(document, report, entry.reports[:_COMPARED], words)
    ]
    if not alike:
        alike = [Entry(parties, name, mention.group, mention.old)]
        entries += alike
    return alike[0]


def _settle(document: Document, loose: list[Report], entries: list[Entry], focus: Focus) -> None:
    """Give reports without sides to the page's agreement, once it is known.

    A headline speaks of it before any sentence names its parties; and where no sentence names them beside it, it is
    that of the two states that the page is about, if the page opens with one and comes back to it.
    """
    current = [entry for entry in entries if not entry.old and entry.reports[0].sentence.index < LEAD]
    for report in loose:
        heading = report.sentence.kind != "body" or not report.sentence.index
        if heading and not report.mention.old and not report.sides.states:
            alike = [entry for entry in current if entry.group == report.mention.group]
            if alike:
                alike[0].reports.insert(0, report)
    pair = set(focus.parties)
    rest = [r for r in loose if not r.mention.old and not r.many and set(r.sides.states) <= pair]
    opening = any(report.sentence.index < LEAD and report.mention.group == "treaty" for report in rest)
    told = len(rest) > 1 and any(report.signs or report.condition for report in rest)
    if opening and told and len(pair) == 2 and not current:
        entries.insert(0, Entry(focus.parties, None, "treaty", False, rest))


def _leads(entry: Entry, entries: list[Entry]) -> bool:
    """Whether an agreement of the past is what the page is about: it comes early, often, and no other does."""
    others = any(other is not entry and other.reports[0].sentence.index < LEAD for other in entries)
    return entry.reports[0].sentence.index < LEAD and len(entry.reports) > 2 and not others


def _heads(document: Document, entry: Entry) -> bool:
    """Whether a step of an agreement with a name of its own is news: the page opens with it, or has it on its day."""
    named = [report for report in entry.reports if report.mention.name]
    opening = [r for r in named if r.sentence.kind != "body" or r.sentence.index < _OPENING]
    day = document.published.latest
    fresh = (
        sign.modality == "done" and sign.when.earliest == sign.when.latest == day for r in named for sign in r.signs
    )
    told = any(report.condition or any(not sign.weak for sign in report.signs) for report in opening)
    return told or (day is not None and any(fresh))


def _merged(entries: list[Entry], words: AgreementWords) -> list[Entry]:
    """The entries, with those that have no name of their own joined to the one of the same parties that has."""
    known = {name.name for name in words.names}
    named = [entry for entry in entries if entry.name in known and not entry.old and not entry.is_process]
    kept = []
    for entry in entries:
        alike = [other for other in named if other.parties == entry.parties]
        if len(alike) == 1 and entry.name not in known and not entry.old and entry.group == "treaty":
            alike[0].reports = sorted([*alike[0].reports, *entry.reports], key=lambda report: report.part)
        else:
            kept.append(entry)
    return kept


def _whose(document: Document, report: Report, focus: Focus, words: AgreementWords) -> list[tuple[Parties, str | None]]:
    """Parties and name of each agreement a report speaks of; none where the sentence alone does not tell."""
    mention, sides = report.mention, report.sides
    if mention.parties and (focus.state in mention.parties or len(focus.states & set(mention.parties)) > 1):
        return [(mention.parties, mention.name)]
    torn_in = _torn_in(document, report, words)
    if torn_in in focus.states:
        return [((torn_in,), None)]
    if mention.name and not mention.parties and (mention.old or sides.loose or len(sides.explicit) != 2):
        return [((), mention.name)]
    if report.with_body and (sides.states or focus.state):
        return [((sides.states[0] if sides.states else focus.state or "",), None)]
    if report.beside_body and len(sides.states) == 1:
        return [(sides.states, None)]
    if report.by_body and sides.partner:
        return [((sides.partner,), None)]
    if sides.listed:
        subject = next((state for state in sides.states if state not in sides.listed), focus.state)
        if subject and (sides.several or focus.hub):
            return _each(subject, sides.listed)
        if subject:
            return [(tuple(sorted({subject, *sides.listed})), None)]
    if focus.hub and focus.hub not in sides.states and set(sides.states) & focus.spokes:
        return _each(focus.hub, sides.states)
    if sides.loose and focus.brokers & set(sides.explicit):
        sides = Sides((), tuple(state for state in sides.states if state not in focus.brokers))
    if sides.told and set(sides.explicit) != set(focus.parties):
        sides = Sides((), sides.states)
    if sides.explicit:
        among = set(sides.explicit) < set(focus.parties)
        some = among and (set(focus.parties) <= set(sides.states) or (sides.loose and focus.firm))
        return [(focus.parties if some else sides.explicit, None)]
    if mention.old and not sides.states and focus.firm and mention.group == "treaty":
        return [(focus.parties, None)]
    if mention.lasting and len(sides.states) == 1:
        return [(sides.states, None)]
    peace = mention.lasting or words.has("internal.instrument", phrase_of(document, report))
    resolved = mention.group == Mention.RESOLVED and bool(sides.states)
    internal = report.internal and (peace or resolved or report.between_groups)
    about_focus = focus.firm and (not sides.states or bool(set(sides.states) & set(focus.parties)))
    apart = peace or resolved or mention.process or report.between_groups
    if apart and not about_focus and report.faction in focus.states:
        return [((report.faction,), None)]
    named = {state.country for state in party_states(document.text, report.part, words)}
    alone = named <= {focus.inside} and mention.rank < Mention.POINTER
    if mention.process and not focus.firm and focus.inside and alone and _is_within(document, report, words):
        return [((focus.inside,), None)]
    if internal and (report.between_groups or not about_focus):
        torn = focus.inside or focus.state
        own = tuple(state for state in sides.states if state not in focus.brokers and (state in named or not torn))
        inside = (
            (torn,) if torn and torn not in own and not focus.torn & set(own) else own[:1] or ((torn,) if torn else ())
        )
        return [(inside, None)] if inside else []
    if sides.states and set(sides.states) & set(focus.parties) and focus.joined:
        return [(focus.parties, None)]
    if sides.partner and focus.state and sides.partner != focus.state:
        # whoever makes a pact with a state is not the page's state if somebody else is named as doing it
        return [] if _has_stranger(report, focus) else [(tuple(sorted((sides.partner, focus.state))), None)]
    if len(sides.states) == 1 and report.organisation and not (mention.definite and focus.firm):
        return [(sides.states, None)]
    if report.both and focus.pair:
        return [(focus.pair, None)]
    if peace and not focus.firm and focus.inside and report.signs:
        return [((focus.inside,), None)]
    return []


def _torn_in(document: Document, report: Report, words: AgreementWords) -> str | None:
    """The state of the group that an instrument is called by, if no other state is: "the Darfur Peace Agreement"."""
    at = report.part[0] + report.mention.span[0]
    span = (max(report.part[0], at - _CALLED), at)
    state = faction_of(lowered(document.words(span)))
    others = {mention.country for mention in party_states(document.text, span, words)} - {state}
    noun = lowered(document.words((span[0], report.part[0] + report.mention.span[1])))
    called = words.has("internal.instrument", noun)
    return state if called and not others else None


def _is_within(document: Document, report: Report, words: AgreementWords) -> bool:
    """Whether talks are such as those have who fight inside a state: with rebels, or "face-to-face talks"."""
    before = words_in(document.words(report.part)[: report.mention.span[0]].lower())
    return report.internal or (bool(before) and words.fits("internal.talks", before[-1]))


def _each(state: str, others: Parties) -> list[tuple[Parties, str | None]]:
    """The agreements that a state has with each of others."""
    return [(tuple(sorted((state, other))), None) for other in others if other != state]


def _has_stranger(report: Report, focus: Focus) -> bool:
    """Whether a report names a person ahead of the instrument of whom the page does not say which state is theirs."""
    start, end = report.part[0], report.part[0] + report.mention.span[0]
    strangers = focus.strangers
    return any(strangers.sorted[number][0] >= start for number in strangers.meeting((start, end)))


def _known(
    document: Document, report: Report, entries: list[Entry], last: Entry | None, words: AgreementWords
) -> Entry | None:
    """The entry that a report without sides points back to: the last of its group, else the first."""
    mention = report.mention
    if mention.lasting:
        return None
    named, partner = set(report.sides.states), report.sides.partner
    near = []
    for entry in entries:
        if entry.is_process and not mention.process:
            continue
        others = entry.reports[:_COMPARED]
        abroad = bool(named) and not named & set(entry.parties)
        another = mention.fresh and partner and partner not in entry.parties
        another = another or (abroad and bool(entry.parties) and _is_joined_by(report, named))
        if another or not may_be_one(document, report, others, words, abroad=abroad):
            continue
        if not differs(document, report, others, words):
            near.append(entry)
    entries = near
    last = last if last in entries else None
    if last is not None and last.old and _follows(last, report) and mention.definite:
        return last
    if mention.old:
        return next((entry for entry in entries if entry.old and entry.group == mention.group), None)
    same = [entry for entry in entries if entry.group == mention.group and not entry.old]
    if last in same:
        return last
    if same and (mention.definite or mention.process):
        return same[0]
    current = [entry for entry in entries if not entry.old]
    if mention.definite and mention.group == "treaty" and mention.rank > _FORMAL and current:
        return last if last in current else current[0]
    return None


def _is_joined_by(report: Report, states: set[str]) -> bool:
    """Whether one of these states is said to sign or ratify what a report speaks of."""
    return any(sign.family in _JOINING and sign.actor in states for sign in report.signs)


def _follows(entry: Entry, report: Report) -> bool:
    """Whether a report stands in the sentence of the entry's last report or the next, and only points back."""
    gap = report.sentence.index - entry.reports[-1].sentence.index
    return gap == 0 or (gap == 1 and report.mention.rank == Mention.POINTER)


def _framed(document: Document, report: Report, entries: list[Entry], words: AgreementWords) -> Entry | None:
    """An entry for an agreement of many states that the page names by the body in which it is made."""
    pointer = report.mention.rank == Mention.POINTER
    if pointer or not report.many or report.internal or report.sides.states or not (report.signs or report.condition):
        return None
    return _entry(document, report, entries, ((), described(document, report, words)), words)
