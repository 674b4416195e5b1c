"""Pages of PDF documents: scans as they are, everything else as it shows, and the text that lies on them.

The text of a page is one of two things. On a scan it is some engine's reading of the image, invisible: a
witness. On a page that was made by a program it is what is printed: the page itself, surer than any reading
of its picture. It counts as printed only when it is visible, mapped to real characters, and found as ink
wherever it claims to be; what lies under a black box, in white on white or off the page makes the page a
picture, so that nothing comes to light that a reader of the page would not see.
"""

from __future__ import annotations

import contextlib
import ctypes
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from septel.capture.formats.page_views import aspect_of
from septel.capture.formats.plain_text import cleared
from septel.capture.model import (
    Box,
    LayerLine,
    LayerWord,
    Limits,
    PageSource,
    TextLayer,
    check_pixels,
    too_many,
)
from septel.errors import InputError, LimitExceeded, LockedInput, VanishedInput

DPI = 300
"""What pages are rendered at when they are no single image, in dots per inch."""
_FULL_PAGE = 0.9
"""The share of a page that its image covers when the page is a scan."""
_PICTURED = 0.1
"""The share of a page that pictures may cover while its text is still all that there is to read."""
_SLACK = 0.004
"""By which share of its side a scan may miss an edge of its page and still count as the whole page."""
_GLANCE = 150
"""The longer side, in pixels, of the small rendering that an embedded image is held against."""
_ALIKE, _TOGETHER = 12.0, 0.8
"""How many grey values the two may differ on average, and how well their shades must run together."""
_FLAT = 0.1
"""The height, in points, up to which a sign counts as one of which nothing is drawn."""
_CONTRAST = 60
"""How many grey values a printed word's darkest and lightest places differ at least."""
_ODD = 0.02
"""The share of characters without a meaning that a printed text may have."""
_DEEP = 4
STRETCH = 25
"""So many pages are opened before the document is opened anew."""
_SOFT_HYPHENS = dict.fromkeys((0x02, 0xAD, 0xFFFE), "-")
"""How pdfium gives a hyphen at the end of a line."""
_VISIBLE = frozenset((0, 1, 2, 4, 5, 6))
"""Ways of showing text that leave ink; 3 is invisible and 7 only clips."""


def pdf_count(path: Path, limits: Limits) -> int:
    """How many pages a PDF says that it has.

    Raises:
        InputError: the document is damaged or has no pages.
        LockedInput: it asks for a password.
        LimitExceeded: it has more pages than the limits allow.
    """
    with _document(path) as document:
        return _counted(document, path.name, limits)


def pdf_sheet(path: Path, number: int, limits: Limits) -> PageSource:
    """One page of a PDF, without looking at the others.

    Raises:
        InputError: as for `pdf_count`.
        LimitExceeded: as for `pdf_count`.
    """
    with _document(path) as document:
        if number > _counted(document, path.name, limits):
            return PageSource(number=number)
        return _sheet(document, number, path.name, limits)


def pdf_pages(path: Path, limits: Limits, *, first: int = 1) -> Iterator[PageSource]:
    """The pages of a PDF one by one, from page `first` on; a page that can't be had is a sheet with a fault.

    Raises:
        InputError: as for `pdf_count`.
        LimitExceeded: as for `pdf_count`.
    """
    count = pdf_count(path, limits)
    # The library keeps all that it has read of a document until it is closed.
    for start in range(first, count + 1, STRETCH):
        with _document(path) as document:
            for number in range(start, min(start + STRETCH, count + 1)):
                yield _sheet(document, number, path.name, limits)


def _counted(document: pdfium.PdfDocument, name: str, limits: Limits) -> int:
    count = len(document)
    if not count:
        raise InputError("the PDF has no pages", where=name, remedy="Fetch or copy the file again.")
    if count > limits.pages:
        raise too_many(count, name, limits)
    return count


