"""The page as scanned: its image from the originals, where lines and words stand on it, strips of it."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from threading import Lock

from PIL import Image

from septel.archive import Archive, Holding
from septel.capture import IMAGES, Box, Limits, Page, image_pages, pdf_count, pdf_sheet
from septel.text import Span

WIDEST = 1400
"""Pixels of a strip at most."""
_KEPT = 12
"""Pages whose images stay in memory."""


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


def words_of(page: Page) -> Iterator[tuple[Span, Box]]:
    """The words of a page that have a box, with their stretches of the source."""
    for line in page.lines:
        for word in line.words:
            if word.box:
                yield word.span, word.box


def box_of(page: Page, span: Span) -> Box | None:
    """Where a stretch of the source stands on its page: its words, else its line."""
    boxes = [box for place, box in words_of(page) if place.overlaps(span)]
    if not boxes:
        boxes = [line.box for line in page.lines if line.box and line.span.covers(span)]
    return reduce(Box.hull, boxes) if boxes else None


def line_box_of(page: Page, span: Span) -> Box | None:
    """The box of the line that holds a stretch of the source."""
    return next((line.box for line in page.lines if line.box and line.span.covers(span)), None)


class Sheets:
    """The images of pages, the last ones kept in memory."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], Image.Image] = OrderedDict()

    def sheet(self, holding: Holding, number: int) -> Image.Image | None:
        """The image of a page; None when there is none."""
        if not holding.originals:
            # Whose files are kept back from a reader has none here; another reader's may be in memory.
            return None
        key = (holding.id, number)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = page_sheet(self._archive, holding, number)
        if found is not None:
            found.load()
            with self._lock:
                self._kept[key] = found
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def page(self, holding: Holding, number: int, *, width: int | None = None) -> bytes | None:
        """A page as PNG, at most so wide where a width is given."""
        image = self.sheet(holding, number)
        if image is None:
            return None
        if width is not None and image.width > width:
            image = image.convert("L").resize((width, max(1, round(image.height * width / image.width))))
        return _png(image)

    def strip(self, holding: Holding, span: Span, *, line: bool = False) -> bytes | None:
        """The strip of the image that shows a stretch of the source with what stands around it, as PNG.

        Args:
            holding: the document.
            span: the stretch.
            line: show the whole line.
        """
        number = holding.source.page_at(span.start)
        page = page_of(holding, number)
        box = box_of(page, span) if page else None
        image = self.sheet(holding, number) if box else None
        if page is None or box is None or image is None or not page.width or not page.height:
            return None
        across, down = image.width / page.width, image.height / page.height
        whole = line_box_of(page, span)
        high = max(box.bottom - box.top, 12)
        left, right = box.left - 5 * high, box.right + 5 * high
        if line and whole is not None:
            left, right = whole.left - high, whole.right + high
        edges = (left * across, (box.top - high // 2) * down, right * across, (box.bottom + high // 2) * down)
        cut = image.crop(
            (max(0, int(edges[0])), max(0, int(edges[1])),
             min(image.width, int(edges[2])), min(image.height, int(edges[3])))
        ).convert("L")  # fmt: skip
        if cut.width > WIDEST:
            cut = cut.resize((WIDEST, max(1, round(cut.height * WIDEST / cut.width))))
        return _png(cut)


def page_sheet(archive: Archive, holding: Holding, number: int) -> Image.Image | None:
    """The image of a page, from the originals that are held; None when there is none."""
    limits = Limits()
    at = 0
    for original in holding.originals:
        path = archive.objects.find(original.digest)
        suffix = Path(original.name).suffix.lower()
        if suffix == ".pdf":
            count = pdf_count(path, limits)
            if number <= at + count:
                # Only this page is opened, however many there are before it.
                return pdf_sheet(path, number - at, limits).image
            at += count
        elif suffix in IMAGES:
            for page in image_pages(path, limits, first=at + 1):
                at = page.number
                if at == number:
                    return page.image
    return None


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
