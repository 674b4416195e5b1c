"""Carrying edits from one source to another reading of the same pages, by content.

A page read again by a newer engine is another source. What a person decided about the old one must not be
lost: each decision is found again where the same characters stand in the same surroundings, and what can't
be found again is listed as a conflict, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from septel.text.edit import Edit
from septel.text.source import Source
from septel.text.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An edit that could not be carried to another source.

    Attributes:
        edit: the edit, as it stands in the old source.
        place: the stretch of the new source that seems to be the same place.
        found: the new source's characters there.
        why: in words.
    """

    edit: Edit
    place: Span
    found: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchoring:
    """The outcome: every edit is in exactly one of the two lists."""

    carried: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]


def reanchor(edits: Iterable[Edit], old: Source, new: Source) -> Anchoring:
    """Carry edits of `old` to `new` by aligning the two texts character by character.

    An edit is carried when the new source has the same characters there, or when it already reads as the
    edit made it (then it becomes a confirmation). Otherwise it is a conflict.
    """
    blocks = [
        (op.src_start, op.src_end, op.dest_start, op.dest_end, op.tag)
        for op in Levenshtein.opcodes(old.text, new.text)
    ]
    carried: list[Edit] = []
    conflicts: list[Conflict] = []
    taken: list[Span] = []
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        place = Span(*_place(blocks, edit.span, len(new.text)))
        found = place.of(new.text)
        why = ""
        if any(place == span or place.overlaps(span) for span in taken):
            why = "another decision now stands in the same place"
        elif found not in (edit.before, edit.after) or "\n" in found:
            why = f"the new reading has {found!r} there, not {edit.before!r}"
        elif not len(place) and len(edit.span):
            why = "the new reading has nothing there"
        if why:
            conflicts.append(Conflict(edit=edit, place=place, found=found, why=why))
            continue
        taken.append(place)
        carried.append(replace(edit, span=place, before=found))
    return Anchoring(carried=tuple(carried), conflicts=tuple(conflicts))


def _place(blocks: list[tuple[int, int, int, int, str]], span: Span, end: int) -> tuple[int, int]:
    """Where `span` lies in the new text: each edge moves with the equal block that it touches."""
    start_at = end_at = None
    for src_start, src_end, dest_start, dest_end, tag in blocks:
        if start_at is None and span.start < src_end:
            inside = tag == "equal" or (tag == "replace" and src_end - src_start == dest_end - dest_start)
            start_at = dest_start + (span.start - src_start if inside else 0)
        if span.end <= src_end and (span.end > src_start or src_start == 0):
            inside = tag == "equal" or (tag == "replace" and src_end - src_start == dest_end - dest_start)
            end_at = dest_end - (src_end - span.end if inside else 0)
            break
    start_at = end if start_at is None else start_at
    end_at = end if end_at is None else end_at
    return start_at, max(start_at, end_at)
