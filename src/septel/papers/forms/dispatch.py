"""Dispatches of the Central Intelligence Agency, 1947-77: letters by pouch between chiefs, on printed forms.

The cells TO, INFO, FROM, SUBJECT, ACTION REQUIRED and REFERENCES stand above the text, symbol and dates at
the foot of the first page (form 53) or at its head (forms of 1947-56). A pseudonym signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from septel.papers.forms.fields import FormFields
from septel.papers.places import Sheet, SheetRow, dates_on, grade_on, paragraph_labels

SERVICE = "Central Intelligence Agency"
HEAD = 30
"""How many rows of a page may hold its cells."""
_LABELS = (
    ("to", r"T[O0]"),
    ("info", r"INFO(?:RMATION)?|[I1]N[FT][O0GQ]?"),
    ("from", r"FR[O0]M"),
    ("subject", r"SUBJECT(?:\s*[:;]?\s*(?:GENERAL|SPECIFIC))?|SUBJ|SPECIFIC|GENERAL"),
    ("references", r"REFERENCES?(?:\(S\))?|REF"),
    ("action", r"ACTI[O0]N\s+REQUIRED(?:\s*-?\s*REFERENCES?)?|ATTENTION|ATTN"),
    ("other", r"CLASSIFICATION|PROCESSING|DATE|VIA|DISPATCH|HEADQUARTERS|MICROFILM|ABSTRACT"),
)
_CONTINUED = re.compile(r"\bC[O0]NTINUATI[O0]N\b")
_TOP = 6
"""A later page says so in so many rows."""
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>^\W{{0,3}}(?:{words})\b\.?\s*(?:[:;]|(?=\s|$)))" for name, words in _LABELS), re.I
)
_CHIEF = re.compile(
    r"\b(?:(?:Acting |Deputy |Asst\.? )?Chiefs?\b|C[O0][SB]\b|All Stations\b|Director\b)[^|]{0,60}", re.I
)
_OFFICE = re.compile(
    r"\b(?:Chiefs?|C[O0][SB]|Station|Base|Division|Staff|Director|Branch|Group|Office|Representative|Headquarters|Mission)\b"
    r"|^[A-Z][A-Z/ -]{1,24}$",
    re.IGNORECASE,
)
_BLANK = 6.0
"""A cell's words end before a blank of so many characters."""
_PRINTED = re.compile(
    r"PROCESS|MARKED FOR|INDEX|QUALIFIED|JUDGE|MICROFILM|ABSTRACT|ACC[O0]M|PLISHED|ACTI[O0]N|"
    r"CLASSIFICATION|SYMBOL|"
    r"HEADQUARTERS|HEAD\.?QTRS|C?ATE (?:TYPED|D?[IC]?[I1S]S?P)|HQS? FILE|"
    r"FILE N|DATE\b|CROSS REF|COPY|DISTRIBUTION|ATTACHMENT|ENCLOSURE|OFFICE|RELEASING|"
    r"COORDINAT|ORIGINAT|FORM\b|PAGE|CONTINU|SECRET|CONFIDENTIAL|RETURN|BACKGROUND|REPRODUCE|DISPATCH|RECORD",
    re.IGNORECASE,
)
_SYMBOL = re.compile(
    r"(?<![A-Z-])(?P<letters>[A-Z]{2,4}\s?[-#]?\s?[A-Z])\s?[-#\s]{0,3}\s?(?P<number>\d{1,3}[,.]\d{3}|\d{2,6})(?![\d/-])"
)
_BOOK = re.compile(r"\bBook Dispatch N[o0]\.?\s*(?P<number>\d{2,6})", re.IGNORECASE)
_NO_SYMBOL = re.compile(
    r"^(?:AND\b|THE\b|FORM|PAGE|CASE|FILE|JUNE|JULY|SEPT|COPY|ROOM|PARA|NOV|DEC|JAN|FEB|MAR|APR|MAY|AUG|OCT|REF)"
)
_SYMBOL_LABEL = re.compile(r"SYMBOL|DISPATCH\s+N[O0]\b|DISP\s?N[O0]|CONTINUATION", re.IGNORECASE)
_DATE_LABEL = re.compile(r"\b[DC]ATE\b|DISPATCHED|\bTYPED\b", re.IGNORECASE)
_FIRST = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s")
_ENTRY = re.compile(
    r"(?P<what>[A-Z]{2,5}[A-Z/#-]{0,4}\s?-?\s?\d{1,3}(?:,\d{3}|\d{1,4})|DIR(?:ECTOR)?[\s-]\d{4,6})"
    r"(?P<date>,?\s+(?:dated\s+)?\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+(?:19)?\d\d)?"
)
_SIGNED = re.compile(
    r"^(?:/s/\s*)?(?P<name>[A-Z][A-Za-z]+\.?(?:\s[A-Z]\.?){1,2}\s[A-Z][A-Za-z'-]{2,}|[A-Z][a-z]+\.?\s[A-Z]{3,})"
    r"(?:, JR\.?)?\W{0,3}$"
)
"""A name with an initial, or with its surname alone in capitals: two words in capitals are a stamp's."""


