"""The telegrams of an archive as they cite each other: made from the catalogue when asked for.

Nothing is stored: which telegram a number means depends on all that is held, so each addition may change it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from septel.archive.archive import Archive
from septel.archive.citations import StoredCitations
from septel.citations import CitationGraph, HeldTelegram, Reference, reference_from_json
from septel.errors import StoreError


def citation_graph(archive: Archive) -> CitationGraph:
    """Who cites whom in an archive, and what is cited and not held.

    Raises:
        StoreError: the catalogue can't be read.
    """
    with _no_cycles_sought():
        return CitationGraph.of(_documents(archive))


def stored_citations(archive: Archive) -> StoredCitations:
    """The same for whoever asks about one telegram, or for what is cited most: not all documents are read."""
    return StoredCitations(archive.store.database, archive.folder)


@contextmanager
def _no_cycles_sought() -> Iterator[None]:
    """Look for no cycles of objects meanwhile: all that is made stays. It took a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _documents(archive: Archive) -> Iterator[tuple[HeldTelegram, Sequence[Reference]]]:
    for holding, heading, refs in archive.contents.cited():
        try:
            held = HeldTelegram.from_json(holding, heading)
            found = [reference_from_json(one) for one in refs]
        except (KeyError, TypeError, ValueError) as why:
            remedy = "Read the document again, or restore catalogue.sqlite from a backup."
            raise StoreError(f"the archive is damaged ({why!r})", where=holding, remedy=remedy) from why
        yield held, found
