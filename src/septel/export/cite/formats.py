"""Citations in each form. Notes follow NARA's Citing Records (2010) and Chicago 17, 14.219-14.231."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from septel.errors import UsageError
from septel.export.cite.cited import MONTHS, Cited
from septel.text import DOUBT

DOUBTED = ("sender", "receiver", "number", "date", "title")
"""What of a citation may be doubtful, in the order in which a note says so."""
_NOT_STATED = "archival location not stated"
_TEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _named(one: Cited) -> list[str]:
    """The paper itself: who to whom, kind and number, date; the title unless it is a numbered telegram.

    What is doubtful bears the mark of doubt, as in all views.
    """
    number = f"{one.number}{DOUBT if 'number' in one.doubted else ''}" if one.number else ""
    what = f"{one.kind} {number}".strip() if number or not one.title else None
    title = f"“{one.marked_title}”" if one.title and (what is None or one.kind != "Telegram") else None
    date = f"{one.date_in_words}{DOUBT if 'date' in one.doubted else ''}" if one.date else None
    return [part for part in (one.parties, what, title, date) if part]


def _called(one: Cited) -> str:
    """The title in a list of literature: the paper's, else its kind and number."""
    return one.title or f"{one.kind} {one.number or ''}".strip()


def note(one: Cited) -> str:
    """The full note, with the place and what its words rest on."""
    where = [one.record, one.file, *(one.place or [_NOT_STATED])]
    parts = [*_named(one), one.pinpoint, *where]
    return f"{', '.join(part for part in parts if part)} ({_witness(one)})."


def short(one: Cited) -> str:
    """The short note, for later mentions."""
    return ", ".join(part for part in (*_named(one), one.file, one.pinpoint) if part) + "."


def bibliography(one: Cited) -> str:
    """The entry of a bibliography."""
    first, *rest = _named(one)
    where = [one.record, one.file, *(one.place or [_NOT_STATED])]
    sentences = [first, ", ".join(rest), *where]
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in sentences if part)


def _witness(one: Cited) -> str:
    return f"text {one.rests}; Septel {one.locus}, SHA-256 {one.digest[:16]}"


def _remarks(one: Cited) -> list[str]:
    """What forms with a field for each value say in their note: the place, doubts, what its words rest on."""
    doubts = [f"{name} doubtful" for name in DOUBTED if name in one.doubted]
    return [part for part in (one.pinpoint, *doubts, _witness(one)) if part]


def csl(ones: Sequence[Cited]) -> str:
    """CSL-JSON, as Zotero and citation processors read it."""
    return json.dumps([_csl(one) for one in ones], ensure_ascii=False, indent=2) + "\n"


def _csl(one: Cited) -> dict[str, object]:
    item: dict[str, object | None] = {
        "id": one.key,
        "type": "personal_communication" if one.kind == "Telegram" else "document",
        "genre": one.kind,
        "title": _called(one),
        "number": one.number,
        "author": [{"literal": one.sender}] if one.sender else None,
        "recipient": [{"literal": one.receiver}] if one.receiver else None,
        "issued": {"date-parts": [list(one.date_parts)]} if one.date_parts else None,
        "archive": one.repository,
        "archive_location": ", ".join(filter(None, (one.record, one.file, *_below(one)))) or None,
        "call-number": one.call,
        "note": "; ".join(_remarks(one)),
    }
    return {name: value for name, value in item.items() if value}


def _below(one: Cited) -> tuple[str, ...]:
    """Where the paper is kept, without the repository, which has a field of its own."""
    return one.place[:-1] if one.repository else one.place


def ris(ones: Sequence[Cited]) -> str:
    """RIS, as EndNote, Zotero and RefWorks read it."""
    return "".join(_ris(one) for one in ones)


def _ris(one: Cited) -> str:
    date = one.date_parts
    rows: list[tuple[str, str | None]] = [
        ("TY", "PCOMM" if one.kind == "Telegram" else "UNPB"),
        ("ID", one.key),
        ("AU", one.sender),
        ("A2", one.receiver),
        ("TI", _called(one)),
        ("M3", f"{one.kind} {one.number}" if one.number else one.kind),
        ("PY", str(date[0]) if date else None),
        ("DA", "/".join([f"{part:02}" for part in date] + [""] * (4 - len(date))) if date else None),
        ("AN", one.record or one.file),
        ("CN", one.call),
        ("AV", ", ".join(one.place) or None),
        ("SP", str(one.page) if one.page else None),
        ("N1", "; ".join(_remarks(one))),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in rows if value is not None) + "\n"


def _line(value: str) -> str:
    return " ".join(value.split())


def bibtex(ones: Sequence[Cited]) -> str:
    """BibTeX, with `@misc` as archives' papers are entered."""
    return "\n".join(_bibtex(one) for one in ones)


def _bibtex(one: Cited) -> str:
    date = one.date_parts
    what = f"{one.kind} {one.number}" if one.number else one.kind
    fields: list[tuple[str, str | None]] = [
        ("author", "{" + _tex(one.sender) + "}" if one.sender else None),
        ("title", "{" + _tex(_called(one)) + "}"),
        ("howpublished", _tex(f"{what} to {one.receiver}" if one.receiver else what)),
        ("year", str(date[0]) if date else None),
        ("month", MONTHS[date[1] - 1].lower()[:3] if len(date) > 1 else None),
        ("day", str(date[2]) if len(date) > 2 else None),
        ("number", one.number),
        (
            "note",
            _tex("; ".join(p for p in (one.record, one.file, *one.place, *_remarks(one)) if p)),
        ),
    ]
    rows = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields if value
    ]
    return f"@misc{{{one.key},\n" + ",\n".join(rows) + "\n}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _lines(form: Callable[[Cited], str]) -> Callable[[Sequence[Cited]], str]:
    return lambda ones: "".join(form(one) + "\n" for one in ones)


FORMATS: Mapping[str, Callable[[Sequence[Cited]], str]] = {
    "note": _lines(note),
    "short": _lines(short),
    "bibliography": _lines(bibliography),
    "csl-json": csl,
    "ris": ris,
    "bibtex": bibtex,
}
"""Each form of citation, by name."""
SYNONYMS: Mapping[str, str] = {
    "nara": "note",
    "chicago": "note",
    "footnote": "note",
    "csl": "csl-json",
    "json": "csl-json",
    "zotero": "csl-json",
    "endnote": "ris",
    "bib": "bibtex",
}
"""Other names of forms, by which people ask for them."""


def form_named(name: str) -> str:
    """The form that a name means; the name itself where it means none."""
    return SYNONYMS.get(name.lower(), name.lower())


def cite(ones: Sequence[Cited], form: str) -> str:
    """Citations in a form; keys are made different where two would be the same.

    Raises:
        UsageError: there is no such form.
    """
    if form not in FORMATS:
        raise UsageError(f"{form!r} is no form of citation", remedy=f"Choose {', '.join(FORMATS)}.")
    seen: dict[str, int] = {}
    unlike: list[Cited] = []
    for one in ones:
        seen[one.key] = seen.get(one.key, 0) + 1
        unlike.append(one if seen[one.key] == 1 else replace(one, key=f"{one.key}-{seen[one.key]}"))
    return FORMATS[form](unlike)
