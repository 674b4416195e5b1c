"""What the forms of all services have in common: dates, grades, labels, fields by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from septel.papers.places import FIRST_YEAR, LAST_YEAR, compartmented, month_number

MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|"
    r"OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_DATES = (
    re.compile(
        rf"(?<!\b[0-3] )\b(?P<day>[0-3] ?\d|\d)(?:\W?(?:st|nd|rd|th))?[\s-]*"
        rf"(?P<month>{MONTH})\.?,?[\s-]*(?P<year>19\d\d|[4-9]\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{MONTH})\.?\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*[,-]\s*(?P<year>19\d\d|[4-9]\d)\b",
        re.IGNORECASE,
    ),
    # A stamp whose figures stand apart: `FEB 1 8 1964`.
    re.compile(rf"\b(?P<month>{MONTH})\s+(?P<day>[0-3] \d)\s+(?P<year>19\d\d)\b"),
    # A stamp of filing or receipt: `OCT 11 0021Z 62`.
    re.compile(
        rf"\b(?P<month>{MONTH})\.?\s*(?P<day>[0-3]?\d)\s+\d{{4}}\s?[Z2z]\s+(?P<year>[4-9]\d)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?P<m>[01]?\d)\s?[-/]\s?(?P<day>[0-3]?\d)\s?[-/]\s?(?P<year>19\d\d|[4-9]\d)\b"),
)
GROUP = re.compile(
    rf"\b(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)\s?Z(?:\s+(?P<month>{MONTH})\s+(?P<year>\d\d(?:\d\d)?))?"
)
_REVIEWED = re.compile(r"DECL|CLASSIFIED BY|REVIEW|RELEASE|DOCID|SANITI|EXEMPT|\bSP\d|\(REV\b", re.IGNORECASE)
PRINTED = re.compile(
    r"^\W{0,3}\d{1,4}[.,]\s+(?P<title>(?P<word>Memorandum|Telegram|Airgram|Circular|Letter|Note|Message|Minutes|Summary|"
    r"Notes|Record|Report|Paper|Despatch|Instruction|Intelligence|Statement|Editorial)\b[^\[\n]{0,160})"
)
"""The head of a document as *Foreign Relations of the United States* prints it."""
_CELL = re.compile(r"^\W*[A-Za-z][A-Za-z ]{0,24}\s?[:;]")
_BARE_CELL = re.compile(
    r"\W*(?:TO|FROM|ACTION|INFO|DATE|CONF|ROUTING|SUBJECT|REF(?:ERENCES?)?|CLASSIFIED MESSAGE|SECRET|"
    r"CONFIDENTIAL)\W*",
    re.IGNORECASE,
)
"""Another label, its colon not read: the cell above it is empty."""
_SPACED = re.compile(
    r"^\W*(?P<grade>T\W?\s?O\W?\s?P\W?\s+S\W?\s?E\W?\s?C\W?\s?R\W?\s?E\W?\s?T|S\W?\s?E\W?\s?C\W?\s?R\W?\s?E\W?\s?T|"
    r"C\W?\s?O\W?\s?N\W?\s?F\W?\s?I\W?\s?D\W?\s?E\W?\s?N\W?\s?T\W?\s?I\W?\s?A\W?\s?L|UNCLASSIFIED)\b(?!\W{1,2}SERVICE\b)"
)
_LABEL = re.compile(
    r"^\W{0,3}(?P<label>\d{1,2}\s?[.)]|[A-Z]\s?(?:&\s?[A-Z])?\s?[.)]|[a-h]\s?[.)]|[IVX]{1,4}\))\s*-*\s*(?=[\"'(]?[A-Z0-9])"
)


DATE_CELL = re.compile(
    r"^\W*(?:[A-Z][A-Za-z.]{1,12}\s+){0,2}(?:DATE|Date)D?\s?(?:[:;]|(?=\s*\d)|$)|\s(?:DATE|Date)D?\s?[:;]|"
    r"\b(?:DATE OF REPORT|Date of [Rr]eport)\s?[:;]"
)
"""The label of a cell with a date, at the head of a line or right of another cell."""
_SPOKEN = re.compile(
    r"\b(?:on|of|the|in|by|to|and|or|was|were|from|since|at|for|until|as|his|her|with|that|about|before|after)\b|"
    r"\b(?i:dated|since|until|during)\b|\bON\b|\bIN\b|\bBY\b|^\W*OF\b|\bAND\b"
)
"""Words that lead to a date in prose."""
FEW = 6
"""A line with a date of its own has so few other words."""


def is_dateline(line: str) -> bool:
    """Whether a line has a date for itself or in a cell: few other words, none that lead to it in prose."""
    if DATE_CELL.search(line) is not None:
        return True
    return len(re.findall(r"[A-Za-z]{2,}", line)) <= FEW and _SPOKEN.search(line) is None


def lines_of(text: str) -> list[str]:
    """The lines of a text that have something on them, without spaces at their ends and signs of markup."""
    return [line for raw in text.split("\n") if (line := raw.replace("**", "").strip(" \t|").lstrip("#* "))]


def date_in(text: str, *, last: int = LAST_YEAR) -> str:
    """The first date in a text, as ISO 8601; empty where there is none of the calendar and of the time.

    Lines of later reviewers (`DECLASSIFIED`, `CLASSIFIED BY`, `DATE OF REVIEW`) are passed over.
    """
    for line in text.split("\n"):
        told = [] if _REVIEWED.search(line) else sorted(_dates_on(line, last))
        if told:
            return told[0][2]
    return ""


def years_after(text: str, iso: str) -> tuple[str, ...]:
    """Times that prose names as past, of years long after a date: it can't be the paper's own.

    Args:
        text: of the paper.
        iso: the date, as ISO 8601.
    """
    named = (
        match
        for line in text.split("\n")
        if len(line.split()) > FEW and not _REVIEWED.search(line) and not _AHEAD.search(line)
        for match in _NAMED_TIME.finditer(line)
    )
    return tuple(dict.fromkeys(m[0] for m in named if 1900 + int(m["year"]) >= int(iso[:4]) + LONG))


LONG = 3
"""So many years after its date nothing in a paper has been."""
_AHEAD = re.compile(
    rf"\b(?:UNTIL|TILL|VALID|EXPIR\w*|WILL|PLAN\w*|NEXT|FUTURE|RENEW\w*|"
    rf"BY(?= (?:\d|LATE|EARLY|MID|{MONTH})))\b",
    re.IGNORECASE,
)
"""Words of what is to come."""
_NAMED_TIME = re.compile(
    rf"\b(?:(?:LATE|EARLY|MID|END|SINCE)[ -]|(?:[0-3]?\d )?{MONTH}\.?,? )(?:19)?(?P<year>[4-9]\d)\b",
    re.IGNORECASE,
)


def date_places(text: str, iso: str) -> list[tuple[int, int]]:
    """Where a text has a date, as offsets."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found += [(start + at, start + end) for at, end, told in _dates_on(line, LAST_YEAR) if told == iso]
        start += len(line) + 1
    return found


