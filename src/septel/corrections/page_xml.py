"""Our PAGE XML, corrected in Transkribus, eScriptorium, Aletheia or by hand: lines by their ids."""

from __future__ import annotations

import re

from lxml import etree

from septel.corrections.model import Edition, LineReading
from septel.errors import InputError

_FILE = re.compile(r"s([0-9a-f]{12})-(\d+)")
_LINE = re.compile(r"line_(\d+)")


def edition_in_page(root: etree._Element, where: str) -> Edition:
    """The lines of a page.

    A tool may correct the line's own text or its words and leave the other as it was; where the two differ
    both are given, the words first, and the merge takes whichever departs from what was exported.

    Raises:
        InputError: it is not one of ours.
    """
    named = _FILE.fullmatch(root.get("pcGtsId") or "")
    if named is None:
        raise InputError(
            "this PAGE file names no holding",
            where=where,
            remedy="Septel takes back the files that `septel export --as page` wrote, with their `pcGtsId`.",
        )
    lines: list[LineReading] = []
    strange = 0
    for line in root.iter("{*}TextLine"):
        found = _LINE.fullmatch(line.get("id") or "")
        words = [_text(word) for word in line.findall("{*}Word")]
        texts = dict.fromkeys(filter(None, (" ".join(filter(None, words)), _text(line))))
        if found is None:
            # A line that somebody drew anew has no place in the source.
            strange += bool(texts)
            continue
        lines += [LineReading(number=int(found[1]), text=text) for text in texts]
    told = f"{strange} with text, drawn or numbered anew, whose ids are not of the export (`line_12`)"
    unplaced = (f"lines: {told}",) if strange else ()
    return Edition(holding=named[1], entries=int(named[2]), lines=tuple(lines), unplaced=unplaced)


def _text(element: etree._Element) -> str:
    """The chosen text: the one with the lowest index."""
    found = element.findall("{*}TextEquiv")
    if not found:
        return ""
    best = min(found, key=lambda one: int(index) if (index := one.get("index") or "0").isdigit() else 0)
    return " ".join((best.findtext("{*}Unicode") or "").split())
