"""`septel table`: holdings, references or statements for a spreadsheet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from septel.archive import Archive, stored_citations
from septel.archive.acts import oldest_first
from septel.archive.model import shown_reference
from septel.cli.shared.reader import note_export, reader_option, served
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, json_option, print_json, print_pieces, progress
from septel.cli.shared.write import write_whole
from septel.errors import ExitCode, UsageError
from septel.export import ENDINGS, SheetRow, csv_pieces, written

if TYPE_CHECKING:
    from septel.archive import Holding
    from septel.citations import Citation

_LOT = 200
_DOCUMENTS = 20
"""So many records are read at a time: each is made when it is asked for first."""
HOLDINGS = (
    *("id", "title", "number", "post", "date", "subject", "classification", "file", "added"),
    *("repository", "collection", "box", "folder", "call", "tags", "notes", "corrected", "doubtful"),
)
REFERENCES = (
    *("citing", "citing title", "page", "line", "paragraph", "words", "normal form", "kind"),
    *("standing", "cited", "cited title", "why", "locus", "marked"),
)


@click.command(
    "table",
    epilog="""
\b
Examples:
  septel table holdings --as xlsx --to out             out/holdings.xlsx
  septel table references --where 'post:"la paz"' >references.csv
  septel table statements 'HELSINKI 1321' --as xlsx --to out
""",
)
@click.argument("what", type=click.Choice(("holdings", "references", "statements")))
@click.argument("names", nargs=-1, metavar="[HOLDING]...")
@where_option
@archive_option
@reader_option
@click.option("--as", "form", type=click.Choice(tuple(ENDINGS)), default="csv", show_default=True)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="A folder to write into."
)
@json_option
def table_(
    what: str,
    names: Sequence[str],
    where: str | None,
    archive: Path,
    reader: str | None,
    form: str,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write WHAT (holdings, references or statements) of HOLDINGS, or of all, a line each, as CSV or XLSX."""
    if folder is None and form == "xlsx" and sys.stdout.isatty():
        raise UsageError("a workbook is no text for a terminal", remedy="Name a folder with --to.")
    with served(archive, reader) as kept, progress(f"Gathering {what}"):
        ids = selected(kept, names, where, by_default=True)
        columns, rows = _TABLES[what](kept, ids, everything=not names and where is None)
        note_export(kept, f"table {what}", ids, reader=reader, to=folder)
        content = csv_pieces(columns, rows) if form == "csv" else [written(columns, rows, form, name=what)]
        if folder is None:
            print_pieces(content)
            return ExitCode.OK
        path = write_whole(folder, f"{what}{ENDINGS[form]}", content)
    if as_json:
        print_json({"written": str(path)})
    else:
        click.echo(f"wrote {path}")
    return ExitCode.OK


def _holdings(
    kept: Archive, ids: Sequence[str], *, everything: bool
) -> tuple[Sequence[str], Iterator[SheetRow]]:
    def rows() -> Iterator[SheetRow]:
        # As lists sort them, whatever sorted what was asked for.
        found = kept.each_listed() if everything else iter(oldest_first(kept.contents.of(ids)))
        while lot := list(islice(found, _LOT)):
            doubted = kept.contents.doubted(lot)
            for one in lot:
                f, shelf = one.fields, one.shelf
                yield (
                    *(one.id, f["title"], f["identifier"], f["post"], f["dtg"], f["subject"]),
                    *(f["classification"], f["name"], f["added"]),
                    *(shelf.get(name) for name in ("repository", "collection", "box", "folder", "call")),
                    *("; ".join(one.tags), one.notes, "; ".join(one.corrected)),
                    "; ".join(sorted(doubted.get(one.id, ()))),
                )

    return HOLDINGS, rows()


def _references(
    kept: Archive, ids: Sequence[str], *, everything: bool
) -> tuple[Sequence[str], Iterator[SheetRow]]:
    del everything

    def rows() -> Iterator[SheetRow]:
        citations = stored_citations(kept)
        for at in range(0, len(ids), _LOT):
            found = dict(citations.cited_in(ids[at : at + _LOT]))
            named = {one for own in found.values() for each in own for one in each.meaning.targets}
            titles = kept.contents.titles({*found, *named})
            for holding, own in found.items():
                held = kept.holding(holding) if own else None
                for one in own:
                    yield _reference_row(one, held, titles)

    return REFERENCES, rows()


def _reference_row(found: Citation, held: Holding | None, titles: Mapping[str, str]) -> SheetRow:
    assert held is not None
    source = held.source
    ref, meaning = found.reference, found.meaning
    start = ref.locus.span.start
    cited = meaning.targets or ((str(meaning.wanted),) if meaning.wanted else ())
    return (
        *(found.citing, titles.get(found.citing), source.page_at(start), source.line_at(start)),
        *(ref.paragraph, ref.raw, ref.normal, ref.kind.value, meaning.standing.value),
        *("; ".join(cited), "; ".join(titles.get(one, "") for one in meaning.targets)),
        *(meaning.why, str(ref.locus), shown_reference(held, ref.raw, ref.locus.span)),
    )


def _statements(
    kept: Archive, ids: Sequence[str], *, everything: bool
) -> tuple[Sequence[str], Iterator[SheetRow]]:
    from septel.archive import dossier_of
    from septel.export.record import TABLES

    del everything
    columns, rows = TABLES["statements"]
    # Each row is of one document alone, so that some may be read at a time.
    lots = (ids[at : at + _DOCUMENTS] for at in range(0, len(ids), _DOCUMENTS))
    return columns, (row for lot in lots for row in rows(dossier_of(kept, lot)))


_TABLES: dict[str, Callable[..., tuple[Sequence[str], Iterator[SheetRow]]]] = {
    "holdings": _holdings,
    "references": _references,
    "statements": _statements,
}