def _dates_on(line: str, last: int) -> Iterator[tuple[int, int, str]]:
    """The dates of a line: where each stands, and as ISO 8601."""
    for pattern in _DATES:
        for match in pattern.finditer(line):
            if is_span(line, *match.span()):
                continue
            group = match.groupdict()
            month = int(group["m"]) if group.get("m") else month_number(group["month"])
            day, year = int(group["day"].replace(" ", "")), int(group["year"])
            year += 1900 if year < 100 else 0
            if 1 <= month <= 12 and 1 <= day <= 31 and FIRST_YEAR <= year <= last:
                yield match.start(), match.end(), f"{year}-{month:02d}-{day:02d}"


_SPAN_BEFORE = re.compile(
    rf"(?<![-/\d])[0-3]?\d\s*(?:{MONTH}\.?,?\s*(?:19)?(?:\d\d)?\s*)?(?:[-–—&]|TO|AND|THROUGH|THRU)\s*$",
    re.IGNORECASE,
)
_SPAN_AFTER = re.compile(
    rf"^\s*(?:[-–—]|TO|THROUGH|THRU)\s*(?:[0-3]?\d\s*{MONTH}|{MONTH}\.?\s*[0-3]?\d)\b", re.IGNORECASE
)


def is_span(line: str, start: int, end: int) -> bool:
    """Whether a date is an end of a span of days (`10-13 DEC 63`): of what was, never a paper's own."""
    return bool(_SPAN_BEFORE.search(line[:start]) or _SPAN_AFTER.match(line[end:]))


