"""Telegrams of commercial companies: Western Union, RCA, ITT, Mackay, All America Cables, 1930-80.

Above the address stands the line of filing: call and number of the office, class of service (PD, NL, LT ...),
place, count of words or day, local hour (`LLJ201 PD LOS ANGELES CALIF 5 250P PDT`). The address follows line
by line, then the text; the name of the sender stands alone at its end. The year is in the stamp of receipt,
in front of the month (`1960 MAY 5 PM 6 02`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import lines_of
from septel.papers.places import Sheet, dates_on, month_number

_CLASS = r"(?:NL|PD|DL|LT|NT|DPR|RX|CGN|CD|INTL|COLLECT|FAX|ETAT|URGENT|SER|PM|BX|GOVT|DEFERRED)"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
_FILED = re.compile(
    rf"^\W*(?:[A-Z]{{1,6}}[0-9O]{{1,4}}|[A-Z]{{1,3}} [A-Z]{{2,4}}[0-9O]{{2,4}})"
    rf"(?:\s+[A-Z0-9]{{1,6}}(?=\s+{_CLASS}\b))*"
    rf"(?:\s+{_CLASS}(?:[-=]\w+)?)*\s+(?P<place>[A-Z]{{3,}}(?: [A-Z]{{2,}}){{0,3}}?)\s+"
    rf"(?:(?:\d{{1,3}}\s+)?(?:{_MONTH}\s+)?(?P<day>[0-9O]{{1,2}})\s+(?P<hour>[0-9O]{{3,4}}\s?[AP]?M?)"
    rf"(?:\s+[ECMPA][DS]T)?|{_MONTH} \d{{1,2}}(?:,? (?:19)?\d\d)?)\W*$"
)
_OVERSEAS = re.compile(
    rf"^\W*(?:[A-Z]{{2,6}}[0-9O]{{1,5}}\s+)?(?P<place>[A-Z]{{4,}}(?:/?[A-Z]{{2,}})?)\s+\d{{1,3}}\s+\d{{1,2}}\s+\d{{4}}"
    rf"(?:\s+(?:{_CLASS}|VIA [A-Z]+))*\W*$"
)
_COMPANY = re.compile(
    r"WESTERN UNION|\bRCA\b|RADIOGRAM|ALL AMERICA CABLES|MACKAY|\bITT\b|CLASS OF SERVICE|FULL.RATE|"
    r"NIGHT LETTER|CABLEGRAM",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"\b(?:STOP|REGARDS|PLEASE|PLS|YOUR|HAVE|WILL|NO WORD)\b|[.?]\s*$|[.?] [A-Z]{2,}|\S+(?:\s+\S+){8}"
)
"""What an address has not."""
_NAME = re.compile(r"^\W*[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]*){0,3}\W*$")
_CLOSING = re.compile(r"REGARDS|SINCERELY|THANKS|STOP$|LOVE$|WESTERN|TELEGRAM|SERVICE|SECRET|\bCOPY\b|[0-9]")
_STAMP = re.compile(rf"\b(?P<year>19[3-8]\d)\s+(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\b")
_LONGEST = 5
"""So many lines an address has at the most."""


def is_commercial(text: str) -> bool:
    """Whether a page bears a company's name or words of its form, and a line of filing."""
    return bool(_COMPANY.search(text)) and _filed(lines_of(text)) is not None


def commercial_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a commercial telegram from one reading of its page."""
    lines = lines_of(text)
    filed = _filed(lines)
    if filed is None:
        return FormFields()
    at, place = filed
    address: list[str] = []
    for line in lines[at + 1 : at + 1 + _LONGEST]:
        if _TEXT.search(line):
            break
        address.append(line.strip(" |=-_"))
    body = lines[at + 1 + len(address) :]
    stamp = _STAMP.search(text)
    date = next(dates_on(sheets[0]), None) if sheets else None
    received = f"{stamp['year']}-{month_number(stamp['month']):02d}-{int(stamp['day']):02d}" if stamp else ""
    return FormFields(
        service="Western Union" if re.search("WESTERN UNION", text, re.IGNORECASE) else "",
        originator=place,
        date=received or (date.iso if date else ""),
        to=(", ".join(filter(None, address)),) if address else (),
        signature=_signer(body),
    )


def _filed(lines: Sequence[str]) -> tuple[int, str] | None:
    """Which line is that of filing, and the place where the telegram was handed in."""
    for at, line in enumerate(lines[:24]):
        match = _FILED.match(line) or _OVERSEAS.match(line)
        if match:
            return at, match["place"]
    return None


def _signer(body: Sequence[str]) -> str:
    """The name that stands alone behind the text."""
    texts = [at for at, line in enumerate(body) if _TEXT.search(line)]
    for line in reversed(body[texts[-1] + 1 if texts else 0 :]):
        if len(line) < 32 and _NAME.match(line) and not _CLOSING.search(line):
            return line.strip(" ()._|-")
    return ""
