"""The arcs of a search walked once more, each node split by its words (`restore.decode.rescoring`)."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray

from septel.restore.compiled.company import company, lower_bound
from septel.restore.compiled.constants import FIGURES, FIRST, MOST_CANDIDATES, NUMBER, OTHER_WORD, PRIME, SIZE
from septel.restore.compiled.quicksort import smallest

KERNEL = (
    "i8",  # nodes
    "i8",  # arcs
    "i8",  # words
    "i8",  # pairs
    "i8",  # triples
    "i8",  # room
    "i8",  # histories
    "f4",  # weight
    "i8*",  # bounds
    "i4*",  # arc_from
    "u1*",  # arc_code
    "f4*",  # arc_score
    "u1*",  # kinds
    "u8*",  # ordinals
    "u8*",  # hashes
    "i8*",  # ids
    "f4*",  # one
    "i8*",  # keys2
    "f4*",  # two
    "f4*",  # back2
    "i8*",  # keys3
    "f4*",  # three
    "f4*",  # back1
    "i4*",  # c_from
    "u1*",  # c_code
    "f4*",  # c_gain
    "f4*",  # c_total
    "i8*",  # c_far
    "i8*",  # c_near
    "u8*",  # c_part
    "i8*",  # c_slot
    "f4*",  # s_best
    "i8*",  # s_lead
    "i8*",  # s_node
    "f4*",  # scores
    "i8*",  # first
    "i4*",  # node
    "f4*",  # best
    "i4*",  # before
    "u1*",  # code
    "i8*",  # far
    "i8*",  # near
    "u8*",  # part
    "i4*",  # e_from
    "i4*",  # e_to
    "u1*",  # e_code
    "f4*",  # e_score
    "i8*",  # sizes
)


def kernel(
    nodes,
    arcs,
    words,
    pairs,
    triples,
    room,
    histories,
    weight,
    bounds,
    arc_from,
    arc_code,
    arc_score,
    kinds,
    ordinals,
    hashes,
    ids,
    one,
    keys2,
    two,
    back2,
    keys3,
    three,
    back1,
    c_from,
    c_code,
    c_gain,
    c_total,
    c_far,
    c_near,
    c_part,
    c_slot,
    s_best,
    s_lead,
    s_node,
    scores,
    first,
    node,
    best,
    before,
    code,
    far,
    near,
    part,
    e_from,
    e_to,
    e_code,
    e_score,
    sizes,
):
    """Nodes and edges; zero, or how much room they must have."""
    bounds = carray(bounds, (nodes + 1,))
    arc_from = carray(arc_from, (arcs,))
    arc_code = carray(arc_code, (arcs,))
    arc_score = carray(arc_score, (arcs,))
    kinds = carray(kinds, (256,))
    ordinals = carray(ordinals, (SIZE,))
    hashes = carray(hashes, (words,))
    ids = carray(ids, (words,))
    one = carray(one, (words + FIRST,))
    keys2 = carray(keys2, (pairs,))
    two = carray(two, (pairs,))
    back2 = carray(back2, (pairs,))
    keys3 = carray(keys3, (triples,))
    three = carray(three, (triples,))
    back1 = carray(back1, (words + FIRST,))
    c_from = carray(c_from, (MOST_CANDIDATES,))
    c_code = carray(c_code, (MOST_CANDIDATES,))
    c_gain = carray(c_gain, (MOST_CANDIDATES,))
    c_total = carray(c_total, (MOST_CANDIDATES,))
    c_far = carray(c_far, (MOST_CANDIDATES,))
    c_near = carray(c_near, (MOST_CANDIDATES,))
    c_part = carray(c_part, (MOST_CANDIDATES,))
    c_slot = carray(c_slot, (MOST_CANDIDATES,))
    s_best = carray(s_best, (MOST_CANDIDATES,))
    s_lead = carray(s_lead, (MOST_CANDIDATES,))
    s_node = carray(s_node, (MOST_CANDIDATES,))
    scores = carray(scores, (MOST_CANDIDATES,))
    first = carray(first, (nodes + 1,))
    node = carray(node, (room,))
    best = carray(best, (room,))
    before = carray(before, (room,))
    code = carray(code, (room,))
    far = carray(far, (room,))
    near = carray(near, (room,))
    part = carray(part, (room,))
    e_from = carray(e_from, (room,))
    e_to = carray(e_to, (room,))
    e_code = carray(e_code, (room,))
    e_score = carray(e_score, (room,))
    sizes = carray(sizes, (2,))
    node[0] = 0
    best[0] = 0.0
    before[0] = -1
    code[0] = 0
    far[0] = 0
    near[0] = 0
    part[0] = 0
    first[0] = 0
    first[1] = 1
    count = 1
    edges = 0
    for target in range(1, nodes):
        candidates = 0
        for arc in range(bounds[target], bounds[target + 1]):
            source = arc_from[arc]
            c = arc_code[arc]
            kind = kinds[c]
            for history in range(first[source], first[source + 1]):
                if candidates >= MOST_CANDIDATES:
                    break
                gain = arc_score[arc]
                u, v, letters = far[history], near[history], part[history]
                if kind == 2:
                    letters = (letters ^ ordinals[c]) * PRIME + np.uint64(1)
                elif kind == 1:
                    if letters <= FIGURES:
                        letters = FIGURES
                    else:
                        letters = (letters ^ ordinals[c]) * PRIME + np.uint64(1)
                elif kind == 0 and letters != 0:
                    w = np.int64(NUMBER)
                    if letters != FIGURES:
                        at = lower_bound(hashes, letters)
                        w = ids[at] if at < len(hashes) and hashes[at] == letters else np.int64(OTHER_WORD)
                    gain += weight * np.float32(company(one, keys2, two, back2, keys3, three, back1, u, v, w))
                    u, v, letters = v, w, np.uint64(0)
                c_from[candidates] = history
                c_code[candidates] = c
                c_gain[candidates] = gain
                c_total[candidates] = best[history] + gain
                c_far[candidates] = u
                c_near[candidates] = v
                c_part[candidates] = letters
                candidates += 1
        # Candidates with the same history become one.
        slots = 0
        for k in range(candidates):
            slot = -1
            for s in range(slots):
                lead = s_lead[s]
                if c_part[lead] == c_part[k] and c_near[lead] == c_near[k] and c_far[lead] == c_far[k]:
                    slot = s
                    break
            if slot < 0:
                slot = slots
                s_best[slot] = c_total[k]
                s_lead[slot] = k
                slots += 1
            elif c_total[k] > s_best[slot]:
                s_best[slot] = c_total[k]
                s_lead[slot] = k
            c_slot[k] = slot
        kept = min(slots, histories)
        limit = np.float32(-1e30)
        if slots > histories:
            for s in range(slots):
                scores[s] = s_best[s]
            limit = smallest(scores, slots, slots - histories)
        if count + kept + 1 >= room:
            return count + kept + 2
        for s in range(slots):
            s_node[s] = -1
            if s_best[s] >= limit and count < first[target] + histories:
                lead = s_lead[s]
                node[count] = target
                best[count] = s_best[s]
                before[count] = c_from[lead]
                code[count] = c_code[lead]
                far[count] = c_far[lead]
                near[count] = c_near[lead]
                part[count] = c_part[lead]
                s_node[s] = count
                count += 1
        if edges + candidates >= room:
            return edges + candidates + 1
        for k in range(candidates):
            to = s_node[c_slot[k]]
            if to >= 0:
                e_from[edges] = c_from[k]
                e_to[edges] = to
                e_code[edges] = c_code[k]
                e_score[edges] = c_gain[k]
                edges += 1
        first[target + 1] = count
    sizes[0] = count
    sizes[1] = edges
    return 0
