"""`septel assemble`: telegrams put together from their sections, pages and copies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from septel import capture, telegram
from septel.archive import Archive
from septel.capture import EnginePool, Limits
from septel.cli.shared.terminal import Tally, archive_option, console, json_option, print_json_line, progress
from septel.errors import ExitCode, UsageError, printable
from septel.papers import documents, papers_in
from septel.pipeline import reading_of
from septel.restore import Restorer
from septel.telegram.assembly import Assembly
from septel.telegram.assembly import assemble as assembled
from septel.text import Reading, marked


@click.command(
    epilog="""
\b
Examples:
  septel assemble scans/                       which telegrams are there, and what is missing
  septel assemble --text 1673-1.txt 1673-2.txt
  septel assemble --as-is --json released/ | jq .missing
  septel assemble --held --archive salt        the telegrams of an archive
"""
)
@click.argument("files", nargs=-1, type=click.Path())
@archive_option
@click.option("--held", is_flag=True, help="FILES are holdings of the archive; without any, all of them.")
@click.option("--as-is", is_flag=True, help="Take the texts as they stand, without restoring them first.")
@click.option("--text", "with_text", is_flag=True, help="Print the assembled text as well.")
@json_option
def assemble(
    files: Sequence[str], archive: Path, held: bool, as_is: bool, with_text: bool, as_json: bool
) -> int:
    """Put telegrams together from FILES: sections and pages in any order, in several files, missing or twice.

    Prints each telegram with its witnesses and what is missing by name. Nothing is made up for what is
    missing, and each line keeps its place in the file that it came from.
    """
    tally = Tally()
    if not files and not held:
        raise UsageError("name files, or say --held", remedy="`septel assemble --help` has examples.")
    readings = _held(files, archive) if held else _read(files, tally, as_is=as_is)
    screen = console()
    for one in assembled(readings):
        if as_json:
            print_json_line(assembly_json(one))
            continue
        for line in assembly_lines(one):
            screen.print(line)
        if with_text:
            screen.print(marked(one.reading))
    return tally.exit_code if tally.faults else ExitCode.OK


def _read(files: Sequence[str], tally: Tally, *, as_is: bool) -> list[Reading]:
    restorer = None if as_is else Restorer.load()
    readings: list[Reading] = []
    with EnginePool(Limits()) as pool:
        for argument in map(Path, files):
            with tally.folder():
                for path in documents(argument):
                    with tally.item(), progress(f"Reading {printable(path.name)}") as step:
                        read = partial(capture.read, pool=pool)
                        for paper in papers_in(path, read, on_fault=tally.note):
                            readings.append(reading_of(paper.part.capture, restorer, progress=step))
    return readings


def _held(names: Sequence[str], archive: Path) -> list[Reading]:
    with Archive.open(archive, create=False) as kept:
        ids = [kept.resolve(name) for name in names] or kept.contents.ids()
        return [kept.holding(one).reading for one in ids]


def assembly_lines(assembly: Assembly) -> list[str]:
    """An assembly in words."""
    heading = assembly.telegram.heading
    subject = f": {heading.subject.value}" if heading.subject else ""
    sent = f" ({heading.sent.value.iso})" if heading.sent else ""
    lines = [f"{assembly.name}{sent}{subject}"]
    for witness in assembly.witnesses:
        held = []
        if witness.sections:
            many = "s" if len(witness.sections) > 1 else ""
            held.append(f"section{many} {_numbers(witness.sections)}")
        if witness.pages:
            held.append(f"{len(witness.pages)} page{'s' if len(witness.pages) > 1 else ''}")
        told = f"  ({', '.join(held)})" if held else ""
        lines.append(f"  witness  {witness.name}{told}{'' if witness.used else ', a copy'}")
    if assembly.spare:
        lines.append(f"  {len(assembly.spare)} parts are held more than once")
    for one in assembly.missing:
        lines.append(f"  {'missing' if one.certain else 'perhaps missing'}  {one.what}: {one.why}")
    if assembly.complete:
        lines.append("  nothing is known to be missing")
    return lines


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def assembly_json(assembly: Assembly) -> dict[str, object]:
    """An assembly for other programs."""
    return {
        "number": str(assembly.number) if assembly.number else None,
        "sent": assembly.number.sent if assembly.number else None,
        "complete": assembly.complete,
        "missing": [{"what": m.what, "why": m.why, "certain": m.certain} for m in assembly.missing],
        "witnesses": [
            {
                "name": w.name,
                "source": w.source_id,
                "sections": list(w.sections),
                "pages": [list(page) for page in w.pages],
                "used": w.used,
            }
            for w in assembly.witnesses
        ],
        "parts": [
            {"section": p.section, "page": p.page, "locus": str(p.locus), "witness": p.witness}
            for p in assembly.parts
        ],
        "spare": [
            {"section": p.section, "page": p.page, "locus": str(p.locus), "witness": p.witness}
            for p in assembly.spare
        ],
        "text": assembly.reading.text,
        "telegram": telegram.to_json(assembly.telegram),
    }
