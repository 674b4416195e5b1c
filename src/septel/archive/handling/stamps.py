"""What tells whether anything of a paper changed: cheap to ask for, so that editions are never behind."""

from __future__ import annotations

from collections import defaultdict

from septel.archive.store import Database


def paper_stamps(connection: Database) -> dict[str, str]:
    """Each paper that is listed, with a stamp that is another one once anything of it was written.

    The number in the index changes with every indexing, which follows each change of text, tree or acts; the
    last numbers of the logs say the rest. Acts on an earlier capture count for the newer one.
    """
    lasts: dict[str, list[str]] = defaultdict(lambda: [""] * 4)
    for place, query in enumerate(
        (
            "SELECT source, max(number) FROM entry GROUP BY source",
            "SELECT source, max(last) FROM run GROUP BY source",
            """SELECT holding, CAST(max(number) AS TEXT) || max(at) FROM act
                WHERE holding IS NOT NULL GROUP BY holding""",
            "SELECT source, max(number) FROM review GROUP BY source",
        )
    ):
        for one, last in connection.execute(query):
            lasts[one][place] = str(last)
    for older, newer in connection.execute("SELECT older, newer FROM succession ORDER BY at").fetchall():
        if older in lasts:
            lasts[newer][2] += f"+{lasts[older][2]}"
    return {
        one: ".".join((str(n), *lasts[one]))
        for one, n in connection.execute("SELECT holding, n FROM indexed").fetchall()
    }


def archive_stamp(connection: Database) -> str:
    """A stamp that is another one once any stamp of a paper is, or the rules are."""
    row = connection.execute(
        """SELECT (SELECT next FROM counter WHERE name = 'indexed'),
               (SELECT next FROM counter WHERE name = 'unit'),
               (SELECT max(number) FROM act), (SELECT max(number) FROM rules),
               (SELECT count(*) FROM review), (SELECT count(*) FROM succession),
               (SELECT count(*) FROM indexed)"""
    ).fetchone()
    return ".".join("" if one is None else str(one) for one in row)
