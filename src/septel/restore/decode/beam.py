"""The search: the most probable text behind a noisy one, and how probable its rivals are.

A hypothesis has read the first `i` characters of the page and stands in one state of the language model.
Reading on, it takes a segment of one to four seen characters as one true character, or skips a seen
character as a junk mark, or takes a true character that left no trace. Hypotheses that have read as much
and stand in the same state are one node; only the best nodes of each place go on (a beam). The arcs between
surviving nodes are kept, so that a backward pass can say how probable each is given the whole page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.restore import native
from septel.restore.compiled import PENDING, ROWS, SLOTS
from septel.restore.decode.lattice import Lattice, finished
from septel.restore.language import CharacterModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What each place of a page may be read as; one row per place and segment length.

    Attributes:
        first: for place `i` and length `n`, row `i * LONGEST + n - 1` begins at this index.
        codes: true characters, best first within a row.
        costs: logarithms of the probability of the segment given the character.
        junk: per place, the logarithm of the probability that the character there is a junk mark; below
            `PINNED` where the place is only ever read as it stands.
        missing: rows of, per true character, the logarithm of the probability that it left no trace.
        gone: per place, which of these rows holds there.
        breaks: per place, whether a line end is there (it is read as a space and never skipped).
    """

    first: NDArray[np.int32]
    codes: NDArray[np.uint8]
    costs: NDArray[np.float32]
    junk: NDArray[np.float32]
    missing: NDArray[np.float32]
    gone: NDArray[np.int32]
    breaks: NDArray[np.bool_]


def beam_search(
    candidates: Candidates, model: CharacterModel, *, weight: float, width: int, margin: float
) -> Lattice:
    """Decode a page.

    Args:
        candidates: what the channel says of each place.
        model: what language says.
        weight: how much language counts against the channel.
        width: nodes kept per place.
        margin: nodes that far (in nats) behind the best of their place are dropped.
    """
    n = len(candidates.junk)
    node_most, arc_most = 2 * n * width + 16384, 2 * n * width + 16384
    while True:
        nodes = _nodes(node_most)
        arcs = _arcs(arc_most)
        sizes = np.zeros(2, np.int64)
        wanted = native.forward(
            n,
            width,
            margin,
            weight,
            len(candidates.codes),
            len(candidates.missing),
            len(model.masks),
            len(model.costs),
            node_most,
            arc_most,
            candidates.first,
            candidates.codes,
            candidates.costs,
            candidates.junk,
            candidates.missing,
            candidates.gone,
            candidates.breaks.view(np.uint8),
            model.masks,
            model.first,
            model.fails,
            model.backoffs,
            model.costs,
            model.nexts,
            *_rings(),
            np.empty(node_most, np.float32),
            np.empty(node_most, np.int64),
            np.empty(200, np.int64),
            *nodes,
            *arcs,
            sizes,
        )
        if not wanted:
            break
        node_most = arc_most = 2 * max(wanted, node_most)
    place, best, before, code = (array[: sizes[0]] for array in nodes[:4])
    found, to, read, score = arcs
    size = sizes[1]
    # Not copied: of the room that was not used nothing was ever touched, so it takes no memory.
    kept = (found[:size], to[:size], read[:size], score[:size])
    return finished(place=place, best=best, before=before, code=code, arcs=kept, end=n)


def _nodes(most: int) -> tuple[NDArray[Any], ...]:
    """Room for nodes: place, score, node before, code, state of the model, and what left no trace."""
    kinds = (np.int32, np.float32, np.int32, np.uint8, np.int32, np.uint8)
    return tuple(np.empty(most, kind) for kind in kinds)


def _arcs(
    most: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]]:
    """Room for arcs: the nodes before and after, code, score."""
    ends = np.empty((2, most), np.int32)
    return ends[0], ends[1], np.empty(most, np.uint8), np.empty(most, np.float32)


def _rings() -> tuple[NDArray[Any], ...]:
    """Room for what is pending: one row of arcs, and of slots (nodes to be), per place ahead."""
    pending = [np.empty((ROWS, PENDING), kind) for kind in (np.int32, np.int32, np.uint8, np.float32)]
    slots = [np.empty((ROWS, SLOTS), kind) for kind in (np.int64, np.float32, np.int32, np.int32)]
    counts = [np.empty(ROWS, kind) for kind in (np.int64, np.int64, np.float32)]
    return (
        *pending,
        counts[0],
        *slots,
        *counts[1:],
        np.empty(SLOTS, np.int32),
        np.empty(SLOTS, np.int64),
    )
