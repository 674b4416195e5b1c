"""The labels of paragraphs, read together: numbers run on, so a misread label is known by its neighbours.

Each row that may begin a paragraph offers what its first sign may be; the run of labels that all rows
together support best is chosen. A number that no row offers, between two sure ones, is one whose label was
not read: senders count without gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from septel.papers.places.sheet import Sheet, SheetRow

MOST = 40
"""The greatest number of a paragraph."""
_EXACT = re.compile(r"(?P<n>\d{1,2})\s?[.,)](?P<rest>.*)$|(?P<l>[A-Z]|[a-h])\s?[.)](?P<rest2>.*)$")
_ROMAN = re.compile(r"^[IVX]{1,4}\)$")
_PAIR = re.compile(r"^[A-Z]\s?&\s?[A-Z][.)]$")
_SHORT = re.compile(r"^\W{0,2}[A-Za-z0-9ØZ|!$&?]{0,2}[.,:;)\-]{1,2}$")
_LOOKS = {
    "l": (1,), "I": (1,), "i": (1,), "|": (1,), "!": (1,), "L": (1,), "J": (1, 3), "]": (1,), "T": (1, 7),
    "t": (1,), "Z": (2,), "z": (2,), "E": (2, 3), "e": (2,), "B": (8, 3, 2, 6), "H": (4, 11), "A": (4,),
    "h": (4,), "S": (5, 3), "s": (5,), "$": (5, 8), "G": (6,), "b": (6,), "Y": (7,), "?": (7, 2), "g": (9,),
    "q": (9,), "P": (9,), "R": (8,),
    "ll": (11,), "II": (11,), "lO": (10,), "IO": (10,), "LO": (10,), "l0": (10,), "I0": (10,), "U": (4,),
}  # fmt: skip
"""Which numbers a misread sign may be."""
_GAP, _GARBLED, _ANY, _TWICE = 1.1, 1.0, 0.45, 0.6
"""What an unread label costs; what a garbled one is worth, one known by its place, one that comes twice."""
_SENTENCE = 20
"""How many letters stand in a row behind a label that was misread, at least."""
_INDENT = 2.0
"""Numbers that stand so many characters right of the text's edge are known by their place."""
_BESIDE = 4.0
"""What stands so many characters left of the text is none of it."""
_WORDED = re.compile(r"\W{0,3}[A-Za-z]{2}|\W{0,3}[A-Z]\b")


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a row's first sign may be: numbers and letters with weights; how it is written."""

    numbers: dict[int, float]
    letters: dict[str, float]
    sign: str
    any_number: bool = False
    any_letter: bool = False
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Run:
    score: float
    number: int
    letter: str
    labels: tuple[str, ...]
    firm: int = 0
    """How many of its labels stand: a trailing one that only its place shows does not."""

    def with_(self, weight: float, number: int, letter: str, *labels: str, firm: bool = True) -> _Run:
        """This run with further labels."""
        grown = (*self.labels, *labels)
        return _Run(self.score + weight, number, letter, grown, len(grown) if firm else self.firm)


def paragraph_labels(sheets: Sequence[Sheet], skipped: Iterable[SheetRow] = ()) -> tuple[str, ...]:
    """The labels of a message's paragraphs in order.

    Args:
        sheets: its pages.
        skipped: rows that are no body: of the form's head, and references.
    """
    passed = {id(row) for row in skipped}
    runs = [_Run(0.0, 0, "", ())]
    for sheet in sheets:
        columns = _columns(sheet)
        for row in sheet.rows:
            if id(row) in passed:
                continue
            offer = _offer(row, sheet, columns)
            if offer is not None:
                runs = _extended(runs, offer)
    best = max(runs, key=lambda run: (run.score, len(run.labels)))
    labels = best.labels[: best.firm]
    if best.score < 1.0 or (len(labels) == 1 and best.score < 1.5):
        return ()
    first = next((at for at, label in enumerate(labels) if label[0].isdigit()), 0)
    return labels[first:]  # letters before the first number are those of references


@dataclass(frozen=True, slots=True)
class _Columns:
    number: float | None
    letter: float | None

    @staticmethod
    def at(place: float | None, left: float) -> bool:
        return place is not None and abs(place - left) <= 2.5


def _columns(sheet: Sheet) -> _Columns:
    """Where numbers and letters stand on a page, by those that are sure; None where columns were lost."""
    if not sheet.has_places:
        return _Columns(None, None)
    rows = [_in_text(row, sheet) for row in sheet.rows]
    numbers = [row.left for row in rows if re.match(r"\d{1,2}[.,]$", row.tokens[0].text)]
    letters = [row.left for row in rows if re.match(r"[A-H][.)]$", row.tokens[0].text)]
    number = float(median(numbers)) if numbers else None
    letter = float(median(letters)) if letters else None
    if number is None and letter is None and sheet.rows:
        starts = [row.left for row in rows if 2.5 < row.left - sheet.margin < 12 and len(row.tokens) > 4]
        number = float(median(starts)) if starts else None
    return _Columns(number, letter)


def _in_text(row: SheetRow, sheet: Sheet) -> SheetRow:
    """A row without what was printed or read left of the text."""
    if sheet.has_places and row.left < sheet.margin - _BESIDE:
        inner = tuple(one for one in row.tokens if one.left >= sheet.margin - 2)
        return SheetRow(inner or row.tokens)
    return row


