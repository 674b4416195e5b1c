"""Plain text in any encoding, with form feeds as page breaks."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from charset_normalizer import from_bytes

from septel.errors import EmptyInput, InputError
from septel.text import Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127, 0xFFFE, 0xFFFF), "\ufffd") | {11: " "}
"""Control characters are no text, and no XML may hold them: each becomes one sign of an unreadable character,
so that the place stays. Tabs, line ends and form feeds are kept, and DOS's end of file is dropped."""
_STRAY = 0.01
"""The share of zero bytes that a text may have from a fault of transfer; more make it a binary file."""
_WESTERN = ("cp437", "cp850", "mac_roman", "latin_1")


def decode(data: bytes, *, name: str) -> str:
    """The text that the bytes hold, in whatever encoding.

    A byte order mark decides; then UTF-8 if it fits; then UTF-16 without a mark if every second byte is
    zero; then Windows' Western encoding, in which most such files were written; else the likeliest.

    Raises:
        EmptyInput: there is nothing but blanks.
        InputError: the bytes are no text.
    """
    if not data.strip():
        raise EmptyInput("the file is empty", where=name, remedy="Check that the copy is complete.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as why:
                raise _no_text(name) from why
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data, name)
    if text.count("\x00") > _STRAY * len(text):
        text = _wide(data, name)
    if _strange(text) > 0.1:
        raise _no_text(name)
    return cleared(text.removesuffix("\x1a"))


def cleared(text: str) -> str:
    """The text with a sign of an unreadable character for each control character."""
    return text.translate(_CONTROLS)


def _wide(data: bytes, name: str) -> str:
    zeros = (data[0::2].count(0), data[1::2].count(0))
    half = len(data) // 2
    if half and max(zeros) > 0.7 * half and min(zeros) < 0.1 * half + 1:
        encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        try:
            return data[: 2 * half].decode(encoding)
        except UnicodeDecodeError as why:
            raise _no_text(name) from why
    raise _no_text(name)


def _guessed(data: bytes, name: str) -> str:
    if data.count(0) > len(data) // 10:
        return _wide(data, name)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # The few bytes that Windows leaves undefined point to DOS or Macintosh. Left free to choose, the
        # detector sees Chinese in short telegrams.
        best = from_bytes(data, cp_isolation=list(_WESTERN)).best()
        return str(best) if best else data.decode("latin-1")


def _strange(text: str) -> float:
    """The share of control characters and characters of no assigned meaning."""
    odd = sum(
        count
        for c, count in Counter(text).items()
        if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x85"
    )
    return odd / max(len(text), 1)


def _no_text(name: str) -> InputError:
    return InputError(
        "this is a binary file, not text",
        where=name,
        remedy="Give it its right ending (.pdf, .png, .tif, .jpg) or convert it to text.",
    )


def paginate(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text with line feeds at its line ends, and its pages.

    A form feed ends a page and is itself no character of the text; one within a line ends no line, but
    between two words it leaves a space, so that they do not run together. A form feed at the very end opens
    no further page.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"(?<=\S)(\f+)(?=\S)", r" \1", text)
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts[-2:] = [parts[-2] + parts[-1]]
    pages: list[Span] = []
    at = 0
    for part in parts:
        pages.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(pages)
