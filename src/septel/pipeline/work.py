"""What a worker of `septel read` does: one document through every room but the archive.

A worker knows nothing of the archive. The driver finds what persons decided about a text that a worker has
read, and has the document done again with it; so any archive will do, wherever it is.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from septel.archive import Holding, Original, RemoteOriginals
from septel.capture import EnginePool, Limits, Readings
from septel.errors import SeptelError, printable
from septel.pipeline.batch import Policy, WorkItem, stamp
from septel.pipeline.document import Document, process
from septel.pipeline.holding import holding_of
from septel.pipeline.inputs import originals_of
from septel.pipeline.places import fetched
from septel.restore import Restorer, Settings
from septel.text import Edit, Legible, Source

_COLLECT = (200_000, 20, 20)
"""After so many new objects Python looks for cycles among them; it does so from 700 on."""


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look less often for cycles of objects that nobody needs, while documents are read one after the other.

    A document has tens of thousands of objects and hardly a cycle: to look for some took a sixth of the time
    of a telegram. The models, which stay, are left out of the search.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What persons decided, as a worker is told: about texts by their ids, and the words that they set."""

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def decided(self, source: Source, *, legible: Legible | None = None) -> tuple[Edit, ...]:
        """What was decided about a text."""
        del legible
        return self.edits.get(source.id, ())

    def taught(self) -> frozenset[str]:
        """The words that persons have set anywhere."""
        return self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPaper:
    """One paper that a worker has read.

    Attributes:
        document: it, with every layer.
        holding: what the archive is to keep of it.
        attached: the name and the bytes of the attachment that it came in; None where it is the item's own.
        originals: its files, where the worker has put them into their place itself.
    """

    document: Document
    holding: Holding
    attached: tuple[str, bytes] | None = None
    originals: tuple[Original, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """The papers of one item, and its attachments that could not be read."""

    papers: tuple[ReadPaper, ...]
    faults: tuple[SeptelError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWork:
    """How workers read.

    Attributes:
        settings: of the restorer.
        limits: how large things may be.
        engine: what reads images.
        engines: pages that each worker reads at once.
        readings: keeps what engines read; every worker sees the same place.
        words: that persons have set anywhere, when the run began.
        policy: how long to wait for a place that is away.
        originals: where originals are put, if that is a place that workers reach by themselves.
    """

    settings: Settings
    limits: Limits
    engine: str
    engines: int
    readings: Readings
    words: frozenset[str]
    policy: Policy = field(default_factory=Policy)
    originals: RemoteOriginals | None = None

    @contextmanager
    def start(self) -> Iterator[Callable[[WorkItem, object], ReadItem]]:
        """Load the models, or map them if another process has unpacked them."""
        restorer = Restorer.load()
        with EnginePool(self.limits, self.engines) as pool, rarely_collected():

            def do(item: WorkItem, again: object) -> ReadItem:
                return self.read(item, again, restorer, pool)

            yield do

    def read(self, item: WorkItem, again: object, restorer: Restorer, pool: EnginePool) -> ReadItem:
        """Read one item, with what persons decided about it if the driver has said that."""
        told = again if isinstance(again, Decided) else Decided(words=self.words)
        faults: list[SeptelError] = []
        papers: list[ReadPaper] = []
        with fetched(item, policy=self.policy) as path:
            for one in process(
                path,
                restorer,
                settings=self.settings,
                limits=self.limits,
                readings=self.readings,
                engine=self.engine,
                pool=pool,
                archive=told,
                on_fault=faults.append,
            ):
                # An attachment lies in a folder that is gone when the next paper is asked for.
                attached = None if one.path == path else (one.path.name, one.path.read_bytes())
                papers.append(
                    ReadPaper(
                        # What was fetched lies in a folder that is gone when this is looked at.
                        document=replace(one, path=item.path) if one.path == path else one,
                        holding=holding_of(one, at=stamp()),
                        attached=None if self.originals else attached,
                        originals=self._kept(one.path),
                    )
                )
        return ReadItem(papers=tuple(papers), faults=tuple(faults))

    def _kept(self, path: Path) -> tuple[Original, ...] | None:
        if self.originals is None:
            return None
        keep = self.originals.keep
        return tuple(
            Original(name=printable(file.name), digest=self.policy.patiently(partial(keep, file)))
            for file in originals_of(path)
        )
