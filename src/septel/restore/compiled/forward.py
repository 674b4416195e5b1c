"""The search over a page: nodes and arcs, from its first place to its last (`restore.decode.beam`)."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray, njit

from septel.restore.compiled.automaton import step
from septel.restore.compiled.constants import JUNK, MAX_SEGMENT, PENDING, PINNED, ROWS, SIZE, SLOTS
from septel.restore.compiled.quicksort import order, smallest

KERNEL = (
    "i8",  # n
    "i8",  # width
    "f4",  # margin
    "f4",  # weight
    "i8",  # arcs_in
    "i8",  # rows_missing
    "i8",  # states
    "i8",  # model_arcs
    "i8",  # node_most
    "i8",  # arc_most
    "i4*",  # first
    "u1*",  # codes
    "f4*",  # costs
    "f4*",  # junk
    "f4*",  # missing
    "i4*",  # rows_gone
    "u1*",  # breaks
    "u8*",  # masks
    "i4*",  # mfirst
    "i4*",  # fails
    "f4*",  # backoffs
    "f4*",  # mcosts
    "i4*",  # nexts
    "i4*",  # p_from
    "i4*",  # p_slot
    "u1*",  # p_code
    "f4*",  # p_score
    "i8*",  # p_count
    "i8*",  # s_key
    "f4*",  # s_best
    "i4*",  # s_arc
    "i4*",  # s_used
    "i8*",  # s_count
    "f4*",  # top
    "i4*",  # slot_node
    "i8*",  # chosen_slots
    "f4*",  # scores
    "i8*",  # rank
    "i8*",  # stack
    "i4*",  # place
    "f4*",  # best
    "i4*",  # before
    "u1*",  # code
    "i4*",  # state
    "u1*",  # gone
    "i4*",  # a_from
    "i4*",  # a_to
    "u1*",  # a_code
    "f4*",  # a_score
    "i8*",  # sizes
)


def kernel(
    n,
    width,
    margin,
    weight,
    arcs_in,
    rows_missing,
    states,
    model_arcs,
    node_most,
    arc_most,
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
    slot_node,
    chosen_slots,
    scores,
    rank,
    stack,
    place,
    best,
    before,
    code,
    state,
    gone,
    a_from,
    a_to,
    a_code,
    a_score,
    sizes,
):
    """The nodes and arcs of a search; zero, or how many nodes or arcs there must be room for."""
    first = carray(first, (n * MAX_SEGMENT + 1,))
    codes = carray(codes, (arcs_in,))
    costs = carray(costs, (arcs_in,))
    junk = carray(junk, (n,))
    missing = carray(missing, (rows_missing, SIZE))
    rows_gone = carray(rows_gone, (n,))
    breaks = carray(breaks, (n,))
    masks = carray(masks, (states,))
    mfirst = carray(mfirst, (states + 1,))
    fails = carray(fails, (states,))
    backoffs = carray(backoffs, (states,))
    mcosts = carray(mcosts, (model_arcs,))
    nexts = carray(nexts, (model_arcs,))
    p_from = carray(p_from, (ROWS, PENDING))
    p_slot = carray(p_slot, (ROWS, PENDING))
    p_code = carray(p_code, (ROWS, PENDING))
    p_score = carray(p_score, (ROWS, PENDING))
    p_count = carray(p_count, (ROWS,))
    s_key = carray(s_key, (ROWS, SLOTS))
    s_best = carray(s_best, (ROWS, SLOTS))
    s_arc = carray(s_arc, (ROWS, SLOTS))
    s_used = carray(s_used, (ROWS, SLOTS))
    s_count = carray(s_count, (ROWS,))
    top = carray(top, (ROWS,))
    slot_node = carray(slot_node, (SLOTS,))
    chosen_slots = carray(chosen_slots, (SLOTS,))
    scores = carray(scores, (node_most,))
    rank = carray(rank, (node_most,))
    stack = carray(stack, (200,))
    place = carray(place, (node_most,))
    best = carray(best, (node_most,))
    before = carray(before, (node_most,))
    code = carray(code, (node_most,))
    state = carray(state, (node_most,))
    gone = carray(gone, (node_most,))
    a_from = carray(a_from, (arc_most,))
    a_to = carray(a_to, (arc_most,))
    a_code = carray(a_code, (arc_most,))
    a_score = carray(a_score, (arc_most,))
    sizes = carray(sizes, (2,))
    for row in range(ROWS):
        p_count[row] = 0
        s_count[row] = 0
        top[row] = -1e30
        for slot in range(SLOTS):
            s_key[row, slot] = -1
    for slot in range(SLOTS):
        slot_node[slot] = -1
    place[0] = 0
    best[0] = 0.0
    before[0] = -1
    code[0] = 0
    state[0] = 0
    gone[0] = 0
    # What is dropped when room runs out depends on how much there is: it grows as it always did.
    node_room = n * width // 2 + 4096
    arc_room = n * width + 4096
    arcs = 0
    # The place before the page: one node, as if a line end had just been read.
    nodes = 1
    begin, finish = 0, 1
    for i in range(n + 1):
        row = i % ROWS
        if i > 0:
            # Choose which slots of this place become nodes.
            count = s_count[row]
            if count == 0:
                break
            limit = top[row] - margin
            chosen = 0
            for k in range(count):
                scores[k] = s_best[row, s_used[row, k]]
            if count > width:
                cut = smallest(scores, count, count - width)
                if cut > limit:
                    limit = cut
            begin = nodes
            for k in range(count):
                slot = s_used[row, k]
                if s_best[row, slot] >= limit:
                    chosen_slots[chosen] = slot
                    chosen += 1
            if nodes + 2 * chosen + 2 * width >= node_room:
                node_room += node_room // 2 + 4096
                if node_room > len(place):
                    return node_room
            for k in range(chosen):
                slot = chosen_slots[k]
                arc = s_arc[row, slot]
                place[nodes] = i
                best[nodes] = s_best[row, slot]
                before[nodes] = p_from[row, arc]
                code[nodes] = p_code[row, arc]
                state[nodes] = s_key[row, slot]
                gone[nodes] = 0
                slot_node[slot] = nodes
                nodes += 1
            if arcs + p_count[row] + 1 >= arc_room:
                arc_room += arc_room // 2 + p_count[row] + 4096
                if arc_room > len(a_from):
                    return arc_room
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
                        if nodes + 2 >= node_room or arcs + 2 >= arc_room:
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
        for k in range(size):
            scores[k] = -best[begin + k]
        order(scores, size, rank, stack)
        for k in range(size):
            u = begin + rank[k]
            for length in range(1, MAX_SEGMENT + 1):
                if i + length > n:
                    break
                r = i * MAX_SEGMENT + length - 1
                ahead = (i + length) % ROWS
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
                ahead = (i + 1) % ROWS
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
    sizes[0] = nodes
    sizes[1] = arcs
    return 0


@njit(inline="always")
def _add(
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
    if arc >= PENDING - 1 or s_count[row] >= SLOTS // 2:
        return
    slot = (np.int64(after) * np.int64(2654435761)) & np.int64(SLOTS - 1)
    while s_key[row, slot] != -1 and s_key[row, slot] != after:
        slot = (slot + 1) & (SLOTS - 1)
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
