"""Taking documents into an archive: the stage behind `septel read`, one outcome in the ledger for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from septel import __version__
from septel.archive import Archive, DecisionConflict, Holding
from septel.capture import EnginePool, Limits, PageOutcome, Readings
from septel.errors import SeptelError
from septel.papers import PaperKind, divided, parted
from septel.pipeline.batch import WorkItem
from septel.pipeline.document import Document, process
from septel.pipeline.holding import holding_of
from septel.pipeline.inputs import originals_of
from septel.progress import Progress, silent
from septel.restore import Restorer, Settings
from septel.text import digest_of
from septel.witness import step_of

PARTING = "papers 1"
"""How documents are taken apart: what an earlier run made of a file in another way does not count."""
READINGS = "readings"
"""The folder, in the archive's, of what engines read page by page: a cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One paper that is in the archive now.

    Attributes:
        document: it, with every layer.
        holding: what the archive keeps of it.
        new: whether the archive did not hold it before.
        exported: the files that were written of it.
        conflicts: decisions of persons that do not simply stand.
        copies: holdings that seem to be the same message, each with the share of words that are alike.
    """

    document: Document
    holding: Holding
    new: bool
    exported: Sequence[Path]
    conflicts: Sequence[DecisionConflict]
    copies: Sequence[tuple[str, float]]


@dataclass(frozen=True, kw_only=True)
class Ingest:
    """The stage that takes one document through every room and into the archive.

    Attributes:
        kept: the archive.
        restorer: reads through the noise, by these settings.
        limits: how large things may be.
        engine: what reads images, in the processes of this pool.
        readings: keeps what the engine reads, page by page.
        starts: where a person says that papers begin, and of which kind they are (`septel.papers.divided`).
        export: writes what is wanted of a holding beside the archive; its name is part of the key.
        on_done: hears of each paper that is in.
        on_fault: hears of attachments that can't be read.
        shown: shows how far a document is.
        pages: how many pages came to what, over all documents.
    """

    kept: Archive
    restorer: Restorer
    settings: Settings
    limits: Limits
    engine: str
    pool: EnginePool
    readings: Readings
    starts: tuple[tuple[int, PaperKind | None], ...] = ()
    out: Path | None = None
    export: Callable[[Holding, Path], Sequence[Path]] | None = None
    on_done: Callable[[Ingested], None] | None = None
    on_fault: Callable[[SeptelError], None]
    shown: Callable[[Path], AbstractContextManager[Progress]] | None = None
    pages: Counter[PageOutcome] = field(default_factory=Counter)

    @cached_property
    def key(self) -> str:
        """The version, the settings, where exports go, and the engine and restorer with all their models."""
        models = (step_of(self.engine).key, self.restorer.step.key)
        parts = (__version__, *models, self.settings, self.limits, self.out, PARTING)
        asked = (*parts, self.starts) if self.starts else parts
        return digest_of(*(repr(part).encode() for part in asked))[:16]

    def do(self, item: WorkItem) -> str:
        """Take one document on the walk, paper by paper; gives the ids of its holdings."""
        with self.shown(item.path) if self.shown else nullcontext(silent) as step:
            found = process(
                item.path,
                self.restorer,
                settings=self.settings,
                limits=self.limits,
                readings=self.readings,
                engine=self.engine,
                pool=self.pool,
                archive=self.kept,
                divide=partial(divided, starts=self.starts) if self.starts else parted,
                on_fault=self.on_fault,
                progress=step,
            )
            return " ".join([self._keep(one) for one in found])

    def _keep(self, found: Document) -> str:
        holding = holding_of(found, at=datetime.now(UTC))
        new = self.kept.add(holding, originals_of(found.path), legible=self.restorer.legible)
        exported = self.export(self.kept.holding(holding.id), self.out) if self.export and self.out else ()
        self.pages.update(account.outcome for account in found.capture.accounts)
        if self.on_done:
            conflicts = self.kept.contests(holding.id)
            self.on_done(
                Ingested(
                    document=found,
                    holding=holding,
                    new=new,
                    exported=exported,
                    conflicts=conflicts,
                    copies=tuple(self.kept.contents.copies(holding.id)),
                )
            )
        return holding.id


def holds_all(kept: Archive, ids: str) -> bool:
    """Whether all papers are still held that an earlier run made of a document."""
    return all(map(kept.holds, ids.split()))
