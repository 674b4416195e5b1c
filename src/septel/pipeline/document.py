"""The whole walk of one document.

It is captured, restored with what the form of a telegram says, parsed, and read for what it refers to and
which meeting comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from septel import capture, record
from septel.archive import Archive
from septel.capture import Capture
from septel.citations import Reference
from septel.record import NextMeeting
from septel.restore import EnginePosteriors, Restoration, Restorer, Settings
from septel.telegram import Telegram, hints_of, is_released, parse
from septel.text import Edit, Reading, Source
from septel.witness import read_with

Progress = Callable[[float], None]


def silent(share: float) -> None:
    """Tell nobody how far the work is."""
    del share


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document with every layer that the walk put over it.

    Its reading is the restoration with what persons decided; telegram, references and meeting come from that.
    """

    path: Path
    capture: Capture
    restoration: Restoration
    reading: Reading
    telegram: Telegram
    references: tuple[Reference, ...]
    meeting: NextMeeting | None


def restore_source(
    source: Source,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    hints: bool = True,
    decisions: Sequence[Edit] = (),
    known: Iterable[str] = (),
    sight: EnginePosteriors | None = None,
    progress: Progress = silent,
) -> Restoration:
    """The source restored; with hints, the restorer knows what the form of a telegram asks for.

    With a sight it knows what the engines that read the page told of each word (`Restorer.sight`).

    It learns from the decisions of persons about this text, and takes the words that they set elsewhere for
    known ones.

    The form is read from the source as it came: its grammar is made for noisy text, and a first guess of
    the restorer would hide what it goes by (`I Ct· RE T S(CTlON 2` tells more than any fluent reading of it).

    An electronic telegram as the archive released it was never scanned: its words stand, and what the wire
    garbled in them is marked.
    """
    reading = Reading.of(source)
    released = is_released(source.text)
    found = hints_of(parse(reading), reading) if hints and not released else ()
    return restorer.restore(
        source,
        hints=found,
        decisions=decisions,
        known=known,
        settings=settings or Settings(),
        sight=sight,
        sent=released,
        progress=progress,
    )


def process(
    path: Path,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    limits: capture.Limits | None = None,
    readings: capture.Readings | None = None,
    engine: str = capture.ENGINES[0],
    pool: capture.EnginePool | None = None,
    archive: Archive | None = None,
    progress: Progress = silent,
) -> Document:
    """Take one file, or one folder of page images, through every room.

    Args:
        path: the file or folder.
        restorer: reads through the noise.
        settings: of the restorer.
        limits: how large things may be.
        readings: keeps what the engine reads, page by page, so that an interrupted walk goes on from there.
        engine: what reads the images: `tesseract`, `rapid`, or `both` with a vote between them.
        pool: engines' processes that are shared with other documents.
        archive: what persons decided about these pages and others.
        progress: told the share done.

    Raises:
        SeptelError: the file can't be read; nothing has been stored.
    """
    captured = read_with(
        path,
        engine,
        known=restorer.vocabulary.knows,
        limits=limits or capture.Limits(),
        progress=lambda share: progress(share / 2),
        readings=readings,
        pool=pool,
    )
    return process_capture(
        path,
        captured,
        restorer,
        settings=settings,
        archive=archive,
        progress=lambda share: progress(0.5 + share / 2),
    )


def process_capture(
    path: Path,
    captured: Capture,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    archive: Archive | None = None,
    progress: Progress = silent,
) -> Document:
    """Take captured pages through the other rooms; see `process`."""
    source = captured.source
    decisions = archive.decided(source, legible=restorer.legible) if archive else ()
    restoration = restore_source(
        source,
        restorer,
        settings=settings,
        decisions=decisions,
        known=archive.taught() if archive else (),
        sight=restorer.sight(captured),
        progress=progress,
    )
    reading = Reading.of(source, (*restoration.edits, *decisions))
    telegram = parse(reading)
    return Document(
        path=path,
        capture=captured,
        restoration=restoration,
        reading=reading,
        telegram=telegram,
        references=record.references(telegram, reading),
        meeting=record.next_meeting(telegram, reading),
    )
