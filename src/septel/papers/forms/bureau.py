"""Airtels and teletypes of the Federal Bureau of Investigation, 1950-75."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import is_dateline, lines_of
from septel.papers.places import Sheet, dates_on

SERVICE = "Federal Bureau of Investigation"
HEAD = 30
_OFFICE = re.compile(
    r"(?:(?P<director>(?:ACTING\s+)?D[Ii1L][Rr][Ee][CcGg][Tt][Oo0][Rr]\b(?P<bureau>\s*,\s*\S|\s+[FE][Bb8])?)"
    r"|(?P<kind>S[Aa][Cc]|L[Ee][Gg][Aa][Tt]|LEGAL ATTACHE|Legal Attache)[S,.]*\s+"
    r"(?P<city>[A-Z][A-Za-z]{2,}\.?(?:\s+(?!\()[A-Z][A-Za-z]{2,})?))"
)
_LABELS = (
    ("TO", re.compile(r"^\W*T[Oo0]\b")),
    ("FROM", re.compile(r"^\W*[FE]?R?[OoD][Mm][s:]?\b|^\W*F[Rr][Oo]\w?\b")),
)
_RE = re.compile(
    r"^\W{0,4}(?P<text>(?:Re(?=[A-Z])|Re[ :]|Reference\s|ReBu|Reur)\S*.{4,80}|"
    r"RE(?:BU|UR| )?[A-Z ,]{0,40}\b(?:TEL|TELS|TELETYPE|AIRTEL|LETTER|LET|TELCALL|TELEPHONE CALL)\b.{0,60})"
)
_DATED = re.compile(
    r"(?:Reference\s+(?:is made to\s+|a\w{2,3}\s+)?|also\s+|and\s+)"
    r"(?P<text>[A-Z][\w .,]{3,60}?dated\s+[A-Z][a-z]+ \d{1,2}, \d{4})"
)
_SERIAL = re.compile(r"\bSAC,?\s+[A-Z]+\s+(?P<number>\d{6})\b")


def bureau_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of an airtel or teletype from one reading of its pages."""
    lines = lines_of(text)
    head = sheets[0] if sheets else Sheet(())
    serials = Counter(match["number"] for line in lines if (match := _SERIAL.search(line)))
    serial = max(serials, key=lambda one: serials[one], default="")
    to, sender = _offices(head)
    dates = (one for one in dates_on(head, rows=HEAD) if is_dateline(head.rows[one.row].text))
    date = next(dates, None)
    return FormFields(
        service=SERVICE,
        originator=sender,
        number=serial,
        numbers=(serial,) if serial else (),
        date=date.iso if date else "",
        to=to,
        references=_references(lines[:40]),
    )


def _offices(head: Sheet) -> tuple[tuple[str, ...], str]:
    """To whom and from whom: by their labels, and where a label was not read by their order."""
    found: dict[str, str] = {}
    bare: list[str] = []
    others: tuple[str, ...] = ()
    for row in head.rows[:HEAD]:
        match = _OFFICE.search(row.text)
        if match is None or match.start() > 24:
            continue
        label = next((name for name, pattern in _LABELS if pattern.match(row.text[: match.start()])), "")
        office = _office(match)
        if label == "TO" and label not in found:
            beside = _OFFICE.finditer(row.text, match.end())
            others = tuple(_office(one) for one in beside if _AND.search(row.text[: one.start()]))
        if label:
            found.setdefault(label, office)
        else:
            bare.append(office)
    if "TO" not in found and bare and bare[0] != found.get("FROM"):
        found["TO"] = bare.pop(0)
    if "FROM" not in found and bare and bare[0] != found.get("TO"):
        found["FROM"] = bare[0]
    to = found.get("TO", "")
    return (to, *others) if to else (), found.get("FROM", "")


_AND = re.compile(r"(?:\bAND|,|;|&)\s*$")
"""What parts two offices to whom one message went."""


def _office(match: re.Match[str]) -> str:
    if match["director"]:
        return "Director, FBI" if match["bureau"] else "Director"
    return f"{match['kind']}, {match['city'].strip('.')}"


def _references(head: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(head[4:])
    dated = tuple(" ".join(match["text"].split()) for match in _DATED.finditer(text))
    if dated and "Reference" in text:
        return dated
    for line in head[4:]:
        match = _RE.match(line)
        if match is not None:
            return (match["text"].strip(),)
    return ()
