"""The catalogue row by row: sources, holdings, logs, and what follows from a log."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from septel.archive.model import Holding, account_to_json, page_to_json
from septel.archive.store.cited_rows import put_cited
from septel.archive.store.database import Database
from septel.archive.store.originals import Originals, full
from septel.archive.store.packed import (
    by_hand,
    by_line,
    edits_packed,
    entries_unpacked,
    in_runs,
    pack,
    runs_of,
    unpack,
)
from septel.errors import NotHeld, StoreAway, StoreError
from septel.text import EditLog, Entry, Source, Span, Step

HEADING = ("title", "identifier", "post", "dtg", "subject", "classification")
"""The columns of `holding` that a person may correct."""
OWN_FIELDS = ("number", "cites")
"""Fields of which each document has other values: these are not kept in its row of `indexed`."""
_A_PAGE = 4096
"""Bytes: with less free than a page of the catalogue nothing can be written."""


def source_of(connection: Database, source_id: str) -> Source:
    """A source by its id.

    Raises:
        NotHeld: it is not here.
    """
    found = sources_of(connection, [source_id])
    if not found:
        raise NotHeld("the archive holds no such source", where=source_id, remedy="See `septel show`.")
    return found[source_id]


def sources_of(connection: Database, ids: Sequence[str]) -> dict[str, Source]:
    """Those of some sources that are here."""
    marks = ", ".join("?" * len(ids))
    query = f"SELECT id, name, digest, text, pages, step FROM source WHERE id IN ({marks})"
    found: dict[str, Source] = {}
    for one, name, digest, text, pages, step in connection.execute(query, ids):
        with whole(one):
            found[one] = Source(
                name=name,
                digest=digest,
                text=text,
                pages=tuple(Span(a, b) for a, b in json.loads(pages)),
                step=Step.from_json(json.loads(step)) if step else None,
            )
    return found


def captures_of(connection: Database, source: Source) -> list[str]:
    """The other captures of a source's file that nothing has taken the place of, oldest first."""
    rows = connection.execute(
        """SELECT holding.id FROM holding JOIN source USING (id) WHERE digest = ? AND holding.id <> ?
           AND NOT EXISTS (SELECT 1 FROM succession WHERE older = holding.id) ORDER BY added, holding.id""",
        [source.digest, source.id],
    )
    return [one for (one,) in rows]


def newer_of(connection: Database, holding_id: str) -> str | None:
    """The capture that took the place of a holding, or None."""
    row = connection.execute("SELECT newer FROM succession WHERE older = ?", [holding_id]).fetchone()
    return str(row[0]) if row else None


def is_absent(connection: Database, holding_id: str) -> bool:
    """Whether a person hid or deleted a holding."""
    return bool(connection.execute("SELECT 1 FROM absent WHERE holding = ?", [holding_id]).fetchone())


def tree_of(heading: bytes, tree: bytes, text: str) -> dict[str, Any]:
    """A telegram's tree from the two packed values that hold it, and its text."""
    found: dict[str, Any] = by_line(unpack(tree, text))
    return found | {"heading": unpack(heading)} if "heading" in found else found


def put_source(connection: Database, source: Source) -> None:
    """Write a source, unless it is there."""
    step = json.dumps(source.step.to_json()) if source.step else None
    pages = json.dumps([[page.start, page.end] for page in source.pages])
    connection.execute(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (source.id, source.name, source.digest, source.text, pages, step),
    )


def put_holding(connection: Database, holding: Holding, *, first: bool = False) -> None:
    """Write a holding, or bring its rows up to date; `first` where it is known to have none."""
    connection.execute(
        """INSERT INTO holding (id, added, title, identifier, post, dtg, subject, classification, captions,
               meeting, accounts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET title = excluded.title, identifier = excluded.identifier,
           post = excluded.post, dtg = excluded.dtg, subject = excluded.subject,
           classification = excluded.classification, captions = excluded.captions,
           meeting = excluded.meeting, accounts = excluded.accounts""",
        (
            holding.id,
            holding.added.isoformat(),
            holding.title,
            holding.identifier,
            holding.post,
            holding.dtg,
            holding.subject,
            holding.classification,
            json.dumps(list(holding.captions)),
            json.dumps(holding.meeting) if holding.meeting else None,
            json.dumps([account_to_json(account) for account in holding.accounts]),
        ),
    )
    heading, tree = split_heading(dict(holding.telegram))
    geometry = [page_to_json(page, holding.source) for page in holding.pages]
    text = holding.source.text
    # All but the tree can be read without the text.
    refs = pack(list(holding.references), "")
    values = (holding.id, pack(heading, ""), pack(in_runs(tree), text), refs, pack(geometry, ""))
    connection.waiting.put(
        """INSERT INTO content (holding, heading, tree, refs, geometry) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (holding) DO UPDATE SET heading = excluded.heading, tree = excluded.tree,
           refs = excluded.refs, geometry = excluded.geometry""",
        [values],
    )
    put_cited(connection, holding.id, holding.telegram.get("heading"), holding.references, first=first)


