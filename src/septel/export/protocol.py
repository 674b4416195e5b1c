"""What an exporter is, and what it must own up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from septel.archive import Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class LossNote:
    """Something that a format cannot hold.

    Attributes:
        what: what is lost.
        where: which other format holds it.
    """

    what: str
    where: str


class Exporter(Protocol):
    """Writes a holding in one format."""

    @property
    def name(self) -> str:
        """What the format is called on the command line."""
        ...

    @property
    def ending(self) -> str:
        """How its files' names end."""
        ...

    @property
    def media_type(self) -> str:
        """Its media type."""
        ...

    @property
    def losses(self) -> tuple[LossNote, ...]:
        """What it cannot hold."""
        ...

    def write(self, holding: Holding) -> bytes:
        """The holding in this format."""
        ...
