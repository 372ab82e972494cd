"""How fast a record is built, in how much memory, and what fails.

    python bench/build.py PAGES.jsonl[.gz] [--pages N]

Builds a record from the first N lines of a JSON Lines file through the `onrecord` command, in a temporary folder, and
prints pages a second, peak memory, the record's size and the inputs that failed. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

ONRECORD = [sys.executable, "-m", "onrecord"]


def cut(source: Path, target: Path, pages: int | None) -> int:
    """Copy the first `pages` lines; returns how many there were."""
    compressed = source.suffix == ".gz"
    count = 0
    with gzip.open(source) if compressed else source.open("rb") as lines, target.open("wb") as out:
        for line in islice(lines, pages):
            out.write(line)
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--pages", type=int, default=None)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages, record = Path(folder, "pages.jsonl"), Path(folder, "bench.onrecord")
        count = cut(call.source, pages, call.pages)
        start = time.perf_counter()
        built = subprocess.run(
            [*ONRECORD, "build", pages, "--record", record], check=False, stderr=subprocess.PIPE, text=True
        )
        seconds = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        if built.returncode > 1:
            sys.exit(f"build ended with status {built.returncode}:\n{built.stderr}")
        size = sum(file.stat().st_size for file in Path(folder).glob("bench.onrecord*"))
        stories = subprocess.run(
            [*ONRECORD, "stories", "--record", record, "--json"], stdout=subprocess.PIPE, check=True
        )
        kept = sum(len(story["pages"]) for story in json.loads(stories.stdout))
    failures = built.stderr.splitlines()
    # Linux counts the peak in KiB, macOS in bytes.
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(f"lines      {count}")
    print(f"on record  {kept}")
    print(f"seconds    {seconds:.1f} ({used.ru_utime + used.ru_stime:.1f} of processor time)")
    print(f"pages/s    {kept / seconds:.2f}")
    print(f"peak       {peak:.0f} MiB")
    print(f"record     {size / 2**20:.1f} MiB ({size / max(kept, 1) / 2**10:.1f} KiB a page)")
    print(f"failures   {len(failures)}")
    for reason, times in Counter(line.rpartition(": ")[2] for line in failures).most_common(10):
        print(f"  {times:>6}  {reason}")


if __name__ == "__main__":
    main()
