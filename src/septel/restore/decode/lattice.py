"""The graph that a search leaves: its best way through, and how probable each of its arcs is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from septel.restore import native


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """The graph that a search leaves behind: nodes in reading order and arcs grouped by target.

    Attributes:
        place: per node, how many seen characters have been read.
        best: per node, the score of the best way there; `before` and `code` are its last arc.
        arc_from, arc_to, arc_code, arc_score: the arcs; `arc_score` is the arc's own score.
        path: nodes of the best reading, from the first to the last.
        posterior: per arc, its probability given the page (before calibration).
    """

    place: NDArray[np.int32]
    best: NDArray[np.float32]
    before: NDArray[np.int32]
    code: NDArray[np.uint8]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_code: NDArray[np.uint8]
    arc_score: NDArray[np.float32]
    posterior: NDArray[np.float32]
    path: NDArray[np.int32]
    evidence: float


def finished(
    *,
    place: NDArray[np.int32],
    best: NDArray[np.float32],
    before: NDArray[np.int32],
    code: NDArray[np.uint8],
    arcs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]],
    end: int,
) -> Lattice:
    """The graph with its best path and each arc's probability; `end` is the place after the last."""
    arc_from, arc_to, arc_code, arc_score = arcs
    posterior, total = _backward(place, arc_from, arc_to, arc_score, end)
    path = []
    node = _last(place, best, end)
    while node >= 0:
        path.append(node)
        node = before[node]
    return Lattice(
        place=place,
        best=best,
        before=before,
        code=code,
        arc_from=arc_from,
        arc_to=arc_to,
        arc_code=arc_code,
        arc_score=arc_score,
        posterior=posterior,
        path=np.array(path[::-1], np.int32),
        evidence=float(total),
    )


def _last(place: NDArray[np.int32], best: NDArray[np.float32], end: int) -> int:
    """The best of the nodes at the end, the last of equals; -1 where no way leads there."""
    there = int(np.searchsorted(place, end))
    return len(best) - 1 - int(np.argmax(best[there:][::-1])) if there < len(place) else -1


def _backward(
    place: NDArray[np.int32],
    arc_from: NDArray[np.int32],
    arc_to: NDArray[np.int32],
    arc_score: NDArray[np.float32],
    end: int,
) -> tuple[NDArray[np.float32], float]:
    """The probability of each arc, and the logarithm of that of the page."""
    nodes, arcs = len(place), len(arc_from)
    posterior, evidence = np.empty(arcs, np.float32), np.empty(1, np.float64)
    alpha, beta = np.empty(nodes, np.float64), np.empty(nodes, np.float64)
    native.backward(nodes, arcs, end, place, arc_from, arc_to, arc_score, alpha, beta, posterior, evidence)
    return posterior, float(evidence[0])
