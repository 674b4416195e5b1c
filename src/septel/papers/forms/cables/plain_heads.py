"""Heads of cables that no cell or telegraph line of the later forms holds.

Cables of 1949-52 have their own number on a row above `TO: ... INFO: ... CITE: ...`; the Army's on the same
form begin `NR: DA 99529 TO: ...`; those of the Domestic Contact Division of 1970-75 cite office and city
(`CITE DOS/NEW YORK 21018`, `CITE CONTACTS/WASHINGTON 89439`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.places import codes, month_of

_OWN = re.compile(r"^\W*(?!CASE\b)(?P<who>[A-Z]{4})\W{1,2}(?P<number>\d{3,5})\W*$")
_FROM_CELL = re.compile(
    r"^\W*FROM\s?[:;]\s*(?P<who>[A-Z][A-Z ]{3,20}?)\s*(?:ROUTINE|PRIORITY|OPERATIONAL|EMERGENCY|$)"
)
_CITED = re.compile(r"\bC[I1]TE\W{0,3}\s*[A-Z]{4,6}\W*$")
_ARMY = re.compile(
    r"^\W*N[RO]\W{1,3}\s*(?P<number>(?:DA|WAR|WCL|DEPTAR)\s?\d{4,6})\b(?:\s+TO\W{1,3}\s*(?P<to>[A-Z].*))?$"
)
_ARMY_FROM = re.compile(
    r"^\W*FROM\W{1,3}\s*(?P<who>DEPARTMENT OF THE ARMY|[A-Z][A-Z ]{3,30}?)(?:\s{2,}.*|\W*)$", re.I
)
_INFO = re.compile(r"^\W*INFO\W{1,3}\s*(?P<info>[A-Z].*)$")
_CONTACT = re.compile(
    r"\bC[I1]TE\W{0,3}\s*(?P<who>(?:D[OC][SD]|CONTACTS)\s?/\s?[A-Z][A-Z. ]{2,20}?)\s+(?P<number>\d{4,6})\b"
)
_CONTACT_TO = re.compile(
    r"^\W*(?:TO\W{1,3}\s*(?P<to>D[OC][SDO]\s?/\s?[A-Z][A-Z. ]{2,24}?)|"
    r"(?P<alone>CONTACTS\s?/\s?[A-Z][A-Z. ]{2,24}?))\W*$"
)
_CONTACT_CITED = re.compile(r"\bD(?:OS|CS|CD)/[A-Z][A-Z. ]{2,20}? \d{4,6}\b")
_OFFICES = re.compile(
    r"^\W*(?:[A-Z]{4,5} )?(?P<to>WA|[A-Z]{4}) C[I1]TE (?P<who>WA|[A-Z]{4})[ -](?P<number>\d{3,5})\b"
)
_REACH = 26


def plain_head(lines: Sequence[str]) -> FormFields:
    """What such a head tells of sender, number and addressees; empty where there is none."""
    head = lines[:_REACH]
    for read in (_contact, _early, _between, lambda head: _army(head, lines)):
        if (found := read(head)) != FormFields():
            return found
    return FormFields()


def _early(head: Sequence[str]) -> FormFields:
    """`FRAN 3173` on a row of its own, the addresses with CITE right under it."""
    for at, line in enumerate(head):
        match = _OWN.match(line)
        below = head[at + 1 : at + 4]
        if match is None or not any(_CITED.search(one) for one in below[:3]):
            continue
        number = f"{match['who']} {match['number']}"
        cell = next((m["who"].strip() for one in head[:at] if (m := _FROM_CELL.match(one))), "")
        who = "DIRECTOR" if match["who"] == "WASH" else codes().get(match["who"], cell or match["who"])
        return FormFields(
            originator=who,
            number=number,
            numbers=(number,),
            to=_addressed(below, "TO"),
            info=_addressed(below, "INFO"),
        )
    return FormFields()


def _between(head: Sequence[str]) -> FormFields:
    """A wire between Washington and an office in the country, 1953-59: `NYOR CITE WA 61494`."""
    for line in head[:14]:
        match = _OFFICES.match(line)
        if match and "WA" in (match["to"], match["who"]):
            number = f"{match['who']} {match['number']}"
            return FormFields(originator=match["who"], number=number, numbers=(number,), to=(match["to"],))
    return FormFields()


def _addressed(lines: Sequence[str], label: str) -> tuple[str, ...]:
    """The codes behind a label of the address, up to the next label."""
    text = " ".join(lines[: next((n + 1 for n, line in enumerate(lines) if _CITED.search(line)), 0)])
    match = re.search(
        rf"\b{label}\W{{1,3}}\s*(?P<codes>[A-Z]{{4,6}}(?:[ ,]+[A-Z]{{4,6}})*?)\W*(?=INFO\b|C[I1]TE\b)", text
    )
    return tuple(re.findall(r"[A-Z]{4,6}", match["codes"])) if match else ()


_DISPATCHED = re.compile(
    r"\((?P<month>[A-Z]{3,9})\.? (?P<year>[45]\d)\)\s*DTG\W{1,3}(?P<day>[0-3]\d)\d{4}\s?Z"
)
"""The month and time group of an Army telegram, in its last line: `(AUG 51) DTG: 231455Z`."""


def _army_date(lines: Sequence[str]) -> str:
    match = next((m for line in lines[-12:] if (m := _DISPATCHED.search(line))), None)
    month = month_of(match["month"]) if match else None
    return f"19{match['year']}-{month:02d}-{match['day']}" if match and month else ""


def _army(head: Sequence[str], lines: Sequence[str]) -> FormFields:
    for at, line in enumerate(head):
        match = _ARMY.match(line)
        if match is None:
            continue
        sender = next((m["who"] for one in head[:at] if (m := _ARMY_FROM.match(one))), "")
        to, _, beside = (match["to"] or "").partition("INFO")
        informed = next((m["info"] for one in head[at : at + 4] if (m := _INFO.match(one))), beside)
        return FormFields(
            originator=sender.strip(),
            number=match["number"],
            numbers=(match["number"],),
            date=_army_date(lines),
            to=(to.strip(" .:"),) if to else (),
            info=(informed.strip(" .:"),) if informed else (),
        )
    return FormFields()


def _contact(head: Sequence[str]) -> FormFields:
    match = next((m for line in head if (m := _CONTACT.search(line))), None)
    if match is None:
        return FormFields()
    who = re.sub(r"\s?/\s?", "/", match["who"])
    number = f"{who} {match['number']}"
    to = next((m["to"] or m["alone"] for line in head if (m := _CONTACT_TO.match(line))), "")
    cited = next((line for line in head if re.match(r"\W*REFS?\b", line)), "")
    return FormFields(
        originator=who,
        number=number,
        numbers=(number,),
        to=(re.sub(r"\s?/\s?", "/", to),) if to else (),
        references=tuple(match.group() for match in _CONTACT_CITED.finditer(cited)),
    )
