"""Which files of a folder are documents: folders have clutter, links, and names of any bytes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from septel.capture import IMAGES, MARKED, natural
from septel.errors import InputError, printable

SIDECARS = frozenset(
    {
        ".json", ".jsonl", ".tsv", ".csv", ".md", ".ini", ".db", ".log", ".yml", ".yaml", ".toml", ".xmp",
        ".md5", ".sha1", ".sha256", ".sha512", ".lnk", ".url", ".bak", ".tmp", ".part", ".crdownload",
        ".css", ".js", ".sqlite", ".bib", ".ris", ".xsl", ".xslt", ".xsd", ".dtd", ".py", ".sh",
    }
)  # fmt: skip
"""Endings of files that stand beside documents and are none, unless they are named."""
CLUTTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "folder.jpg", "albumart.jpg"})
"""Names, in small letters, of what systems leave in folders."""

Told = Callable[[str], None]


def documents(
    path: Path, *, sidecars: bool = False, told: Told = lambda _: None, seen: set[str] | None = None
) -> Iterator[Path]:
    """The documents behind an argument: a folder of nothing but pages is one, any other folder many.

    Pages are images, files with a layout (hOCR, ALTO, PAGE XML), or both beside each other. Each real file
    and folder comes once, however many links lead to it.

    Args:
        path: a file, a folder, or `-`.
        sidecars: whether files that stand beside documents are documents too.
        told: hears in one line of each thing that is left out.
        seen: the real places that were given already.

    Raises:
        InputError: the folder itself can't be opened, or is an archive.
    """
    if str(path) == "-" or not path.is_dir():
        yield path
        return
    seen = set() if seen is None else seen
    if (inside := archive_of(path)) is not None:
        raise InputError(
            "the folder is an archive of Septel's, not papers",
            where=str(path),
            remedy=f"`septel show --archive {printable(str(inside))}` lists what it holds.",
        )
    real = os.path.realpath(path)
    if real in seen:
        told(f"{_shown(path)} is a link to a folder that is read already")
        return
    seen.add(real)
    try:
        found = sorted((p for p in path.iterdir() if not p.name.startswith(".")), key=natural)
    except OSError as why:
        raise InputError(
            f"the folder can't be opened ({why.strerror})",
            where=_shown(path),
            remedy="Move it up." if why.errno == errno.ENAMETOOLONG else "Check its permissions.",
        ) from why
    # What is there itself goes before what a link leads to.
    found.sort(key=os.path.islink)
    files: list[Path] = []
    folders: list[Path] = []
    for one in found:
        kind = _kind(one, sidecars=sidecars)
        if kind == "file" and os.path.realpath(one) in seen:
            kind = "a link to a file that is read already"
        if kind == "file":
            seen.add(os.path.realpath(one))
            files.append(one)
        elif kind == "folder":
            folders.append(one)
        else:
            told(f"{_shown(one)} is no document ({kind})")
    if files and all(p.suffix.lower() in (*IMAGES, *MARKED) for p in files):
        yield path
    else:
        yield from files
    for folder in folders:
        if archive_of(folder) is not None:
            told(f"{_shown(folder)} is an archive of Septel's, not papers")
            continue
        try:
            yield from documents(folder, sidecars=sidecars, told=told, seen=seen)
        except InputError as fault:
            told(str(fault))


def _shown(path: Path, most: int = 240) -> str:
    """A path as it is told, without its middle where it would fill the screen."""
    name = printable(str(path))
    return name if len(name) <= most else f"{name[: most // 2]} … {name[-most // 2 :]}"


def archive_of(folder: Path) -> Path | None:
    """The archive that a folder is, or lies in; None where it is none."""
    try:
        for one in (folder, *folder.absolute().parents[:3]):
            if (one / "catalogue.sqlite").exists() and (one == folder or (one / "objects").is_dir()):
                return one
    except OSError:  # a name that is too long: what can't be looked at is none
        return None
    return None


def _kind(path: Path, *, sidecars: bool) -> str:
    """`file`, `folder`, or why it is neither."""
    try:
        if path.is_dir():
            return "folder"
        if not path.is_file():
            return "a link that leads nowhere" if path.is_symlink() else "neither file nor folder"
    except OSError as why:
        return why.strerror or "it can't be looked at"
    return why_left_out(path.name, sidecars=sidecars) or "file"


def why_left_out(name: str, *, sidecars: bool = False) -> str | None:
    """Why a file is no document, going by its name; None where it may be one."""
    if name.lower() in CLUTTER:
        return "left there by a system"
    if not sidecars and (Path(name).suffix.lower() in SIDECARS or name.endswith("~")):
        return "a sidecar; name it to read it"
    return None
