"""What a file is: its first bytes decide, not its name."""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from septel.capture.model import Limits
from septel.errors import EmptyInput, InputError, LimitExceeded, VanishedInput

IMAGES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
    ".jp2",
    ".pbm",
    ".pgm",
    ".ppm",
    ".pnm",
    ".gif",
    ".jpe",
    ".jfif",
    ".j2k",
    ".pcx",
    ".tga",
    ".dib",
)
MARKED = (".hocr", ".alto", ".xml")
"""How the names of page files with a layout end: hOCR, ALTO, PAGE XML."""
_MAGIC = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
    (b"GIF8", "image"),
    (b"BM", "bitmap"),
    (b"RIFF", "image"),
    (b"\x00\x00\x00\x0cjP  ", "image"),
    (b"\xff\x4f\xff\x51", "image"),
    (b"P4", "netpbm"),
    (b"P5", "netpbm"),
    (b"P6", "netpbm"),
    (b"P1", "netpbm"),
    (b"P2", "netpbm"),
    (b"P3", "netpbm"),
)
_WRAPPED = (
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or OpenDocument file)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"AT&TFORM", "a DjVu file"),
    (b"\xfd7zXZ", "an xz archive"),
)
_ZEROS = 0.02
_MARKUP = re.compile(rb"\s*<(\?xml|!DOCTYPE|html|alto|[\w:]*PcGts|[\w:]*alto)[\s>]", re.IGNORECASE)


class FileKind(StrEnum):
    """How a file is to be read."""

    TEXT = "text"
    IMAGE = "image"
    PDF = "pdf"
    MARKUP = "markup"


class FileStart(NamedTuple):
    """The first bytes of a file, the SHA-256 of all of them, and the whole of a small file."""

    head: bytes
    digest: str
    whole: bytes | None


def head_and_digest(path: Path, limits: Limits) -> FileStart:
    """How a file begins, and the SHA-256 of all of it, read piece by piece.

    Raises:
        VanishedInput: the file is not there.
        EmptyInput: there is nothing in it.
        InputError: it can't be opened.
        LimitExceeded: it is larger than the limits allow.
    """
    sha = hashlib.sha256()
    head = b""
    whole: bytes | None = None
    try:
        known = path.stat()
        if not S_ISREG(known.st_mode):
            raise InputError("this is no file", where=path.name, remedy="Give a file or a folder.")
        size = known.st_size
        if size > limits.file_bytes:
            raise LimitExceeded(
                f"the file has {size / 1e9:.1f} GB, the limit is {limits.file_bytes / 1e9:.1f}",
                where=path.name,
                remedy="Split it, or raise the limit with --max-gigabytes.",
            )
        with path.open("rb", buffering=0) as opened:
            while block := opened.read(1 << 20):
                whole = None if head else block
                head = head or block[:1024]
                sha.update(block)
    except FileNotFoundError as why:
        raise VanishedInput(
            "the file is not there (any more)", where=path.name, remedy="Check the path and run again."
        ) from why
    except OSError as why:
        raise InputError(
            f"the file can't be opened ({why.strerror})", where=path.name, remedy="Check its permissions."
        ) from why
    if not head:
        raise EmptyInput("the file is empty", where=path.name, remedy="Check that the copy is complete.")
    return FileStart(head, sha.hexdigest(), whole)


def kind_of(head: bytes, path: Path) -> FileKind:
    """What a file with these first bytes is.

    Raises:
        InputError: it is something that can't be read, or its name promises what its bytes are not.
    """
    if b"%PDF-" in head:
        return FileKind.PDF
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind == "image" or path.suffix.lower() in IMAGES):
            return FileKind.IMAGE
    for magic, what in _WRAPPED:
        if head.startswith(magic):
            remedy = "Unpack it, or save it as PDF or plain text, and read that."
            raise InputError(f"this is {what}, which can't be read", where=path.name, remedy=remedy)
    if path.suffix.lower() == ".pdf":
        raise InputError(
            "this is no PDF, whatever its name says", where=path.name, remedy="Fetch the file again."
        )
    binary = path.suffix.lower() in IMAGES or head.count(0) > _ZEROS * len(head)
    if binary and _is_picture(path):
        return FileKind.IMAGE
    if path.suffix.lower() in IMAGES:
        raise InputError("this is no image, whatever its name says", where=path.name, remedy="Copy it again.")
    if _MARKUP.match(_unwrapped(head)):
        return FileKind.MARKUP
    return FileKind.TEXT


def _is_picture(path: Path) -> bool:
    """Whether a binary file is a picture of a kind that is told by more than its first bytes."""
    # Only a file that may be an image asks what knows images.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as opened:
                return opened.format is not None and min(opened.size) > 1
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError):
        return False


def _unwrapped(head: bytes) -> bytes:
    """The first bytes without a byte order mark, in single bytes."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"") if head[:4].count(0) else head
