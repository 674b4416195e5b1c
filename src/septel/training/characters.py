"""Training the language model: counts of a corpus, smoothed, pruned and packed.

Probabilities are interpolated after Witten and Bell (IEEE Trans. Inf. Theory 37, 1991): a context that was
followed by many different characters trusts its shorter context more. An arc stays when dropping it would
change the corpus' probability by more than a threshold (after Stolcke, "Entropy-based pruning", 1998).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from septel.restore.compiled import SIZE, link, step
from septel.restore.language import BACKOFF_SHIFT, OTHER, STEP, save_characters

ORDER = 9
BITS = 6

Say = Callable[[str], None]


def print_nothing(line: str) -> None:
    """Tell nobody what is going on."""
    del line


def grams(codes: NDArray[np.uint8], order: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct character sequences of that length, as sorted keys, and how often each occurs."""
    keys = np.zeros(len(codes) - order + 1, np.int64)
    for offset in range(order):
        keys <<= BITS
        keys |= codes[offset : len(codes) - order + 1 + offset]
    keys.sort()
    return _runs(keys)


def _runs(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.diff(np.concatenate((starts, [len(keys)])))


def _shorten(
    keys: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """The contexts of sorted keys: distinct prefixes, their counts, each key's prefix, and their arcs."""
    prefixes = keys >> BITS
    starts = np.flatnonzero(np.concatenate(([True], prefixes[1:] != prefixes[:-1])))
    arcs = np.diff(np.concatenate((starts, [len(keys)])))
    index = np.repeat(np.arange(len(starts), dtype=np.int32), arcs)
    return prefixes[starts], np.add.reduceat(counts, starts), index, arcs


def train_language_model(
    codes: NDArray[np.uint8], out: Path, *, threshold: float, order: int = ORDER, say: Say = print_nothing
) -> None:
    """Count a corpus given as codes, and write the model.

    Args:
        codes: the corpus; code zero stands between documents.
        out: the model file to write.
        threshold: arcs whose loss is below this many nats of the whole corpus are dropped.
        order: characters of context, plus one.
        say: told what is going on, a line at a time.
    """
    keys: dict[int, NDArray[np.int64]] = {}
    counts: dict[int, NDArray[np.int64]] = {}
    parents: dict[int, NDArray[np.int32]] = {}
    fans: dict[int, NDArray[np.int64]] = {}
    keys[order], counts[order] = grams(codes, order)
    say(f"{len(keys[order]):,} sequences of {order} characters")
    for n in range(order, 1, -1):
        keys[n - 1], counts[n - 1], parents[n], fans[n - 1] = _shorten(keys[n], counts[n])
    # Smoothed probabilities, from short contexts to long ones.
    total = counts[1].sum()
    present = len(keys[1])
    probability = {1: (counts[1] + 1.0) / (total + SIZE)}
    lower = {}
    for n in range(2, order + 1):
        suffix = keys[n] & ((1 << BITS * (n - 1)) - 1)
        where = np.searchsorted(keys[n - 1], suffix)
        where = np.minimum(where, len(keys[n - 1]) - 1)
        lower[n] = probability[n - 1][where].astype(np.float32)
        context = counts[n - 1][parents[n]].astype(np.float64)
        fan = fans[n - 1][parents[n]]
        probability[n] = ((counts[n] + fan * lower[n]) / (context + fan)).astype(np.float32)
    say(f"{present} characters; smoothed")
    # Pruning, from long contexts to short ones: an arc with a kept continuation is kept.
    keep: dict[int, NDArray[np.bool_]] = {}
    needed = np.zeros(0, bool)
    for n in range(order, 0, -1):
        if n == 1:
            kept = np.ones(len(keys[1]), bool)
        else:
            gain = counts[n] * np.abs(np.log(probability[n] / lower[n]))
            kept = (gain > threshold) & (counts[n] > 1)
        if n < order:
            kept[needed] = True
        keep[n] = kept
        needed = np.unique(parents[n][kept]) if n > 1 else needed
        say(f"order {n}: {int(kept.sum()):,} of {len(kept):,} arcs kept")
    _pack(out, order, keys, keep, probability, say)


def _pack(
    out: Path,
    order: int,
    keys: dict[int, NDArray[np.int64]],
    keep: dict[int, NDArray[np.bool_]],
    probability: dict[int, NDArray[np.float64]],
    say: Say,
) -> None:
    # The root has every character, so that a step always ends.
    kept = {n: keys[n][keep[n]] for n in keep}
    share = {n: probability[n][keep[n]] for n in keep}
    root = np.arange(SIZE, dtype=np.int64)
    uniform = np.full(SIZE, 1e-7)
    uniform[kept[1]] = share[1]
    uniform[OTHER] = 1e-5
    kept[1], share[1] = root, uniform
    masks: list[NDArray[np.uint64]] = []
    leaves: list[NDArray[np.bool_]] = []
    states = np.zeros(1, np.int64)  # keys of the contexts of this level, in order; the root's is empty
    for n in range(1, order + 1):
        context = kept[n] >> BITS
        row = np.searchsorted(states, context)
        mask = np.zeros(len(states), np.uint64)
        np.bitwise_or.at(mask, row, np.uint64(1) << (kept[n] & (SIZE - 1)).astype(np.uint64))
        masks.append(mask)
        following = np.unique(kept[n + 1] >> BITS) if n < order else np.zeros(0, np.int64)
        leaf = ~np.isin(kept[n], following, assume_unique=True)
        leaves.append(leaf)
        states = following
    all_masks = np.concatenate(masks)
    all_leaves = np.concatenate(leaves)
    shares = np.concatenate([share[n] for n in range(1, order + 1)])
    costs = np.clip(np.round(-np.log(shares) / STEP), 0, 255).astype(np.uint8)
    first, fails, nexts = link(all_masks, all_leaves, len(costs))
    logs = costs.astype(np.float32) * np.float32(-STEP)
    backoffs = _backoffs(all_masks, first, fails, nexts, logs)
    packed = np.clip(np.round(BACKOFF_SHIFT - backoffs / STEP), 0, 255).astype(np.uint8)
    save_characters(out, masks=all_masks, costs=costs, leaves=all_leaves, backoffs=packed)
    say(f"{len(all_masks):,} states, {len(costs):,} arcs, {out.stat().st_size / 1e6:.1f} MB")


@njit(cache=True)
def _backoffs(masks, first, fails, nexts, costs):  # type: ignore[no-untyped-def]  # compiled
    """What failing costs in each state, so that its probabilities add up to one."""
    out = np.zeros(len(masks), np.float32)
    for state in range(1, len(masks)):
        own = 0.0
        shorter = 0.0
        for code in range(SIZE):
            bit = np.uint64(1) << np.uint64(code)
            if masks[state] & bit:
                cost, _ = step(masks, first, fails, out, costs, nexts, state, code)
                own += np.exp(cost)
                cost, _ = step(masks, first, fails, out, costs, nexts, fails[state], code)
                shorter += np.exp(cost)
        left = max(1.0 - own, 1e-4)
        rest = max(1.0 - shorter, 1e-4)
        out[state] = np.log(left / rest)
    return out
