"""What persons state of a paper's handling: acts of the archive's log, undone and merged as all acts are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from septel.archive.acts import CurationAct
from septel.text import Span

MARK, RELEASE, EMBARGO, EXCISE = "mark", "release", "embargo", "excise"
KINDS = (MARK, RELEASE, EMBARGO, EXCISE)
STAGES = ("original", "previous", "downgraded", "current")
"""When a marking held: the sender's, one between, one that a downgrading gave, the one that holds now."""
STATUSES = ("released", "in part", "withheld", "under review")
"""What a review decided."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a paper: its name, and the stretches of the source that it covers.

    The stretches are the portion: a paragraph that is parsed anew under another number stays what it was.
    """

    name: str
    spans: tuple[Span, ...]

    def to_json(self) -> dict[str, object]:
        """As an act keeps it."""
        return {"name": self.name, "spans": [[one.start, one.end] for one in self.spans]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Portion:
        """Read back what `to_json` wrote."""
        return cls(str(data["name"]), tuple(Span(int(a), int(b)) for a, b in data["spans"]))


@dataclass(frozen=True, slots=True)
class HandlingStatement:
    """One act about handling, of the whole paper or of a portion."""

    act: CurationAct
    portion: Portion | None

    @property
    def kind(self) -> str:
        """What is stated: one of `KINDS`."""
        return self.act.what

    def get(self, name: str) -> str | None:
        """A field of it, or None where nothing is said."""
        value = self.act.data.get(name)
        return None if value in (None, "") else str(value)


def statements_of(acts: Iterable[CurationAct]) -> tuple[HandlingStatement, ...]:
    """The statements about handling among acts that stand, in their order."""
    found = []
    for act in acts:
        if act.what in KINDS:
            portion = act.data.get("portion")
            found.append(HandlingStatement(act, Portion.from_json(portion) if portion else None))
    return tuple(found)
