"""Reading a file of any kind into accounted pages."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from septel.capture.formats import (
    IMAGES,
    MARKED,
    FileKind,
    head_and_digest,
    kind_of,
)
from septel.capture.model import Capture, Limits, Origin, laid
from septel.capture.text_capture import text_capture
from septel.errors import (
    EmptyInput,
    EngineFailure,
    InputError,
    LimitExceeded,
    NotHeld,
    VanishedInput,
    printable,
)
from septel.progress import Progress, silent
from septel.text import Step

if TYPE_CHECKING:
    # What opens and reads images is loaded when there are any.
    from concurrent.futures import Future

    from PIL import Image

    from septel.capture.engines import Engine, EnginePool, EngineProcess, Readings
    from septel.capture.formats import Marked
    from septel.capture.model import LayerLine, PageSource, RecognisedLine
    from septel.capture.stretches import LineStretch, ShownPieces

INKED = 0.02
"""A page of which this share is dark and on which an engine finds no word is not blank."""
LONG = 50
"""After a document of so many pages engines start anew."""
PRINTED = Step.of("printed text", "1")
"""The step of a document all of whose pages were made by a program: nobody had to read them."""


def read(
    path: Path,
    *,
    engine: Engine | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    readings: Readings | None = None,
    engines: int | None = None,
    pool: EnginePool | None = None,
    stretches: Mapping[int, ShownPieces | None] | None = None,
) -> Capture:
    """Read one file, or a folder of page images as one document, into accounted pages.

    What a file is, its first bytes decide, not its name. `-` is standard input, as text. Pages are opened
    one by one, and only those that are being read are held as images.

    Args:
        path: the file or folder.
        engine: reads images; our own for typed lines unless given.
        limits: how large things may be.
        progress: told the share of pages done.
        readings: keeps what the engine reads, page by page, and gives what it kept in an earlier run.
        engines: how many pages are read at once; as many as there are processors (four at most) unless given.
        pool: engines' processes that this document shares with others, with their own number and limits; its
            own, ended with it, unless given.
        stretches: by the numbers of pages what of them the engine is shown: pieces, row under row, or all
            (None); pages that are not there are passed over. All of every page unless given.

    Raises:
        InputError: the file can't be read as what it is (see its kinds in `septel.errors`).
        LimitExceeded: it is larger than the limits allow.
        EngineFailure: not one page of it could be read.
        StoreError: what was read can't be kept.
    """
    limits = limits or Limits()
    progress = progress or silent
    if str(path) == "-":
        return text_capture(sys.stdin.buffer.read(), "standard input")
    head, digest, whole = (b"", "", None) if path.is_dir() else head_and_digest(path, limits)
    kind = kind_of(head, path) if digest else None
    if kind is FileKind.MARKUP:
        from septel.capture.formats import marked_pages

        pages = marked_pages(_bytes(path, limits, whole), path.name, limits)
        return _marked_capture(printable(path.name), digest, pages)
    if kind is FileKind.TEXT:
        return text_capture(_bytes(path, limits, whole), printable(path.name))
    from septel.capture.engines import EnginePool
    from septel.capture.engines.typed import TypedEngine

    with EnginePool(limits, engines) if pool is None else nullcontext(pool) as processes:
        run = _Run(
            engines=processes.of(engine or TypedEngine()),
            limits=limits,
            progress=progress,
            readings=readings,
            stretches=stretches,
        )
        captured = _pictured(path, kind, digest, run) if kind else _folder(path, run)
        if len(captured.accounts) >= LONG:
            # What is done next with a long document needs their memory more than the next one needs them.
            for one in run.engines:
                one.stop()
        return captured


def _pictured(path: Path, kind: FileKind, digest: str, run: _Run) -> Capture:
    """A file of page images."""
    from septel.capture.formats import PdfProcess, image_sheets, page_count

    if kind is FileKind.PDF:
        with PdfProcess(path, run.limits) as opened:
            return run.capture(printable(path.name), digest, opened.sheets(), total=opened.count)
    return run.capture(printable(path.name), digest, image_sheets(path, run.limits), total=page_count(path))


def page_image(path: Path, number: int, *, limits: Limits | None = None) -> Image.Image:
    """One page of a file or folder as the image that an engine would see, for readers to look at.

    Args:
        path: what `read` was given.
        number: the page, from one.
        limits: how large things may be.

    Raises:
        NotHeld: there is no such page, or the file is text and has no images.
        SeptelError: the page can't be shown, for the reason given.
    """
    from septel.capture.formats import folder_sheets, image_sheets, pdf_sheet

    limits = limits or Limits()
    missing = NotHeld("there is no image of this page", where=f"{path.name}, page {number}")
    sheets: Iterable[PageSource]
    if path.is_dir():
        sheets = folder_sheets([p for p in page_files(path) if p.suffix.lower() in IMAGES], {}, limits)
    else:
        kind = kind_of(head_and_digest(path, limits)[0], path)
        if kind is FileKind.PDF:
            sheets = (pdf_sheet(path, number, limits),)
        else:
            sheets = image_sheets(path, limits) if kind is FileKind.IMAGE else ()
    for sheet in sheets:
        if sheet.number == number:
            if sheet.image is None:
                raise sheet.fault or missing
            return sheet.image
    raise missing


def page_files(folder: Path) -> list[Path]:
    """The page images of a folder in natural order (2 before 10); without any, its files with a layout."""
    found = sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=natural)
    images = [p for p in found if p.suffix.lower() in IMAGES]
    return images or [p for p in found if p.suffix.lower() in MARKED]


def beside(folder: Path) -> dict[str, Path]:
    """Files with a layout that stand beside page images, by the images' names without their endings."""
    return {p.stem: p for p in folder.iterdir() if p.suffix.lower() in MARKED and not p.name.startswith(".")}


