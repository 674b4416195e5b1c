"""The whole walk of one document.

It is captured, restored with what the form of a telegram says, parsed, and read for what it refers to and
which meeting comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from septel import __version__, capture, record
from septel.archive import Archive
from septel.capture import Capture
from septel.citations import Reference
from septel.record import NextMeeting
from septel.restore import EnginePosteriors, Restoration, Restorer, Settings
from septel.restore.document import Noise
from septel.telegram import Telegram, hints_of, is_released, parse
from septel.text import Edit, Reading, Source, Step
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
    """
    reading = Reading.of(source)
    found = hints_of(parse(reading), reading) if hints else ()
    return restorer.restore(
        source,
        hints=found,
        decisions=decisions,
        known=known,
        settings=settings or Settings(),
        sight=sight,
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
    if is_released(source.text):
        return as_it_stands(path, captured, decisions=archive.decided(source) if archive else ())
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
    return _walk(path, captured, restoration, decisions)


def as_it_stands(
    path: Path, captured: Capture, *, decisions: Sequence[Edit] = (), later: bool = False
) -> Document:
    """Take a text that was never on paper through the other rooms: there is nothing to restore.

    Electronic telegrams as the archive released them are such texts (`septel.telegram.is_released`).

    Args:
        path: the file.
        captured: its text.
        decisions: what persons decided about it.
        later: leave what it refers to and announces for later.
    """
    source = captured.source
    step = Step.of("septel", __version__, restored="no")
    noise = Noise(profile="none", rate=0.0, lines=(0.0,) * len(source.lines))
    restoration = Restoration(source=source, words=(), blanks=(), step=step, noise=noise)
    return _walk(path, captured, restoration, decisions, later=later)


def _walk(
    path: Path,
    captured: Capture,
    restoration: Restoration,
    decisions: Sequence[Edit],
    *,
    later: bool = False,
) -> Document:
    reading = Reading.of(restoration.source, (*restoration.edits, *decisions))
    telegram = parse(reading)
    return Document(
        path=path,
        capture=captured,
        restoration=restoration,
        reading=reading,
        telegram=telegram,
        references=() if later else record.references(telegram, reading),
        meeting=None if later else record.next_meeting(telegram, reading),
    )