@dataclass(frozen=True, slots=True)
class _Cell:
    label: str
    row: int
    words: str


def dispatch_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a dispatch from one reading of its pages."""
    del text
    if not sheets or not sheets[0].rows:
        return FormFields(service=SERVICE)
    head = sheets[0]
    body = next((n for n, row in enumerate(head.rows) if _FIRST.match(row.text)), min(HEAD, len(head.rows)))
    if any(_CONTINUED.search(row.text) for row in head.rows[:_TOP]):
        body = 0  # a later page has no cells: offices on it are of its distribution
    cells = list(_cells(head, body))
    told = {cell.label: cell.words for cell in reversed(cells) if cell.words}
    chiefs = _chiefs(head, body)
    receiver = told.get("to") or (chiefs[0] if chiefs else "")
    sender = told.get("from") or (chiefs[-1] if len(chiefs) > 1 else "")
    cited, rows = _references(head, cells, body)
    return FormFields(
        service=SERVICE,
        originator=sender,
        number=(number := _number(sheets, rows)),
        numbers=(number,) if number else (),
        date=_date(head, rows),
        to=(receiver,) if receiver else (),
        info=tuple(filter(None, (told.get("info", ""),))),
        classification=grade_on(sheets),
        subject=told.get("subject", ""),
        references=cited,
        paragraphs=paragraph_labels(sheets, head.rows[:body]),
        signature=_signature(sheets),
    )


def _cells(head: Sheet, body: int) -> Iterator[_Cell]:
    """The cells above the text: what stands right of a printed label, or under it where that is nothing."""
    for at, row in enumerate(head.rows[:body]):
        match = _LABEL.match(row.text)
        if match is None or match.lastgroup in (None, "other", "action"):
            continue
        words = _value(_beside(row, len(match.group().split())))
        if not words and at + 1 < body:
            below = head.rows[at + 1]
            words = (
                "" if _LABEL.match(below.text) or _PRINTED.match(below.text) else _value(_beside(below, 0))
            )
        if match.lastgroup in ("to", "info", "from") and not _OFFICE.search(words):
            words = ""
        yield _Cell(str(match.lastgroup), at, words)


def _beside(row: SheetRow, place: int) -> str:
    """The words of a row from one of its words on, up to a blank: what is printed farther right is none."""
    words = row.tokens[place : place + 1] + row.after(place, _BLANK) if place < len(row.tokens) else ()
    return " ".join(one.text for one in words)


def _value(text: str) -> str:
    """A cell's words without what is printed right of it."""
    cut = _PRINTED.search(text)
    words = text[: cut.start()] if cut and cut.start() else text if not cut else ""
    words = re.split(r"\s{3,}|\sX(?:\s|$)|\sNO$|☐|□", words.strip(" :;.-|_"))[0].strip(" :;.-|_")
    return words if re.search(r"[A-Za-z]{2}", words) else ""


