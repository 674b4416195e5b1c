"""`septel export`: what an archive holds, in every format that matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from septel.archive import Archive, Holding, document_of
from septel.archive.model import shown_field
from septel.cli.shared.faults import report
from septel.cli.shared.reader import note_export, reader_option, served
from septel.cli.shared.selection import selected, stem_of, where_option
from septel.cli.shared.terminal import Tally, archive_option, json_option, print_json
from septel.cli.shared.write import write_whole
from septel.errors import ExitCode, SeptelError, UsageError
from septel.export import (
    FOLDERS,
    FORMATS,
    Context,
    LossNote,
    Records,
    Released,
    WithoutMarks,
    everything,
    exporter,
    fill,
    folder_exporter,
)

_MOST_NAMED = 20
"""Up to so many files that were written are named one by one."""


@click.command(
    epilog="""
\b
Examples:
  septel export 'HELSINKI 1321' --as pdf >1321.pdf
  septel export --all --as tei --to out
  septel export --all --as tables --record --to tables
  septel export --all --as site --withhold NODIS --to room
  septel export --all --as site --for public --to room
"""
)
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@reader_option
@click.option("--as", "--format", "name", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="A folder to write into."
)
@click.option("--all", "everything_held", is_flag=True, help="Every holding.")
@click.option("--record", is_flag=True, help="With statements, persons and meetings; slower.")
@click.option(
    "--withhold",
    multiple=True,
    metavar="MARK",
    help="Leave out what bears this classification or caption; may be repeated.",
)
@click.option(
    "--base",
    default=Context().base,
    show_default=True,
    help="The address at which IIIF and the site will be served.",
)
@json_option
def export(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    reader: str | None,
    name: str,
    folder: Path | None,
    everything_held: bool,
    record: bool,
    withhold: Sequence[str],
    base: str,
    as_json: bool,
) -> int:
    """Write HOLDINGS (by id, telegram number or file name) in one of the formats of `docs/formats.md`.

    One file for each holding: text, plain, json, tei, tei-frus, hocr, alto, pdf, iiif, prov, ftm and
    corrections. One holding goes to standard output unless --to names a folder; files are named by the
    telegram (date, number and the beginning of its id), or by the id where that was given. One new folder for
    all: page, tables, parquet, bag and site. What the format can't hold is said once, on standard error or
    as JSON with --json.
    """
    marks = frozenset(mark.upper() for mark in withhold)
    with served(archive, reader) as kept:
        released = Released(WithoutMarks(marks, kept.handling) if marks else everything)
        names = selected(kept, holdings, where, everything=everything_held)
        context = Context(
            originals=kept.objects.find,
            records=_records(kept) if record else None,
            base=base.rstrip("/"),
            note=report,
        )
        if name in FOLDERS:
            written, losses, code = _into_folder(kept, name, context, released, names, folder)
        else:
            by_id = frozenset(one for one in holdings if one in names)
            written, losses, code = _one_by_one(kept, name, context, released, names, folder, by_id)
        kept_back = {one.holding for one in released.withheld}
        gone_out = [one for one in names if one not in kept_back]
        note_export(kept, name, gone_out, reader=reader, to=folder)
    for one in released.withheld:
        click.echo(f"septel: {one.holding}: withheld, {one.why}.", err=True)
    if as_json and folder is not None:
        print_json(
            {
                "written": written,
                "losses": [{"lost": note.what, "held_by": note.where} for note in losses],
                "withheld": [{"holding": one.holding, "why": one.why} for one in released.withheld],
            }
        )
    else:
        if losses:
            lacks = "; ".join(f"{note.what} ({note.where})" for note in losses)
            click.echo(f"septel: {name} does not hold, where there is any: {lacks}.", err=True)
        if folder is not None:
            _say_written(written, folder)
    if not gone_out:
        why = "all of it is withheld" if names else "the archive lists nothing"
        click.echo(f"septel: nothing was exported: {why}.", err=True)
    elif folder is not None and name in FOLDERS and not any(folder.iterdir()):
        click.echo(f"septel: {folder} is empty: {name} can hold nothing of what was chosen.", err=True)
    return code


def _say_written(written: Sequence[str], folder: Path) -> None:
    """Each file by its name, as far as they are few."""
    if len(written) > _MOST_NAMED:
        click.echo(f"wrote {len(written)} files into {folder}")
        return
    for one in written:
        click.echo(f"wrote {one}")


def _records(kept: Archive) -> Records:
    return lambda held: document_of(held.reading, title=shown_field(held, "title"), log=kept.reviews(held.id))


def _into_folder(
    kept: Archive,
    name: str,
    context: Context,
    released: Released,
    names: Sequence[str],
    folder: Path | None,
) -> tuple[list[str], Sequence[LossNote], int]:
    if folder is None:
        raise UsageError(f"{name} is a folder of files", remedy="Name a new one with --to.")
    chosen = folder_exporter(name, context)
    fill(folder, chosen, released.of(kept.holding(one) for one in names))
    return [str(folder)], chosen.losses, ExitCode.OK


def _one_by_one(
    kept: Archive,
    name: str,
    context: Context,
    released: Released,
    names: Sequence[str],
    folder: Path | None,
    by_id: frozenset[str],
) -> tuple[list[str], Sequence[LossNote], int]:
    if folder is None and len(names) != 1:
        raise UsageError("several holdings need a folder", remedy="Name one with --to.")
    chosen = exporter(name, context=context)
    written: list[str] = []
    tally = Tally()
    for holding in released.of(_held(kept, names)):
        if folder is None:
            click.echo(chosen.write(holding), nl=False)
            continue
        made: list[bytes] = []
        with tally.item():
            try:
                made.append(chosen.write(holding))
            except SeptelError as fault:
                fault.where = fault.where or holding.id
                raise
        if not made:
            continue
        stem = holding.id if holding.id in by_id else stem_of(holding)
        try:
            written.append(str(write_whole(folder, f"{stem}{chosen.ending}", made[0])))
        except SeptelError as fault:
            # A folder that does not take one file takes no other: it is said once.
            tally.note(fault)
            break
    return written, chosen.losses, tally.exit_code


def _held(kept: Archive, names: Sequence[str]) -> Iterator[Holding]:
    return (kept.holding(one) for one in names)
