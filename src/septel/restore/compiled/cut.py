"""The least costly cut of seen characters into what true ones became (`restore.channel.alignment`)."""

# mypy: disable-error-code="no-untyped-def, attr-defined"
from __future__ import annotations

import numpy as np
from numba import carray

from septel.restore.compiled.constants import MAX_SEGMENT

KERNEL = (
    "i8",  # n
    "i8",  # m
    "i8",  # half
    "i8",  # wide
    "i8",  # tall
    "i8",  # columns
    "f4",  # more
    "i4*",  # rows
    "i4*",  # numbers
    "f4*",  # matrix
    "f4*",  # lost
    "f4*",  # dirt
    "u4*",  # typed
    "u4*",  # seen
    "f4*",  # best
    "i4*",  # back
    "i1*",  # steps
    "f4*",  # cost_of_all
)


def kernel(
    n,
    m,
    half,
    wide,
    tall,
    columns,
    more,
    rows,
    numbers,
    matrix,
    lost,
    dirt,
    typed,
    seen,
    best,
    back,
    steps,
    cost_of_all,
):
    """How many steps the cut has; they are given from the last to the first."""
    rows = carray(rows, (n,))
    numbers = carray(numbers, (m, MAX_SEGMENT))
    matrix = carray(matrix, (tall, columns))
    lost = carray(lost, (n,))
    dirt = carray(dirt, (m,))
    typed = carray(typed, (n,))
    seen = carray(seen, (m,))
    best = carray(best, (n + 1, wide))
    back = carray(back, (n + 1, wide))
    steps = carray(steps, (n + m,))
    cost_of_all = carray(cost_of_all, (1,))
    for i in range(n + 1):
        for k in range(wide):
            best[i, k] = np.inf
            back[i, k] = 0
    best[0, half] = 0.0
    for i in range(n + 1):
        # Column k of row i is seen place j = i + k - half.
        running = np.float32(np.inf)
        length_of_run = 0
        for k in range(wide):
            j = i + k - half
            if j < 0 or j > m:
                continue
            if k > 0 and j > 0:
                # A run of dirt is opened once; its length is kept, so that it can be walked back.
                fresh = best[i, k - 1] + dirt[j - 1]
                going = running + min(dirt[j - 1], np.float32(more))
                if going < fresh:
                    running = going
                    length_of_run += 1
                else:
                    running = fresh
                    length_of_run = 1
                if running < best[i, k]:
                    best[i, k] = running
                    back[i, k] = -length_of_run
            here = best[i, k]
            if i == n or not np.isfinite(here):
                continue
            if k >= 1 and here + lost[i] < best[i + 1, k - 1]:
                best[i + 1, k - 1] = here + lost[i]
                back[i + 1, k - 1] = 0
            for length in range(1, 5):
                at = k + length - 1
                if j + length > m or at >= wide:
                    break
                if length == 1 and typed[i] == seen[j] and typed[i] >= 0x180:
                    cost = np.float32(0.05)
                else:
                    cost = matrix[rows[i], numbers[j, length - 1]]
                if here + cost < best[i + 1, at]:
                    best[i + 1, at] = here + cost
                    back[i + 1, at] = length
    k = m - n + half
    total = best[n, k]
    count = 0
    i = n
    while np.isfinite(total) and (i > 0 or k != half):
        step = back[i, k]
        if step < 0:
            for _ in range(-step):
                steps[count] = -1
                count += 1
            k += step
        else:
            steps[count] = step
            count += 1
            i -= 1
            k -= step - 1
    cost_of_all[0] = total
    return count
