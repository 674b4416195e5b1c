"""Information reports of the Central Intelligence Agency that went by wire, 1962-73 (TDCS, TDCSDB)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.cable import SERVICE
from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import date_in, grade_in, labels_in, lines_of, value_of
from septel.papers.forms.sheet import Sheet

_NUMBER = re.compile(
    r"\bT[DO0]C[S5](?P<series>DB|D8)?\W{0,3}(?P<group>3\d{0,2})\W{0,3}(?P<number>\d{3}\W?\s?\d{3}|\d{5}\s?-\s?\d\d)"
)
_DISTRIBUTED = re.compile(
    r"\b[DO0][I1A]?[TS]?[A-Z]{0,3}\s?DI?S?T?R\W{0,3}\s*(?P<date>.{6,24})|\bDISTR\W{1,3}(?P<date2>.{6,24})",
    re.I,
)
_AGENCIES = re.compile(r"\bSTATE\s?/?\s?[I1]NR\b.*")
_AGENCY = re.compile(
    r"STATE/INR|STATE|DIA|ARMY(?:/ACSI)?|NAVY|AIR|JCS|SECDEF|NSA|NIC|USIA|OCI|ONE|OCR|ORR|OO|OBI|FBI|CIA/NMCC|NMCC|"
    r"NPIC|TREASURY|AD/CI|I&NS|EXO|DD/I|AID|AEC|(?:REP)?CINC[A-Z]{2,7}|SDO|CGS|OSI|OER|OSR|CRS"
)
"""Who got reports, as the row of agencies on their forms has it."""
_IN = re.compile(r"\bIN\W{0,3}(?P<number>\d{5})\b")


def report_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of an information report from one reading of its pages."""
    lines = lines_of(text)
    whole = "\n".join(lines)
    match = _NUMBER.search(whole)
    number = ""
    if match is not None:
        series = "TDCSDB" if match["series"] else "TDCS"
        figures = re.sub(r"\s", "", match["number"])
        if "-" not in figures:
            figures = re.sub(r"\D", "", figures)
            figures = f"{figures[:3]},{figures[3:]}"
        number = f"{series}-{match['group']}/{figures}"
    body = next((n for n, line in enumerate(lines) if re.match(r"\W{0,3}1\s?[.,]\s", line)), 0)
    received = _IN.search(whole)
    return FormFields(
        service=SERVICE,
        number=number,
        numbers=tuple(filter(None, (number, f"IN {received['number']}" if received else ""))),
        date=_date(lines),
        to=_agencies(lines),
        classification=grade_in(lines),
        subject=value_of("SUBJECT", lines),
        paragraphs=labels_in(lines[body:]),
    )


def _date(lines: Sequence[str]) -> str:
    """The date of distribution."""
    for line in lines[:40]:
        match = _DISTRIBUTED.search(line)
        if match is not None and (told := date_in(match["date"] or match["date2"] or "")):
            return told
    return ""


def _agencies(lines: Sequence[str]) -> tuple[str, ...]:
    """The row of agencies at the foot or head: who gets it."""
    for number, line in enumerate(lines):
        match = _AGENCIES.search(line)
        if match is not None:
            row = [match.group(), *lines[number + 1 : number + 3]]
            words = [word.strip(".,;|") for part in row if part.isupper() for word in part.split()]
            return tuple(dict.fromkeys(word for word in words if _AGENCY.fullmatch(word)))
    return ()
