"""Taking documents into an archive: the stage behind `septel read`, one outcome in the ledger for each."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from septel import __version__
from septel.archive import Addition, Archive, DecisionConflict, Holding, Original, RemoteOriginals
from septel.capture import EnginePool, Limits, PageOutcome, Readings
from septel.errors import SeptelError, StoreError, ends_the_run, printable, unforeseen
from septel.papers import PaperKind, divided, parted
from septel.pipeline.batch import Policy, WorkItem, stamp
from septel.pipeline.document import Document, process
from septel.pipeline.holding import holding_of
from septel.pipeline.inputs import originals_of
from septel.pipeline.places import fetched
from septel.pipeline.work import Decided, ReadItem, ReadWork
from septel.progress import Progress, silent
from septel.restore import Restorer, Settings
from septel.text import Edit, Legible, Source, digest_of
from septel.witness import step_of

P = ParamSpec("P")
R = TypeVar("R")

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
        engines: pages that each worker reads at once, where there are workers.
        policy: how long to wait for an archive that is away.
        waits: hears that the run waits for it.
        waiting: papers that are to be kept in the next step.
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
    engines: int = 1
    policy: Policy = field(default_factory=Policy)
    waits: Callable[[str], None] = lambda _: None
    waiting: list[_Waited] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        """The version, the settings, where exports go, and the engine and restorer with all their models."""
        models = (step_of(self.engine).key, self.restorer.step.key)
        parts = (__version__, *models, self.settings, self.limits, self.out, PARTING)
        asked = (*parts, self.starts) if self.starts else parts
        return digest_of(*(repr(part).encode() for part in asked))[:16]

    @cached_property
    def work(self) -> ReadWork:
        """What workers do of it: everything but keeping and exporting."""
        objects = self.kept.objects
        return ReadWork(
            settings=self.settings,
            limits=self.limits,
            engine=self.engine,
            engines=self.engines,
            readings=self.readings,
            words=self._kept_of(self.kept.taught),
            policy=self.policy,
            originals=objects if isinstance(objects, RemoteOriginals) else None,
        )

    def again(self, item: WorkItem, result: object) -> Decided | None:
        """What persons decided about the texts of an item, if anything: it is to be read again with that."""
        del item
        assert isinstance(result, ReadItem)
        edits = {}
        for paper in result.papers:
            source = paper.holding.source
            if found := self._kept_of(self.kept.decided, source, legible=self.restorer.legible):
                edits[source.id] = found
        return Decided(edits=edits, words=self.work.words) if edits else None

    def keep(self, item: WorkItem, result: object) -> str:
        """Have what a worker made of an item kept by `settle`; gives the ids of its holdings."""
        assert isinstance(result, ReadItem)
        for fault in result.faults:
            self.on_fault(fault)
        ids = []
        # Fetched once more only where the archive has a folder of originals of its own.
        there = all(paper.originals is not None for paper in result.papers)
        with nullcontext(item.path) if there else fetched(item, policy=self.policy) as path:
            for paper in result.papers:
                if paper.originals is not None or paper.attached is None:
                    files = originals_of(path) if paper.originals is None else paper.originals
                    ids.append(
                        self._keep(item, paper.document, paper.holding, files, lasting=path == item.path)
                    )
                    continue
                name, data = paper.attached
                with tempfile.TemporaryDirectory(prefix="septel-") as folder:
                    file = Path(folder) / name
                    file.write_bytes(data)
                    ids.append(self._keep(item, paper.document, paper.holding, [file], lasting=False))
        return " ".join(ids)

    def _kept_of(self, do: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """What the archive does or answers, waiting for it when it is away."""
        return self.policy.patiently(lambda: do(*args, **named), told=self.waits)

    def do(self, item: WorkItem) -> str:
        """Take one document on the walk, paper by paper; gives the ids of what `settle` is to keep."""
        with (
            self.shown(item.path) if self.shown else nullcontext(silent) as step,
            fetched(item, policy=self.policy) as path,
        ):
            found = process(
                path,
                self.restorer,
                settings=self.settings,
                limits=self.limits,
                readings=self.readings,
                engine=self.engine,
                pool=self.pool,
                archive=_Waiting(self),
                divide=partial(divided, starts=self.starts) if self.starts else parted,
                on_fault=self.on_fault,
                progress=step,
            )
            return " ".join(
                [
                    self._keep(
                        item,
                        one,
                        holding_of(one, at=stamp()),
                        originals_of(one.path),
                        lasting=one.path == item.path,
                    )
                    for one in found
                ]
            )

    def _keep(
        self,
        item: WorkItem,
        found: Document,
        holding: Holding,
        files: Sequence[Path | Original],
        *,
        lasting: bool,
    ) -> str:
        """Have a paper wait for `settle`; files that are gone by then are kept now."""
        if not lasting:
            files = [self._original(file) if isinstance(file, Path) else file for file in files]
        self.waiting.append(_Waited(item, found, Addition(holding, files)))
        return holding.id

    def _original(self, file: Path) -> Original:
        digest = self._kept_of(self.kept.objects.keep, file)
        return Original(name=printable(file.name), digest=digest)

    def settle(self) -> Mapping[WorkItem, SeptelError]:
        """Keep what waits, in one step, and export it; gives the items that could not be taken in.

        Raises:
            StoreError: nothing can be kept any more; none of it was.
        """
        waiting = self.waiting[:]
        self.waiting.clear()
        if not waiting:
            return {}
        added = self._added([one.addition for one in waiting])
        faults: dict[WorkItem, SeptelError] = {}
        for one, new in zip(waiting, added, strict=True):
            if isinstance(new, SeptelError):
                faults.setdefault(one.item, new)
                continue
            try:
                self._tell(one.found, one.addition.holding, new=new)
            except Exception as fault:
                if isinstance(fault, StoreError) or ends_the_run(fault):
                    raise
                name = one.item.path.name
                known = fault if isinstance(fault, SeptelError) else unforeseen(fault, name)
                faults.setdefault(one.item, known)
        return faults

    def _added(self, additions: Sequence[Addition]) -> list[bool | SeptelError]:
        """Whether each was new, or why it could not be taken in."""
        try:
            return self._kept_of(self.kept.add_all, additions, legible=self.restorer.legible)
        except Exception as fault:
            if len(additions) > 1 or isinstance(fault, StoreError) or ends_the_run(fault):
                raise
            name = additions[0].holding.source.name
            return [fault if isinstance(fault, SeptelError) else unforeseen(fault, name)]

    def _tell(self, found: Document, holding: Holding, *, new: bool) -> None:
        exported = (
            self.export(self._kept_of(self.kept.holding, holding.id), self.out)
            if self.export and self.out
            else ()
        )
        self.pages.update(account.outcome for account in found.capture.accounts)
        if self.on_done:
            conflicts = self._kept_of(self.kept.contests, holding.id)
            self.on_done(
                Ingested(
                    document=found,
                    holding=holding,
                    new=new,
                    exported=exported,
                    conflicts=conflicts,
                    copies=tuple(self._kept_of(self.kept.contents.copies, holding.id)),
                )
            )


class _Waited(NamedTuple):
    """A paper that is to be kept: of which item, with every layer, and what the archive keeps of it."""

    item: WorkItem
    found: Document
    addition: Addition


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What persons decided, asked of an archive that is waited for when it is away."""

    stage: Ingest

    def decided(self, source: Source, *, legible: Legible | None = None) -> tuple[Edit, ...]:
        """What they decided about a text."""
        return self.stage._kept_of(self.stage.kept.decided, source, legible=legible)

    def taught(self) -> frozenset[str]:
        """The words that they set anywhere."""
        return self.stage._kept_of(self.stage.kept.taught)


def holds_all(kept: Archive, ids: str) -> bool:
    """Whether all papers are still held that an earlier run made of a document."""
    return all(map(kept.holds, ids.split()))
