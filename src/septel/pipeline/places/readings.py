"""What engines read, kept at a place that every worker of a run sees, whatever machine it is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from septel.capture import ReadingCache, Readings, RecognisedLine, packed_reading, unpacked_reading
from septel.errors import SeptelError
from septel.pipeline.batch import Policy
from septel.places import file_system, is_place, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteReadings:
    """Readings at an address, by the same names and in the same form as in a folder.

    Attributes:
        place: the address of the folder.
        policy: how long to wait when it is away.
    """

    place: str
    policy: Policy = field(default_factory=Policy)

    def _address(self, key: str) -> str:
        return f"{self.place.rstrip('/')}/{key[:2]}/{key}.json.gz"

    def get(self, key: str) -> Sequence[RecognisedLine] | None:
        """What was kept under this key; None where nothing was, or it can't be had: it is but a cache."""
        try:
            with reached(self.place, storing=True):
                data = file_system(self.place).cat_file(self._address(key))
        except SeptelError:
            return None
        return unpacked_reading(data)

    def put(self, key: str, lines: Sequence[RecognisedLine]) -> None:
        """Keep the lines of a page; when this returns, they are there.

        Raises:
            StoreError: they can't be kept.
        """

        def put() -> None:
            with reached(self.place, storing=True):
                file_system(self.place).pipe_file(self._address(key), packed_reading(lines))

        self.policy.patiently(put)


def readings_at(place: str | Path) -> Readings:
    """What keeps readings in a folder, or at an address."""
    return RemoteReadings(place=str(place)) if is_place(str(place)) else ReadingCache(Path(place))
