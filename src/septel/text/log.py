"""The log of everything that was ever proposed or decided about one source.

File format: JSON lines. The first line names the source (`{"source": id, "digest": ..., "name": ...}`);
each further line is one entry, numbered from one: an edit (`"entry"`, `"at"`, `"by"`, then the edit's own
fields), or the undoing of an earlier entry (`"entry"`, `"at"`, `"by"`, `"undoes"`). Lines are only ever
added.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from septel.errors import EditConflict
from septel.text.edit import Edit, Ground
from septel.text.reading import Reading
from septel.text.source import Source
from septel.text.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log: an edit, or the undoing of an earlier entry.

    Attributes:
        number: from one, in the order in which entries were added.
        at: when, in UTC.
        by: who or what added it: a person's name, or the tool.
        edit: the edit, or None when the entry undoes another.
        undoes: the number of the entry that no longer counts.
    """

    number: int
    at: datetime
    by: str
    edit: Edit | None = None
    undoes: int | None = None

    def to_json(self) -> dict[str, object]:
        """The entry as one line."""
        data: dict[str, object] = {"entry": self.number, "at": self.at.isoformat(), "by": self.by}
        if self.edit is not None:
            data |= self.edit.to_json()
        if self.undoes is not None:
            data["undoes"] = self.undoes
        return data

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Entry:
        """Read back what `to_json` wrote."""
        undoes = data.get("undoes")
        return cls(
            number=int(str(data["entry"])),
            at=datetime.fromisoformat(str(data["at"])),
            by=str(data["by"]),
            edit=Edit.from_json(data) if "span" in data else None,
            undoes=None if undoes is None else int(str(undoes)),
        )


def _rank(entry: Entry) -> tuple[bool, int]:
    assert entry.edit is not None
    return entry.edit.reason.ground is Ground.DECISION, entry.number


def _stand_apart(entries: Iterable[Entry]) -> bool:
    """Whether entries are edits in the order of the text none of which meets another: as tools make them."""
    before = Span(0, 0)
    for number, entry in enumerate(entries):
        if entry.edit is None:
            return False
        span = entry.edit.span
        if number and (span.start < before.end or span == before):
            return False
        before = span
    return True


@dataclass(frozen=True, slots=True)
class EditLog:
    """Entries about one source, only ever added to; the active ones make the reading.

    A later edit supersedes the earlier ones that it overlaps, and both stay in the log. A person's
    decision is superseded by another decision only, never by a tool.
    """

    source_id: str
    entries: tuple[Entry, ...] = ()

    def add(self, edits: Iterable[Edit], *, by: str, at: datetime) -> EditLog:
        """The log with further edits at its end."""
        start = len(self.entries) + 1
        new = tuple(Entry(number=n, at=at, by=by, edit=edit) for n, edit in enumerate(edits, start))
        return replace(self, entries=self.entries + new)

    def undo(self, number: int, *, by: str, at: datetime) -> EditLog:
        """The log with entry `number` no longer counting; undoing an undoing brings it back.

        Raises:
            EditConflict: there is no such entry.
        """
        if not 1 <= number <= len(self.entries):
            raise EditConflict(f"the log has no entry {number}", remedy=f"It has {len(self.entries)}.")
        entry = Entry(number=len(self.entries) + 1, at=at, by=by, undoes=number)
        return replace(self, entries=(*self.entries, entry))

    def standing(self) -> Iterator[Entry]:
        """The entries that have not been undone, in order."""
        undone: set[int] = set()
        for entry in reversed(self.entries):
            if entry.number not in undone and entry.undoes is not None:
                undone.add(entry.undoes)
        return (entry for entry in self.entries if entry.number not in undone and entry.edit is not None)

    def active(self) -> tuple[Entry, ...]:
        """The edits that make the reading: not undone, not superseded, in the order of the text."""
        if _stand_apart(self.entries):
            return self.entries
        chosen: list[tuple[Span, Entry]] = []
        for entry in sorted(self.standing(), key=_rank, reverse=True):
            if entry.edit is None:
                continue
            span = entry.edit.span
            # What is chosen never meets, so its spans are in order by start and by end: a span that meets
            # any of them meets the one before its own place in that order, or the one after.
            at = bisect_left(chosen, span, key=lambda one: one[0])
            if not any(span == near or span.overlaps(near) for near, _ in chosen[max(0, at - 1) : at + 1]):
                chosen.insert(at, (span, entry))
        return tuple(entry for _, entry in chosen)

    def reading(self, source: Source) -> Reading:
        """The source as the active edits read it.

        Raises:
            EditConflict: the log belongs to another source, or an edit does not fit.
        """
        if source.id != self.source_id:
            raise EditConflict(
                f"the log is of source {self.source_id}, not {source.id}",
                where=source.name,
                remedy="Open the log that belongs to this text.",
            )
        return Reading.of(source, (e.edit for e in self.active() if e.edit))

    def dumps(self, source: Source) -> str:
        """The log as JSON lines, the source named on the first."""
        head = {"source": source.id, "digest": source.digest, "name": source.name}
        lines = [head, *(entry.to_json() for entry in self.entries)]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    @classmethod
    def loads(cls, text: str) -> EditLog:
        """Read back what `dumps` wrote.

        Raises:
            EditConflict: a line is not JSON, lacks something, or the numbering has a gap.
        """
        entries: list[Entry] = []
        source_id = ""
        # Only a line feed ends a line here: JSON leaves other line ends of Unicode as they are.
        for number, line in enumerate(text.removesuffix("\n").split("\n")):
            try:
                data = json.loads(line)
                if number == 0:
                    source_id = str(data["source"])
                    continue
                entry = Entry.from_json(data)
                if entry.number != number:
                    raise ValueError(f"entry {entry.number} stands where {number} belongs")
                entries.append(entry)
            except (KeyError, TypeError, ValueError) as why:
                raise EditConflict(
                    f"line {number + 1} of the edit log can't be read ({why})",
                    remedy="Mend the line or restore the log from a backup; the source is untouched.",
                ) from why
        if not source_id:
            raise EditConflict("the edit log is empty", remedy="Its first line names the source.")
        return cls(source_id, tuple(entries))
