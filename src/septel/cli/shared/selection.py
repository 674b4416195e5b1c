"""Which holdings a verb means: named one by one, by a query (`--where`), or all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

import click

from septel.archive import Archive, Holding
from septel.errors import NotHeld, UsageError

_ODD = re.compile(r"[^A-Za-z0-9]+")


def where_option(command: click.decorators.FC) -> click.decorators.FC:
    """The `--where` of every verb that takes holdings."""
    return click.option(
        "--where", metavar="QUERY", help="The holdings that a query means: 'post:\"la paz\" date:1974'."
    )(command)


def selected(
    archive: Archive,
    names: Sequence[str],
    where: str | None,
    *,
    everything: bool = False,
    by_default: bool = False,
    deleted: bool = False,
) -> list[str]:
    """The ids of the holdings that are meant, each once.

    Args:
        archive: where they are.
        names: one by one.
        where: a query.
        everything: all of them.
        by_default: take all where nothing is named.
        deleted: whether names may mean what was deleted.

    Raises:
        UsageError: nothing is named, or in two ways.
        NotHeld: a name means nothing, or no holding fits the query.
    """
    ways = bool(names) + (where is not None) + everything
    if ways > 1:
        raise UsageError("holdings are named in two ways", remedy="Name them, give --where, or say --all.")
    if ways == 0 and not by_default:
        raise UsageError(
            "no holdings are named", remedy="Name them, give --where QUERY or, where there is one, --all."
        )
    if names:
        return list(dict.fromkeys(archive.resolve(name, deleted=deleted) for name in names))
    if where is None:
        return archive.contents.ids()
    found = archive.select(where)
    if not found:
        raise NotHeld(f"no holding fits {where!r}", remedy="`septel search` shows what may fit.")
    return list(found)


def stem_of(holding: Holding) -> str:
    """A file's name that people can read, and that no other holding has: `1974-01-09-la-paz-158-4c6fb77f`."""
    date = (holding.dtg or "")[:10]
    named = holding.identifier or PurePath(holding.source.name).stem
    words = _ODD.sub("-", f"{date} {named}").strip("-").lower()[:60].strip("-")
    return f"{words or 'holding'}-{holding.id[:8]}"
