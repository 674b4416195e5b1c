"""Reads files into an archive and tells how far it is, line by line in JSON: `... ARCHIVE MENDED FILES`.

MENDED says, as JSON, how a person takes the file apart (`MendedFile`); empty where its signs tell.

It is a process of its own, so that pages are served meanwhile, and an engine that crashes takes nothing
along. SIGTERM ends it after the document at hand; what was finished is kept, and the same files given again
are taken up where it stopped.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from septel.archive import Archive
from septel.archive.model import shown_field
from septel.capture import EnginePool, Limits, ReadingCache
from septel.errors import SeptelError, printable
from septel.pipeline import (
    READINGS,
    Ingest,
    Ingested,
    Ledger,
    WorkFault,
    documents_of,
    holds_all,
    item_of,
    run,
)
from septel.pipeline import Outcome as StageOutcome
from septel.progress import Progress
from septel.restore import Restorer, Settings
from septel.room.uploads.division import FormerPaper, MendedFile, replace_former


def tell(**row: object) -> None:
    """Say one thing to the room."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def shown(path: Path) -> Iterator[Progress]:
    """Tell how far a document is."""
    name = printable(path.name)
    tell(file=name, share=0.0)
    yield lambda share: tell(file=name, share=round(share, 3))


MADE: list[FormerPaper] = []
"""The papers of the file that was taken apart, one behind the other."""


def done(one: Ingested) -> None:
    """Tell what became of a paper."""
    paper = one.document.paper or {}
    size = len(one.document.capture.source.text)
    start = MADE[-1].end if MADE else 0
    MADE.append(FormerPaper(holding=one.holding.id, start=start, end=start + size))
    tell(
        file=printable(one.document.path.name),
        path=str(one.document.path),
        kind=paper.get("kind", ""),
        pages=paper.get("pages") or [1, len(one.document.capture.source.pages)],
        number=paper.get("number", 1),
        within=": " in paper.get("file", ""),
        size=size,
        holding=one.holding.id,
        title=shown_field(one.holding, "title"),
        new=one.new,
        papers=paper.get("of", 1),
        copies=[[other, share] for other, share in one.copies],
    )


def heard(outcome: StageOutcome) -> None:
    """Tell of a document that can't be read."""
    if isinstance(outcome, WorkFault):
        tell(fault=str(outcome), file=printable(outcome.item.path.name))


def main(arguments: list[str]) -> int:
    """Read the files."""
    folder, mended, *files = arguments
    told = MendedFile.model_validate_json(mended) if mended else None
    stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    limits = Limits()
    with Archive.open(folder, create=False) as kept, EnginePool(limits, None) as pool:
        stage = Ingest(
            kept=kept,
            restorer=Restorer.load(),
            settings=Settings(),
            limits=limits,
            engine="typed",
            pool=pool,
            readings=ReadingCache(kept.folder / READINGS),
            starts=tuple((one.at, one.kind) for one in told.starts) if told else (),
            on_done=done,
            on_fault=lambda fault: tell(fault=str(fault)),
            shown=shown,
        )
        found = documents_of(map(Path, files), told=lambda line: tell(left_out=line))
        items = (item_of(one) for one in found if not stopped)
        try:
            run(items, stage, Ledger(kept.folder), held=partial(holds_all, kept), told=heard)
            if told and not stopped:
                replace_former(kept, told, MADE)
        except SeptelError as why:
            tell(fault=str(why))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
