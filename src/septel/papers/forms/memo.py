"""Memoranda, letters and dispatches: who to whom, about what, when, signed by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.forms.patterns import (
    DATE_CELL,
    FEW,
    PRINTED,
    date_in,
    grade_in,
    is_dateline,
    labels_in,
    lines_of,
    value_of,
)
from septel.papers.places import Sheet

_FOR = re.compile(r"^\W*MEMORANDUM\s+(?:FOR|TO)\s*[:;]?\s*(?P<who>.{3,60})$", re.IGNORECASE)
_TITLE = re.compile(
    r"^\W*(?P<title>MEMORANDUM (?:FOR THE RECORD|OF (?:A )?(?:CONVERSATION|MEETING|DISCUSSION)).{0,60})$",
    re.I,
)
_SYMBOL = re.compile(r"\W*(?P<symbol>[A-Z]{2,4}[AWST])\s?-\s?(?P<number>\d{3,6})\W*")
"""A paper's own symbol stands alone on a line; others are of what it cites."""
_NAMED = re.compile(r"^(?:/s/\s*)?(?P<name>(?:[A-Z][A-Za-z'-]*\.?\s+){1,3}[A-Z][A-Za-z'-]{2,})$")
_PARTICIPANTS = re.compile(r"^\W*(?:PARTICIPANTS?|Participants?|PRESENT|Present)\b\s*[:;]?\s*")
_CELL = re.compile(r"^(?:SUBJECT|DATE|TIME|PLACE|COPIES|Subject|Date|Time|Place|Copies)\b")
_SIDE = re.compile(
    r"^\s*(?:US|U\.S\.|USSR|U\.S\.S\.R\.|American|Soviet|United States)(?:\s+[Ss]ide)?\s*[:\-–]\s*"
)
_PERSON = re.compile(
    r"^(?:[A-Z][\w.'’-]*\s+){1,6}[A-Z][\w'’-]+$|^(?:The )?(?:President|Secretary|Under Secretary)$"
)
_BODY = re.compile(
    r"^\W{0,3}(?:\d{1,2}\s?[.,]|[a-z]\s?[.,)]|[lI]\s?[.,])\s*[\"(]?[A-Z]|^\W*(?:\S+\s+){9,}\S{1,}.{0,}$|^[A-Z].{75}"
)
_DATED = re.compile(r"\s+(?:DATE|Date)\s*[:;]")
"""The cell right of the receiver's on the government's memorandum form."""
_OPENS = re.compile(r"\W{0,3}(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2},?) (?:19)?[4-7]\d\b")
_SUBJECT = re.compile(r"\W*(?:SUBJECT|Subject|RE|REFERENCE)\b")
_RELEASED = re.compile(r"RECORDS ACT|RELEASE UNDER")
"""The bar that the archive printed over the page."""
_LABELLED = re.compile(
    r"^[A-Za-z][A-Za-z /]{1,20}\s?:|^\W*(?:MEMORANDUM|Memorandum|REF|TO|FROM|SECRET|CONFIDENTIAL)\b|"
    r"^[\W\d_]+$"
)
_WIDE = 80
"""A line of a subject is no longer."""
_HEAD = 30
"""How many lines may be a paper's head."""
_INITIALS = re.compile(r"^[A-Z][A-Za-z]{1,12}[:/][a-z]{2,5}\b")


