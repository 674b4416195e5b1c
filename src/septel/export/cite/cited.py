"""What a citation says of a holding: who to whom, which telegram, when, where kept, on what it rests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from septel.archive import Holding
from septel.archive.model import doubted_of
from septel.export.cite.stations import in_words, post_in_words
from septel.papers import TITLES, PaperKind, shown_participants
from septel.telegram import in_doubt
from septel.text import DOUBT, Source, Span, marked

_NUMBERED = frozenset({PaperKind.REPORT, PaperKind.DISPATCH})
"""Papers that have a number of their own, and are issued by a service."""
_RG59 = "RG 59: General Records of the Department of State"
_FILES = "Central Foreign Policy Files, 1973-79"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document or a place in it, as it is to be cited. What nothing says is None; nothing is guessed.

    Attributes:
        id: the holding.
        key: a name for it without blanks, as `lapaz1974-158`.
        sender, receiver: in words, as `Embassy La Paz`.
        kind: `Telegram`, or another kind of paper.
        number: in the sender's run of the year, as printed without leading zeros; of a report, dispatch or
            record sheet its own, as `TDCS-3/520,846`.
        date: ISO 8601, as far as it is known; may be a year or a month.
        title: its subject or title, as the paper or a person has it; never a name that a list made up.
        record: the archive's own number of the document, as `1974LAPAZ00158`.
        collection, box, folder, call, repository: where the paper is kept.
        file: the file and its pages, for a paper that has neither number nor title; else None.
        page, line, last_line: of the place cited, in the source; None for the whole document.
        quoted: the text of the place, as it is read, doubts marked.
        rests: on what the words of the place rest, in words.
        locus: the place, or the document, as Septel addresses it.
        digest: SHA-256 of the file that it was read from.
        doubted: which of `sender`, `receiver`, `number`, `date` and `title` are doubtful; other views of the
            holding mark the same.
        marked_title: the title with the marks that its words have.
    """

    id: str
    key: str
    sender: str | None
    receiver: str | None
    kind: str
    number: str | None
    date: str | None
    title: str | None
    record: str | None
    collection: str | None
    box: str | None
    folder: str | None
    call: str | None
    repository: str | None
    file: str | None = None
    page: int | None = None
    line: int | None = None
    last_line: int | None = None
    quoted: str | None = None
    rests: str
    locus: str
    digest: str
    doubted: frozenset[str] = frozenset()
    marked_title: str | None = None

    @property
    def parties(self) -> str | None:
        """From whom to whom, doubts marked; None when neither is known."""
        sender, receiver = (
            f"{name}{DOUBT if part in self.doubted else ''}" if name else None
            for part, name in (("sender", self.sender), ("receiver", self.receiver))
        )
        if sender and receiver:
            return f"{sender} to {receiver}"
        return sender or (f"To {receiver}" if receiver else None)

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month and day, as far as they are known."""
        return tuple(int(part) for part in (self.date or "").split("-") if part)

    @property
    def date_in_words(self) -> str | None:
        """`November 18, 1969`; as much of it as is known."""
        parts = self.date_parts
        if not parts:
            return None
        month = MONTHS[parts[1] - 1] if len(parts) > 1 else ""
        return {1: f"{parts[0]}", 2: f"{month} {parts[0]}", 3: f"{month} {parts[-1]}, {parts[0]}"}[len(parts)]

    @property
    def place(self) -> tuple[str, ...]:
        """Where the paper is kept, from the smallest to the largest."""
        boxed = (
            f"Folder {self.folder}" if self.folder else None,
            f"Box {self.box}" if self.box else None,
            self.call,
            self.collection,
            self.repository,
        )
        return tuple(part for part in boxed if part)

    @property
    def pinpoint(self) -> str | None:
        """The place cited, as `p. 2, lines 46-48`."""
        if self.line is None:
            return None
        lines = f"line {self.line}" if self.last_line == self.line else f"lines {self.line}-{self.last_line}"
        return f"p. {self.page}, {lines}"


def cited_of(holding: Holding, place: Span | None = None) -> Cited:
    """What a citation of a holding, or of a stretch of its source, says."""
    tree: Mapping[str, Any] = holding.telegram
    head: Mapping[str, Any] = tree.get("heading") or {}
    given = {one.field: one.value for one in holding.corrected}
    catalogue: Mapping[str, str] = tree.get("catalogue") or {}
    record = str(head.get("mrn") or "") or None
    paper: Mapping[str, Any] = tree.get("paper") or {}
    sender = _unbracketed(_sender(holding, head, given, paper))
    number = _number(holding, paper)
    title = given.get("title") or holding.subject or paper.get("title")
    date = (holding.dtg or "")[:10] or None
    if date and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date):
        date = None
    source = holding.source
    return Cited(
        id=holding.id,
        key=_key(sender, date, number or holding.id),
        sender=sender,
        receiver=_unbracketed(_receiver(head)),
        kind=_kind(number, head, paper),
        number=number or None,
        date=date,
        title=title,
        marked_title=_marked_title(holding, title),
        record=record if catalogue else None,
        collection=given.get("collection") or _files(catalogue),
        box=given.get("box"),
        folder=given.get("folder"),
        call=given.get("call"),
        repository=given.get("repository") or ("National Archives" if catalogue else None),
        file=None if number or title else _file(source, paper),
        **_pinpoint(holding, place),
        digest=source.digest,
        doubted=_doubted(holding, paper, serial=bool(number) and number.isdigit()),
    )


def _doubted(holding: Holding, paper: Mapping[str, Any], *, serial: bool) -> frozenset[str]:
    """Which parts are doubtful: as lists mark them; a number that is no serial by its form's."""
    marked = doubted_of(holding)
    sure = (paper.get("confidence") or {}).get("number")
    number = "identifier" in marked if serial else in_doubt("form", sure, 1)
    told = {
        "number": number,
        "date": "dtg" in marked,
        # A report's sender is the service that issued it, not the place where its news was got.
        "sender": "post" in marked and paper.get("kind") != PaperKind.REPORT,
        "receiver": "to" in marked,
        "title": "subject" in marked,
    }
    return frozenset(name for name, doubtful in told.items() if doubtful)


