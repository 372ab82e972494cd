"""The record: pages as received, what each says, and what follows from them together, in one SQLite file.

A record is a fold over analyses: it comes out the same in whatever order pages arrive, and however often.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from types import TracebackType
from typing import Self

from onrecord.analysis import Act, Analysis
from onrecord.page import Problem
from onrecord.record import following, questions, store
from onrecord.record.dates import dates
from onrecord.record.folding import batches, index_page, settle, transaction
from onrecord.record.furniture import corrected_page
from onrecord.record.questions import UnknownPageError
from onrecord.record.rows import (
    AgreementRow,
    DateRow,
    DisputeRow,
    ForecastRow,
    FurnitureRow,
    LadderRow,
    StatementRow,
    StoryRow,
)
from onrecord.record.schema import RecordError, connect
from onrecord.record.store import UNKNOWN, Reading
from onrecord.record.verify import TextOf, mismatches

__all__ = ["Reading", "Record", "RecordError", "UnknownPageError"]

Entry = tuple[Analysis, bytes] | tuple[Analysis, bytes, Reading]


class Record:
    """One record, kept in the SQLite file at `path`, which is made where there is none.

    Use it in a `with` block or close it. Raises RecordError where the file is something else.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._connection: sqlite3.Connection = connect(path)
        self._day: str | None = None
        settle(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A closed record answers no questions."""
        self._connection.close()

    def add(
        self,
        analyses: Iterable[Entry],
        problems: Iterable[Problem] = (),
        *,
        refused: Callable[[Problem], object] = lambda problem: None,
    ) -> int:
        """Put pages on record, each as its analysis and its bytes as received, and bring the record up to date.

        With what its analysis comes from, a page that was read without trouble can be told by `holds`.

        Takes any number of pages, as they come; each run of them is safe on disk before the next is read. `problems`
        are read when the pages are at an end; `refused` is called with each page that cannot be stored. Returns how
        many pages were not on record before.
        """
        new = 0
        for batch in batches(analyses):
            with transaction(self._connection):
                for entry in batch:
                    outcome = self._add_page(*entry)
                    if isinstance(outcome, Problem):
                        store.put_problem(self._connection, outcome)
                        refused(outcome)
                    else:
                        new += outcome
        with transaction(self._connection):
            for problem in problems:
                store.put_problem(self._connection, problem)
        settle(self._connection)
        return new

    def holds(self, path: str, sha256: str, reading: Reading) -> bool:
        """Whether the page with this path and sum is on record, and this reading of it would change nothing."""
        return store.holds(self._connection, path, sha256, reading)

    def _add_page(self, analysis: Analysis, data: bytes, reading: Reading = UNKNOWN) -> bool | Problem:
        """Put one page on record and say whether it is new; what cannot be stored is a problem."""
        self._connection.execute("SAVEPOINT page")
        outcome: bool | Problem
        try:
            page = store.put_page(self._connection, analysis, data, reading)
            if page is not None:
                index_page(self._connection, page, analysis)
            outcome = page is not None
        except (UnicodeEncodeError, sqlite3.IntegrityError) as error:
            self._connection.execute("ROLLBACK TO page")
            path = analysis.path.encode("utf-8", "backslashreplace").decode()
            outcome = Problem(path, f"it cannot be put on record: {error}")
        self._connection.execute("RELEASE page")
        return outcome

    def agreements(self) -> list[AgreementRow]:
        """The agreements followed over pages, the one last reported of first."""
        return questions.agreements(self._connection)

    def agreement(self, identity: str) -> LadderRow | None:
        """The agreement with this id in full: reports of each step, forecasts, older agreements, contradictions.

        None where there is none.
        """
        return following.ladder(self._connection, identity, self._today())

    def forecasts(self) -> list[ForecastRow]:
        """What was forecast of the agreements, oldest first, and whether it came.

        A window is over when the last page on record is of a later day.
        """
        return following.all_forecasts(self._connection, self._today())

    def as_of(self, day: str) -> Self:
        """What the record knew on an ISO 8601 day: a record in memory of the pages published by then.

        A page counts when its own analysis has a last day of publication, and that is not after `day`. It is put
        together anew from the stored analyses, as any record is.
        """
        found = type(self)(":memory:")
        found.add(store.published_by(self._connection, day))
        found._day = day
        return found

    def _today(self) -> str | None:
        return self._day or following.last_day(self._connection)

    def statements(
        self,
        who: str | None = None,
        about: str | None = None,
        act: Act | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[StatementRow]:
        """The statements that meet every condition given, oldest first.

        `who` is part of the speaker's name or of the words that name the source, in any common spelling; `about` are
        words that the content or the agreement it is about must all have; `since` and `until` are ISO 8601 days, both
        included, compared with when it was said, or published where that is not known.
        """
        return questions.statements(self._connection, who=who, about=about, act=act, since=since, until=until)

    def disputes(self) -> list[DisputeRow]:
        """Claims with the denials that contradict them, dispute by dispute; copies of a report count once."""
        return questions.disputes(self._connection)

    def stories(self) -> list[StoryRow]:
        """The stories, oldest first; every page is in exactly one."""
        return questions.stories(self._connection)

    def furniture(self) -> Iterator[FurnitureRow]:
        """The lines that the pages of an outlet share whatever they tell, by outlet, those on most pages first.

        They feed no statement, agreement or dispute, even where the reading of a page took them for its article.
        """
        return questions.furniture(self._connection)

    def dates(self) -> Iterator[DateRow]:
        """The pages that do not say their day of publication, by path: what is left of it, and by what evidence.

        Evidence comes from pages that do say theirs, and only narrows; what contradicts stronger evidence is set aside.
        """
        return dates(self._connection)

    def page(self, path: str) -> tuple[Analysis, bytes]:
        """The analysis of a page and its bytes as received.

        `path` may be any end of the page's path that no other path has. Where pages of several contents came under
        one path, it is the one published last. Raises UnknownPageError.
        """
        number = questions.page_number(self._connection, path)
        (data,) = self._connection.execute("SELECT data FROM sources WHERE page=?", (number,)).fetchone()
        return store.load_dated(self._connection, number), zlib.decompress(data)

    def corrected(self, path: str) -> Analysis:
        """The analysis of a page as the record takes it: what `furniture` corrects is furniture, and says nothing.

        `path` is as for `page`. Raises UnknownPageError.
        """
        return corrected_page(self._connection, questions.page_number(self._connection, path))

    def problems(self) -> list[Problem]:
        """The inputs that could not be read, by path."""
        return questions.problems(self._connection)

    def verify(self, text_of: TextOf | None = None) -> list[str]:
        """Read every span on record again from the stored bytes; one sentence for each that does not match.

        `text_of` gives the text of a page from its bytes; by default it is the one that reading uses.
        """
        if text_of is None:
            from onrecord.reading.pipeline import text_of as read  # noqa: PLC0415 - asking questions need not load reading

            text_of = read
        return list(mismatches(self._connection, text_of))
