"""Accounts of those who enter from other machines: a file beside the catalogue, passwords by argon2."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from septel.errors import NotHeld, StoreError, UsageError

FILE, SECRET = "accounts.json", "room.secret"
SHORTEST = 10
"""Characters of a password at least."""


class AccountRole(StrEnum):
    """What an account may do."""

    READER = "reader"
    """Read, search, export."""
    EDITOR = "editor"
    """Decide, note, tag, hide and delete, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may enter.

    Attributes:
        name: by which decisions are signed.
        role: what they may do.
        hash: of the password, by argon2id.
    """

    name: str
    role: AccountRole
    hash: str


class Accounts:
    """The accounts of an archive."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._secret = folder / SECRET
        self._hasher = PasswordHasher()
        # What is checked where there is no account, so that a wrong name takes as long as a wrong password.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def all(self) -> Mapping[str, Account]:
        """The accounts by name.

        Raises:
            StoreError: the file can't be understood.
        """
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            return {row["name"]: Account(**(row | {"role": AccountRole(row["role"])})) for row in rows}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError) as why:
            raise StoreError(
                f"the accounts can't be read ({why})",
                where=str(self._file),
                remedy="Mend the file, or remove it and make the accounts again.",
            ) from why

    def put(self, name: str, password: str, role: AccountRole) -> None:
        """Make an account, or give one another password and role.

        Raises:
            UsageError: the name is empty, or the password too short.
        """
        name = " ".join(name.split())
        if not name or not name.isprintable():
            raise UsageError("an account needs a name", remedy="Give the name that decisions are signed by.")
        if len(password) < SHORTEST:
            raise UsageError(
                f"the password is shorter than {SHORTEST} characters", remedy="Take a longer one."
            )
        made = Account(name=name, role=role, hash=self._hasher.hash(password))
        self._write({**self.all(), name: made})

    def remove(self, name: str) -> None:
        """Let a person in no longer.

        Raises:
            NotHeld: there is no such account.
        """
        known = dict(self.all())
        if known.pop(name, None) is None:
            raise NotHeld(f"there is no account {name!r}", remedy="`septel account list` has them.")
        self._write(known)

    def check(self, name: str, password: str) -> Account | None:
        """The account, where name and password are right."""
        found = self.all().get(" ".join(name.split()))
        try:
            self._hasher.verify(found.hash if found else self._nobody, password)
        except (VerificationError, InvalidHashError):
            return None
        return found

    def secret(self) -> str:
        """What sessions are signed with; made once, and readable to the owner alone."""
        try:
            with os.fdopen(os.open(self._secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        return self._secret.read_text()

    def _write(self, accounts: Mapping[str, Account]) -> None:
        rows = [asdict(one) for _, one in sorted(accounts.items())]
        descriptor, name = tempfile.mkstemp(dir=self._file.parent, suffix=".tmp")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(rows, out, ensure_ascii=False, indent=1)
        Path(name).replace(self._file)
