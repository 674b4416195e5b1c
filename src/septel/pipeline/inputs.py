"""What is one document among the files that are given, and of which originals it consists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from septel import capture
from septel.errors import InputError
from septel.pipeline.batch import WorkItem


def documents(path: Path) -> Iterator[Path]:
    """The documents behind an argument: a folder of nothing but pages is one, any other folder many.

    Pages are images, files with a layout (hOCR, ALTO, PAGE XML), or both beside each other. Folders are read
    one after the other: only the names of those that are open are held.

    Raises:
        InputError: a folder can't be opened, or is an archive.
    """
    if str(path) == "-" or not path.is_dir():
        yield path
        return
    if is_archive(path):
        raise InputError(
            "the folder is an archive of Septel's, not papers",
            where=str(path),
            remedy="Name it with --archive; `septel show` lists what it holds.",
        )
    try:
        inside = sorted((p for p in path.iterdir() if not p.name.startswith(".")), key=capture.natural)
    except OSError as why:
        raise InputError(f"the folder can't be opened ({why.strerror})", where=str(path)) from why
    files = [p for p in inside if p.is_file()]
    folders = [p for p in inside if p.is_dir() and not is_archive(p)]
    if files and all(p.suffix.lower() in (*capture.IMAGES, *capture.MARKED) for p in files):
        yield path
    else:
        yield from files
    for folder in folders:
        yield from documents(folder)


def documents_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents behind several arguments; see `documents`."""
    for path in paths:
        yield from documents(path)


def is_archive(folder: Path) -> bool:
    """Whether a folder is an archive: what it holds has been read."""
    return (folder / "catalogue.sqlite").exists()


def originals_of(path: Path) -> tuple[Path, ...]:
    """The files that the archive keeps of a document; what came by standard input has none."""
    if str(path) == "-":
        return ()
    if not path.is_dir():
        return (path,)
    pages = capture.page_files(path)
    names = {page.stem for page in pages}
    layers = (file for name, file in capture.beside(path).items() if name in names and file not in pages)
    return (*pages, *sorted(layers, key=capture.natural))


def item_of(path: Path) -> WorkItem:
    """A document as an item of work; one that went away is left for the stage to complain of."""
    try:
        return WorkItem.of(path, originals_of(path))
    except OSError:
        return WorkItem(path=path, key="")