def _chiefs(head: Sheet, body: int) -> list[str]:
    """The offices of the head in order: to whom, for whose information, from whom."""
    found = []
    for row in head.rows[:body]:
        match = _CHIEF.search(row.text)
        if match is None or match.start() > 14 or len(row.text) > 70:
            continue
        place = len(row.text[: match.start()].split())
        words = _value(_beside(row, place))
        found.append(words if _CHIEF.search(words) else _value(match.group()) or match.group().strip())
    return found


def _references(head: Sheet, cells: Sequence[_Cell], body: int) -> tuple[tuple[str, ...], frozenset[int]]:
    """The papers cited in the cell of references, and the rows that they take."""
    at = next((cell.row for cell in cells if cell.label == "references"), None)
    if at is None:
        at = next((n for n, row in enumerate(head.rows[:body]) if re.search(r"REFERENCE", row.text)), None)
    if at is None:
        return (), frozenset()
    found: list[str] = []
    rows = set()
    for number in range(at, min(at + 6, len(head.rows))):
        text = head.rows[number].text
        cut = _LABEL.match(text)
        if number > at and (cut or _FIRST.match(text) or len(text) > 75):
            break
        text = text[cut.end() :] if cut else text
        entries = [
            f"{match['what']}{match['date'] or ''}"
            for match in _ENTRY.finditer(text)
            if not _NO_SYMBOL.match(match["what"])
        ]
        if not entries and number > at and found:
            break
        found += entries
        rows.add(number)
    return tuple(found), frozenset(rows)


def _number(sheets: Sequence[Sheet], cited: frozenset[int]) -> str:
    """The dispatch's own symbol and number: beside their label, on a later page's head, else at the foot."""
    weights: dict[str, float] = {}
    for page, sheet in enumerate(sheets):
        labelled = [n for n, row in enumerate(sheet.rows) if _SYMBOL_LABEL.search(row.text)]
        for at, row in enumerate(sheet.rows):
            book = _BOOK.search(row.text)
            if book:
                weights[f"Book Dispatch {book['number']}"] = 2.5
            if page == 0 and at in cited:
                continue
            for match in _SYMBOL.finditer(row.text):
                letters = re.sub(r"[^A-Z]", "", match["letters"])
                if _NO_SYMBOL.match(match["letters"]) or len(letters) < 3:
                    continue
                near = any(-1 <= at - n <= 3 for n in labelled)
                alone = len(row.tokens) <= 3
                weight = 3.0 * near + alone + (at / max(1, len(sheet.rows)) if page == 0 else at < 8)
                number = re.sub(r"\D", "", match["number"])
                name = f"{letters}-{number}"
                if weight >= 1.5:
                    weights[name] = weights.get(name, 0.0) + weight
    return max(weights, key=lambda one: weights[one], default="")


def _date(head: Sheet, cited: frozenset[int]) -> str:
    """The date beside or under its label, the later of two; else one that stands alone on its row."""
    best: tuple[float, int, str] = (0.0, 0, "")
    for date in dates_on(head):
        row = head.rows[date.row]
        above = [head.rows[n].text for n in range(max(0, date.row - 2), date.row)]
        labelled = _DATE_LABEL.search(row.text) is not None or any(map(_DATE_LABEL.search, above))
        few = len(row.tokens) <= 6
        weight = 3.0 * (labelled and len(row.tokens) <= 14) + 2.0 * few - 4.0 * (date.row in cited)
        if weight >= 2:
            best = max(best, (weight, date.row, date.iso))
    return best[2]


def _signature(sheets: Sequence[Sheet]) -> str:
    """The pseudonym that signs: a name with an initial or a surname in capitals, first behind the text."""
    found = [
        match["name"]
        for sheet in sheets
        for row in sheet.rows[len(sheet.rows) // 3 :]
        if (match := _SIGNED.match(row.text.strip())) and not _PRINTED.search(row.text)
    ]
    return max(found, key=lambda name: " " in name and "." in name, default="")
