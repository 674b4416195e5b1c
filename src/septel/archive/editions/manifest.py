"""What an edition was made from: each paper's stamp, ruling and copy. It stands beside the edition."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BUSY_SECONDS = 600.0
"""So long one run waits for another that brings the same edition up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """What became of a paper.

    Attributes:
        holding: its id in the archive.
        stamp: of the paper and the rules when it was looked at.
        outcome: `whole`, `in part` or `withheld`.
        withheld: the stretches that are withheld, written down.
        until: the first day on which the ruling may be another one by itself.
        copy: its id in the edition; None where it is withheld.
        images: whether its files are given.
        reason: of the ruling, with the rule's name.
    """

    holding: str
    stamp: str
    outcome: str
    withheld: str = ""
    until: str | None = None
    copy: str | None = None
    images: bool = False
    reason: str = ""


_COLUMNS = ("holding", "stamp", "outcome", "withheld", "until", "copy", "images", "reason")


class Manifest:
    """The manifest of one edition, open while it is brought up to date.

    Args:
        file: where it stands.
        wait: seconds to wait for another run that has it.
    """

    def __init__(self, file: Path, wait: float = BUSY_SECONDS) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file, timeout=wait, isolation_level=None, check_same_thread=False)
        self._connection.execute(
            """CREATE TABLE IF NOT EXISTS paper (
                holding TEXT PRIMARY KEY, stamp TEXT NOT NULL, outcome TEXT NOT NULL, withheld TEXT NOT NULL,
                until TEXT, copy TEXT, images INTEGER NOT NULL, reason TEXT NOT NULL)"""
        )
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS made (one INTEGER PRIMARY KEY, form TEXT NOT NULL)"
        )

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The manifest for this run alone; what is written is kept at the end, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def form(self) -> str:
        """By which form of copies and index the edition was made."""
        row = self._connection.execute("SELECT form FROM made").fetchone()
        return str(row[0]) if row else ""

    def rows(self) -> dict[str, ManifestRow]:
        """What became of each paper, by its id."""
        found = self._connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM paper")
        rows = (dict(zip(_COLUMNS, row, strict=True)) for row in found)
        return {row["holding"]: ManifestRow(**(row | {"images": bool(row["images"])})) for row in rows}

    def of_copy(self, copy: str) -> ManifestRow | None:
        """What became of the paper of which something is a copy."""
        row = self._connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM paper WHERE copy = ?", [copy]
        ).fetchone()
        if row is None:
            return None
        values = dict(zip(_COLUMNS, row, strict=True))
        return ManifestRow(**(values | {"images": bool(values["images"])}))

    def begin_anew(self, form: str) -> None:
        """Forget everything."""
        self._connection.execute("DELETE FROM paper")
        self._connection.execute("INSERT OR REPLACE INTO made VALUES (1, ?)", [form])

    def put(self, rows: Iterable[ManifestRow]) -> None:
        """Write down what became of papers."""
        marks = ", ".join("?" * len(_COLUMNS))
        self._connection.executemany(
            f"INSERT OR REPLACE INTO paper VALUES ({marks})",
            [tuple(getattr(row, name) for name in _COLUMNS) for row in rows],
        )

    def remove(self, holdings: Iterable[str]) -> None:
        """Forget papers that are no longer there."""
        self._connection.executemany("DELETE FROM paper WHERE holding = ?", [(one,) for one in holdings])