def dates_in(lines: Sequence[str]) -> list[str]:
    """All dates of the time that lines bear, one a line, in order."""
    return [told for line in lines if (told := date_in(line))]


def grade_in(lines: Sequence[str]) -> str:
    """The grade of a message as it is spelled; one whose letters stand apart goes before a stamp's.

    What stands behind the label of a record sheet is the record's grade today, and none of the paper's own.
    """
    found = [
        " ".join(match["grade"].split())
        for before, line in pairwise(("", *lines))
        if (match := _SPACED.match(line.upper())) and not is_sheets_grade(line, before)
    ]
    spaced = [grade for grade in found if len(grade.split()) > 3 or "-" in grade]
    if not spaced and (told := compartmented((*lines[:12], *lines[-8:]))):
        return told
    return (spaced or found or [""])[0]


def is_sheets_grade(line: str, before: str) -> bool:
    """Whether a line is the grade of a record sheet, alone under its label.

    Sheets print `Unclassified` in both cases; papers stamp or type UNCLASSIFIED.
    """
    return _SHEET_GRADE.fullmatch(before) is not None or line.strip(" .").startswith("Unclassified")


_SHEET_GRADE = re.compile(r"\W*(?:CLASSIFICATION|Classification)\W*")


def labels_in(lines: Sequence[str]) -> tuple[str, ...]:
    """The labels of paragraphs in order; what runs against the order of numbers is none."""
    found: list[str] = []
    number = 0
    letter = ""
    for line in lines:
        match = _LABEL.match(line)
        if match is None:
            continue
        label = re.sub(r"\s", "", match["label"])
        bare = label[:-1]
        if bare.isdigit():
            if number <= int(bare) <= number + 3 and int(bare) > 0:
                number, letter = int(bare), ""
                found.append(label)
        elif (
            set(bare) <= set("IVX")
            and len(found) > 0
            and (len(bare) > 1 or found[-1][:-1] in ("A", "B", "I"))
        ):
            if label[-1] == ")":
                found.append(label)
        elif len(bare) == 1 or "&" in bare:
            following = chr(ord(letter[-1]) + 1) if letter else ("a" if bare[0].islower() else "A")
            if bare[0] == following or (letter and bare[0] in (following, chr(ord(following) + 1))):
                letter = bare
                found.append(label)
    return tuple(found)


def has_gap(labels: Sequence[str]) -> bool:
    """Whether labels of paragraphs leave one out: A, 1, 2, b. Roman numbers are not followed."""
    last: dict[str, int] = {}
    for label in labels:
        bare = label.strip(" .()")
        if not (bare.isdecimal() or (len(bare) == 1 and bare.isalpha())):
            continue
        sort = "number" if bare.isdecimal() else "large" if bare.isupper() else "small"
        at = int(bare) if bare.isdecimal() else ord(bare.upper()) - ord("A") + 1
        if at not in (1, last.get(sort, 0) + 1):
            return True
        sorts = [*last] if sort in last else [*last, sort]
        inner = sorts[sorts.index(sort) + 1 :]  # begins anew under each of the outer ones
        last |= {sort: at} | dict.fromkeys(inner, 0)
    return False


def value_of(label: str, lines: Sequence[str], *, most: int = 40) -> str:
    """What stands behind a printed label with a colon, on its line; empty where the cell is.

    A colon may be read as a full stop, but `Subject.` alone or `to. them` at a line's beginning ends a
    sentence: a label before a full stop begins with a capital, and is all capitals where nothing follows.
    """
    pattern = re.compile(rf"^\W*(?P<label>{label})\s?(?P<mark>[:;.])\s*(?P<value>.*)$", re.IGNORECASE)
    for number, line in enumerate(lines[:most]):
        match = pattern.match(line)
        if match is None:
            continue
        written = match["label"][:1] if match["value"] else match["label"]
        if match["mark"] == "." and not written.isupper():
            continue
        if re.search(r"[A-Za-z0-9]{2}", match["value"]):
            return match["value"].strip(" .:;|")
        below = lines[number + 1] if number + 1 < len(lines) else ""
        empty = _CELL.match(below) or _BARE_CELL.fullmatch(below)
        if not match["value"] and re.search(r"[A-Za-z]{2}", below) and not empty:
            return below.strip(" .:;|")
    return ""
