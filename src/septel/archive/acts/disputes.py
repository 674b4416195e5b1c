"""Heading fields that two persons corrected otherwise: each is listed until one of the two gives way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from septel.archive.acts.log import CORRECT, CurationAct, standing

_NAMES = {"dtg": "date", "identifier": "number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDispute:
    """A correction of a heading field that another person's later one displaced.

    Attributes:
        act: the correction that does not stand.
        stands: the one that does.
    """

    act: CurationAct
    stands: CurationAct

    @property
    def holding(self) -> str:
        """The document."""
        return str(self.act.holding)

    @property
    def field(self) -> str:
        """The heading field."""
        return str(self.act.data["field"])

    @property
    def name(self) -> str:
        """What people call the field."""
        return _NAMES.get(self.field, self.field)

    @property
    def value(self) -> str:
        """What the field is by the correction that does not stand; empty where the paper has none by it."""
        return str(self.act.data["value"] or "")

    @property
    def why(self) -> str:
        """What stands in the way, in words."""
        other = self.stands.data["value"]
        said = f"says {other!r}" if other else "says that there is none"
        return f"act {self.stands.number}, by {self.stands.by}, {said} and stands"

    def to_json(self) -> dict[str, object]:
        """For other programs."""
        return {
            "holding": self.holding,
            "kind": "disputed",
            "field": self.field,
            "value": self.act.data["value"],
            "by": self.act.by,
            "act": self.act.number,
            "stands": {
                "value": self.stands.data["value"],
                "by": self.stands.by,
                "act": self.stands.number,
            },
            "why": self.why,
        }


def field_disputes(acts: Iterable[CurationAct]) -> Iterator[FieldDispute]:
    """The corrections that another person's later one displaced, of acts in their order.

    Of each person only the last correction of a field counts: to change one's mind is no dispute.
    """
    last: dict[tuple[str | None, str], dict[str, CurationAct]] = defaultdict(dict)
    for act in standing(acts):
        if act.what == CORRECT:
            by_person = last[act.holding, str(act.data["field"])]
            by_person.pop(act.by, None)
            by_person[act.by] = act
    for by_person in last.values():
        *others, stands = by_person.values()
        for act in others:
            if act.data["value"] != stands.data["value"]:
                yield FieldDispute(act=act, stands=stands)
