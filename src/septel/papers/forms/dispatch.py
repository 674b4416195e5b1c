"""Dispatches of the Central Intelligence Agency, 1947-77: letters by pouch between chiefs, on printed forms.

The cells TO, INFO, FROM, SUBJECT, ACTION REQUIRED and REFERENCES stand above the text, symbol and dates at
the foot of the first page (form 53) or at its head (forms of 1947-56). A pseudonym signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from septel.papers.forms.address import DATED_BEHIND
from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import lines_of
from septel.papers.forms.signers import signer_of
from septel.papers.places import Sheet, SheetRow, codes, dates_on, grade_on, paragraph_labels

SERVICE = "Central Intelligence Agency"
HEAD = 30
"""How many rows of a page may hold its cells."""
_LABELS = (
    ("to", r"T[O0]"),
    ("info", r"INFO(?:RMATION)?|[I1]N[FT][O0GQ]?"),
    ("from", r"FR[O0]M"),
    ("subject", r"SUBJECT(?:\s*[:;]?\s*(?:GENERAL|SPECIFIC))?|SUBJECT(?=/)|SUBJ|SPECIFIC|GENERAL"),
    ("references", r"REFERENCES?(?:\(S\))?|REF|RE(?=\s?:)"),
    ("action", r"ACTI[O0]N\s+REQUIRED(?:\s*-?\s*REFERENCES?)?|ATTENTION|ATTN"),
    ("other", r"CLASSIFICATION|PROCESSING|DATE|VIA|DISPATCH|HEADQUARTERS|MICROFILM|ABSTRACT"),
)
_CONTINUED = re.compile(r"\bC[O0]NTINUATI[O0]N\b")
_TOP = 6
"""A later page says so in so many rows."""
_LABEL = re.compile(
    "|".join(
        rf"(?P<{name}>^\W{{0,3}}(?:{words})\b\.?\s*(?:[:;]|(?=\s|$)|/(?=[A-Z]{{4}})))"
        for name, words in _LABELS
    ),
    re.I,
)
_CHIEF = re.compile(
    r"\b(?:(?:Acting |Deputy |Asst\.? )?Chiefs?\b|C[O0][SB]\b|All Stations\b|Director\b)[^|]{0,60}", re.I
)
_OFFICE = re.compile(
    r"\b(?i:Chiefs?|C[O0][SB]|Station|Base|Division|Staff|Director|Branch|Group|Office|Representative|Headquarters|"
    r"Mission|Resident)\b|^(?!.*(?:CLASS|ONLY|INDEX|NONE|SECRET|PROCESS|MARK))[A-Z][A-Z/ -]{1,24}$"
)
_SPOKEN = re.compile(
    r"\b(?:Cable|Letter|Memo|Memorandum|Dispatch|Telegram|Report|Pouch|TM|Conversation)\b.*\d|\d.*\bdated\b",
    re.I,
)
_HANDLED = re.compile(
    r"\b(?:RYBAT|KAPOK|PBRUMEN|TYPIC)\s?/\s?((?:TOP )?SECRET|CONFIDENTIAL)\b|"
    r"\b(SECRET)\s?/\s?(?:RYBAT|KAPOK)\b"
)
_ACTION = re.compile(
    r"(?i:ACTI[O0]N\s+REQ|FOR YOUR INFORMATION|INFORMATION ONLY|FYI)|REFERENCE|References?\s?:"
)
_PSEUDONYM = re.compile(r"[a-z]\.?\s[A-Z]{3,}$")
_NEAR_MARGIN, _CELL_WIDTH = 14, 70
"""A cell's office begins so many characters from its row's left at the most, and its row is no longer."""
_CITED_ROWS = 10
"""A cell of references takes so many rows at the most."""
_CLOSE = 3.4
"""Rows of one subject stand no farther from each other, in heights."""
_LONG = 90
_TAIL = 90
"""The foot's cells may take so many lines of a plain text."""
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
_ALONE = re.compile(r"(?P<letters>[A-Z]{3}|(?=.?[A-Z])[A-Z0-9]{3}[AWST])\s?-\s?(?P<number>\d{4,5})")
_BOOK = re.compile(r"\bBook Dispatch N[o0]\.?\s*(?P<number>\d{2,6})", re.IGNORECASE)
_NO_SYMBOL = re.compile(
    r"^(?:AND\b|THE\b|FORM|PAGE|CASE|FILE|JUNE|JULY|SEPT|COPY|ROOM|PARA|NOV|DEC|JAN|FEB|MAR|APR|MAY|AUG|OCT|REF)"
)
_SYMBOL_LABEL = re.compile(r"SYMBOL|DIS\W?\s?P?A?T?CH\s+N[O0]\b|DISP\s?N[O0]|CONTINUATION", re.IGNORECASE)
_DATE_LABEL = re.compile(r"\b[DC]ATE\b|DISPATCHED|\bTYPED\b", re.IGNORECASE)
_HAS_DATE = re.compile(r"\b\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?,?\s+(?:19)?[4-7]\d\b")
"""A label with its own date behind it is of no row below."""
_OFFICERS = re.compile(r"OFFICE\b|OFFICE SYM|RELEASING|COORDINAT|ORIGINAT|TYPIST")
"""Those who drafted and released it date their cells too."""
_FIRST = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s")
_ENTRY = re.compile(
    r"(?P<what>[A-Z]{2,5}[A-Z/#-]{0,4}\s?-?\s?\d{1,3}(?:,\d{3}|\d{1,4})|DIR(?:ECTOR)?[\s-]\d{4,6})"
    r"(?P<date>,?\s+(?:dated\s+)?\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+(?:19)?\d\d)?"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    label: str
    row: int
    words: str


def dispatch_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a dispatch from one reading of its pages."""
    if not sheets or not sheets[0].rows:
        return FormFields(service=SERVICE)
    head = sheets[0]
    body = next((n for n, row in enumerate(head.rows) if _FIRST.match(row.text)), min(HEAD, len(head.rows)))
    if any(_CONTINUED.search(row.text) for row in head.rows[:_TOP]):
        body = 0  # a later page has no cells: offices on it are of its distribution
    cells = list(_cells(head, body))
    told = {cell.label: cell for cell in reversed(cells) if cell.words}
    chiefs = _chiefs(head, body)
    receiver = told["to"].words if "to" in told else (chiefs[0] if chiefs else "")
    sender = told["from"].words if "from" in told else (chiefs[-1] if len(chiefs) > 1 else "")
    cited, rows = _references(head, body)
    number = _number(sheets, rows)
    alone = "" if number else _under_references(head, cited, rows)
    cited = () if alone else cited
    alone = alone or ("" if number else _symbol_alone(sheets, rows))
    number = number or alone
    subject = told["subject"].words if "subject" in told else ""
    shaped = "" if subject or not body else _unlabelled_subject(head, told, body)
    signer = signer_of(lines_of(text), body if body < min(HEAD, len(head.rows)) else 0, _TAIL)
    return FormFields(
        service=SERVICE,
        originator=sender,
        number=number,
        numbers=(number,) if number else (),
        date=_date(head, rows),
        to=(receiver, *_further_receivers(head, told.get("to"))) if receiver else (),
        info=tuple(filter(None, (told["info"].words if "info" in told else "",))),
        classification=grade_on(sheets) or _handled(head),
        subject=_whole_subject(head, told.get("subject"), body) if subject else shaped,
        references=cited,
        paragraphs=paragraph_labels(sheets, head.rows[:body]),
        signature=signer.name if signer else "",
        guessed=(
            *(("subject",) if shaped else ()),
            *(("number",) if alone else ()),
            *(("signature",) if signer and not signer.sure and not _PSEUDONYM.search(signer.name) else ()),
        ),
    )


def _handled(head: Sheet) -> str:
    """A grade behind or before a word of handling in one cell: `RYBAT/SECRET`."""
    for row in head.rows[:HEAD]:
        match = _HANDLED.search(row.text)
        if match:
            return match[1] or match[2]
    return ""


def _further_receivers(head: Sheet, cell: _Cell | None) -> tuple[str, ...]:
    """Chiefs on the rows right under the first receiver, before any other label."""
    found: list[str] = []
    for row in head.rows[cell.row + 1 : cell.row + 4] if cell else ():
        match = _CHIEF.match(row.text.strip())
        if match is None or _LABEL.match(row.text) or len(row.tokens) > 8:
            break
        found.append(_unframed(_value(row.text)))
    return tuple(filter(None, found))


def _whole_subject(head: Sheet, cell: _Cell | None, body: int) -> str:
    """A subject with the rows on which it goes on, up to a label, print, a blank or the text."""
    if cell is None:
        return ""
    words = [cell.words]
    before = head.rows[cell.row]
    for row in head.rows[cell.row + 1 : min(cell.row + 4, body)]:
        gap = head.has_places and row.down - before.down > _CLOSE
        text = _value(_beside(row, 0))
        if gap or not text or _ends_subject(row.text) or len(text) > _LONG:
            break
        words.append(text)
        before = row
    return " ".join(words)


def _ends_subject(text: str) -> bool:
    return bool(
        _is_cell(text)
        or _PRINTED.match(text.strip())
        or _ACTION.search(text)
        or _FIRST.match(text)
        or _CHIEF.match(text.strip())
        or _ENTRY.match(text.strip())
        or re.search(r"(?<![A-Z])\.$|:$", text.strip())
    )


def _is_cell(text: str) -> bool:
    """Whether a row begins with a label; `Reference to` without a colon, in both cases, is of a sentence."""
    match = _LABEL.match(text)
    told = match.group().strip() if match else ""
    return bool(told) and (told.isupper() or told[-1] in ":;" or told == text.strip())


def _unlabelled_subject(head: Sheet, told: Mapping[str, _Cell], body: int) -> str:
    """What stands alone under the sender and above the first paragraph: the subject, its label not read."""
    chiefs = [n for n, row in enumerate(head.rows[:body]) if _is_chief(row)]
    sender = told["from"].row if "from" in told else chiefs[-1] if len(chiefs) > 1 or "to" in told else None
    if sender is None:
        return ""
    found: list[str] = []
    for row in head.rows[sender + 1 : body]:
        text = _value(row.text)
        if not text or _ends_subject(row.text) or len(text) > _LONG or grade_on([Sheet((row,))]):
            if found:
                break
            continue
        found.append(text)
    return " ".join(found[:2]) if len(" ".join(found)) > 8 else ""


def _cells(head: Sheet, body: int) -> Iterator[_Cell]:
    """The cells above the text: what stands right of a printed label, or under it where that is nothing."""
    for at, row in enumerate(head.rows[:body]):
        match = _LABEL.match(row.text)
        if match is None or match.lastgroup in (None, "other", "action"):
            continue
        words = _value(_beside(row, len(match.group().split())))
        stands = at
        if not words and at + 1 < body:
            stands, below = at + 1, head.rows[at + 1]
            words = (
                "" if _LABEL.match(below.text) or _PRINTED.match(below.text) else _value(_beside(below, 0))
            )
        if match.lastgroup in ("to", "info", "from"):
            words = _unframed(words) if _OFFICE.search(words) else ""
        yield _Cell(str(match.lastgroup), stands, words)


def _unframed(words: str) -> str:
    """Words without the brackets that reviewers drew around names, which were read as the page's own."""
    words = re.sub(r"\s\d{1,2}-\d{1,2}$", "", words)
    words = DATED_BEHIND.sub("", words)
    words = re.sub(r"^(?:Attentions?|Attn)\W+(?=Chief|C[O0])", "", words, flags=re.IGNORECASE)
    return (
        re.sub(r"[(\[](?=[A-Z]{4,}[)\]]|[A-Z]{4,}$)|(?<=[A-Z]{4})[)\]]", "", words)
        if words.isupper()
        else words
    )


def _beside(row: SheetRow, place: int) -> str:
    """The words of a row from one of its words on, up to a blank: what is printed farther right is none."""
    words = row.tokens[place : place + 1] + row.after(place, _BLANK) if place < len(row.tokens) else ()
    return " ".join(one.text for one in words)


def _value(text: str) -> str:
    """A cell's words without what is printed right of it."""
    # What the form prints is in capitals; in both cases it is a word of the cell, but at its head.
    cut = next((one for one in _PRINTED.finditer(text) if not one.start() or one.group().isupper()), None)
    words = text[: cut.start()] if cut and cut.start() else text if not cut else ""
    words = re.split(r"\s{3,}|\sINFO\s?:|\sX(?:\s|$)|\sNO$|☐|□", words.strip(" :;.-|_"))[0].strip(" :;.-|_")
    return words if re.search(r"[A-Za-z]{2}", words) else ""


def _is_chief(row: SheetRow) -> bool:
    """Whether a row begins with an office, as the cells of senders and receivers do."""
    match = _CHIEF.search(row.text)
    return match is not None and match.start() <= _NEAR_MARGIN and len(row.text) <= _CELL_WIDTH


def _chiefs(head: Sheet, body: int) -> list[str]:
    """The offices of the head in order: to whom, for whose information, from whom."""
    found = []
    for row in head.rows[:body]:
        match = _CHIEF.search(row.text)
        if match is None or not _is_chief(row):
            continue
        place = len(row.text[: match.start()].split())
        words = _value(_beside(row, place))
        words = words if _CHIEF.search(words) else _value(match.group()) or match.group().strip()
        found.append(DATED_BEHIND.sub("", words))
    return found


def _references(head: Sheet, body: int) -> tuple[tuple[str, ...], frozenset[int]]:
    """The papers cited in the cell of references, and the rows that they take."""
    cells = [n for n, row in enumerate(head.rows[:body]) if _is_references(row)]
    cells = cells or [n for n, row in enumerate(head.rows[:body]) if re.search(r"REFERENCE", row.text)][:1]
    told = [_cited_in(head, at) for at in cells]
    return max(told, key=lambda one: len(one[0]), default=((), frozenset()))


def _cited_in(head: Sheet, at: int) -> tuple[tuple[str, ...], frozenset[int]]:
    """The papers cited in the cell that begins on a row, and the rows that they take."""
    found: list[str] = []
    rows = set()
    for number in range(at, min(at + _CITED_ROWS, len(head.rows))):
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
        if not entries and number > at and found and not _goes_on(head.rows[number - 1].text):
            break
        if not entries and number == at and cut and _SPOKEN.search(text) and len(text) < _LONG:
            entries = [_value(text)]  # a letter or another service's cable, in words
        found += filter(None, entries)
        rows.add(number)
    return tuple(found), frozenset(rows)


def _goes_on(text: str) -> bool:
    """Whether a row ends within a bracket: `(not sent Panama`."""
    return text.count("(") > text.count(")")


def _symbol_alone(sheets: Sequence[Sheet], cited: frozenset[int]) -> str:
    """The one symbol that stands alone on a row: three letters, or one misread among four."""
    found = {
        f"{re.sub(r'[^A-Z0-9]', '', match['letters'])}-{match['number']}"
        for page, sheet in enumerate(sheets)
        for at, row in enumerate(sheet.rows)
        if (match := _ALONE.fullmatch(row.text.strip())) and not (page == 0 and at in cited)
        if not _NO_SYMBOL.match(match["letters"])
    }
    return next(iter(found)) if len(found) == 1 else ""


def _under_references(head: Sheet, cited: Sequence[str], rows: frozenset[int]) -> str:
    """The dispatch's own symbol, that alone and without a date under an empty cell of references."""
    if len(cited) != 1 or len(rows) < 2 or re.search(r"\d\s[A-Z]", cited[0]):
        return ""
    first = head.rows[min(rows)].text
    match = _SYMBOL.fullmatch(cited[0])
    return cited[0] if match and cited[0] not in first and match["letters"] not in codes() else ""


def _is_references(row: SheetRow) -> bool:
    match = _LABEL.match(row.text)
    return match is not None and match.lastgroup == "references"


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
                alone = int(len(row.tokens) <= 3)
                # Four letters, the last of which tells from where to where, are hardly anything else.
                alone += alone and len(letters) == 4 and letters[3] in "AWST" and len(match["number"]) > 3
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
        entry = _ENTRY.match(row.text.strip())
        if entry and entry["date"]:
            continue  # a paper that is cited, its label not read
        own = _DATE_LABEL.search(row.text) is not None
        labelled = own or any(_DATE_LABEL.search(one) and not _HAS_DATE.search(one) for one in above)
        few = len(row.tokens) <= 6
        officers = any(_OFFICERS.search(one) for one in (*above, row.text))
        weight = 3.0 * (labelled and len(row.tokens) <= 14) + 2.0 * few - 4.0 * (date.row in cited)
        weight -= 1.0 * officers
        if weight >= 2:
            best = max(best, (weight, date.row, date.iso))
    return best[2]
