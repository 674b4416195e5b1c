"""`septel table`: holdings, references or statements for a spreadsheet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from septel.archive import Archive, citation_graph
from septel.cli.shared.reader import note_export, reader_option, served
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, json_option, print_json, progress
from septel.cli.shared.write import write_whole
from septel.errors import ExitCode, UsageError
from septel.export import ENDINGS, SheetRow, written

HOLDINGS = (
    *("id", "title", "number", "post", "date", "subject", "classification", "file", "added"),
    *("repository", "collection", "box", "folder", "call", "tags", "notes", "corrected", "doubtful"),
)
REFERENCES = (
    *("citing", "citing title", "page", "line", "paragraph", "words", "normal form", "kind"),
    *("standing", "cited", "cited title", "why", "locus"),
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
        columns, rows = _TABLES[what](kept, ids)
        content = written(columns, rows, form, name=what)
        note_export(kept, f"table {what}", ids, reader=reader, to=folder)
    if folder is None:
        click.echo(content, nl=False)
        return ExitCode.OK
    path = write_whole(folder, f"{what}{ENDINGS[form]}", content)
    if as_json:
        print_json({"written": str(path)})
    else:
        click.echo(f"wrote {path}")
    return ExitCode.OK


def _holdings(kept: Archive, ids: Sequence[str]) -> tuple[Sequence[str], Iterator[SheetRow]]:
    wanted = set(ids)
    doubted = kept.contents.doubted(ids)

    def rows() -> Iterator[SheetRow]:
        for one in kept.listed():
            if one.id in wanted:
                f, shelf = one.fields, one.shelf
                yield (
                    *(one.id, f["title"], f["identifier"], f["post"], f["dtg"], f["subject"]),
                    *(f["classification"], f["name"], f["added"]),
                    *(shelf.get(name) for name in ("repository", "collection", "box", "folder", "call")),
                    *("; ".join(one.tags), one.notes, "; ".join(one.corrected)),
                    "; ".join(sorted(doubted.get(one.id, frozenset()) - set(one.corrected))),
                )

    return HOLDINGS, rows()


def _references(kept: Archive, ids: Sequence[str]) -> tuple[Sequence[str], Iterator[SheetRow]]:
    graph = citation_graph(kept)
    titles = {one.id: str(one.fields["title"]) for one in kept.listed()}

    def rows() -> Iterator[SheetRow]:
        for holding in ids:
            source = kept.source(holding)
            for found in graph.cites(holding):
                ref, meaning = found.reference, found.meaning
                start = ref.locus.span.start
                cited = meaning.targets or ((str(meaning.wanted),) if meaning.wanted else ())
                yield (
                    *(holding, titles.get(holding), source.page_at(start), source.line_at(start)),
                    *(ref.paragraph, ref.raw, ref.normal, ref.kind.value, meaning.standing.value),
                    *("; ".join(cited), "; ".join(titles.get(one, "") for one in meaning.targets)),
                    *(meaning.why, str(ref.locus)),
                )

    return REFERENCES, rows()


def _statements(kept: Archive, ids: Sequence[str]) -> tuple[Sequence[str], Iterator[SheetRow]]:
    from septel.archive import dossier_of
    from septel.export.record import TABLES

    columns, rows = TABLES["statements"]
    return columns, iter(rows(dossier_of(kept, ids)))


_TABLES: dict[str, Callable[[Archive, Sequence[str]], tuple[Sequence[str], Iterator[SheetRow]]]] = {
    "holdings": _holdings,
    "references": _references,
    "statements": _statements,
}
