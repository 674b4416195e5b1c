"""How well stretches of some texts fit what stands before them, by the character model."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray, njit

from septel.restore.compiled.automaton import step

KERNEL = (
    "i8",  # states
    "i8",  # arcs
    "i8",  # n
    "i8",  # texts
    "u8*",  # masks
    "i4*",  # first
    "i4*",  # fails
    "f4*",  # backoffs
    "f4*",  # costs
    "i4*",  # nexts
    "u1*",  # codes
    "i8*",  # places
    "i4*",  # states of each
    "f4*",  # each
    "f4*",  # out
)
"""`places` has three numbers for each text: where it begins, where its stretch does, where both end."""


def kernel(
    states, arcs, n, texts, masks, first, fails, backoffs, costs, nexts, codes, places, after, each, out
):
    """The sums of the logarithms of the probabilities of each stretch; gives how many there are."""
    masks = carray(masks, (states,))
    first = carray(first, (states + 1,))
    fails = carray(fails, (states,))
    backoffs = carray(backoffs, (states,))
    costs = carray(costs, (arcs,))
    nexts = carray(nexts, (arcs,))
    codes = carray(codes, (n,))
    places = carray(places, (3 * texts,))
    after = carray(after, (n,))
    each = carray(each, (n,))
    out = carray(out, (texts,))
    before, before_end = 0, 0
    for text in range(texts):
        state = 0
        i, end = places[3 * text], places[3 * text + 2]
        begin = i
        # What it begins with as the one before did was walked already.
        while i < end and before < before_end and codes[i] == codes[before]:
            each[i], after[i] = each[before], after[before]
            state = after[i]
            i += 1
            before += 1
        while i < end:
            each[i], state = step(masks, first, fails, backoffs, costs, nexts, state, codes[i])
            after[i] = state
            i += 1
        before, before_end = begin, end
        out[text] = _sum(each, places[3 * text + 1], end)
    return texts


@njit(inline="always")
def _sum(values, start, end):
    """The sum of some values, added up in the order in which numpy does up to 128 of them."""
    total = np.float32(0.0)
    whole = start + (end - start) // 8 * 8
    if whole > start:
        a, b, c, d = values[start], values[start + 1], values[start + 2], values[start + 3]
        e, f, g, h = values[start + 4], values[start + 5], values[start + 6], values[start + 7]
        for i in range(start + 8, whole, 8):
            a += values[i]
            b += values[i + 1]
            c += values[i + 2]
            d += values[i + 3]
            e += values[i + 4]
            f += values[i + 5]
            g += values[i + 6]
            h += values[i + 7]
        total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for i in range(whole, end):
        total += values[i]
    return total
