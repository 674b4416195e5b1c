"""How probable each arc of a search is given the whole page, forwards and backwards."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray, njit

KERNEL = (
    "i8",  # nodes
    "i8",  # arcs
    "i8",  # end
    "i4*",  # place
    "i4*",  # arc_from
    "i4*",  # arc_to
    "f4*",  # arc_score
    "f8*",  # alpha
    "f8*",  # beta
    "f4*",  # posterior
    "f8*",  # evidence
)


def kernel(
    nodes,
    arcs,
    end,
    place,
    arc_from,
    arc_to,
    arc_score,
    alpha,
    beta,
    posterior,
    evidence,
):
    """The probability of each arc, and the logarithm of that of the page."""
    place = carray(place, (nodes,))
    arc_from = carray(arc_from, (arcs,))
    arc_to = carray(arc_to, (arcs,))
    arc_score = carray(arc_score, (arcs,))
    alpha = carray(alpha, (nodes,))
    beta = carray(beta, (nodes,))
    posterior = carray(posterior, (arcs,))
    evidence = carray(evidence, (1,))
    for node in range(nodes):
        alpha[node] = -1e30
        beta[node] = -1e30
    alpha[0] = 0.0
    # Arcs are in the order of their targets, and a source always comes before its target.
    for arc in range(arcs):
        alpha[arc_to[arc]] = _plus(alpha[arc_to[arc]], alpha[arc_from[arc]] + arc_score[arc])
    total = -1e30
    for node in range(nodes - 1, -1, -1):
        if place[node] < end:
            break
        beta[node] = 0.0
        total = _plus(total, alpha[node])
    for arc in range(arcs - 1, -1, -1):
        beta[arc_from[arc]] = _plus(beta[arc_from[arc]], beta[arc_to[arc]] + arc_score[arc])
    for arc in range(arcs):
        posterior[arc] = np.exp(alpha[arc_from[arc]] + arc_score[arc] + beta[arc_to[arc]] - total)
    evidence[0] = total
    return 0


@njit(inline="always")
def _plus(a, b):
    if a < b:
        a, b = b, a
    if b < -1e29:
        return a
    return a + np.log1p(np.exp(b - a))
