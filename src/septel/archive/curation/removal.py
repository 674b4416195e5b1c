"""Purging: the bytes, the text and every layer of a deleted document go; the log says so and stays."""

from __future__ import annotations

from datetime import datetime

from septel.archive.acts import PURGE, put_act, state_of
from septel.archive.search import forget_units
from septel.archive.store import Database, forget_cited
from septel.errors import EditConflict, NotHeld


def purge(connection: Database, holding: str, *, by: str, at: datetime, why: str) -> tuple[str, ...]:
    """Take a deleted document out for good; gives the digests of originals that nothing needs any more.

    What stays: the acts on it, and one that says what went (its title, names and digests).

    Raises:
        NotHeld: it is not here.
        EditConflict: it was not deleted before.
    """
    row = connection.execute(
        "SELECT title, name, digest FROM holding JOIN source USING (id) WHERE id = ?", [holding]
    ).fetchone()
    if row is None:
        raise NotHeld("the archive holds no such document", where=holding, remedy="See `septel list`.")
    if not state_of(connection, holding).deleted:
        raise EditConflict(
            "only what was deleted can be purged", where=holding, remedy="`septel delete` it first."
        )
    originals = connection.execute(
        "SELECT name, digest FROM original WHERE holding = ? ORDER BY ordinal", [holding]
    ).fetchall()
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", [holding]).fetchone()[0]
        for table, column in (("entry", "source"), ("review", "source"), ("contest", "holding"))
    }
    data = {
        "why": why,
        "title": row[0],
        "source": row[1],
        "digest": row[2],
        "originals": [{"name": name, "digest": digest} for name, digest in originals],
        "decisions": counts["entry"],
        "reviews": counts["review"],
    }
    number = put_act(connection, PURGE, holding, data, by=by, at=at)
    connection.execute(
        """INSERT INTO purged (holding, act) VALUES (?, ?)
           ON CONFLICT (holding) DO UPDATE SET act = excluded.act""",
        (holding, number),
    )
    forget_units(connection, holding)
    forget_cited(connection, holding)
    layers = [r[0] for r in connection.execute("SELECT source FROM layer WHERE holding = ?", [holding])]
    for table, column in (
        ("original", "holding"),
        ("layer", "holding"),
        ("content", "holding"),
        ("contest", "holding"),
        ("taught", "holding"),
        ("record", "holding"),
        ("absent", "holding"),
        ("standing_note", "holding"),
        ("entry", "source"),
        ("run", "source"),
        ("review", "source"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", [holding])
    connection.execute("DELETE FROM succession WHERE older = ?1 OR newer = ?1", [holding])
    connection.execute("DELETE FROM copy WHERE one = ?1 OR other = ?1", [holding])
    connection.execute("DELETE FROM holding WHERE id = ?", [holding])
    for source in {holding, *layers}:
        used = connection.execute(
            "SELECT 1 FROM holding WHERE id = ?1 UNION SELECT 1 FROM layer WHERE source = ?1", [source]
        ).fetchone()
        if used is None:
            connection.execute("DELETE FROM source WHERE id = ?", [source])
    return tuple(
        digest
        for digest in dict.fromkeys(digest for _, digest in originals)
        if not connection.execute("SELECT 1 FROM original WHERE digest = ?", [digest]).fetchone()
    )
