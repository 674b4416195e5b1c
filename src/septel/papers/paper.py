"""A paper: one memorandum, telegram, form or cover within a file, and where it stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from septel.text import Span


class PaperKind(StrEnum):
    """What a paper is."""

    COVER = "rif-cover"
    """An archive's record sheet in front of what it describes."""
    ROUTING_SHEET = "routing-sheet"
    FORM = "form"
    """A review list, withdrawal sheet, separator or cover that is no message."""
    CABLE = "cia-cable"
    REPORT = "cia-information-report"
    BUREAU = "fbi-teletype"
    """A teletype or airtel of the FBI."""
    STATE_TELEGRAM = "state-telegram"
    MILITARY = "military-message"
    OTHER_CABLE = "other-cable"
    DISPATCH = "dispatch"
    MEMORANDUM = "memorandum"
    LETTER = "letter"
    HANDWRITTEN = "handwritten"
    OTHER = "other"

    @property
    def is_telegram(self) -> bool:
        """Whether it went by wire."""
        return self in _TELEGRAMS

    @property
    def is_single(self) -> bool:
        """Whether it never goes on over a page."""
        return self in _SINGLE


_TELEGRAMS = frozenset(
    {
        PaperKind.CABLE,
        PaperKind.REPORT,
        PaperKind.BUREAU,
        PaperKind.STATE_TELEGRAM,
        PaperKind.MILITARY,
        PaperKind.OTHER_CABLE,
    }
)
_SINGLE = frozenset({PaperKind.COVER, PaperKind.ROUTING_SHEET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a file.

    Attributes:
        kind: what it is.
        pages: its first and last page in the file, both included, from one.
        lines: its first and last line in the file's text, both included, from one.
        span: its stretch of the file's text.
        number: from one, in the file.
        of: how many papers the file holds.
        why: the signs by which its beginning and kind were known.
        sure: how likely it is of its kind; None where no page was asked, or a person said so.
        alternatives: the kinds that it may be instead, the likeliest first.
    """

    kind: PaperKind
    pages: tuple[int, int]
    lines: tuple[int, int]
    span: Span
    number: int = 1
    of: int = 1
    why: tuple[str, ...] = field(default=())
    sure: float | None = None
    alternatives: tuple[PaperKind, ...] = ()
