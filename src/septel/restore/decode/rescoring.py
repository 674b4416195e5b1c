"""A second look at what a search left: its readings weighed again by which words keep company.

The search knows eight characters; at the end of a word it has forgotten the word before. Here the surviving
arcs are walked once more, and each node is split by the two words that led to it and the letters of the word
that it stands in, as far as a few histories per node. The result is a search like the first one, over more
nodes, so that words, rivals and shares are found in it in the same way.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.restore import native
from septel.restore.compiled import JUNK, MOST_CANDIDATES, SIZE
from septel.restore.decode.lattice import Lattice, finished
from septel.restore.language import LETTERS, WordModel

HISTORIES = 6
"""Histories kept per node."""
LIVE = 3e-5
"""Arcs less probable than this are not looked at again."""
_SEPARATOR, _FIGURE, _LETTER, _NOTHING = 0, 1, 2, 3


def _kinds() -> NDArray[np.uint8]:
    kinds = np.full(256, _SEPARATOR, np.uint8)
    for code, letter in enumerate(LETTERS, 1):
        kinds[code] = _LETTER if letter.isalpha() else _FIGURE if letter.isdigit() else _SEPARATOR
    kinds[JUNK] = _NOTHING
    return kinds


_KINDS = _kinds()
_ORDINALS = np.array(
    [0] + [ord(c) - ord("A") + 2 if c.isalnum() else 0 for c in LETTERS] + [0] * (SIZE - len(LETTERS) - 1)
).astype(np.int64)


def rescore(search: Lattice, model: WordModel, *, weight: float) -> Lattice:
    """The search with its readings weighed by their words' company.

    Args:
        search: what the first search left.
        model: which words follow which.
        weight: how much a word's company counts against channel and characters.
    """
    live = search.posterior >= LIVE
    live[_on_path(search)] = True
    chosen = np.flatnonzero(live)
    order = chosen[np.argsort(search.arc_to[chosen], kind="stable")]
    arc_from, arc_to = search.arc_from[order], search.arc_to[order]
    arc_code, arc_score = search.arc_code[order], search.arc_score[order]
    bounds = np.searchsorted(arc_to, np.arange(len(search.place) + 1)).astype(np.int64)
    node, best, before, code, e_from, e_to, e_code, e_score = _expand(
        bounds, arc_from, arc_code, arc_score, model, weight
    )
    return finished(
        place=search.place[node],
        best=best,
        before=before,
        code=code,
        arcs=(e_from, e_to, e_code, e_score),
        end=int(search.place.max(initial=0)),
    )


def _on_path(search: Lattice) -> NDArray[np.int64]:
    """The arcs of the best reading: between two of its nodes, with the code that was kept."""
    step = np.full(len(search.place), -1, np.int64)
    step[search.path[1:]] = search.path[:-1]
    same = step[search.arc_to] == search.arc_from
    return np.flatnonzero(same & (search.arc_code == search.code[search.arc_to]))


def _expand(
    bounds: NDArray[np.int64],
    arc_from: NDArray[np.int32],
    arc_code: NDArray[np.uint8],
    arc_score: NDArray[np.float32],
    model: WordModel,
    weight: float,
) -> tuple[NDArray[Any], ...]:
    """Nodes (which they were, score, node before, code) and edges (from, to, code, score)."""
    nodes, m = len(bounds) - 1, model
    room = 4 * len(arc_from) + 4096
    kept = (np.int32, np.uint8, np.float32, np.float32, np.int64, np.int64, np.uint64, np.int64)
    slots = (np.float32, np.int64, np.int64, np.float32)
    while True:
        kinds = (np.int32, np.float32, np.int32, np.uint8, np.int64, np.int64, np.uint64)
        made = [np.empty(room, kind) for kind in kinds]
        edges = [np.empty(room, kind) for kind in (np.int32, np.int32, np.uint8, np.float32)]
        sizes = np.zeros(2, np.int64)
        wanted = native.expand(
            nodes,
            len(arc_from),
            len(m.hashes),
            len(m.keys2),
            len(m.keys3),
            room,
            HISTORIES,
            weight,
            bounds,
            arc_from,
            arc_code,
            arc_score,
            _KINDS,
            _ORDINALS.astype(np.uint64),
            m.hashes,
            m.ids,
            m.one,
            m.keys2,
            m.two,
            m.back2,
            m.keys3,
            m.three,
            m.back1,
            *(np.empty(MOST_CANDIDATES, kind) for kind in (*kept, *slots)),
            np.empty(nodes + 1, np.int64),
            *made,
            *edges,
            sizes,
        )
        if not wanted:
            break
        room = 2 * max(room, wanted)
    return tuple(
        array[:size] for size, arrays in zip(sizes, (made[:4], edges), strict=True) for array in arrays
    )
