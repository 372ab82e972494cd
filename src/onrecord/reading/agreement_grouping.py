"""Which reports of a page speak of one agreement: the page's focus, and whose agreement each report is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_parties import Parties, sides
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_words import AgreementWords, lowered, words_in
from onrecord.reading.document import Document
from onrecord.reading.states import find_states

Key = tuple[Parties, str | None, str, bool]

LEAD = 5


@dataclass(slots=True)
class Entry:
    """One agreement as the page tells it: its parties or name, and every report of it.

    `old` marks an agreement of the past that the page looks back on.
    """

    parties: Parties
    name: str | None
    group: str
    old: bool
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Focus:
    """What the page is about: its leading parties (`firm` where an agreement is said to be theirs), its first state.

    `inside` is the state most named where the page speaks of groups inside a state.
    """

    parties: Parties
    firm: bool
    state: str | None
    inside: str | None


def group(document: Document, found: list[Report], words: AgreementWords) -> list[Entry]:
    """The agreements of a page, in the order in which they come up, each with the reports that speak of it."""
    focus = _focus(document, found, words)
    entries: dict[Key, Entry] = {}
    last: Entry | None = None
    for report in found:
        owners = _whose(document, report, focus, words)
        if not owners:
            entry = _known(document, report, entries, last, words) or _framed(document, report, entries, words)
            if entry is not None:
                entry.reports.append(report)
                last = entry
            continue
        for parties, name in owners:
            key = (parties, name, report.mention.group, report.mention.old)
            last = entries.setdefault(key, Entry(parties, name, report.mention.group, report.mention.old))
            last.reports.append(report)
    made = [entry for entry in _merged(list(entries.values()), words) if entry.parties or " " in (entry.name or "")]
    for entry in made:
        entry.old = entry.old and not _leads(entry, made)
    return made


def _leads(entry: Entry, entries: list[Entry]) -> bool:
    """Whether an agreement of the past is what the page is about: it comes early, often, and no other does."""
    others = any(other is not entry and other.reports[0].sentence.index < LEAD for other in entries)
    return entry.reports[0].sentence.index < LEAD and len(entry.reports) > 2 and not others


def _merged(entries: list[Entry], words: AgreementWords) -> list[Entry]:
    """The entries, with those of many states that have no name of their own joined to the one that has."""
    known = {name.name for name in words.names}
    named = [entry for entry in entries if entry.name in known and not entry.old]
    if len(named) != 1:
        return entries
    kept = []
    for entry in entries:
        if entry.parties or entry.name in known or entry.old or entry.group != "treaty":
            kept.append(entry)
        else:
            named[0].reports = sorted([*named[0].reports, *entry.reports], key=lambda report: report.part)
    return kept


def _weight(kind: str, index: int) -> int:
    return 4 if kind == "title" else 3 if index < LEAD else 1


def _focus(document: Document, found: list[Report], words: AgreementWords) -> _Focus:
    """The page's leading parties: those named most for agreements, else the two states most named."""
    pairs: Counter[Parties] = Counter()
    states: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    joined: Counter[Parties] = Counter()
    for report in found:
        if len(report.sides.explicit) > 1 and not report.mention.old:
            pairs[report.sides.explicit] += _weight(report.sentence.kind, report.sentence.index)
    for sentence in document.sentences:
        weight = _weight(sentence.kind, sentence.index)
        torn = words.has("internal.pattern", lowered(document.words(sentence.span)))
        for mention in find_states(document.text, *sentence.span):
            states[mention.country] += weight
            groups[mention.country] += torn
        together = sides(document, sentence.span, sentence.span[0], words).explicit
        if len(together) == 2:
            joined[together] += weight
    ranked = [country for country, _ in states.most_common(2)]
    top = ranked[0] if ranked else None
    inside = groups.most_common(1)[0][0] if +groups else None
    candidates = Counter(
        {
            pair: 3 * pairs[pair] + joined[pair] + min(states[state] for state in pair)
            for pair in (*pairs, *joined)
            if pairs[pair] or joined[pair] > 1
        }
    )
    if len(ranked) == 2 and states[ranked[1]] * 6 >= states[ranked[0]] and states[ranked[1]] > 1:
        leading = tuple(sorted(ranked))
        candidates[leading] = max(candidates[leading], states[ranked[1]])
    if not candidates:
        return _Focus((), False, top, inside)
    best = max(candidates, key=lambda pair: candidates[pair])
    return _Focus(best, pairs[best] >= 3, top, inside)


