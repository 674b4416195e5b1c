"""What an exporter is, and what it must own up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from septel.archive import DossierDocument, Holding
    from septel.errors import SeptelError

Originals = Callable[[str], Path]
"""Gives the file with a digest."""
Records = Callable[["Holding"], "DossierDocument"]
"""Gives the reviewed record of a holding."""


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


class FolderExporter(Protocol):
    """Writes any number of holdings into one folder: what one file can't hold."""

    @property
    def name(self) -> str:
        """What the format is called on the command line."""
        ...

    @property
    def losses(self) -> tuple[LossNote, ...]:
        """What it cannot hold."""
        ...

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill an empty folder; the holdings are taken one by one and none is kept."""
        ...


def unheard(fault: SeptelError) -> None:
    """Tell nobody of a fault."""
    del fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What exporters may need besides the holding.

    Attributes:
        originals: finds an original by its digest; None where there are no files.
        records: gives the reviewed record of a holding; None when no record is wanted.
        base: the address, without a stroke at its end, at which exports will be served: IIIF names everything
            by addresses.
        note: told of a part of a holding that could not be written, where the rest could.
    """

    originals: Originals | None = None
    records: Records | None = None
    base: str = "http://localhost:8000"
    note: Callable[[SeptelError], None] = unheard
