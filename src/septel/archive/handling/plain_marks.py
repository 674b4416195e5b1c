"""Which marks on a page are told so plainly that they may open it.

A grade is closed by a likeness and opened by none: what is only near to UNCLASSIFIED or DECLASSIFIED, what a
machine made of other characters, and what may be words of a sentence is shown as history, and releases
nothing. The source's own characters are asked, for a reading may have been made of the very mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from septel.telegram import has_authority, is_release_stamp
from septel.text import Locus, Source

_UNCLASSIFIED = r"UNCLAS(?:SIFIED)?(?: ?E ?F ?T ?O)?|U N C L A S(?: S I F I E D)?"
_ALONE = re.compile(rf"[\s|*_–—-]*(?:{_UNCLASSIFIED}|Unclassified)[\s|*_–—-]*")
_CLASS_LINE = re.compile(rf"[\s|*_–—-]*(?:{_UNCLASSIFIED})\s+[A-Z0-9 ./-]+[\s|*_–—-]*")
_ENDED = re.compile(r"[.!?:;](?:[\s\"'”’)\]|]*)$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TEXT = "text"


def is_plain(mark: Mapping[str, Any], source: Source, tree: Mapping[str, Any]) -> bool:
    """Whether a mark that opens (UNCLASSIFIED, DECLASSIFIED) stands on its page by itself, letter for letter.

    Args:
        mark: a mark or a field of the stored tree, with its `locus`.
        source: what the page says.
        tree: the stored tree, which tells what is running text and where the class line has its number.
    """
    span = Locus.parse(str(mark["locus"])).span
    if not len(span) or span.end > len(source.text):
        return False
    number = source.line_at(span.start)
    line = _line(source, number)
    if is_release_stamp(line):
        return has_authority(line) or not _goes_on(source, tree, number)
    if _CLASS_LINE.fullmatch(line) and number == _numbered(source, tree):
        return True
    return _ALONE.fullmatch(line) is not None and not _goes_on(source, tree, number)


def _line(source: Source, number: int) -> str:
    return source.lines[number - 1].of(source.text)


def _numbered(source: Source, tree: Mapping[str, Any]) -> int | None:
    """The line that has the message's number."""
    number = (tree.get("heading") or {}).get("number")
    span = Locus.parse(str(number["locus"])).span if number else None
    return source.line_at(span.start) if span is not None and len(span) else None


def _goes_on(source: Source, tree: Mapping[str, Any], number: int) -> bool:
    """Whether a line may be the end of a sentence that the line above it, on its page, has begun."""
    page = source.page_at(source.lines[number - 1].start)
    for above in range(number - 1, 0, -1):
        text = _line(source, above)
        if source.page_at(source.lines[above - 1].start) != page:
            return False
        if text.strip():
            running = len(_WORD.findall(text)) > 1 and _ENDED.search(text) is None
            return running and _layer(tree, above) == _TEXT
    return False


def _layer(tree: Mapping[str, Any], number: int) -> str:
    """The layer of a line; what no part of the tree owns is taken for text."""
    places = tree.get("places") or ()
    return next((str(one["layer"]) for one in places if one["line"] == number), _TEXT)
