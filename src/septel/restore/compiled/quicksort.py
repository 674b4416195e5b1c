"""Orders of values, without allocating: numba's own quicksort (BSD-2-Clause), so that ties fall alike."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

from numba import njit

_SMALL = 15


@njit
def order(values, size, out, stack):
    """Fill `out` with the places of the values in ascending order; `stack` has room for 200 numbers."""
    for i in range(size):
        out[i] = i
    if size < 2:
        return
    stack[0] = 0
    stack[1] = size - 1
    n = 1
    while n > 0:
        n -= 1
        low = stack[2 * n]
        high = stack[2 * n + 1]
        while high - low >= _SMALL:
            i = _parted(values, out, low, high)
            # The larger part waits.
            if high - i > i - low:
                if high > i:
                    stack[2 * n] = i + 1
                    stack[2 * n + 1] = high
                    n += 1
                high = i - 1
            else:
                if i > low:
                    stack[2 * n] = low
                    stack[2 * n + 1] = i - 1
                    n += 1
                low = i + 1
        for i in range(low + 1, high + 1):
            k = out[i]
            v = values[k]
            j = i
            while j > low and v < values[out[j - 1]]:
                out[j] = out[j - 1]
                j -= 1
            out[j] = k


@njit
def _parted(values, out, low, high):
    mid = (low + high) >> 1
    if values[out[mid]] < values[out[low]]:
        out[low], out[mid] = out[mid], out[low]
    if values[out[high]] < values[out[mid]]:
        out[high], out[mid] = out[mid], out[high]
    if values[out[mid]] < values[out[low]]:
        out[low], out[mid] = out[mid], out[low]
    pivot = values[out[mid]]
    out[high], out[mid] = out[mid], out[high]
    i = low
    j = high - 1
    while True:
        while i < high and values[out[i]] < pivot:
            i += 1
        while j >= low and pivot < values[out[j]]:
            j -= 1
        if i >= j:
            break
        out[i], out[j] = out[j], out[i]
        i += 1
        j -= 1
    out[i], out[high] = out[high], out[i]
    return i


@njit
def smallest(values, size, k):
    """The value that has `k` values before it in ascending order; the values are moved about."""
    low = 0
    high = size - 1
    while low < high:
        pivot = values[(low + high) >> 1]
        i = low
        j = high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while pivot < values[j]:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if k <= j:
            high = j
        elif k >= i:
            low = i
        else:
            break
    return values[k]
