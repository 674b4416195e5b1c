"""What may leave the archive: a rule looks at each holding before any exporter does.

A rule gives the holding that may be exported (the same, or a copy without what is withheld), or says why none
of it may be. What is withheld is counted and named by its id, never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from septel.archive import Holding
from septel.archive.handling import (
    MARKS_ROLE,
    Handling,
    facts_of,
    markings_on_page,
    paper_ruling,
    released_copy,
    rules_without,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A holding that is not exported, and why.

    Attributes:
        holding: its id.
        why: the rule, in words that give nothing of the document away.
    """

    holding: str
    why: str


ReleaseRule = Callable[[Holding], Holding | Withheld]
"""Says what of a holding may be exported."""


def everything(holding: Holding) -> Holding | Withheld:
    """The rule that withholds nothing."""
    return holding


@dataclass(frozen=True, slots=True)
class WithoutMarks:
    """Withholds what bears one of these marks now: a classification or a caption, as `NODIS`.

    The rules of handling decide (`septel.archive.handling`), by what stands of a paper's markings: the
    sender's classification counts unless stamps, the archive's attributes or a person state a current one; a
    caption counts always. A paragraph that bears such a mark of its own is withheld of a paper that does not.

    Attributes:
        marks: in capitals.
        handling: what persons state of markings; None where only the paper itself is asked.
    """

    marks: frozenset[str]
    handling: Handling | None = None

    def __call__(self, holding: Holding) -> Holding | Withheld:
        """The holding, or what of it bears none of the marks."""
        rules, today = rules_without(self.marks), datetime.now(UTC).date()
        if self.handling is not None:
            ruling = self.handling.ruling(holding.id, MARKS_ROLE, today=today, rules=rules)
        else:
            heading = {"classification": holding.classification, "captions": holding.captions}
            facts = facts_of(heading, markings_on_page(holding.telegram, holding.source), ())
            ruling = paper_ruling(holding.id, facts, rules, MARKS_ROLE, today)
        if not ruling.whole.released:
            return Withheld(holding=holding.id, why=ruling.whole.reason)
        return released_copy(holding, ruling.withheld) if ruling.withheld else holding


@dataclass(slots=True)
class Released:
    """Passes on what a rule lets out, and keeps account of the rest.

    Attributes:
        rule: looks at each holding.
        withheld: what it kept back so far.
    """

    rule: ReleaseRule = everything
    withheld: list[Withheld] = field(default_factory=list)

    def of(self, holdings: Iterable[Holding]) -> Iterator[Holding]:
        """The holdings that may be exported, one by one."""
        for holding in holdings:
            ruling = self.rule(holding)
            if isinstance(ruling, Withheld):
                self.withheld.append(ruling)
            else:
                yield ruling
