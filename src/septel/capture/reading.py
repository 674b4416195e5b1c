"""Reading a file of any kind into accounted pages."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PIL import Image

from septel.capture.engine import Engine, SeenLine, TesserocrEngine
from septel.capture.images import PageImage, image_pages, page_count, pdf_pages, vanished
from septel.capture.isolation import Isolated
from septel.capture.limits import Limits
from septel.capture.pages import Capture, Line, Outcome, Page, PageAccount, Word
from septel.capture.plain import decode, paginate
from septel.capture.preparing import inked
from septel.errors import EmptyInput, EngineFailure, InputError, LimitExceeded, NotHeld, VanishedInput
from septel.text import Source, Span, digest_of

IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".jp2", ".pbm", ".pgm")
_MAGIC = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"BM", "bitmap"),
    (b"RIFF", "image"),
    (b"\x00\x00\x00\x0cjP  ", "image"),
    (b"P4", "netpbm"),
    (b"P5", "netpbm"),
)

Progress = Callable[[float], None]


def read(
    path: Path,
    *,
    engine: Engine | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Capture:
    """Read one file, or a folder of page images as one document, into accounted pages.

    What a file is, its first bytes decide, not its name. `-` is standard input, as text.

    Args:
        path: the file or folder.
        engine: reads images; Tesseract unless given.
        limits: how large things may be.
        progress: told the share of pages done.

    Raises:
        InputError: the file can't be read as what it is (see its kinds in `septel.errors`).
        LimitExceeded: it is larger than the limits allow.
        EngineFailure: not one page of it could be read.
    """
    limits = limits or Limits()
    progress = progress or (lambda share: None)  # noqa: ARG005
    if str(path) == "-":
        return _text_capture(sys.stdin.buffer.read(), "standard input")
    if path.is_dir():
        return _folder(path, engine or TesserocrEngine(), limits, progress)
    data, digest = _head_and_digest(path, limits)
    kind = _kind(data, path)
    if kind == "text":
        return _text_capture(_bytes(path), path.name)
    pages = pdf_pages(path, limits) if kind == "pdf" else image_pages(path, limits)
    several = kind == "pdf" or path.suffix.lower() in (".tif", ".tiff")
    total = page_count(path) if several else 1
    return _image_capture(
        path.name, digest, pages, engine or TesserocrEngine(), limits, progress, total=total
    )


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
    limits = limits or Limits()
    if path.is_dir():
        pages: Iterable[PageImage] = _folder_pages(page_files(path), limits)
    else:
        head, _ = _head_and_digest(path, limits)
        kind = _kind(head, path)
        pages = () if kind == "text" else (pdf_pages if kind == "pdf" else image_pages)(path, limits)
    for page in pages:
        if page.number == number:
            if page.image is None:
                raise page.fault or NotHeld("the page has no image", where=f"{path.name}, page {number}")
            return page.image
    raise NotHeld("there is no image of this page", where=f"{path.name}, page {number}")


INKED = 0.02
"""A page of which this share is dark and on which an engine finds no word is not blank."""


def page_files(folder: Path) -> list[Path]:
    """The page images of a folder in natural order (2 before 10)."""
    found = [p for p in folder.iterdir() if p.suffix.lower() in IMAGES and not p.name.startswith(".")]
    return sorted(found, key=natural)


def natural(path: Path) -> list[tuple[int, int | str]]:
    """A sorting key that counts numbers as numbers."""
    pieces = re.split(r"(\d+)", path.name.lower())
    return [(0, int(piece)) if piece.isdigit() else (1, piece) for piece in pieces]


def _head_and_digest(path: Path, limits: Limits) -> tuple[bytes, str]:
    sha = hashlib.sha256()
    head = b""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LimitExceeded(
                f"the file has {size / 1e9:.1f} GB, the limit is {limits.file_bytes / 1e9:.1f}",
                where=path.name,
                remedy="Split it.",
            )
        with path.open("rb") as opened:
            while block := opened.read(1 << 20):
                head = head or block[:1024]
                sha.update(block)
    except FileNotFoundError as why:
        raise vanished(path.name) from why
    except OSError as why:
        raise InputError(
            f"the file can't be opened ({why.strerror})", where=path.name, remedy="Check its permissions."
        ) from why
    if not head:
        raise EmptyInput("the file is empty", where=path.name, remedy="Check that the copy is complete.")
    return head, sha.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise VanishedInput(
            f"the file went away while it was read ({why.strerror})", where=path.name, remedy="Run again."
        ) from why


def _kind(head: bytes, path: Path) -> str:
    if b"%PDF-" in head:
        return "pdf"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind == "image" or path.suffix.lower() in IMAGES):
            return "image"
    if path.suffix.lower() == ".pdf":
        raise InputError(
            "this is no PDF, whatever its name says", where=path.name, remedy="Fetch the file again."
        )
    if path.suffix.lower() in IMAGES:
        raise InputError("this is no image, whatever its name says", where=path.name, remedy="Copy it again.")
    return "text"


def _text_capture(data: bytes, name: str) -> Capture:
    text, spans = paginate(decode(data, name=name))
    if not text.strip():
        raise EmptyInput("the file holds nothing but blanks", where=name, remedy="Check the copy.")
    source = Source(name=name, digest=hashlib.sha256(data).hexdigest(), text=text, pages=spans)
    pages: list[Page] = []
    accounts: list[PageAccount] = []
    for number, span in enumerate(spans, 1):
        blank = not span.of(text).strip()
        accounts.append(PageAccount(number=number, outcome=Outcome.BLANK if blank else Outcome.READ))
        if not blank:
            lines = tuple(
                Line(span=Span(max(line.start, span.start), min(line.end, span.end)))
                for line in source.lines
                if line.start < span.end and line.end >= span.start and line.end > span.start - 1
                if max(line.start, span.start) <= min(line.end, span.end)
            )
            pages.append(Page(number=number, span=span, lines=lines))
    return Capture(source=source, pages=tuple(pages), accounts=tuple(accounts))


def _folder(folder: Path, engine: Engine, limits: Limits, progress: Progress) -> Capture:
    try:
        files = page_files(folder)
    except OSError as why:
        raise InputError(
            f"the folder can't be opened ({why.strerror})", where=folder.name, remedy="Check its permissions."
        ) from why
    if not files:
        raise EmptyInput(
            "the folder holds no page images",
            where=folder.name,
            remedy=f"Page images end in {', '.join(IMAGES[:5])}.",
        )
    sha = hashlib.sha256()
    for file in files:
        sha.update(_head_and_digest(file, limits)[1].encode())
    return _image_capture(
        folder.name, sha.hexdigest(), _folder_pages(files, limits), engine, limits, progress, total=len(files)
    )


def _folder_pages(files: Iterable[Path], limits: Limits) -> Iterator[PageImage]:
    number = 1
    for file in files:
        try:
            for page in image_pages(file, limits, first=number):
                yield page
                number = page.number + 1
        except (InputError, LimitExceeded) as fault:
            yield PageImage(number=number, image=None, fault=fault)
            number += 1


def _image_capture(
    name: str,
    digest: str,
    images: Iterable[PageImage],
    engine: Engine,
    limits: Limits,
    progress: Progress,
    *,
    total: int | None = None,
) -> Capture:
    text: list[str] = []
    at = 0
    spans: list[Span] = []
    pages: list[Page] = []
    accounts: list[PageAccount] = []
    layers: list[str] = []
    with Isolated(engine, limits) as isolated:
        for page in images:
            fault = page.fault
            seen: Iterable[SeenLine] = ()
            if page.image is not None:
                try:
                    seen = isolated.read(page.image)
                except EngineFailure as failure:
                    fault = EngineFailure(
                        failure.what, where=f"{name}, page {page.number}", remedy=failure.remedy
                    )
                else:
                    if not seen and inked(page.image) > INKED:
                        fault = EngineFailure(
                            "the engine found no words on a page that is not blank",
                            where=f"{name}, page {page.number}",
                            remedy="Look at it: it may hold a picture or handwriting, or lie on its side.",
                        )
            start = at
            lines: list[Line] = []
            for words in seen:
                line = _line(words, at)
                content = " ".join(word.text for word in words)
                text.append(content + "\n")
                at += len(content) + 1
                lines.append(line)
            spans.append(Span(start, at))
            layers.append(page.layer or "")
            outcome = Outcome.FAILED if fault else Outcome.READ if lines else Outcome.BLANK
            accounts.append(PageAccount(number=page.number, outcome=outcome, fault=fault))
            if lines and page.image is not None:
                pages.append(
                    Page(
                        number=page.number,
                        span=Span(start, at),
                        lines=tuple(lines),
                        width=page.image.width,
                        height=page.image.height,
                        dpi=page.dpi,
                        image_digest=digest_of(page.image.tobytes()),
                    )
                )
            progress(min(len(accounts) / (total or len(accounts) + 1), 1.0))
    if accounts and all(account.fault for account in accounts):
        fault = accounts[0].fault
        assert fault is not None
        raise fault
    source = Source(name=name, digest=digest, text="".join(text), pages=tuple(spans), step=engine.step)
    if not source.text:
        raise EmptyInput("no text was found on any page", where=name, remedy="Look at the pages.")
    return Capture(
        source=source,
        pages=tuple(pages),
        accounts=tuple(accounts),
        layers=(_layer(name, digest, layers),) if any(layers) else (),
    )


def _line(words: SeenLine, at: int) -> Line:
    out: list[Word] = []
    box = None
    offset = at
    for word in words:
        span = Span(offset, offset + len(word.text))
        out.append(Word(span=span, text=word.text, box=word.box, engine_confidence=word.confidence))
        box = word.box if box is None else box.hull(word.box)
        offset = span.end + 1
    return Line(span=Span(at, out[-1].span.end if out else at), words=tuple(out), box=box)


def _layer(name: str, digest: str, layers: list[str]) -> Source:
    spans: list[Span] = []
    at = 0
    parts: list[str] = []
    for layer in layers:
        part = layer + "\n" if layer else ""
        spans.append(Span(at, at + len(part)))
        at += len(part)
        parts.append(part)
    return Source(name=f"{name} (text layer)", digest=digest, text="".join(parts), pages=tuple(spans))
