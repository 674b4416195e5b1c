"""The graph that a search leaves: its best way through, and how probable each of its arcs is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray


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


@njit(cache=True, nogil=True)
def _last(place, best, end):  # type: ignore[no-untyped-def]  # compiled
    found = -1
    for node in range(len(place) - 1, -1, -1):
        if place[node] < end:
            break
        if found < 0 or best[node] > best[found]:
            found = node
    return found


@njit(cache=True, nogil=True, inline="always")
def _plus(a, b):  # type: ignore[no-untyped-def]  # compiled
    if a < b:
        a, b = b, a
    if b < -1e29:
        return a
    return a + np.log1p(np.exp(b - a))


@njit(cache=True, nogil=True)
def _backward(place, arc_from, arc_to, arc_score, end):  # type: ignore[no-untyped-def]  # compiled
    nodes = len(place)
    alpha = np.full(nodes, -1e30)
    beta = np.full(nodes, -1e30)
    alpha[0] = 0.0
    # Arcs are in the order of their targets, and a source always comes before its target.
    for arc in range(len(arc_from)):
        alpha[arc_to[arc]] = _plus(alpha[arc_to[arc]], alpha[arc_from[arc]] + arc_score[arc])
    total = -1e30
    for node in range(nodes - 1, -1, -1):
        if place[node] < end:
            break
        beta[node] = 0.0
        total = _plus(total, alpha[node])
    for arc in range(len(arc_from) - 1, -1, -1):
        beta[arc_from[arc]] = _plus(beta[arc_from[arc]], beta[arc_to[arc]] + arc_score[arc])
    posterior = np.zeros(len(arc_from), np.float32)
    for arc in range(len(arc_from)):
        posterior[arc] = np.exp(alpha[arc_from[arc]] + arc_score[arc] + beta[arc_to[arc]] - total)
    return posterior, total
