"""From which probability a word counts as sure, and below which as unreadable, as the reader wants it."""

from __future__ import annotations

from septel.errors import UsageError
from septel.restore import Settings


def chosen(sure: float | None, floor: float | None) -> Settings:
    """The reader's thresholds where given, else the defaults."""
    standard = Settings()
    sure = standard.sure if sure is None else sure
    floor = standard.floor if floor is None else floor
    if floor > sure:
        raise UsageError(
            f"the floor ({floor}) lies above what counts as sure ({sure})",
            remedy="Lower --floor or raise --sure.",
        )
    return Settings(sure=sure, floor=floor)
