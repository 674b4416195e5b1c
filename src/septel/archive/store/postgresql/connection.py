"""The catalogue in PostgreSQL: one connection, which is made again when it was lost.

One change is made at a time in an archive, as in SQLite: each begins by taking a lock of its own (an advisory
lock of the database, let go with the transaction), so that numbers are given out once and nothing is read
that another change is about to replace. Readers wait for nobody.

A connection that was lost is made again, with pauses that grow, for `AWAY_SECONDS`. A statement outside a
change is then asked again. A change that was cut off is not kept; whether one that was cut off while it was
being kept stands is asked of the database (`pg_xact_status`), so that it is neither lost nor done twice.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from septel.archive.store.database import Rows, TableShape
from septel.archive.store.postgresql.address import PostgresAddress
from septel.archive.store.postgresql.driver import (
    connected,
    fault,
    is_away,
    numbered,
    psycopg_driver,
    values_of,
)
from septel.archive.store.postgresql.full_text import TsvectorWords
from septel.archive.store.postgresql.migrations import is_there, migrate, missing
from septel.archive.store.spelling import Spelling
from septel.archive.store.sqlite import opened
from septel.archive.store.transfer import copy_rows, differences, mend_rows
from septel.archive.store.waiting_rows import WaitingRows
from septel.errors import NotHeld, StoreAway

if TYPE_CHECKING:
    import psycopg

AWAY_SECONDS = 90.0
"""So long a lost database is waited for."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0
T = TypeVar("T")


class PostgresCatalogue:
    """A connection to an archive's schema.

    Args:
        address: where it is.
        wait: so many seconds another writer is waited for.
        away: so many seconds a database that can't be reached is waited for; `AWAY_SECONDS` unless given.

    Raises:
        StoreError: it can't be opened.
    """

    def __init__(self, address: PostgresAddress, *, wait: float, away: float | None = None) -> None:
        self.address = address
        self._away = AWAY_SECONDS if away is None else away
        self.spelling = Spelling()
        self.words = TsvectorWords(self)
        self.waiting = WaitingRows(self.executemany)
        self.changes = False
        self._wait = wait
        self._connection: psycopg.Connection[Any] | None = None
        self._error: type[Exception] = psycopg_driver().Error
        key = hashlib.sha256(f"septel {address.schema}".encode()).digest()[:8]
        self.lock = int.from_bytes(key, "big", signed=True)
        self._again(lambda connection: connection.execute("SELECT 1"))

    @property
    def only_read(self) -> bool:
        """Whether nothing can be written: on a standby, or without the right to."""
        query = """SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'
            OR NOT has_table_privilege('holding', 'INSERT')"""
        return bool(self.execute(query).fetchone()[0])

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """What a statement gives."""
        statement, given = numbered(query), values_of(values)
        return self._again(lambda connection: connection.execute(statement, given))

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """A statement for each of many rows."""
        rows = [values_of(row) for row in values]
        if rows:
            statement = numbered(query)
            self._again(lambda connection: connection.cursor().executemany(statement, rows))
        return None

    @contextmanager
    def transaction(self, *, nested: bool = False, alone: bool = True) -> Iterator[None]:
        """One change, kept at its end or undone; nested: a part of the one that is open.

        Args:
            nested: see above.
            alone: whether no other change may be made meanwhile.

        Raises:
            StoreAway: the connection was lost in the middle: nothing of the change was kept.
        """
        if nested:
            self.execute("SAVEPOINT one")
            mark = ""
        else:
            mark = self._again(lambda connection: self._begin(connection, alone))
            self.changes = True
        self.words.begin()
        gathered = True
        try:
            yield
            gathered = False
            self.words.end(kept=True)
            if nested:
                self.execute("RELEASE one")
            else:
                self._keep(mark)
        except BaseException:
            self.spelling.forget()
            if gathered:
                self.words.end(kept=False)
            with suppress(StoreAway):
                self._drop(nested)
            raise
        finally:
            if not nested:
                self.changes = False

    def _begin(self, connection: psycopg.Connection[Any], alone: bool) -> str:
        """Open a change in one exchange; gives the number by which it is known to the database."""
        steps = ["BEGIN"]
        if alone:
            steps.append(f"SELECT pg_advisory_xact_lock({self.lock})")
            steps.append("UPDATE counter SET next = next + 1 WHERE name = 'edition'")
        try:
            cursor = connection.execute(
                "; ".join([*steps, "SELECT pg_current_xact_id()::text"]), prepare=False
            )
            while cursor.nextset():
                pass
            return str(cursor.fetchone()[0])  # type: ignore[index]  # it gives one row
        except self._error:
            with suppress(self._error):
                connection.execute("ROLLBACK")
            raise

    def _keep(self, mark: str) -> None:
        try:
            self._asked("COMMIT")
        except StoreAway:
            self.changes = False
            for _ in range(100):
                (state,) = self.execute("SELECT pg_xact_status(?::text::xid8)", [mark]).fetchone()
                if state != "in progress":
                    break
                time.sleep(0.1)
            if state != "committed":
                raise

    def _drop(self, nested: bool) -> None:
        if self._connection is None or self._connection.closed:
            return
        for statement in ("ROLLBACK TO one", "RELEASE one") if nested else ("ROLLBACK",):
            self._asked(statement)

    def _asked(self, statement: str) -> None:
        assert self._connection is not None
        try:
            self._connection.execute(statement)
        except self._error as why:
            raise fault(why, self.address) from why

    @contextmanager
    def selection(self, numbers: Iterable[int]) -> Iterator[tuple[str, list[object]]]:
        """A query that gives some numbers, each different, for use within other statements."""
        yield "SELECT unnest(?::bigint[])", [list(numbers)]

    def copy_to(self, file: Path, *, progress: Callable[[float], None]) -> None:
        """Copy the catalogue as it is at this moment into a new SQLite file; others may go on using it."""
        reader = PostgresCatalogue(self.address, wait=self._wait)
        try:
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader.changes = True
            with closing(opened(file.parent, create=True, wait=self._wait)) as copy:
                copy_rows(reader, copy, progress=progress)
                mend_rows(reader, copy, differences(reader, copy))
                copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            reader.close()

    def tables(self) -> Mapping[str, TableShape]:
        """Its tables by their names; the rows of `layer` have their number as a column, `rowid`."""
        columns, keys = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for table, column in self.execute(
            """SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
               WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
                 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"""
        ):
            columns[table].append(column)
        for table, column in self.execute(
            """SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_index AS i ON i.indrelid = c.oid
               CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
               JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.number
               WHERE c.relnamespace = current_schema()::regnamespace AND i.indisprimary
               ORDER BY c.relname, k.place"""
        ):
            keys[table].append(column)
        return {
            table: TableShape(tuple(found), tuple(keys.get(table) or found))
            for table, found in columns.items()
        }

    def settle(self) -> None:
        """After rows were brought in with numbers of their own: give out greater ones from now on."""
        columns = self.execute(
            """SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
               WHERE c.relnamespace = current_schema()::regnamespace AND a.attidentity <> ''"""
        )
        for table, column in columns.fetchall():
            self.execute(
                f"""SELECT setval(pg_get_serial_sequence('{table}', '{column}'),
                    coalesce(max({column}), 0) + 1, false) FROM {table}"""
            )

    def edition(self) -> tuple[int, int]:
        """A key that is another one once anything was written, here or by another connection."""
        (number,) = self.execute("SELECT next FROM counter WHERE name = 'edition'").fetchone()
        return 0, int(number)

    def written_elsewhere(self) -> None:
        """Nothing: others may write between any two changes, and asking costs more than it saves."""

    def defects(self) -> Iterator[str]:
        """What can't be read back, and constraints that don't hold any more."""
        tables = self.execute(
            """SELECT relname FROM pg_class
               WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"""
        )
        for (table,) in tables.fetchall():
            try:
                self.execute(f'SELECT count(*), sum(length(t::text)) FROM "{table}" AS t').fetchone()
            except StoreAway:
                raise
            except Exception as why:  # noqa: BLE001  (whatever it is, it is what is wrong)
                yield f"{table}: {why}"
        broken = self.execute(
            """SELECT conname FROM pg_constraint
               WHERE connamespace = current_schema()::regnamespace AND NOT convalidated"""
        )
        for (name,) in broken.fetchall():
            yield f"{name} was never checked"

    def close(self) -> None:
        """Close it."""
        if self._connection is not None:
            self._connection.close()

    def _again(self, work: Callable[[psycopg.Connection[Any]], T]) -> T:
        """Do something with the connection; outside a change again, where the connection was lost."""
        end, pause = time.monotonic() + self._away, _FIRST_PAUSE
        while True:
            try:
                if self._connection is None or (self._connection.closed and not self.changes):
                    self._connection = connected(self.address, wait=self._wait)
                return work(self._connection)
            except self._error as why:
                if self.changes or not is_away(why, self._connection) or time.monotonic() + pause > end:
                    raise fault(why, self.address) from why
                if self._connection is not None:
                    self._connection.close()
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, 2 * pause)


