"""Invisible text on the pages of a PDF, and the pages themselves, whether from PDF or from images."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Page,
    Pdf,
    Stream,
)

from septel import __version__
from septel.archive import Holding
from septel.archive.model import shown_field
from septel.capture import Box, Origin, PageAccount
from septel.errors import InputError
from septel.export.pages.archival import describe
from septel.export.pages.images import Picture, pictures_of
from septel.export.pages.placement import PlacedLine, PlacedPage, placed_pages

_FONT = "/SeptelText"
_EM = 0.5
"""How wide each sign of the invisible font is, as a share of its size."""
_TYPE = 1.5
"""The size of type to the height of its capitals."""
_ROOM = 0.4
"""The room beside a sign's ink, as a share of a sign's width."""
_PAIRED, _APART, _ENOUGH = 20, 5, 10
"""How many words of a line are paired for its slope, how far apart in heights, how many pairs are enough."""
_CLOSEST, _SMALLEST = 0.12, 0.2
"""How wide each sign is at least, and how small type may get, as shares of the line's size."""
_DEEP = 8
_INVISIBLE = 3
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))


def searchable(holding: Holding, originals: Sequence[tuple[str, Path]]) -> bytes:
    """Every page of the originals with the reading on it.

    Args:
        holding: the document.
        originals: name and place of each original with pages, in order.

    Raises:
        InputError: an original can't be opened any more.
    """
    placed = {one.page.number: one for one in placed_pages(holding)}
    accounts = {account.number: account for account in holding.accounts}
    # Of a file that holds several papers only the pages of this one are written.
    own = frozenset(accounts) if holding.telegram.get("paper") and accounts else None
    with ExitStack() as stack:
        out = stack.enter_context(Pdf.new())
        font = out.make_indirect(_font(out))
        number = 0
        for name, path in originals:
            if Path(name).suffix.lower() == ".pdf":
                number += _pdf_pages(out, font, _opened(stack, name, path), placed, number, own)
                continue
            for picture in pictures_of(path):
                number += 1
                if own is not None and number not in own:
                    continue
                _picture_page(out, font, picture, placed.get(number), accounts.get(number))
        describe(out, shown_field(holding, "title"), f"Septel {__version__}", _FONT)
        written = io.BytesIO()
        out.save(written, deterministic_id=True, compress_streams=True)
    return written.getvalue()


def _opened(stack: ExitStack, name: str, path: Path) -> Pdf:
    try:
        return stack.enter_context(Pdf.open(path))
    except (pikepdf.PdfError, OSError) as why:
        raise InputError(
            f"the original can't be opened as a PDF ({why})", where=name, remedy="Export it as text."
        ) from why


def _pdf_pages(
    out: Pdf,
    font: Object,
    source: Pdf,
    placed: dict[int, PlacedPage],
    before: int,
    own: frozenset[int] | None,
) -> int:
    """Take over the pages of a PDF, or those that are a paper's own; gives how many the PDF has."""
    cleaner = _Cleaner(source)
    for index, page in enumerate(source.pages):
        number = before + index + 1
        if own is not None and number not in own:
            continue
        one = placed.get(number)
        if one is None or one.page.origin is not Origin.ENGINE:
            out.pages.append(page)
            continue
        cleaner.clean(page)
        out.pages.append(page)
        _overlay(out, font, out.pages[-1], one)
    return len(source.pages)


def _picture_page(
    out: Pdf, font: Object, picture: Picture, placed: PlacedPage | None, account: PageAccount | None
) -> None:
    page = out.add_blank_page(page_size=picture.points)
    if picture.stream is None:
        why = str(account.fault) if account and account.fault else "This page can't be shown."
        page.Resources = Dictionary(
            Font=Dictionary(
                F1=Dictionary(
                    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
                )
            )
        )
        shown = pikepdf.String(f"[Page not readable] {why}".encode("cp1252", "replace").decode("cp1252"))
        page.Contents = out.make_stream(b"BT /F1 9 Tf 36 400 Td " + shown.unparse() + b" Tj ET")
        return
    image = out.make_stream(picture.stream.data, **picture.stream.entries)
    width, height = picture.points
    page.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.Contents = out.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q".encode())
    if placed is not None:
        _overlay(out, font, page, placed)


