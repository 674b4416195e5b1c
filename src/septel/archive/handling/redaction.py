"""The released copy of a paper: what is withheld is gone from every layer, the rest is made again.

Withheld characters stand as bars in the text, one for one: line and page breaks stay, so that the copy shows
how much is withheld, and nothing of the words. Everything that was read out of the text (the tree,
references, the announced meeting, fields of the heading) is read again, from the barred text alone: what
can't be read there can't be told. Of the other layers only what can be carried safely is: edits and words
that lie apart from what is withheld. Page images, files and text layers show everything, so they stay behind.

The copy has an id of its own, which follows from its text as every id does. That of the paper would let a
reader try guesses: the id is a hash of the whole text.

What is carried along and was not read from the barred text (the file's name, alternative readings, persons'
reasons and corrections) is held against every word that stands in withheld text and nowhere else (`Secrets`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from septel.archive.model import Holding
from septel.archive.search import words_of
from septel.archive.store import HEADING
from septel.capture import Page
from septel.citations import Reference, references
from septel.record import NextMeeting, next_meeting
from septel.telegram import Telegram, parse, to_json
from septel.text import Alternative, Edit, EditLog, Entry, Ground, Source, Span

BAR = "█"
WITHHELD_TITLE = "[title withheld]"
UNNAMED = "paper"
"""The name of a file whose own name tells what is withheld."""
_TOKEN = re.compile(r"\S+-[ \t]*\n\s*\S+|\S+")
"""A word; one that is divided at a line end goes on below it."""
_PLAIN = re.compile(r"[0-9a-f]{12}(?::\d+-\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The words that only what is withheld has."""

    words: frozenset[str]

    @classmethod
    def of(cls, holding: Holding, barred: Source, spans: Sequence[Span]) -> Secrets:
        """Those of a paper: words of the withheld stretches, in any reading, that stand nowhere else."""
        text, reading = holding.source.text, holding.reading
        hidden: set[str] = set()
        for span in spans:
            hidden.update(words_of(span.of(text)))
            hidden.update(words_of(reading.offsets.to_reading(span).of(reading.text)))
        for entry in holding.log.entries:
            if entry.edit is not None and _meets(entry.edit.span, spans):
                for other in (entry.edit.after, *(one.text for one in entry.edit.alternatives)):
                    hidden.update(words_of(other))
        shown = set(words_of(barred.text))
        for edit in reading.edits:
            if not _meets(edit.span, spans):
                shown.update(words_of(edit.after))
        return cls(frozenset(word for word in hidden - shown if len(word) > 1))

    def __contains__(self, text: object) -> bool:
        """Whether a text has one of the words."""
        return isinstance(text, str) and not _PLAIN.match(text) and not self.words.isdisjoint(words_of(text))


def standing_only(holding: Holding) -> Holding:
    """A paper with what stands of its edit log, without persons' reasons and what was taken back."""
    return replace(holding, log=_log(holding.log, holding.id, (), Secrets(frozenset()), reasons=False))


def released_copy(holding: Holding, withheld: Iterable[Span], *, reasons: bool = True) -> Holding:
    """A paper without what is withheld of it, and without persons' reasons where these are not told."""
    spans = widened(holding, withheld)
    source = _barred(holding.source, spans)
    secrets = Secrets.of(holding, source, spans)
    if source.name in secrets:
        source = replace(source, name=UNNAMED)
    log = _log(holding.log, source.id, spans, secrets, reasons=reasons)
    reading = log.reading(source)
    telegram = parse(reading)
    meeting = next_meeting(telegram, reading)
    return replace(
        holding,
        source=source,
        log=log,
        telegram=to_json(telegram) | {"paper": None},
        references=_references().dump_python(tuple(references(telegram, reading)), mode="json"),
        meeting=_meeting().dump_python(meeting, mode="json") if meeting else None,
        pages=tuple(_page(page, spans) for page in holding.pages),
        originals=(),
        layers=(),
        corrected=tuple(
            replace(one, machine=None, why="")
            for one in holding.corrected
            if one.field not in HEADING and one.value not in secrets
        ),
        captions=tuple(one.value for one in telegram.heading.captions),
        **_fields(telegram, _corrections(holding, spans, secrets)),
    )