def _whose(
    document: Document, report: Report, focus: _Focus, words: AgreementWords
) -> list[tuple[Parties, str | None]]:
    """Parties and name of each agreement a report speaks of; none where the sentence alone does not tell."""
    mention, sides = report.mention, report.sides
    if mention.name and (mention.old or len(sides.explicit) != 2):
        return [((), mention.name)]
    if report.with_body and (sides.states or focus.state):
        return [((sides.states[0] if sides.states else focus.state or "",), None)]
    if sides.listed:
        subject = next((state for state in sides.states if state not in sides.listed), focus.state)
        if subject:
            return [(tuple(sorted((subject, other))), None) for other in sides.listed if other != subject]
    if sides.explicit:
        return [(sides.explicit, None)]
    if mention.old and not sides.states and focus.firm and mention.group == "treaty":
        return [(focus.parties, None)]
    peace = words.has("internal.instrument", _phrase(document, report))
    internal = report.internal and (peace or report.between_groups)
    about_focus = focus.firm and (not sides.states or bool(set(sides.states) & set(focus.parties)))
    if internal and (report.between_groups or not about_focus):
        torn = focus.inside or focus.state
        inside = sides.states[:1] or ((torn,) if torn else ())
        return [(inside, None)] if inside else []
    if sides.states and set(sides.states) & set(focus.parties):
        return [(focus.parties, None)]
    if sides.partner and focus.state and sides.partner != focus.state:
        return [(tuple(sorted((sides.partner, focus.state))), None)]
    if len(sides.states) == 1 and report.organisation and not (mention.definite and focus.firm):
        return [(sides.states, None)]
    if report.both and focus.parties:
        return [(focus.parties, None)]
    if peace and not focus.firm and focus.inside and report.signs:
        return [((focus.inside,), None)]
    return []


def _known(
    document: Document, report: Report, entries: dict[Key, Entry], last: Entry | None, words: AgreementWords
) -> Entry | None:
    """The entry that a report without sides points back to: the last of its group, else the first."""
    mention = report.mention
    topic = _topic(document, report, words)
    entries = {key: entry for key, entry in entries.items() if _about(document, entry, topic, words)}
    last = last if last in entries.values() else None
    if last is not None and last.old and _follows(last, report) and mention.definite:
        return last
    same = [entry for entry in entries.values() if entry.group == mention.group and not entry.old]
    if last in same:
        return last
    if same and (mention.definite or mention.process):
        return same[0]
    current = [entry for entry in entries.values() if not entry.old]
    if mention.definite and mention.group == "treaty" and current:
        return last if last in current else current[0]
    return None


def _topic(document: Document, report: Report, words: AgreementWords) -> set[str]:
    """The words that tell what an agreement is about from what others are about."""
    return {word for word in words_in(_phrase(document, report)) if not words.fits("topic.general", word)}


def _about(document: Document, entry: Entry, topic: set[str], words: AgreementWords) -> bool:
    """Whether an entry may be about a topic: it shares a word of it, or one of the two names none."""
    known = set[str]().union(*(_topic(document, report, words) for report in entry.reports)) if topic else set[str]()
    return not known or bool(known & topic)


def _follows(entry: Entry, report: Report) -> bool:
    """Whether a report stands in the sentence of the entry's last report or the next, and only points back."""
    gap = report.sentence.index - entry.reports[-1].sentence.index
    return gap == 0 or (gap == 1 and report.mention.rank == Mention.POINTER)


def _framed(
    document: Document,
    report: Report,
    entries: dict[Key, Entry],
    words: AgreementWords,
) -> Entry | None:
    """An entry for an agreement of many states that the page names by the body in which it is made."""
    if not report.many or report.sides.states or not (report.signs or report.condition):
        return None
    name, mention = _described(document, report, words), report.mention
    return entries.setdefault(((), name, mention.group, mention.old), Entry((), name, mention.group, mention.old))


def _phrase(document: Document, report: Report) -> str:
    """The words of the page for an agreement: its noun with what it is about."""
    start, end = report.mention.phrase
    return document.text[report.part[0] + start : report.part[0] + end].lower()


def _described(document: Document, report: Report, words: AgreementWords) -> str:
    """The page's own words for an agreement of many states: the body and the instrument, or the instrument's phrase."""
    text = document.words(report.part)
    start, end = report.mention.phrase if report.mention.phrase[1] else report.mention.span
    body = words.patterns["organisation.many"].search(text)
    joins = words.patterns["organisation.joins"]
    if body and body.end() <= start and joins.fullmatch(text[body.end() : start]):
        start = body.start()
    elif body and body.start() >= end and joins.fullmatch(text[end : body.start()]):
        end = body.end()
    return text[start:end]
