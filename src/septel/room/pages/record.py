"""The record, the references and the conflicts, as pages; long lists come in parts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from septel.archive import Dossier, held_document
from septel.export.record import origin_of
from septel.record import Act, IssueVocabulary
from septel.room.citations import cited_rows, ghost_rows, ghost_table
from septel.room.conflicts import contest_rows
from septel.room.negotiation import address
from septel.room.outline import findings_of
from septel.room.pages.review import sides_of
from septel.room.site import ReadingRoom, window_of


class RecordPages:
    """What the archive's telegrams say together."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def conflicts(self, request: Request) -> Response:
        """Decisions that do not simply stand."""
        archive = self.site.archive
        fields = archive.curation.disputes()
        return self.site.page(
            request,
            "conflicts.html",
            rows=contest_rows(archive, archive.contests(settled=True)),
            fields=fields,
            names={one.holding: archive.source(one.holding).name for one in fields},
        )

    def statements(self, request: Request) -> Response:
        """The record of one telegram, and what it contradicts of itself."""
        holding = self.site.held(request)
        document = held_document(self.site.archive, holding.id)
        dossier = Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())
        return self.site.page(
            request,
            "statements.html",
            holding=holding,
            checks=findings_of(holding),
            acts=[one.value for one in Act],
            sides=sides_of(dossier),
            seen=len(document.log.entries),
            dossier=dossier,
            address=address,
            origin=lambda said: origin_of(said, dossier.standing(said)),
        )

    def requests(self, request: Request) -> Response:
        """What is cited and not held."""
        rows = ghost_rows(self.site.archive)
        name = request.query_params.get("name", "")[:200]
        rows = [row for row in rows if row.name == name] if name else rows
        window = window_of(request, "at", len(rows))
        return self.site.page(
            request,
            "requests.html",
            rows=rows[window[0] : window[1]],
            total=len(rows),
            window=window,
            name=name,
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
