"""Jobs of reading: one runs at a time, the others wait; each can be cancelled and taken up again.

They are written down whenever something became of them, so that a room that is opened again knows them; one
that ran when the room was closed is taken up like one that was cancelled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from septel.archive.store import ArchivePlace
from septel.room.uploads.division import MendedFile

MOST_KEPT = 40
"""Jobs that are remembered."""
FOLDER, FILE = "uploads", "jobs.json"
"""In the archive's folder: what was brought in, a folder for each job, and the list of jobs."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The room was closed while it ran or waited."""


@dataclass(slots=True, kw_only=True)
class Job:
    """Files to be read.

    Attributes:
        number: from one.
        by: who brought them in.
        files: where they were put.
        mended: how a person takes the file apart; None where its signs tell.
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
    mended: MendedFile | None = None
    share: float = 0.0
    now: str = ""
    papers: list[Mapping[str, object]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)

    def hear(self, row: Mapping[str, object]) -> bool:
        """Take in what the worker says; whether it is worth writing down."""
        if "share" in row:
            self.now, self.share = str(row["file"]), float(str(row["share"]))
            return False
        if "holding" in row:
            self.papers = [one for one in self.papers if one["holding"] != row["holding"]]
            self.papers.append(row)
        elif "fault" in row:
            name = f"{row['file']}: " if row.get("file") and str(row["file"]) not in str(row["fault"]) else ""
            self.faults.append(f"{name}{row['fault']}")
        elif "left_out" in row:
            self.faults.append(f"left out: {row['left_out']}")
        return True

    def documents(self) -> list[tuple[str, list[Mapping[str, object]]]]:
        """The files that papers were made of, each with its papers."""
        found: dict[str, list[Mapping[str, object]]] = {}
        for one in self.papers:
            found.setdefault(str(one["file"]), []).append(one)
        return list(found.items())

    def to_json(self) -> dict[str, Any]:
        """For the list of jobs."""
        return {
            "number": self.number,
            "by": self.by,
            "files": [str(one) for one in self.files],
            "at": self.at.isoformat(),
            "state": self.state.value,
            "mended": self.mended.model_dump(mode="json") if self.mended else None,
            "papers": [dict(one) for one in self.papers],
            "faults": self.faults,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Job:
        """Read back what `to_json` wrote; what ran or waited then was interrupted."""
        state = JobState(data["state"])
        running = state in (JobState.WAITING, JobState.RUNNING)
        return cls(
            number=int(data["number"]),
            by=str(data["by"]),
            files=[Path(one) for one in data["files"]],
            at=datetime.fromisoformat(data["at"]),
            state=JobState.INTERRUPTED if running else state,
            mended=MendedFile.model_validate(data["mended"]) if data.get("mended") else None,
            papers=list(data["papers"]),
            faults=[str(one) for one in data["faults"]],
        )


class Jobs:
    """The jobs of a room.

    Args:
        archive: where files are read into.
        folder: the archive's own on this machine, where the list is kept.
    """

    def __init__(self, archive: ArchivePlace, folder: Path) -> None:
        self._archive, self._folder = archive, folder
        self._lock = Lock()
        self._jobs: list[Job] = _kept(folder / FOLDER / FILE)
        self._process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None

    def all(self) -> list[Job]:
        """The jobs, the newest first."""
        with self._lock:
            return self._jobs[::-1]

    def job(self, number: int) -> Job | None:
        """A job by its number."""
        return next((one for one in self.all() if one.number == number), None)

    def add(self, files: Sequence[Path], *, by: str, mended: MendedFile | None = None) -> Job:
        """Queue files; they are read when the jobs before them have ended."""
        with self._lock:
            number = self._jobs[-1].number + 1 if self._jobs else 1
            job = Job(number=number, by=by, files=files, at=datetime.now(UTC), mended=mended)
            self._jobs = [*self._jobs, job][-MOST_KEPT:]
            self._write()
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
                    self._write()
                    if running and self._process is not None:
                        self._process.terminate()

    def resume(self, number: int, *, by: str) -> Job | None:
        """Take up a job that was cancelled, interrupted or failed."""
        job = next((one for one in self.all() if one.number == number and one.ended), None)
        return self.add(job.files, by=by, mended=job.mended) if job else None

    def _write(self) -> None:
        """Write the list down, whole or not at all; whoever calls holds the lock."""
        folder = self._folder / FOLDER
        folder.mkdir(exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump([one.to_json() for one in self._jobs], out, ensure_ascii=False)
        Path(name).replace(folder / FILE)

    def _next(self) -> Job | None:
        with self._lock:
            job = next((one for one in self._jobs if one.state is JobState.WAITING), None)
            if job is None:
                self._thread = None
                return None
            job.state = JobState.RUNNING
            self._write()
            mended = job.mended.model_dump_json() if job.mended else ""
            command = [sys.executable, "-m", "septel.room.uploads.worker", str(self._archive), mended]
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
                    row = json.loads(line)
                except ValueError:
                    continue
                with self._lock:
                    if job.hear(row):
                        self._write()
            code = process.wait()
            aside.join()
            process.stdout.close()
            process.stderr.close()
            with self._lock:
                if job.state is JobState.RUNNING:
                    job.state = JobState.DONE if code == 0 else JobState.FAILED
                    if code and not job.faults:
                        job.faults.append(said[-1].strip() if said else f"the reader ended with code {code}")
                self._write()


def _kept(file: Path) -> list[Job]:
    """The jobs that were written down; none where the list can't be read."""
    try:
        return [Job.from_json(one) for one in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return []
