"""Page images from image files and PDF documents."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageSequence, UnidentifiedImageError

from septel.capture.limits import Limits
from septel.errors import InputError, LimitExceeded, LockedInput, SeptelError, VanishedInput

DPI = 300
"""What PDF pages are rendered at when they are no single image, in dots per inch."""
_FULL_PAGE = 0.9


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
    """The pages of an image file; a TIFF may have many.

    Raises:
        InputError: the file is no image.
        LimitExceeded: an image is larger than the limits allow.
    """
    name = path.name
    with warnings.catch_warnings():
        # Pillow warns of large images; our own limit decides.
        warnings.simplefilter("ignore")
        previous = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            with Image.open(path) as opened:
                _check_pixels(opened.size, name, limits)
                for number, frame in enumerate(ImageSequence.Iterator(opened), first):
                    if number - first >= limits.pages:
                        raise _too_many(name, limits)
                    _check_pixels(frame.size, name, limits)
                    try:
                        dpi = frame.info.get("dpi", (None,))[0]
                        yield PageImage(
                            number=number, image=frame.convert("L"), dpi=round(float(dpi)) if dpi else None
                        )
                    except (OSError, ValueError, SyntaxError) as why:
                        fault = InputError(
                            f"the image is damaged ({why})", where=name, remedy="Copy or scan the page again."
                        )
                        yield PageImage(number=number, image=None, fault=fault)
        except FileNotFoundError as why:
            raise vanished(name) from why
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as why:
            raise InputError(
                f"this can't be read as an image ({why})", where=name, remedy="Copy or scan the page again."
            ) from why
        finally:
            Image.MAX_IMAGE_PIXELS = previous


def pdf_pages(path: Path, limits: Limits) -> Iterator[PageImage]:
    """The pages of a PDF: the embedded scan as it is where there is one, else the page rendered.

    Raises:
        InputError: the document is damaged or has no pages.
        LockedInput: it asks for a password.
        LimitExceeded: it has more pages than the limits allow.
    """
    name = path.name
    try:
        document = pdfium.PdfDocument(path)
    except FileNotFoundError as why:
        raise vanished(name) from why
    except pdfium.PdfiumError as why:
        if "password" in str(why).lower():
            raise LockedInput(
                "the PDF asks for a password", where=name, remedy="Save a copy without one and read that."
            ) from why
        raise InputError(
            "the PDF is damaged or cut short", where=name, remedy="Fetch or copy the file again."
        ) from why
    with contextlib.closing(document):
        count = len(document)
        if not count:
            raise InputError("the PDF has no pages", where=name, remedy="Fetch or copy the file again.")
        if count > limits.pages:
            raise _too_many(name, limits)
        for index in range(count):
            yield _pdf_page(document, index, name, limits)


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
    """The image that fills the page, if one does and nothing else is drawn: better than a rendering of it."""
    objects = list(page.get_objects(max_depth=3))
    images = [item for item in objects if isinstance(item, pdfium.PdfImage)]
    if len(images) != 1 or page.get_rotation():
        return None
    left, bottom, right, top = images[0].get_bounds()
    if (right - left) * (top - bottom) < _FULL_PAGE * area:
        return None
    _check_pixels(images[0].get_px_size(), where, limits)
    with contextlib.closing(images[0].get_bitmap()) as bitmap:
        image: Image.Image = bitmap.to_pil().copy()
        return image


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
