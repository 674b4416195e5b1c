"""Who cites whom in an archive, and what is cited and not held, without a look at all documents.

A reference means what it means by all that is held, so nothing of that is stored. But which mentions may
mean a telegram, and which telegrams a mention may mean, is asked of the tables `telegram`, `series_number`
and `cited` by their indices.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from septel.archive.citations.held_rows import HERE, HeldRows
from septel.archive.citations.mentions import CitedKey, mentions_of
from septel.archive.store import Database, faults, run_cited, unpack, whole
from septel.citations import (
    Citation,
    CitedMessage,
    Ghost,
    HeldTelegram,
    OutOfOrder,
    Reference,
    ReferenceTarget,
    ResolutionStatus,
    Resolver,
    citations_of,
    ghost_of,
    ghost_rank,
    out_of_order_in,
    reference_from_json,
)

_LOT = 200
_GROUPS = f"""SELECT run, number, count(*) AS times,
        CASE WHEN run = '' OR sum(CASE WHEN telegram.sent IS NULL THEN 1 ELSE 0 END) > 0
            OR EXISTS (SELECT 1 FROM telegram AS held WHERE held.post = cited.run
                AND held.serial = cited.number AND {HERE.format(table="held")})
            OR EXISTS (SELECT 1 FROM series_number AS held WHERE held.series = cited.run
                AND held.number = cited.number AND {HERE.format(table="held")})
        THEN 1 ELSE 0 END AS unsure
    FROM cited JOIN telegram ON telegram.holding = cited.holding
    WHERE {HERE.format(table="cited")} GROUP BY run, number"""
"""Every message that is cited, how often, and whether it may be held, or be no message.

Of what can't be held every mention is one of a ghost, as long as the citing telegram has a date."""


class _Only(Resolver):
    """Tells what mentions of some messages mean, and looks at no others."""

    def __init__(self, held: HeldRows, keys: frozenset[CitedKey]) -> None:
        super().__init__(held)
        self._keys = keys

    def resolve(self, reference: Reference, citing: HeldTelegram) -> ReferenceTarget:
        """What a reference means, if it may be one of these."""
        if run_cited(reference, citing) in self._keys:
            return super().resolve(reference, citing)
        return ReferenceTarget(standing=ResolutionStatus.OPEN)


