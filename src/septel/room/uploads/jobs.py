"""Jobs of reading: one runs at a time, the others wait; each can be cancelled and taken up again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread

from septel.archive.store import ArchivePlace

MOST_KEPT = 40
"""Jobs that are remembered."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(slots=True, kw_only=True)
class Job:
    """Files to be read.

    Attributes:
        number: from one.
        by: who brought them in.
        files: where they were put.
        share: how far the document at hand is.
        now: its name.
        papers: what is in the archive now.
        faults: what could not be read, and why.
    """

    number: int
    by: str
    files: Sequence[Path]
    at: datetime
    state: JobState = JobState.WAITING
    share: float = 0.0
    now: str = ""
    papers: list[Mapping[str, object]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)

    def hear(self, row: Mapping[str, object]) -> None:
        """Take in what the worker says."""
        if "share" in row:
            self.now, self.share = str(row["file"]), float(str(row["share"]))
        elif "holding" in row:
            self.papers.append(row)
        elif "fault" in row:
            name = f"{row['file']}: " if row.get("file") and str(row["file"]) not in str(row["fault"]) else ""
            self.faults.append(f"{name}{row['fault']}")
        elif "left_out" in row:
            self.faults.append(f"left out: {row['left_out']}")


class Jobs:
    """The jobs of a room."""

    def __init__(self, archive: ArchivePlace) -> None:
        self._archive = archive
        self._lock = Lock()
        self._jobs: list[Job] = []
        self._process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None

    def all(self) -> list[Job]:
        """The jobs, the newest first."""
        with self._lock:
            return self._jobs[::-1]

    def add(self, files: Sequence[Path], *, by: str) -> Job:
        """Queue files; they are read when the jobs before them have ended."""
        with self._lock:
            number = self._jobs[-1].number + 1 if self._jobs else 1
            job = Job(number=number, by=by, files=files, at=datetime.now(UTC))
            self._jobs = [*self._jobs, job][-MOST_KEPT:]
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
        return job

    def cancel(self, number: int) -> None:
        """End a job after the document at hand; what was finished is kept."""
        with self._lock:
            for job in self._jobs:
                if job.number == number and not job.ended:
                    running = job.state is JobState.RUNNING
                    job.state = JobState.CANCELLED
                    if running and self._process is not None:
                        self._process.terminate()

    def resume(self, number: int, *, by: str) -> Job | None:
        """Take up a job that was cancelled or failed."""
        job = next((one for one in self.all() if one.number == number and one.ended), None)
        return self.add(job.files, by=by) if job else None

    def _next(self) -> Job | None:
        with self._lock:
            job = next((one for one in self._jobs if one.state is JobState.WAITING), None)
            if job is None:
                self._thread = None
                return None
            job.state = JobState.RUNNING
            command = [sys.executable, "-m", "septel.room.uploads.worker", str(self._archive)]
            self._process = subprocess.Popen(
                [*command, *map(str, job.files)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            process = self._process
            assert process is not None
            assert process.stdout is not None
            assert process.stderr is not None
            said: list[str] = []
            aside = Thread(target=lambda p=process, s=said: s.extend(p.stderr or ()), daemon=True)
            aside.start()
            for line in process.stdout:
                try:
                    job.hear(json.loads(line))
                except ValueError:
                    continue
            code = process.wait()
            aside.join()
            process.stdout.close()
            process.stderr.close()
            if job.state is JobState.RUNNING:
                job.state = JobState.DONE if code == 0 else JobState.FAILED
                if code and not job.faults:
                    job.faults.append(said[-1].strip() if said else f"the reader ended with code {code}")
