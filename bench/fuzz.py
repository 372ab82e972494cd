"""Whether anything in a page can end the program, hold it up, or make it say what cannot be.

    python bench/fuzz.py [--kind KIND ...] [--minutes N] [--seed S] [--keep FOLDER]

Makes inputs of each kind at random (`hostile.py`, `hostile_containers.py`), reads each in a process of its own as the
program would, and checks what comes out (`soundness.py`); every few pages make a record, which is asked all its
questions and verified. Counted as failures are exceptions, whoever caught them; more than five seconds of processor
time for a page (for each MiB of a large one) and what an article of its length may take the encoder; more than a
gigabyte over what an ordinary page takes; and analyses that break a promise. Prints inputs, pages and failures
of each kind, the seconds and the number of the slowest input and the worst memory; failing inputs are kept. Exit status
1 if any failed.
"""

from __future__ import annotations

import argparse
import json
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from fuzz_worker import EXAMPLES, PIECE
from hostile import Seeds
from hostile_containers import KINDS

#: Inputs after which a worker is replaced; pages of a record; failures of one make that are kept.
WORN, TOGETHER, ALIKE = 400, 12, 3


class Process:
    """A worker in a process of its own, ended when it does not answer."""

    def __init__(self, errors: Path) -> None:
        self.errors = errors
        self.done = 0
        with errors.open("w") as stream:
            self.child = subprocess.Popen(
                [sys.executable, Path(__file__).with_name("fuzz_worker.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                text=True,
            )
        if not self._line(300):
            self.end()
            raise RuntimeError(f"no worker could be started: {errors.read_text(errors='replace')}")

    def ask(self, call: dict[str, Any], patience: float) -> dict[str, Any]:
        """The worker's answer, or what ended it."""
        assert self.child.stdin
        self.done += 1
        try:
            self.child.stdin.write(json.dumps(call) + "\n")
            self.child.stdin.flush()
            line = self._line(patience)
        except BrokenPipeError:
            line = ""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.end()
        status = self.child.returncode
        told = self.errors.read_text(errors="replace")[-3000:]
        reason = "it did not answer" if status == -signal.SIGKILL else f"the process ended with status {status}"
        return {"pages": 0, "seconds": patience, "wrong": [f"{reason}: {told}"], "bytes": 0, "ended": True}

    def _line(self, patience: float) -> str:
        assert self.child.stdout
        ready, _, _ = select.select([self.child.stdout], [], [], patience)
        return self.child.stdout.readline() if ready else ""

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait()


@dataclass
class Tally:
    """What came of the inputs of one kind."""

    inputs: int = 0
    pages: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slow: int = 0
    largest: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    kept: list[Path] = field(default_factory=list)


class Run:
    """Inputs of one kind, one after another, for a time."""

    def __init__(self, kind: str, seed: int, keep: Path) -> None:
        self.kind, self.seed, self.keep = kind, seed, keep
        self.ending, self.maker = KINDS[kind]
        self.seeds = Seeds.of(EXAMPLES)
        self.tally = Tally()

    def go(self, seconds: float, told: Callable[[Tally], object]) -> Tally:
        """Read inputs for so long; `told` hears of the state of things."""
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            process = Process(Path(folder, "errors"))
            recent: list[tuple[int, bytes]] = []
            while time.monotonic() - begin < seconds:
                number = self.tally.inputs
                data = self.maker(Random(f"{self.kind} {self.seed} {number}"), self.seeds)
                path = Path(folder, f"{number}.{self.ending}")
                path.write_bytes(data)
                answer = process.ask({"path": str(path)}, 120 + len(data) * PIECE * 3)
                self._note(answer, [(number, data)])
                path.unlink()
                recent.append((number, data))
                if answer.get("held", 0) >= TOGETHER:
                    self._note(process.ask({"record": True}, 180), recent, record=True)
                    recent = []
                if answer.get("ended") or process.done >= WORN or process.child.poll() is not None:
                    process.end()
                    process, recent = Process(Path(folder, "errors")), []
                self.tally.seconds = time.monotonic() - begin
                told(self.tally)
            process.end()
        return self.tally

    def _note(self, answer: dict[str, Any], inputs: list[tuple[int, bytes]], *, record: bool = False) -> None:
        tally = self.tally
        tally.inputs += not record
        tally.pages += answer["pages"]
        if answer["seconds"] > tally.slowest:
            tally.slowest, tally.slow = answer["seconds"], inputs[-1][0]
        tally.largest = max(tally.largest, answer["bytes"])
        for wrong in answer["wrong"]:
            make = _make(wrong)
            tally.failed[make] += 1
            if tally.failed[make] > ALIKE:
                continue
            place = self.keep / f"{self.kind}-{self.seed}-{len(tally.kept)}"
            place.mkdir(parents=True)
            for number, data in inputs:
                (place / f"{number}.{self.ending}").write_bytes(data)
            (place / "why").write_text(wrong, "utf-8", "backslashreplace")
            tally.kept.append(place)
            print(f"{self.kind}: {make}\n    {place}", flush=True)


def _make(wrong: str) -> str:
    """What is the same in all failures of one make: the error and where it was raised, figures left out."""
    lines = wrong.rstrip().splitlines()
    if not lines or not lines[0].startswith("Traceback"):
        return "".join("#" if sign.isdigit() else sign for sign in wrong[:60])
    places = [line.strip() for line in lines if line.strip().startswith("File") and "onrecord" in line]
    where = places[-1].rpartition("onrecord/")[2] if places else "?"
    error = next((line for line in reversed(lines) if line[:1].strip()), "")
    return f"{error.partition(':')[0]} at {where}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=[*KINDS], help="may be given again; all without")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None, help="where failing inputs are kept")
    call = parser.parse_args()
    keep = call.keep or Path(tempfile.mkdtemp(prefix="onrecord-fuzz-"))
    live = sys.stderr.isatty()

    def told(tally: Tally) -> None:
        if live:
            print(
                f"\r{tally.inputs} inputs, {tally.seconds:.0f} s, {tally.failed.total()} failed ",
                end="",
                file=sys.stderr,
            )

    failed = 0
    columns = ("kind", "inputs", "pages", "seconds", "slowest", "input", "MiB", "failed")
    print("{:<8}{:>8}{:>8}{:>9}{:>9}{:>7}{:>7}{:>8}".format(*columns), flush=True)
    for kind in call.kind or KINDS:
        tally = Run(kind, call.seed, keep).go(call.minutes * 60, told)
        print(
            f"{kind:<8}{tally.inputs:>8}{tally.pages:>8}{tally.seconds:>9.0f}{tally.slowest:>9.2f}"
            f"{tally.slow:>7}{tally.largest / 2**20:>7.0f}{tally.failed.total():>8}",
            flush=True,
        )
        for make, times in tally.failed.most_common():
            print(f"  {times:>6}  {make}", flush=True)
        failed += tally.failed.total()
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
