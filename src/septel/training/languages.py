"""Counting three signs in a row: what tells other languages from English (`septel.restore.language`)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from septel.errors import InputError
from septel.restore.language import TRIGRAM_SIGNS, TRIGRAM_STEPS, encode

LANGUAGE_PROFILES = ("es", "fr", "de", "it", "pt")
"""The profiles of langdetect that are read, in the order of the table."""
TOTAL, LEAST = 2.0**24, 2
"""What all counts of a language are brought to, and the least that is told."""

Counts = NDArray[np.float64]


def trigrams_of(texts: Iterable[str]) -> Counts:
    """How often three signs follow one another in some texts; before a word stand two blanks."""
    counts = np.zeros(TRIGRAM_SIGNS**3)
    for text in texts:
        signs = encode(text).astype(np.int64) - 1
        signs[(signs < 0) | (signs >= TRIGRAM_SIGNS)] = 0
        signs = signs[(signs > 0) | (np.roll(signs, 1) > 0)]
        before = np.where(signs[1:-1] > 0, signs[:-2], 0)
        np.add.at(counts, (before * TRIGRAM_SIGNS + signs[1:-1]) * TRIGRAM_SIGNS + signs[2:], 1)
    return counts.reshape(TRIGRAM_SIGNS, TRIGRAM_SIGNS, TRIGRAM_SIGNS)


def profiled(file: Path) -> Counts:
    """The same from a profile of langdetect, whose accents and cases are folded away.

    Raises:
        InputError: the file is no such profile.
    """
    counts = np.zeros((TRIGRAM_SIGNS, TRIGRAM_SIGNS, TRIGRAM_SIGNS))
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["freq"]
        for gram, count in found.items():
            gram = f" {gram}" if len(gram) == 2 and gram[0] == " " else gram
            signs = [code - 1 for code in encode(gram).tolist()]
            if len(signs) == 3 and max(signs) < TRIGRAM_SIGNS:
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
        steps = np.clip(np.round(np.log2(np.maximum(shares, 1)) * TRIGRAM_STEPS), 1, 255)
        out.append(np.where(shares >= LEAST, steps, 0).astype(np.uint8).tobytes())
    return lzma.compress(b"".join(out), preset=9 | lzma.PRESET_EXTREME)
