"""The telegrams of an archive as they cite each other: made from the catalogue when asked for.

Nothing is stored: which telegram a number means depends on all that is held, so each addition may change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from septel.archive.archive import Archive
from septel.citations import CitationGraph, HeldTelegram, Reference, reference_from_json
from septel.errors import StoreError


def citation_graph(archive: Archive) -> CitationGraph:
    """Who cites whom in an archive, and what is cited and not held.

    Raises:
        StoreError: the catalogue can't be read.
    """
    return CitationGraph.of(_documents(archive))


def _documents(archive: Archive) -> Iterator[tuple[HeldTelegram, Sequence[Reference]]]:
    for holding, heading, refs in archive.contents.cited():
        try:
            held = HeldTelegram.from_json(holding, heading)
            found = [reference_from_json(one) for one in refs]
        except (KeyError, TypeError, ValueError) as why:
            remedy = "Read the document again, or restore catalogue.sqlite from a backup."
            raise StoreError(f"the archive is damaged ({why!r})", where=holding, remedy=remedy) from why
        yield held, found