def widened(holding: Holding, withheld: Iterable[Span]) -> tuple[Span, ...]:
    """What is barred: the stretches, and the rest of every word and of every reading that they touch."""
    text = holding.source.text
    units = [Span(*found.span()) for found in _TOKEN.finditer(text)]
    units += [one.edit.span for one in holding.log.active() if one.edit is not None]
    units += [one.span for page in holding.pages for line in page.lines for one in line.words]
    units.sort()
    found = [Span(max(0, one.start), min(len(text), one.end)) for one in withheld]
    before: list[Span] = []
    while found != before:
        before = found
        grown = [
            Span(
                min([span.start, *(one.start for one in units if one.overlaps(span))]),
                max([span.end, *(one.end for one in units if one.overlaps(span))]),
            )
            for span in found
        ]
        found = []
        for span in sorted(grown):
            if found and span.start <= found[-1].end:
                found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
            else:
                found.append(span)
    return tuple(found)


def _barred(source: Source, spans: Sequence[Span]) -> Source:
    pieces, at = [], 0
    for span in spans:
        bars = "".join(c if c == "\n" else BAR for c in span.of(source.text))
        pieces += [source.text[at : span.start], bars]
        at = span.end
    text = "".join([*pieces, source.text[at:]])
    # The digest of the file would let a reader try guesses as well.
    return replace(source, text=text, digest=hashlib.sha256(text.encode()).hexdigest())


def _meets(span: Span, spans: Sequence[Span]) -> bool:
    return any(
        span.overlaps(one) or (span.start == span.end and one.start <= span.start <= one.end) for one in spans
    )


def _log(log: EditLog, source_id: str, spans: Sequence[Span], secrets: Secrets, *, reasons: bool) -> EditLog:
    """What stands of the log apart from what is withheld, numbered anew: a gap would tell of something."""
    kept = [one for one in log.active() if one.edit is not None and not _meets(one.edit.span, spans)]
    entries = []
    for number, one in enumerate(sorted(kept, key=lambda entry: entry.number), 1):
        assert one.edit is not None
        entries.append(Entry(number=number, at=one.at, by=one.by, edit=_edit(one.edit, secrets, reasons)))
    return EditLog(source_id, tuple(entries))


def _edit(edit: Edit, secrets: Secrets, reasons: bool) -> Edit:
    others: tuple[Alternative, ...] = tuple(one for one in edit.alternatives if one.text not in secrets)
    untold = edit.reason.detail in secrets or (not reasons and edit.reason.ground is Ground.DECISION)
    reason = replace(edit.reason, detail="") if untold else edit.reason
    return replace(edit, alternatives=others, reason=reason)


def _page(page: Page, spans: Sequence[Span]) -> Page:
    lines = tuple(
        replace(line, words=tuple(word for word in line.words if not _meets(word.span, spans)))
        for line in page.lines
    )
    return replace(page, lines=lines, image_digest=None, agreement=None)


def _corrections(holding: Holding, spans: Sequence[Span], secrets: Secrets) -> dict[str, str | None]:
    """What persons corrected of the heading; nothing where any of the heading itself is withheld."""
    source = holding.source
    places: Iterable[Mapping[str, Any]] = holding.telegram.get("places") or ()  # type: ignore[assignment]
    heading = [
        source.lines[one["line"] - 1]
        for one in places
        if one["layer"] in ("heading", "transmission") and one["line"] <= len(source.lines)
    ]
    if any(_meets(line, spans) for line in heading):
        return {}
    return {one.field: one.value for one in holding.corrected if one.value not in secrets}


def _fields(telegram: Telegram, corrected: Mapping[str, str | None]) -> dict[str, Any]:
    """Fields of the heading as the barred text has them, and over them what persons say."""
    heading = telegram.heading
    number = heading.number.value if heading.number else None
    read = {
        "identifier": f"{number.post or '?'} {number.serial}" if number else None,
        "post": heading.originator.value.name if heading.originator else number.post if number else None,
        "dtg": heading.sent.value.iso if heading.sent else None,
        "subject": heading.subject.value if heading.subject else None,
        "classification": heading.classification.value if heading.classification else None,
    }
    read |= {field: value for field, value in corrected.items() if field in read}
    title = ": ".join(part for part in (read["identifier"], read["subject"]) if part and BAR not in part)
    return read | {"title": corrected.get("title") or title or WITHHELD_TITLE}


@lru_cache(maxsize=1)
def _references() -> TypeAdapter[tuple[Reference, ...]]:
    return TypeAdapter(tuple[Reference, ...])


@lru_cache(maxsize=1)
def _meeting() -> TypeAdapter[NextMeeting]:
    return TypeAdapter(NextMeeting)
