"""Filling a folder wholly or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from septel.archive import Holding
from septel.errors import UsageError, cannot_write, ends_the_run
from septel.export.protocol import FolderExporter

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def fill(folder: Path, exporter: FolderExporter, holdings: Iterable[Holding]) -> None:
    """Let an exporter fill a folder, which appears when it is whole.

    Raises:
        UsageError: there is something in the folder already.
        SeptelError: it can't be written; or what the exporter raises.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "there is something here already, and this format fills a folder of its own",
            where=str(folder),
            remedy="Name a new folder with --to; only formats of one file a holding (text, tei) share one.",
        )
    temporary = folder.with_name(f".{folder.name}.part")
    try:
        if temporary.exists():
            shutil.rmtree(temporary)
        _make(temporary, folder)
        exporter.write_into(temporary, holdings)
        if folder.exists():
            folder.rmdir()
        temporary.rename(folder)
    except PermissionError as why:
        raise cannot_write(folder, why) from why
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def put(path: str, content: bytes) -> None:
    """Write a small file with no more calls to the system than it takes; a deposit has thousands of them."""
    # A file object asks the system three things more than writing takes.
    file = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _make(temporary: Path, folder: Path) -> None:
    try:
        temporary.mkdir(parents=True)
    except OSError as why:
        if ends_the_run(why):
            raise
        raise cannot_write(folder, why) from why
