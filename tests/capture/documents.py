"""PDF files made for tests: scans with and without a layer, pages made by programs, and hostile ones."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw

SIZE = (340, 440)
"""A small page, in pixels; in a PDF its sides are as many points."""


def marked(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A page with its number on it as bars, so that no two pages are alike."""
    page = Image.new("L", size, 255)
    draw = ImageDraw.Draw(page)
    for bit in range(14):
        if number >> bit & 1:
            draw.rectangle((20 + 20 * bit, 20, 34 + 20 * bit, 60), fill=0)
    return page


def number_of(page: Image.Image) -> int:
    """The number that `marked` drew."""
    across = page.width / SIZE[0]
    down = page.height / SIZE[1]
    return sum(
        1 << bit
        for bit in range(14)
        if float(str(page.getpixel((int((27 + 20 * bit) * across), int(40 * down))))) < 128
    )


def image_of(document: Pdf, picture: Image.Image) -> pikepdf.Stream:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return document.make_stream(
        out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def scans(file: Path, count: int, layers: Sequence[str] = (), *, size: tuple[int, int] = SIZE) -> Path:
    """A PDF of scans; those with a layer have it as invisible text, a line for each of its lines."""
    with pikepdf.new() as document:
        for number in range(1, count + 1):
            page = document.add_blank_page(page_size=SIZE)
            layer = layers[number - 1] if number <= len(layers) else ""
            page.Resources = Dictionary(
                XObject=Dictionary(Im=image_of(document, marked(number, size))), Font=_fonts()
            )
            page.Contents = document.make_stream(
                f"q {SIZE[0]} 0 0 {SIZE[1]} 0 0 cm /Im Do Q ".encode() + _text(layer, mode=3)
            )
        document.save(file)
    return file


def printed(
    file: Path, text: str, *, covered: bool = False, white: bool = False, beside: bool = False
) -> Path:
    """A page that a program made: letters from a font, no picture.

    Covered by a black box, or white on white, or beside the page, the text does not show.
    """
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=SIZE)
        page.Resources = Dictionary(Font=_fonts())
        content = b"1 g " if white else b"0 g "
        content += _text(text, left=5000 if beside else 20)
        if covered:
            content += b" 0 g 10 395 200 20 re f"
        page.Contents = document.make_stream(content)
        document.save(file)
    return file


def _fonts() -> Dictionary:
    return Dictionary(
        F1=Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding
        )
    )


def _text(text: str, *, mode: int = 0, left: int = 20) -> bytes:
    if not text:
        return b""
    lines = "".join(f"({line}) Tj T* " for line in text.splitlines())
    return f"BT {mode} Tr /F1 10 Tf 14 TL {left} 400 Td {lines}ET".encode("cp1252")


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>"


def raw(file: Path, pages: bytes, *more: bytes) -> Path:
    """A PDF written by hand: a catalog, the given page tree, one page, and what else is given."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages, *(more or (PAGE,))]
    out = b"%PDF-1.7\n"
    offsets: list[int] = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    file.write_bytes(out)
    return file


def endless(file: Path) -> Path:
    """Forms within forms, ten in each, twelve deep: more to draw than anybody has time for. Then a page."""
    with pikepdf.new() as document:
        inner: pikepdf.Object | None = None
        for _ in range(12):
            content = b"0 0 5 5 re f" if inner is None else b"q /X Do Q " * 12
            form = document.make_stream(
                content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *SIZE])
            )
            if inner is not None:
                form.Resources = Dictionary(XObject=Dictionary(X=inner))
            inner = form
        page = document.add_blank_page(page_size=SIZE)
        page.Resources = Dictionary(XObject=Dictionary(X=inner))
        page.Contents = document.make_stream(b"/X Do")
        document.add_blank_page(page_size=SIZE)
        document.save(file)
    return file


def swollen(file: Path) -> Path:
    """An image of 3,600 megapixels in three kilobytes, over a whole page, and a page after it."""
    with pikepdf.new() as document:
        image = document.make_stream(
            b"",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=60_000,
            Height=60_000,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        image.write(zlib.compress(bytes(1000)), filter=Name.FlateDecode)
        page = document.add_blank_page(page_size=SIZE)
        page.Resources = Dictionary(XObject=Dictionary(I=image))
        page.Contents = document.make_stream(f"q {SIZE[0]} 0 0 {SIZE[1]} 0 0 cm /I Do Q".encode())
        document.add_blank_page(page_size=SIZE)
        document.save(file)
    return file