def _overlay(out: Pdf, font: Object, page: Page, placed: PlacedPage) -> None:
    """Put the page's words on it, under the coordinates that a reader of the page has."""
    width, height = placed.page.width, placed.page.height
    if not width or not height:
        return
    matrix = _to_page(page, width, height)
    commands: list[str] = ["q", f"{' '.join(f'{value:.6f}' for value in matrix)} cm", "BT", "3 Tr"]
    slope = _slant(placed)
    for line in placed.lines:
        commands += _line(line, height, slope)
    commands += ["ET", "Q"]
    resources = page.obj.get("/Resources")
    if resources is None:
        # Inherited resources come from the page tree, which a copied page has left.
        resources = page.obj["/Resources"] = Dictionary()
    fonts = resources.get("/Font")
    if fonts is None:
        fonts = resources["/Font"] = Dictionary()
    fonts[_FONT] = font
    page.contents_add(out.make_stream(b"q"), prepend=True)
    page.contents_add(out.make_stream(("Q\n" + "\n".join(commands)).encode()))


def _to_page(page: Page, width: int, height: int) -> tuple[float, float, float, float, float, float]:
    """From pixels with the origin at the bottom left to the page's own units, turned as the page is."""
    left, bottom, right, top = (float(value) for value in page.cropbox)
    left, right = min(left, right), max(left, right)
    bottom, top = min(bottom, top), max(bottom, top)
    turned = int(page.rotation) % 360
    across, up = right - left, top - bottom
    if turned == 90:
        return (0.0, up / width, -across / height, 0.0, right, bottom)
    if turned == 180:
        return (-across / width, 0.0, 0.0, -up / height, right, top)
    if turned == 270:
        return (0.0, -up / width, across / height, 0.0, left, top)
    return (across / width, 0.0, 0.0, up / height, left, bottom)


def _line(line: PlacedLine, height: int, slope: float) -> list[str]:
    """The line's words, each over its box, on one base line that follows the slant of the page."""
    words = [(word.text, word.box) for word in line.words if word.box]
    if not words:
        return []
    boxes = _solid(line) or [box for _, box in words]
    # Boxes hold the ink only: capitals, which reach two thirds of the type's height.
    size = _TYPE * float(np.median([box.bottom - box.top for box in boxes]))
    start = float(np.median([box.bottom - slope * (box.left + box.right) / 2 for box in boxes]))
    angle = math.atan(slope)
    cos, sin = math.cos(angle), math.sin(angle)
    size = max(size, 1.0)
    out: list[str] = []
    for index, (text, box) in enumerate(words):
        x, y = float(box.left), height - (start + slope * box.left)
        out.append(f"{cos:.6f} {-sin:.6f} {sin:.6f} {cos:.6f} {x:.2f} {y:.2f} Tm")
        width = float(box.right - box.left)
        if index + 1 < len(words):
            # Type of one width has room around its ink, so the space between words is narrower than it
            # looks; programs that look for columns would otherwise take each word for one.
            gap = words[index + 1][1].left - box.right
            width += _ROOM * min(max(gap, 0), width / len(text))
        # Signs that nearly lie on each other are taken for one sign in bold by those who copy them: what
        # has little room is set in smaller type.
        small = min(size, max(width / (len(text) * _CLOSEST), _SMALLEST * size))
        out += (f"{_FONT} {small:.2f} Tf", _shown(text, width, small))
    return out


def _solid(line: PlacedLine) -> list[Box]:
    """The boxes of the words that are more than a speck."""
    return [word.box for word in line.words if word.box and sum(map(str.isalnum, word.text)) > 1]


