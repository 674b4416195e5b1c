"""A telegram put together from parts: one message, its witnesses, and what is missing by name."""

from __future__ import annotations

from dataclasses import dataclass

from septel.telegram.assembly.pieces import PieceNumber
from septel.telegram.model import Telegram
from septel.text import Locus, Reading, Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece that was used, or a copy of one that was not.

    Attributes:
        section: which section it is of, or None where nothing says it.
        page: which page of the section, or None.
        locus: where it stands in its own source.
        span: where it stands in the assembled text; None for a copy that was not used.
        witness: the name of the file.
    """

    section: int | None
    page: int | None
    locus: Locus
    span: Span | None
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A file that holds the telegram or parts of it, and which: sections, and pages as (section, page)."""

    name: str
    source_id: str
    sections: tuple[int, ...]
    pages: tuple[tuple[int, int], ...]
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What no witness has.

    Attributes:
        what: its name, for example `section 2 of 3`, `page 2 of section 1`, `paragraphs 4 to 6`.
        why: by what it is known to be missing.
        certain: false where the drafter may have left it out himself.
    """

    what: str
    why: str
    certain: bool = True


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """One message.

    Attributes:
        number: which telegram, or None when no part says it.
        source: the assembled text, a layer over the witnesses: no character in it is new.
        reading: that text with the edits that its parts brought along.
        telegram: the tree of the whole.
        parts: the parts in order.
        spare: copies of parts that were not used, for comparing.
        witnesses: the files.
        missing: what none of them has.
    """

    number: PieceNumber | None
    source: Source
    reading: Reading
    telegram: Telegram
    parts: tuple[Part, ...]
    spare: tuple[Part, ...]
    witnesses: tuple[Witness, ...]
    missing: tuple[Missing, ...]

    @property
    def name(self) -> str:
        """The telegram's number in words, or the first witness's name."""
        return str(self.number) if self.number else self.witnesses[0].name

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not any(one.certain for one in self.missing)

    def origin(self, locus: Locus) -> tuple[Locus, ...]:
        """Where a stretch of the assembled text stands in the witnesses, one locus per part."""
        found: list[Locus] = []
        for part in self.parts:
            span = part.span
            if span is None or not (span.overlaps(locus.span) or locus.span.start in span):
                continue
            shift = part.locus.span.start - span.start
            start, end = max(span.start, locus.span.start), min(span.end, locus.span.end)
            own = Span(start + shift, min(part.locus.span.end, end + shift))
            found.append(Locus(part.locus.source_id, own))
        return tuple(found)