@contextlib.contextmanager
def _document(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(path)
    except FileNotFoundError as why:
        raise VanishedInput(
            "the file is not there (any more)", where=path.name, remedy="Check the path and run again."
        ) from why
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


def _sheet(document: pdfium.PdfDocument, number: int, name: str, limits: Limits) -> PageSource:
    where = f"{name}, page {number}"
    try:
        with contextlib.closing(document[number - 1]) as page:
            width, height = page.get_size()
            objects = list(page.get_objects(max_depth=_DEEP))
            image = _scan(page, objects, where, limits)
            dpi, aspect = DPI, 1.0
            if image is None:
                check_pixels((round(width * DPI / 72), round(height * DPI / 72)), where, limits)
                with contextlib.closing(page.render(scale=DPI / 72, grayscale=True)) as bitmap:
                    image = bitmap.to_pil().convert("L").copy()
            else:
                dpi = max(1, round(image.width / max(width / 72, 0.1)))
                aspect = aspect_of((image.width / max(width, 0.1), image.height / max(height, 0.1)))
            lines = _lines(page, image.size, where, limits)
            layer = None
            if lines:
                layer = TextLayer(lines=lines, stands=_printed(objects, width * height, lines, image))
            return PageSource(
                number=number, image=image, size=image.size, dpi=dpi, aspect=aspect, layer=layer
            )
    except (InputError, LimitExceeded) as fault:
        return PageSource(number=number, fault=fault)
    except (pdfium.PdfiumError, OSError, ValueError, MemoryError) as why:
        damage = InputError(f"the page is damaged ({why})", where=where, remedy="Look at it in a PDF viewer.")
        return PageSource(number=number, fault=damage)


def _scan(
    page: pdfium.PdfPage, objects: list[pdfium.PdfObject], where: str, limits: Limits
) -> Image.Image | None:
    """The image that fills the page, if one does and nothing else shows: better than a rendering of it.

    A box drawn over a scan is part of the page: with one, or with an annotation, the page is rendered, so
    that what a reviewer covered stays covered.
    """
    images = [item for item in objects if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE]
    if len(images) != 1 or page.get_rotation() or pdfium_c.FPDFPage_GetAnnotCount(page):
        return None
    for item in objects:
        if item.type in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING) or _shows(item):
            return None
    left, bottom, right, top = images[0].get_bounds()
    width, height = page.get_size()
    if (right - left) * (top - bottom) < _FULL_PAGE * width * height:
        return None
    check_pixels(images[0].get_px_size(), where, limits)
    # The bitmap belongs to the image and goes with it; closing it here would be unsafe.
    image: Image.Image = images[0].get_bitmap().to_pil().convert("L").copy()
    if not _as_shown(page, image, (left, bottom, right, top)):
        return None
    return _as_page(page, image, (left, bottom, right, top), where, limits)


def _as_page(
    page: pdfium.PdfPage,
    image: Image.Image,
    bounds: tuple[float, float, float, float],
    where: str,
    limits: Limits,
) -> Image.Image:
    """The scan as a picture of the whole page: with white around it, or cut, where it is not of its size.

    The scan's pixels stay what they are, and boxes on the picture are boxes on the page.
    """
    left, bottom, right, top = bounds
    page_left, page_bottom, page_right, page_top = page.get_cropbox()
    across, down = image.width / (right - left), image.height / (top - bottom)
    edges = (
        round((page_left - left) * across),
        round((top - page_top) * down),
        round((page_right - left) * across),
        round((top - page_bottom) * down),
    )
    off = (edges[0], edges[1], edges[2] - image.width, edges[3] - image.height)
    if max(abs(off[0]), abs(off[2])) <= _SLACK * image.width and (
        max(abs(off[1]), abs(off[3])) <= _SLACK * image.height
    ):
        return image
    size = (edges[2] - edges[0], edges[3] - edges[1])
    check_pixels(size, where, limits)
    whole = Image.new("L", size, 255)
    whole.paste(image, (-edges[0], -edges[1]))
    return whole


def _shows(item: pdfium.PdfObject) -> bool:
    """Whether an object is text that leaves ink."""
    if item.type != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return False
    return pdfium_c.FPDFTextObj_GetTextRenderMode(item) in _VISIBLE


def _as_shown(page: pdfium.PdfPage, image: Image.Image, bounds: tuple[float, float, float, float]) -> bool:
    """Whether an embedded image looks as the page does: not turned, mirrored, inverted or masked."""
    scale = _GLANCE / max(page.get_size())
    with contextlib.closing(page.render(scale=scale, grayscale=True)) as bitmap:
        whole = bitmap.to_pil().convert("L")
    left, bottom, right, top = bounds
    start, _, _, height = page.get_cropbox()
    box = (
        (left - start) * scale,
        (height - top) * scale,
        (right - start) * scale,
        (height - bottom) * scale,
    )
    shown = whole.crop((max(round(box[0]), 0), max(round(box[1]), 0), round(box[2]), round(box[3])))
    small = image.resize(shown.size, Image.Resampling.BOX)
    one, other = np.asarray(shown, np.float64), np.asarray(small, np.float64)
    if abs(one.mean() - other.mean()) > _ALIKE:
        return False
    if min(one.std(), other.std()) < 1.0:
        return True
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) > _TOGETHER


