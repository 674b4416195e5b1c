"""What the room shows of citations: both ways for one telegram, and what is cited and not held."""

from __future__ import annotations

from dataclasses import dataclass

from septel.archive import Archive, citation_graph
from septel.citations import Citation, CitationGraph, Ghost, ResolutionStatus, ghosts, request_list


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


def cited_rows(archive: Archive, holding: str) -> tuple[list[CitedRow], list[CitedRow]]:
    """What a telegram cites, and what cites it."""
    graph, titles = citation_graph(archive), _titles(archive)
    return (
        [_row(archive, one, titles) for one in graph.cites(holding)],
        [_row(archive, one, titles) for one in graph.cited_by(holding)],
    )


def ghost_rows(archive: Archive) -> list[GhostRow]:
    """Everything that is cited and not held, most cited first."""
    titles = _titles(archive)
    return [
        GhostRow(
            name=str(one.wanted),
            citing=tuple((holding, titles.get(holding, holding)) for holding in one.citing),
            when=_when(one),
            parts=", ".join(one.parts),
        )
        for one in ghosts(citation_graph(archive))
    ]


def ghost_table(archive: Archive) -> str:
    """The same as CSV."""
    graph: CitationGraph = citation_graph(archive)
    return request_list(ghosts(graph), _titles(archive))


def _titles(archive: Archive) -> dict[str, str]:
    return {str(row["id"]): str(row["title"]) for row in archive.holdings()}


def _row(archive: Archive, citation: Citation, titles: dict[str, str]) -> CitedRow:
    meaning = citation.meaning
    note = ""
    if meaning.standing is ResolutionStatus.GHOST:
        note = f"not held: {meaning.wanted}"
    elif meaning.standing is not ResolutionStatus.RESOLVED:
        note = f"{meaning.standing.value}: {meaning.why}"
    named = meaning.targets or meaning.candidates
    return CitedRow(
        raw=citation.reference.raw,
        holding=citation.citing,
        title=titles.get(citation.citing, citation.citing),
        line=archive.source(citation.citing).line_at(citation.reference.locus.span.start),
        paragraph=citation.reference.paragraph,
        targets=tuple((one, titles.get(one, one)) for one in named),
        note=note,
    )


def _when(ghost: Ghost) -> str:
    dating = ghost.dating
    if ghost.given:
        return f"dated {ghost.given}"
    if dating.day:
        return f"about {dating.day} ({dating.earliest} to {dating.latest})"
    return f"not after {dating.latest}" if dating.latest else ""
