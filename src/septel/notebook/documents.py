"""Files and texts: read, restored, parsed, put together, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path

from septel import capture
from septel.archive import Archive, Holding
from septel.capture import ENGINES, EnginePool, Limits, ReadingCache
from septel.errors import SeptelError, UsageError
from septel.export import exporter
from septel.pipeline import (
    READINGS,
    Document,
    Ingest,
    Ingested,
    Ledger,
    Outcome,
    Totals,
    WorkFault,
    documents_of,
    holds_all,
    item_of,
    process,
    read_together,
    restore_source,
    run,
)
from septel.progress import Progress, silent
from septel.restore import Restoration, Restorer, Settings
from septel.telegram import Telegram, parse
from septel.telegram.assembly import Assembly
from septel.telegram.assembly import assemble as assembled
from septel.text import Reading, Source
from septel.witness import Collation, Consensus
from septel.witness import collate as collated


@cache
def _restorer() -> Restorer:
    return Restorer.load()


def open_archive(folder: str | Path, *, create: bool = True) -> Archive:
    """The archive in a folder, or at an address `postgresql://…`; close it, or use it as a context.

    Args:
        folder: where it is.
        create: whether to make one where there is none.

    Raises:
        NotHeld: there is none and none may be made.
        StoreError: it can't be opened.
    """
    return Archive.open(folder, create=create)


def read(
    path: str | Path,
    *,
    engine: str = ENGINES[0],
    settings: Settings | None = None,
    archive: Archive | None = None,
    limits: Limits | None = None,
    progress: Progress = silent,
) -> Document:
    """One file, or one folder of page images, that holds one paper, taken through every room.

    Nothing is stored. A file of several papers is read by `read_papers`.

    Args:
        path: the file or folder.
        engine: what reads images: `typed`, `tesseract`, `rapid`, or `both`.
        settings: of the restorer: from which probability a word counts as sure.
        archive: what persons decided about these pages and others there is heeded.
        limits: how large things may be.
        progress: told the share done, from zero to one.

    Raises:
        UsageError: the file holds several papers.
        SeptelError: the file can't be read.
    """
    found = read_papers(
        path, engine=engine, settings=settings, archive=archive, limits=limits, progress=progress
    )
    if len(found) != 1:
        raise UsageError(
            f"the file holds {len(found)} papers", where=str(path), remedy="Use `septel.read_papers`."
        )
    return found[0]


def read_papers(
    path: str | Path,
    *,
    engine: str = ENGINES[0],
    settings: Settings | None = None,
    archive: Archive | None = None,
    limits: Limits | None = None,
    on_fault: Callable[[SeptelError], None] | None = None,
    progress: Progress = silent,
) -> tuple[Document, ...]:
    """Every paper of a file: cover sheets, telegrams one behind the other, attachments; see `read`.

    Args:
        path: the file or folder.
        engine: what reads images.
        settings: of the restorer.
        archive: what persons decided there is heeded.
        limits: how large things may be.
        on_fault: hears of attachments that can't be read; without it they raise.
        progress: told the share done.

    Raises:
        SeptelError: the file can't be read.
    """

    def raised(fault: SeptelError) -> None:
        raise fault

    return tuple(
        process(
            Path(path),
            _restorer(),
            settings=settings,
            limits=limits,
            engine=engine,
            archive=archive,
            on_fault=on_fault or raised,
            progress=progress,
        )
    )


def ingest(
    paths: Iterable[str | Path],
    archive: Archive,
    *,
    engine: str = ENGINES[0],
    settings: Settings | None = None,
    limits: Limits | None = None,
    resume: bool = False,
    on_done: Callable[[Ingested], None] | None = None,
    on_fault: Callable[[WorkFault | SeptelError], None] | None = None,
) -> Totals:
    """Files and folders read into an archive, as `septel read` does; one bad file does not end the run.

    Args:
        paths: files, and folders of files or of page images.
        archive: where they are kept.
        engine: what reads images.
        settings: of the restorer.
        limits: how large things may be.
        resume: whether to leave out what an earlier run with the same settings has done.
        on_done: hears of each document that is in.
        on_fault: hears of each that is not, and why.

    Raises:
        StoreError: nothing can be kept any more.
    """
    limits = limits or Limits()
    with EnginePool(limits) as pool:
        stage = Ingest(
            kept=archive,
            restorer=_restorer(),
            settings=settings or Settings(),
            limits=limits,
            engine=engine,
            pool=pool,
            readings=ReadingCache(archive.folder / READINGS),
            on_done=on_done,
            on_fault=on_fault or (lambda _: None),
        )

        def told(outcome: Outcome) -> None:
            if on_fault and isinstance(outcome, WorkFault):
                on_fault(outcome)

        items = map(item_of, documents_of(map(Path, paths)))
        held = partial(holds_all, archive) if resume else None
        return run(items, stage, Ledger(archive.folder), held=held, told=told)


def restore_text(text: str, *, hints: bool = True, settings: Settings | None = None) -> Restoration:
    """A text read through its noise: lines, words with their probabilities, edits.

    Args:
        text: as some engine read it.
        hints: whether the restorer may use what the form of a telegram says.
        settings: from which probability a word counts as sure.
    """
    return restore_source(Source.of_text(text), _restorer(), hints=hints, settings=settings)


def parse_text(text: str) -> Telegram:
    """The telegram in a text, taken as it stands."""
    return parse(Reading.of(Source.of_text(text)))


def read_copies(paths: Sequence[str | Path], *, restore: bool = True) -> Consensus:
    """Several copies of one telegram read together.

    Args:
        paths: the copies, two or more.
        restore: whether to read through their noise, or take them as they stand.

    Raises:
        SeptelError: a file can't be read.
    """
    with EnginePool(Limits()) as pool:
        captures = [capture.read(Path(path), pool=pool) for path in paths]
    return read_together(captures, _restorer() if restore else None, labels=[str(path) for path in paths])[0]


def collate(first: str | Source, second: str | Source) -> Collation:
    """Two texts compared word by word: the first as authorised, the second as delivered."""
    one, other = (
        text if isinstance(text, Source) else Source.of_text(text, name=name)
        for text, name in ((first, "first"), (second, "second"))
    )
    return collated(one, other)


def assemble(readings: Iterable[Reading | Document]) -> tuple[Assembly, ...]:
    """Telegrams put together from their sections, pages and copies, in any order."""
    return tuple(assembled([one.reading if isinstance(one, Document) else one for one in readings]))


def export_as(holding: Holding, format: str, *, archive: Archive | None = None) -> bytes:
    """A holding in a format: `text`, `json`, `tei`, `hocr`, `alto`, `pdf` ...

    Args:
        holding: what the archive keeps (`Archive.holding`).
        format: its name, as `septel export --as` takes it.
        archive: for formats that hold the pages themselves, where the originals are.

    Raises:
        UsageError: there is no such format.
    """
    return exporter(format, originals=archive.objects.find if archive else None).write(holding)
