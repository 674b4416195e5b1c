"""Training the model of phrases: counting words in their company, discounting, pruning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from septel.restore.compiled import BITS, FIRST, NUMBER, OTHER_WORD
from septel.restore.language import save_words

DISCOUNT = 0.75
"""Taken off each count for what was not seen (absolute discounting)."""
FEW = 3
"""Pairs and triples seen less often are left out."""
MASK = (1 << BITS) - 1

Say = Callable[[str], None]
_RUN = re.compile(r"[A-Z0-9]+")


def numbers_of(text: str, numbers: dict[str, int]) -> list[int]:
    """The words of a text as the model counts them: runs of letters, runs of figures, and all else."""
    out = []
    for found in _RUN.findall(text):
        if found in numbers:
            out.append(numbers[found])
        else:
            out.append(NUMBER if found.isdigit() else OTHER_WORD)
    return out


def train_phrases(
    texts: Iterable[tuple[str, int]], words: list[str], out: Path, *, threshold: float, say: Say
) -> None:
    """Count texts into a model of phrases and write it.

    Args:
        texts: texts in capitals, each with how often it counts.
        words: the vocabulary.
        out: the file to write.
        threshold: pruning of triples: how much the training text must lose by one's absence, in nats.
        say: told what is going on.
    """
    numbers = {word: FIRST + index for index, word in enumerate(words)}
    pieces: list[NDArray[np.int32]] = []
    for text, weight in texts:
        piece = np.array([OTHER_WORD, OTHER_WORD, *numbers_of(text, numbers)], np.int32)
        pieces += [piece] * weight
    stream = np.concatenate(pieces).astype(np.int64)
    del pieces
    size = FIRST + len(words)
    say(f"{len(stream):,} words")
    ones = np.bincount(stream, minlength=size).astype(np.float64)
    one = (ones + 0.5) / (ones.sum() + 0.5 * size)
    keys2, twos = _counted((stream[:-1] << BITS) | stream[1:])
    keys3, threes = _counted((stream[:-2] << (2 * BITS)) | (stream[1:-1] << BITS) | stream[2:])
    say(f"{len(keys2):,} pairs, {len(keys3):,} triples")
    first, last = keys2 >> BITS, keys2 & MASK
    kept = (keys2 & MASK) != OTHER_WORD
    keys2, twos, first, last = keys2[kept], twos[kept], first[kept], last[kept]
    fan = np.bincount(first, minlength=size)
    two = (twos - DISCOUNT) / ones[first] + DISCOUNT * fan[first] / ones[first] * one[last]
    back1 = _backoff(first, two, one[last], size)
    # Triples: what the pair says is what they are weighed against.
    context, word, pair = keys3 >> BITS, keys3 & MASK, keys3 & ((1 << (2 * BITS)) - 1)
    at = np.searchsorted(keys2, pair).clip(0, len(keys2) - 1)
    where = np.searchsorted(keys2, context).clip(0, len(keys2) - 1)
    kept = (keys2[at] == pair) & (keys2[where] == context) & (word != OTHER_WORD)
    keys3, threes, at, where = keys3[kept], threes[kept], at[kept], where[kept]
    fan3 = np.bincount(where, minlength=len(keys2))
    three = (threes - DISCOUNT) / twos[where] + DISCOUNT * fan3[where] / twos[where] * two[at]
    gain = threes * np.abs(np.log(three / two[at]))
    chosen = gain > threshold
    keys3, three, at, where = keys3[chosen], three[chosen], at[chosen], where[chosen]
    back2 = _backoff(where, three, two[at], len(keys2))
    say(f"{len(keys3):,} triples kept")
    save_words(
        out,
        words=words,
        unigrams=np.log(one),
        keys2=keys2,
        two=np.log(two),
        back2=back2,
        keys3=keys3,
        three=np.log(three),
        back1=back1,
    )
    say(f"{out.stat().st_size / 1e6:.1f} MB")


def _counted(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    keys.sort()
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    counts = np.diff(edges)
    kept = counts >= FEW
    return keys[edges[:-1][kept]], counts[kept].astype(np.float64)


def _backoff(
    context: NDArray[np.int64], share: NDArray[np.float64], lower: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """What failing costs after each context, so that its probabilities add up to one."""
    left = 1.0 - np.bincount(context, share, minlength=size)
    rest = 1.0 - np.bincount(context, lower, minlength=size)
    out: NDArray[np.float64] = np.log(np.clip(left, 1e-3, 1.0) / np.clip(rest, 1e-3, 1.0))
    return out
