"""`septel parse`: the telegram as a tree, by the published schema (docs/schema/telegram.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import click
from rich.console import Console

from septel import capture, citations, record, telegram
from septel.capture import EnginePool, Limits
from septel.citations import Reference
from septel.cli.shared.summary import fields_shown, meeting_shown, outline
from septel.cli.shared.terminal import Tally, console, json_option, paths_of, print_json_line, progress
from septel.errors import SeptelError
from septel.pipeline import WorkFault, WorkItem, documents_of, mapped, reading_of
from septel.record import NextMeeting
from septel.restore import Restorer
from septel.telegram import Telegram
from septel.text import Reading


@click.command(
    epilog="""
\b
Examples:
  septel parse cable.txt                  the heading and the paragraphs
  septel parse --json cable.txt | jq .    the whole tree, each field with its place in the source
  septel parse --as-is --json clean.txt   the text as it stands, without restoring it
  septel parse released/ --jobs 4 >out.jsonl   every file of a folder, one JSON document a line
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--as-is", is_flag=True, help="Parse the text as it stands, without restoring it first.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model than the shipped one.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes, for folders."
)
@json_option
def parse(files: Sequence[str], as_is: bool, model: Path | None, jobs: int, as_json: bool) -> int:
    """Print the telegram in FILES: heading, sections, paragraphs, references, each with its place.

    With --json, one JSON document per file, each on a line of its own. A folder is read file by file, and its
    telegrams are printed as JSON as they are parsed: memory stays the same however many there are. An
    electronic telegram as the archive released it is never restored, since it was never scanned.
    """
    tally = Tally()
    if any(path.is_dir() for path in paths_of(files)):
        do = partial(parsed_line, as_is=as_is, model=str(model) if model else None)
        for found in mapped(do, map(str, documents_of(paths_of(files))), jobs=jobs):
            if isinstance(found, WorkFault):
                tally.note(found)
            else:
                tally.done += 1
                click.echo(found)
        return tally.exit_code
    restorer = None if as_is else Restorer.load(model)
    screen = console()
    with EnginePool(Limits()) as pool:
        for path in paths_of(files):
            with tally.item(), progress(f"Parsing {path.name}") as step:
                reading = reading_of(capture.read(path, pool=pool), restorer, progress=step)
                parsed = telegram.parse(reading)
                if as_json:
                    print_json_line(telegram.to_json(parsed))
                else:
                    show(screen, parsed, reading)
    return tally.exit_code


def show(screen: Console, parsed: Telegram, reading: Reading) -> None:
    """A parsed telegram for people: its heading, what it refers to, its parts."""
    found = citations.references(parsed, reading)
    for line in heading_lines(parsed, found, record.next_meeting(parsed, reading)):
        screen.print(line)
    for line in outline(parsed):
        screen.print(line)


@cache
def _pool() -> EnginePool:
    """The engines of this process; they end with it."""
    return EnginePool(Limits(), 1)


def parsed_line(path: str, *, as_is: bool, model: str | None) -> str | WorkFault:
    """One file as a line of JSON, or why it can't be read; run in any process."""
    telegram.prepare()
    try:
        captured = capture.read(Path(path), pool=_pool())
        restorer = None if as_is else Restorer.load(Path(model) if model else None)
        reading = reading_of(captured, restorer)
    except SeptelError as fault:
        return WorkFault.of(WorkItem(path=Path(path), key=""), fault)
    return json.dumps(telegram.to_json(telegram.parse(reading), checked=False), ensure_ascii=False)


def heading_lines(
    parsed: Telegram, references: Sequence[Reference], meeting: NextMeeting | None
) -> list[str]:
    """The heading field by field, what the telegram refers to, and the meeting that it announces."""
    lines = [f"{name:16}{value}" for name, value in fields_shown(parsed)]
    if references:
        shown = dict.fromkeys(reference.normal for reference in references)
        lines.append(f"{'refers to':16}{'; '.join(shown)}")
    if meeting is not None:
        lines.append(f"{'next meeting':16}{meeting_shown(meeting)}")
    return lines