def natural(path: Path) -> list[tuple[int, int | str]]:
    """A sorting key that counts numbers as numbers."""
    pieces = re.split(r"(\d+)", path.name.lower())
    return [(0, int(piece)) if piece.isdigit() else (1, piece) for piece in pieces]


def _bytes(path: Path, limits: Limits, whole: bytes | None) -> bytes:
    """The bytes of a file of text, which is read again unless it is known whole."""
    try:
        size = path.stat().st_size if whole is None else len(whole)
        if size > limits.text_bytes:
            raise LimitExceeded(
                f"the text has {size / 1e6:.0f} MB, the limit is {limits.text_bytes / 1e6:.0f}",
                where=path.name,
                remedy="Split it, or raise the limit with --max-text-megabytes.",
            )
        return path.read_bytes() if whole is None else whole
    except OSError as why:
        raise VanishedInput(
            f"the file went away while it was read ({why.strerror})", where=path.name, remedy="Run again."
        ) from why


def _marked_capture(name: str, digest: str, marked: Marked) -> Capture:
    from septel.capture.capture_builder import CaptureBuilder

    gathered = CaptureBuilder(name, digest)
    for sheet in marked.sheets:
        lines = sheet.layer.lines if sheet.layer else ()
        gathered.add(sheet, lines, origin=Origin.FILE, fault=sheet.fault)
    return gathered.capture(marked.step)


def _folder(folder: Path, run: _Run) -> Capture:
    from septel.capture.formats import folder_sheets

    try:
        files = page_files(folder)
    except OSError as why:
        raise InputError(
            f"the folder can't be opened ({why.strerror})", where=folder.name, remedy="Check its permissions."
        ) from why
    if not files:
        raise EmptyInput(
            "the folder holds no page images and no page files",
            where=folder.name,
            remedy=f"Page images end in {', '.join(IMAGES[:5])}, page files in {', '.join(MARKED)}.",
        )
    sha = hashlib.sha256()
    for file in files:
        sha.update(head_and_digest(file, run.limits)[1].encode())
    if files[0].suffix.lower() in MARKED:
        return _marked_folder(printable(folder.name), sha.hexdigest(), files, run.limits)
    sheets = folder_sheets(files, beside(folder), run.limits)
    return run.capture(printable(folder.name), sha.hexdigest(), sheets, total=len(files))


