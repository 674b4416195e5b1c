"""The ledger: one line of JSON for each outcome, written when it is known and never changed.

    {"stage": "5d1c…", "item": "9f3a…", "path": "scans/1321.pdf", "at": "2026-…", "done": "7a1d58e3783f"}
    {"stage": "5d1c…", "item": "11b0…", "path": "scans/1322.pdf", "at": "2026-…", "fault": "…", …}

The last line about an item counts. A line that can't be read (the power failed while it was written) counts
for nothing: its item is done again, which is always safe.
"""

from __future__ import annotations

import errno
import json
import os
import time
from datetime import datetime
from pathlib import Path

from septel.errors import StoreError, StoreFull
from septel.pipeline.batch.outcomes import Done, Outcome, WorkItem

FILE = "ledger.jsonl"
SYNC_SECONDS = 1.0
"""So often at most the ledger waits for the disk."""


class Ledger:
    """Every outcome of every run over an archive.

    Args:
        folder: the archive's folder.

    Raises:
        StoreError: the ledger can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._done: dict[tuple[str, str], str] | None = None
        self._synced = 0.0
        try:
            self._torn = self._ends_torn()
        except OSError as why:
            raise self._closed(why) from why

    def _ends_torn(self) -> bool:
        if not self.file.exists():
            return False
        with self.file.open("rb") as opened:
            if not opened.seek(0, os.SEEK_END):
                return False
            opened.seek(-1, os.SEEK_END)
            return opened.read(1) != b"\n"

    def _known(self) -> dict[tuple[str, str], str]:
        """What was done, read when it is first asked for: only a run that resumes asks."""
        if self._done is None:
            self._done = {}
            try:
                if self.file.exists():
                    with self.file.open("rb") as opened:
                        for line in opened:
                            self._learn(line)
            except OSError as why:
                raise self._closed(why) from why
        return self._done

    def _learn(self, line: bytes) -> None:
        if self._done is None:
            return
        try:
            data = json.loads(line)
            place = str(data["stage"]), str(data["item"])
        except (ValueError, KeyError, TypeError):
            return
        if "done" in data:
            self._done[place] = str(data["done"])
        else:
            self._done.pop(place, None)

    def result(self, stage: str, item: WorkItem) -> str | None:
        """What came of an item when this very stage did it; None when it did not, or the files changed."""
        return self._known().get((stage, item.key)) if item.key else None

    def record(self, stage: str, outcome: Outcome, *, at: datetime) -> None:
        """Write an outcome down; when this returns, no end of this process can lose it.

        A power cut can lose the last second of it: those items are done again, which is always safe.

        Raises:
            StoreFull: the disk is full.
            StoreError: the ledger can't be written.
        """
        data: dict[str, object] = {
            "stage": stage,
            "item": outcome.item.key,
            "path": outcome.item.address or str(outcome.item.path),
            "at": at.isoformat(),
        }
        if isinstance(outcome, Done):
            data["done"] = outcome.result
        else:
            data |= {"fault": outcome.what, "where": outcome.where, "remedy": outcome.remedy}
            data["exit_code"] = int(outcome.exit_code)
        # Names of files may hold halves of characters; JSON's own escapes hold them too.
        line = json.dumps(data).encode() + b"\n"
        try:
            with self.file.open("ab") as out:
                out.write(b"\n" + line if self._torn else line)
                out.flush()
                if time.monotonic() - self._synced >= SYNC_SECONDS:
                    os.fsync(out.fileno())
                    self._synced = time.monotonic()
        except OSError as why:
            raise self._closed(why) from why
        self._torn = False
        self._learn(line)

    def _closed(self, why: OSError) -> StoreError:
        where = str(self.file)
        if why.errno in (errno.ENOSPC, errno.EDQUOT):
            return StoreFull("the disk is full", where=where, remedy="Free some space and run again.")
        remedy = "Check the permissions of the archive's folder."
        return StoreError(f"the ledger can't be used ({why.strerror})", where=where, remedy=remedy)
