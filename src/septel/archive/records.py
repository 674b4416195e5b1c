"""The records of documents, kept as a cache: each is made again when its text or the rules have changed.

A kept record belongs to a state of its document (the number of the last entry of its edit log: a log only
grows) and to the rules that made it (a digest of the code and data that read records). What of it searches
need (persons, sides, issues) goes into the index.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from septel.archive.search import RECORD, replace_facets
from septel.archive.store import Database, pack, unpack

_READERS = ("septel.record", "septel.telegram", "septel.text")
_KINDS = (".py", ".tsv", ".json", ".txt")


@lru_cache(maxsize=1)
def rules() -> str:
    """A digest of everything that a record depends on beside the text: code and data of the rooms."""
    sha = hashlib.sha256()
    for package in _READERS:
        for name, content in sorted(_contents(files(package), package)):
            sha.update(f"{name}\0{len(content)}\0".encode())
            sha.update(content)
    return sha.hexdigest()[:16]


def _contents(folder: Traversable, path: str) -> Iterable[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _contents(one, f"{path}/{one.name}")
        elif one.name.endswith(_KINDS):
            yield f"{path}/{one.name}", one.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record as it is kept.

    Attributes:
        data: the record as JSON.
        facets: its persons, sides and issues, for searches.
    """

    data: bytes
    facets: Mapping[str, Sequence[str]]


class Records:
    """The kept records of an archive; `Archive.records` is one.

    Args:
        connection: the catalogue.
        change: a transaction.
    """

    def __init__(
        self,
        connection: Database,
        change: Callable[[], AbstractContextManager[Database]],
    ) -> None:
        self._connection, self._change = connection, change

    def key(self, holding: str) -> str:
        """What a kept record of a document must have been made from to count now."""
        (last,) = self._connection.execute(
            """SELECT max(last) FROM (SELECT max(number) AS last FROM entry WHERE source = ?1
               UNION ALL SELECT max(last) FROM run WHERE source = ?1) AS logged""",
            [holding],
        ).fetchone()
        return f"{rules()}:{last or 0}"

    def states(self) -> dict[str, tuple[str, int]]:
        """The `key` of every document that lists show, each with what persons did that its record must heed.

        Counted are reviews of the record, corrections of the heading, and undoings.
        """
        made = rules()
        rows = self._connection.execute(
            """SELECT holding.id, CASE WHEN coalesce(edits.last, 0) > coalesce(runs.last, 0)
                   THEN edits.last ELSE coalesce(runs.last, 0) END,
                   coalesce(said.count, 0) + coalesce(acts.count, 0)
               FROM holding
               LEFT JOIN (SELECT source, max(number) AS last FROM entry GROUP BY source) AS edits
                   ON edits.source = holding.id
               LEFT JOIN (SELECT source, max(last) AS last FROM run GROUP BY source) AS runs
                   ON runs.source = holding.id
               LEFT JOIN (SELECT source, count(*) AS count FROM review GROUP BY source) AS said
                   ON said.source = holding.id
               LEFT JOIN (SELECT holding, count(*) AS count FROM act WHERE what IN ('correct', 'undo')
                   GROUP BY holding) AS acts ON acts.holding = holding.id
               WHERE holding.id NOT IN (SELECT older FROM succession)
                   AND holding.id NOT IN (SELECT holding FROM absent)"""
        )
        return {str(one): (f"{made}:{last}", int(said)) for one, last, said in rows}

    def get(self, holding: str, key: str) -> bytes | None:
        """The record of a document as JSON; None where it must be made (again)."""
        row = self._connection.execute(
            "SELECT data FROM record WHERE holding = ? AND key = ?", (holding, key)
        ).fetchone()
        if row is None:
            return None
        try:
            return zlib.decompress(row[0].partition(b"\n")[2])
        except zlib.error:
            return None

    def kept(self, holding: str) -> KeptRecord | None:
        """The record of a document with its names for searches, if it was made from the text as it is now."""
        key = self.key(holding)
        data = self.get(holding, key)
        if data is None:
            return None
        row = self._connection.execute(
            "SELECT data FROM record WHERE holding = ? AND key = ?", (holding, key)
        ).fetchone()
        return KeptRecord(data=data, facets=facets_kept(row[0]))

    def put(self, made: Mapping[tuple[str, str], KeptRecord]) -> None:
        """Keep records by document and key; where the archive can only be read, nothing is kept."""
        if not made or self._connection.only_read:
            return
        with self._change() as connection:
            for (holding, key), kept in made.items():
                head = pack(dict(kept.facets)).hex().encode()
                values = (holding, key, head + b"\n" + zlib.compress(kept.data, 6))
                connection.execute(
                    """INSERT INTO record (holding, key, data) VALUES (?, ?, ?)
                       ON CONFLICT (holding) DO UPDATE SET key = excluded.key, data = excluded.data""",
                    values,
                )
                row = connection.execute("SELECT n FROM indexed WHERE holding = ?", [holding]).fetchone()
                if row is not None:
                    put_record_facets(connection, row[0], kept.facets)


def facets_kept(data: bytes) -> Mapping[str, Sequence[str]]:
    """The persons, sides and issues of a kept record."""
    found: Mapping[str, Sequence[str]] = unpack(bytes.fromhex(data.partition(b"\n")[0].decode()))
    return found


def put_record_facets(connection: Database, n: int, facets: Mapping[str, Sequence[str]]) -> None:
    """Let searches know what the record of a document has."""
    connection.execute(f"UPDATE indexed SET read = read | {RECORD} WHERE n = ?", [n])
    known = connection.execute(
        """SELECT value.value FROM facet JOIN value ON value.id = facet.value
           WHERE facet.n = ? AND value.field = 'person'""",
        [n],
    ).fetchall()
    persons = [*(row[0] for row in known), *facets.get("person", ())]
    told = {field: facets.get(field, ()) for field in ("side", "issue")}
    replace_facets(connection, n, {**told, "person": persons})
