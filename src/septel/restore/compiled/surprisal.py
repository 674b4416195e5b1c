"""How likely each character of a text is to the character model, from the text's beginning."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

from numba import carray

from septel.restore.compiled.automaton import step

KERNEL = (
    "i8",  # states
    "i8",  # arcs
    "i8",  # n
    "u8*",  # masks
    "i4*",  # first
    "i4*",  # fails
    "f4*",  # backoffs
    "f4*",  # costs
    "i4*",  # nexts
    "u1*",  # codes
    "f4*",  # out
)


def kernel(states, arcs, n, masks, first, fails, backoffs, costs, nexts, codes, out):
    """The logarithms of the probabilities, one for each code; gives how many there are."""
    masks = carray(masks, (states,))
    first = carray(first, (states + 1,))
    fails = carray(fails, (states,))
    backoffs = carray(backoffs, (states,))
    costs = carray(costs, (arcs,))
    nexts = carray(nexts, (arcs,))
    codes = carray(codes, (n,))
    out = carray(out, (n,))
    state = 0
    for i in range(n):
        out[i], state = step(masks, first, fails, backoffs, costs, nexts, state, codes[i])
    return n
