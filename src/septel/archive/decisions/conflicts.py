"""Decisions of persons that do not simply stand: listed until a person settles them, and kept after that.

Two kinds come together here. A decision that could not be carried to another capture of the same pages is
written down when that capture is taken in. A decision that another person's later one displaced is read from
the edit log, and written down as soon as the log is continued or it is settled, so that it keeps its number;
it ends as well when one of the two is undone, or when both decide alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from septel.archive.store import Database
from septel.text import Conflict, ConflictKind, Edit, EditLog, Entry, Ground, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a person settled a contest.

    Attributes:
        by, at: who, and when.
        why: the reason, in words.
        entry: the entry of the edit log by which the decision now stands; None when it was set aside.
        undid: the entries of the edit log that made others no longer count for it.
    """

    by: str
    at: datetime
    why: str
    entry: int | None
    undid: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionConflict:
    """A decision that does not simply stand.

    Attributes:
        holding: the document where it should stand.
        number: by which it is settled, from one; None before it is listed.
        kind: what stands in the way.
        by: who decided.
        edit: the decision, as it stands in the source that it was made about.
        origin: that source and the entry of its log, as `1a2b3c4d5e6f:12`.
        place: where in the holding's source it seems to belong.
        found: what that place has or, for a dispute, is read as now.
        why: what stands in the way, in words.
        settlement: None as long as it is open.
        against: for a dispute, the entry of the holding's own log that stands.
    """

    holding: str
    number: int | None
    kind: ConflictKind
    by: str
    edit: Edit
    origin: str
    place: Span
    found: str
    why: str
    settlement: Settlement | None = None
    against: int | None = None

    @property
    def pair(self) -> tuple[str, int | None]:
        """What makes a dispute this one: the decision that does not stand, and the one that does."""
        return self.origin, self.against

    @property
    def entry(self) -> int:
        """The entry of the log where the decision was made."""
        return int(self.origin.rpartition(":")[2])

    @classmethod
    def of(cls, conflict: Conflict, *, holding: str, by: str, origin: str) -> DecisionConflict:
        """A decision that could not be carried, as it is to be written down."""
        return cls(
            holding=holding,
            number=None,
            kind=conflict.kind,
            by=by,
            edit=conflict.edit,
            origin=origin,
            place=conflict.place,
            found=conflict.found,
            why=conflict.why,
        )

    def to_json(self) -> dict[str, object]:
        """For the catalogue and for other programs."""
        data: dict[str, object] = {
            "holding": self.holding,
            "conflict": self.number,
            "kind": self.kind.value,
            "by": self.by,
            "origin": self.origin,
            "place": [self.place.start, self.place.end],
            "found": self.found,
            "why": self.why,
            "decision": self.edit.to_json(),
        }
        if self.against is not None:
            data["against"] = self.against
        if self.settlement:
            data["settled"] = _settlement_json(self.settlement)
        return data


def _settlement_json(settlement: Settlement) -> dict[str, object]:
    data: dict[str, object] = {
        "by": settlement.by,
        "at": settlement.at.isoformat(),
        "why": settlement.why,
        "entry": settlement.entry,
    }
    if settlement.undid:
        data["undid"] = list(settlement.undid)
    return data


def _contest(data: Mapping[str, Any]) -> DecisionConflict:
    return DecisionConflict(
        holding=data["holding"],
        number=data["conflict"],
        kind=ConflictKind(data["kind"]),
        by=data["by"],
        edit=Edit.from_json(data["decision"]),
        origin=data["origin"],
        place=Span(*data["place"]),
        found=data["found"],
        why=data["why"],
        against=data.get("against"),
    )


def put_contest(connection: Database, contest: DecisionConflict) -> None:
    """Write a contest down, under the next number of its holding."""
    number = _next(connection, contest.holding)
    _put(connection, contest.holding, number, replace(contest, number=number).to_json())


def put_settlement(connection: Database, holding_id: str, number: int, settlement: Settlement) -> None:
    """Write down how a contest was settled; of several settlements the last one counts."""
    row = {"settles": number, **_settlement_json(settlement)}
    _put(connection, holding_id, _next(connection, holding_id), row)


