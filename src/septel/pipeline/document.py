"""The whole walk of one document.

It is captured, restored with what the form of a telegram says, parsed, and read for what it refers to and
which meeting comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from septel import capture, record
from septel.archive import Archive
from septel.capture import Capture
from septel.citations import Reference
from septel.errors import SeptelError
from septel.papers import Paper, papers_in, read_paper
from septel.record import NextMeeting
from septel.restore import EnginePosteriors, Restoration, Restorer, Settings
from septel.telegram import Telegram, hints_of, parse
from septel.text import Alternative, Edit, Ground, Reading, Reason, Source, Step
from septel.witness import read_with

_DECODED = Step.of("septel decoding", "1")

Progress = Callable[[float], None]


def silent(share: float) -> None:
    """Tell nobody how far the work is."""
    del share


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document with every layer that the walk put over it.

    Its reading is the restoration with what persons decided; telegram, references and meeting come from that.
    `paper` says where it stands in its file (`septel.papers`).
    """

    path: Path
    capture: Capture
    restoration: Restoration
    reading: Reading
    telegram: Telegram
    references: tuple[Reference, ...]
    meeting: NextMeeting | None
    paper: dict[str, Any] | None = None


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


def walks(
    path: Path,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    limits: capture.Limits | None = None,
    readings: capture.Readings | None = None,
    engine: str = capture.ENGINES[0],
    pool: capture.EnginePool | None = None,
    archive: Archive | None = None,
    on_fault: Callable[[SeptelError], None],
    progress: Progress = silent,
) -> Iterator[Document]:
    """Take one file, or one folder of page images, through every room, paper by paper.

    Args:
        path: the file or folder.
        restorer: reads through the noise.
        settings: of the restorer.
        limits: how large things may be.
        readings: keeps what the engine reads, page by page, so that an interrupted walk goes on from there.
        engine: what reads the images: `tesseract`, `rapid`, or `both` with a vote between them.
        pool: engines' processes that are shared with other documents.
        archive: what persons decided about these pages and others.
        on_fault: told of attachments that can't be read.
        progress: told the share done.

    Raises:
        SeptelError: the file can't be read; nothing has been stored.
    """

    def read(file: Path) -> Capture:
        return read_with(
            file,
            engine,
            known=restorer.vocabulary.knows,
            limits=limits or capture.Limits(),
            progress=lambda share: progress(share / 2),
            readings=readings,
            pool=pool,
        )

    for found in papers_in(path, read, limits=limits, on_fault=on_fault):
        paper = found.part.paper
        yield process_capture(
            found.path,
            found.part.capture,
            restorer,
            settings=settings,
            archive=archive,
            paper=found.described,
            progress=_share_of(paper, progress),
        )


def doubts_of(captured: Capture, restoration: Restoration) -> tuple[Edit, ...]:
    """A doubt for each place whose characters were guessed when the file's bytes were read."""
    taken = [edit.span for edit in restoration.edits]
    text = captured.source.text
    return tuple(
        Edit(
            span=doubt.span,
            before=doubt.span.of(text),
            after=doubt.span.of(text),
            reason=Reason(ground=Ground.HINT, detail=doubt.why),
            step=_DECODED,
            alternatives=tuple(Alternative(text=other) for other in doubt.others),
        )
        for doubt in captured.doubts
        if not any(span.overlaps(doubt.span) for span in taken)
    )


def _share_of(paper: Paper, progress: Progress) -> Progress:
    """How far a file is when one of its papers is so far; the first half is its capture."""
    return lambda share: progress(0.5 + (paper.number - 1 + share) / paper.of / 2)


def process_capture(
    path: Path,
    captured: Capture,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    archive: Archive | None = None,
    paper: dict[str, Any] | None = None,
    progress: Progress = silent,
) -> Document:
    """Take captured pages through the other rooms; see `walks`."""
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
    reading = Reading.of(source, (*restoration.edits, *doubts_of(captured, restoration), *decisions))
    telegram, paper = read_paper(reading, paper, [layer.text for layer in captured.layers])
    return Document(
        path=path,
        capture=captured,
        restoration=restoration,
        reading=reading,
        telegram=telegram,
        references=record.references(telegram, reading),
        meeting=record.next_meeting(telegram, reading),
        paper=paper,
    )
