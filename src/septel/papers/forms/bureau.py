"""Airtels and teletypes of the Federal Bureau of Investigation, 1950-75."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import date_in, lines_of
from septel.papers.forms.sheet import Sheet

SERVICE = "Federal Bureau of Investigation"
_OFFICE = (
    r"(?P<office>(?:ACTING )?DIRECTOR,?\s*FBI|DIRECTOR|SAC,?\s*[A-Z][A-Za-z. ]{2,20}?"
    r"|LEGAT,?\s*[A-Z][A-Za-z. ]{2,20}?|[A-Z][A-Za-z ]{3,24})"
)
_TO = re.compile(
    rf"^\W*(?:\w{{1,2}}\W+)?TO[e#:;]?\W{{0,8}}{_OFFICE}\s*(?:[(\[{{0-9].*)?(?:$|\W{{3,}})", re.IGNORECASE
)
_FROM = re.compile(
    rf"^\W*(?:\w{{1,2}}\W+)?FROM[e#:;Z]?\W{{0,8}}{_OFFICE}\s*(?:[(\[{{0-9].*)?(?:$|\W{{3,}})", re.IGNORECASE
)
_ALONE = re.compile(r"^\W*(?:TO|FROM)\s?[:;]\W*$", re.IGNORECASE)
_RE = re.compile(r"^\W{0,4}(?P<text>(?:Re(?=[A-Z])|Re[ :]|Reference\s|ReBu|Reur)\S*.{4,80})")
_SERIAL = re.compile(r"\bFROM,?\s+SAC,?\s+[A-Z]+\s+(?P<number>\d{6})\b")
_CLASSED = re.compile(r"^\W*(?P<grade>TOP SECRET|SECRET|CONFIDENTIAL)\W*$")


def bureau_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of an airtel or teletype from one reading of its pages."""
    lines = lines_of(text)
    head = lines[:40]
    serial = _SERIAL.search("\n".join(head))
    return FormFields(
        service=SERVICE,
        originator=_office(_FROM, head),
        number=serial["number"] if serial else "",
        numbers=(serial["number"],) if serial else (),
        date=date_in("\n".join(head)),
        to=tuple(filter(None, (_office(_TO, head),))),
        references=_references(head),
    )


def _office(pattern: re.Pattern[str], head: Sequence[str]) -> str:
    for number, line in enumerate(head):
        # The office may stand under its label.
        alone = _ALONE.match(line) is not None and number + 1 < len(head)
        match = pattern.match(f"{line} {head[number + 1]}" if alone else line)
        if match is not None:
            return " ".join(match["office"].split()).strip(" ,.")
    return ""


def _references(head: Sequence[str]) -> tuple[str, ...]:
    for line in head[4:]:
        match = _RE.match(line)
        if match is not None:
            return (match["text"].strip(),)
    return ()
