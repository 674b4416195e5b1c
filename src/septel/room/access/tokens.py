"""Tokens by which other programs ask the room in a person's name: a file beside the catalogue.

Secrets are kept hashed. A secret is long and random, so that one SHA-256 is enough; it is shown once, when
the token is made.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from septel.errors import NotHeld, StoreError, UsageError

FILE = "tokens.json"
MOST = 50
"""Tokens of one person."""


class TokenScope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"
    """Decide, note, tag and judge, too, as far as the account may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A token without its secret.

    Attributes:
        id: by which it is revoked.
        name: the account that it acts for.
        label: what it is for, in the person's words.
        hash: of the secret.
        made: when, in UTC.
    """

    id: str
    name: str
    label: str
    scope: TokenScope
    hash: str
    made: str


class Tokens:
    """The tokens of an archive."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def all(self, name: str | None = None) -> Sequence[AccessToken]:
        """The tokens, of one account or of all, the oldest first.

        Raises:
            StoreError: the file can't be understood.
        """
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            found = [AccessToken(**(row | {"scope": TokenScope(row["scope"])})) for row in rows]
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as why:
            raise StoreError(
                f"the tokens can't be read ({why})",
                where=str(self._file),
                remedy="Remove the file: every token then is revoked.",
            ) from why
        return [one for one in found if name is None or one.name == name]

    def make(self, name: str, label: str, scope: TokenScope) -> tuple[AccessToken, str]:
        """Make a token; gives it and what a program sends, which is kept nowhere.

        Raises:
            UsageError: the account has too many.
        """
        if len(self.all(name)) >= MOST:
            raise UsageError(f"{name} has {MOST} tokens", remedy="Revoke one that is not used.")
        secret = secrets.token_urlsafe(32)
        made = AccessToken(
            id=secrets.token_hex(4),
            name=name,
            label=" ".join(label.split())[:80],
            scope=scope,
            hash=_hashed(secret),
            made=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self._write([*self.all(), made])
        return made, f"septel_{made.id}_{secret}"

    def revoke(self, token_id: str, *, name: str | None = None) -> None:
        """Let a token count no longer.

        Raises:
            NotHeld: there is none of this id, or it is another person's.
        """
        kept = [one for one in self.all() if one.id != token_id or (name is not None and one.name != name)]
        if len(kept) == len(self.all()):
            raise NotHeld(f"there is no token {token_id!r}", remedy="`septel account tokens` has them.")
        self._write(kept)

    def check(self, sent: str) -> AccessToken | None:
        """The token that a program sent, where it is one."""
        begun, _, rest = sent.partition("_")
        token_id, _, secret = rest.partition("_")
        found = next((one for one in self.all() if one.id == token_id), None)
        # A comparison is made either way, so that an unknown id takes as long.
        right = hmac.compare_digest(_hashed(secret), found.hash if found else _hashed(""))
        return found if begun == "septel" and right else None

    def _write(self, tokens: Sequence[AccessToken]) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._file.parent, suffix=".tmp")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump([asdict(one) for one in tokens], out, ensure_ascii=False, indent=1)
        Path(name).replace(self._file)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
