"""A passage laid out as one strip of text, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from septel.text.reading import Reading
from septel.text.span import Locus, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedLines:
    """The lines of a passage joined by single spaces, each knowing where it began.

    Words divided at a line end stay divided here: what is searched for is looked for as it stands.
    """

    reading: Reading
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    paragraph: str

    @classmethod
    def of(cls, reading: Reading, lines: Iterable[int], paragraph: str) -> JoinedLines:
        """Lay out the lines of these numbers."""
        parts: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        at = 0
        texts, begins = reading.line_texts, reading.line_begins
        for number in lines:
            raw, begin = texts[number - 1], begins[number - 1]
            text = raw.strip()
            parts.append(text)
            starts.append(at)
            origins.append(begin + (len(raw) - len(raw.lstrip()) if raw[:1] != text[:1] else 0))
            at += len(text) + 1
        return cls(
            reading=reading,
            text=" ".join(parts),
            starts=tuple(starts),
            origins=tuple(origins),
            paragraph=paragraph,
        )

    def _origin(self, offset: int) -> int:
        index = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[index] + offset - self.starts[index]

    def locus(self, start: int, end: int) -> Locus:
        """Where `text[start:end]` stands in the source; over a line end it covers what lies between."""
        first, last = self._origin(start), self._origin(max(start, end - 1)) + 1
        return self.reading.locus(Span(first, max(first, min(last, len(self.reading.text)))))
