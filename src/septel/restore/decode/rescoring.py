"""A second look at what a search left: its readings weighed again by which words keep company.

The search knows eight characters; at the end of a word it has forgotten the word before. Here the surviving
arcs are walked once more, and each node is split by the two words that led to it and the letters of the word
that it stands in, as far as a few histories per node. The result is a search like the first one, over more
nodes, so that words, rivals and shares are found in it in the same way.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from septel.restore.decode.beam import JUNK
from septel.restore.decode.lattice import Lattice, finished
from septel.restore.language import LETTERS, NUMBER, OTHER_WORD, PRIME, SIZE, WordModel, bounded_pmi

HISTORIES = 6
"""Histories kept per node."""
LIVE = 3e-5
"""Arcs less probable than this are not looked at again."""
_SEPARATOR, _FIGURE, _LETTER, _NOTHING = 0, 1, 2, 3
_FIGURES = np.uint64(1)
"""Stands in place of the hash while only figures have been read."""


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
    m = model
    node, best, before, code, e_from, e_to, e_code, e_score = _expand(
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
        np.float32(weight),
        HISTORIES,
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


@njit(cache=True, nogil=True)
def _expand(  # type: ignore[no-untyped-def]  # compiled
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
    weight,
    histories,
):
    nodes = len(bounds) - 1
    room = len(arc_from) * 2 + histories + 16
    # What each history is: the two words before, and the word being read.
    node = np.zeros(room, np.int32)
    best = np.full(room, -1e30, np.float32)
    before = np.full(room, -1, np.int32)
    code = np.zeros(room, np.uint8)
    far = np.zeros(room, np.int64)
    near = np.zeros(room, np.int64)
    part = np.zeros(room, np.uint64)
    first = np.zeros(nodes + 1, np.int64)
    count = 1
    best[0] = 0.0
    edge_room = len(arc_from) * 3 + 16
    e_from = np.zeros(edge_room, np.int32)
    e_to = np.zeros(edge_room, np.int32)
    e_code = np.zeros(edge_room, np.uint8)
    e_score = np.zeros(edge_room, np.float32)
    edges = 0
    first[1] = 1
    most = 4096
    c_from = np.zeros(most, np.int32)
    c_code = np.zeros(most, np.uint8)
    c_gain = np.zeros(most, np.float32)
    c_total = np.zeros(most, np.float32)
    c_far = np.zeros(most, np.int64)
    c_near = np.zeros(most, np.int64)
    c_part = np.zeros(most, np.uint64)
    c_slot = np.zeros(most, np.int64)
    s_best = np.zeros(most, np.float32)
    s_lead = np.zeros(most, np.int64)
    s_node = np.zeros(most, np.int64)
    for target in range(1, nodes):
        candidates = 0
        for arc in range(bounds[target], bounds[target + 1]):
            source = arc_from[arc]
            c = arc_code[arc]
            kind = kinds[c]
            for history in range(first[source], first[source + 1]):
                if candidates >= most:
                    break
                gain = arc_score[arc]
                u, v, letters = far[history], near[history], part[history]
                if kind == 2:
                    letters = (letters ^ ordinals[c]) * PRIME + np.uint64(1)
                elif kind == 1:
                    if letters <= _FIGURES:
                        letters = _FIGURES
                    else:
                        letters = (letters ^ ordinals[c]) * PRIME + np.uint64(1)
                elif kind == 0 and letters != 0:
                    w = np.int64(NUMBER)
                    if letters != _FIGURES:
                        at = np.searchsorted(hashes, letters)
                        w = ids[at] if at < len(hashes) and hashes[at] == letters else np.int64(OTHER_WORD)
                    gain += weight * np.float32(
                        bounded_pmi(one, keys2, two, back2, keys3, three, back1, u, v, w)
                    )
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
            limit = np.sort(s_best[:slots])[slots - histories]
        if count + kept + 1 >= len(node):
            extra = len(node)
            node = np.concatenate((node, np.zeros(extra, np.int32)))
            best = np.concatenate((best, np.full(extra, np.float32(-1e30), np.float32)))
            before = np.concatenate((before, np.full(extra, -1, np.int32)))
            code = np.concatenate((code, np.zeros(extra, np.uint8)))
            far = np.concatenate((far, np.zeros(extra, np.int64)))
            near = np.concatenate((near, np.zeros(extra, np.int64)))
            part = np.concatenate((part, np.zeros(extra, np.uint64)))
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
        if edges + candidates >= len(e_from):
            extra = len(e_from) + candidates
            e_from = np.concatenate((e_from, np.zeros(extra, np.int32)))
            e_to = np.concatenate((e_to, np.zeros(extra, np.int32)))
            e_code = np.concatenate((e_code, np.zeros(extra, np.uint8)))
            e_score = np.concatenate((e_score, np.zeros(extra, np.float32)))
        for k in range(candidates):
            to = s_node[c_slot[k]]
            if to >= 0:
                e_from[edges] = c_from[k]
                e_to[edges] = to
                e_code[edges] = c_code[k]
                e_score[edges] = c_gain[k]
                edges += 1
        first[target + 1] = count
    return (
        node[:count].copy(),
        best[:count].copy(),
        before[:count].copy(),
        code[:count].copy(),
        e_from[:edges].copy(),
        e_to[:edges].copy(),
        e_code[:edges].copy(),
        e_score[:edges].copy(),
    )
