"""A record as a report for screen and paper: one HTML file, no scripts, nothing loaded from elsewhere.

The documents' lines stand at its end, as read, so that every row links to the line that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from septel import __version__
from septel.archive import Dossier, DossierDocument
from septel.export.record.plots import dates, heat_map, timeline
from septel.export.record.tables import dated
from septel.record import NO_ISSUE, Cell, Excerpt, Statement
from septel.record.review import ReviewStanding, Status, agreement
from septel.text import marked, shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOrigin:
    """Whose a row is: a rule's, or a person's, and whether a person has looked at it."""

    mark: str
    note: str
    person: bool
    disputed: bool = False


def report(dossier: Dossier, *, documents: bool = True) -> bytes:
    """The report as HTML.

    Args:
        dossier: what it shows.
        documents: whether every line of the documents stands at its end; else only lines that a row links to.
    """
    pages = Environment(
        loader=PackageLoader("septel.export"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["shortened"] = shortened
    made = pages.get_template("record.html").render(**_values(dossier, documents))
    return made.encode()


def address(excerpt: Excerpt) -> str:
    """Where in the report the line stands that shows something."""
    return f"#{excerpt.locus.source_id}-l{excerpt.line}"


def origin_of(statement: Statement, standing: ReviewStanding) -> RowOrigin:
    """Whose a statement is."""
    if standing.status is Status.PROPOSED:
        return RowOrigin(mark="rule", note=statement.rule, person=False)
    note = f"{standing.by}{f': {standing.reason}' if standing.reason else ''}"
    return RowOrigin(mark=standing.status.value, note=note, person=True, disputed=standing.disputed)


def _values(dossier: Dossier, whole: bool) -> dict[str, Any]:
    documents = dossier.documents
    linked: set[str] = set()

    def linking(excerpt: Excerpt) -> str:
        linked.add(address(excerpt)[1:])
        return address(excerpt)

    statements = [s for record in dossier.records for s in record.statements]
    return {
        "dossier": dossier,
        "words": dossier.marked,
        "dated": dated,
        "version": __version__,
        "address": linking,
        "whole": whole,
        "groups": _groups(dossier),
        "is_shown": lambda document, number: whole or f"{document.id}-l{number}" in linked,
        "has_lines": lambda document: whole or any(one.startswith(f"{document.id}-l") for one in linked),
        "origin": lambda s: origin_of(s, dossier.standing(s)),
        "timeline": Markup(timeline(dossier, linking)),  # made here, and escaped there
        "heat_map": Markup(heat_map(dossier, linking)),
        "span": dates(dossier.meetings),
        "statements": statements,
        "states": Counter(dossier.standing(s).status.value for s in statements),
        "issues": _by_issue(dossier),
        "texts": dossier.texts,
        "agreement": agreement(d.log for d in documents),
        "lines": _lines,
        "waiting": [q for q in dossier.queue if q.standing.status is Status.PROPOSED],
        "judged": [q for q in dossier.queue if q.standing.status is not Status.PROPOSED],
        "rejected": [
            (document, item)
            for document in documents
            for item in document.reviewed.items
            if item.standing.status is Status.REJECTED
        ],
        "lost": [(document, *lost) for document in documents for lost in document.reviewed.lost],
    }


def _groups(dossier: Dossier) -> list[tuple[str, str, list[Statement]]]:
    """The statements by meeting; those of documents that report none, by issue: heading, date, statements."""
    meetings = {m.id: m for m in dossier.meetings}
    found: dict[str, tuple[str, str, list[Statement]]] = {}
    for record in dossier.records:
        for statement in record.statements:
            meeting = meetings.get(statement.meeting or "")
            issue = next(iter(statement.issue_ids), "")
            if meeting is not None:
                key, label = (
                    f"m{meeting.id}",
                    f"{meeting.kind.value}{f', {dossier.place(meeting)}' if meeting.place else ''}",
                )
            else:
                key, label = f"i{issue}", dossier.label(issue) if issue else "of no issue"
            date = (meeting.date if meeting is not None else None) or ""
            found.setdefault(key, (label, date, []))[2].append(statement)
    return [
        group
        for _, group in sorted(
            found.items(), key=lambda item: (item[0][0] != "m", item[1][1] or "9", item[1][0])
        )
    ]


def _by_issue(dossier: Dossier) -> list[tuple[str, Sequence[tuple[Cell, Statement]]]]:
    """The cells of the matrix by issue, each with the statement that shows its stance.

    Issues that the same statements touch (codes of one telegram's TAGS) stand together.
    """
    found: dict[str, list[tuple[Cell, Statement]]] = {}
    for cell in dossier.positions:
        found.setdefault(cell.issue, []).append((cell, cell.chief))
    ordered = sorted(
        found.items(),
        key=lambda pair: (pair[0] == NO_ISSUE, -sum(len(c.statements) for c, _ in pair[1]), pair[0]),
    )
    together: dict[tuple[object, ...], tuple[list[str], list[tuple[Cell, Statement]]]] = {}
    for issue, rows in ordered:
        key = tuple((cell.side, cell.date, tuple(s.id for s in cell.statements)) for cell, _ in rows)
        together.setdefault(key, ([], rows))[0].append(dossier.label(issue))
    return [("; ".join(labels), rows) for labels, rows in together.values()]


def _lines(document: DossierDocument) -> Iterator[tuple[int, int | None, str]]:
    """Every line: its number, the page that opens with it or None, and its text as read, doubts marked."""
    source, page = document.source, 0
    for number, line in enumerate(source.lines, start=1):
        now = source.page_at(line.start)
        yield number, now if now != page else None, marked(document.reading, line)
        page = now
