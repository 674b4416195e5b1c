"""A record on the screen and on the disk: lines for people, JSON, tables and a report in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from septel.archive import Dossier, DossierDocument
from septel.cli.shared.dates import date_shown
from septel.cli.shared.terminal import json_option, print_json
from septel.cli.shared.write import write_whole
from septel.errors import InputError
from septel.export.record import TABLES, address, heat_map, record_json, report, table, timeline
from septel.record import Excerpt, IssueVocabulary, Rosters, Statement
from septel.record.review import ReviewStanding, Status
from septel.text import DOUBT

MARKS = {
    Status.PROPOSED: "",
    Status.ACCEPTED: "accepted",
    Status.CORRECTED: "corrected",
    Status.ADDED: "added",
    Status.REJECTED: "rejected",
}


Command = Callable[..., Any]


def knowledge_options(command: Command) -> Command:
    """Rosters and vocabularies of one's own, which go before the shipped ones."""
    for option in (
        click.option(
            "--vocabulary",
            type=click.Path(dir_okay=False, path_type=Path),
            help="A table of issues of your own, beside the shipped one.",
        ),
        click.option(
            "--roster",
            type=click.Path(dir_okay=False, path_type=Path),
            help="A table of delegates of your own, before the shipped one.",
        ),
    ):
        command = option(command)
    return command


def output_options(command: Command) -> Command:
    """How tables are printed, and where they are written."""
    command = click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV.")(command)
    return json_option(command)


def knowledge(roster: Path | None, vocabulary: Path | None) -> tuple[Rosters, IssueVocabulary]:
    """The rosters and the vocabulary, one's own first.

    Raises:
        InputError: a file can't be read.
    """
    try:
        rosters, issues = Rosters.shipped(), IssueVocabulary.shipped()
        if roster:
            rosters = Rosters.read(roster) + rosters
        if vocabulary:
            issues = IssueVocabulary.read(vocabulary) + issues
    except (OSError, UnicodeDecodeError) as why:
        where = str(getattr(why, "filename", "") or roster or vocabulary)
        raise InputError("the table can't be read", where=where, remedy="Give a text file in UTF-8.") from why
    return rosters, issues


def write_all(dossier: Dossier, folder: Path, *, documents: bool = False) -> list[Path]:
    """Write JSON, every table and the report into a folder; each file appears whole or not at all.

    Args:
        dossier: what to write.
        folder: where to.
        documents: let the report hold every line of the documents, not only those that its rows show.
    """
    data = json.dumps(record_json(dossier).model_dump(mode="json"), ensure_ascii=False, indent=1)
    written = [write_whole(folder, "record.json", data.encode() + b"\n")]
    written += [write_whole(folder, f"{name}.csv", table(dossier, name)) for name in TABLES]
    for name, plot in (("meetings.svg", timeline), ("issues.svg", heat_map)):
        drawn = plot(dossier, lambda excerpt: f"report.html{address(excerpt)}")
        if drawn:
            written.append(write_whole(folder, name, drawn.encode()))
    written.append(write_whole(folder, "report.html", report(dossier, documents=documents)))
    return written


def told(written: Sequence[Path], *, as_json: bool) -> None:
    """Say what was written."""
    if as_json:
        print_json([str(path) for path in written])
    else:
        for path in written:
            click.echo(f"wrote {path}")


def show_document(screen: Console, dossier: Dossier, document: DossierDocument) -> None:
    """One document's record for people."""
    found = document.reviewed.record
    screen.rule(document.title, style="dim")
    author = dossier.author(found)
    by = f"by {author}" if author else None
    said = [
        part
        for part in (found.kind, f"{date_shown(found.date)}{DOUBT if found.date_doubtful else ''}", by)
        if part
    ]
    screen.print(", ".join(said))
    for meeting in found.meetings:
        day = f"{'reported ' if meeting.date_of_report else ''}{date_shown(meeting.date)}"
        parts = (
            f"{day}{DOUBT if meeting.date_doubtful else ''}",
            meeting.weekday,
            meeting.time,
            dossier.place(meeting),
        )
        where = ", ".join(part for part in parts if part)
        people = ", ".join(part.person.surname for part in meeting.participants)
        shown = meeting.shown_by
        screen.print(
            f"{meeting.status}: {meeting.kind.value}{f', {where}' if where else ''}"
            f"{f'; with {people}' if people else ''}  [line {shown.line}]  ({shown.locus})"
        )
    for statement in found.statements:
        screen.print(statement_line(dossier, statement))
    for assessment in found.assessments:
        screen.print(_other(dossier, "comment", assessment.excerpt))
    for text in found.texts:
        screen.print(_other(dossier, f"text ({text.kind.value}, {text.state.value})", text.shown_by))
    for claim in found.claims:
        screen.print(_other(dossier, "claim", claim.excerpt))
    for unread in found.unread:
        screen.print(f"{unread.excerpt.line:>5}  not read ({unread.why}): {dossier.marked(unread.excerpt)}")
    if not (found.meetings or found.statements or found.assessments or found.texts or found.claims):
        screen.print("       No meeting, statement or comment was found.")
    for _, opinion in document.reviewed.lost:
        screen.print(f"       lost: an opinion ({opinion.origin}): {opinion.lost}")


def _other(dossier: Dossier, what: str, excerpt: Excerpt) -> str:
    return f"{excerpt.line:>5}  {what}: {dossier.marked(excerpt)}  ({excerpt.locus})"


def statement_line(dossier: Dossier, statement: Statement, *, whole: bool = False) -> Text:
    """A statement on one line: where, who, what act, which issues, the words, how sure, by whom reviewed.

    Args:
        dossier: of which it is.
        statement: which.
        whole: with the words that report it (`HE HOPED THAT`).
    """
    speaker, side = statement.speaker.name, statement.side
    line = Text(f"{statement.excerpt.line:>5}  ")
    line.append(f"{speaker or '?'}", style="bold")
    if side and side != speaker:
        line.append(f" ({side})")
    line.append(f" {statement.act.value}")
    if statement.act_confidence:
        line.append(f" {statement.act_confidence.probability:.2f}", style="dim")
    if statement.issues:
        line.append(f" [{', '.join(statement.issue_ids)}]", style="cyan")
    line.append(f": {dossier.marked(statement.excerpt if whole else statement.content)}")
    marks = [_sure(statement), reviewed_by(dossier.standing(statement)), statement.id]
    line.append(f"  ({'; '.join(mark for mark in marks if mark)})", style="dim")
    return line


def _sure(statement: Statement) -> str:
    return f"{statement.confidence.probability:.2f}" if statement.confidence else ""


def reviewed_by(standing: ReviewStanding) -> str:
    """Who reviewed an object, in a few words; empty when nobody did."""
    if standing.status is Status.PROPOSED:
        return ""
    disputed = ", disputed" if standing.disputed else ""
    return f"{MARKS[standing.status]} by {standing.by}{disputed}"