class StoredCitations:
    """The citations of an archive; its answers are those of `septel.citations.CitationGraph`.

    Args:
        connection: the catalogue.
        folder: the archive's, for faults.
    """

    def __init__(self, connection: Database, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._held = HeldRows(connection)
        self._resolver = Resolver(self._held)

    def cites(self, holding: str) -> tuple[Citation, ...]:
        """What a document cites, in the order of its text."""
        return next((tuple(found) for _, found in self.cited_in([holding])), ())

    def cited_in(self, holdings: Sequence[str]) -> Iterator[tuple[str, list[Citation]]]:
        """What each of some documents cites, in their order; what was hidden or deleted is left out."""
        for at in range(0, len(holdings), _LOT):
            lot = holdings[at : at + _LOT]
            documents = self._documents(lot)
            keys = [run_cited(one, held) for held, found in documents.values() for one in found]
            with faults(self._folder):
                self._held.look_up(key for key in keys if key is not None)
            for one in lot:
                if one in documents:
                    with faults(self._folder):
                        citations = citations_of(*documents[one], self._resolver)
                    yield one, citations

    def cited_by(self, holding: str) -> tuple[Citation, ...]:
        """Every citation of a held telegram."""
        with faults(self._folder):
            own = self._held.of([holding]).get(holding)
            if own is None:
                return ()
            keys = set(self._held.series_of(holding))
            if own.post and own.serial is not None:
                keys.add((own.post, own.serial))
            if own.sent:
                keys.add(("", own.sent.day * 10_000 + own.sent.hour * 100 + own.sent.minute))
            citing = {
                str(one)
                for key in keys
                for (one,) in self._connection.execute(
                    "SELECT DISTINCT holding FROM cited WHERE run = ? AND number = ?", key
                )
            }
            only = _Only(self._held, frozenset(keys))
            self._held.look_up(keys)
        found: list[Citation] = []
        ids = sorted(citing)
        for at in range(0, len(ids), _LOT):
            for held, references in self._documents(ids[at : at + _LOT]).values():
                with faults(self._folder):
                    found += [
                        one for one in citations_of(held, references, only) if holding in one.meaning.targets
                    ]
        return tuple(found)

    def count(self) -> int:
        """How many references there are."""
        with faults(self._folder):
            (total,) = self._connection.execute(
                f"""SELECT coalesce(sum(citations), 0) FROM telegram
                    WHERE {HERE.format(table="telegram")}"""
            ).fetchone()
        return int(total)

    def totals(self) -> dict[ResolutionStatus, int]:
        """How many references there are of each standing."""
        with faults(self._folder):
            total, unclear = self._connection.execute(
                f"""SELECT coalesce(sum(citations), 0), coalesce(sum(unclear), 0) FROM telegram
                    WHERE {HERE.format(table="telegram")}"""
            ).fetchone()
            groups = self._connection.execute(_GROUPS)
            counts = dict.fromkeys(ResolutionStatus, 0)
            asked: list[CitedKey] = []
            named = 0
            for run, number, times, unsure in groups:
                named += times
                if unsure:
                    asked.append((run, number))
                else:
                    counts[ResolutionStatus.GHOST] += times
            counts[ResolutionStatus.AMBIGUOUS] += int(unclear)
            counts[ResolutionStatus.OPEN] += int(total) - named - int(unclear)
            for at in range(0, len(asked), _LOT):
                lot = asked[at : at + _LOT]
                for _, mentions in mentions_of(self._connection, self._held, self._resolver, lot):
                    for mention in mentions:
                        counts[mention.meaning.standing] += 1
        return counts

    def ghosts(self) -> Iterator[Ghost]:
        """Everything that is cited and not held, most cited first, then by name; each once it is known.

        What most documents cite is looked at first: what comes later can't be cited by more messages than
        documents, and what was found so far and is cited by more can be told.
        """
        with faults(self._folder):
            groups = self._connection.execute(
                f"""SELECT run, number, count(DISTINCT holding), count(*) FROM cited
                    WHERE {HERE.format(table="cited")} GROUP BY run, number ORDER BY 3 DESC, 4 DESC, 1, 2"""
            )
            waiting: list[tuple[tuple[int, int, str], int, Ghost]] = []
            number = count()
            for lot in _lots(groups):
                best = (-lot[0][2], -lot[0][3], "")
                while waiting and waiting[0][0] <= best:
                    yield heapq.heappop(waiting)[2]
                keys = [(str(run), int(serial)) for run, serial, *_ in lot]
                for _, mentions in mentions_of(self._connection, self._held, self._resolver, keys):
                    wanted: dict[CitedMessage, list[tuple[HeldTelegram, Reference]]] = {}
                    for citing, reference, meaning in mentions:
                        if meaning.standing is ResolutionStatus.GHOST and meaning.wanted:
                            wanted.setdefault(meaning.wanted, []).append((citing, reference))
                    for one, own in wanted.items():
                        ghost = ghost_of(one, own, self._resolver)
                        heapq.heappush(waiting, (ghost_rank(ghost), next(number), ghost))
            while waiting:
                yield heapq.heappop(waiting)[2]

    def out_of_order(self) -> Iterator[OutOfOrder]:
        """The telegrams whose number and date contradict the others of their run, run by run."""
        with faults(self._folder):
            for name, (of_post, of_series) in sorted(self._held.runs().items()):
                members = self._held.members(of_post, of_series)
                yield from out_of_order_in(name, members, of_a_trip=of_series is not None)

    def _documents(self, holdings: Sequence[str]) -> Mapping[str, tuple[HeldTelegram, list[Reference]]]:
        """Some documents that are not hidden or deleted, with their references, by their ids in order."""
        marks = ", ".join("?" * len(holdings))
        with faults(self._folder):
            held = self._held.of(holdings)
            rows = self._connection.execute(
                f"SELECT holding, refs FROM content WHERE holding IN ({marks})", list(holdings)
            ).fetchall()
        found: dict[str, list[Reference]] = {}
        for one, refs in rows:
            with whole(one):
                found[one] = [reference_from_json(each) for each in unpack(refs)]
        return {one: (telegram, found[one]) for one, telegram in held.items() if one in found}


def _lots(rows: Iterable[tuple[str, int, int, int]]) -> Iterator[list[tuple[str, int, int, int]]]:
    """Rows some at a time, few at first, so that the first are told soon."""
    lot: list[tuple[str, int, int, int]] = []
    most = 25
    for row in rows:
        lot.append(row)
        if len(lot) == most:
            yield lot
            lot, most = [], min(2 * most, _LOT)
    if lot:
        yield lot
