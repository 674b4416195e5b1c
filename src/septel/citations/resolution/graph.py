"""Who cites whom, both ways, over all held telegrams and those that are only cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from septel.citations.extraction import Reference, ReferenceKind
from septel.citations.resolution.candidates import HeldTelegrams
from septel.citations.resolution.held import CitedMessage, HeldTelegram, ReferenceTarget, ResolutionStatus
from septel.citations.resolution.resolver import Resolver, antecedents


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention, with what it means.

    Attributes:
        citing: the holding that cites.
        ordinal: the reference's place among its references.
        reference: the mention itself, with its place in the source.
        meaning: what it means in this archive.
        through: for REFTEL and REF A, the ordinal of the reference-line item that it stands for.
    """

    citing: str
    ordinal: int
    reference: Reference
    meaning: ReferenceTarget
    through: int | None = None


@dataclass(frozen=True, kw_only=True)
class CitationGraph:
    """The archive's telegrams and ghosts as nodes, citations as edges.

    A holding's id names a held telegram, the text of a `CitedMessage` names a ghost.

    Attributes:
        held: the telegrams by their ids.
        resolver: what tells which of them a reference means.
        citations: document by document.
    """

    held: Mapping[str, HeldTelegram]
    resolver: Resolver
    citations: tuple[Citation, ...]
    _out: Mapping[str, Sequence[Citation]] = field(repr=False)
    _into: Mapping[str, Sequence[Citation]] = field(repr=False)

    @classmethod
    def of(cls, documents: Iterable[tuple[HeldTelegram, Sequence[Reference]]]) -> CitationGraph:
        """Resolve every reference of every document against all of them."""
        kept = list(documents)
        telegrams = HeldTelegrams(held for held, _ in kept)
        resolver = Resolver(telegrams)
        citations: list[Citation] = []
        for held, found in kept:
            citations += citations_of(held, found, resolver)
        out: dict[str, list[Citation]] = defaultdict(list)
        into: dict[str, list[Citation]] = defaultdict(list)
        for citation in citations:
            out[citation.citing].append(citation)
            meaning = citation.meaning
            if meaning.standing is ResolutionStatus.RESOLVED:
                for target in meaning.targets:
                    into[target].append(citation)
            elif meaning.standing is ResolutionStatus.GHOST and meaning.wanted:
                into[str(meaning.wanted)].append(citation)
        return cls(
            held=telegrams.by_id,
            resolver=resolver,
            citations=tuple(citations),
            _out=dict(out),
            _into=dict(into),
        )

    def cites(self, holding: str) -> tuple[Citation, ...]:
        """What a held telegram cites, in the order of its text."""
        return tuple(self._out.get(holding, ()))

    def cited_by(self, node: str) -> tuple[Citation, ...]:
        """Every citation of a held telegram (by its id) or of a ghost (by its name)."""
        return tuple(self._into.get(node, ()))

    def wanted(self) -> dict[CitedMessage, tuple[Citation, ...]]:
        """Everything that is cited and not held, with its citations."""
        found: dict[CitedMessage, list[Citation]] = defaultdict(list)
        for citation in self.citations:
            meaning = citation.meaning
            if meaning.standing is ResolutionStatus.GHOST and meaning.wanted:
                found[meaning.wanted].append(citation)
        return {wanted: tuple(citations) for wanted, citations in found.items()}


def citations_of(held: HeldTelegram, found: Sequence[Reference], resolver: Resolver) -> list[Citation]:
    """The references of one document, resolved; REFTEL and REF A mean what the reference line means."""
    tied = antecedents(found)
    direct = [resolver.resolve(reference, held) for reference in found]
    citations: list[Citation] = []
    for ordinal, reference in enumerate(found):
        if ordinal in tied:
            citations += [
                Citation(citing=held.id, ordinal=ordinal, reference=reference, meaning=direct[n], through=n)
                for n in tied[ordinal]
            ]
            continue
        meaning = direct[ordinal]
        if reference.kind is ReferenceKind.REFTEL:
            meaning = _untied(found, direct)
        citations.append(Citation(citing=held.id, ordinal=ordinal, reference=reference, meaning=meaning))
    return citations


def _untied(found: Sequence[Reference], direct: Sequence[ReferenceTarget]) -> ReferenceTarget:
    """A REFTEL that fits no one item of the reference line."""
    items = [n for n, one in enumerate(found) if one.paragraph == "heading"]
    candidates = tuple(target for n in items for target in direct[n].targets)
    if len(items) > 1:
        named = "; ".join(found[n].normal for n in items)
        return ReferenceTarget(
            standing=ResolutionStatus.AMBIGUOUS, candidates=candidates, why=f"it may mean {named}"
        )
    return ReferenceTarget(standing=ResolutionStatus.OPEN, why="the reference line has no such item")
