"""Writing what is exported: each file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from septel.errors import SeptelError, cannot_write, ends_the_run, printable

LONGEST = 240
"""How many bytes the name of a file may have, so that every file system takes it and its temporary twin."""


def fitting(stem: str, rest: str) -> str:
    """A file's name of a stem and what must stay of it (id and ending), cut to what file systems take."""
    room = LONGEST - len(rest.encode())
    plain = printable(stem).replace("/", "_")
    return plain.encode()[:room].decode(errors="ignore") + rest


def write_whole(folder: Path, name: str, content: bytes | Iterable[bytes]) -> Path:
    """Write a file into a folder, made if need be, and give its path.

    Raises:
        SeptelError: the folder can't be made or written.
    """
    target = folder / name
    temporary = folder / f"{name}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as out:
            out.writelines([content] if isinstance(content, bytes) else content)
        temporary.replace(target)
    except FileExistsError as why:
        raise SeptelError("there is a file of that name", where=str(folder), remedy="Name a folder.") from why
    except OSError as why:
        if ends_the_run(why):
            raise
        raise cannot_write(folder, why) from why
    return target