def put_runs(
    connection: Database, source: str, text: str, entries: list[Entry], *, keep: bool = True
) -> None:
    """Write entries of a source's log: tools' in packed runs, persons' decisions one by one.

    With `keep` false the decisions are there already.
    """
    for run in runs_of(entries):
        if not by_hand(run[0]):
            data = edits_packed(run, text)
            values = (source, run[0].number, run[-1].number, data)
            connection.waiting.put("INSERT INTO run VALUES (?, ?, ?, ?)", [values])
        elif keep:
            plain = json.dumps(run[0].to_json(), ensure_ascii=False)
            connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (source, run[0].number, plain))


def log_of(connection: Database, source_id: str, text: str | None = None) -> EditLog:
    """The whole edit log of a source; with its text at hand it is not read again."""
    runs = connection.execute("SELECT first, data FROM run WHERE source = ?", [source_id]).fetchall()
    if runs and text is None:
        (text,) = connection.execute("SELECT text FROM source WHERE id = ?", [source_id]).fetchone()
    entries = connection.execute("SELECT data FROM entry WHERE source = ?", [source_id])
    return _log(source_id, [data for (data,) in entries], runs, text or "")


def logs_of(
    connection: Database, texts: Mapping[str, str], within: Mapping[str, Sequence[Span]] | None = None
) -> dict[str, EditLog]:
    """The edit logs of some sources, given by their ids with their texts.

    With `within`, only what tools say of these stretches of each, which is all that is read of it there if
    they are whole lines: no edit crosses a line's end.
    """
    marks, ids = ", ".join("?" * len(texts)), list(texts)
    entries: dict[str, list[str]] = {}
    for one, data in connection.execute(f"SELECT source, data FROM entry WHERE source IN ({marks})", ids):
        entries.setdefault(one, []).append(data)
    runs: dict[str, list[tuple[int, bytes]]] = {}
    query = f"SELECT source, first, data FROM run WHERE source IN ({marks})"
    for one, first, packed in connection.execute(query, ids):
        runs.setdefault(one, []).append((first, packed))
    return {
        one: _log(one, entries.get(one, ()), runs.get(one, ()), text, within[one] if within else None)
        for one, text in texts.items()
    }


def _log(
    source_id: str,
    plain: Iterable[str],
    packed: Iterable[tuple[int, bytes]],
    text: str,
    within: Sequence[Span] | None = None,
) -> EditLog:
    with whole(source_id):
        entries = [Entry.from_json(json.loads(data)) for data in plain]
        for first, data in packed:
            entries += entries_unpacked(data, text, first, within)
        entries.sort(key=lambda entry: entry.number)
        return EditLog(source_id, tuple(entries))


def split_heading(tree: dict[str, object]) -> tuple[object, dict[str, object]]:
    """A telegram's tree as its heading, and the rest with null in the heading's place."""
    if "heading" not in tree:
        return None, tree
    return tree["heading"], tree | {"heading": None}


def facets_noted(numbers: Iterable[int]) -> str:
    """The numbers of a document's values as `indexed` keeps them: in order, with a blank around each."""
    kept = sorted(numbers)
    return f" {' '.join(map(str, kept))} " if kept else ""


def facets_of(connection: Database, first: int, last: int) -> dict[int, str]:
    """What `indexed` is to keep of the values of those documents that have any, by their numbers there."""
    numbers: dict[int, list[int]] = {}
    own = ", ".join("?" * len(OWN_FIELDS))
    for n, value in connection.execute(
        f"""SELECT facet.n, facet.value FROM facet JOIN value ON value.id = facet.value
            WHERE facet.n >= ? AND facet.n <= ? AND value.field NOT IN ({own})""",
        [first, last, *OWN_FIELDS],
    ):
        numbers.setdefault(int(n), []).append(int(value))
    return {n: facets_noted(values) for n, values in numbers.items()}


@contextmanager
def whole(where: str) -> Iterator[None]:
    """What a row holds, if it can't be understood, as a damaged archive."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as why:
        remedy = "Restore catalogue.sqlite from a backup; the originals in objects/ are whole."
        raise StoreError(f"the archive is damaged ({why!r})", where=where, remedy=remedy) from why


def _no_room(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _A_PAGE
    return False


@contextmanager
def faults(folder: Path) -> Iterator[None]:
    """SQLite's and the system's errors as faults of the archive."""
    where = str(folder)
    try:
        yield
    except sqlite3.OperationalError as why:
        words = str(why)
        # Where not a byte is left, the files beside the catalogue that readers need can't be made either.
        if "full" in words or ("I/O" in words and _no_room(folder)):
            raise full(where) from why
        if "locked" in words or "busy" in words:
            remedy = "Wait until the other run has finished, then try again."
            raise StoreAway("another program is writing to the archive", where=where, remedy=remedy) from why
        remedy = "Check the folder's permissions, or choose another with --archive."
        raise StoreError(f"the archive can't be used ({words})", where=where, remedy=remedy) from why
    except sqlite3.DatabaseError as why:
        remedy = "Restore catalogue.sqlite from a backup; the originals in objects/ are whole."
        raise StoreError(f"the archive is damaged ({why})", where=where, remedy=remedy) from why
    except OSError as why:
        raise Originals(folder)._fault(why) from why
