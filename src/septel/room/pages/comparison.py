"""Texts beside each other: two collated, the copies and sections of one message, and who cites whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from septel.errors import NotHeld
from septel.export.record import reference_plot
from septel.room.citations import reference_map
from septel.room.pages.negotiation import drawn
from septel.room.parallel import parallel_rows, text_of, variants_of
from septel.room.site import ReadingRoom, window_of
from septel.telegram.assembly import Assembly, assemble
from septel.witness import collate

MOST_WORDS = 60_000
"""Of two texts together; longer ones are for `septel collate`."""
ROWS_AT_ONCE = 300
MOST_COPIES = 8


class ComparisonPages:
    """Texts beside each other."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def collation(self, request: Request) -> Response:
        """Two texts side by side."""
        names = [request.query_params.get(name, "").strip()[:200] for name in ("first", "second")]
        whole = request.query_params.get("show") != "differences"
        values: dict[str, Any] = {"names": names, "whole": whole, "fault": "", "ids": ["", ""], "rows": ()}
        if all(names):
            try:
                values |= self._collated(request, names, whole)
            except NotHeld as why:
                values["fault"] = self.site.readership.fault_told(request, why)
        return self.site.page(request, "collation.html", **values)

    def _collated(self, request: Request, names: list[str], whole: bool) -> dict[str, Any]:
        archive = self.site.archive
        ids = [self.site.named(name) for name in names]
        first, second = (text_of(archive, one) for one in ids)
        if len(first.text.split()) + len(second.text.split()) > MOST_WORDS:
            fault = f"Together they have more than {MOST_WORDS} words: `septel collate` compares them."
            return {"ids": ids, "fault": fault}
        found = collate(first, second)
        rows = parallel_rows(found, whole=whole)
        window = window_of(request, "at", len(rows), ROWS_AT_ONCE)
        kinds: dict[str, int] = {}
        for change in found.changes:
            kinds[change.kind.value] = kinds.get(change.kind.value, 0) + 1
        return {
            "ids": ids,
            "found": found,
            "titles": [first.name, second.name],
            "rows": rows[window[0] : window[1]],
            "total": len(rows),
            "window": window,
            "size": ROWS_AT_ONCE,
            "kinds": kinds,
        }

    def copies(self, request: Request) -> Response:
        """The copies of a telegram with an apparatus of their variants, and its sections."""
        site, holding = self.site, self.site.held(request)
        archive = site.archive
        copies = archive.contents.copies(holding.id)[:MOST_COPIES]
        signs = {one: chr(ord("A") + n) for n, (one, _) in enumerate(copies, 1)}
        texts = [replace(text_of(archive, one), name=signs[one]) for one, _ in copies]
        rows = variants_of(text_of(archive, holding.id), texts) if texts else []
        window = window_of(request, "at", len(rows), 200)
        return site.page(
            request,
            "copies.html",
            holding=holding,
            copies=[(signs[one], one, archive.reading(one)[0], share) for one, share in copies],
            by_sign={sign: one for one, sign in signs.items()},
            rows=rows[window[0] : window[1]],
            total=len(rows),
            window=window,
            assembly=self._assembled(holding.id, holding.identifier),
        )

    def _assembled(self, holding: str, identifier: str | None) -> Assembly | None:
        """The message put together from everything that bears its number; None where that is one document."""
        archive = self.site.archive
        ids = archive.contents.known_as(identifier) if identifier else ()
        if holding not in ids or not 1 < len(ids) <= 40:
            return None
        found = assemble([archive.reading(one)[1] for one in ids])
        return next((one for one in found if any(w.source_id == holding for w in one.witnesses)), None)

    def graph(self, request: Request) -> Response:
        """Who cites whom, ghosts too, as a plot and as a list."""
        of, steps = self._around(request)
        nodes, edges, left = reference_map(self.site.archive, of=of, steps=steps)
        names = {one.id: one for one in nodes}
        svg = reference_plot(nodes, edges)
        return self.site.page(
            request,
            "graph.html",
            of=of,
            title=self.site.archive.reading(of)[0] if of else "",
            steps=steps,
            plot=Markup(svg.replace('role="img"', 'role="group"', 1)),
            rows=[(names[one], names[other]) for one, other in edges],
            left=left,
            ghosts=sum(not one.held for one in nodes),
            count=len(nodes),
        )

    def graph_drawing(self, request: Request) -> Response:
        """The plot by itself."""
        of, steps = self._around(request)
        nodes, edges, _ = reference_map(self.site.archive, of=of, steps=steps)
        return drawn(reference_plot(nodes, edges), request.path_params["form"], "septel-references")

    def _around(self, request: Request) -> tuple[str, int]:
        name = request.query_params.get("of", "").strip()[:200]
        steps = 1 if request.query_params.get("steps") == "1" else 2
        if not name:
            return "", steps
        try:
            return self.site.named(name), steps
        except NotHeld as why:
            raise HTTPException(404, self.site.readership.fault_told(request, why)) from why
