"""The search: the most probable text behind a noisy one, and how probable its rivals are.

A hypothesis has read the first `i` characters of the page and stands in one state of the language model.
Reading on, it takes a segment of one to four seen characters as one true character, or skips a seen
character as a junk mark, or takes a true character that left no trace. Hypotheses that have read as much
and stand in the same state are one node; only the best nodes of each place go on (a beam). The arcs between
surviving nodes are kept, so that a backward pass can say how probable each is given the whole page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from septel.restore.channel import MAX_SEGMENT
from septel.restore.decode.lattice import Lattice, finished
from septel.restore.language import SIZE, CharacterModel, step

JUNK = 255
"""The code of an arc that skips a seen character."""
PINNED = np.float32(-29.5)
"""Below this cost of being junk a place is pinned: read as it stands, with nothing missing inside."""
_SLOTS = 1 << 13
_PENDING = 1 << 15


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
    place, best, before, code, arcs = _forward(
        candidates.first,
        candidates.codes,
        candidates.costs,
        candidates.junk,
        candidates.missing,
        candidates.gone,
        candidates.breaks,
        model.masks,
        model.first,
        model.fails,
        model.backoffs,
        model.costs,
        model.nexts,
        np.float32(weight),
        width,
        np.float32(margin),
    )
    return finished(place=place, best=best, before=before, code=code, arcs=arcs, end=len(candidates.junk))


@njit(cache=True, nogil=True)
def _forward(  # type: ignore[no-untyped-def]  # compiled
    first,
    codes,
    costs,
    junk,
    missing,
    rows_gone,
    breaks,
    masks,
    mfirst,
    fails,
    backoffs,
    mcosts,
    nexts,
    weight,
    width,
    margin,
):
    n = len(junk)
    rows = MAX_SEGMENT + 1
    # One ring of pending arcs and of slots (nodes to be) per place ahead.
    p_from = np.zeros((rows, _PENDING), np.int32)
    p_slot = np.zeros((rows, _PENDING), np.int32)
    p_code = np.zeros((rows, _PENDING), np.uint8)
    p_score = np.zeros((rows, _PENDING), np.float32)
    p_count = np.zeros(rows, np.int64)
    s_key = np.full((rows, _SLOTS), -1, np.int64)
    s_best = np.zeros((rows, _SLOTS), np.float32)
    s_arc = np.zeros((rows, _SLOTS), np.int32)
    s_used = np.zeros((rows, _SLOTS), np.int32)
    s_count = np.zeros(rows, np.int64)
    top = np.full(rows, -1e30, np.float32)

    room = n * width // 2 + 4096
    place = np.zeros(room, np.int32)
    best = np.zeros(room, np.float32)
    before = np.full(room, -1, np.int32)
    code = np.zeros(room, np.uint8)
    state = np.zeros(room, np.int32)
    gone = np.zeros(room, np.uint8)  # true characters just read that left no trace
    nodes = 0
    arc_room = n * width + 4096
    a_from = np.zeros(arc_room, np.int32)
    a_to = np.zeros(arc_room, np.int32)
    a_code = np.zeros(arc_room, np.uint8)
    a_score = np.zeros(arc_room, np.float32)
    arcs = 0

    # The place before the page: one node, as if a line end had just been read.
    nodes = 1
    begin, finish = 0, 1
    slot_node = np.full(_SLOTS, -1, np.int32)
    order = np.zeros(_SLOTS, np.int64)
    for i in range(n + 1):
        row = i % rows
        if i > 0:
            # Choose which slots of this place become nodes.
            count = s_count[row]
            if count == 0:
                break
            limit = top[row] - margin
            chosen = 0
            scores = np.empty(count, np.float32)
            for k in range(count):
                scores[k] = s_best[row, s_used[row, k]]
            if count > width:
                cut = np.partition(scores, count - width)[count - width]
                if cut > limit:
                    limit = cut
            begin = nodes
            for k in range(count):
                slot = s_used[row, k]
                if s_best[row, slot] >= limit:
                    order[chosen] = slot
                    chosen += 1
            if nodes + 2 * chosen + 2 * width >= len(place):
                extra = len(place) // 2 + 4096
                place = np.concatenate((place, np.zeros(extra, np.int32)))
                best = np.concatenate((best, np.zeros(extra, np.float32)))
                before = np.concatenate((before, np.full(extra, -1, np.int32)))
                code = np.concatenate((code, np.zeros(extra, np.uint8)))
                state = np.concatenate((state, np.zeros(extra, np.int32)))
                gone = np.concatenate((gone, np.zeros(extra, np.uint8)))
            for k in range(chosen):
                slot = order[k]
                arc = s_arc[row, slot]
                place[nodes] = i
                best[nodes] = s_best[row, slot]
                before[nodes] = p_from[row, arc]
                code[nodes] = p_code[row, arc]
                state[nodes] = s_key[row, slot]
                gone[nodes] = 0
                slot_node[slot] = nodes
                nodes += 1
            if arcs + p_count[row] + 1 >= len(a_from):
                extra = len(a_from) // 2 + p_count[row] + 4096
                a_from = np.concatenate((a_from, np.zeros(extra, np.int32)))
                a_to = np.concatenate((a_to, np.zeros(extra, np.int32)))
                a_code = np.concatenate((a_code, np.zeros(extra, np.uint8)))
                a_score = np.concatenate((a_score, np.zeros(extra, np.float32)))
            for k in range(p_count[row]):
                target = slot_node[p_slot[row, k]]
                if target >= 0:
                    a_from[arcs] = p_from[row, k]
                    a_to[arcs] = target
                    a_code[arcs] = p_code[row, k]
                    a_score[arcs] = p_score[row, k]
                    arcs += 1
            for k in range(count):
                slot = s_used[row, k]
                s_key[row, slot] = -1
                slot_node[slot] = -1
            s_count[row] = 0
            p_count[row] = 0
            finish = nodes
            # Within a pinned word (see Candidates.junk) nothing is missing.
            whole = i < n and junk[i - 1] < PINNED and junk[i] < PINNED
            if i < n and not breaks[i - 1] and not whole:
                # True characters that left no trace, after the better nodes of this place.
                near = top[row] - margin * np.float32(0.6)
                lost = missing[rows_gone[i]]
                for u in range(begin, finish):
                    if best[u] < near:
                        continue
                    for c in range(1, SIZE):
                        base = best[u] + lost[c]
                        if base < near:
                            continue
                        cost, after = step(masks, mfirst, fails, backoffs, mcosts, nexts, state[u], c)
                        gain = lost[c] + weight * cost
                        if best[u] + gain < near:
                            continue
                        if nodes + 2 >= len(place) or arcs + 2 >= len(a_from):
                            continue
                        place[nodes] = i
                        best[nodes] = best[u] + gain
                        before[nodes] = u
                        code[nodes] = c
                        state[nodes] = after
                        gone[nodes] = 1
                        a_from[arcs] = u
                        a_to[arcs] = nodes
                        a_code[arcs] = c
                        a_score[arcs] = gain
                        nodes += 1
                        arcs += 1
                finish = nodes
            top[row] = -1e30
        if i == n:
            break
        # Read on from every node of this place, the best first.
        size = finish - begin
        rank = np.argsort(-best[begin:finish])
        for k in range(size):
            u = begin + rank[k]
            for length in range(1, MAX_SEGMENT + 1):
                if i + length > n:
                    break
                r = i * MAX_SEGMENT + length - 1
                ahead = (i + length) % rows
                for j in range(first[r], first[r + 1]):
                    base = best[u] + costs[j]
                    if base < top[ahead] - margin:
                        break
                    c = codes[j]
                    cost, after = step(masks, mfirst, fails, backoffs, mcosts, nexts, state[u], c)
                    gain = costs[j] + weight * cost
                    _add(
                        p_from,
                        p_slot,
                        p_code,
                        p_score,
                        p_count,
                        s_key,
                        s_best,
                        s_arc,
                        s_used,
                        s_count,
                        top,
                        ahead,
                        u,
                        c,
                        gain,
                        best[u] + gain,
                        after,
                        margin,
                    )
            if not breaks[i]:
                ahead = (i + 1) % rows
                gain = junk[i]
                _add(
                    p_from,
                    p_slot,
                    p_code,
                    p_score,
                    p_count,
                    s_key,
                    s_best,
                    s_arc,
                    s_used,
                    s_count,
                    top,
                    ahead,
                    u,
                    np.uint8(JUNK),
                    gain,
                    best[u] + gain,
                    state[u],
                    margin,
                )
    return (
        place[:nodes].copy(),
        best[:nodes].copy(),
        before[:nodes].copy(),
        code[:nodes].copy(),
        (a_from[:arcs].copy(), a_to[:arcs].copy(), a_code[:arcs].copy(), a_score[:arcs].copy()),
    )


@njit(cache=True, nogil=True, inline="always")
def _add(  # type: ignore[no-untyped-def]  # compiled
    p_from,
    p_slot,
    p_code,
    p_score,
    p_count,
    s_key,
    s_best,
    s_arc,
    s_used,
    s_count,
    top,
    row,
    source,
    code,
    gain,
    total,
    after,
    margin,
):
    if total < top[row] - margin:
        return
    arc = p_count[row]
    if arc >= _PENDING - 1 or s_count[row] >= _SLOTS // 2:
        return
    slot = (np.int64(after) * np.int64(2654435761)) & np.int64(_SLOTS - 1)
    while s_key[row, slot] != -1 and s_key[row, slot] != after:
        slot = (slot + 1) & (_SLOTS - 1)
    if s_key[row, slot] == -1:
        s_key[row, slot] = after
        s_best[row, slot] = total
        s_arc[row, slot] = arc
        s_used[row, s_count[row]] = slot
        s_count[row] += 1
    elif total > s_best[row, slot]:
        s_best[row, slot] = total
        s_arc[row, slot] = arc
    p_from[row, arc] = source
    p_slot[row, arc] = slot
    p_code[row, arc] = code
    p_score[row, arc] = gain
    p_count[row] = arc + 1
    if total > top[row]:
        top[row] = total
