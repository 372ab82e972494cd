"""Reads one input after another in a process of its own, for `bench/fuzz.py`, and says of each what went wrong."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from onrecord.analysis import Analysis
from onrecord.page import Problem
from soundness import faults

EXAMPLES = Path(__file__).parent.parent / "examples" / "pages"
#: Seconds of processor time that a page may take, for each MiB of it if there are several.
SECONDS = 5.0
#: Seconds more for each word piece of the article: the encoder takes a third of that on an idle machine.
PIECE = 0.0005
#: Seconds of a record's building and questions, for each page of it.
RECORD_SECONDS = 2.0
#: Bytes of memory beyond what ordinary pages take.
MEMORY = 2**30
#: Pages read of one input; bytes of a page that is put on a record.
PAGES, SMALL = 40, 50_000


class SlowError(BaseException):
    """Raised within whatever takes too long; no `except Exception` stops it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises SlowError where the block takes more processor time than this."""

    def over(signum: int, frame: FrameType | None) -> None:
        raise SlowError(f"more than {seconds:.0f} s")

    signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _memory(name: str) -> int:
    """A figure of this process in bytes: `VmHWM` (the peak since it was reset), `VmRSS`, `VmSize`."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) * 1024


class Worker:
    """Reads inputs in this process and says of each what happened."""

    def __init__(self) -> None:
        self.held: list[tuple[Analysis, bytes]] = []
        self.encoding, self.pieces = 0.0, 0
        self.read([str(EXAMPLES / "07-internal-procedures.txt"), str(EXAMPLES / "03-five-hours.html")])
        self.base = _memory("VmRSS")
        room = _memory("VmSize") + MEMORY + MEMORY // 2
        resource.setrlimit(resource.RLIMIT_AS, (room, room))

    def read(self, inputs: list[str]) -> tuple[int, float, list[str]]:
        """How many pages there were, the seconds that the longest took without the encoder, and what was wrong."""
        from onrecord.flow import _read
        from onrecord.intake import read_inputs
        from onrecord.reading import encoder, marking, pipeline

        wrong: list[str] = []
        count, longest = 0, 0.0
        if inputs[0].endswith(".urls"):
            return _addresses(Path(inputs[0]).read_bytes())
        encode = seen_at_random if inputs[0].endswith(".marks.txt") else encoder.encode
        marking.encode = partial(self._encoded, encode)
        found = read_inputs(inputs)
        while count < PAGES:
            begin = time.process_time()
            with limited(SECONDS * 3):
                item = next(found, None)
            if item is None:
                break
            longest = max(longest, time.process_time() - begin)
            count += 1
            if isinstance(item, Problem):
                if not item.reason or not item.reason.isprintable() or len(item.reason) > 300:
                    wrong.append(f"a reason that is not one clear line: {item.reason[:400]!r}")
                continue
            allowed = SECONDS * max(1.0, len(item.data) / 2**20)
            self.encoding, self.pieces = 0.0, 0
            begin = time.process_time()
            with limited(allowed + PIECE * len(item.data)):
                outcome = _read(item)
            seconds = time.process_time() - begin - self.encoding
            longest = max(longest, seconds)
            if isinstance(outcome, Problem):
                try:
                    pipeline.read(item)
                except Exception:
                    wrong.append(traceback.format_exc())
                else:
                    wrong.append(f"{outcome.reason}, but not the second time")
                continue
            if seconds + self.encoding > allowed + PIECE * self.pieces:
                told = f"{seconds:.1f} s, and {self.encoding:.1f} s for {self.pieces} pieces"
                wrong.append(f"slow: {told}, of a page of {len(item.data)} bytes")
            wrong += faults(outcome[1])
            if len(item.data) <= SMALL:
                self.held.append((outcome[1], item.data))
        return count, longest, wrong

    def _encoded(self, encode: Callable[[Any], list[Any]], cut: Any) -> list[Any]:
        """What the encoder says, with the time it takes set down."""
        begin = time.process_time()
        found = encode(cut)
        self.encoding += time.process_time() - begin
        self.pieces += len(cut)
        return found

    def record(self) -> list[str]:
        """What is wrong with the record of the pages read since the last one."""
        from onrecord.record import Record

        held, self.held = self.held, []
        with tempfile.TemporaryDirectory() as folder, limited(RECORD_SECONDS * len(held) + 5):
            answers = []
            for order, pages in enumerate((held, held[::-1])):
                with Record(Path(folder, f"{order}.onrecord")) as record:
                    record.add(pages)
                    wrong = record.verify()
                    answers.append(_answers(record))
                    if wrong:
                        return wrong
            if answers[0] != answers[1]:
                return ["the record depends on the order of its pages"]
        return []

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """What came of one input, or of the record that was due."""
        Path("/proc/self/clear_refs").write_text("5")
        found: dict[str, Any] = {"pages": 0, "seconds": 0.0, "wrong": []}
        try:
            if "path" in call:
                found["pages"], found["seconds"], found["wrong"] = self.read([call["path"]])
            found["held"] = len(self.held)
            if "record" in call:
                found["wrong"] = self.record()
        except (Exception, SlowError):
            found["wrong"] = [traceback.format_exc()]
        found["bytes"] = _memory("VmHWM") - self.base
        if found["bytes"] > MEMORY:
            found["wrong"].append(f"memory: {found['bytes'] / 2**20:.0f} MiB over that of ordinary pages")
        return found


def seen_at_random(cut: Any) -> list[Any]:
    """What an encoder without sense says of a text: any label anywhere, any link between them."""
    from onrecord.reading.encoder import Window, _log_softmax
    from onrecord.reading.pieces import windows

    rng = np.random.default_rng(len(cut))
    found = []
    for start, end in windows(len(cut)):
        rows = end - start + 1
        sharp = float(rng.choice((0.5, 2.0, 8.0)))
        # Runs of one label rather than another at each piece: content is long.
        held = np.repeat(np.arange(rows), rng.integers(1, 12, rows))[:rows]
        roles, names = (_log_softmax((rng.normal(size=(rows, n))[held] * sharp).astype(np.float32)) for n in (7, 9))
        dependent, head = (rng.normal(size=(rows, 16)).astype(np.float32) for _ in range(2))
        found.append(Window(start, end, roles, names, dependent, head))
    return found


def _addresses(data: bytes) -> tuple[int, float, list[str]]:
    """As `Worker.read`, for the parsing of addresses alone: nothing is fetched."""
    from onrecord.intake.fetch_guard import is_public
    from onrecord.intake.fetch_robots import Rules
    from onrecord.intake.fetching import _target
    from onrecord.intake.kinds import UnreadableError
    from onrecord.intake.urls import is_url

    begin = time.process_time()
    wrong: list[str] = []
    with limited(SECONDS):
        rules = Rules(data)
        for line in data.decode("utf-8", "replace").split("\n"):
            is_public(line)
            try:
                target = _target(line)
                if is_url(line):
                    rules.allow(str(target))
            except UnreadableError:
                pass
            except Exception:
                wrong.append(traceback.format_exc())
    return 1, time.process_time() - begin, wrong


def _answers(record: Any) -> list[Any]:
    statements = sorted(map(repr, record.statements(since="0001-01-01")))
    found = [
        record.agreements(),
        sorted(map(repr, record.statements())),
        record.disputes(),
        record.stories(),
        record.problems(),
    ]
    list(record.statements(who="Shoigu", about='treaty "x', act="deny", until="2024-05-04"))
    return [*found, statements]


def work() -> None:
    """Answer one call a line from standard input until there are no more."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = Worker()
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(worker.answer(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    work()
