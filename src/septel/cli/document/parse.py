"""`septel parse`: the telegram as a tree, by the published schema (docs/schema/telegram.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from septel import capture, citations, record, telegram
from septel.capture import EnginePool, Limits
from septel.citations import Reference
from septel.cli.shared.checks import checks_shown, dates_shown
from septel.cli.shared.summary import fields_shown, meeting_shown, outline
from septel.cli.shared.terminal import (
    Tally,
    console,
    json_option,
    left_out,
    paths_of,
    print_json_line,
    progress,
)
from septel.errors import SeptelError, ends_the_run, printable, unforeseen
from septel.papers import papers_in, read_paper, title_of
from septel.pipeline import WorkFault, WorkItem, documents_of, mapped, reading_of
from septel.record import NextMeeting
from septel.record.checks import date_proposals
from septel.restore import Restorer
from septel.telegram import Telegram
from septel.text import Reading, marked_value


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
        for found in mapped(do, map(str, documents_of(paths_of(files), told=left_out)), jobs=jobs):
            for one in found:
                if isinstance(one, WorkFault):
                    tally.note(one)
                else:
                    tally.done += 1
                    click.echo(one)
        if not tally.done and not tally.exit_code:
            click.echo("septel: there is nothing to read in what was named.", err=True)
        return tally.exit_code
    restorer = None if as_is else Restorer.load(model)
    screen = console()
    with EnginePool(Limits()) as pool:
        for path in paths_of(files):
            with tally.item(), progress(f"Parsing {printable(path.name)}") as step:
                for paper in papers_in(path, partial(capture.read, pool=pool), on_fault=tally.note):
                    captured = paper.part.capture
                    reading = reading_of(captured, restorer, progress=step)
                    parsed, described = read_paper(reading, paper.described, captured)
                    if as_json:
                        print_json_line(telegram.to_json(parsed) | {"paper": described})
                        continue
                    if paper.part.paper.of > 1:
                        screen.rule(title_of(described, None) or "", style="dim")
                    elif len(files) > 1:
                        screen.rule(printable(path.name), style="dim")
                    show(screen, parsed, reading)
                    for line in unread_lines(described):
                        screen.print(line)
    return tally.exit_code


def show(screen: Console, parsed: Telegram, reading: Reading) -> None:
    """A parsed telegram for people: its heading, what it refers to, its parts."""
    found = citations.references(parsed, reading)
    for line in heading_lines(parsed, found, record.next_meeting(parsed, reading), reading):
        screen.print(line)
    for line in outline(parsed, reading):
        screen.print(line)


def unread_lines(described: Mapping[str, Any] | None) -> list[str]:
    """The fields of a form that were not read surely enough, each with what it may be."""
    unread = (described or {}).get("unread") or {}
    return [
        f"{name:16}{'not read' if len(told) > 1 else 'not sure, perhaps'}: {' or '.join(told)}"
        for name, told in unread.items()
    ]


@cache
def _pool() -> EnginePool:
    """The engines of this process; they end with it."""
    return EnginePool(Limits(), 1)


def parsed_line(path: str, *, as_is: bool, model: str | None) -> list[str | WorkFault]:
    """The papers of one file, each as a line of JSON, or why one can't be read; run in any process."""
    telegram.prepare()
    item = WorkItem(path=Path(path), key="")
    found: list[str | WorkFault] = []
    try:
        restorer = None if as_is else Restorer.load(Path(model) if model else None)
        for paper in papers_in(
            Path(path),
            partial(capture.read, pool=_pool()),
            on_fault=lambda fault: found.append(WorkFault.of(item, fault)),
        ):
            captured = paper.part.capture
            parsed, described = read_paper(reading_of(captured, restorer), paper.described, captured)
            tree = telegram.to_json(parsed, checked=False) | {"paper": described}
            found.append(json.dumps(tree, ensure_ascii=False))
    except SeptelError as fault:
        found.append(WorkFault.of(item, fault))
    except Exception as fault:
        if ends_the_run(fault):
            raise
        found.append(WorkFault.of(item, unforeseen(fault, Path(path).name)))
    return found


def heading_lines(
    parsed: Telegram,
    references: Sequence[Reference],
    meeting: NextMeeting | None,
    reading: Reading,
) -> list[str]:
    """The heading field by field, what the telegram refers to, and the meeting that it announces.

    Doubts are marked. Then what its checks find, and the dates that it may have when it names no year.
    """
    rows = fields_shown(parsed, reading)
    if references:
        shown: dict[str, str] = {}
        for one in references:
            shown.setdefault(one.normal, marked_value(reading, one.locus.span, one.normal))
        rows.append(("refers to", "; ".join(shown.values())))
    if meeting is not None:
        rows.append(("next meeting", meeting_shown(meeting, reading)))
    rows += [*checks_shown(parsed, reading), *dates_shown(date_proposals(parsed, reading))]
    return [f"{name:16}{value}" for name, value in rows]
