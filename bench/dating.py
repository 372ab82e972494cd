"""How well the record dates pages that print no date.

    python bench/dating.py PAGES EXPECTED.json [--seeds N]

PAGES is a folder of pages, EXPECTED.json says for each the day it was published (`{"PAGE": {"published": DAY}}`). For
each seed the printed dates of a third of the pages are taken away, as are those in the head of HTML, a record is
built of all, and the days that it finds are held against those expected. Prints, for each seed and over all: the pages
without a date, those the record dates on both sides, those it dates wrongly, and the median width in days.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import tempfile
from datetime import date
from pathlib import Path

from onrecord import Record, analyze

_HEAD = re.compile(
    r"<script[^>]*ld\+json.*?</script>|<meta[^>]*(?:time|date)[^>]*>|<!--.*?-->| datetime=\"[^\"]*\"", re.DOTALL
)
#: So often at most a date is looked for again after one was taken away.
_ROUNDS = 12


def without_dates(data: bytes) -> bytes:
    """A page without what its publication can be told by: head, printed dates."""
    text = _HEAD.sub("", data.decode("utf-8"))
    for _ in range(_ROUNDS):
        found = analyze(text)
        if found.published.basis not in ("given", "stated"):
            break
        for start, end in found.published.evidence:
            text = text.replace(found.text[start:end], "", 1)
    return text.encode("utf-8")


def trial(pages: list[Path], expected: dict[str, str], hidden: set[str], folder: Path) -> list[tuple[bool, int | None]]:
    """For each page without a date: whether the record is right about it, and within how many days (None: open)."""
    for page in pages:
        data = page.read_bytes()
        (folder / page.name).write_bytes(without_dates(data) if page.name in hidden else data)
    with Record(folder / "pages.onrecord") as record:
        record.build([str(folder / page.name) for page in pages])
        dates = {Path(row.path).name: row for row in record.dates()}
    found: list[tuple[bool, int | None]] = []
    for page in pages:
        row = dates.get(page.name)
        if row is None or row.published.basis in ("given", "stated"):
            continue
        first, last = row.published.earliest, row.published.latest
        right = (first or "") <= expected[page.name] <= (last or "9999")
        width = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if first and last else None
        found.append((right, width))
        mark = " " if right else "!"
        print(f"  {mark} {page.name:40} {first} to {last}: {width} days; is {expected[page.name]}")
    return found


def report(label: str, found: list[tuple[bool, int | None]]) -> None:
    """One line of figures."""
    widths = [width for _, width in found if width is not None]
    middle = statistics.median(widths) if widths else float("nan")
    wrong = sum(not right for right, _ in found)
    print(f"{label}: undated {len(found)}, answered {len(widths)}, wrong {wrong}, median width {middle:g} days")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    call = parser.parse_args()
    expected = {name: entry["published"] for name, entry in json.loads(call.expected.read_text("utf-8")).items()}
    pages = sorted(page for page in call.pages.iterdir() if page.name in expected)
    every: list[tuple[bool, int | None]] = []
    for seed in range(call.seeds):
        hidden = random.Random(seed).sample([page.name for page in pages], len(pages) // 3)  # noqa: S311 - a sample
        with tempfile.TemporaryDirectory() as folder:
            found = trial(pages, expected, set(hidden), Path(folder))
        report(f"seed {seed}", found)
        every.extend(found)
    report("all", every)


if __name__ == "__main__":
    main()
