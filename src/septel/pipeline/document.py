"""The walk of one document: captured, restored with what its form says, parsed, read for references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from septel import capture, citations, record, witness
from septel.papers import Paper, PaperCapture, papers_in, parted, read_paper
from septel.pipeline.restoration import restore_capture
from septel.pipeline.transcriber_signs import restored_beside, transcriber_signs
from septel.progress import Progress, silent
from septel.restore import Restoration, Settings
from septel.telegram import is_released
from septel.text import Alternative, Edit, Ground, Legible, Reading, Reason, Source, Step

if TYPE_CHECKING:
    from septel.capture import Capture
    from septel.citations import Reference
    from septel.errors import SeptelError
    from septel.record import NextMeeting
    from septel.restore import Restorer
    from septel.telegram import Telegram


class Decisions(Protocol):
    """What persons decided, as an archive tells it."""

    def decided(self, source: Source, *, legible: Legible | None = None) -> tuple[Edit, ...]:
        """What they decided about a text."""
        ...

    def taught(self) -> frozenset[str]:
        """The words that they set anywhere, in capitals."""
        ...


_DECODED = Step.of("septel decoding", "1")


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

    @property
    def text(self) -> str:
        """The text as read."""
        return self.reading.text


def capture_document(
    path: Path,
    restorer: Restorer,
    *,
    limits: capture.Limits | None = None,
    readings: capture.Readings | None = None,
    engine: str = capture.ENGINES[0],
    pool: capture.EnginePool | None = None,
    progress: Progress = silent,
) -> Capture:
    """Capture one file, or one folder of page images.

    Args:
        path: the file or folder.
        restorer: tells a vote of two engines which words are known.
        limits: how large things may be.
        readings: keeps what the engine reads, page by page, so that an interrupted walk goes on from there.
        engine: what reads the images: `typed`, `tesseract`, `rapid`, or `both` with a vote between two.
        pool: engines' processes that are shared with other documents.
        progress: told the share done.

    Raises:
        SeptelError: the file can't be read.
    """
    return witness.read_with(
        path,
        engine,
        known=restorer.vocabulary.knows,
        limits=limits or capture.Limits(),
        progress=progress,
        readings=readings,
        pool=pool,
    )


def reading_of(captured: Capture, restorer: Restorer | None, *, progress: Progress = silent) -> Reading:
    """The text that is parsed: restored, unless there is no restorer, or the text was never scanned.

    An electronic telegram as the archive released it never lay on paper, so it has nothing to restore.
    """
    if restorer is None or is_released(captured.source.text):
        return Reading.of(captured.source)
    return restore_capture(captured, restorer, progress=progress).reading


def process(
    path: Path,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    limits: capture.Limits | None = None,
    readings: capture.Readings | None = None,
    engine: str = capture.ENGINES[0],
    pool: capture.EnginePool | None = None,
    archive: Decisions | None = None,
    divide: Callable[[Capture], Sequence[PaperCapture]] = parted,
    on_fault: Callable[[SeptelError], None],
    progress: Progress = silent,
    later: bool = False,
) -> Iterator[Document]:
    """Take one file, or one folder of page images, through every room, paper by paper.

    Args:
        path: the file or folder.
        restorer: reads through the noise.
        settings: of the restorer.
        limits: how large things may be.
        readings: keeps what the engine reads, page by page.
        engine: what reads the images.
        pool: engines' processes that are shared with other documents.
        archive: what persons decided about these pages and others.
        divide: takes the file apart into papers.
        on_fault: told of attachments that can't be read.
        progress: told the share done.
        later: leave what released telegrams refer to and announce for later (see `as_it_stands`).

    Raises:
        SeptelError: the file can't be read; nothing has been stored.
    """

    def read(file: Path) -> Capture:
        return capture_document(
            file,
            restorer,
            limits=limits,
            readings=readings,
            engine=engine,
            pool=pool,
            progress=lambda share: progress(share / 2),
        )

    for found in papers_in(path, read, limits=limits, on_fault=on_fault, divide=divide):
        yield process_capture(
            found.path,
            found.part.capture,
            restorer,
            settings=settings,
            archive=archive,
            paper=found.described,
            progress=_share_of(found.part.paper, progress),
            later=later,
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
    archive: Decisions | None = None,
    paper: dict[str, Any] | None = None,
    progress: Progress = silent,
    later: bool = False,
) -> Document:
    """Take captured pages through the other rooms; see `process`."""
    source = captured.source
    if is_released(source.text):
        decided = archive.decided(source) if archive else ()
        return as_it_stands(path, captured, restorer, decisions=decided, paper=paper, later=later)
    decisions = archive.decided(source, legible=restorer.legible) if archive else ()
    restoration = restore_capture(
        captured,
        restorer,
        settings=settings,
        decisions=decisions,
        known=archive.taught() if archive else (),
        progress=progress,
    )
    return _parsed(path, captured, restoration, decisions, paper=paper)


def as_it_stands(
    path: Path,
    captured: Capture,
    restorer: Restorer,
    *,
    decisions: Sequence[Edit] = (),
    paper: dict[str, Any] | None = None,
    later: bool = False,
) -> Document:
    """Take a text that was never on paper through the other rooms: there is nothing to restore.

    Electronic telegrams as the archive released them are such texts (`septel.telegram.is_released`). What the
    wire garbled in them is marked.

    Args:
        path: the file.
        captured: its text.
        restorer: tells garbles of the wire.
        decisions: what persons decided about it.
        paper: where it stands in its file.
        later: leave what it refers to and announces for later.
    """
    source = captured.source

    def standing(source: Source, there: Sequence[Edit]) -> Restoration:
        return restorer.restore(source, decisions=there, sent=True, brief=True)

    signs = transcriber_signs(source, [edit.span for edit in decisions])
    restoration = (
        restored_beside(source, signs, decisions, standing) if signs else standing(source, decisions)
    )
    return _parsed(path, captured, restoration, decisions, paper=paper, later=later)


def _parsed(
    path: Path,
    captured: Capture,
    restoration: Restoration,
    decisions: Sequence[Edit],
    *,
    paper: dict[str, Any] | None,
    later: bool = False,
) -> Document:
    edits = (*restoration.edits, *doubts_of(captured, restoration), *decisions)
    reading = Reading.of(restoration.source, edits)
    telegram, paper = read_paper(reading, paper, captured)
    return Document(
        path=path,
        capture=captured,
        restoration=restoration,
        reading=reading,
        telegram=telegram,
        references=() if later else citations.references(telegram, reading),
        meeting=None if later else record.next_meeting(telegram, reading),
        paper=paper,
    )