def _offer(row: SheetRow, sheet: Sheet, columns: _Columns) -> _Offer | None:
    row = _in_text(row, sheet)
    first = row.tokens[0].text
    rest = row.text[len(first) :].strip()
    if len(first) > 1 and (match := _EXACT.match(first)) and (rest or match["rest"] or match["rest2"]):
        return _exact(match, rest, first, row, columns, sheet)
    if _PAIR.match(first) or (_ROMAN.match(first) and len(first) > 2):
        return _Offer({}, {first: 1.6}, "")
    if not _WORDED.match(rest) or len(row.tokens) < 3 or sum(map(str.isalpha, rest)) < _SENTENCE:
        return None
    bare = re.sub(r"[^A-Za-z0-9Ø|!?$\]]", "", first)
    marked = _SHORT.match(first) is not None and len(first) <= 4
    plain = first.isalpha() and first.islower() and len(first) > 1  # a word of the text
    indented = _Columns.at(columns.number, row.left) and not plain
    lettered = _Columns.at(columns.letter, row.left) and not plain
    if columns.number is not None and columns.number - sheet.margin < _INDENT and not marked:
        indented = False  # the numbers stand where the text does: their place tells nothing
    wide = len(row.tokens) > 1 and row.tokens[1].left - row.tokens[0].right > 1.6
    if not (marked or (len(first) <= 2 and (indented or lettered) and wide)):
        return None
    bracketed = first[0] == "(" and first[-1] == ")"  # no misread number
    likely = {} if bracketed else dict.fromkeys(_LOOKS.get(bare, ()), _GARBLED if marked else 0.7)
    if bare.isdigit() and 0 < int(bare) <= MOST:
        likely[int(bare)] = 1.3 if wide or marked else 0.8
    return _Offer(
        likely, {}, bare or first, any_number=indented, any_letter=lettered and marked, marked=marked
    )


def _exact(
    match: re.Match[str], rest: str, first: str, row: SheetRow, columns: _Columns, sheet: Sheet
) -> _Offer | None:
    tail = f"{match['rest'] or match['rest2'] or ''} {rest}".strip()
    if not tail or (match["n"] and re.match(r"[\d%$]", match["rest"] or "")):
        return None  # a figure with a point
    off = sheet.has_places and columns.number is not None and row.left - columns.number > 14
    sure = 2.0 if re.match(r"[\"'(*\[]{0,2}[A-Z0-9]", tail) and not off else 0.8
    if match["n"]:
        number = int(match["n"])
        near = dict.fromkeys(_SHAPES.get(number, ()), 0.5) if _Columns.at(columns.number, row.left) else {}
        at_number = _Columns.at(columns.number, row.left)
        return _Offer({number: sure, **near}, {}, first, any_number=at_number) if number <= MOST else None
    letter = match["l"]
    likely = (
        dict.fromkeys(_LOOKS.get(letter, ()), 0.6)
        if _Columns.at(columns.number, row.left) or not sheet.has_places
        else {}
    )
    at_number = _Columns.at(columns.number, row.left) and not _Columns.at(columns.letter, row.left)
    letters = {letter: sure if letter not in "JLOIQ" else 1.0}
    sign = ")" if first[1:2] == ")" else "."
    if letter in "IVX" and sign == ")":
        letters[f"{letter})"] = 1.6
    return _Offer(likely, letters, sign, any_number=at_number)


_SHAPES = {
    1: (7, 4),
    2: (3, 7),
    3: (8, 5, 2),
    4: (1,),
    5: (6, 3),
    6: (5, 8),
    7: (1,),
    8: (3, 6),
    9: (4,),
    0: (8,),
}
"""Which figures a figure is misread for."""


def _extended(runs: Sequence[_Run], offer: _Offer) -> list[_Run]:
    """All runs with and without what a row offers, the best of each state."""
    grown = list(runs)
    for run in runs:
        for number, weight in offer.numbers.items():
            grown += _numbered(run, number, weight)
        if offer.any_number and run.number and run.number + 1 not in offer.numbers:
            following = f"{run.number + 1}."
            grown.append(run.with_(_ANY, run.number + 1, "", following, firm=offer.marked))
        for letter, weight in offer.letters.items():
            grown += _lettered(run, letter, weight, offer.sign)
        if offer.any_letter and run.letter:
            following = chr(ord(run.letter) + 1)
            grown.append(run.with_(_ANY, run.number, following, f"{following}."))
    best: dict[tuple[int, str], _Run] = {}
    for run in grown:
        key = (run.number, run.letter)
        if key not in best or best[key].score < run.score:
            best[key] = run
    return sorted(best.values(), key=lambda run: -run.score)[:60]


def _lettered(run: _Run, letter: str, weight: float, sign: str) -> Iterable[_Run]:
    if _ROMAN.match(letter):
        if run.letter:  # Roman figures stand under a letter, which goes on behind them
            yield run.with_(weight * 0.6, run.number, run.letter, letter)
        return
    end = ")" if sign == ")" else "."
    step = ord(letter[0]) - ord(run.letter or ("`" if letter.islower() else "@"))
    if "&" in letter:
        if step in (1, 2):
            yield run.with_(weight, run.number, letter[-2], letter)
    elif step == 1:
        yield run.with_(weight, run.number, letter, letter + end)
    elif step == 2 and weight > 1:
        yield run.with_(weight - _GAP, run.number, letter, chr(ord(letter) - 1) + end, letter + end)


def _numbered(run: _Run, number: int, weight: float) -> Iterable[_Run]:
    step = number - run.number
    if step == 1:
        yield run.with_(weight, number, "", f"{number}.")
    elif 2 <= step <= 3 and weight > 1:
        labels = [f"{n}." for n in range(run.number + 1, number + 1)]
        yield run.with_(weight - _GAP * (step - 1), number, "", *labels)
    elif step == 0 and weight > 1 and number:
        yield run.with_(weight - 2 * _TWICE, number, "", f"{number}.")
