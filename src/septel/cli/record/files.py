"""`septel record FILES`: the record of files, which nothing stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from septel import capture
from septel.archive import Dossier, DossierDocument, document_of
from septel.capture import EnginePool, Limits
from septel.cli.record.display import (
    knowledge,
    knowledge_options,
    output_options,
    show_document,
    told,
    write_all,
)
from septel.cli.shared.terminal import Tally, console, paths_of, print_json, progress
from septel.export.record import TABLES, record_json, table
from septel.papers import TITLES, PaperKind, papers_in, read_paper
from septel.pipeline import reading_of
from septel.restore import Restorer


@click.command("files", hidden=True)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@knowledge_options
@click.option("--as-is", is_flag=True, help="Read the text as it stands, without restoring it first.")
@click.option(
    "--table",
    "name",
    type=click.Choice(sorted(TABLES)),
    default="statements",
    show_default=True,
    help="Which table --csv prints.",
)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write everything into a folder."
)
@click.option("--documents", is_flag=True, help="With --to: let the report hold every line of the documents.")
@output_options
def of_files(
    files: Sequence[str],
    roster: Path | None,
    vocabulary: Path | None,
    as_is: bool,
    name: str,
    folder: Path | None,
    documents: bool,
    as_csv: bool,
    as_json: bool,
) -> int:
    """Print the record of FILES, or with --to write JSON, tables and a report.

    Nothing is stored; `septel read` stores, and `septel record statements` shows what is stored.
    """
    rosters, issues = knowledge(roster, vocabulary)
    restorer = None if as_is else Restorer.load()
    tally = Tally()
    found: list[DossierDocument] = []
    with EnginePool(Limits()) as pool:
        for path in paths_of(files):
            with tally.item(), progress(f"Recording {path.name}") as step:
                for paper in papers_in(path, partial(capture.read, pool=pool), on_fault=tally.note):
                    captured = paper.part.capture
                    reading = reading_of(captured, restorer, progress=step)
                    telegram, _ = read_paper(reading, paper.described, captured)
                    made = document_of(reading, telegram, rosters=rosters, vocabulary=issues)
                    found.append(_by_its_paper(made, paper.described))
    dossier = Dossier(documents=found, vocabulary=issues)
    if folder:
        told(write_all(dossier, folder, documents=documents), as_json=as_json)
    elif as_json:
        print_json(record_json(dossier).model_dump(mode="json"))
    elif as_csv:
        click.echo(table(dossier, name).decode(), nl=False)
    else:
        screen = console()
        for document in found:
            show_document(screen, dossier, document)
    return tally.exit_code


def _by_its_paper(document: DossierDocument, described: Mapping[str, Any] | None) -> DossierDocument:
    """A page of a memorandum or letter without its head is read as telegrams are, and is none."""
    record = document.reviewed.record
    kind = PaperKind(described["kind"]) if described else None
    if kind is None or kind.is_telegram or record.kind != "telegram":
        return document
    named = replace(record, kind=TITLES[kind].lower())
    return replace(document, reviewed=replace(document.reviewed, record=named))