def _next(connection: Database, holding_id: str) -> int:
    query = "SELECT coalesce(max(number), 0) + 1 FROM contest WHERE holding = ?"
    return int(connection.execute(query, [holding_id]).fetchone()[0])


def _put(connection: Database, holding_id: str, number: int, data: Mapping[str, object]) -> None:
    values = (holding_id, number, json.dumps(data, ensure_ascii=False))
    connection.execute("INSERT INTO contest VALUES (?, ?, ?)", values)


def written(connection: Database, holding_id: str) -> tuple[DecisionConflict, ...]:
    """The contests of a holding that were written down, with their settlements."""
    contests: dict[int, DecisionConflict] = {}
    query = "SELECT data FROM contest WHERE holding = ? ORDER BY number"
    for (row,) in connection.execute(query, [holding_id]):
        data = json.loads(row)
        if "settles" not in data:
            contest = _contest(data)
            contests[data["conflict"]] = contest
            continue
        settlement = Settlement(
            by=data["by"],
            at=datetime.fromisoformat(data["at"]),
            why=data["why"],
            entry=data["entry"],
            undid=tuple(data.get("undid", ())),
        )
        contests[data["settles"]] = replace(contests[data["settles"]], settlement=settlement)
    return tuple(contests.values())


def listed(connection: Database, log: EditLog) -> tuple[DecisionConflict, ...]:
    """The conflicts of a holding, each with its number: those written down, and the disputes of its log.

    A dispute that was written down counts while the log has it, or where it was settled; one that was
    settled and is in the log again is open again. One that was not written down yet has the number that it
    will get.
    """
    now = {dispute.pair: dispute for dispute in disputes(log)}
    found: list[DecisionConflict] = []
    for contest in written(connection, log.source_id):
        if contest.against is None or (contest.settlement and contest.pair not in now):
            found.append(contest)
        elif now.pop(contest.pair, None):
            found.append(replace(contest, settlement=None))
    first = _next(connection, log.source_id)
    return (*found, *(replace(one, number=n) for n, one in enumerate(now.values(), first)))


def put_disputes(connection: Database, log: EditLog) -> None:
    """Write the disputes of a log down that are not yet, so that they keep their numbers."""
    found = list(disputes(log))
    known = {contest.pair for contest in written(connection, log.source_id)} if found else set()
    for dispute in found:
        if dispute.pair not in known:
            put_contest(connection, dispute)


def disputes(log: EditLog) -> Iterator[DecisionConflict]:
    """Where two persons read one place otherwise: the decision that does not stand, beside the one that does.

    Of each person only the last decision about a place counts: to change one's mind is no dispute.
    """
    decisions = [entry for entry in log.standing() if decided(entry) is not None]
    last = [
        entry
        for n, entry in enumerate(decisions)
        if not any(later.by == entry.by and meet(entry, later) for later in decisions[n + 1 :])
    ]
    for entry in last:
        for other in last:
            one, winner = decided(entry), decided(other)
            assert one is not None
            assert winner is not None
            if entry.number < other.number and meet(entry, other) and _claim(one) != _claim(winner):
                yield DecisionConflict(
                    holding=log.source_id,
                    number=None,
                    kind=ConflictKind.DISPUTED,
                    by=entry.by,
                    edit=one,
                    origin=f"{log.source_id}:{entry.number}",
                    place=one.span,
                    found=winner.after,
                    why=f"entry {other.number}, by {other.by}, reads {winner.after!r} there and stands",
                    against=other.number,
                )


def decided(entry: Entry) -> Edit | None:
    """The edit of an entry when a person decided it."""
    edit = entry.edit
    return edit if edit is not None and edit.reason.ground is Ground.DECISION else None


def meet(one: Entry, other: Entry) -> bool:
    """Whether two edits are about one place."""
    assert one.edit is not None
    assert other.edit is not None
    return one.edit.span == other.edit.span or one.edit.span.overlaps(other.edit.span)


def _claim(edit: Edit) -> tuple[Span, str, bool]:
    return edit.span, edit.after, edit.unreadable
