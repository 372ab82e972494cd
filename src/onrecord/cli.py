"""The command line: one thin function a command.

Exit status: 0 done; 1 done, but some inputs could not be read or some spans do not match; 2 the call was wrong;
130 and 141 as a shell reports a program that was interrupted, or whose reader went away.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, get_args

import msgspec
import typer

from onrecord import flow
from onrecord.analysis import Act
from onrecord.intake import field_names
from onrecord.page import Problem
from onrecord.record import UnknownPageError
from onrecord.record.forecasts import forecasters
from onrecord.terminal import calls, choosing, output, tables
from onrecord.terminal.brief import Brief, brief_view
from onrecord.terminal.dates import dates_view
from onrecord.terminal.ladder import forecasts_view, ladder_view
from onrecord.terminal.page import page_view

app = typer.Typer(
    name="onrecord",
    help="Put on the record who said what, on whose authority, when, and how far each pending agreement has come.",
    epilog="Begin with: onrecord build FOLDER, then: onrecord brief",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
command = partial(app.command, cls=calls.Command)

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", hidden=True),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=FIELD",
        help=f"Where JSON objects keep it, if it is not guessed: text=article_body. Names: {', '.join(field_names())}.",
    ),
]
Private = Annotated[
    bool, typer.Option("--private", help="Fetch URLs from private addresses, too: this machine, the local network.")
]
RecordFile = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="ONRECORD_RECORD", help="The record: one SQLite file.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Ask what was known on this day: only pages published by then."),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to standard output, for programs.")]
DEFAULT = Path("news.onrecord")


@app.callback(invoke_without_command=True)
def onrecord_command(
    show_version: Annotated[bool, typer.Option("--version", is_eager=True, help="Say which version this is.")] = False,
) -> None:
    if show_version:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@command(epilog="Example: onrecord analyze pages/ --published 2024-09-10 --out analyses.jsonl")
def analyze(
    inputs: Inputs,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Take every page to be published on this day, as 2024-09-10.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file, not to standard output.")
    ] = None,
    field: Fields = None,
    private: Private = False,
) -> None:
    """Read pages and write what each says; keep no record. One JSON object a line, in the order of the inputs.

    An INPUT is a file, a folder, a pattern ('pages/**/*.html'), an archive (ZIP, tar, WARC), a feed, a mailbox, JSON, a
    URL, or - for standard input.
    """
    given = {"published": calls.day(published)} if published is not None else None
    fields = calls.fields(field)
    failed = 0
    encode = msgspec.json.Encoder().encode
    shown = out is not None or not sys.stdout.isatty()
    with calls.output(out) as stream, output.progress(inputs if shown else None) as meter:
        fetcher = calls.fetcher(inputs, meter.starting, private=private)
        for found in flow.analyses(inputs, given=given, fields=fields, fetcher=fetcher):
            if isinstance(found, Problem):
                meter.taken(found)
                failed += 1
            else:
                noted = flow.trouble(found[1])
                meter.taken(noted or found[0])
                failed += noted is not None
                stream.write(encode(found[1]) + b"\n")
    raise typer.Exit(1 if failed else 0)


@command(epilog="Example: onrecord build pages/ archive.jsonl.gz --record news.onrecord")
def build(inputs: Inputs, record: RecordFile = DEFAULT, field: Fields = None, private: Private = False) -> None:
    """Read pages into a record, which is made if there is none.

    An INPUT is a file, a folder, a pattern ('pages/**/*.html'), an archive (ZIP, tar, WARC), a feed, a mailbox, JSON, a
    URL, or - for standard input. Pages that the record holds already are not read again.
    """
    fields = calls.fields(field)
    with calls.new_record(record) as kept, output.progress(inputs) as meter:
        fetcher = calls.fetcher(inputs, meter.starting, private=private)
        problems = kept.build(inputs, fields=fields, fetcher=fetcher, taken=meter.taken)
    raise typer.Exit(1 if problems else 0)


@command(epilog="Example: onrecord brief --record news.onrecord")
def brief(as_of: AsOf = None, record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Show how things stand. Each agreement with the steps of its way, the open disputes, what could not be read."""
    kept = calls.existing_record(record, as_of)
    found = Brief(kept.agreements(), kept.disputes(), kept.problems())
    if json:
        output.write_object(found)
    else:
        output.show(brief_view(found, record, as_of))


@command(epilog="Example: onrecord agreements --party Norway --stage signed")
def agreements(
    agreement: Annotated[str | None, typer.Argument(metavar="ID", hidden=True)] = None,
    *,
    party: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only those to which this state is a party; may be given again."),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help=f"Only those that stand there: {', '.join(choosing.STAGES)}."),
    ] = None,
    as_of: AsOf = None,
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """List the agreements and how far each has come. The one last reported of comes first.

    With an ID, or its beginning, show that one step by step, with the words that say so.
    """
    if agreement is not None:
        calls.no_record(agreement, "onrecord agreements")
        if party or stage:
            calls.wrong("--party and --stage choose from the list of agreements: give them, or an ID")
    kept = calls.existing_record(record, as_of)
    if agreement is not None:
        row = choosing.agreement(kept, agreement)
        if row is None:
            near = calls.meant(agreement, [row.id for row in kept.agreements()]) or "; see: onrecord agreements"
            calls.wrong(f"there is no agreement {agreement!r} in {record}{calls.on(as_of)}{near}")
        if json:
            output.write_json([row])
        else:
            output.show(ladder_view(row))
        return
    every, then = kept.agreements(), calls.on(as_of)
    found = choosing.agreements(every, party or [], stage)
    if json:
        output.write_json(found)
    elif found:
        output.show([tables.agreements(found)])
    else:
        output.show(["No agreement on this record matches." if every else f"No agreement is on this record{then}."])


