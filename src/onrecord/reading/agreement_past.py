"""Which agreements of a page lie behind the one that it is about.

What is still being negotiated has not been signed: where a page opens with an agreement short of signature, a later
sentence that has one signed or in force speaks of another, unless it takes up the page's own. That holds also for pages
whose date nothing tells, where an old year cannot be seen to be old.
"""

from __future__ import annotations

from onrecord.analysis import LADDER
from onrecord.reading.agreement_mentions import Mention
from onrecord.reading.agreement_reports import Report
from onrecord.reading.agreement_signs import Sign
from onrecord.reading.agreement_times import is_placed
from onrecord.reading.document import Document

#: The sentences that tell what a page is about.
OPENING = 3
_RANK: dict[str, int] = {stage: rank for rank, stage in enumerate(LADDER)}


def mark_past(document: Document, found: list[Report]) -> None:
    """Set `old` on the mentions of agreements that the page looks back on; `found` are its reports, in order."""
    published = document.dated_from
    present = _present(document, found)
    unsigned = present is not None and present < _RANK["signed"]
    befallen = any(_opens(report) and report.condition and not report.mention.process for report in found)
    before: Report | None = None
    last: Report | None = None
    for report in found:
        before = last if last is None or last.part != report.part else before
        last = report
        mention = report.mention
        if mention.old and _opens(report) and report.condition and all(sign.weak for sign in report.signs):
            mention.old = False  # news of an old agreement is news
        if mention.old or mention.process:
            continue
        past = [sign for sign in report.signs if _is_reached(sign)]
        long_ago = any(sign.is_long_ago(published) for sign in report.signs)
        if _opens(report):
            old_news = unsigned and _is_old_news(document, report, present)
            mention.old = (long_ago or old_news) and (mention.fresh or not mention.definite)
        elif mention.fresh and present is not None and any(_RANK[sign.stage] > present for sign in past):
            mention.old = True
        elif unsigned and (past or _is_old_news(document, report, present)):
            done = [sign for sign in report.signs if sign.modality == "done"]
            dated = published is None and any(is_placed(document, sign.when) for sign in done)
            mention.old = long_ago or dated or _takes_up(report, before)
        elif long_ago:
            known = mention.definite and (present is not None or befallen)
            mention.old = not known or _takes_up(report, before)
        else:
            mention.old = mention.rank == Mention.POINTER and _takes_up(report, before)


def _opens(report: Report) -> bool:
    return report.sentence.kind != "body" or report.sentence.index < OPENING


def _is_reached(sign: Sign) -> bool:
    return bool(sign.stage) and _RANK[sign.stage] >= _RANK["signed"] and sign.modality == "done" and not sign.weak


def _is_old_news(document: Document, report: Report, present: int | None) -> bool:
    """Whether a report has an agreement concluded on a day gone by that the page's own has not come to."""
    published = document.dated_from
    return any(
        sign.modality == "done" and not sign.weak and _RANK[sign.stage] > (present or 0)
        for sign in report.signs
        if sign.stage and (is_placed(document, sign.when) if published is None else sign.is_long_ago(published))
    )


def _present(document: Document, found: list[Report]) -> int | None:
    """The rung that the opening of the page sets, None where it sets none."""
    published = document.dated_from
    opening = [
        sign
        for report in found
        for sign in report.signs
        if _opens(report) and not report.mention.old and sign.stage
        if not sign.is_long_ago(published)
        if not (published is None and report.mention.fresh and is_placed(document, sign.when))
    ]
    firm = [sign for sign in opening if not sign.weak] or opening
    return max((_RANK[sign.stage] for sign in firm), default=None)


def _takes_up(report: Report, before: Report | None) -> bool:
    """Whether a report points back to an agreement of the past that the clause before it names: "that accord", "it"."""
    if before is None or not before.mention.old:
        return False
    gap = report.sentence.index - before.sentence.index
    if report.mention.rank == Mention.POINTER:
        return gap <= 1
    return report.mention.definite and (gap <= 1 or (gap <= 2 and report.mention.label == before.mention.label))
