"""Counting three signs in a row: what tells other languages from English (`septel.restore.language`)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from septel.errors import InputError
from septel.restore.language import encode

SIGNS = 27
"""A blank, which stands for all that is no letter, and the letters."""
LANGUAGE_PROFILES = ("es", "fr", "de", "it", "pt")
"""The profiles of langdetect that are read, in the order of the table."""
TOTAL, LEAST, STEPS = 2.0**24, 2, 8
"""What all counts of a language are brought to, the least that is told, and parts of a binary logarithm."""

Counts = NDArray[np.float64]


def trigrams_of(texts: Iterable[str]) -> Counts:
    """How often three signs follow one another in some texts; before a word stand two blanks."""
    counts = np.zeros(SIGNS**3)
    for text in texts:
        signs = encode(text).astype(np.int64) - 1
        signs[(signs < 0) | (signs >= SIGNS)] = 0
        signs = signs[(signs > 0) | (np.roll(signs, 1) > 0)]
        before = np.where(signs[1:-1] > 0, signs[:-2], 0)
        np.add.at(counts, (before * SIGNS + signs[1:-1]) * SIGNS + signs[2:], 1)
    return counts.reshape(SIGNS, SIGNS, SIGNS)


def profiled(file: Path) -> Counts:
    """The same from a profile of langdetect, whose accents and cases are folded away.

    Raises:
        InputError: the file is no such profile.
    """
    counts = np.zeros((SIGNS, SIGNS, SIGNS))
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["freq"]
        for gram, count in found.items():
            gram = f" {gram}" if len(gram) == 2 and gram[0] == " " else gram
            signs = [code - 1 for code in encode(gram).tolist()]
            if len(signs) == 3 and max(signs) < SIGNS:
                counts[tuple(signs)] += count
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise InputError(
            "this is no profile of langdetect", where=str(file), remedy="Give its folder `profiles`."
        ) from why
    return counts


def packed(tables: Iterable[Counts]) -> bytes:
    """Tables, English first, as the restorer reads them."""
    out = []
    for table in tables:
        shares = table / table.sum() * TOTAL
        steps = np.clip(np.round(np.log2(np.maximum(shares, 1)) * STEPS), 1, 255)
        out.append(np.where(shares >= LEAST, steps, 0).astype(np.uint8).tobytes())
    return lzma.compress(b"".join(out), preset=9 | lzma.PRESET_EXTREME)