def _printed(
    objects: list[pdfium.PdfObject], area: float, lines: tuple[LayerLine, ...], image: Image.Image
) -> bool:
    """Whether the text is what is printed on the page, all of it, and nothing but it."""
    texts = [item for item in objects if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT]
    if not texts or not all(map(_shows, texts)):
        return False
    pictured = 0.0
    for item in objects:
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictured += max(right - left, 0.0) * max(top - bottom, 0.0)
    if pictured > _PICTURED * area:
        return False
    characters = "".join(word.text for line in lines for word in line.words)
    odd = sum(unicodedata.category(c) in ("Cn", "Co", "Cs") or c == "\ufffd" for c in characters)
    if odd > _ODD * len(characters):
        return False
    page = np.asarray(image)
    for word in (word for line in lines for word in line.words):
        if sum(map(str.isalnum, word.text)) < 2:
            continue
        if word.box is None:
            return False
        place = page[word.box.top : word.box.bottom, word.box.left : word.box.right]
        if not place.size or int(place.max()) - int(place.min()) < _CONTRAST:
            return False
    return True


def _lines(page: pdfium.PdfPage, size: tuple[int, int], where: str, limits: Limits) -> tuple[LayerLine, ...]:
    """The page's text in the order in which the file gives it, with boxes in pixels."""
    with contextlib.closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > limits.layer_characters:
            raise LimitExceeded(
                f"the page's text layer has {count:,} characters, the limit is {limits.layer_characters:,}",
                where=where,
                remedy="Save a copy without it and read that.",
            )
        lines: list[LayerLine] = []
        words: list[LayerWord] = []
        letters: list[str] = []
        inside: list[tuple[float, float, float, float]] = []
        edges = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = edges
        references = [ctypes.byref(edge) for edge in edges]

        def loose(index: int) -> tuple[float, float, float, float]:
            """The room of a sign of which nothing is drawn, as those of invisible fonts."""
            room = pdfium_c.FS_RECTF()
            pdfium_c.FPDFText_GetLooseCharBox(text, index, ctypes.byref(room))
            return room.left, room.bottom, room.right, room.top

        def end_word() -> None:
            if letters:
                box = _on_image(page, inside, size)
                content = cleared("".join(letters))
                if content.strip():
                    if words and _lower(words[-1].box, box):
                        lines.append(LayerLine(words=tuple(words)))
                        words.clear()
                    words.append(LayerWord(text=content, box=box))
                letters.clear()
                inside.clear()

        def end_line() -> None:
            end_word()
            if words:
                lines.append(LayerLine(words=tuple(words)))
                words.clear()

        for index in range(count):
            code = pdfium_c.FPDFText_GetUnicode(text, index)
            hyphen = code in _SOFT_HYPHENS
            letter = "-" if hyphen else chr(code) if code < 0x110000 else "\ufffd"
            if letter in "\r\n":
                end_line()
            elif letter.isspace() or code == 0:
                end_word()
            else:
                letters.append(letter)
                if pdfium_c.FPDFText_GetCharBox(text, index, *references):
                    tight = (left.value, bottom.value, right.value, top.value)
                    drawn = right.value > left.value and top.value - bottom.value > _FLAT
                    inside.append(tight if drawn else loose(index))
                if hyphen and index + 1 < count:
                    end_line()
        end_line()
    return tuple(lines)


def _lower(before: Box | None, box: Box | None) -> bool:
    """Whether a word begins a new line; on turned and tilted pages pdfium does not tell."""
    if before is None or box is None:
        return False
    return box.right <= before.left or not before.top <= (box.top + box.bottom) / 2 <= before.bottom


def _on_image(
    page: pdfium.PdfPage, inside: list[tuple[float, float, float, float]], size: tuple[int, int]
) -> Box | None:
    """The upright rectangle in pixels around boxes in the page's units; None when it lies off the page."""
    if not inside:
        return None
    width, height = size
    across, down = ctypes.c_int(), ctypes.c_int()
    corners: list[tuple[int, int]] = []
    left, bottom = min(b[0] for b in inside), min(b[1] for b in inside)
    right, top = max(b[2] for b in inside), max(b[3] for b in inside)
    for x, y in ((left, bottom), (right, top)):
        pdfium_c.FPDF_PageToDevice(
            page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        corners.append((across.value, down.value))
    (x0, y0), (x1, y1) = corners
    box = Box(
        left=min(max(min(x0, x1), 0), width),
        top=min(max(min(y0, y1), 0), height),
        right=min(max(x0, x1) + 1, width),
        bottom=min(max(y0, y1) + 1, height),
    )
    return box if box.left < box.right and box.top < box.bottom else None