def memo_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """The fields of a memorandum, letter or dispatch from one reading of its pages."""
    del sheets  # they are read by lines
    lines = [line for line in lines_of(text) if not _RELEASED.search(line)]
    head = lines[:30]
    told = next((match for line in head if (match := _FOR.match(line))), None)
    title = next((match for line in head if (match := _TITLE.match(line))), None)
    receiver = _DATED.split(value_of("TO", head))[0].strip() or (
        told["who"].strip(" .") if told and not title else ""
    )
    printed = next((match for line in lines[:4] if (match := PRINTED.match(line))), None)
    symbol = next((match for line in (*lines[:12], *lines[-12:]) if (match := _SYMBOL.fullmatch(line))), None)
    number = f"{symbol['symbol']}-{symbol['number']}" if symbol else ""
    return FormFields(
        originator=value_of("FROM", head),
        number=number,
        numbers=(number,) if number else (),
        date=_date(lines),
        to=(receiver,) if receiver else (),
        classification=grade_in(lines),
        subject=_subject(
            text.split("\n")[:60],
            title["title"].strip() if title else "",
            printed["title"] if printed else "",
        ),
        references=tuple(filter(None, (value_of("REF(?:ERENCES?)?", head),))),
        paragraphs=labels_in(lines),
        signature=_signature(lines),
        participants=_participants(text.split("\n")[:60]),
    )


def _subject(head: Sequence[str], title: str, printed: str) -> str:
    """The subject, behind or under its label; an editor's title before it; else the paper's own title."""
    lines = lines_of("\n".join(head))[:30]
    told = value_of("SUBJECT", lines)
    if not told:
        at = next((n for n, line in enumerate(lines[:-1]) if re.fullmatch(r"\W*SUBJECTS?\W*", line)), None)
        told = re.sub(r"^[•\s]+|\[\d+\]|[\s.]+$", "", lines[at + 1]) if at is not None else ""
    told = " ".join([told, *_further(head, told)]) if told else ""
    printed = " ".join(printed.split()).rstrip(" .")
    if printed:
        return f"{printed}: {told}" if told else printed
    return told or title


def _further(head: Sequence[str], subject: str) -> list[str]:
    """The lines right under a subject's first on which it goes on: up to a blank, a label or a paragraph."""
    at = next((n for n, line in enumerate(head) if line.strip(" \t.:;|*#").endswith(subject)), len(head))
    found: list[str] = []
    for line in head[at + 1 : at + 4]:
        bare = line.strip(" \t|*#")
        if not bare or len(bare) > _WIDE or _LABELLED.match(bare) or _BODY.match(bare) or date_in(bare):
            break
        found.append(bare.strip(" .:;"))
    return found


def _date(lines: Sequence[str]) -> str:
    """The date of the head, alone on its line or in a cell DATE; one that the text speaks of is none."""
    begun = (n for n, line in enumerate(lines) if _BODY.match(line) and not PRINTED.match(line))
    body = next(begun, _HEAD)
    above = [line for line in lines[: min(body, _HEAD)] if not _SUBJECT.match(line) and is_dateline(line)]
    opened = next((match.group() for line in above[:12] if (match := _OPENS.match(line))), "")
    told = date_in(opened) or date_in("\n".join(above))
    cells = [
        f"{line[match.start() :]} {below if len(below.split()) <= FEW else ''}"
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
        if (match := DATE_CELL.search(line))
    ]
    return told or date_in("\n".join(cells))


def _participants(head: Sequence[str]) -> tuple[str, ...]:
    """The names under or behind PARTICIPANTS, without offices, up to the next label or blank."""
    at = next((n for n, line in enumerate(head) if _PARTICIPANTS.match(line)), None)
    if at is None:
        return ()
    found: list[str] = []
    behind = _PARTICIPANTS.sub("", head[at])
    for line in (behind, *head[at + 1 : at + 30]):
        bare = line.strip(" \t•*-–—|")
        if not bare:
            if found:
                break
            continue
        if found and (_CELL.match(bare) or len(bare) > 90):
            break
        for part in bare.split(";"):
            name = _SIDE.sub("", part.split(",")[0]).strip(" .:")
            if _PERSON.match(name):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _signature(lines: Sequence[str]) -> str:
    """A name alone near the end, above the typist's initials."""
    for line in reversed(lines[-12:]):
        if _INITIALS.match(line):
            continue
        match = _NAMED.match(line)
        if match is not None and len(line) < 32:
            return match["name"]
    return ""
