"""Offsets carried from a source to a reading of it and back, exactly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from septel.text.span import Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Which stretch of a reading stands for which stretch of its source.

    The map is a list of replaced pieces, in order, each a pair (span in the source, span in the
    reading); between the pieces the two texts run side by side, character for character.
    """

    pieces: tuple[tuple[Span, Span], ...]

    @classmethod
    def of(cls, replacements: Iterable[tuple[Span, int]]) -> OffsetMap:
        """The map that follows from replacing each span by a text of the given length, in order."""
        pieces: list[tuple[Span, Span]] = []
        shift = 0
        for span, length in replacements:
            start = span.start + shift
            pieces.append((span, Span(start, start + length)))
            shift += length - len(span)
        return cls(tuple(pieces))

    def to_reading(self, span: Span) -> Span:
        """The stretch of the reading that stands for `span` of the source.

        A span that begins or ends within a replaced piece is widened to the whole piece, since no
        character of a replacement belongs to one character of what it replaced.
        """
        return self._carry(span, 0)

    def to_source(self, span: Span) -> Span:
        """The stretch of the source that `span` of the reading stands for; widened as `to_reading`."""
        return self._carry(span, 1)

    def _carry(self, span: Span, side: int) -> Span:
        empty = span.start == span.end
        start = self._edge(span.start, side, left=True, place=empty)
        end = self._edge(span.end, side, left=False, place=empty)
        return Span(start, max(start, end))

    def _edge(self, offset: int, side: int, *, left: bool, place: bool) -> int:
        # The last piece that begins before (for a left edge: at or before) the offset decides.
        # An empty piece at the very offset lies inside the span on both edges, so that an
        # insertion at its border is carried with it; a bare place keeps to its left.
        other = 1 - side
        if left or place:
            index = bisect_left(self.pieces, offset, key=lambda piece: piece[side].start)
        else:
            index = bisect_right(self.pieces, offset, key=lambda piece: piece[side].start)
            while index and not self.pieces[index - 1][side].start < offset:
                if len(self.pieces[index - 1][side]) == 0:
                    break
                index -= 1
        if not index:
            return offset
        piece = self.pieces[index - 1]
        if offset >= piece[side].end:
            return piece[other].end + offset - piece[side].end
        return piece[other].start if left else piece[other].end
