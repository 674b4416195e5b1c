"""What a plot of references shows: the telegrams around one, or those of the archive that are cited most."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from septel.archive import Archive
from septel.citations import CitationGraph, Ghost, ResolutionStatus
from septel.export.record import ReferenceNode

MOST_NODES = 45
"""Telegrams of a plot; more can't be told from each other."""


def neighbourhood(
    archive: Archive, graph: CitationGraph, found: Sequence[Ghost], *, of: str = "", steps: int = 2
) -> tuple[list[ReferenceNode], list[tuple[str, str]], int]:
    """The telegrams of a plot and who cites whom among them, and how many more there are.

    Args:
        archive: where.
        graph: its citations.
        found: what is cited and not held.
        of: the holding that the plot is about; empty for those that most lines lead to or from.
        steps: how far from that holding.
    """
    edges = _edges(graph)
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        beside[one].add(other)
        beside[other].add(one)
    reached = _around(of, beside, steps) if of else _chief(edges)
    chosen = reached[:MOST_NODES]
    kept = set(chosen)
    nodes = _nodes(archive, chosen, {str(ghost.wanted): ghost for ghost in found}, of)
    return nodes, [pair for pair in edges if set(pair) <= kept], len(reached) - len(chosen)


def _edges(graph: CitationGraph) -> list[tuple[str, str]]:
    pairs: dict[tuple[str, str], None] = {}
    for one in graph.citations:
        meaning = one.meaning
        if meaning.standing is ResolutionStatus.RESOLVED:
            pairs |= dict.fromkeys((one.citing, target) for target in meaning.targets)
        elif meaning.standing is ResolutionStatus.GHOST and meaning.wanted:
            pairs[one.citing, str(meaning.wanted)] = None
    return [pair for pair in pairs if pair[0] != pair[1]]


def _around(of: str, beside: dict[str, set[str]], steps: int) -> list[str]:
    """A telegram, then those beside it, those most cited first, then those beside these."""
    found, edge = [of], [of]
    for _ in range(steps):
        near = {other for one in edge for other in beside[one]} - set(found)
        edge = sorted(near, key=lambda one: (-len(beside[one]), one))
        found += edge
    return found


def _chief(edges: Iterable[tuple[str, str]]) -> list[str]:
    """Those that are cited most, each followed by those that cite it."""
    into: dict[str, list[str]] = defaultdict(list)
    for citing, cited in edges:
        into[cited].append(citing)
    times = Counter({cited: len(citing) for cited, citing in into.items()})
    found: dict[str, None] = {}
    for cited, _ in sorted(times.items(), key=lambda pair: (-pair[1], pair[0])):
        found |= dict.fromkeys((cited, *into[cited][:6]))
    return list(found)


def _nodes(archive: Archive, ids: Sequence[str], ghosts: dict[str, Ghost], of: str) -> list[ReferenceNode]:
    held = {one.id: one for one in archive.contents.of([one for one in ids if archive.holds(one)])}
    nodes = []
    for one in ids:
        if one in held:
            fields = held[one].fields
            name = fields["identifier"] or fields["title"] or one
            nodes.append(
                ReferenceNode(
                    id=one,
                    name=name,
                    sender=_sender(fields["identifier"] or "") or fields["post"] or "",
                    day=_day(fields["dtg"]),
                    held=True,
                    address=f"/telegram/{one}/references",
                    note=fields["subject"] or "",
                    chief=one == of,
                )
            )
            continue
        nodes.append(_ghost_node(one, ghosts.get(one)))
    return nodes


def _ghost_node(name: str, ghost: Ghost | None) -> ReferenceNode:
    wanted = ghost.wanted if ghost else None
    return ReferenceNode(
        id=name,
        name=wanted.name if wanted else name,
        sender=wanted.post or "" if wanted else "",
        day=(_day(ghost.given) or ghost.dating.day or ghost.dating.latest) if ghost else None,
        held=False,
        address=f"/requests?{urlencode({'name': name})}",
        note="not held",
    )


def _sender(name: str) -> str:
    """The post of a number: `LA PAZ 158` is from LA PAZ."""
    return name.rstrip("0123456789 ").strip()


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
