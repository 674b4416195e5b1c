"""Walking the character model, and linking it when it is unpacked or trained."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import njit

from septel.restore.compiled.constants import SIZE


@njit(inline="always")
def count_bits(bits):
    """How many bits of a 64-bit word are set."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(inline="always")
def step(masks, first, fails, backoffs, costs, nexts, state, code):
    """The logarithm of the probability of a character in a state, and the state after it."""
    bit = np.uint64(1) << np.uint64(code)
    total = np.float32(0.0)
    while masks[state] & bit == 0:
        total += backoffs[state]
        state = fails[state]
    arc = first[state] + count_bits(masks[state] & (bit - np.uint64(1)))
    return total + costs[arc], nexts[arc]


@njit
def link(masks, leaves, arcs):
    """First arcs, fail links and next states, from the states in breadth-first order."""
    states = len(masks)
    first = np.zeros(states + 1, np.int32)
    for state in range(states):
        first[state + 1] = first[state] + count_bits(masks[state])
    nexts = np.full(arcs, -1, np.int32)
    parent = np.full(states, 0, np.int32)
    label = np.zeros(states, np.uint8)
    child = 1
    for state in range(states):
        arc = first[state]
        for code in range(SIZE):
            if masks[state] >> np.uint64(code) & np.uint64(1):
                if not leaves[arc]:
                    nexts[arc] = child
                    parent[child] = state
                    label[child] = code
                    child += 1
                arc += 1
    fails = np.zeros(states, np.int32)
    for state in range(1, states):
        up = parent[state]
        if up == 0:
            continue
        fails[state] = _target(masks, first, nexts, fails, fails[up], label[state])
    for state in range(states):
        arc = first[state]
        for code in range(SIZE):
            if masks[state] >> np.uint64(code) & np.uint64(1):
                if nexts[arc] < 0:
                    nexts[arc] = 0 if state == 0 else _target(masks, first, nexts, fails, fails[state], code)
                arc += 1
    return first, fails, nexts


@njit
def _target(masks, first, nexts, fails, state, code):
    bit = np.uint64(1) << np.uint64(code)
    while True:
        if masks[state] & bit:
            arc = first[state] + count_bits(masks[state] & (bit - np.uint64(1)))
            if nexts[arc] >= 0:
                return nexts[arc]
        if state == 0:
            return 0
        state = fails[state]


@njit(nogil=True)
def score(masks, first, fails, backoffs, costs, nexts, codes):
    """The logarithm of the probability of each character of a text, from its beginning."""
    out = np.zeros(len(codes), np.float32)
    state = 0
    for i in range(len(codes)):
        out[i], state = step(masks, first, fails, backoffs, costs, nexts, state, codes[i])
    return out
