"""Rows that wait: written together, in order, and never lost with what failed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Addition, Archive
from septel.archive.catalogue import note_copies
from septel.archive.store.waiting_rows import WaitingRows
from septel.errors import NotHeld
from tests.archive.made import made


class Written:
    """Remembers what was written, and takes back what a failed part wrote."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Any]] = []
        self.waiting = WaitingRows(self.write)

    def write(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        self.rows += [(query, *row) for row in rows]

    def part(self, *rows: int, fails: bool = False, early: bool = False) -> None:
        before = list(self.rows)
        try:
            with self.waiting.gathered():
                for row in rows:
                    self.waiting.put("a" if row % 2 else "b", [(row,)])
                if early:
                    self.waiting.write()
                if fails:
                    raise NotHeld("a fault")
        except NotHeld:
            self.rows = before


def test_rows_are_written_at_the_end_by_their_statements() -> None:
    found = Written()
    with found.waiting.written():
        found.part(1, 2)
        found.part(3, 4)
        assert not found.rows
    assert found.rows == [("a", 1), ("a", 3), ("b", 2), ("b", 4)]


@pytest.mark.parametrize("early", [False, True])
def test_a_part_that_fails_takes_nothing_of_others_along(early: bool) -> None:
    found = Written()
    with found.waiting.written():
        found.part(1)
        found.part(3, 5, fails=True, early=early)
        found.part(7)
    assert sorted(found.rows) == [("a", 1), ("a", 7)]


def test_a_part_may_be_written_at_once() -> None:
    found = Written()
    with found.waiting.written():
        found.part(1)
        with found.waiting.gathered():
            found.waiting.at_once()
            found.waiting.put("a", [(3,)])
            assert found.rows == [("a", 1), ("a", 3)]


def test_without_a_step_rows_are_written_at_once() -> None:
    found = Written()
    found.waiting.put("a", [(1,)])
    assert found.rows == [("a", 1)]


def test_a_document_that_fails_leaves_the_others_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is held already, one fails when all its rows are there: the others have theirs."""
    ones = [made(f"PARAGRAPH {n} OF THE TALKS", name=f"{n}.txt") for n in range(4)]
    additions = [Addition(one) for one in (*ones[:2], ones[0], *ones[2:])]

    def failing(connection: Any, one: str) -> None:
        if one == ones[2].id:
            connection.waiting.write()
            raise NotHeld("a fault")
        note_copies(connection, one)

    monkeypatch.setattr("septel.archive.catalogue.addition.note_copies", failing)
    with Archive.open(tmp_path / "archive") as archive:
        told = archive.add_all(additions)
        assert [str(one)[:5] for one in told] == ["True", "True", "False", str(told[3])[:5], "True"]
        kept = [ones[n].id for n in (0, 1, 3)]
        assert {one.id for one in archive.each_listed()} == set(kept)
        assert all(archive.holding(one).telegram is not None for one in kept)
        hits = archive.search("paragraph").hits
        assert {hit.holding for hit in hits} == set(kept)
