"""The same correction in other places: those that came with the same characters, ticked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from septel.archive import Archive
from septel.errors import UsageError
from septel.room.correction.decision import Ruling, WordVerdict, check_unseen, meets, ruled
from septel.text import EditLog, Ground, Source, Span

MOST_PLACES = 200
MOST_HOLDINGS = 60
_AROUND = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePlace:
    """A place that came with the same characters.

    Attributes:
        holding, title, line: where.
        seen: how many entries its log had.
        left, right: what stands around it, as it is read.
        reads: as it is read now.
        decided: who decided about it, or empty.
    """

    holding: str
    title: str
    line: int
    span: Span
    seen: int
    left: str
    right: str
    reads: str
    decided: str

    @property
    def key(self) -> str:
        """What a tick says: document, place and what was seen."""
        return f"{self.holding}:{self.span.start}-{self.span.end}:{self.seen}"


def like_places(archive: Archive, holding: str, before: str, text: str, *, wide: bool) -> list[LikePlace]:
    """The places of a document, or of the archive, that came as `before` and are not read as `text`.

    In the archive, documents are looked at that a search for the characters finds, at most 60.
    """
    if not before.strip():
        return []
    holdings = [holding]
    if wide:
        try:
            result = archive.search(f'"{before}"', limit=MOST_PLACES)
        except UsageError:
            result = None
        holdings += [one for one in (result.holdings if result else ()) if one != holding]
    found: list[LikePlace] = []
    for one in holdings[:MOST_HOLDINGS]:
        title, _ = archive.reading(one)
        found += _places(archive.source(one), archive.log(one), title, before, text)
    return found[:MOST_PLACES]


def _places(source: Source, log: EditLog, title: str, before: str, text: str) -> Iterable[LikePlace]:
    reading = log.reading(source)
    active = [one for one in log.active() if one.edit is not None]
    for match in re.finditer(rf"(?<!\w){re.escape(before)}(?!\w)", source.text):
        span = Span(*match.span())
        there = reading.offsets.to_reading(span)
        reads = there.of(reading.text)
        if reads == text or "\n" in before:
            continue
        persons = [
            one.by
            for one in active
            if one.edit and meets(one.edit.span, span) and one.edit.reason.ground is Ground.DECISION
        ]
        # An edit that reaches beyond the place would be lost by a decision about a part of it.
        if any(one.edit and meets(one.edit.span, span) and not span.covers(one.edit.span) for one in active):
            continue
        around = reading.text
        yield LikePlace(
            holding=source.id,
            title=title,
            line=source.line_at(span.start),
            span=span,
            seen=len(log.entries),
            left=around[max(around.rfind("\n", 0, there.start) + 1, there.start - _AROUND) : there.start],
            right=around[there.end : there.end + _AROUND].partition("\n")[0],
            reads=reads,
            decided=", ".join(dict.fromkeys(persons)),
        )


def decide_all(
    archive: Archive, keys: Sequence[str], text: str, *, by: str, why: str
) -> dict[str, list[int]]:
    """Read every ticked place as a text: all of them or none; gives the entries by document.

    Raises:
        UsageError: a tick is none.
        Overtaken: someone decided about one of the places in the meantime.
    """
    by_holding: dict[str, list[tuple[Span, int]]] = {}
    for key in keys[:MOST_PLACES]:
        found = re.fullmatch(r"([0-9a-f]{4,64}):(\d+)-(\d+):(\d+)", key)
        if found is None:
            raise UsageError(f"{key!r} is no place", remedy="Open the list of places again.")
        holding, start, end, seen = found.groups()
        by_holding.setdefault(holding, []).append((Span(int(start), int(end)), int(seen)))
    entries: dict[str, list[int]] = {}
    with archive.together():
        for holding, places in by_holding.items():
            source, log = archive.source(holding), archive.log(holding)
            first = len(log.entries) + 1
            edits = []
            for span, seen in places:
                check_unseen(log, span, seen, where=holding)
                ruling = Ruling(span=span, verdict=WordVerdict.READ, text=text, by=by, why=why)
                edits.append(ruled(source, log, ruling))
            log = log.add(edits, by=by, at=datetime.now(UTC))
            archive.append(holding, log)
            entries[holding] = list(range(first, len(log.entries) + 1))
    return entries
