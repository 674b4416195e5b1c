"""The driver (psycopg 3, an extra): its errors as faults of the archive, its types as SQLite has them."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from septel.archive.store.postgresql.address import PostgresAddress
from septel.errors import MissingPart, StoreAway, StoreError, StoreFull

if TYPE_CHECKING:
    import psycopg

_MARK = re.compile(r"'(?:[^']|'')*'|\?(\d*)")
_AWAY = ("08", "57P01", "57P02", "57P03", "57P05")
"""SQLSTATEs of a connection that was lost or can't be had now: a class, and the server going or coming."""
_PASSING = (
    *("starting up", "shutting down", "recovery mode", "not yet accepting", "terminating connection"),
    *("too many clients", "too many connections", "remaining connection slots"),
)
"""What a server says that will be there again; its other refusals stand."""
_REFUSED = ("28", "3D000", "42501")
_UNHEARD = logging.NullHandler()
_HEAD = "\ue000\ue000"
"""What begins a text that had a NUL, which PostgreSQL can't hold."""


def psycopg_driver() -> ModuleType:
    """The driver.

    Raises:
        MissingPart: it is not installed.
    """
    try:
        import psycopg
    except ImportError as why:
        remedy = "pip install 'septel[postgresql]'"
        raise MissingPart("an archive in PostgreSQL needs psycopg", remedy=remedy) from why
    # A lost connection is told of in our own words; without a handler the driver's stand beside them.
    logging.getLogger("psycopg").addHandler(_UNHEARD)
    return psycopg


def connected(address: PostgresAddress, *, wait: float) -> psycopg.Connection[Any]:
    """A connection that looks into the archive's schema.

    Args:
        address: where it is.
        wait: so many seconds another writer is waited for.

    Raises:
        psycopg.Error: there is none to be had.
    """
    driver = psycopg_driver()
    given: dict[str, Any] = {"password": address.password} if address.password else {}
    connection: psycopg.Connection[Any] = driver.connect(
        address.server,
        autocommit=True,
        cursor_factory=driver.RawCursor,
        client_encoding="UTF8",
        application_name="septel",
        connect_timeout=10,
        keepalives_idle=30,
        tcp_user_timeout=30_000,
        **given,
    )
    _adapt(connection)
    connection.execute(
        f"""SET search_path TO "{address.schema}"; SET lock_timeout = {max(1, int(wait * 1000))};
        SET jit = off; SET client_min_messages = warning; SET standard_conforming_strings = on;
        SET plan_cache_mode = force_custom_plan""",
        prepare=False,
    )
    return connection


def _adapt(connection: psycopg.Connection[Any]) -> None:
    """Texts that had a NUL as they were; sums as whole numbers."""
    from psycopg.adapt import Loader

    class Text(Loader):
        def load(self, data: Any) -> str:
            return nul_read(bytes(data).decode())

    class Whole(Loader):
        def load(self, data: Any) -> int | float:
            text = bytes(data).decode()
            return int(text) if text.lstrip("-").isdigit() else float(text)

    connection.adapters.register_loader("varchar", Text)
    connection.adapters.register_loader("numeric", Whole)


def nul_written(text: str) -> str:
    """A text without NUL, which `nul_read` reads back; most are as they were."""
    if "\0" not in text and not text.startswith(_HEAD):
        return text
    return _HEAD + text.replace("\ue000", "\ue000\ue001").replace("\0", "\ue000\ue002")


def nul_read(text: str) -> str:
    """Read back what `nul_written` wrote."""
    if not text.startswith(_HEAD):
        return text
    return text[len(_HEAD) :].replace("\ue000\ue002", "\0").replace("\ue000\ue001", "\ue000")


@lru_cache(maxsize=2048)
def numbered(query: str) -> str:
    """A statement whose values are marked `?` or `?1`, with the marks of PostgreSQL: `$1`."""
    count = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        if found.group().startswith("'"):
            return found.group()
        if found.group(1):
            return f"${found.group(1)}"
        count += 1
        return f"${count}"

    return _MARK.sub(mark, query)


def values_of(values: Sequence[Any]) -> list[Any]:
    """The values of a statement as PostgreSQL can hold them."""
    return [nul_written(one) if isinstance(one, str) else one for one in values]


def is_away(why: Exception, connection: psycopg.Connection[Any] | None) -> bool:
    """Whether a fault is that of a connection that was lost or can't be had for now."""
    driver = psycopg_driver()
    if not isinstance(why, driver.OperationalError | driver.InterfaceError):
        return False
    state = getattr(why, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_AWAY)
    words = str(why)
    if "FATAL" in words:
        return any(one in words for one in _PASSING)
    return connection is None or connection.closed


def fault(why: Exception, address: PostgresAddress) -> StoreError:
    """The driver's error as a fault of the archive, in one line and without a password."""
    state = str(getattr(why, "sqlstate", None) or "")
    words = str(getattr(getattr(why, "diag", None), "message_primary", None) or "") or _first_line(why)
    if address.password:
        words = words.replace(address.password, "***")
    where = str(address)
    if state == "53100":
        remedy = "Free some space on the server's disk and run again; nothing is half-written."
        return StoreFull("the disk is full", where=where, remedy=remedy)
    if state == "55P03":
        remedy = "Wait until the other run has finished, then try again."
        return StoreAway("another program is writing to the archive", where=where, remedy=remedy)
    if state.startswith(_REFUSED) or (not state and not is_away(why, None)) or "no password" in words:
        remedy = (
            "Check the address and the rights of its user; a password belongs in ~/.pgpass or PGPASSWORD."
        )
        return StoreError(f"the archive can't be opened ({words})", where=where, remedy=remedy)
    if is_away(why, None):
        remedy = "See that the server runs and can be reached; nothing is half-written, so run again."
        return StoreAway(f"the database can't be reached ({words})", where=where, remedy=remedy)
    if state[:2] == "23":
        remedy = "Run again; if it is so again, `septel verify` tells what is wrong."
        return StoreError(f"the change was refused ({words})", where=where, remedy=remedy)
    if state[:2] in ("XX", "58"):
        remedy = "Restore the database from a backup."
        return StoreError(f"the archive is damaged ({words})", where=where, remedy=remedy)
    remedy = "Check the rights of the address's user, or choose another archive with --archive."
    return StoreError(f"the archive can't be used ({words})", where=where, remedy=remedy)


def _first_line(why: Exception) -> str:
    lines = [line.strip() for line in str(why).splitlines() if line.strip()]
    return lines[0] if lines else type(why).__name__
