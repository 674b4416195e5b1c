"""Cables of the Central Intelligence Agency by the places of their forms, 1951-77.

Outgoing forms have the drafter's cells at the top left (ORIG, UNIT, EXT, DATE), TO and FROM under them, the
telegraph line under a rule, a filing stamp at the right, three officers at the foot. Incoming forms have TO,
FROM, ACTION, INFO, then the message as it came by wire, with a stamp of receipt at its right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from septel.lexicon import letters
from septel.papers.forms.cables.days import DRAFTED, message_day
from septel.papers.forms.cables.numbers import (
    DOMESTIC,
    HEADQUARTERS,
    NUMBERED,
    boxed_number,
    domestic_number,
    headquarters_number,
    is_otherwise,
    numbered_alone,
    own_number,
    received_number,
    stamped_beside,
)
from septel.papers.forms.cables.receivers import attached_stations, shaped_receivers
from septel.papers.forms.fields import FormFields
from septel.papers.places import (
    Sheet,
    SheetRow,
    TelegraphLine,
    begun,
    codes,
    grade_on,
    group_on,
    is_info,
    is_word,
    listed_stations,
    name,
    only_stations,
    paragraph_labels,
    references_on,
    sent_line,
    telegraph_line,
)

SERVICE = "Central Intelligence Agency"
_OFFICERS = ("RELEASINGOFFICER", "AUTHENTICATINGOFFICER", "COORDINATINGOFFICERS", "AUTHENTICATING")
_OUTGOING = (
    "MESSAGEFORM", "OUTGOINGMESSAGE", "TOTALCOPIES", "MESSAGEREFERENCENUMBER", "MULTIADDRESSEECABLE",
    "BOOKCABLE",
)  # fmt: skip
_TO_CELL = re.compile(
    r"\W*TO\s?:\s*(?:(?:IMMEDIATE|PRIORITY|ROUTINE|DEFERRED)\s+)?"
    r"(?P<names>FBI|INS|NSA|DIA|ONI|OSI|"
    r"[A-Z]{4,}(?:/[A-Z]{4,}|(?: [A-Z]{2,}){0,3})(?:, [A-Z]{4,}(?: [A-Z]{2,}){0,3})*)"
    r"(?:\s+INFO\b.*|\.?\s*[YH4]?)?$"
)
_NO_NAMES = re.compile(r"\b(?:SEE|BELOW|ATTACHED|CITE|FROM|INDEX|ROUTING|BRANCH|NIGHT|BOOK)\b")
_INFORMED = re.compile(r"\bINFO\b\W*")
_ENDED = ("ENDOFMESSAGE", "ENDOFMSG")
_SEEN_AT_FOOT = 12
"""How many rows of the foot tell an outgoing form by its officers."""


def cable_form(sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a cable from its pages; what can't be read is empty."""
    if not sheets or not sheets[0].rows:
        return FormFields(service=SERVICE)
    head = sheets[0]
    line = telegraph_line(head)
    sent = sent_line(head)
    outgoing = _is_outgoing(sheets, line)
    group = group_on(head, rows=head.head)
    day = message_day(sheets, outgoing=outgoing, group=group)
    date = day.iso
    listed = listed_stations(head)
    to, info = (line.to, line.info) if line else ((), ())
    if len(listed) > len(to) + 2 and not info:
        to, info = listed, ()
    info = info or _informed(head)
    if outgoing:
        to = _by_cell(head, to)
    after = (line.last + 1) if line else min(4, len(head.rows))
    cited = references_on(head, after)
    number = own_number(sheets, line, outgoing=outgoing, date=date)
    number = number or ("" if outgoing else boxed_number(head))
    alone = "" if number else _guessed_number(head, line, outgoing=outgoing, date=date)
    number = number or alone
    contested = (
        *(("number",) if is_otherwise(sheets, number) else ()),
        *(("date",) if day.beside else ()),
    )
    originator = _originator(head, line, outgoing=outgoing) or ("" if outgoing else number.rpartition(" ")[0])
    if sent is not None and (line is None or not line.number):
        originator, to = sent.who, sent.to
        domestic = DOMESTIC.search("\n".join(row.text for row in head.rows[:10]))
        number = f"{domestic['who']}-{domestic['number']}" if domestic else number
    elif not number and not outgoing and (cited_by := domestic_number(head)):
        number = cited_by
    to = attached_stations(sheets, to) or to or _cells(head, originator, outgoing=outgoing)
    shaped = () if to else shaped_receivers(head)
    return FormFields(
        service=SERVICE,
        originator=originator,
        number=number,
        numbers=tuple(filter(None, (number, received_number(head, after, cited.rows)))) if number else (),
        date=date,
        time_group=group.text if group else "",
        to=to or shaped,
        info=info,
        precedence=line.precedence if line else "",
        classification=grade_on(sheets) or _wired_grade(head),
        subject=_ended_subject(head),
        references=cited.entries,
        paragraphs=paragraph_labels(_bodies(sheets), (*head.rows[:after], *cited.rows)),
        contested=contested,
        beside=day.beside,
        guessed=(
            *(("to",) if shaped else ()),
            *(("number",) if alone else ()),
            *(("date",) if day.stamped else ()),
            *_repaired(head, to=to, info=info),
        ),
    )


