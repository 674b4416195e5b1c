"""For whom a verb serves an archive: its owner, or a reader who may see less."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.audit import EXPORTED
from septel.errors import StoreError, UsageError


def reader_option(command: click.decorators.FC) -> click.decorators.FC:
    """The `--for` of every verb that shows or writes what an archive holds."""
    return click.option(
        "--for",
        "reader",
        metavar="READER",
        help="As this reader or role (public) may see it; all that is held unless given.",
    )(command)


@contextmanager
def served(archive: Path, reader: str | None) -> Iterator[Archive]:
    """The archive as a reader sees it; as it is, where none is named.

    Raises:
        NotHeld: there is no archive, or no such reader.
    """
    if reader is None:
        with Archive.open(archive, create=False) as kept:
            yield kept
        return
    # What makes copies free of what is withheld has to parse; who serves the owner need not wait for that.
    from septel.archive.editions import opened_for

    with opened_for(archive, reader) as edition:
        yield edition


def not_for_readers(reader: str | None, what: str) -> None:
    """See that something that changes the archive is not asked for a reader.

    Raises:
        UsageError: it is.
    """
    if reader is not None:
        raise UsageError(f"{what} is nothing for a reader", remedy="Leave --for out.")


def note_export(
    kept: Archive, form: str, holdings: Sequence[str], *, reader: str | None, to: Path | None = None
) -> None:
    """Enter an export in the audit trail; where the archive can't be written, say that it was not entered."""
    try:
        kept.audit.record(
            EXPORTED,
            by=getpass.getuser(),
            holding=holdings[0] if len(holdings) == 1 else None,
            form=form,
            holdings=list(holdings),
            reader=reader,
            to=str(to) if to else None,
        )
    except StoreError as why:
        click.echo(f"septel: the export is not in the audit trail ({why.what}).", err=True)


def renew_editions(kept: Archive) -> None:
    """Bring what readers are given up to date at once, where any of it is on the disk."""
    if (kept.folder / "editions").is_dir():
        from septel.archive.editions import Editions

        with Editions(kept) as editions:
            editions.renew()
