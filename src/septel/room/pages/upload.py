"""Bringing files in: dropped or chosen in the browser, read in the background, what became of each told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.errors import NotHeld
from septel.papers import TITLES, PaperKind
from septel.room.facsimile import has_images
from septel.room.site import ReadingRoom, field
from septel.room.uploads import FOLDER, Job, Jobs, MendedFile, PaperStart, rows_of

MOST_FILES = 500
MOST_BYTES = 2 * 10**9
"""Of one upload; how large a file and its pages may be, `read` decides."""
_BLOCK = 1 << 20


class UploadPages:
    """Files brought in."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site
        self.jobs = Jobs(site.main.place, site.main.folder)

    def page(self, request: Request) -> Response:
        """The form, and the jobs."""
        return self.site.page(request, "read.html", jobs=self._jobs(request))

    def state(self, request: Request) -> Response:
        """The jobs alone, for the page to renew."""
        return self.site.page(request, "jobs.html", jobs=self._jobs(request))

    def _jobs(self, request: Request) -> list[Job]:
        """The jobs, for those who see everything: they name what was read."""
        return self.jobs.all() if self.site.visitor(request).sees_all else []

    async def take(self, request: Request) -> Response:
        """Take files, and queue them."""
        gate = self.site.gate
        gate.check_origin(request)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            raise HTTPException(413, "An upload may have 2 GB. Bring the files in with `septel read`.")
        visitor = await run_in_threadpool(self.site.visitor, request)
        if not visitor.may_change:
            # Before the body is read: who may not bring files in sends none.
            raise HTTPException(403, "Your account may read, and change nothing.")
        async with request.form(max_files=MOST_FILES, max_fields=20) as form:
            gate.check(request, form.get("token"))
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
            if not files:
                raise HTTPException(400, "No file was chosen.")
            together = bool(form.get("together"))
            kept = await run_in_threadpool(self._keep, files, together=together)
        self.jobs.add(kept, by=visitor.name)
        return RedirectResponse("/read", 303)

    def _keep(self, files: list[UploadFile], *, together: bool) -> list[Path]:
        """Put the files into a new folder of the archive, under harmless names.

        Gives the folder alone where they are pages of one document.
        """
        base = self.site.main.folder / FOLDER
        base.mkdir(exist_ok=True)
        number = 1 + max((int(one.name) for one in base.iterdir() if one.name.isdecimal()), default=0)
        folder = base / str(number)
        folder.mkdir()
        kept: list[Path] = []
        for upload in files:
            into = folder / _safe(upload.filename or "", taken={one.name for one in kept})
            with into.open("xb") as out:
                shutil.copyfileobj(upload.file, out, _BLOCK)
            kept.append(into)
        return [folder] if together and len(kept) > 1 else kept

    def division(self, request: Request) -> Response:
        """A file page by page: where papers begin in it, and of which kind they are, to be mended."""
        job, name, papers = self._file(
            request.query_params.get("job", ""), request.query_params.get("file", "")
        )
        try:
            rows, _ = rows_of(self.site.archive, papers)
        except NotHeld as why:
            raise HTTPException(404, self.site.readership.fault_told(request, why)) from why
        pictured = {
            one for one in {row.holding for row in rows} if has_images(self.site.archive.holding(one))
        }
        return self.site.page(
            request, "division.html", job=job, name=name, rows=rows, kinds=TITLES, pictured=pictured
        )

    def divide(self, request: Request, form: FormData) -> Response:
        """Read a file again, taken apart as a person says."""
        _, _, papers = self._file(field(form, "job", most=9), field(form, "file", most=400))
        try:
            rows, former = rows_of(self.site.archive, papers)
        except NotHeld as why:
            raise HTTPException(404, self.site.readership.fault_told(request, why)) from why
        begun = {one for one in form.getlist("starts") if isinstance(one, str)} | {str(rows[0].at)}
        starts = []
        for row in rows:
            if str(row.at) in begun:
                kind = field(form, f"kind-{row.at}", most=40)
                if kind and kind not in {one.value for one in TITLES}:
                    raise HTTPException(400, f"{kind!r} is no kind of paper.")
                starts.append(PaperStart(at=row.at, kind=PaperKind(kind) if kind else None))
        by = self.site.visitor(request).name
        path = Path(str(papers[0]["path"]))
        if not path.exists():
            raise HTTPException(404, "The file is not here any more. Bring it in again.")
        mended = MendedFile(starts=tuple(starts), former=tuple(former), by=by)
        self.jobs.add([path], by=by, mended=mended)
        return RedirectResponse("/read", 303)

    def _file(self, number: str, name: str) -> tuple[Job, str, list[Mapping[str, object]]]:
        """A job, and a file of it with the papers that were made of it, for those who see everything."""
        if not self.site.readership.served.visitor.sees_all:
            raise HTTPException(404, "No job that has ended has such a file.")
        job = self.jobs.job(int(number)) if number.isdecimal() else None
        papers = [one for file, found in job.documents() for one in found if file == name] if job else []
        if job is None or not papers or not job.ended or any(one.get("within") for one in papers):
            raise HTTPException(404, "No job that has ended has such a file.")
        return job, name, papers

    def cancel(self, request: Request, form: FormData) -> Response:
        """End a job, or take an ended one up again."""
        text = field(form, "job", most=9)
        if not text.isdecimal():
            raise HTTPException(400, "There is no such job.")
        if form.get("again"):
            self.jobs.resume(int(text), by=self.site.visitor(request).name)
        else:
            self.jobs.cancel(int(text))
        return RedirectResponse("/read", 303)


def _safe(name: str, *, taken: set[str]) -> str:
    """A file's own name without folders and odd characters; a number where it is taken."""
    last = PurePath(name.replace("\\", "/")).name
    plain = re.sub(r"[^\w .()+,-]", "_", last).strip(" .") or "file"
    stem, suffix = PurePath(plain).stem[:120], PurePath(plain).suffix[:12]
    found, number = f"{stem}{suffix}", 2
    while found in taken:
        found, number = f"{stem} ({number}){suffix}", number + 1
    return found