_SUBJECT = re.compile(r"^\W*SUBJ(?:ECT)?\s?[:;]?\s+(?P<words>[A-Z][^a-z]+)$")
_ENDED_ROW = re.compile(r"[\s-][YH4J]$")


def _ended_subject(head: Sheet) -> str:
    """The subject over its rows, up to another label, or to the Y that ends lines on forms of 1974-77."""
    rows = [row.text for row in head.rows[: head.head]]
    at = next((n for n, row in enumerate(rows) if _SUBJECT.match(row)), None)
    if at is None:
        return ""
    words: list[str] = []
    for row in rows[at : at + 4]:
        match = _SUBJECT.match(row)
        if words and (match or _OTHER_LABEL.match(row)):
            return " ".join(words).strip(" .")
        words.append(match["words"] if match else row)
        if _ENDED_ROW.search(row):
            return _ENDED_ROW.sub("", " ".join(words)).strip()
    return ""


_OTHER_LABEL = re.compile(r"^\W*(?:REF|TO|FROM|INFO|ACTION|\d\s?[.,])")
_WIRED_GRADE = re.compile(
    r"^.{0,14}?\b(?P<grade>S?ECRET|CONFIDENTIAL)\b.{0,16}\bT[O0] [A-Z][A-Z .]{2,24} (?:FROM|FM|FR)\b"
)


def _wired_grade(head: Sheet) -> str:
    """The grade before a teletype's addresses: `SECRET CN NR 132 TO NEW ORLEANS FROM WASHINGTON`."""
    match = next((m for row in head.rows[:8] if (m := _WIRED_GRADE.match(row.text))), None)
    return ("SECRET" if match["grade"].endswith("ECRET") else match["grade"]) if match else ""


def _repaired(head: Sheet, **stations: tuple[str, ...]) -> tuple[str, ...]:
    """The fields with a station that stands nowhere on the page as it is written: a list mended it."""
    seen = letters(" ".join(row.text for row in head.rows))
    known = codes()
    return tuple(
        name
        for name, names in stations.items()
        if any(
            all(letters(form) not in seen for form in {one, known.get(one, one), *_codes_of(one)})
            for one in names
        )
    )


def _codes_of(full: str) -> Iterator[str]:
    return (code for code, named in codes().items() if named == full)


def _guessed_number(head: Sheet, line: TelegraphLine | None, *, outgoing: bool, date: str) -> str:
    """A number that no CITE tells: by its sender alone, or stamped where Headquarters stamps its own."""
    if not outgoing:
        return numbered_alone(head, _originator(head, line, outgoing=False))
    told = stamped_beside(head) if _is_from_headquarters(head, line) else ""
    return headquarters_number(told, line, date) if told else ""


def _is_outgoing(sheets: Sequence[Sheet], line: TelegraphLine | None) -> bool:
    if line is not None and line.who:
        return line.who in ("DIR", "DIRECTOR", "WASHINGTON", "HEADQUARTERS")
    rows = [letters(row.text) for sheet in sheets for row in sheet.rows]
    foot = [letters(row.text) for sheet in sheets for row in sheet.rows[-_SEEN_AT_FOOT:]]
    if any(_stands(word, rows) for word in _OUTGOING) or any(_stands(word, foot) for word in _OFFICERS):
        return True
    return sum(DRAFTED.match(row.text) is not None for row in sheets[0].rows[:16]) >= 2 or any(
        _labels(row.tokens[0].text, "FROM") and "DIRECTOR" in row.text for row in sheets[0].rows[:16]
    )


def _stands(phrase: str, rows: Sequence[str]) -> bool:
    return any(
        phrase in row or (len(row) >= len(phrase) - 2 and fuzz.partial_ratio(phrase, row) >= 88)
        for row in rows
    )


def _originator(head: Sheet, line: TelegraphLine | None, *, outgoing: bool) -> str:
    if outgoing:
        if line and line.who == "WASHINGTON":
            return "WASHINGTON"
        return "DIRECTOR" if _is_from_headquarters(head, line) else ""
    told = _cell(head, "FROM", outgoing=False)
    if told and told[0] != "DIRECTOR":
        return told[0]
    if line is not None:
        # The FROM cell alone on its row, its label not read.
        for row in head.rows[: line.first]:
            cell = row.text if len(row.tokens) > 1 and begun(row.text) else row.tokens[0].text
            full = begun(cell) if len(row.tokens) < 4 else None
            if full and full not in ("DIRECTOR", "HEADQUARTERS"):
                return full
        return line.who
    return ""


