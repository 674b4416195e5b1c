"""How much likelier a word is in its company than anywhere."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

from numba import njit

from septel.restore.compiled.constants import BITS, MOST, OTHER_WORD


@njit
def lower_bound(keys, key):
    """The first place of ascending keys whose key is not below `key`."""
    low = 0
    high = len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@njit
def company(one, keys2, two, back2, keys3, three, back1, u, v, w):
    """How much likelier word `w` is after `u` and `v` than anywhere, as a logarithm within bounds."""
    if w == OTHER_WORD:
        return 0.0
    pair = (v << BITS) | w
    total = 0.0
    key = (u << (2 * BITS)) | pair
    at = lower_bound(keys3, key)
    if at < len(keys3) and keys3[at] == key:
        total = three[at] - one[w]
    else:
        context = (u << BITS) | v
        at = lower_bound(keys2, context)
        if at < len(keys2) and keys2[at] == context:
            total += back2[at]
        at = lower_bound(keys2, pair)
        if at < len(keys2) and keys2[at] == pair:
            total += two[at] - one[w]
        else:
            total += back1[v]
    return min(max(total, -MOST), MOST)
