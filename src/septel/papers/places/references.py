"""The references of a message by their place: right of REF and under it, down to the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from septel.papers.places.sheet import Sheet, SheetRow, SheetWord
from septel.papers.places.stations import code, is_word, name

_APART = "\n"
REACH = 24
"""How many rows behind the telegraph line references may begin."""
_LABELS = ("REF", "REFS", "REFERENCE", "REFERENCES", "RE")
_LETTER = re.compile(r"^(?P<letter>[A-H])\s?[.)]\s*")
_BARE_LETTER = re.compile(r"^(?P<letter>[A-H])\s+(?=(?P<who>[A-Z]{3,})\s\d{3})")
_FIRST = re.compile(r"^\W{0,3}(?:1|l|I)\s?[.,]\s")
_SERIAL = re.compile(
    r"^(?P<who>[A-Z][A-Z. ]{1,24}?)[\s-]*(?P<number>(?=\w?\w?\d\d)[\dØOIlSBH]{3,6})\b(?P<tail>.*)$"
)
_OTHER = re.compile(r"^[A-Z]{1,5}[A-Z/-]{1,6}\s?-?\s?\d{3,6}\b|^TDCS|^D-[A-Z]{3}-\d+")
_ALONE = re.compile(r"^(?:[A-H]\s?[.)]\s*)?(?P<who>[A-Z]{3,8})[\s-]\d{4,6}(?:\s*\(.{2,24}\))?\W*$")
_FIGURES = str.maketrans("OØIlSBH", "0011584")
_CITE = re.compile(r"C[I1]TE\b")
"""The message's own number beside the references."""
_BRACKETED = re.compile(r"(?:\s*\([^)]*\)|\s*\*)+")
"""What stands in brackets behind a number belongs to it, nothing behind them does."""
_ENDED = re.compile(r"(?<=\d[)*. ])\s?[YHJ4]$|(?<=\d)\s[YHJ4]$")
"""The mark of a paragraph's end, as 1974-77 print it."""
_DATED = re.compile(r",?\s*\d{1,2}\s[A-Z][A-Za-z]{2,8}\.?\s(?:19)?\d\d\b")
_ASIDE = re.compile(r"\(\s?(?:IN|NOT SENT|OUT)\b")


@dataclass(frozen=True, slots=True)
class References:
    """The entries as written, and the rows of the sheet that they take."""

    entries: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()


def references_on(sheet: Sheet, first: int) -> References:
    """The references of a page.

    Args:
        sheet: the message's first page.
        first: the row behind its telegraph line.
    """
    for at in range(first, min(first + REACH, len(sheet.rows))):
        row = sheet.rows[at]
        if _FIRST.match(row.text):
            break
        place = next((n for n, _ in enumerate(row.tokens[:2]) if _is_label(row, n)), None)
        if place is not None:
            return _entries(sheet, at, place)
    return _unlabelled(sheet, first)


def _unlabelled(sheet: Sheet, first: int) -> References:
    """Rows above the first paragraph that are nothing but a message by its number: their REF was not read."""
    found: list[str] = []
    rows: list[SheetRow] = []
    for row in sheet.rows[first : first + 8]:
        if _FIRST.match(row.text):
            return References(tuple(found), tuple(rows))
        match = _ALONE.match(row.text)
        known = match is not None and (code(match["who"]) == match["who"] or match["who"] == "DIRECTOR")
        if match is not None and known and (entry := _entry(row.text.strip(" .,"))):
            found.append(entry)
            rows.append(row)
    return References()


def _is_label(row: SheetRow, place: int) -> bool:
    """Whether a word is the label REF; a misread one only before a letter or with its colon."""
    text = row.tokens[place].text
    behind = row.tokens[place + 1].text if place + 1 < len(row.tokens) else ""
    opened = text.endswith((":", ";", ".")) or _LETTER.match(behind) is not None
    if opened and len(text) > 3 and (is_word(text, "REFS") or is_word(text, "REF")):
        return True
    bare = text.strip(".:;,'").upper()
    return (
        bare in _LABELS or (len(bare) > 4 and is_word(bare, "REFERENCE", most=2)) or bare in ("REFI", "RFF")
    )


