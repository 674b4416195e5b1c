"""What may leave the archive: a rule looks at each holding before any exporter does.

A rule gives the holding that may be exported (the same, or a copy without what is withheld), or says why none
of it may be. What is withheld is counted and named by its id, never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from septel.archive import Holding
from septel.archive.model import tree_of
from septel.telegram import marking_of


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
    """Withholds what bears one of these marks: a classification or a caption, as `NODIS`.

    The sender's classification counts unless stamps state another current marking, on which all agree; a
    caption counts always.

    Attributes:
        marks: in capitals.
    """

    marks: frozenset[str]

    def __call__(self, holding: Holding) -> Holding | Withheld:
        """The holding, unless it bears one of the marks."""
        tree = tree_of(holding)
        current = marking_of(tree).current if tree else None
        borne = {caption.upper() for caption in holding.captions}
        if standing := current or holding.classification:
            borne.add(standing.upper())
        hit = sorted(self.marks & borne)
        return Withheld(holding=holding.id, why=f"marked {', '.join(hit)}") if hit else holding


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
