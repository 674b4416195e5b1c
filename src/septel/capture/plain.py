"""Plain text in any encoding, with form feeds as page breaks."""

from __future__ import annotations

import codecs
import unicodedata

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
    if "\x00" in text:
        text = _wide(data, name)
    if _strange(text) > 0.1:
        raise _no_text(name)
    return text


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
    if b"\x00" in data:
        raise _no_text(name)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return str(best) if best else data.decode("latin-1")


def _strange(text: str) -> float:
    """The share of control characters and characters of no assigned meaning."""
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x85" for c in text)
    return odd / max(len(text), 1)


def _no_text(name: str) -> InputError:
    return InputError(
        "this is a binary file, not text",
        where=name,
        remedy="Give it its right ending (.pdf, .png, .tif, .jpg) or convert it to text.",
    )


def paginate(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text with line feeds at its line ends, and its pages.

    A form feed ends a page and is itself no character of the text; one within a line also ends no line.
    A form feed at the very end opens no further page.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts[-2:] = [parts[-2] + parts[-1]]
    pages: list[Span] = []
    at = 0
    for part in parts:
        pages.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(pages)
