"""What the archive keeps of a paper beside its text: where it stands in its file, and what its cover says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from septel.papers.cover import Cover, cover_of
from septel.papers.forms import filed_number
from septel.papers.kinds import DOUBTFUL, told_by_looks
from septel.papers.paper import PaperKind
from septel.papers.partition import PaperCapture
from septel.papers.places import FormWitness
from septel.telegram import in_doubt
from septel.telegram.output import PaperJson
from septel.text import DOUBT

TITLES = {
    PaperKind.COVER: "Record sheet",
    PaperKind.ROUTING_SHEET: "Routing sheet",
    PaperKind.FORM: "Form",
    PaperKind.CABLE: "Cable",
    PaperKind.REPORT: "Information report",
    PaperKind.BUREAU: "FBI message",
    PaperKind.STATE_TELEGRAM: "Telegram",
    PaperKind.MILITARY: "Military message",
    PaperKind.OTHER_CABLE: "Cable",
    PaperKind.DISPATCH: "Dispatch",
    PaperKind.MEMORANDUM: "Memorandum",
    PaperKind.LETTER: "Letter",
    PaperKind.HANDWRITTEN: "Handwriting",
    PaperKind.OTHER: "Paper",
}

_HOLDERS = (PaperKind.MEMORANDUM, PaperKind.LETTER, PaperKind.DISPATCH)
_ATTACHED = frozenset({"an attachment", "behind a foot that names enclosures"})
"""The signs by which a paper is known to be attached to one before it."""


def descriptions(parts: Sequence[PaperCapture], *, within: str = "") -> tuple[dict[str, Any] | None, ...]:
    """What is to be kept of each paper of a file, by the published schema (`PaperJson`).

    None for the one paper of a file of which nothing was told: it is described by itself. A cable, report or
    dispatch whose printed words were all misread is told by its looks, where these leave little doubt. A
    cover describes the papers behind it, up to the next cover.

    Args:
        parts: the papers of one file, in its order.
        within: the file in which this one was attached.
    """
    cover: Cover | None = None
    found: list[dict[str, Any] | None] = []
    attached = attachments(parts)
    for place, part in enumerate(parts):
        paper = part.paper
        if paper.kind is PaperKind.COVER:
            cover = cover_of(witnesses_of(part))
        shown = paper.why or told_by_looks(paper.kind, paper.sure) or _is_filed(part)
        if len(parts) == 1 and not shown and not within:
            found.append(None)
            continue
        described = PaperJson.model_validate(
            {
                "kind": paper.kind.value,
                "file": f"{within}: {part.file.name}" if within else part.file.name,
                "number": paper.number,
                "of": paper.of,
                "pages": paper.pages,
                "before": parts[place - 1].id if place else None,
                "after": parts[place + 1].id if place + 1 < len(parts) else None,
                "cover": asdict(cover) if cover else None,
                "why": list(paper.why),
                "kind_confidence": None if paper.sure is None else round(paper.sure, 3),
                "kind_alternatives": [kind.value for kind in paper.alternatives],
                "attached_to": parts[attached[place]].id if place in attached else None,
            }
        )
        found.append(described.model_dump(mode="json"))
    return tuple(found)


def attachments(parts: Sequence[PaperCapture]) -> dict[int, int]:
    """Which papers of a file are attached to which, by their places in it.

    A paper that calls itself an attachment, or whose paragraphs begin anew behind a foot that names
    enclosures, belongs to the last letter, memorandum or message before it.
    """
    found: dict[int, int] = {}
    holder: int | None = None
    for place, part in enumerate(parts):
        if part.paper.kind is PaperKind.COVER:
            holder = None  # another record's papers follow
        elif holder is not None and _ATTACHED & set(part.paper.why):
            found[place] = holder
        elif part.paper.kind in _HOLDERS or part.paper.kind.is_telegram:
            holder = place
    return found


def _is_filed(part: PaperCapture) -> bool:
    """Whether a paper of no known kind bears an office's own number."""
    return part.paper.kind is PaperKind.OTHER and any(
        filed_number(FormWitness.of_texts([text])) for text in witnesses_of(part)
    )


def witnesses_of(part: PaperCapture) -> list[str]:
    """All readings of a paper: the engine's, and the text layers of its file."""
    capture = part.capture
    return [capture.source.text, *(layer.text for layer in capture.layers if layer.text.strip())]


def title_of(described: dict[str, Any] | None, subject: str | None, date: str | None = None) -> str | None:
    """How lists show a paper without a number: its kind, its subject or its cover's title, its place.

    Each field that it is made of has the mark of its doubt, and what only the record sheet says is told as
    the sheet's: several papers may lie behind one.
    """
    if described is None:
        return None
    kind_of = PaperKind(described["kind"])
    kind = TITLES[kind_of]
    cover = described["cover"] or {}
    told = subject or _marked(described, "subject", described.get("title"))
    between = ": "
    if not told and cover.get("title"):
        told, between = f"(record sheet: {cover['title']})", " "
    if described["kind"] == PaperKind.COVER.value:
        told = " ".join(filter(None, (cover.get("record_number"), cover.get("title"))))
    first, last = described["pages"]
    place = f"page {first}" if first == last else f"pages {first}-{last}"
    numbers = described.get("numbers") or ()
    sure = described.get("kind_confidence")
    if sure is not None and sure < DOUBTFUL:
        kind = f"{kind}[?]"
    if numbers and described["kind"] != PaperKind.COVER.value:
        kind = f"{kind} {_marked(described, 'number', str(numbers[0]))}"
    head = told if told and told.startswith(kind) else f"{kind}{between}{told}" if told else kind
    shown = shown_participants(described.get("participants") or ())
    head = f"{head} ({shown})" if shown else head
    day = f", {date}" if date else ""
    return f"{head}{day} ({described['file']}, {place})"


def _marked(described: dict[str, Any], name: str, value: str | None) -> str | None:
    """A value of the form as views show it: with the mark of doubt where it is not sure."""
    sure = (described.get("confidence") or {}).get(name)
    unsure = name in (described.get("unread") or {}) or in_doubt("form", sure, 1)
    return f"{value}{DOUBT}" if value and unsure else value


def shown_participants(names: Sequence[str], most: int = 3) -> str:
    """Who took part, by surnames: `Dobrynin, Kissinger and 2 others`; empty where nobody is listed."""
    surnames = [name.split()[-1] for name in names]
    more = len(surnames) - most
    if more <= 0:
        return " and ".join(filter(None, (", ".join(surnames[:-1]), *surnames[-1:])))
    return f"{', '.join(surnames[:most])} and {more} {'other' if more == 1 else 'others'}"
