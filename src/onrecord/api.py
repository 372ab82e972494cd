"""The library: `analyze` for a page, `Record` for many. The command line has the same verbs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord import record
from onrecord.analysis import Analysis, Time
from onrecord.edition import edition, reading_of
from onrecord.flow import analyses, trouble
from onrecord.intake.kinds import media_type as told
from onrecord.page import Page, Problem
from onrecord.record.store import Reading

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher


def analyze(
    page: str | bytes,
    *,
    published: str | None = None,
    media_type: str | None = None,
    path: str = "",
    url: str | None = None,
) -> Analysis:
    """Read one news page, as its text, its HTML, or the bytes of either, and say what it reports.

    `published` is the day it was published (ISO 8601), where the caller knows it; `media_type` is `text/plain` or
    `text/html` and is told from the content where it is not given; `path` and `url` only name the page in the result.
    All spans of the analysis are half-open pairs of code points into its `text`. Raises ValueError where the bytes are
    no page at all: empty, binary, or a feed.

    >>> found = analyze("Ministers will meet again in May, the Latvian government said.", published="2024-03-05")
    >>> [(found.text[a:b], time.value) for time in found.times for a, b in [time.span]]
    [('May', '2024-05')]
    """
    from onrecord.reading.pipeline import read  # noqa: PLC0415 - the encoder is heavy: only those who read load it

    data = page.encode("utf-8", "replace") if isinstance(page, str) else page
    given = {key: value for key, value in (("published", published), ("url", url)) if value}
    kind = media_type or told(data)
    return read(Page(path, data, kind, hashlib.sha256(data).hexdigest(), given))


def times(text: str, published: str | None = None) -> list[Time]:
    """The temporal expressions of an English text, in order, each with its TIMEX3 type and value and the days it means.

    `published` is the day that relative ones count from (ISO 8601). Spans are half-open pairs of code points into
    `text`. `earliest` and `latest` are the first and the last day that the words allow, None where they leave an end
    open. Without `published`, values say what is not known: `XXXX-WXX-1` is some Monday. Raises ValueError where
    `published` is no ISO date.

    >>> text = "The ministers, who met on Monday, hope to sign by the end of the year, perhaps within weeks."
    >>> for time in times(text, "2024-09-11"):
    ...     print(text[slice(*time.span)], time.type, time.value, time.earliest, time.latest)
    Monday DATE 2024-09-09 2024-09-09 2024-09-09
    the end of the year DATE 2024 2024-09-11 2024-12-31
    weeks DURATION PXW 2024-09-11 None
    """
    from onrecord.reading.times import times as find  # noqa: PLC0415

    return find(text, published)


class Record(record.Record):
    """One record, kept in the SQLite file at a path: pages as received, what each says, what follows from them.

    Use it in a `with` block or close it. Its questions are the command line's: `agreements`, `statements`, `disputes`,
    `stories`, `dates`, `furniture`, `page`, `problems`, `verify`. Raises RecordError where the file is something else.
    """

    def build(
        self,
        inputs: Sequence[str],
        *,
        fields: Mapping[str, str] | None = None,
        fetcher: Fetcher | None = None,
        taken: Callable[[Page | Problem], object] = lambda item: None,
    ) -> list[Problem]:
        """Put the pages of files, folders, archives and URLs on record; what was not read, or not wholly, comes back.

        `fields` names the fields of JSON objects that are not to be guessed: `{"text": "article_body"}`. `fetcher`
        fetches the URLs: one of your own may, for instance, fetch from private addresses. `taken` is called
        with each page or problem when it has been read. A page that the record holds as this edition of the program
        reads it, with all that is given of it, is not read again.
        """
        problems: list[Problem] = []
        refused: list[Problem] = []

        def known(page: Page) -> bool:
            held = self.holds(page.path, page.sha256, _reading(page))
            if held:
                taken(page)
            return held

        def pages() -> Iterator[tuple[Analysis, bytes, Reading]]:
            for item in analyses(inputs, fields=fields, fetcher=fetcher, known=known):
                if isinstance(item, Problem):
                    problems.append(item)
                    taken(item)
                else:
                    page, analysis = item
                    noted = trouble(analysis)
                    problems.extend(filter(None, [noted]))
                    taken(noted or page)
                    yield analysis, page.data, _reading(page)

        self.add(pages(), problems, refused=refused.append)
        for problem in refused:
            taken(problem)
        return problems + refused


def _reading(page: Page) -> Reading:
    return Reading(reading_of(page), edition(), page.given)
