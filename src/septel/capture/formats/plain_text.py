"""Plain text in any encoding, with form feeds as page breaks."""

from __future__ import annotations

import codecs
import re
import string
import unicodedata
from dataclasses import dataclass

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
_CLEARED = bytes(sorted(code for code in _CONTROLS if code < 128)) + b"\x1a"
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[\u00ad\u2010\u2011\u00ac](?=[ \t]*(?:[\r\n\f]|$))")
"""What stands for a hyphen at a line's end: the soft hyphen, Unicode's own, the sign that engines write."""
_IN_A_LINE = re.compile(r"\f(?<=[^\n\f]\f)\f*(?=[^\n\f])")
"""Form feeds within a line; it begins with what is rare, so that the search skips all else."""
_QUOTED = re.compile(r"^>[ \t]?", re.MULTILINE)
"""The sign that mail puts before each line of what it quotes."""
_UNIFORM = 0.95
_FEWEST_LINES = 6
"""A text is quoted as a whole where so many of its lines, and so many at least, have the sign."""
_RARE = 2
"""So many characters of several bytes must a UTF-8 text have for each byte that is none."""
_STRAY = 0.01
"""The share of zero bytes that a text may have from a fault of transfer; more make it a binary file."""
_WESTERN = ("cp437", "cp850", "mac_roman", "latin_1")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were understood.

    Attributes:
        text: the text.
        guess: in words, where nothing in the bytes decided for the encoding; else empty.
        strays: the places, by the spans of the text, of bytes that fit no encoding of the rest; each was
            read alone.
    """

    text: str
    guess: str = ""
    strays: tuple[Span, ...] = ()


def decode(data: bytes, *, name: str) -> str:
    """The text that the bytes hold; see `decoded`."""
    return decoded(data, name=name).text


def decoded(data: bytes, *, name: str) -> Decoded:
    """The text that the bytes hold, in whatever encoding, and how sure that is.

    A byte order mark decides; then UTF-8 if it fits, a few stray bytes aside, which are read singly as
    Windows has them; then UTF-16 without a mark if every second byte is zero; then Windows' Western
    encoding, in which most such files were written; else the likeliest.

    Raises:
        EmptyInput: there is nothing but blanks.
        InputError: the bytes are no text.
    """
    if not data.strip():
        raise EmptyInput("the file is empty", where=name, remedy="Check that the copy is complete.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding))
            except UnicodeDecodeError as why:
                if encoding != "utf-8-sig":
                    raise _no_text(name) from why
                data = data.removeprefix(mark)
    guess = ""
    strays: tuple[Span, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        mended = _nearly(data)
        if mended is not None:
            text, strays = mended
        else:
            text, guess = _guessed(data, name)
    text = text if strays else unquoted(text)
    if text.isascii() and len(data.translate(None, _CLEARED)) == len(data):
        return Decoded(
            text, guess, strays
        )  # nothing is strange, nothing to clear, no hyphen but the plain one
    if text.count("\x00") > _STRAY * len(text):
        text, strays = _wide(data, name), ()
    if _strange(text) > 0.1 or (guess and _wordless(text)):
        raise _other_letters(name) if _is_written(data) else _no_text(name)
    return Decoded(hyphened(cleared(text.removesuffix("\x1a"))), guess, strays)


def _nearly(data: bytes) -> tuple[str, tuple[Span, ...]] | None:
    """UTF-8 with a few bytes that are none, each read as Windows has it; None where they are no few."""
    parts: list[str] = []
    strays: list[Span] = []
    at = length = whole = 0
    while at < len(data):
        try:
            good = data[at:].decode("utf-8")
            end = len(data)
        except UnicodeDecodeError as why:
            good = data[at : at + why.start].decode("utf-8")
            end = at + why.start
        parts.append(good)
        length += len(good)
        whole += sum(ord(character) > 127 for character in good)
        if end < len(data):
            stray = data[end : end + 1]
            parts.append(stray.decode("cp1252", "replace"))
            strays.append(Span(length, length + 1))
            length += 1
            end += 1
            if len(strays) > 8 and len(strays) * _RARE > whole + 16:
                return None
        at = end
    # A Western text has accents that would be no UTF-8 by chance; one that has some is UTF-8.
    return ("".join(parts), tuple(strays)) if len(strays) * _RARE <= whole else None


def cleared(text: str) -> str:
    """The text with a sign of an unreadable character for each control character."""
    return text.translate(_CONTROLS)


def unquoted(text: str) -> str:
    """The text without the sign of quotation that mail put before each of its lines, however often."""
    while text.count(">") >= _FEWEST_LINES:
        filled = [line for line in text.splitlines() if line.strip()]
        signed = sum(line.startswith(">") for line in filled)
        if signed < max(_FEWEST_LINES, _UNIFORM * len(filled)):
            break
        text = _QUOTED.sub("", text)
    return text


def hyphened(text: str) -> str:
    """The text with a plain hyphen where another sign divides a word at the end of a line."""
    return _LINE_HYPHEN.sub("-", text)


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


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """The text in the likeliest encoding of single bytes, and what was guessed."""
    if data.count(0) > len(data) // 10:
        return _wide(data, name), ""
    try:
        return data.decode("cp1252"), "Windows' Western encoding (CP1252)"
    except UnicodeDecodeError:
        # The few bytes that Windows leaves undefined point to DOS or Macintosh. Left free to choose, the
        # detector sees Chinese in short telegrams.
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=list(_WESTERN)).best()
        if best:
            return str(best), best.encoding
        return data.decode("latin-1"), "Latin-1"


def _strange(text: str) -> float:
    """The share of control characters and characters of no assigned meaning."""
    odd = sum(
        text.count(c)
        for c in set(text)
        if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x85"
    )
    return odd / max(len(text), 1)


def _wordless(text: str) -> bool:
    """Whether a text of a guessed encoding has no letters of words: hardly one sign in ten is A to Z."""
    plain = sum(text.count(letter) for letter in string.ascii_letters)
    signs = len(text) - sum(text.count(blank) for blank in string.whitespace)
    return signs >= 64 and plain < 0.1 * signs


_BLANKS = b" \t\n\r\f\v"
_CONTROL_BYTES = bytes({*range(32), 127} - {*_BLANKS, 26})


def _is_written(data: bytes) -> bool:
    """Whether bytes that are no Latin text look like another script's: words between blanks, no controls."""
    blanks = len(data) - len(data.translate(None, _BLANKS))
    words = data.split()
    return (
        len(data.translate(None, _CONTROL_BYTES)) == len(data)
        and 0.03 * len(data) < blanks < 0.5 * len(data)
        and sum(len(word) <= 20 for word in words) > 0.9 * len(words)
    )


def _other_letters(name: str) -> InputError:
    return InputError(
        "this seems to be a text of other than Latin letters in an old encoding (KOI8-R, CP866, CP1251 ...)",
        where=name,
        remedy="Convert it to UTF-8 (iconv -f KOI8-R -t UTF-8).",
    )


def _no_text(name: str) -> InputError:
    return InputError(
        "this is a binary file, not text",
        where=name,
        remedy="Give it its right ending (.pdf, .png, .tif, .jpg) or convert it to text.",
    )


def paginate(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text with line feeds at its line ends, Unicode's own among them (NEL, LS, PS), and its pages.

    A form feed ends a page and is itself no character of the text; one within a line ends no line, but
    between two words it leaves a space, so that they do not run together. A form feed at the very end opens
    no further page.
    """
    if not text.isascii():
        text = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    elif "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" not in text:
        return text, (Span(0, len(text)),)
    # A line is of one page.
    text = _IN_A_LINE.sub(lambda found: f"\n{found[0]}", text)
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts[-2:] = [parts[-2] + parts[-1]]
    pages: list[Span] = []
    at = 0
    for part in parts:
        pages.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(pages)
