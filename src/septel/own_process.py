"""A Python process beside this one that answers over a pipe: what crashes in it takes nothing along."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection, Pipe

LONGEST_COMPLAINT = 100_000
"""Bytes of standard error that are looked at."""


class OwnProcess:
    """One process, our end of its pipe, and what it writes to standard error.

    A plain interpreter rather than multiprocessing's spawn: it does not run the caller's own main module
    again, so it works from scripts, notebooks and standard input alike. It looks for modules where the caller
    does and never in the folder that it happens to run in (-P). In a session of its own an interruption
    reaches the caller alone, who then ends it.

    Args:
        module: whose `serve` it runs, with the number of its end of the pipe.
    """

    pipe: Connection

    def __init__(self, module: str) -> None:
        self.pipe, far = Pipe()
        code = f"import sys; sys.path[:] = {sys.path!r}; from {module} import serve; serve({far.fileno()})"
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the process has ended)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            pass_fds=(far.fileno(),),
            stdin=subprocess.DEVNULL,
            stderr=self._complaints,
            start_new_session=True,
        )
        far.close()

    @property
    def pid(self) -> int:
        """The number that the system gave it."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def end(self, grace: float) -> tuple[int, str]:
        """End the process; its exit status, and the last line that it wrote to standard error.

        Args:
            grace: so many seconds it may take to end by itself, now that its pipe is closed.
        """
        self.pipe.close()
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._complaints:
            self._complaints.seek(0)
            lines = self._complaints.read(LONGEST_COMPLAINT).decode(errors="replace").split("\n")
        words = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return self._process.returncode, words
