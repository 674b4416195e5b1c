"""`septel parse`: the telegram as a tree, by the published schema (docs/schema/telegram.schema.json)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel import capture, record, telegram
from septel.cli.telling import fields_shown, meeting_shown, outline
from septel.cli.terminal import Tally, console, json_option, paths_of, print_json_line, progress
from septel.cli.walk import restored
from septel.record import NextMeeting, Reference
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
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--as-is", is_flag=True, help="Parse the text as it stands, without restoring it first.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model than the shipped one.")
@json_option
def parse(files: Sequence[str], as_is: bool, model: Path | None, as_json: bool) -> int:
    """Print the telegram in FILES: heading, sections, paragraphs, references, each with its place.

    With --json, one JSON document per file, each on a line of its own.
    """
    restorer = None if as_is else Restorer.load(model)
    screen, tally = console(), Tally()
    for path in paths_of(files):
        with tally.item(), progress(f"Parsing {path.name}") as step:
            source = capture.read(path).source
            reading = restored(source, restorer, progress=step).reading if restorer else Reading.of(source)
            parsed = telegram.parse(reading)
            if as_json:
                print_json_line(telegram.to_json(parsed))
                continue
            references = record.references(parsed, reading)
            for line in heading_lines(parsed, references, record.next_meeting(parsed, reading)):
                screen.print(line)
            for line in outline(parsed):
                screen.print(line)
    return tally.exit_code


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
