"""How fast the article is told from its page, beside trafilatura on the same pages.

    python bench/article.py PAGES

PAGES is a folder with `.html` (or `.htm`) pages, `.txt` dumps, or both. OnRecord's part is what it does from bytes to
article, title, metadata and date: the first three steps of reading. For HTML it is timed page by page in turn with
`trafilatura.extract` on the same bytes, once as it comes and once with metadata, so that what else the machine does
touches all alike. trafilatura reads no dumps; theirs stand beside its speed on HTML. Prints pages a second of
processor time, after a pass to warm up; set OPENBLAS_NUM_THREADS=1, so that it is that of one thread.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from onrecord.page import Page
from onrecord.reading.document import Document
from onrecord.reading.pipeline import STEPS

HTML, TEXT = (".html", ".htm"), (".txt",)
ARTICLE = STEPS[:3]
OURS, PLAIN, FULL = "onrecord", "trafilatura", "trafilatura with metadata"
#: Passes over the pages that are timed.
PASSES = 3


def article(name: str, data: bytes) -> None:
    """OnRecord's part: text, segments, title, metadata, date."""
    document = Document(Page(name, data, "text/html" if name.endswith(HTML) else "text/plain", ""))
    for step in ARTICLE:
        step(document)


#: What is timed on a page of each kind, in turn.
READERS: dict[str, dict[str, Callable[[str, bytes], object]]] = {
    "html": {
        OURS: article,
        PLAIN: lambda name, data: trafilatura.extract(data),
        FULL: lambda name, data: trafilatura.extract(data, with_metadata=True),
    },
    "dump": {OURS: article},
}


def timed(pages: list[Path], readers: dict[str, Callable[[str, bytes], object]]) -> dict[str, float]:
    """Pages a second of processor time by reader; the readers take each page in turn, and take turns to be first."""
    spent = dict.fromkeys(readers, 0.0)
    for turn in range(PASSES + 1):
        for at, page in enumerate(pages):
            data = page.read_bytes()
            order = list(readers.items())
            first = (at + turn) % len(order)
            for name, reader in order[first:] + order[:first]:
                start = time.process_time()
                reader(page.name, data)
                spent[name] += time.process_time() - start
        if not turn:
            spent = dict.fromkeys(readers, 0.0)
    return {name: len(pages) * PASSES / seconds for name, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    call = parser.parse_args()
    logging.disable(logging.CRITICAL)
    found = sorted(call.pages.rglob("*"))
    folders = {"html": [page for page in found if page.suffix in HTML]}
    folders["dump"] = [page for page in found if page.suffix in TEXT]
    if not any(folders.values()):
        sys.exit(f"{call.pages}: no .html or .txt pages there")
    peers: dict[str, float] = {}
    print(f"{'':6}{'pages':>6}  {'reader':28}{'pages/s':>8}  onrecord is")
    for kind, pages in folders.items():
        if not pages:
            continue
        speeds = timed(pages, READERS[kind])
        print(f"{kind:6}{len(pages):>6}  {OURS:28}{speeds[OURS]:>8.1f}")
        peers = {name: speed for name, speed in speeds.items() if name != OURS} or peers
        for name, speed in peers.items():
            on = "" if kind == "html" else ", html"
            print(f"{'':14}{name + on:28}{speed:>8.1f}  {speeds[OURS] / speed:.2f} times as fast")


if __name__ == "__main__":
    main()
