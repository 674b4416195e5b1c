"""The record, the references and the conflicts, as pages; long lists come in parts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from septel.archive import Dossier, dossier_of, held_document
from septel.record import IssueVocabulary, findings
from septel.room.citations import cited_rows, ghost_rows, ghost_table
from septel.room.conflicts import contest_rows
from septel.room.record import MOST, record_values
from septel.room.site import ReadingRoom
from septel.telegram import parse

AT_ONCE = 50
"""Rows of a list on one page."""


class RecordPages:
    """What the archive's telegrams say together."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def conflicts(self, request: Request) -> Response:
        """Decisions that do not simply stand."""
        archive = self.site.archive
        return self.site.page(
            request, "conflicts.html", rows=contest_rows(archive, archive.contests(settled=True))
        )

    def record(self, request: Request) -> Response:
        """The record of the archive, or of what a query means."""
        query = request.query_params.get("q", "").strip()[:500]
        archive = self.site.archive
        names = list(archive.select(query)) if query else [str(row["id"]) for row in archive.holdings()]
        dossier = dossier_of(archive, names[:MOST])
        issue = request.query_params.get("issue", "")
        return self.site.page(
            request,
            "record.html",
            over=len(names) > MOST,
            asked=query,
            chosen=issue,
            meeting_window=_window(request, "meetings", len(dossier.meetings)),
            open_window=_window(request, "open", len(dossier.open_points)),
            **record_values(dossier),
        )

    def statements(self, request: Request) -> Response:
        """The record of one telegram, and what it contradicts of itself."""
        holding = self.site.held(request)
        document = held_document(self.site.archive, holding.id)
        dossier = Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())
        reading = holding.reading
        checks = [
            (one.what, holding.source.line_at(one.locus.span.start) if one.locus else None)
            for one in findings(parse(reading), reading)
        ]
        return self.site.page(
            request,
            "statements.html",
            holding=holding,
            checks=checks,
            seen=len(document.log.entries),
            **record_values(dossier),
        )

    def requests(self, request: Request) -> Response:
        """What is cited and not held."""
        rows = ghost_rows(self.site.archive)
        window = _window(request, "at", len(rows))
        return self.site.page(
            request, "requests.html", rows=rows[window[0] : window[1]], total=len(rows), window=window
        )

    def request_table(self, request: Request) -> Response:  # noqa: ARG002  (Starlette gives it)
        """The same as CSV."""
        name = 'attachment; filename="requests.csv"'
        return Response(
            ghost_table(self.site.archive), media_type="text/csv", headers={"Content-Disposition": name}
        )

    def references(self, request: Request) -> Response:
        """What a telegram cites, and what cites it."""
        holding = self.site.held(request)
        cites, cited = cited_rows(self.site.archive, holding.id)
        return self.site.page(request, "references.html", holding=holding, cites=cites, cited=cited)


def _window(request: Request, name: str, count: int) -> tuple[int, int]:
    """The first and last row of a list that are shown."""
    text = request.query_params.get(name, "")
    first = int(text) if text.isdecimal() and len(text) < 9 else 0
    first = min(first, max(count - 1, 0)) // AT_ONCE * AT_ONCE
    return first, min(first + AT_ONCE, count)
