"""Decisions of persons that do not simply stand, as the room shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from septel.archive import Archive, DecisionConflict
from septel.text import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestRow:
    """One contest in words, with the line that it points at."""

    holding: str
    name: str
    number: int | None
    kind: str
    by: str
    before: str
    after: str
    line: int
    why: str
    settled: str


def contest_rows(archive: Archive, contests: Iterable[DecisionConflict]) -> list[ContestRow]:
    """The contests in words, open ones first."""
    sources: dict[str, Source] = {}
    rows: list[ContestRow] = []
    for contest in contests:
        source = sources.setdefault(contest.holding, archive.source(contest.holding))
        settlement = contest.settlement
        settled = ""
        if settlement:
            how = f"stands by entry {settlement.entry}" if settlement.entry else "set aside"
            settled = f"{how}, by {settlement.by}, {settlement.at.date()}"
            settled += f": {settlement.why}" if settlement.why else ""
        rows.append(
            ContestRow(
                holding=contest.holding,
                name=source.name,
                number=contest.number,
                kind=contest.kind.value,
                by=contest.by,
                before=contest.edit.before,
                after="[…]" if contest.edit.unreadable else contest.edit.after,
                line=source.line_at(contest.place.start),
                why=contest.why,
                settled=settled,
            )
        )
    return sorted(rows, key=lambda row: bool(row.settled))