def _slant(page: PlacedPage) -> float:
    """By how much the page's lines fall to the right: pixels down for each pixel across.

    The median of the slopes between all pairs of words of a line (Theil and Sen), over all lines: letters
    that reach below the line and specks make single boxes deeper or shallower.
    """
    slopes: list[float] = []
    for line in page.lines:
        boxes = _solid(line)
        for first, second in combinations(boxes[:_PAIRED], 2):
            across = (second.left + second.right - first.left - first.right) / 2
            if abs(across) > _APART * max(first.bottom - first.top, 1):
                slopes.append((second.bottom - first.bottom) / across)
    return min(max(float(np.median(slopes)), -0.2), 0.2) if len(slopes) >= _ENOUGH else 0.0


def _shown(text: str, width: float, size: float) -> str:
    """A word stretched to a width, and a space after it.

    Signs beyond the basic plane stand as the replacement character. Without the space, some readers would
    pass over words of one sign, of which nothing is drawn.
    """
    plain = "".join(c if ord(c) < 0x10000 else "\ufffd" for c in text)
    stretch = 100 * max(width, len(plain) * _CLOSEST * size) / (len(plain) * _EM * size)
    return f"{stretch:.2f} Tz <{plain.encode('utf-16-be', 'replace').hex()}0020> Tj"


def _font(out: Pdf) -> Dictionary:
    """A font of one empty glyph for all signs, which a table takes back to characters."""
    program = files("septel.export").joinpath("data/glyphless.ttf").read_bytes()
    blocks = [
        "\n".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(first, first + 64))
        for first in range(0, 256, 64)
    ]
    ranges = "\n".join(f"64 beginbfrange\n{block}\nendbfrange" for block in blocks)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{ranges}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    base = Name("/SeptelGlyphless")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=5,
        FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=out.make_stream(program, Length1=len(program)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=out.make_indirect(descriptor),
        DW=500,
        # All signs are its second glyph: the first means that a sign is missing, which PDF/A forbids.
        CIDToGIDMap=out.make_stream(bytes((0, 1)) * 0x10000),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([out.make_indirect(descendant)]),
        ToUnicode=out.make_stream(to_unicode.encode()),
    )


class _Cleaner:
    """Takes invisible text off pages, and off the forms that they show."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self._done: set[tuple[int, int]] = set()

    def clean(self, page: Page) -> None:
        """Take the invisible text off a page."""
        cleaned = self._without(page.obj)
        if cleaned is not None:
            page.obj["/Contents"] = self.pdf.make_stream(cleaned)
        self._forms(page.obj.get("/Resources"), _DEEP)

    def _forms(self, resources: Object | None, deep: int) -> None:
        if resources is None or deep == 0:
            return
        for item in dict(resources.get("/XObject", Dictionary()).items()).values():
            if not isinstance(item, Stream) or item.get("/Subtype") != Name.Form:
                continue
            if item.objgen in self._done:
                continue
            self._done.add(item.objgen)
            cleaned = self._without(item)
            if cleaned is not None:
                item.write(cleaned)
            self._forms(item.get("/Resources"), deep - 1)

    @staticmethod
    def _without(item: Object) -> bytes | None:
        """A content stream without what it shows invisibly; None when it shows nothing so."""
        try:
            instructions = pikepdf.parse_content_stream(item)
        except pikepdf.PdfError:
            return None
        mode = 0
        outer: list[int] = []
        kept: list[ContentStreamInstruction | ContentStreamInlineImage] = []
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator == "q":
                outer.append(mode)
            elif operator == "Q":
                mode = outer.pop() if outer else 0
            elif operator == "Tr" and instruction.operands:
                mode = int(instruction.operands[0])
            elif operator in _SHOWING and mode == _INVISIBLE:
                continue
            kept.append(instruction)
        if len(kept) == len(instructions):
            return None
        return pikepdf.unparse_content_stream(kept)
