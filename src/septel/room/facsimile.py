"""The page as scanned: its image from the originals, and where each line stands on it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from septel.archive import Archive, Holding
from septel.capture import IMAGES, Box, Limits, Page, image_pages, pdf_count, pdf_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A line's place on its page."""

    line: int
    box: Box


def has_images(holding: Holding) -> bool:
    """Whether the originals are pictures of pages."""
    return any(Path(o.name).suffix.lower() in (*IMAGES, ".pdf") for o in holding.originals)


def page_of(holding: Holding, number: int) -> Page | None:
    """The page of this number; None for a page that is blank, failed or not there."""
    return next((page for page in holding.pages if page.number == number), None)


def frames_of(holding: Holding, page: Page) -> list[Frame]:
    """Where the page's lines stand on it, as far as an engine saw them."""
    return [
        Frame(line=holding.source.line_at(line.span.start), box=line.box) for line in page.lines if line.box
    ]


def boxed_lines(holding: Holding) -> dict[int, int]:
    """The page on which a line can be pointed at, for each line that has a box."""
    return {f.line: page.number for page in holding.pages for f in frames_of(holding, page)}


def page_image(archive: Archive, holding: Holding, number: int) -> bytes | None:
    """The image of a page as PNG, from the originals that are held; None when there is none."""
    limits = Limits()
    at = 0
    for original in holding.originals:
        path = archive.objects.find(original.digest)
        suffix = Path(original.name).suffix.lower()
        if suffix == ".pdf":
            count = pdf_count(path, limits)
            if number <= at + count:
                # Only this page is opened, however many there are before it.
                return _png(pdf_sheet(path, number - at, limits).image)
            at += count
        elif suffix in IMAGES:
            for page in image_pages(path, limits, first=at + 1):
                at = page.number
                if at == number:
                    return _png(page.image)
    return None


def _png(image: Image.Image | None) -> bytes | None:
    if image is None:
        return None
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
