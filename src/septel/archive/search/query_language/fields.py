"""The fields that a query may name, and the values of them that a document has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from septel.archive.search import HEADING, RECORD, words_of
from septel.archive.search.query_language.numbers import date_of, post_name
from septel.telegram import CONTESTED

FIELDS: Mapping[str, str] = {
    "post": "the post that sent it",
    "number": "its number, in any written form",
    "date": "a day, month or year, or a range: 1969-11..1970-02",
    "from": "the sender as written, or its post",
    "to": "a receiver, for action or information",
    "class": "its classification",
    "caption": "a caption: EXDIS, NODIS",
    "tags": "a code of its TAGS line",
    "subject": "words of its subject line",
    "title": "words of its title",
    "person": "who signed, is on the TAGS line, or speaks in its record, once made; not who is only named",
    "side": "a side whose statements its record has",
    "issue": "an issue that its record has",
    "kind": "telegram, cable, report, memorandum, letter, dispatch and others",
    "tag": "a tag that a person gave it",
    "note": "words of a person's note",
    "cites": "a telegram that it cites",
    "year": "the year that it was sent",
    "has": "note, tag, correction, image",
    "id": "its id, or the beginning of it",
    "file": "the name of the file that it came from",
}
"""Each field, and what it asks for, in words."""
HAS = ("note", "tag", "correction", "image")
"""What the field `has` tells."""
SYNONYMS = {
    "action": "to",
    "info": "to",
    "classification": "class",
    "captions": "caption",
    "no": "number",
    "nr": "number",
    "sent": "date",
    "when": "date",
    "sender": "from",
    "by": "from",
    "people": "person",
    "signed": "person",
    "tagged": "tag",
    "refers": "cites",
    "subj": "subject",
    "type": "kind",
}
_TITLE = (
    r"\b(?:MR|MRS|MISS|DR|GENERAL|GEN|COLONEL|COL|MAJOR|MAJ|CAPTAIN|CAPT|ADMIRAL|ADM|MINISTER|AMBASSADOR|AMB"
    r"|PRESIDENT|SECRETARY|SENATOR|CONGRESSMAN|GOVERNOR|CHANCELLOR|FONMIN|PRIMIN)\.?\s+"
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "telegram": (
        "telegram",
        "state-telegram",
        "cia-cable",
        "other-cable",
        "fbi-teletype",
        "military-message",
    ),
    "cable": ("cia-cable", "other-cable"),
    "teletype": ("fbi-teletype",),
    "message": ("military-message",),
    "report": ("cia-information-report",),
    "information report": ("cia-information-report",),
    "memo": ("memorandum",),
    "cover": ("rif-cover",),
    "record sheet": ("rif-cover",),
    "routing sheet": ("routing-sheet",),
}
"""What people call kinds of papers, and the kinds that are kept: whatever went by wire is a telegram."""
CORRECTABLE: Mapping[str, str] = {
    "title": "how lists show it",
    "identifier": "post and number, as LA PAZ 158",
    "post": "the post that sent it",
    "dtg": "date and time, as 1969-11-18T16:55Z",
    "subject": "the subject",
    "classification": "the classification",
    "collection": "the collection or record group that holds the paper",
    "box": "the box",
    "folder": "the folder",
    "call": "the call number or identifier of the archive",
    "repository": "the institution that holds the paper",
}
"""The heading fields that a person may correct or add, and what each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What lists are sorted and narrowed by; each in its effective form, after a person's corrections.

    Attributes:
        first, last: the days between which it was sent; equal where the day is known, empty where nothing is.
        serial: its number, or None.
        title, subject: their words, folded, with a blank at both ends.
        read: `HEADING` and `RECORD`, as far as they were read.
        facets: the values of the other fields.
    """

    first: str
    last: str
    serial: int | None
    title: str
    subject: str
    read: int
    facets: Mapping[str, Sequence[str]]


def keys_of(
    heading: Mapping[str, str | None],
    tree: Mapping[str, Any],
    refs: Sequence[Mapping[str, Any]],
    *,
    tags: Iterable[str] = (),
    has: Iterable[str] = (),
    record: Mapping[str, Sequence[str]] | None = None,
) -> Keys:
    """What the index keeps of a document beside its words.

    Args:
        heading: the effective heading fields (see `CORRECTABLE`).
        tree: the stored tree.
        refs: the stored references.
        tags: what persons tagged it.
        has: see the field `has`.
        record: names of persons, sides and issues of its record, where one was made.
    """
    head: Mapping[str, Any] = tree.get("heading") or {}
    first, last = _days(heading.get("dtg"), head)
    post, number = heading.get("post"), heading.get("identifier")
    facets: dict[str, list[str]] = {
        "post": [post_name(post)] if post else [],
        "number": _numbers(number, head),
        "from": _stations([(head.get("originator") or {}).get("value")]),
        "to": _stations([one.get("station") for one in head.get("addressees") or ()]),
        "class": [heading.get("classification") or ""],
        "caption": [str(one["value"]) for one in head.get("captions") or ()],
        "tags": [str(code) for code in (head.get("tags") or {}).get("value") or ()],
        "person": _persons(tree),
        "kind": [_kind(tree, head)],
        "tag": list(tags),
        "has": [*has, *_contested(head)],
        "cites": [str(one["normal"]) for one in refs if one.get("number") and one.get("normal")],
        "year": [first[:4]] if first and first[:4] == last[:4] else [],
    }
    for name, values in (record or {}).items():
        facets.setdefault(name, []).extend(values)
    serial = (number or "").rpartition(" ")[2]
    return Keys(
        first=first,
        last=last,
        serial=int(serial) if serial.isdigit() and len(serial) < 10 else None,
        title=_folded(heading.get("title")),
        subject=_folded(heading.get("subject")),
        read=(HEADING if head.get("originator") or head.get("number") or head.get("sent") else 0)
        | (RECORD if record is not None else 0),
        facets=facets,
    )


def _contested(head: Mapping[str, Any]) -> Iterator[str]:
    """`contested` where something in a telegram speaks against a field of its heading: lists look for it."""
    if any(isinstance(field, Mapping) and field.get("basis") == CONTESTED for field in head.values()):
        yield CONTESTED


def _folded(text: str | None) -> str:
    return f" {' '.join(words_of(text))} " if text else ""


def _days(dtg: str | None, head: Mapping[str, Any]) -> tuple[str, str]:
    known = date_of((dtg or "")[:10]) if dtg else None
    if known is None:
        sent = (head.get("sent") or {}).get("value") or {}
        mrn = str(head.get("mrn") or "")
        if sent.get("year") and not dtg:
            known = date_of(str(sent["year"]))
        elif mrn[:4].isdigit():
            known = date_of(mrn[:4])
    return known or ("", "")


def _numbers(identifier: str | None, head: Mapping[str, Any]) -> list[str]:
    out: list[str] = []
    post, _, serial = (identifier or "").rpartition(" ")
    if post and serial.isdigit():
        out.append(f"{post_name(post)} {int(serial)}")
    for field in head.get("series") or ():
        for value in (field["value"], *(field.get("alternatives") or ())):
            if str(value["number"]).isdigit():
                out.append(f"{value['series']} {int(value['number'])}")
    return out


def _stations(stations: Iterable[Mapping[str, Any] | None]) -> list[str]:
    """Each station by its post, else as written."""
    return [str(one.get("post") or one["name"]) for one in stations if one]


def _persons(tree: Mapping[str, Any]) -> list[str]:
    found = [str((tree.get("signature") or {}).get("value") or "")]
    tags = str((tree.get("catalogue") or {}).get("TAGS", ""))
    if "(" in tags:
        parts = [(tree.get("heading") or {}).get("subject") or {}, *(tree.get("paragraphs") or ())]
        found += _named(tags, " ".join(str(one.get("text") or one.get("value") or "") for one in parts))
    return [one for one in found if one]


def _named(tags: str, text: str) -> list[str]:
    """Names on the catalogue's TAGS line: `(KISSINGER, HENRY A)`; `(GUZMAN)` where the text titles him.

    Organizations stand in brackets too.
    """
    names = (" ".join(part.partition(")")[0].split()) for part in tags.split("(")[1:])
    return [
        name
        for name in names
        if "," in name or (name.isalpha() and re.search(rf"{_TITLE}{re.escape(name)}\b", text, re.IGNORECASE))
    ]


def _kind(tree: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    paper = tree.get("paper")
    if isinstance(paper, Mapping) and paper.get("kind"):
        return str(paper["kind"])
    code = (tree.get("catalogue") or {}).get("Type")
    if code == "AG":
        return "airgram"
    return "telegram" if head.get("originator") or head.get("number") else "other"
