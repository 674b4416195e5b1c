"""Page images from image files and PDF documents."""

from __future__ import annotations

import contextlib
import itertools
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageOps, UnidentifiedImageError

from septel.capture.limits import Limits
from septel.errors import InputError, LimitExceeded, LockedInput, SeptelError, VanishedInput

DPI = 300
"""What PDF pages are rendered at when they are no single image, in dots per inch."""
_FULL_PAGE = 0.9
_GLANCE = 150
"""The longer side, in pixels, of the small rendering that an embedded image is held against."""
_ALIKE, _TOGETHER = 12.0, 0.8
"""How many grey values the two may differ on average, and how well their shades must run together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page as an image, or the fault that kept it from being one.

    Attributes:
        number: from one.
        image: the image, or None.
        dpi: dots per inch, when the file says so.
        layer: the text that the file brought along for this page, or None.
        fault: why there is no image.
    """

    number: int
    image: Image.Image | None
    dpi: int | None = None
    layer: str | None = None
    fault: SeptelError | None = None


def image_pages(path: Path, limits: Limits, *, first: int = 1) -> Iterator[PageImage]:
    """The pages of an image file; a TIFF may have many. One that can't be read is a page with a fault.

    Raises:
        InputError: the file is no image.
        LimitExceeded: its first image is larger than the limits allow, or it has too many.
    """
    name = path.name
    opened = _opened(path)
    with opened:
        _check_pixels(opened.size, name, limits)
        # Only a TIFF is a document; the further frames of other formats are previews and animations.
        several = opened.format == "TIFF"
        for number in itertools.count(first):
            if number - first >= limits.pages:
                raise _too_many(name, limits)
            try:
                with _quiet():
                    opened.seek(number - first)
            except EOFError:
                return
            except (OSError, ValueError, SyntaxError, struct.error) as why:
                # Where one frame's head is damaged the way to the next is lost.
                yield PageImage(number=number, image=None, fault=_damaged(name, why))
                return
            yield _frame(opened, number, name, limits)
            if not several:
                return


def _opened(path: Path) -> Image.Image:
    try:
        with _quiet():
            return Image.open(path)
    except FileNotFoundError as why:
        raise vanished(path.name) from why
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error) as why:
        raise InputError(
            "this can't be read as an image", where=path.name, remedy="Copy or scan the page again."
        ) from why


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns of large images and odd tags; our own limits decide, and nothing leaks."""
    previous = Image.MAX_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = previous


def _frame(frame: Image.Image, number: int, name: str, limits: Limits) -> PageImage:
    try:
        _check_pixels(frame.size, name, limits)
        with _quiet():
            image = grey(frame)
            dpi = frame.info.get("dpi", (None,))[0]
            return PageImage(number=number, image=image, dpi=round(float(dpi)) if dpi else None)
    except (InputError, LimitExceeded) as fault:
        return PageImage(number=number, image=None, fault=fault)
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error) as why:
        return PageImage(number=number, image=None, fault=_damaged(name, why))


def grey(image: Image.Image) -> Image.Image:
    """The image in 256 shades, the right way up, on white paper where it is transparent."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        # Pillow cuts deeper greys off at 255 instead of scaling them.
        deep = np.asarray(upright, np.float64)
        top = 65535.0 if deep.max(initial=0) > 255 else 255.0
        return Image.fromarray(np.clip(deep / top * 255, 0, 255).astype(np.uint8))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        upright = paper
    return upright.convert("L")


def _damaged(name: str, why: Exception) -> InputError:
    return InputError(f"the image is damaged ({why})", where=name, remedy="Copy or scan the page again.")


def pdf_pages(path: Path, limits: Limits) -> Iterator[PageImage]:
    """The pages of a PDF: the embedded scan as it is where there is one, else the page rendered.

    Raises:
        InputError: the document is damaged or has no pages.
        LockedInput: it asks for a password.
        LimitExceeded: it has more pages than the limits allow.
    """
    with _document(path) as document:
        count = len(document)
        if not count:
            raise InputError("the PDF has no pages", where=path.name, remedy="Fetch or copy the file again.")
        if count > limits.pages:
            raise _too_many(path.name, limits)
        for index in range(count):
            yield _pdf_page(document, index, path.name, limits)


