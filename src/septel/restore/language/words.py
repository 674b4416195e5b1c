"""Which words follow which: what eight characters of context can't see.

A model of three words in a row with back-off. It does not judge words by themselves (the character model has
done that) but by their company: its score is how much likelier a word is after the two before it than
anywhere. So names that it has never seen cost nothing.

File format (`.npz` compressed with LZMA): `words` (the vocabulary's words in order, joined by line feeds),
`unigrams` (cost of each), and per order two and three the differences between sorted keys (`keys2`, `keys3`),
`costs2`, `costs3`, and `backoffs2` (of two words as a context) and `backoffs1`. A key has 17 bits per word,
the last word lowest. Costs are negative natural logarithms in steps of `STEP`.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.errors import ModelError
from septel.restore.compiled import BITS, FIRST, MOST, NUMBER, OTHER_WORD, PRIME
from septel.restore.unpacked import known, unpacked

STEP = 0.0625
SHIFT = 128
"""Back-off weights may be gains; the stored byte is shifted by this many steps."""
_RUN = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordModel:
    """The model, in arrays that the rescoring walks.

    Attributes:
        hashes, ids: per known word in the order of hashes, its hash and its number.
        one: per word, the logarithm of its probability anywhere.
        keys2, two, keys3, three: pairs and triples of words in order, and the logarithm of the probability
            of the last word after the others.
        back1, back2: what is added when a word, or a pair, has no such follower.
    """

    hashes: NDArray[np.uint64]
    ids: NDArray[np.int64]
    one: NDArray[np.float32]
    keys2: NDArray[np.int64]
    two: NDArray[np.float32]
    back2: NDArray[np.float32]
    keys3: NDArray[np.int64]
    three: NDArray[np.float32]
    back1: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path) -> WordModel:
        """Read a model file.

        Raises:
            ModelError: the file is damaged or of another format.
        """
        try:
            digest = known([path], lambda: hashlib.sha256(path.read_bytes()).hexdigest())
            return cls(**unpacked("words-1", digest, lambda: _unpack(path.read_bytes())))
        except (OSError, lzma.LZMAError, ValueError, KeyError) as why:
            raise ModelError(
                f"the model of phrases can't be read ({why})",
                where=str(path),
                remedy="Install septel again, or make it with `septel train lm`.",
            ) from why

    def numbers(self, text: str) -> tuple[int, ...]:
        """The numbers of the words of a text in capitals: runs of letters, runs of figures, and all else."""
        return tuple(self._number(run) for run in _RUN.findall(text))

    def company(self, before: Sequence[int], judged: Sequence[int], after: Sequence[int]) -> float:
        """How much likelier some words are in their company than anywhere, as a logarithm.

        What follows counts as well: each of the two words after them has its own company.

        Args:
            before: the numbers of the words before them; two are enough.
            judged: their own.
            after: those of the words after them.
        """
        numbers = [OTHER_WORD, OTHER_WORD, *before[-2:], *judged, *after[:2]]
        first = 2 + len(before[-2:])
        return sum(
            self._follows(numbers[place - 2], numbers[place - 1], numbers[place])
            for place in range(first, len(numbers))
        )

    def _number(self, word: str) -> int:
        if word.isdigit():
            return NUMBER
        if not word.isalpha():
            return OTHER_WORD
        value = np.uint64(hash_of(word))
        place = int(np.searchsorted(self.hashes, value))
        there = place < len(self.hashes) and self.hashes[place] == value
        return int(self.ids[place]) if there else OTHER_WORD

    def _follows(self, u: int, v: int, w: int) -> float:
        """As `septel.restore.compiled.company` has it."""
        if w == OTHER_WORD:
            return 0.0
        pair = (v << BITS) | w
        total, at = 0.0, _place(self.keys3, (u << (2 * BITS)) | pair)
        if at >= 0:
            total = float(self.three[at] - self.one[w])
        else:
            at = _place(self.keys2, (u << BITS) | v)
            total += float(self.back2[at]) if at >= 0 else 0.0
            at = _place(self.keys2, pair)
            total += float(self.two[at] - self.one[w]) if at >= 0 else float(self.back1[v])
        return min(max(total, -MOST), MOST)


def _place(keys: NDArray[np.int64], key: int) -> int:
    """Where a key is among ascending ones; -1 where it is not."""
    at = int(np.searchsorted(keys, key))
    return at if at < len(keys) and keys[at] == key else -1


def _unpack(packed: bytes) -> dict[str, NDArray[Any]]:
    """The arrays that the rescoring walks."""
    with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as arrays:
        words = bytes(arrays["words"]).decode().split("\n")
        hashes = np.array([hash_of(word) for word in words], np.uint64)
        order = np.argsort(hashes)
        return {
            "hashes": hashes[order],
            "ids": order.astype(np.int64) + FIRST,
            "one": _logs(arrays["unigrams"]),
            "keys2": np.cumsum(arrays["keys2"]),
            "two": _logs(arrays["costs2"]),
            "back2": _logs(arrays["backoffs2"], SHIFT),
            "keys3": np.cumsum(arrays["keys3"]),
            "three": _logs(arrays["costs3"]),
            "back1": _logs(arrays["backoffs1"], SHIFT),
        }


@lru_cache(maxsize=1 << 14)
def hash_of(word: str) -> int:
    """The hash of a word's letters, as the rescoring reckons it letter by letter."""
    value = 0
    for letter in word:
        value = ((value ^ (ord(letter) - ord("A") + 2)) * int(PRIME) + 1) & 0xFFFFFFFFFFFFFFFF
    return value


def save_words(
    path: Path,
    *,
    words: list[str],
    unigrams: NDArray[np.float64],
    keys2: NDArray[np.int64],
    two: NDArray[np.float64],
    back2: NDArray[np.float64],
    keys3: NDArray[np.int64],
    three: NDArray[np.float64],
    back1: NDArray[np.float64],
) -> None:
    """Write a model file from natural logarithms."""
    out = io.BytesIO()
    np.savez(
        out,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        unigrams=_bytes(unigrams),
        keys2=np.diff(keys2, prepend=0),
        costs2=_bytes(two),
        backoffs2=_bytes(back2, SHIFT),
        keys3=np.diff(keys3, prepend=0),
        costs3=_bytes(three),
        backoffs1=_bytes(back1, SHIFT),
    )
    path.write_bytes(lzma.compress(out.getvalue(), preset=6))


def _logs(costs: NDArray[np.uint8], shift: int = 0) -> NDArray[np.float32]:
    out: NDArray[np.float32] = (shift - costs.astype(np.float32)) * np.float32(STEP)
    return out


def _bytes(logs: NDArray[np.float64], shift: int = 0) -> NDArray[np.uint8]:
    out: NDArray[np.uint8] = np.clip(np.round(shift - logs / STEP), 0, 255).astype(np.uint8)
    return out
