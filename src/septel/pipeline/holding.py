"""What the archive keeps of a document, and what lists show of its telegram."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from septel import __version__
from septel.archive import Holding
from septel.citations import Reference
from septel.papers import title_of
from septel.pipeline.document import Document, doubts_of
from septel.record import NextMeeting
from septel.telegram import Telegram, to_json
from septel.text import Edit, EditLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What lists and titles show of a telegram; None where the telegram does not say it."""

    title: str | None
    identifier: str | None
    post: str | None
    dtg: str | None
    subject: str | None
    classification: str | None
    captions: tuple[str, ...]


def summary_of(telegram: Telegram) -> Summary:
    """The fields that a list shows."""
    heading = telegram.heading
    number = heading.number.value if heading.number else None
    identifier = f"{number.post or '?'} {number.serial}" if number else None
    subject = heading.subject.value if heading.subject else None
    title = ": ".join(part for part in (identifier, subject) if part)
    originator = heading.originator.value.name if heading.originator else None
    # A series of dispatches is no post: its symbol is tied to the number (`UFGA-14781`), or it is in words.
    symbol = heading.number is not None and re.match(r"[A-Z]{3,5}-\d|Book ", heading.number.raw) is not None
    return Summary(
        title=title or None,
        identifier=identifier,
        post=originator or (number.post if number and not symbol else None),
        dtg=heading.sent.value.iso if heading.sent else None,
        subject=subject,
        classification=heading.classification.value if heading.classification else None,
        captions=tuple(caption.value for caption in heading.captions),
    )


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What writes values of a type as JSON; making it takes longer than most telegrams' parsing."""
    return TypeAdapter(kind)


def references_json(references: tuple[Reference, ...]) -> list[dict[str, Any]]:
    """References as the archive keeps them."""
    return list(_adapter(tuple[Reference, ...]).dump_python(references, mode="json")) if references else []


def meeting_json(meeting: NextMeeting) -> dict[str, Any]:
    """A meeting as the archive keeps it."""
    return dict(_adapter(NextMeeting).dump_python(meeting, mode="json"))


def compact(edit: Edit) -> Edit:
    """An edit with its probabilities to four places: no calibration is finer than that."""
    sure = edit.confidence
    return replace(
        edit,
        confidence=replace(sure, probability=round(sure.probability, 4)) if sure else None,
        alternatives=tuple(
            a if a.probability is None else replace(a, probability=round(a.probability, 4))
            for a in edit.alternatives
        ),
    )


def holding_of(found: Document, *, at: datetime) -> Holding:
    """What the archive keeps of a walk."""
    summary = summary_of(found.telegram)
    edits = map(compact, (*found.restoration.edits, *doubts_of(found.capture, found.restoration)))
    log = EditLog(found.restoration.source.id).add(edits, by=f"septel {__version__}", at=at)
    return Holding(
        source=found.restoration.source,
        log=log,
        added=at,
        title=(
            (summary.title if summary.identifier else None)
            or title_of(found.paper, summary.subject, (found.paper or {}).get("date"))
            or summary.title
            or found.restoration.source.name
        ),
        identifier=summary.identifier,
        post=summary.post,
        dtg=summary.dtg or (found.paper or {}).get("date"),
        subject=summary.subject,
        classification=summary.classification,
        captions=summary.captions,
        telegram=to_json(found.telegram, checked=False) | {"paper": found.paper},
        references=references_json(found.references),
        meeting=meeting_json(found.meeting) if found.meeting else None,
        pages=found.capture.pages,
        accounts=found.capture.accounts,
        layers=found.capture.layers,
    )