def opened_schema(
    address: PostgresAddress, *, create: bool, wait: float, away: float | None = None
) -> PostgresCatalogue:
    """The catalogue at an address, made or brought up to date as needed.

    Args:
        address: where it is.
        create: whether it may be made.
        wait: so many seconds another writer is waited for.
        away: so many seconds a database that can't be reached is waited for; `AWAY_SECONDS` unless given.

    Raises:
        NotHeld: there is none and none may be made.
        StoreError: it can't be opened, or a newer Septel made it.
        MissingPart: the driver is not installed.
    """
    catalogue = PostgresCatalogue(address, wait=wait, away=away)
    try:
        if not create and not is_there(catalogue):
            remedy = (
                "Make one with `septel read`, or bring one there with `septel archive move`. Where there is "
                "one, its owner has to give this role the right to see it (GRANT USAGE ON SCHEMA)."
            )
            raise NotHeld("there is no archive here", where=str(address), remedy=remedy)
        if missing(catalogue, str(address)):
            with catalogue.transaction(alone=False):
                catalogue.execute("SELECT pg_advisory_xact_lock(?)", [catalogue.lock])
                migrate(catalogue, address.schema, str(address))
    except BaseException:
        catalogue.close()
        raise
    return catalogue


def schema_taken(address: PostgresAddress, *, away: float | None = None) -> bool:
    """Whether there is anything in the schema of an address.

    Raises:
        StoreError: the database can't be asked.
    """
    with closing(PostgresCatalogue(address, wait=1, away=away)) as catalogue:
        return bool(catalogue.tables())


def renamed_schema(old: PostgresAddress, new: PostgresAddress) -> None:
    """Give a schema another name, in one step; an empty one that has it goes.

    Raises:
        StoreError: there is something in it.
    """
    with closing(PostgresCatalogue(old, wait=1)) as catalogue, catalogue.transaction(alone=False):
        catalogue.execute(f'DROP SCHEMA IF EXISTS "{new.schema}"')
        catalogue.execute(f'ALTER SCHEMA "{old.schema}" RENAME TO "{new.schema}"')


def dropped_schema(address: PostgresAddress) -> None:
    """Throw a schema away, with all that is in it."""
    with closing(PostgresCatalogue(address, wait=1)) as catalogue:
        catalogue.execute(f'DROP SCHEMA IF EXISTS "{address.schema}" CASCADE')
