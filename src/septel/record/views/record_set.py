"""The views over a set of records, each made when it is first asked for and kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property

from septel.record.model import Meeting, Record
from septel.record.views.types import Cell, OpenPoint
from septel.record.views.views import all_meetings, open_points, positions


class RecordSet(ABC):
    """Records that are looked at together."""

    @property
    @abstractmethod
    def records(self) -> Sequence[Record]:
        """The records; they stay the same."""

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every meeting once, by date."""
        return all_meetings(self.records)

    @cached_property
    def positions(self) -> tuple[Cell, ...]:
        """What each side holds on each issue, document by document."""
        return positions(self.records)

    @cached_property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """Questions and proposals, and how they stand."""
        return open_points(self.records)
