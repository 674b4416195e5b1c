"""The chain: each entry holds the hash of the one before, so that none can be taken out, changed or moved.

The hash of an entry is the SHA-256 of a JSON list, without blanks, of its number, moment, person, kind,
holding, data (as it is stored) and the hash of the entry before it; that of the first is taken over an empty
string in its place. `audit_head` holds the number and hash of the last entry, so that a trail cut short is
found as well. Who can write the file can make the whole chain again: a head that was noted elsewhere finds
that too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from septel.archive.store import Database

SAW, EXPORTED, DECIDED, HANDLED, RULED = "saw", "exported", "decided", "handled", "ruled"
"""Kinds: a page was seen, something exported, decided, stated of handling; rules were changed."""

MOST_NAMED = 5
"""Of a list in an entry so many are named on its line; all are in the entry."""
_LONG = frozenset({"before", "after"})
"""Texts that are too long for a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the trail.

    Attributes:
        number: from one, without a gap.
        what: the kind.
        holding: the document, or None where it concerns none or several.
        data: the rest, by kind.
        hash: of this entry, over the one before.
    """

    number: int
    at: datetime
    by: str
    what: str
    holding: str | None
    data: Mapping[str, Any]
    hash: str

    @property
    def told(self) -> str:
        """The rest in words, on one line: long texts are left out, of long lists the first are named."""
        rest = {n: value for n, value in self.data.items() if value not in (None, "", []) and n not in _LONG}
        return ", ".join(f"{name} {_in_words(value)}" for name, value in rest.items())

    def to_json(self) -> dict[str, object]:
        """For other programs."""
        return {
            "entry": self.number,
            "at": self.at.isoformat(),
            "by": self.by,
            "what": self.what,
            "holding": self.holding,
            **self.data,
            "hash": self.hash,
        }


def _in_words(value: object) -> str:
    if not isinstance(value, list | tuple):
        return str(value)
    more = f" and {len(value) - MOST_NAMED} more" if len(value) > MOST_NAMED else ""
    return " ".join(map(str, value[:MOST_NAMED])) + more


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last entry's number and hash, as one notes it elsewhere (`17:ab12…`); zero where there is none."""

    number: int
    hash: str

    def __str__(self) -> str:
        """As it is written down."""
        return f"{self.number}:{self.hash}"


def entry_hash(
    number: int, at: str, by: str, what: str, holding: str | None, data: str, previous: str
) -> str:
    """The hash of an entry; see the head of this module."""
    row = json.dumps(
        [number, at, by, what, holding, data, previous], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(row.encode("utf-8", "surrogatepass")).hexdigest()


def put_audit(
    connection: Database,
    what: str,
    *,
    by: str,
    holding: str | None = None,
    data: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> int:
    """Enter something in the trail, within a transaction; gives its number."""
    last, previous = connection.execute("SELECT number, hash FROM audit_head").fetchone()
    number = int(last) + 1
    moment = (at or datetime.now(UTC)).isoformat()
    told = json.dumps(dict(data or {}), ensure_ascii=False)
    digest = entry_hash(number, moment, by, what, holding, told, previous)
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, moment, by, what, holding, told, previous, digest),
    )
    connection.execute("UPDATE audit_head SET number = ?, hash = ?", (number, digest))
    return number


def audit_entries(
    connection: Database,
    *,
    holding: str | None = None,
    most: int | None = None,
    before: int | None = None,
) -> list[AuditEntry]:
    """Entries, the newest first: of one document or all, at most so many, before a number."""
    where, values = ["1 = 1"], list[object]()
    if holding is not None:
        where.append("holding = ?")
        values.append(holding)
    if before is not None:
        where.append("number < ?")
        values.append(before)
    limit = f" LIMIT {int(most)}" if most is not None else ""
    rows = connection.execute(
        f"""SELECT number, at, by, what, holding, data, hash FROM audit
            WHERE {" AND ".join(where)} ORDER BY number DESC{limit}""",
        values,
    ).fetchall()
    return [
        AuditEntry(
            number=number,
            at=datetime.fromisoformat(at),
            by=by,
            what=what,
            holding=one,
            data=json.loads(data),
            hash=digest,
        )
        for number, at, by, what, one, data, digest in rows
    ]


def audit_head(connection: Database) -> AuditHead:
    """Where the trail ends."""
    number, digest = connection.execute("SELECT number, hash FROM audit_head").fetchone()
    return AuditHead(int(number), str(digest))


def audit_flaws(connection: Database, noted: AuditHead | None = None) -> Iterator[str]:
    """Everything that is wrong with the trail, an entry a line; nothing when it is as it was written.

    Args:
        connection: the catalogue.
        noted: a head that was noted elsewhere at some time; its entry must still have that hash.
    """
    expected, previous = 1, ""
    found_noted = noted is None or noted.number == 0
    rows = connection.execute(
        "SELECT number, at, by, what, holding, data, previous, hash FROM audit ORDER BY number"
    )
    for number, at, by, what, holding, data, before, digest in rows:
        if number > expected:
            gap = (
                f"entry {expected} is"
                if number == expected + 1
                else f"entries {expected} to {number - 1} are"
            )
            yield f"{gap} missing"
        elif before != previous:
            yield f"entry {number} does not follow the one before it: one of the two was replaced or moved"
        if entry_hash(number, at, by, what, holding, data, before) != digest:
            yield f"entry {number} was changed"
        if noted is not None and number == noted.number:
            found_noted = True
            if digest != noted.hash:
                yield f"entry {number} is not the one that was noted: the trail was written again"
        expected, previous = number + 1, digest
    row = connection.execute("SELECT number, hash FROM audit_head").fetchone()
    if row is None:
        yield "what says where the trail ends is missing"
    elif row[0] > expected - 1:
        yield f"the trail ended at entry {row[0]} and now ends at {expected - 1}"
    elif (row[0], row[1]) != (expected - 1, previous):
        yield f"the trail ends at entry {expected - 1}, and another end was noted in the archive"
    if not found_noted and noted is not None:
        yield f"entry {noted.number}, which was noted elsewhere, is missing"
