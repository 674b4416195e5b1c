"""The views over an archive's record: statements, matrix, open points, the queue, a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path

import click
from rich.text import Text

from septel.archive import Archive, Dossier, dossier_of
from septel.cli.record.display import (
    Command,
    knowledge,
    knowledge_options,
    output_options,
    reviewed_by,
    show_document,
    statement_line,
    told,
    write_all,
)
from septel.cli.shared.dates import date_shown
from septel.cli.shared.reader import note_export, reader_option, served
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import (
    archive_option,
    console,
    json_option,
    print_json,
    print_json_list,
    print_pieces,
    progress,
)
from septel.errors import ExitCode, UsageError
from septel.export.record import record_json, table
from septel.record import NO_ISSUE, IssueVocabulary, Rosters
from septel.text import DOUBT

PAGE = 100
"""So many documents of all are shown on a terminal."""
_DOCUMENTS = 20
"""So many records are read at a time: each is made when it is asked for first."""
until_option = click.option("--until", help="Leave out documents after this date (1969-12-31).")


def gathered(
    archive: Path,
    holdings: Sequence[str],
    until: str | None,
    roster: Path | None,
    vocabulary: Path | None,
    where: str | None = None,
    reader: str | None = None,
    *,
    exported: Path | None = None,
) -> Dossier:
    """The records of an archive's holdings: those named, those that a query means, or all."""
    rosters, issues = _own_knowledge(roster, vocabulary)
    with served(archive, reader) as kept, progress("Reading the record"):
        names = selected(kept, holdings, where, by_default=True)
        made = dossier_of(kept, names, rosters=rosters, vocabulary=issues, until=until)
        if exported is not None:
            note_export(kept, "record report", names, reader=reader, to=exported)
        return made


def _own_knowledge(
    roster: Path | None, vocabulary: Path | None
) -> tuple[Rosters | None, IssueVocabulary | None]:
    """Tables of one's own with the shipped ones; None without any: records that are kept count then."""
    return knowledge(roster, vocabulary) if roster or vocabulary else (None, None)


def printed(dossier: Dossier, name: str, *, as_csv: bool, as_json: bool, part: str) -> bool:
    """Print a table as CSV, or a part of the JSON; False when people are to read it."""
    if as_csv and as_json:
        raise UsageError("--csv and --json exclude each other", remedy="Choose one.")
    if as_csv:
        click.echo(table(dossier, name).decode(), nl=False)
    if as_json:
        print_json(record_json(dossier).model_dump(mode="json")[part])
    return as_csv or as_json


def view(of: str, part: str) -> Callable[[Callable[[Dossier], None]], Command]:
    """Make a function that prints a dossier for people a view over an archive, with all that views take.

    Args:
        of: the table that `--csv` prints.
        part: the part of the record's JSON that `--json` prints.
    """

    def made(shown: Callable[[Dossier], None]) -> Command:
        @wraps(shown)
        def command(
            holdings: Sequence[str],
            where: str | None,
            archive: Path,
            reader: str | None,
            until: str | None,
            roster: Path | None,
            vocabulary: Path | None,
            as_csv: bool,
            as_json: bool,
        ) -> int:
            dossier = gathered(archive, holdings, until, roster, vocabulary, where, reader)
            if not printed(dossier, of, as_csv=as_csv, as_json=as_json, part=part):
                shown(dossier)
            return ExitCode.OK

        named = click.argument("holdings", nargs=-1)
        return named(
            where_option(
                archive_option(reader_option(until_option(knowledge_options(output_options(command)))))
            )
        )

    return made


@click.command("statements", epilog="Example: septel record statements 'HELSINKI 1321' --csv")
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@reader_option
@until_option
@click.option("--all", "whole", is_flag=True, help="All documents, on a terminal too.")
@knowledge_options
@output_options
def statements(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    reader: str | None,
    until: str | None,
    whole: bool,
    roster: Path | None,
    vocabulary: Path | None,
    as_csv: bool,
    as_json: bool,
) -> int:
    """Print the record of HOLDINGS document by document, as reviewed; of all when none is named.

    On a terminal the first 100 documents of all are shown; into a pipe or a file, with --all, as CSV or JSON
    all of them.
    """
    if as_csv and as_json:
        raise UsageError("--csv and --json exclude each other", remedy="Choose one.")
    rosters, issues = _own_knowledge(roster, vocabulary)
    page = not (holdings or where or whole or as_csv or as_json) and sys.stdout.isatty()
    with served(archive, reader) as kept:
        names = selected(kept, holdings, where, by_default=True)
        shown = names[:PAGE] if page else names
        dossiers = _some_at_a_time(kept, shown, rosters, issues, until)
        if as_csv:
            print_pieces(_statement_table(dossiers))
        elif as_json:
            print_json_list(
                one
                for dossier in dossiers
                for one in record_json(dossier).model_dump(mode="json")["documents"]
            )
        else:
            screen = console()
            for dossier in dossiers:
                for document in dossier.documents:
                    show_document(screen, dossier, document)
    if len(shown) < len(names):
        click.echo(f"… and {len(names) - len(shown)} documents more; --all shows them, --where fewer.")
    return ExitCode.OK


