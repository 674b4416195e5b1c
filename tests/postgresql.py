"""A PostgreSQL server for the tests: of the distribution's package, in a temporary folder, on a socket."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "autovacuum_naptime=10s",
    "max_connections=40",
)


def programs() -> Path | None:
    """Where the newest server's programs are; None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


class Server:
    """A server that runs; `start` and `stop` let it go away and come back."""

    def __init__(self, folder: Path, bin_: Path) -> None:
        self.folder, self._bin = folder, bin_
        self._process: subprocess.Popen[bytes] | None = None
        # A server never runs as the superuser.
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = next(u for u in ("postgres", "nobody") if _known(u))
            entry = pwd.getpwnam(user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            self._as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        folder.chmod(0o755)
        made = [bin_ / "initdb", "-D", folder / "data", "-U", "septel", "-A", "trust", "-E", "UTF8"]
        self._run(*made, "--locale=C", "--no-sync", "--no-instructions")

    def _run(self, *words: object) -> None:
        subprocess.run(
            [str(word) for word in words], check=True, cwd=self.folder, capture_output=True, **self._as
        )

    def start(self) -> None:
        """Let it run, and wait until it answers."""
        words = [str(self._bin / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        for setting in SETTINGS:
            words += ["-c", setting]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(words, cwd=self.folder, stdout=log, stderr=log, **self._as)
        ready = [str(self._bin / "pg_isready"), "-q", "-h", str(self.folder)]
        for _ in range(200):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise TimeoutError("PostgreSQL did not start")

    def stop(self, *, at_once: bool = True) -> None:
        """Stop it; at once, as by a power cut."""
        if self._process is None:
            return
        mode = "immediate" if at_once else "fast"
        self._run(self._bin / "pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "stop")
        self._process.wait(30)
        self._process = None

    def address(self, schema: str) -> str:
        """The address of an archive in this server."""
        return f"postgresql://septel@/postgres?host={self.folder}&schema={schema}"


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@contextmanager
def server_or_skip() -> Iterator[Server]:
    """A server, where the packages for one are there; the test is skipped with a word elsewhere."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (pip install 'septel[postgresql]')")
    with server() as running:
        yield running


@contextmanager
def server() -> Iterator[Server]:
    """A server in a folder of its own, which goes with it."""
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="septel-pg-"))
    made = Server(folder, found)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)