def _marked_folder(name: str, digest: str, files: Sequence[Path], limits: Limits) -> Capture:
    """Page files with a layout as one document; one that can't be read is one page with a fault."""
    from septel.capture.capture_builder import CaptureBuilder
    from septel.capture.formats import marked_pages
    from septel.capture.model import PageSource

    gathered = CaptureBuilder(name, digest)
    step = None
    for file in files:
        first = len(gathered.accounts)
        try:
            marked = marked_pages(_bytes(file, limits, None), file.name, limits)
        except (InputError, LimitExceeded) as fault:
            gathered.add(PageSource(number=first + 1), (), origin=Origin.FILE, fault=fault)
            continue
        step = step or marked.step
        for sheet in marked.sheets:
            lines = sheet.layer.lines if sheet.layer else ()
            numbered = replace(sheet, number=first + sheet.number)
            gathered.add(numbered, lines, origin=Origin.FILE, fault=sheet.fault)
    return gathered.capture(step)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What is the same for every page of a run."""

    engines: Sequence[EngineProcess]
    limits: Limits
    progress: Progress
    readings: Readings | None
    stretches: Mapping[int, ShownPieces | None] | None = None

    @property
    def step(self) -> Step:
        """What stands behind each reading."""
        return self.engines[0].engine.step

    def capture(self, name: str, digest: str, sheets: Iterator[PageSource], *, total: int | None) -> Capture:
        """All pages of one document, in order."""
        from septel.capture.capture_builder import CaptureBuilder

        gathered = CaptureBuilder(name, digest)
        engine_read = False
        with closing(self._taken(sheets)) as pages:
            for sheet, taken in pages:
                if sheet.layer is not None and sheet.layer.stands:
                    gathered.add(sheet, sheet.layer.lines, origin=Origin.PRINTED)
                else:
                    engine_read = engine_read or taken.fault is None
                    fault = sheet.fault or self._fault(sheet, taken, name)
                    # What else is on a page is looked for once, by who reads all of it.
                    sheet = sheet if self.stretches is None else replace(sheet, image=None)
                    gathered.add(sheet, taken.lines, origin=Origin.ENGINE, fault=fault, kept=taken.kept)
                done = len(gathered.accounts)
                self.progress(min(done / (total or done + 1), 1.0))
        return gathered.capture(self.step if engine_read else PRINTED)

    def _fault(self, sheet: PageSource, taken: _Taken, name: str) -> EngineFailure | None:
        from septel.capture.engines import inked

        where = f"{name}, page {sheet.number}"
        if taken.fault is not None:
            return type(taken.fault)(taken.fault.what, where=where, remedy=taken.fault.remedy)
        if (
            self.stretches is None
            and not taken.lines
            and sheet.image is not None
            and inked(sheet.image) > INKED
        ):
            return EngineFailure(
                "the engine found no words on a page that is not blank",
                where=where,
                remedy="Look at it: it may hold a picture or handwriting, or lie on its side.",
            )
        return None

    def _taken(self, sheets: Iterator[PageSource]) -> Generator[tuple[PageSource, _Taken], None, None]:
        """Each page with its reading, in order; as many are read at once as there are engines."""
        from concurrent.futures import ThreadPoolExecutor

        idle: SimpleQueue[EngineProcess] = SimpleQueue()
        waiting: deque[tuple[PageSource, Future[_Taken]]] = deque()
        for one in self.engines:
            idle.put(one)
        with ThreadPoolExecutor(len(self.engines)) as threads:
            try:
                for sheet in sheets:
                    waiting.append((sheet, threads.submit(self._taken_from, sheet, idle)))
                    if len(waiting) > len(self.engines):
                        first, future = waiting.popleft()
                        yield first, future.result()
                while waiting:
                    first, future = waiting.popleft()
                    yield first, future.result()
            except BaseException:
                # Pages that no engine has begun are not begun any more, and those at work are cut short.
                threads.shutdown(wait=False, cancel_futures=True)
                for one in self.engines:
                    one.stop()
                raise

    def _taken_from(self, sheet: PageSource, idle: SimpleQueue[EngineProcess]) -> _Taken:

        if sheet.image is None or (sheet.layer is not None and sheet.layer.stands):
            return _Taken()
        if self.stretches is not None:
            if sheet.number not in self.stretches:
                return _Taken()
            if (shown := self.stretches[sheet.number]) is not None:
                pieces = shown.on(sheet.image)
                return self._in_rows(sheet.image, pieces, idle) if pieces else _Taken()
        from septel.capture.formats import read_in_order, views_of

        views = views_of(sheet.image, sheet.aspect)
        seen: list[Sequence[RecognisedLine]] = []
        kept = True
        for view in views:
            try:
                lines, known = self._seen(view.image, idle)
            except EngineFailure as fault:
                return _Taken(fault=fault)
            seen.append(lines)
            kept = kept and known
        return _Taken(lines=laid(read_in_order(views, seen)), kept=kept)

    def _in_rows(
        self, image: Image.Image, pieces: Sequence[LineStretch], idle: SimpleQueue[EngineProcess]
    ) -> _Taken:
        """Pieces of a page's lines as an engine sees them row under row."""
        from septel.capture.stretches import cut, placed

        try:
            lines, known = self._seen(cut(image, pieces), idle)
        except EngineFailure as fault:
            return _Taken(fault=fault)
        return _Taken(lines=laid(placed(lines, pieces)), kept=known)

    def _seen(
        self, image: Image.Image, idle: SimpleQueue[EngineProcess]
    ) -> tuple[Sequence[RecognisedLine], bool]:
        """What an engine sees on an image, and whether it was kept from an earlier run."""
        from septel.capture.engines import reading_key

        key = reading_key(image, self.step) if self.readings else ""
        if self.readings and (kept := self.readings.get(key)) is not None:
            return kept, True
        isolated = idle.get()
        try:
            seen = isolated.read(image)
        finally:
            idle.put(isolated)
        if self.readings:
            self.readings.put(key, seen)
        return seen, False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A page's reading, whether it was kept from an earlier run, or why there is none."""

    lines: tuple[LayerLine, ...] = ()
    kept: bool = False
    fault: EngineFailure | None = None
