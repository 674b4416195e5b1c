"""How large an input may be before it is refused; each limit can be raised on purpose."""

from __future__ import annotations

from dataclasses import dataclass

from septel.errors import InputError, LimitExceeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits that keep a hostile or broken file from exhausting a machine.

    Attributes:
        file_bytes: the largest file that is opened.
        text_bytes: the largest file that is read as text or XML, and so as a whole: restoring takes some 160
            bytes of memory for each of its own.
        image_pixels: the largest page image; a letter page at 600 dpi has 34 million pixels.
        pages: the most pages of one document.
        layer_characters: the most characters of a page's text layer; a dense page has 6,000.
        page_seconds: how long an engine may work on a page, and how long a page may take to open.
        engine_bytes: how much memory an engine's process, or the one that opens pages, may take.
    """

    file_bytes: int = 2_000_000_000
    text_bytes: int = 20_000_000
    image_pixels: int = 120_000_000
    pages: int = 20_000
    layer_characters: int = 200_000
    page_seconds: float = 120.0
    engine_bytes: int = 4_000_000_000


def check_pixels(size: tuple[int, int], where: str, limits: Limits) -> None:
    """Refuse an image without pixels or with too many, before it is unpacked.

    Raises:
        InputError: it has none.
        LimitExceeded: it has more than the limits allow.
    """
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


def too_many(count: int, name: str, limits: Limits) -> LimitExceeded:
    """The fault of a document with more pages than the limits allow."""
    return LimitExceeded(
        f"the document has {count:,} pages, the limit is {limits.pages:,}",
        where=name,
        remedy="Split it, or raise the limit with --max-pages.",
    )
