"""Page images from image files."""

from __future__ import annotations

import contextlib
import itertools
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from septel.capture.model import Limits, check_pixels
from septel.errors import InputError, LimitExceeded, SeptelError, VanishedInput

BELIEVED = 50
"""Files that claim fewer dots to the inch don't know."""
UNLIKE = 1.1
"""Pixels that are so many times as high as wide, or more, are not square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page as an image, or the fault that kept it from being one.

    Attributes:
        number: from one.
        image: the image, or None.
        dpi: dots per inch, when the file says so.
        fault: why there is no image.
    """

    number: int
    image: Image.Image | None
    dpi: int | None = None
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
        check_pixels(opened.size, name, limits)
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
        check_pixels(frame.size, name, limits)
        with _quiet():
            across, down = _dpi(frame)
            image = squared(grey(frame), across, down)
            dpi = max(across, down)
            return PageImage(number=number, image=image, dpi=round(dpi) if dpi else None)
    except (InputError, LimitExceeded) as fault:
        return PageImage(number=number, image=None, fault=fault)
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error) as why:
        return PageImage(number=number, image=None, fault=_damaged(name, why))


def _dpi(frame: Image.Image) -> tuple[float, float]:
    """Dots to the inch across and down, as the file says; nought where it doesn't."""
    told = frame.info.get("dpi", (0, 0))
    return float(told[0] or 0), float(told[1] or 0)


def squared(image: Image.Image, across: float, down: float) -> Image.Image:
    """The image with as many dots to the inch across as down; a fax has half as many down.

    Args:
        image: in 256 shades.
        across: dots to the inch from left to right, as its file says.
        down: the same from top to bottom.
    """
    if min(across, down) < BELIEVED or max(across, down) < UNLIKE * min(across, down):
        return image
    dpi = max(across, down)
    size = (round(image.width * dpi / across), round(image.height * dpi / down))
    return image.resize(size, Image.Resampling.BICUBIC)


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


def page_count(path: Path) -> int | None:
    """How many pages an image file says that it has, without reading them; None where it can't be told."""
    try:
        with _opened(path) as opened, _quiet():
            return int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1
    except (InputError, OSError, ValueError, SyntaxError, EOFError, struct.error):
        return None


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