def _entries(sheet: Sheet, at: int, place: int) -> References:
    label = sheet.rows[at].tokens[place]
    found: list[str] = []
    rows = [sheet.rows[at]]
    rest = _text(sheet.rows[at].after(place))
    found += _parts(rest)
    for below in range(at + 1, min(at + 9, len(sheet.rows))):
        row = sheet.rows[below]
        hangs = not sheet.has_places or row.left > label.right - 1
        entries = list(_parts(_text(row.after(-1)))) if hangs or _LETTER.match(row.text) else []
        if _FIRST.match(row.text) or not entries:
            if len(row.text) < 4 and below < at + 4:
                continue  # dirt between two rows
            break
        found += entries
        rows.append(row)
    return References(_in_order(found), tuple(rows))


def _in_order(entries: Sequence[str]) -> tuple[str, ...]:
    """The entries with letters that run on: a misread one is known by its place."""
    if not entries or not all(_LETTER.match(one) for one in entries):
        return tuple(entries)
    first = ord(entries[0][0]) if len(entries) == 1 else ord("A")
    return tuple(f"{chr(first + at)}{entry[1:]}" for at, entry in enumerate(entries))


def _text(tokens: Sequence[SheetWord]) -> str:
    """Words without the signs that frames were read as."""
    words = " ".join(one.text for one in tokens)
    return re.sub(r"\s*[\[\]{}|]\s*", " ", words).strip()


def _parts(text: str) -> Iterator[str]:
    """The entries of one row: each a message by its number, lettered or not."""
    bare = text.strip(" .,:;-")
    bare = re.sub(r",\s+(?=[A-Z]{3,} \d{3,}\b)", _APART, bare)
    if _APART in bare:
        for part in bare.split(_APART):
            yield from _parts(part)
        return
    cuts = [match.start() for match in re.finditer(r"(?<![A-Z(])\b[A-H]\s?[.)]\s(?=[A-Z])", bare)]
    starts = [0, *(cut for cut in cuts if cut)]
    for start, end in zip(starts, [*starts[1:], len(bare)], strict=True):
        entry = _entry(bare[start:end].strip(" ,;"))
        if entry:
            yield entry


def _entry(text: str) -> str:
    """A reference with its station's misread letters mended; empty where it is none."""
    match = _LETTER.match(text)
    label = f"{match['letter']}. " if match else ""
    bare_letter = _BARE_LETTER.match(text)
    if bare_letter and code(bare_letter["who"]):
        match, label = bare_letter, f"{bare_letter['letter']} "
    bare = text[match.end() :] if match else text
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    if len(bare) > 70 or _CITE.match(bare):
        return ""
    serial = _SERIAL.match(bare)
    if serial is not None:
        who = serial["who"].strip(" .")
        known = name(who) if len(who) > 4 else code(who) or name(who)
        number = serial["number"].translate(_FIGURES)
        tail = re.sub(r"\((?:[1Il]?[NW][NW]?|[A-Z1][A-Z])\s?(?=\d{5})", "(IN ", serial["tail"].strip())
        tail = re.sub(r"\((?:[aoO0]ut|.UT|O.T|OU.)\s?(?=\d{5})", "(OUT ", tail)
        tail = _ENDED.sub("", tail)
        dated = _DATED.match(tail)
        if tail and not tail.startswith(("(", "*")) and known is None and not dated:
            return ""
        aside = _ASIDE.search(tail)
        if bracketed := _BRACKETED.match(tail):
            tail = bracketed[0]
        tail = tail if aside or dated or tail.startswith(("(", "*")) else "" if len(tail) > 12 else tail
        return f"{label}{known or who} {number}{'' if tail.startswith(',') else ' '}{tail}".strip()
    return f"{label}{bare}" if _OTHER.match(bare) else ""
