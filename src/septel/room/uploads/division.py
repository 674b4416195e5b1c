"""How a person takes a file apart that was brought in: where its papers begin, and of which kind they are.

What papers are no longer made is not thrown away: the new paper that has most of it takes its place, and what
persons decided about it follows, or is listed among the conflicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field

from septel.archive import Archive
from septel.errors import EditConflict, NotHeld
from septel.papers import PaperKind
from septel.text import marked


class PaperStart(BaseModel):
    """Where a paper begins in the file's text; its kind where a person tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: int = Field(ge=0)
    kind: PaperKind | None = None


class FormerPaper(BaseModel):
    """A paper as it was before, and its stretch of the file's text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holding: str
    start: int
    end: int


class MendedFile(BaseModel):
    """A file as a person takes it apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts: tuple[PaperStart, ...] = Field(min_length=1)
    former: tuple[FormerPaper, ...] = ()
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A place where a paper may begin: a page of the file, or where one begins within a page.

    Attributes:
        at: in the file's text.
        page: of the file.
        words: how it begins.
        holding: the paper that has it now.
        begins: whether that paper begins here; `kind` and `why` are then its own.
    """

    at: int
    page: int
    words: str
    holding: str
    begins: bool
    kind: str = ""
    why: tuple[str, ...] = ()


def rows_of(
    archive: Archive, papers: Sequence[Mapping[str, object]]
) -> tuple[list[FileRow], list[FormerPaper]]:
    """The pages of a file by the papers that were made of it, in their order."""
    rows: list[FileRow] = []
    former: list[FormerPaper] = []
    base = 0
    for paper in sorted(papers, key=lambda one: int(str(one["number"]))):
        holding_id = str(paper["holding"])
        if not archive.holds(holding_id):
            raise NotHeld("a paper of the file is not here any more", where=holding_id)
        holding = archive.holding(holding_id)
        source, lines = holding.source, marked(holding.reading).split("\n")
        own = [(n, span) for n, span in enumerate(source.pages, 1) if len(span) or len(source.pages) == 1]
        described = cast("Mapping[str, Any]", holding.telegram.get("paper") or {})
        for place, (page, span) in enumerate(own):
            if any(row.page == page and row.holding != holding_id for row in rows) and place:
                continue
            first = source.line_at(span.start) - 1 if source.lines else 0
            words = " ".join(" ".join(line for line in lines[first : first + 12]).split())[:110]
            rows.append(
                FileRow(
                    at=base + span.start,
                    page=page,
                    words=words,
                    holding=holding_id,
                    begins=place == 0,
                    kind=str(described.get("kind", "")) if place == 0 else "",
                    why=tuple(described.get("why", ())) if place == 0 else (),
                )
            )
        former.append(FormerPaper(holding=holding_id, start=base, end=base + len(source.text)))
        base += len(source.text)
    return rows, former


def replace_former(archive: Archive, told: MendedFile, made: Sequence[FormerPaper]) -> None:
    """Put the new papers into the place of the former ones that were not made again."""
    kept = {one.holding for one in made}
    for old in told.former:
        if old.holding in kept or not archive.holds(old.holding) or not made:
            continue
        newer = max(made, key=lambda one: min(one.end, old.end) - max(one.start, old.start))
        try:
            archive.supersede(old.holding, newer.holding, at=datetime.now(UTC), by=told.by)
        except EditConflict:
            continue  # it gave way to another one before
