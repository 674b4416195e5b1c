"""What is done with telegrams that were ticked in a list: tagged, cited, exported, reported, moved."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Archive, dossier_of
from septel.errors import SeptelError
from septel.export import exporter
from septel.export.cite import cite, cited_of
from septel.export.record import report
from septel.room.access import own_path
from septel.room.site import ReadingRoom, field

SHELF = ("repository", "collection", "box", "folder", "call")
"""Where a paper lies, in the fields of its heading."""
MOST_EXPORTED, MOST_REPORTED = 200, 60
"""Telegrams that are written at once; more are for `septel export` and `septel record report`."""


class SelectionPages:
    """What is done with ticked telegrams."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def tag(self, request: Request, form: FormData) -> Response:
        """Tag the ticked telegrams."""
        ids = _ticked(self.site.archive, form)
        by = self.site.visitor(request).name
        try:
            with self.site.archive.together():
                for one in ids:
                    self.site.archive.curation.tag(one, field(form, "tag", most=80), by=by)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        return RedirectResponse(own_path(form.get("next"), "/"), 303)

    def move(self, request: Request, form: FormData) -> Response:
        """Say where the ticked papers lie, in box, folder and so on; empty fields change nothing."""
        ids = _ticked(self.site.archive, form)
        by = self.site.visitor(request).name
        places = {name: field(form, name, most=200).strip() for name in SHELF}
        if not any(places.values()):
            raise HTTPException(400, "No place was named.")
        try:
            with self.site.archive.together():
                for one in ids:
                    for name, value in places.items():
                        if value:
                            self.site.archive.curation.correct(one, name, value, by=by)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        return RedirectResponse(own_path(form.get("next"), "/"), 303)

    def cite_selection(self, request: Request) -> Response:
        """Citations of the ticked telegrams."""
        form = request.query_params.get("as", "note")
        ids = [one for one in request.query_params.getlist("tick")[:500] if self.site.archive.holds(one)]
        if not ids:
            raise HTTPException(400, "Nothing is ticked.")
        try:
            text = cite([cited_of(self.site.archive.holding(one)) for one in ids], form)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        kind = "application/json" if form == "csl-json" else "text/plain; charset=utf-8"
        return Response(text, media_type=kind)

    def export_selection(self, request: Request) -> Response:
        """The ticked telegrams in a format, each a file, in one archive of files (zip)."""
        archive = self.site.archive
        ids = _asked(archive, request, MOST_EXPORTED)
        packed = io.BytesIO()
        try:
            chosen = exporter(request.query_params.get("format", ""), originals=archive.objects.find)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
                for one in ids:
                    holding = archive.holding(one)
                    name = (holding.identifier or PurePath(holding.source.name).stem).replace("/", "-")
                    # No time of day: when papers were asked for is told to nobody.
                    entry = zipfile.ZipInfo(f"{name} {one}{chosen.ending}")
                    entry.external_attr = 0o644 << 16
                    into.writestr(entry, chosen.write(holding), zipfile.ZIP_DEFLATED)
        except SeptelError as why:
            raise HTTPException(400, self.site.readership.fault_told(request, why)) from why
        named = {"Content-Disposition": 'attachment; filename="septel.zip"'}
        return Response(packed.getvalue(), media_type="application/zip", headers=named)

    def report_selection(self, request: Request) -> Response:
        """The record of the ticked telegrams as a report to print."""
        ids = _asked(self.site.archive, request, MOST_REPORTED)
        made = report(dossier_of(self.site.archive, ids), documents=False)
        named = {"Content-Disposition": 'attachment; filename="septel-record.html"'}
        return Response(made, media_type="text/html; charset=utf-8", headers=named)


def _asked(archive: Archive, request: Request, most: int) -> list[str]:
    ids = [one for one in dict.fromkeys(request.query_params.getlist("tick")) if archive.holds(one)]
    if not ids or len(ids) > most:
        raise HTTPException(400, f"More than {most} are ticked." if ids else "Nothing is ticked.")
    return ids


def _ticked(archive: Archive, form: FormData) -> list[str]:
    ids = [one for one in form.getlist("tick") if isinstance(one, str) and archive.holds(one)]
    if not ids:
        raise HTTPException(400, "Nothing is ticked.")
    return ids