@command(epilog='Example: onrecord statements --who Lavrov --about "treaty" --from 2024-09-01')
def statements(
    *,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this speaker.")] = None,
    about: Annotated[str | None, typer.Option(metavar="WORDS", help="Only those with these words.")] = None,
    act: Annotated[
        str | None, typer.Option(metavar="ACT", help=f"Only those that do this: {', '.join(get_args(Act))}.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Said on this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Said on this day or earlier.")] = None,
    as_of: AsOf = None,
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """List who said what: when, through whom, and on which page."""
    first, last = (calls.day(value) if value is not None else None for value in (since, until))
    if first and last and first > last:
        calls.wrong(f"--from {first} is later than --to {last}")
    kind: Act | None = calls.one_of("--act", act, get_args(Act)) if act is not None else None
    found = calls.existing_record(record, as_of).statements(who=who, about=about, act=kind, since=first, until=last)
    if json:
        output.write_json(found)
    else:
        output.show(tables.statements(found), otherwise="No statement on this record matches.")


@command(epilog="Example: onrecord disputes --record news.onrecord")
def disputes(as_of: AsOf = None, record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Show each dispute: who claims what, who denies it, since when, and how it ended."""
    found = calls.existing_record(record, as_of).disputes()
    if json:
        output.write_json(found)
    else:
        output.show(tables.disputes(found), otherwise="Nobody on this record denies what another claims.")


@command(epilog="Example: onrecord forecasts --record news.onrecord --as-of 2024-12-31")
def forecasts(as_of: AsOf = None, record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Show what was forecast and whether it came. First how the forecasts of each speaker stand."""
    found = calls.existing_record(record, as_of).forecasts()
    if json:
        output.write_json(found)
    else:
        output.show(forecasts_view(found, forecasters(found)), otherwise="Nobody on this record forecasts a step.")


@command(epilog="Example: onrecord stories --record news.onrecord")
def stories(
    story: Annotated[str | None, typer.Argument(metavar="ID", hidden=True)] = None,
    as_of: AsOf = None,
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """List the stories that the pages tell. How many pages each has, and how many of them copy another.

    With an ID, or its beginning, name the pages of that one.
    """
    if story is not None:
        calls.no_record(story, "onrecord stories")
    kept = calls.existing_record(record, as_of)
    if story is not None:
        row = choosing.story(kept, story)
        if row is None:
            calls.wrong(f"there is no story {story!r} in {record}{calls.on(as_of)}; see: onrecord stories")
        if json:
            output.write_json([row])
        else:
            output.show(tables.story(row))
        return
    found = kept.stories()
    if json:
        output.write_json(found)
    else:
        output.show([tables.stories(found)] if found else [f"No story is on this record{calls.on(as_of)}."])


@command(epilog="Example: onrecord dates --record news.onrecord")
def dates(record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Date the pages that do not say their day. By what other pages tell of the same things, with the words."""
    found = calls.existing_record(record).dates()
    if json:
        output.write_json(found)
    else:
        output.show(dates_view(found), otherwise="Every page on this record says itself when it was published.")


@command(epilog="Example: onrecord furniture --record news.onrecord")
def furniture(record: RecordFile = DEFAULT, json: Json = False) -> None:
    """List the lines that an outlet's pages share. Those that were taken for article somewhere are marked."""
    found = calls.existing_record(record).furniture()
    if json:
        output.write_json(found)
    else:
        output.show(tables.furniture(found), otherwise="No outlet on this record has a line of furniture known yet.")


@command(epilog="Example: onrecord show pages/004.txt --record news.onrecord")
def show(
    page: Annotated[str, typer.Argument(metavar="PAGE", hidden=True)],
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """Show a page as the record takes it. Furniture is dimmed; sources, cues and contents of statements are marked.

    PAGE is the path of a page as the other commands name it, or any end of it that no other page has.
    """
    calls.no_record(page, "onrecord show PAGE")
    kept = calls.existing_record(record)
    try:
        analysis = kept.corrected(page)
    except UnknownPageError as error:
        near = calls.meant(page, [path for story in kept.stories() for path in story.pages])
        calls.wrong(f"{error}{near or '; which there are: onrecord stories --json'}")
    if json:
        output.write_object(analysis)
    else:
        output.show(page_view(analysis))


@command(epilog="Example: onrecord verify --record news.onrecord")
def verify(record: RecordFile = DEFAULT, json: Json = False) -> None:
    """Read every span back against the stored pages. The exit status is 0 only if all match."""
    mismatches = calls.existing_record(record).verify()
    if json:
        output.write_json(mismatches)
    else:
        output.show(mismatches, otherwise="Every span matches the stored page it points at.")
    raise typer.Exit(1 if mismatches else 0)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    group = typer.main.get_command(app)
    output.spare_characters()
    status = 0
    try:
        with group.make_context("onrecord", sys.argv[1:] or ["--help"]) as context:
            group.invoke(context)
    except typer.Exit as done:
        status = done.exit_code
    except typer.TyperException as error:
        output.say(f"onrecord: {calls.told(error)}")
        status = 2
    except KeyboardInterrupt:
        output.say("onrecord: interrupted")
        status = 130
    except BrokenPipeError:
        # The reader of our output has seen enough; what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141
    except (OSError, sqlite3.Error) as error:
        output.say(f"onrecord: {calls.why(error)}")
        status = 2
    except Exception as error:
        # Whoever uses the program can do nothing with a traceback; whoever mends it needs the place.
        place = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}"
        output.say(f"onrecord: a fault of the program itself ({fault})")
        status = 2
    sys.exit(status)