def _marked_title(holding: Holding, title: str | None) -> str | None:
    """The title with its marks, where it is the subject that the page has."""
    return doubted_of(holding).get("subject", title) if title and title == holding.subject else title


def _kind(number: str, head: Mapping[str, Any], paper: Mapping[str, Any]) -> str:
    """What kind of paper it is, in words: a telegram by its heading, else as its file was taken apart."""
    kind = PaperKind(paper["kind"]) if paper.get("kind") else None
    if kind is PaperKind.REPORT:
        return "Information Report"  # the paper's own name
    if kind is not None and not kind.is_telegram:
        return TITLES[kind]
    return "Telegram" if kind is not None or number.isdigit() or head.get("originator") else "Document"


def _number(holding: Holding, paper: Mapping[str, Any]) -> str:
    """The number of a telegram in its post's run, or a paper's own; empty where it has none."""
    serial = (holding.identifier or "").rpartition(" ")[2]
    if serial.isdigit():
        return serial
    kind = paper.get("kind")
    if kind == PaperKind.COVER:
        return str((paper.get("cover") or {}).get("record_number") or "")
    own = paper.get("numbers") or ()
    return str(own[0]) if own and kind in _NUMBERED else ""


def _file(source: Source, paper: Mapping[str, Any]) -> str:
    """The file of a paper by which alone it is known, with its pages where it is one of several."""
    if not paper or paper.get("of", 1) == 1:
        return f"file {source.name}"
    first, last = paper["pages"]
    pages = f"page {first}" if first == last else f"pages {first}-{last}"
    return f"file {paper['file']}, {pages}"


def _pinpoint(holding: Holding, place: Span | None) -> dict[str, Any]:
    source, reading = holding.source, holding.reading
    if place is None:
        return {"rests": _rests(holding, Span(0, len(source.text))), "locus": holding.id}
    return {
        "page": source.page_at(place.start),
        "line": source.line_at(place.start),
        "last_line": source.line_at(max(place.start, place.end - 1)),
        "quoted": " ".join(marked(reading, place).split()),
        "rests": _rests(holding, place),
        "locus": str(source.locus(place)),
    }


def _rests(holding: Holding, place: Span) -> str:
    """On what the words of a place rest: as they came, restored (how surely), or decided by a person."""
    entries = [
        entry
        for entry in holding.log.active()
        if entry.edit is not None and (entry.edit.span.overlaps(place) or place.covers(entry.edit.span))
    ]
    decided = sorted({entry.by for entry in entries if entry.edit and entry.edit.reason.ground == "decision"})
    changed = [entry.edit for entry in entries if entry.edit and entry.edit.changes]
    restored = [edit for edit in changed if edit.reason.ground != "decision"]
    parts: list[str] = []
    if restored:
        doubts = [e.confidence.probability for e in restored if e.confidence]
        least = f", the least sure with probability {min(doubts):.2f}" if doubts else ""
        words = "1 word" if len(restored) == 1 else f"{len(restored)} words"
        parts.append(f"{words} restored by Septel{least}")
    if decided:
        parts.append(f"read by {', '.join(decided)}")
    return "; ".join(parts) or "as it came"


def _files(catalogue: Mapping[str, str]) -> str | None:
    """The series of an electronic telegram, by the film number of its attributes; None for other papers."""
    if not catalogue.get("Document Number"):
        return None
    film = catalogue.get("Film Number", "").upper()
    part = {"D": "D-Reel Microfilm", "P": "P-Reel Printouts"}.get(film[:1], "Electronic Telegrams")
    return f"{_FILES}/{part}, {_RG59}"


def _sender(
    holding: Holding, head: Mapping[str, Any], given: Mapping[str, str | None], paper: Mapping[str, Any]
) -> str | None:
    """Who sent a telegram, took part in a talk, or issued a paper; None where nothing says it."""
    if paper.get("kind") == PaperKind.REPORT and not given.get("post"):
        return paper.get("service")  # its heading names where the news was got, not who reports it
    name = ((head.get("originator") or {}).get("value") or {}).get("name")
    if given.get("post"):
        return post_in_words(str(given["post"]), str(name or ""))
    name = name or holding.post
    if name:
        return in_words(str(name))
    service = paper.get("service") if paper.get("kind") in _NUMBERED else None
    return shown_participants(paper.get("participants") or ()) or service or None


def _unbracketed(words: str | None) -> str | None:
    """Words without the bracket that who released the paper drew around them."""
    found = re.fullmatch(r"\(([^()]*)\)|\[([^\[\]?…]*)\]", (words or "").strip())
    return (found[1] or found[2] or "").strip() or None if found else words


def _receiver(head: Mapping[str, Any]) -> str | None:
    action = [one["station"]["name"] for one in head.get("addressees") or () if one["role"] == "action"]
    if not action:
        return None
    names = list(dict.fromkeys(map(in_words, action)))
    return names[0] if len(names) == 1 else f"{names[0]} and others"


def _key(sender: str | None, date: str | None, number: str) -> str:
    who = re.sub(r"[^a-z]", "", (sender or "").lower().replace("embassy", "")) or "septel"
    return f"{who}{(date or '')[:4]}-{re.sub(r'[^A-Za-z0-9]', '', number)}"