def _is_from_headquarters(head: Sheet, line: TelegraphLine | None) -> bool:
    """Whether the page itself says that Headquarters sends: in the line, the drafter's cells, or FROM."""
    if line is not None and (line.who in HEADQUARTERS or line.to):
        return True
    rows = head.rows[: head.head]
    drafted = sum(DRAFTED.match(row.text) is not None for row in rows[:16])
    printed = [letters(row.text) for row in rows]
    if any(_stands(word, printed) for word in _OUTGOING):
        return True
    return drafted > 1 or any("DIRECTOR" in row.text or NUMBERED.search(row.text) for row in rows)


def _cell(head: Sheet, label: str, *, outgoing: bool) -> tuple[str, ...]:
    """The stations that stand in a printed cell, right of its label."""
    for row in head.rows[:20]:
        at = next((n for n, one in enumerate(row.tokens[:2]) if _labels(one.text, label)), None)
        if at is None or row.tokens[at].text[:1].islower():  # a word of the text
            continue
        near = [one for other in head.near(row.down, 0.9) for one in other.tokens]
        words = [one for one in sorted(near, key=lambda one: one.left) if one.left > row.tokens[at].left + 1]
        text = " ".join(one.text for one in words if not is_word(one.text, "FROM", most=0))
        text = _INFORMED.split(text)[0 if label != "INFO" else -1]
        names = tuple(full for part in re.split(r"[,;]", text) if (full := _named(part, whole=not outgoing)))
        beside = only_stations(words) if len(words) > 1 else ()
        if names:
            return beside if len(beside) > len(names) else names
    return ()


def _informed(head: Sheet) -> tuple[str, ...]:
    """Stations behind INFO in the TO cell or in a row of its own; offices of Headquarters are none."""
    for row in head.rows[:20]:
        first, *rest = row.tokens
        marks = [n for n, one in enumerate(row.tokens) if is_info(one.text)]
        if not marks or not rest or not (_labels(first.text, "TO") or marks[0] == 0):
            continue
        told = only_stations(row.tokens[marks[-1] + 1 :])
        if told:
            return told
    return ()


def _by_cell(head: Sheet, to: tuple[str, ...]) -> tuple[str, ...]:
    """Addressees by the long names of the TO cell, where these are the stations of the telegraph line."""
    named = _cell(head, "TO", outgoing=True)
    return named if named and named == tuple(codes().get(one, one) for one in to) else to


def _cells(head: Sheet, originator: str, *, outgoing: bool) -> tuple[str, ...]:
    """Addressees by the printed form, where there is no telegraph line."""
    told = _cell(head, "TO", outgoing=outgoing) or _written(head)
    # Without a sender DIRECTOR may be one itself, its label not read.
    return told or (() if outgoing or not originator else _to_director(head))


def _written(head: Sheet) -> tuple[str, ...]:
    """What stands behind `TO:` in clean capitals, though no list has it."""
    found: list[tuple[str, ...]] = []
    for row in head.rows[:24]:
        match = _TO_CELL.match(row.text)
        if match is not None and not _NO_NAMES.search(match["names"]):
            found.append(tuple(part for part in map(str.strip, match["names"].split(",")) if part))
    # A name that the lists know goes before one that may be misread.
    known = [names for names in found if all(one in codes() or name(one) == one for one in names)]
    return next(iter((*known, *found)), ())


def _to_director(head: Sheet) -> tuple[str, ...]:
    """DIRECTOR first on a row near the top: the TO cell of an incoming form, its label not read."""
    shown = any(row.tokens[0].text.strip(".,") == "DIRECTOR" for row in head.rows[:10])
    return ("DIRECTOR",) if shown else ()


def _named(text: str, *, whole: bool) -> str | None:
    words = text.split()
    for many in range(min(4, len(words)), 0, -1):
        told = name(" ".join(words[:many])) or (begun(" ".join(words[:many])) if whole else None)
        if told:
            return told
    return None


def _labels(text: str, label: str) -> bool:
    bare = text.strip(":;.,'").upper()
    if label == "TO":
        return bare in ("TO", "T0", "IO")
    return is_word(bare, label) and len(bare) >= 3


def _bodies(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages up to the end of the message: lists of officers and comments follow."""
    found: list[Sheet] = []
    for sheet in sheets:
        end = next((n for n, row in enumerate(sheet.rows) if _is_end(row)), None)
        found.append(Sheet(sheet.rows[:end]) if end is not None else sheet)
        if end is not None and sheet is sheets[-1]:
            break
    return found


def _is_end(row: SheetRow) -> bool:
    return _stands(_ENDED[0], [letters(row.text)]) or _ENDED[1] in letters(row.text)
