"""Where an archive is that PostgreSQL keeps: `postgresql://USER@HOST:PORT/DATABASE?schema=NAME`."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from septel.errors import UsageError

SCHEMA = "septel"
"""The schema of an archive whose address names none."""
_SCHEMES = ("postgresql://", "postgres://")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresAddress:
    """The address of an archive; as text it has no password.

    Attributes:
        server: what the driver is told, without a password: a URI.
        schema: the archive's schema in the database.
        objects: a folder that keeps the originals; None where the database keeps them.
        password: as far as the address has it; better in `~/.pgpass` or PGPASSWORD.
    """

    server: str
    schema: str = SCHEMA
    objects: Path | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str) -> PostgresAddress:
        """Read an address.

        Raises:
            UsageError: it is none.
        """
        try:
            parts = urlsplit(text)
            asked = parse_qsl(parts.query, keep_blank_values=True)
            port = parts.port
        except ValueError as why:
            raise UsageError(
                "the archive's address can't be read",
                remedy="Write it as postgresql://USER@HOST:PORT/DATABASE?schema=NAME.",
            ) from why
        given = dict(asked)
        schema = given.get("schema", SCHEMA)
        if not _NAME.fullmatch(schema) or schema.startswith("pg_"):
            remedy = "Take small letters, figures and _."
            raise UsageError(f"{schema!r} can't be the name of an archive's schema", remedy=remedy)
        rest = [(name, value) for name, value in asked if name not in ("schema", "objects", "password")]
        host = parts.hostname or ""
        place = f"[{host}]" if ":" in host else host
        user = parts.username or ""
        netloc = f"{user}@{place}" if user else place
        netloc += f":{port}" if port else ""
        password = unquote(parts.password) if parts.password else given.get("password")
        return cls(
            server=_written(netloc, parts.path, rest),
            schema=schema,
            objects=Path(given["objects"]) if given.get("objects") else None,
            password=password,
        )

    def __str__(self) -> str:
        """The address without its password, as messages and settings have it."""
        parts = urlsplit(self.server)
        asked = parse_qsl(parts.query)
        asked += [("schema", self.schema)] if self.schema != SCHEMA else []
        asked += [("objects", str(self.objects))] if self.objects else []
        return _written(parts.netloc, parts.path, asked)

    @property
    def folder(self) -> Path:
        """Where this machine keeps what lies beside the archive: the ledger of runs, what engines read.

        `SEPTEL_STATE` names the folder above it.
        """
        above = os.environ.get("SEPTEL_STATE")
        if not above:
            from platformdirs import user_state_path

            above = str(user_state_path("septel", appauthor=False))
        database = re.sub(r"\W", "", urlsplit(self.server).path) or "default"
        begun = f"{database}-{self.schema}-"
        # One archive is one folder, however its address is written; what was kept by the spelling stays.
        by_spelling = Path(above) / f"{begun}{_digest(self.server, self.schema)}"
        if by_spelling.is_dir():
            return by_spelling
        return Path(above) / f"{begun}{_digest(self._meant(), self.schema)}"

    def _meant(self) -> str:
        """Which database an address means, told alike for all its spellings: machine, port, name."""
        parts = urlsplit(self.server)
        asked = dict(parse_qsl(parts.query))
        host = parts.hostname or asked.get("host") or os.environ.get("PGHOST") or "localhost"
        port = parts.port or asked.get("port") or os.environ.get("PGPORT") or 5432
        user = parts.username or asked.get("user") or os.environ.get("PGUSER") or ""
        name = unquote(parts.path.strip("/")) or asked.get("dbname") or os.environ.get("PGDATABASE") or user
        here = host.lower().rstrip(".") in ("localhost", "127.0.0.1", "::1")
        return f"{'localhost' if here else host.lower().rstrip('.')}:{port}/{name}"


def place_of(named: str | Path | PostgresAddress) -> Path | PostgresAddress:
    """A folder or an address, as a person names an archive.

    Raises:
        UsageError: it begins like an address and is none.
    """
    if isinstance(named, str):
        return PostgresAddress.parse(named) if named.startswith(_SCHEMES) else Path(named)
    return named


def _written(netloc: str, path: str, asked: list[tuple[str, str]]) -> str:
    # A URI without a host still needs both slashes.
    written = urlunsplit(("postgresql", netloc, path, "", ""))
    if not netloc:
        written = f"postgresql://{path}"
    return f"{written}?{urlencode(asked, safe='/')}" if asked else written


def _digest(server: str, schema: str) -> str:
    return hashlib.sha256(f"{server}\0{schema}".encode()).hexdigest()[:12]
