"""What the room shows of citations: both ways for one telegram, and what is cited and not held."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from septel.archive import Archive, citation_graph, stored_citations
from septel.archive.model import shown_reference
from septel.citations import Citation, CitationGraph, Ghost, ResolutionStatus, ghosts, request_list
from septel.export.record import ReferenceNode
from septel.room.days import day_told
from septel.room.negotiation import neighbourhood


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRow:
    """One mention: its words and place, and what it means.

    Attributes:
        raw: as it stands.
        holding, line: where it stands; `title` names that telegram.
        paragraph: the part that holds it.
        targets: held telegrams that are meant, as id and title.
        note: what is known where none is meant for sure.
    """

    raw: str
    holding: str
    title: str
    line: int
    paragraph: str
    targets: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GhostRow:
    """One message that is cited and not held."""

    name: str
    citing: tuple[tuple[str, str], ...]
    when: str
    parts: str


_Kept = tuple[tuple[int, int], CitationGraph, dict[str, str]]
_KEPT: WeakKeyDictionary[Archive, _Kept] = WeakKeyDictionary()
"""The graph and the titles of an archive, as long as nothing is written to it."""


def cited_rows(archive: Archive, holding: str) -> tuple[list[CitedRow], list[CitedRow]]:
    """What a telegram cites, and what cites it."""
    citations = stored_citations(archive)
    cites, cited = citations.cites(holding), citations.cited_by(holding)
    named = {each for one in (*cites, *cited) for each in (*one.meaning.targets, *one.meaning.candidates)}
    titles = archive.contents.titles({holding, *named, *(one.citing for one in cited)})
    return [_row(archive, one, titles) for one in cites], [_row(archive, one, titles) for one in cited]


def ghost_rows(archive: Archive) -> list[GhostRow]:
    """Everything that is cited and not held, most cited first."""
    graph, titles = _graph(archive)
    return [
        GhostRow(
            name=str(one.wanted),
            citing=tuple((holding, titles.get(holding, holding)) for holding in one.citing),
            when=_when(one),
            parts=", ".join(one.parts),
        )
        for one in ghosts(graph)
    ]


def reference_map(
    archive: Archive, *, of: str = "", steps: int = 2
) -> tuple[list[ReferenceNode], list[tuple[str, str]], int]:
    """What a plot of references shows, around one telegram or of the archive; see `neighbourhood`."""
    graph, _ = _graph(archive)
    return neighbourhood(archive, graph, ghosts(graph), of=of, steps=steps)


def ghost_table(archive: Archive) -> str:
    """The same as CSV."""
    graph, titles = _graph(archive)
    return request_list(ghosts(graph), titles)


def _graph(archive: Archive) -> tuple[CitationGraph, dict[str, str]]:
    kept, edition = _KEPT.get(archive), archive.contents.edition()
    if kept is None or kept[0] != edition:
        titles = archive.contents.titles(archive.contents.ids())
        kept = _KEPT[archive] = (edition, citation_graph(archive), titles)
    return kept[1], kept[2]


def _row(archive: Archive, citation: Citation, titles: dict[str, str]) -> CitedRow:
    meaning = citation.meaning
    note = ""
    if meaning.standing is ResolutionStatus.GHOST:
        note = f"not held: {meaning.wanted}"
    elif meaning.standing is not ResolutionStatus.RESOLVED:
        note = f"{meaning.standing.value}: {meaning.why}"
    named = meaning.targets or meaning.candidates
    reference, citing = citation.reference, archive.holding(citation.citing)
    return CitedRow(
        raw=shown_reference(citing, reference.raw, reference.locus.span),
        holding=citation.citing,
        title=titles.get(citation.citing, citation.citing),
        line=citing.source.line_at(reference.locus.span.start),
        paragraph=reference.paragraph,
        targets=tuple((one, titles.get(one, one)) for one in named),
        note=note,
    )


def _when(ghost: Ghost) -> str:
    dating = ghost.dating
    if ghost.given:
        return f"dated {day_told(ghost.given) if ghost.given.startswith('-') else ghost.given}"
    if dating.day:
        return f"about {dating.day} ({dating.earliest} to {dating.latest})"
    return f"not after {dating.latest}" if dating.latest else ""
