"""Which agreement or story a caller asks for: by id, by parties, by where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import get_args

from onrecord.analysis import LADDER, Condition
from onrecord.api import Record
from onrecord.lexicon import rows as lexicon_rows
from onrecord.record.rows import AgreementRow, LadderRow, StoryRow
from onrecord.terminal import words
from onrecord.terminal.calls import meant, wrong

#: What `--stage` may be: a rung of the ladder, or what keeps an agreement from the next one.
STAGES: tuple[str, ...] = (*LADDER, *get_args(Condition))
#: How many ids a message names.
_NAMED = 5


def agreement(record: Record, identity: str) -> LadderRow | None:
    """The agreement with an id, or with the only id that begins so; None where there is none.

    Ends the command where several begin so.
    """
    exact = record.agreement(identity)
    if exact is not None:
        return exact
    begun = _begun(identity, (row.id for row in record.agreements()))
    return record.agreement(begun) if begun else None


def story(record: Record, identity: str) -> StoryRow | None:
    """The story with an id, or with the only id that begins so; None where there is none.

    Ends the command where several begin so.
    """
    rows = {row.id: row for row in record.stories()}
    return rows.get(identity) or rows.get(_begun(identity, rows))


def _begun(identity: str, known: Iterable[str]) -> str:
    """The only id that begins so, empty where none does; ends the command where several do."""
    ids = [one for one in known if identity and one.startswith(identity.casefold())]
    if len(ids) > 1:
        more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
        wrong(f"{identity!r} begins several ids: {', '.join(ids[:_NAMED])}{more}")
    return ids[0] if ids else ""


def agreements(found: list[AgreementRow], parties: Sequence[str], stage: str | None) -> list[AgreementRow]:
    """Those to which all of `parties` are parties, and that stand at `stage` or are kept from going on by it.

    A party is a state by any of its names, its capital, or its ISO 3166-1 alpha-3 code. Ends the command where there
    is no such state or stage.
    """
    codes = {_state(party) for party in parties}
    if stage is not None:
        shown = {said.casefold(): one for one in STAGES for said in (words.stage(one), words.rung(one))}
        stage = stage.strip().casefold()
        stage = shown.get(stage, stage).replace(" ", "_").replace("-", "_")
        if stage not in STAGES:
            wrong(f"--stage {stage!r} is not one of {', '.join(STAGES)}{meant(stage, STAGES)}")
    return [row for row in found if codes <= set(row.parties) and stage in (None, row.stage, row.condition)]


def _state(name: str) -> str:
    known = _states()
    code = known.get(name.strip().casefold())
    if code is None:
        wrong(
            f"--party {name!r} is not a state{meant(name.casefold(), known, lambda like: words.states([known[like]]))}"
        )
    return code


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """The codes of states by what they are called, in lower case; where two are called so, by the plainer name."""
    found: dict[str, str] = {}
    for column in ("country", "name", "aliases", "capital", "demonyms"):
        for row in lexicon_rows("states"):
            for name in row[column].split("|"):
                found.setdefault(name.casefold(), row["country"])
    found.pop("", None)
    return found
