"""Documents that lie elsewhere: listed there as in a folder of this machine, fetched when they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from septel.capture import IMAGES, MARKED, natural
from septel.errors import VanishedInput
from septel.papers import why_left_out
from septel.pipeline.batch import Policy, WorkItem
from septel.places import file_system, reached, scheme_of
from septel.text import digest_of


def remote_items(
    place: str, *, sidecars: bool = False, told: Callable[[str], None] = lambda _: None
) -> Iterator[WorkItem]:
    """The documents at a place: a folder of nothing but pages is one, any other folder many.

    The rules are those of `septel.papers.documents`; there are no links there.

    Args:
        place: the address of a file or folder.
        sidecars: whether files that stand beside documents are documents too.
        told: hears in one line of each thing that is left out.

    Raises:
        InputError: there is nothing there, or it may not be read.
        StoreAway: the place can't be reached.
    """
    scheme, system = scheme_of(place), file_system(place)
    with reached(place, storing=False):
        found = system.info(place)
    if found["type"] != "directory":
        yield _item(scheme, str(found["name"]), [found])
        return
    yield from _within(scheme, system, str(found["name"]), sidecars=sidecars, told=told)


def _within(
    scheme: str, system: Any, folder: str, *, sidecars: bool, told: Callable[[str], None]
) -> Iterator[WorkItem]:
    def listing() -> list[Any]:
        with reached(scheme + folder, storing=False):
            return list(system.ls(folder, detail=True))

    listed = Policy().patiently(listing)
    named = sorted(
        ((PurePosixPath(str(one["name"])).name, one) for one in listed),
        key=lambda pair: natural(Path(pair[0])),
    )
    files, folders = [], []
    for name, one in named:
        if name.startswith(".") or str(one["name"]).rstrip("/") == folder.rstrip("/"):
            continue
        if one["type"] == "directory":
            folders.append(str(one["name"]))
        elif why := why_left_out(name, sidecars=sidecars):
            told(f"{scheme}{one['name']} is no document ({why})")
        else:
            files.append(one)
    if files and all(PurePosixPath(str(f["name"])).suffix.lower() in (*IMAGES, *MARKED) for f in files):
        yield _item(scheme, folder.rstrip("/"), files)
    else:
        for one in files:
            yield _item(scheme, str(one["name"]), [one])
    for inner in folders:
        yield from _within(scheme, system, inner, sidecars=sidecars, told=told)


def _item(scheme: str, name: str, files: list[Any]) -> WorkItem:
    """An item of work; its key changes with the names, sizes, times and tags of its files."""
    signs = [
        "\0".join(str(one.get(key) or "") for key in ("name", "size", "ETag", "LastModified", "mtime"))
        for one in files
    ]
    key = digest_of(*(sign.encode(errors="surrogateescape") for sign in signs))
    return WorkItem(path=Path(name), key=key, address=scheme + name)


@contextmanager
def fetched(item: WorkItem, *, policy: Policy | None = None) -> Iterator[Path]:
    """Where the files of an item are on this machine, while the context lasts.

    Args:
        item: it need not lie elsewhere.
        policy: how long to wait for a place that is away; the usual one unless given.

    Raises:
        VanishedInput: they are no longer where they were listed.
        StoreAway: the place can't be reached.
    """
    if not item.address:
        yield item.path
        return
    system = file_system(item.address)
    with tempfile.TemporaryDirectory(prefix="septel-") as folder:
        target = Path(folder) / item.path.name
        (policy or Policy()).patiently(partial(_fetch, item, system, target))
        yield target


def _fetch(item: WorkItem, system: Any, target: Path) -> None:
    with reached(item.address, storing=False):
        try:
            if system.isdir(item.address):
                target.mkdir(exist_ok=True)
                for one in system.ls(item.address, detail=True):
                    name = PurePosixPath(str(one["name"])).name
                    if one["type"] != "directory" and name:
                        system.get_file(str(one["name"]), str(target / name))
            else:
                system.get_file(item.address, str(target))
        except FileNotFoundError as why:
            raise VanishedInput(
                "the file went away while it was read", where=item.address, remedy="Run again."
            ) from why
