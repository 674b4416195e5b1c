"""A reading: a source seen through its edits, with the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from septel.errors import EditConflict
from septel.text.edit import Edit
from septel.text.offsets import OffsetMap
from septel.text.source import Source, line_of, line_spans, line_starts
from septel.text.span import Locus, Span


@dataclass(frozen=True)
class Reading:
    """A source read through edits that do not overlap; the source itself stays as it is.

    Build one with `Reading.of`, which sorts and checks the edits.
    """

    source: Source
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, source: Source, edits: Iterable[Edit] = ()) -> Reading:
        """Check the edits against the source and each other.

        Raises:
            EditConflict: an edit lies outside the text, expects other characters than the source has,
                or overlaps another.
        """
        ordered = tuple(sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)))
        end = 0
        previous: Edit | None = None
        for edit in ordered:
            where = str(Locus(source.id, edit.span))
            if edit.span.end > len(source.text) or edit.span.of(source.text) != edit.before:
                raise EditConflict(
                    f"the edit expects {edit.before!r}, the source has {edit.span.of(source.text)!r}",
                    where=where,
                    remedy="The edit was made for another text; re-anchor it or leave it out.",
                )
            same_place = previous is not None and edit.span == previous.span
            if edit.span.start < end or same_place:
                raise EditConflict("two edits claim the same characters", where=where, remedy="Keep one.")
            end, previous = edit.span.end, edit
        return cls(source, ordered)

    @cached_property
    def offsets(self) -> OffsetMap:
        """The way from source offsets to reading offsets and back."""
        return OffsetMap.of((edit.span, len(edit.after)) for edit in self.edits)

    @cached_property
    def text(self) -> str:
        """The text as read."""
        if all(edit.after == edit.before for edit in self.edits):
            return self.source.text  # doubts of what stands
        out: list[str] = []
        at = 0
        for edit in self.edits:
            out += (self.source.text[at : edit.span.start], edit.after)
            at = edit.span.end
        out.append(self.source.text[at:])
        return "".join(out)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """One span of the reading per line of the source, in the same order."""
        if self.text == self.source.text:
            return self.source.lines
        # Edits hold no line ends, so both texts have the same ones; only a last line without a line
        # end can vanish from the count, when everything in it was noise.
        lines = line_spans(self.text)
        missing = len(self.source.lines) - len(lines)
        return lines + (Span(len(self.text), len(self.text)),) * missing

    def line(self, number: int) -> Span:
        """The span of the reading for one line of the source, by its number from one.

        Raises:
            IndexError: there is no such line.
        """
        if not self.edits:
            return self.source.line(number)
        starts = self._line_starts
        if len(starts) < number <= self.source.line_count:
            return Span(len(self.text), len(self.text))  # all of it was noise (see `lines`)
        return line_of(self.text, starts, number)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return self.source.line_begins if self.text is self.source.text else line_starts(self.text)

    @cached_property
    def line_begins(self) -> tuple[int, ...]:
        """Where each line of the source begins in the reading, as `lines` has it, at less cost."""
        count = self.source.line_count
        return (*self._line_starts[:count], *[len(self.text)] * (count - len(self._line_starts)))

    @cached_property
    def line_texts(self) -> tuple[str, ...]:
        """One restored line per source line."""
        if self.text is self.source.text:
            return self.source.line_texts
        texts, count = self.text.split("\n"), self.source.line_count
        return (*texts[:count], *[""] * (count - len(texts)))

    def locus(self, span: Span) -> Locus:
        """Where in the source the stretch `span` of this reading comes from."""
        return self.source.locus(self.offsets.to_source(span))

    def invert(self, text: str | None = None) -> str:
        """The source's text again, from the reading's text and the edits alone.

        Raises:
            EditConflict: `text` is not what these edits made.
        """
        text = self.text if text is None else text
        out: list[str] = []
        at = 0
        for edit, (_, after) in zip(self.edits, self.offsets.pieces, strict=True):
            if after.of(text) != edit.after:
                raise EditConflict(
                    f"the reading has {after.of(text)!r} where the edit left {edit.after!r}",
                    remedy="The text was changed without an edit; restore it from the source.",
                )
            out += (text[at : after.start], edit.before)
            at = after.end
        out.append(text[at:])
        return "".join(out)
