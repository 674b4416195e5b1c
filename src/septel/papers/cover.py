"""What an archive's record sheet says of the papers behind it (record identification forms, 1993-2017).

Labels stand at the left with a colon; the value of a longer one may stand on the next line. A day or month of
00 is not known, and years may have two figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from rapidfuzz import fuzz, process

from septel.lexicon import letters
from septel.papers.forms import EVEN, WeighedFields
from septel.telegram import record_number
from septel.text import SURE

_REPORT = re.compile(r"\bTDCS\w{0,2}\W{0,2}3\W{0,2}/\W{0,2}(\d{3},\d{3})\b")
"""The number of an information report."""
_MISREAD = 2
"""So many of its six figures may be misread before it is taken for another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The fields of a record sheet as they stand on it; None where it has none.

    They describe the record, not the page: their classification and number of pages may be others than the
    paper's own.
    """

    agency: str | None = None
    record_number: str | None = None
    record_series: str | None = None
    agency_file_number: str | None = None
    originator: str | None = None
    sender: str | None = None
    receiver: str | None = None
    title: str | None = None
    date: str | None = None
    pages: str | None = None
    subjects: tuple[str, ...] = ()
    document_type: str | None = None
    classification: str | None = None
    restrictions: str | None = None
    current_status: str | None = None
    date_of_last_review: str | None = None
    opening_criteria: str | None = None
    comments: str | None = None


LABELS = {
    "AGENCY": "agency",
    "RECORD NUMBER": "record_number",
    "RECORD SERIES": "record_series",
    "RECORDS SERIES": "record_series",
    "AGENCY FILE NUMBER": "agency_file_number",
    "ORIGINATOR": "originator",
    "AGENCY ORIGINATOR": "originator",
    "FROM": "sender",
    "TO": "receiver",
    "TITLE": "title",
    "DATE": "date",
    "PAGES": "pages",
    "SUBJECTS": "subjects",
    "SUBJECT": "subjects",
    "DOCUMENT TYPE": "document_type",
    "CLASSIFICATION": "classification",
    "RESTRICTIONS": "restrictions",
    "CURRENT STATUS": "current_status",
    "DATE OF LAST REVIEW": "date_of_last_review",
    "OPENING CRITERIA": "opening_criteria",
    "COMMENTS": "comments",
}
_KEYS = {letters(label): name for label, name in LABELS.items()}
_ORDER = list(dict.fromkeys(LABELS.values()))
_LABELLED = re.compile(r"^\W{0,3}(?P<label>[A-Za-z][A-Za-z() ]{1,26}?)\s*[:;]\s*(?P<value>.*)$")
_NOISE = re.compile(r"\s*\bv?9\.1\b.*$|^[\s—–:=.«»'_|-]+|[\s—–_|.]+$")
_HEADS = re.compile(
    r"IDENTIFICATION FORM|ASSASSINATION SYSTEM|AGENCY INFORMATION|DOCUMENT INFORMATION|"
    r"RELEASE UNDER THE PRES|\bN[WY] \d+|\bH[WY]\W*$|"
    r"^\W*(?:HQ|HA|V?\d\.\d)\W*$|ITEM IS RESTRICTED|DOCID|^\W*\[R\]",
    re.IGNORECASE,
)
_MANY = frozenset({"record_series", "title", "subjects", "comments"})
_DATE = re.compile(r"(?P<month>\d{1,2})\s*/\s*(?P<day>\d{1,2})\s*/\s*(?P<year>\d{4}|\d\d)\b")


def cover_of(witnesses: Sequence[str]) -> Cover:
    """The fields of a record sheet, each from the witness that reads most of it."""
    found = sorted((_fields(text) for text in witnesses), key=lambda one: -sum(map(bool, one.values())))
    values: dict[str, list[str]] = {}
    for one in found:
        for name, lines in one.items():
            values.setdefault(name, lines)
    plain = {name: " ".join(lines) for name, lines in values.items() if name != "subjects" and lines}
    number = record_number(plain.get("record_number", ""))
    if number is None:
        whole = re.search(r"\b\d{3}-\d{5}-\d{5}\b", "\n".join(witnesses))
        number = whole[0] if whole else None
    plain.pop("record_number", None)
    known = {field.name for field in fields(Cover)}
    return Cover(
        record_number=number,
        subjects=tuple(values.get("subjects", ())),
        **{name: value for name, value in plain.items() if name in known},
    )


def cover_date(text: str | None) -> str | None:
    """The date of a record sheet as ISO 8601, as far as it is known: `1963-12-14`, `1963-08`, `1963`."""
    told = _DATE.search(text or "")
    if told is None:
        return None
    year = told["year"] if len(told["year"]) == 4 else f"19{told['year']}"
    month, day = int(told["month"]), int(told["day"])
    if int(year) < 1900 or month > 12 or day > 31:
        return None
    if not month:
        return year
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _fields(text: str) -> dict[str, list[str]]:
    """The fields that one witness reads; its columns may have been read one after the other."""
    found: dict[str, list[str]] = {}
    name: str | None = None
    at = 0  # how far down the sheet the fields have come: a label without a colon counts in its order only
    for raw in text.split("\n"):
        line = raw.strip()
        if not letters(line) and not any(map(str.isdigit, line)):
            continue
        told = _label(line, at)
        if told is not None:
            name, value = told
            at = max(at, _ORDER.index(name))
            if found.get(name):
                continue
            found[name] = [value] if value else []
        elif _HEADS.search(line):
            name = None
        elif name is not None and (not found[name] or name in _MANY):
            value = _NOISE.sub("", line)
            if value:
                found[name].append(value)
            if name == "comments":
                name = None
    return found


def _label(line: str, at: int) -> tuple[str, str] | None:
    """The field that a line opens, and its value; the colon may be lost, and letters misread."""
    told = _LABELLED.match(line)
    if told is not None:
        key = letters(told["label"])
        near = (
            process.extractOne(key, _KEYS.keys(), scorer=fuzz.ratio, score_cutoff=84)
            if len(key) > 4
            else None
        )
        exact = _KEYS.get(key) or (_KEYS[near[0]] if near else None)
        if exact is not None:
            return exact, _NOISE.sub("", told["value"])
    bare = line.lstrip(" .,'’‘-")
    for label, name in sorted(LABELS.items(), key=lambda pair: -len(pair[0])):
        plain = bare.startswith(label + " ") or bare == label
        if plain and at <= _ORDER.index(name) <= at + 4:
            return name, _NOISE.sub("", bare[len(label) :])
    return None


def by_cover(sure: WeighedFields, cover: Mapping[str, Any] | None) -> WeighedFields:
    """The fields with the number that the record sheet's title gives, as one more reading of it.

    Where one figure differs, the page's was misread. Where two do, the sheet's stands unless the page was
    read surely; but as they speak against each other, it is doubtful. With more it is another report's.
    """
    told_fields = sure.fields
    named = _REPORT.search(str((cover or {}).get("title") or ""))
    numbers = (*told_fields.numbers, *sure.unread.get("number", ()))
    read = next((match for one in numbers if (match := _REPORT.search(one))), None)
    apart = sum(a != b for a, b in zip(named[1], read[1], strict=True)) if named and read else 0
    if named is None or read is None or not 0 < apart <= _MISREAD:
        return sure
    told = sure.confidence.get("number", 0.0)
    kept = read.string if apart > 1 and told >= SURE else read.string.replace(read[1], named[1])
    confidence = dict(sure.confidence) | ({"number": min(told, EVEN)} if apart > 1 else {})
    others = [one for one in told_fields.numbers if one not in (read.string, kept)]
    return replace(
        sure,
        fields=replace(told_fields, number=kept, numbers=(kept, *others)),
        confidence=confidence,
        unread={name: one for name, one in sure.unread.items() if name != "number"},
    )
