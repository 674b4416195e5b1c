"""The documents among the files that are given, and of which originals each consists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from septel import capture
from septel.papers import documents
from septel.pipeline.batch import WorkItem


def documents_of(paths: Iterable[Path], *, told: Callable[[str], None] = lambda _: None) -> Iterator[Path]:
    """The documents behind several arguments, each once; see `septel.papers.documents`.

    Args:
        paths: files, folders, or `-`.
        told: hears in one line of each thing that is left out.

    Raises:
        InputError: a folder can't be opened, or is an archive.
    """
    seen: set[str] = set()
    for path in paths:
        yield from documents(path, told=told, seen=seen)


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