@contextlib.contextmanager
def _document(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(path)
    except FileNotFoundError as why:
        raise vanished(path.name) from why
    except pdfium.PdfiumError as why:
        if "password" in str(why).lower():
            raise LockedInput(
                "the PDF asks for a password",
                where=path.name,
                remedy="Save a copy without one and read that.",
            ) from why
        raise InputError(
            "the PDF is damaged or cut short", where=path.name, remedy="Fetch or copy the file again."
        ) from why
    with contextlib.closing(document):
        yield document


def page_count(path: Path) -> int | None:
    """How many pages a PDF or TIFF says that it has, without reading them; None where it can't be told."""
    try:
        if path.suffix.lower() in (".tif", ".tiff"):
            with _opened(path) as opened, _quiet():
                return int(getattr(opened, "n_frames", 1))
        with _document(path) as document:
            return len(document)
    except (InputError, OSError, ValueError, SyntaxError, EOFError, struct.error):
        return None


def _pdf_page(document: pdfium.PdfDocument, index: int, name: str, limits: Limits) -> PageImage:
    where = f"{name}, page {index + 1}"
    try:
        with contextlib.closing(document[index]) as page:
            width, height = page.get_size()
            size = (round(width * DPI / 72), round(height * DPI / 72))
            _check_pixels(size, where, limits)
            with contextlib.closing(page.get_textpage()) as text:
                layer = text.get_text_bounded().replace("\r\n", "\n").strip("\n")
            image = _scan(page, width * height, where, limits)
            dpi = DPI
            if image is None:
                with contextlib.closing(page.render(scale=DPI / 72, grayscale=True)) as bitmap:
                    image = bitmap.to_pil().copy()
            else:
                dpi = max(1, round(image.width / max(width / 72, 0.1)))
            return PageImage(number=index + 1, image=image.convert("L"), dpi=dpi, layer=layer or None)
    except LimitExceeded as fault:
        return PageImage(number=index + 1, image=None, fault=fault)
    except (pdfium.PdfiumError, OSError, ValueError, MemoryError) as why:
        damage = InputError(f"the page is damaged ({why})", where=where, remedy="Look at it in a PDF viewer.")
        return PageImage(number=index + 1, image=None, fault=damage)


def _scan(page: pdfium.PdfPage, area: float, where: str, limits: Limits) -> Image.Image | None:
    """The image that fills the page, if one does and nothing else shows: better than a rendering of it.

    A box drawn over a scan is part of the page: with one, or with an annotation, the page is rendered, so
    that what a reviewer covered stays covered.
    """
    objects = list(page.get_objects(max_depth=4))
    images = [item for item in objects if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE]
    if len(images) != 1 or page.get_rotation() or pdfium_c.FPDFPage_GetAnnotCount(page):
        return None
    for item in objects:
        if item.type in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING):
            return None
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT and (
            pdfium_c.FPDFTextObj_GetTextRenderMode(item) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
        ):
            return None
    left, bottom, right, top = images[0].get_bounds()
    if (right - left) * (top - bottom) < _FULL_PAGE * area:
        return None
    _check_pixels(images[0].get_px_size(), where, limits)
    # The bitmap belongs to the image and goes with it; closing it here would be unsafe.
    image: Image.Image = images[0].get_bitmap().to_pil().convert("L").copy()
    return image if _as_shown(page, image, (left, bottom, right, top)) else None


def _as_shown(page: pdfium.PdfPage, image: Image.Image, bounds: tuple[float, float, float, float]) -> bool:
    """Whether an embedded image looks as the page does: not turned, mirrored, inverted or masked."""
    scale = _GLANCE / max(page.get_size())
    with contextlib.closing(page.render(scale=scale, grayscale=True)) as bitmap:
        whole = bitmap.to_pil().convert("L")
    left, bottom, right, top = bounds
    height = page.get_size()[1]
    box = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
    shown = whole.crop((max(round(box[0]), 0), max(round(box[1]), 0), round(box[2]), round(box[3])))
    small = image.resize(shown.size, Image.Resampling.BOX)
    one, other = np.asarray(shown, np.float64), np.asarray(small, np.float64)
    if abs(one.mean() - other.mean()) > _ALIKE:
        return False
    if min(one.std(), other.std()) < 1.0:
        return True
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) > _TOGETHER


def _check_pixels(size: tuple[int, int], where: str, limits: Limits) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise InputError("the image has no pixels", where=where, remedy="Scan the page again.")
    if width * height > limits.image_pixels:
        raise LimitExceeded(
            f"the image has {width * height / 1e6:.0f} million pixels, "
            f"the limit is {limits.image_pixels / 1e6:.0f}",
            where=where,
            remedy="Scale it down, or raise the limit with --max-megapixels.",
        )


def _too_many(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"the document has more than {limits.pages:,} pages",
        where=name,
        remedy="Split it, or raise the limit with --max-pages.",
    )


def vanished(name: str) -> VanishedInput:
    """The fault of a file that is no longer where it was."""
    return VanishedInput(
        "the file is not there (any more)", where=name, remedy="Check the path and run again."
    )
