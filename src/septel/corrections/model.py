"""What a corrected file says, before it meets the archive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """A line as the corrected file reads it.

    Attributes:
        number: of the source's line, from one.
        text: as read there; a place that can't be read stands as `[…4]`.
        sources: what the file says that the source has on the line, where it says so beside its reading.
    """

    number: int
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueCorrection:
    """A correction of one place, said outright.

    Attributes:
        start, end: the place in the source.
        before: what the file says that the source has there; None where it does not say.
        text: what is read there.
        why: the reason, in words.
        row: the row of the file, from one, that says so.
    """

    start: int
    end: int
    before: str | None
    text: str
    why: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a corrected file says of one holding.

    Attributes:
        holding: the holding's id.
        entries: how many entries the edit log had when the file was exported; None where the file does not
            say, and the file is then compared with the reading as it is now.
        lines: lines as the file reads them, where it is a whole text.
        corrections: corrections said outright.
        unplaced: what of the file has no place in the source, in words.
    """

    holding: str
    entries: int | None = None
    lines: tuple[LineReading, ...] = ()
    corrections: tuple[ColleagueCorrection, ...] = ()
    unplaced: tuple[str, ...] = ()
