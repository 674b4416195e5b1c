"""The views over a set of records, each made when it is first asked for and kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property

from septel.record.model import Meeting, Record
from septel.record.views.types import Cell, OpenPoint
from septel.record.views.views import all_meetings, open_points, positions


class RecordSet(ABC):
    """Records that are looked at together.

    Attributes:
        spare: ids of documents that are copies of another one here: what they say is said once.
    """

    spare: frozenset[str]

    @property
    @abstractmethod
    def records(self) -> Sequence[Record]:
        """The records; they stay the same."""

    @cached_property
    def messages(self) -> tuple[Record, ...]:
        """The records, those of one message once."""
        return tuple(record for record in self.records if record.source_id not in self.spare)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every meeting once, by date."""
        return all_meetings(self.records)

    @cached_property
    def positions(self) -> tuple[Cell, ...]:
        """What each side holds on each issue, document by document."""
        return positions(self.messages)

    @cached_property
    def sideless(self) -> tuple[int, int]:
        """How many statements are in no cell, as their side is not known, and how many there are in all."""
        said = [s for record in self.messages for s in record.counted]
        return sum(s.side is None for s in said), len(said)

    @cached_property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """Questions and proposals, and how they stand."""
        return open_points(self.messages)
