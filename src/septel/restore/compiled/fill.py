"""What each place of a page may be read as, the likeliest first (see `septel.restore.decode.candidates`)."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray

from septel.restore.compiled.constants import MAX_SEGMENT, SIZE, SPACE
from septel.restore.compiled.quicksort import order

KERNEL = (
    "i8",  # n
    "i8",  # shares_in
    "i8",  # rows_in
    "i8",  # others
    "i8",  # size
    "i4*",  # ids
    "i8*",  # starts
    "u1*",  # codes
    "f4*",  # shares
    "u1*",  # same
    "f4*",  # rates
    "f4*",  # errors
    "u1*",  # breaks
    "u1*",  # pinned
    "u1*",  # own
    "f4*",  # held
    "i4*",  # other_rows
    "u1*",  # other_codes
    "f4*",  # other_shares
    "f4*",  # keys
    "u1*",  # old_codes
    "f4*",  # old_costs
    "i8*",  # ranks
    "i8*",  # stack
    "i4*",  # first
    "u1*",  # out
    "f4*",  # costs
)


def kernel(
    n,
    shares_in,
    rows_in,
    others,
    size,
    ids,
    starts,
    codes,
    shares,
    same,
    rates,
    errors,
    breaks,
    pinned,
    own,
    held,
    other_rows,
    other_codes,
    other_shares,
    keys,
    old_codes,
    old_costs,
    ranks,
    stack,
    first,
    out,
    costs,
):
    """How many candidates there are."""
    ids = carray(ids, (n, MAX_SEGMENT))
    starts = carray(starts, (rows_in + 1,))
    codes = carray(codes, (shares_in,))
    shares = carray(shares, (shares_in,))
    same = carray(same, (shares_in,))
    rates = carray(rates, (n,))
    errors = carray(errors, (SIZE,))
    breaks = carray(breaks, (n,))
    pinned = carray(pinned, (n,))
    own = carray(own, (n,))
    held = carray(held, (n,))
    other_rows = carray(other_rows, (others,))
    other_codes = carray(other_codes, (others,))
    other_shares = carray(other_shares, (others,))
    keys = carray(keys, (size,))
    old_codes = carray(old_codes, (size,))
    old_costs = carray(old_costs, (size,))
    ranks = carray(ranks, (size,))
    stack = carray(stack, (200,))
    first = carray(first, (n * MAX_SEGMENT + 1,))
    out = carray(out, (size,))
    costs = carray(costs, (size,))
    other = 0
    at = 0
    for i in range(n):
        for length in range(MAX_SEGMENT):
            r = i * MAX_SEGMENT + length
            first[r] = at
            if breaks[i]:
                if length == 0:
                    out[at] = SPACE
                    costs[at] = 0.0
                    at += 1
                continue
            if pinned[i]:
                if length == 0:
                    out[at] = own[i]
                    costs[at] = 0.0
                    at += 1
                continue
            row = ids[i, length]
            while other < len(other_rows) and other_rows[other] < r:
                other += 1
            seen = other < len(other_rows) and other_rows[other] == r
            if row < 0 and not seen:
                continue
            begin = at
            if row >= 0:
                for k in range(starts[row], starts[row + 1]):
                    c = codes[k]
                    wrong = min(max(errors[c] * rates[i], np.float32(1e-6)), np.float32(0.9))
                    value = wrong * shares[k]
                    if same[k]:
                        value += max(1.0 - wrong - held[i], 1e-3)
                    if value > 1e-9:
                        out[at] = c
                        costs[at] = np.log(value)
                        at += 1
            while other < len(other_rows) and other_rows[other] == r:
                c = other_codes[other]
                value = np.float64(other_shares[other])
                place = at
                for k in range(begin, at):
                    if out[k] == c:
                        value += np.exp(costs[k])
                        place = k
                out[place] = c
                costs[place] = np.log(value)
                if place == at:
                    at += 1
                other += 1
            for k in range(at - begin):
                keys[k] = -costs[begin + k]
                old_codes[k] = out[begin + k]
                old_costs[k] = costs[begin + k]
            order(keys, at - begin, ranks, stack)
            for k in range(at - begin):
                out[begin + k] = old_codes[ranks[k]]
                costs[begin + k] = old_costs[ranks[k]]
    first[n * MAX_SEGMENT] = at
    return at
