"""Copies and re-scans: documents of one archive that seem to be the same message."""

from __future__ import annotations

from collections.abc import Collection

from septel.archive.store import Database

LEAST_SHARE = 0.5
"""So much of the words (four letters and more) of the smaller text must be in the other."""
_LEAST_WORDS = 12
_FEW = 500
"""Of so many documents only their own copies are looked at."""


def note_copies(connection: Database, holding: str) -> None:
    """Look for copies of a document among those with its number, and note them.

    They are of one year, where both years are known: of two days one may have been misread.
    """
    rows = connection.execute(
        """SELECT DISTINCT other.holding FROM indexed AS own
           JOIN facet ON facet.n = own.n JOIN value ON value.id = facet.value AND value.field = 'number'
           JOIN facet AS same ON same.value = facet.value AND same.n <> own.n
           JOIN indexed AS other ON other.n = same.n
           WHERE own.holding = ? AND (own.first = '' OR other.first = ''
               OR substr(own.first, 1, 4) = substr(other.first, 1, 4))""",
        [holding],
    ).fetchall()
    if not rows:
        return
    words = _words(connection, holding)
    for (other,) in rows:
        share = _share(words, _words(connection, other))
        if share is not None and share >= LEAST_SHARE:
            one, two = sorted((holding, other))
            connection.execute(
                """INSERT INTO copy (one, other, share) VALUES (?, ?, ?)
                   ON CONFLICT (one, other) DO UPDATE SET share = excluded.share""",
                (one, two, round(share, 3)),
            )


def copies_of(connection: Database, holding: str) -> tuple[tuple[str, float], ...]:
    """The copies of a document that are shown, the likest first."""
    rows = connection.execute(
        """SELECT CASE one WHEN ?1 THEN other ELSE one END AS found, share FROM copy
           WHERE (one = ?1 OR other = ?1) ORDER BY share DESC, found""",
        [holding],
    ).fetchall()
    shown = {row[0] for row in connection.execute("SELECT holding FROM indexed")} if rows else set()
    return tuple((str(found), float(share)) for found, share in rows if found in shown)


def copied(connection: Database, among: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Which of these documents are one message: copies with the same post, number and, where told, year."""
    few = sorted(among) if len(among) <= _FEW else []
    only = f"AND copy.one IN ({', '.join('?' * len(few))})" if few else ""
    pairs = connection.execute(
        f"""SELECT copy.one, copy.other FROM copy
           JOIN holding AS a ON a.id = copy.one JOIN holding AS b ON b.id = copy.other
           WHERE a.identifier = b.identifier
               AND (substr(coalesce(a.dtg, '-'), 1, 1) = '-' OR substr(coalesce(b.dtg, '-'), 1, 1) = '-'
                   OR substr(a.dtg, 1, 4) = substr(b.dtg, 1, 4)) {only}
           ORDER BY copy.one, copy.other""",
        few,
    ).fetchall()
    wanted, groups = set(among), dict[str, set[str]]()
    for one, other in pairs:
        if one in wanted and other in wanted:
            joined = groups.get(one, {one}) | groups.get(other, {other})
            groups |= dict.fromkeys(joined, joined)
    return tuple(sorted({tuple(sorted(group)) for group in groups.values()}))


def _words(connection: Database, holding: str) -> set[str]:
    (text,) = connection.execute("SELECT text FROM source WHERE id = ?", [holding]).fetchone()
    return {word for word in text.upper().split() if len(word) >= 4 and word.isalpha()}


def _share(one: set[str], other: set[str]) -> float | None:
    least = min(len(one), len(other))
    return len(one & other) / least if least >= _LEAST_WORDS else None
