"""Page images as the pictures of PDF pages, in their own compression where a PDF can hold it."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Dictionary, Name, Object
from PIL import Image, ImageOps
from PIL.TiffImagePlugin import TiffImageFile

from septel.capture import Limits

_LETTER = (612.0, 792.0)
"""The size, in points, of a page of which nothing better is known."""
_FEWEST, _MOST = 60, 1200
"""The dots per inch that a scan may have; other claims are mistakes."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An image's compressed bytes and what a PDF has to say of them."""

    data: bytes
    entries: dict[str, Object | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page image and the size of its page in points; no stream when it can't be read."""

    points: tuple[float, float]
    stream: Coded | None


def pictures_of(path: Path) -> Iterator[Picture]:
    """The pages of an image file; a TIFF may have many. One that can't be read has no stream."""
    limits = Limits()
    whole = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(whole))
    except (OSError, ValueError, SyntaxError, EOFError, struct.error):
        yield Picture(points=_LETTER, stream=None)
        return
    with opened:
        several = opened.format == "TIFF"
        number = 0
        while number < limits.pages:
            try:
                opened.seek(number)
            except EOFError:
                return
            except (OSError, ValueError, SyntaxError, struct.error):
                yield Picture(points=_LETTER, stream=None)
                return
            number += 1
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    yield Picture(points=_points(opened), stream=_coded(opened, whole))
            except (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error):
                yield Picture(points=_LETTER, stream=None)
            if not several:
                return


def _points(image: Image.Image) -> tuple[float, float]:
    """The page's size: by the file's own resolution if it is one, else as high as a letter page."""
    width, height = ImageOps.exif_transpose(image).size if image.getexif().get(274, 1) > 4 else image.size
    dpi = image.info.get("dpi", (0, 0))
    across, down = (float(value or 0) for value in dpi[:2])
    if not (_FEWEST <= across <= _MOST and _FEWEST <= down <= _MOST) or (across, down) == (72.0, 72.0):
        across = down = max(width, height) / 11
    return width / across * 72, height / down * 72


def _coded(image: Image.Image, whole: bytes) -> Coded:
    if image.format == "JPEG" and image.mode in ("L", "RGB") and image.getexif().get(274, 1) == 1:
        # As it is: to compress it anew would lose something.
        return _entries(
            image, whole, Name.DCTDecode, Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
        )
    upright = ImageOps.exif_transpose(image)
    if upright.mode == "1":
        return _fax(upright)
    if upright.mode in ("RGB", "P", "RGBA", "CMYK", "YCbCr", "LAB"):
        colours = (
            upright.convert("RGBA") if "A" in upright.mode or "transparency" in upright.info else upright
        )
        if colours.mode == "RGBA":
            paper = Image.new("RGBA", colours.size, "white")
            paper.alpha_composite(colours)
            colours = paper
        return _png(colours.convert("RGB"), 3)
    from septel.capture.formats import grey

    return _png(grey(image), 1)


def _entries(image: Image.Image, data: bytes, filtered: Name, space: Name, **more: Object | int) -> Coded:
    entries: dict[str, Object | int] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": space,
        "BitsPerComponent": 8,
        "Filter": filtered,
    }
    return Coded(data, entries | more)


def _png(image: Image.Image, colours: int) -> Coded:
    """PNG's own compression is one that PDF knows: its data blocks, one after the other."""
    out = io.BytesIO()
    image.save(out, "PNG")
    png, at, blocks = out.getvalue(), 8, []
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            blocks.append(png[at + 8 : at + 8 + length])
        at += length + 12
    how = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=image.width)
    space = Name.DeviceRGB if colours == 3 else Name.DeviceGray
    return _entries(image, b"".join(blocks), Name.FlateDecode, space, DecodeParms=how)


def _fax(image: Image.Image) -> Coded:
    """Black and white pages by the compression of fax machines, group 4, in one strip."""
    out = io.BytesIO()
    image.save(out, "TIFF", compression="group4", strip_size=image.width * image.height + 1)
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        if not isinstance(tiff, TiffImageFile):
            raise ValueError("a TIFF was written and something else read")
        offsets, lengths = tiff.tag_v2[273], tiff.tag_v2[279]
        # Where zero is black, the runs that the code calls black are the white ones.
        turned = tiff.tag_v2[262] == 1
    if len(offsets) != 1:
        return _png(image.convert("L"), 1)
    data = out.getvalue()[offsets[0] : offsets[0] + lengths[0]]
    how = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=turned)
    return _entries(image, data, Name.CCITTFaxDecode, Name.DeviceGray, BitsPerComponent=1, DecodeParms=how)
