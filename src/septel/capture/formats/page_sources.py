"""Opening a document's pages one by one, in a process of its own.

Whatever a damaged or hostile file does to the library that opens it (crash, endless loop, hunger for
memory) costs the page at hand and no more: the process is ended, the page is a fault, and the next page is
opened in a new process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType

from septel.capture.formats.images import image_pages
from septel.capture.formats.markup import marked_pages
from septel.capture.formats.pdf import pdf_count, pdf_pages
from septel.capture.model import Limits, PageSource, TextLayer
from septel.errors import InputError, LimitExceeded, SeptelError

STARTING_SECONDS = 120.0
_HOPELESS = 20
"""After so many pages in a row that crash or hang, the rest of the document is given up."""


class PdfProcess:
    """A PDF whose pages are opened in another process.

    Use as a context: leaving it ends the process.

    Args:
        path: the file.
        limits: of time and memory for each page, and of everything else.

    Raises:
        InputError: the file can't be opened at all.
        LockedInput: it asks for a password.
        LimitExceeded: it has too many pages.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        try:
            self.count = self._begin(1)
        except BaseException:
            self._stop()
            raise

    def __enter__(self) -> PdfProcess:
        """The document; no page is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._stop()

    def sheets(self) -> Iterator[PageSource]:
        """Every page in order; one that can't be opened is a sheet with a fault."""
        lost = 0
        for number in range(1, self.count + 1):
            if lost >= _HOPELESS:
                yield PageSource(
                    number=number, fault=self._fault(number, "the document can't be opened any further")
                )
                continue
            try:
                if self._pipe is None:
                    self._begin(number)
                assert self._pipe is not None
                self._pipe.send(number)
                if self._pipe.poll(self.limits.page_seconds):
                    sheet = self._pipe.recv()
                    if isinstance(sheet, SeptelError):
                        raise sheet
                    assert isinstance(sheet, PageSource)
                    lost = 0
                    yield sheet
                    continue
                what = f"the page took more than {self.limits.page_seconds:g} seconds to open"
            except (EOFError, OSError):
                what = "the page crashed its reader"
            except SeptelError as why:
                what = why.what
            lost += 1
            self._stop()
            yield PageSource(number=number, fault=self._fault(number, what))

    def _fault(self, number: int, what: str) -> InputError:
        where = f"{self.path.name}, page {number}"
        return InputError(what, where=where, remedy="Look at it in a PDF viewer.")

    def _begin(self, first: int) -> int:
        """Start the process; how many pages the document has."""
        near, far = Pipe()
        # A plain interpreter, like the engine's (septel.capture.engines.process says why).
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from septel.capture.formats.page_sources import serve; serve({far.fileno()})"
        )
        self._pipe = near
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            pass_fds=(far.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        far.close()
        damaged = InputError(
            "the PDF crashes or stalls the library that opens it",
            where=self.path.name,
            remedy="Fetch or copy the file again.",
        )
        try:
            near.send((str(self.path.resolve()), self.path.name, self.limits, first))
            if not near.poll(STARTING_SECONDS + self.limits.page_seconds):
                raise damaged
            answer = near.recv()
        except (EOFError, OSError) as why:
            raise damaged from why
        if isinstance(answer, SeptelError):
            raise answer
        return int(answer)

    def _stop(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            try:
                process.wait(0.3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def serve(descriptor: int) -> None:
    """What the other process does: open the pages that its parent asks for until the parent leaves."""
    pipe = Connection(descriptor)
    place, name, limits, first = pipe.recv()
    path = Path(place)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.engine_bytes, limits.engine_bytes))
    try:
        pipe.send(pdf_count(path, limits))
        pages = pdf_pages(path, limits, first=first)
        while True:
            pipe.recv()
            pipe.send(next(pages))
    except SeptelError as fault:
        pipe.send(_named(fault, name))
    except (EOFError, KeyboardInterrupt, BrokenPipeError, StopIteration):
        return


def _named(fault: SeptelError, name: str) -> SeptelError:
    """The fault, at the name by which the caller knows the file."""
    return type(fault)(fault.what, where=name, remedy=fault.remedy)


def image_sheets(path: Path, limits: Limits, *, first: int = 1) -> Iterator[PageSource]:
    """The pages of an image file as sheets; a TIFF may have many.

    Raises:
        InputError: the file is no image.
        LimitExceeded: its first image is larger than the limits allow, or it has too many.
    """
    for page in image_pages(path, limits, first=first):
        size = page.image.size if page.image is not None else None
        yield PageSource(
            number=page.number,
            image=page.image,
            size=size,
            dpi=page.dpi,
            aspect=page.aspect,
            fault=page.fault,
        )


def folder_sheets(files: Sequence[Path], layers: Mapping[str, Path], limits: Limits) -> Iterator[PageSource]:
    """The pages of a folder of images; a file that can't be read is one page with a fault.

    Args:
        files: the images in order.
        layers: files with a layout, by the names of the images that they belong to: what another engine
            read from them, and so a witness of the page.
        limits: how large things may be.
    """
    number = 1
    for file in files:
        try:
            layer = _layers(layers.get(file.stem), limits)
            for sheet in image_sheets(file, limits, first=number):
                yield replace(sheet, layer=layer.get(sheet.number - number + 1))
                last = sheet.number
            number = last + 1
        except (InputError, LimitExceeded) as fault:
            yield PageSource(number=number, fault=fault)
            number += 1


def _layers(file: Path | None, limits: Limits) -> dict[int, TextLayer]:
    """What a file beside an image reads on its pages; nothing where it can't be understood."""
    if file is None:
        return {}
    try:
        if file.stat().st_size > limits.text_bytes:
            return {}
        marked = marked_pages(file.read_bytes(), file.name, limits)
    except (InputError, LimitExceeded, OSError):
        return {}
    return {s.number: TextLayer(lines=s.layer.lines) for s in marked.sheets if s.layer and s.layer.lines}
