"""A query held against one unit's lattice: whether it has it, how surely, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from septel.archive.search.expressions import LEAST_ALIKE, Forms, patterns_of, slips_of
from septel.archive.search.lattice import Path, Pattern, Standing, WordLattice
from septel.archive.search.query_language import All, AnyOf, FieldQuery, NearQuery, Node, Phrase, Sound

_EVEN = 0.5
_LEAST = 0.02
"""What may be a word, or a phrase of nothing but short words, less likely than this is not shown: chance
makes such paths (5 of 63 such hits were right, on 60 pages of folds 1 to 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a lattice has of a query.

    Attributes:
        probability: that it stands there; None where a part of it has no calibrated figure.
        standing: that of its least sure part.
        paths: where the parts stand, in the order of the text.
    """

    probability: float | None
    standing: Standing
    paths: tuple[Path, ...] = ()

    @property
    def rank(self) -> tuple[int, float]:
        """The surest first."""
        return self.standing, -(self.probability if self.probability is not None else 0.0)


ALIKE = Finding(probability=None, standing=Standing.READ)
AS_READ = Finding(probability=1.0, standing=Standing.READ)
"""What a unit without edits has whose own words look alike, or are what is asked; where, is found out when it
is shown."""


class _Judged(dict[str, bool]):
    """Whether words fit a pattern, kept: the same words come again in every paragraph."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern

    def __missing__(self, word: str) -> bool:
        fits = self[word] = bool(self._pattern(word))
        return fits


class Evaluation:
    """Holds one query against lattices.

    Args:
        forms: what the words of the query may stand for.
        fields: whether the document at hand fits a field; asked only where a field is one of several choices.

    With forms that are alike, phrases are looked for loosely (see `WordLattice.find`).
    """

    def __init__(self, forms: Forms, fields: Callable[[FieldQuery], bool] = lambda _: True) -> None:
        self.forms = forms
        self.fields = fields

        self._sought: dict[Phrase, tuple[list[Pattern], list[Pattern | None] | None]] = {}

    def _find(self, phrase: Phrase, lattice: WordLattice) -> list[Path]:
        sought = self._sought.get(phrase)
        if sought is None:
            sought = self._sought[phrase] = self._patterns(phrase)
        found = lattice.find(*sought)
        if len(phrase.words) > 1 and max(map(len, phrase.words)) >= LEAST_ALIKE:
            return found
        return [path for path in found if path.standing is not Standing.MAYBE or _likely(path)]

    def _patterns(self, phrase: Phrase) -> tuple[list[Pattern], list[Pattern | None] | None]:
        """What fits each word of a phrase, and what may be a bad misreading of it; a word is judged once."""
        patterns = patterns_of(phrase, self.forms)
        if not self.forms.similar:
            return patterns, None
        slips = [slip and _Judged(slip).__getitem__ for slip in slips_of(phrase.words)]
        return [_Judged(pattern).__getitem__ for pattern in patterns], slips

    def of(self, node: Node, lattice: WordLattice) -> Finding | None:
        """What a lattice has of a query; None when it can't be there."""
        if isinstance(node, Phrase):
            return _found(self._find(node, lattice))
        if isinstance(node, Sound):
            fitting = frozenset(self.forms.sound(node.word))
            return _found(lattice.find([fitting.__contains__]))
        if isinstance(node, NearQuery):
            return self._near(node, lattice)
        if isinstance(node, FieldQuery):
            sure = Finding(probability=1.0, standing=Standing.READ)
            return sure if self.fields(node) else None
        if isinstance(node, AnyOf):
            found = [one for part in node.parts if (one := self.of(part, lattice)) is not None]
            return min(found, key=lambda one: one.rank) if found else None
        return self._all(node, lattice)

    def _all(self, node: All, lattice: WordLattice) -> Finding | None:
        parts: list[Finding] = []
        for part in node.parts:
            found = self.of(part, lattice)
            if found is None:
                return None
            parts.append(found)
        for other in node.without:
            if isinstance(other, FieldQuery):
                continue
            found = self.of(other, lattice)
            if found is not None and found.standing is Standing.READ and (found.probability or 0) >= _EVEN:
                return None
        return _together(parts)

    def _near(self, node: NearQuery, lattice: WordLattice) -> Finding | None:
        choices = []
        for part in node.parts:
            choices.append(self._find(part, lattice))
        if not all(choices):
            return None
        best: Finding | None = None
        for first in choices[0]:
            chosen = [first]
            for others in choices[1:]:
                chosen.append(min(others, key=lambda one: (abs(one.first - first.first), one.rank)))
            ordered = sorted(chosen, key=lambda one: one.first)
            between = ordered[-1].first - ordered[0].last
            if between <= node.distance:
                found = _together([_found([one]) for one in ordered])
                if best is None or found.rank < best.rank:
                    best = found
        return best


def _likely(path: Path) -> bool:
    return path.probability is None or path.probability >= _LEAST


def _found(paths: Sequence[Path]) -> Finding | None:
    """The surest of several places, with all of those that stand alike."""
    if not paths:
        return None
    best = min(paths, key=lambda path: path.rank)
    alike = tuple(path for path in paths if path.standing == best.standing)
    return Finding(probability=best.probability, standing=best.standing, paths=alike)


def _together(parts: Sequence[Finding | None]) -> Finding:
    probability: float | None = 1.0
    standing = Standing.READ
    paths: list[Path] = []
    for part in parts:
        assert part is not None
        standing = max(standing, part.standing)
        paths += part.paths
        probability = (
            None if probability is None or part.probability is None else probability * part.probability
        )
    return Finding(
        probability=probability,
        standing=standing,
        paths=tuple(sorted(paths, key=lambda p: (p.first, p.last))),
    )