def _some_at_a_time(
    kept: Archive,
    names: Sequence[str],
    rosters: Rosters | None,
    issues: IssueVocabulary | None,
    until: str | None,
) -> Iterator[Dossier]:
    """Dossiers of few documents each: what is said in one is shown without a look at the others."""
    for at in range(0, len(names), _DOCUMENTS):
        lot = names[at : at + _DOCUMENTS]
        yield dossier_of(kept, lot, rosters=rosters, vocabulary=issues, until=until)


def _statement_table(dossiers: Iterator[Dossier]) -> Iterator[bytes]:
    """The table of statements; its first row names the columns, once."""
    for number, dossier in enumerate(dossiers):
        head, _, rows = table(dossier, "statements").partition(b"\r\n")
        yield rows if number else head + b"\r\n" + rows


@click.command("matrix", epilog="Example: septel record matrix --until 1969-12-31 --csv >matrix.csv")
@view("positions", "positions")
def matrix(dossier: Dossier) -> None:
    """Print what each side holds on each issue, document by document: issue by side by time.

    A cell names the stance of the chief statement, a whole sentence about the issue where there is one, and
    its words; it is made anew each time and never stored. What is said where no issue is stated comes last.
    """
    screen = console()
    issue = ""
    for cell in sorted(dossier.positions, key=lambda c: (c.issue == NO_ISSUE, c.issue, c.date or "", c.side)):
        if cell.issue != issue:
            screen.print(Text(dossier.label(cell.issue), style="bold"))
        issue = cell.issue
        chief = cell.chief.excerpt
        place = f"{dossier.title(chief.locus.source_id)}, line {chief.line}"
        day = f"{date_shown(cell.date)}{DOUBT if cell.date_doubtful else ''}"
        screen.print(
            f"  {day or 'no date':11} {cell.side:8} {cell.stance.value:9} "
            f"{len(cell.statements):>3}  "
            f"{dossier.marked(chief)}  ({place})"
        )
    left, all_said = dossier.sideless
    if left:
        screen.print(f"{left} of {all_said} statements are in no row: on which side they are is not known.")
    elif not dossier.positions:
        screen.print("No statement touches an issue of the vocabulary.")


@click.command("open", epilog="Example: septel record open --archive salt")
@view("open", "open_points")
def open_(dossier: Dossier) -> None:
    """Print questions and proposals, and whether they were answered or accepted, with the lines."""
    screen = console()
    for point in dossier.open_points:
        screen.print(Text(f"{point.what}: {point.state.value}", style="bold"))
        for statement in point.statements:
            screen.print(statement_line(dossier, statement, whole=True))
    if not dossier.open_points:
        screen.print("Nothing was asked or proposed.")


@click.command("queue", epilog="Example: septel record queue --archive salt")
@view("suggestions", "suggestions")
def queue(dossier: Dossier) -> None:
    """Print pairs of statements that may show movement, concession or contradiction, for a person to judge.

    They are suggestions of rules, not findings; `septel record judge` says what a person makes of one.
    """
    screen = console()
    for one in dossier.queue:
        s = one.suggestion
        judged = reviewed_by(one.standing) or "waits for a person"
        screen.print(Text(f"may be a {s.kind.value} ({s.why}); {judged}", style="bold"))
        for statement in (s.earlier, s.later):
            screen.print(statement_line(dossier, statement))
    if not dossier.queue:
        screen.print("Nothing to compare.")


@click.command("report", epilog="Example: septel record report --archive salt --to out")
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@reader_option
@until_option
@knowledge_options
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write into.",
)
@click.option("--documents", is_flag=True, help="Let the report hold every line of the documents.")
@json_option
def report_(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    reader: str | None,
    until: str | None,
    roster: Path | None,
    vocabulary: Path | None,
    folder: Path,
    documents: bool,
    as_json: bool,
) -> int:
    """Write record.json, the tables as CSV, plots, and report.html for printing; of HOLDINGS, or of all."""
    dossier = gathered(archive, holdings, until, roster, vocabulary, where, reader, exported=folder)
    told(write_all(dossier, folder, documents=documents), as_json=as_json)
    return ExitCode.OK
