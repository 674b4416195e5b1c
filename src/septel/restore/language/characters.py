"""What text of the period looks like: a character model as a compact automaton.

Each state is a context of up to eight characters that was seen often enough; each arc is a character with
its probability after that context. A character that a state has no arc for is looked for in the state of
the longest shorter context (`fail`), at the price of that state's back-off weight. So every step costs one
or two look-ups, whatever the order.

File format (`.npz` of small arrays in breadth-first order, compressed with LZMA): `masks` (64 bits per
state: which characters it has), `costs` (one byte per arc), `leaves` (one bit per arc: whether it leads to
no state of its own), `backoffs` (one byte per state). Costs are natural logarithms in steps of `STEP`.
"""

from __future__ import annotations

import hashlib
import io
import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from septel.errors import MissingPart, ModelError
from septel.restore.language.alphabet import SIZE

STEP = 0.0625
BACKOFF_SHIFT = 64
"""Back-off weights may be gains; the stored byte is shifted by this many steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterModel:
    """The automaton, in arrays that the decoder walks.

    Attributes:
        masks: per state, which characters have an arc; bit `c` for code `c`.
        first: per state, the index of its first arc.
        fails: per state, the state of the longest shorter context.
        backoffs: per state, the (natural) logarithm added when failing.
        costs: per arc, the logarithm of the probability.
        nexts: per arc, the state after it.
        digest: SHA-256 of the file, shortened.
    """

    masks: NDArray[np.uint64]
    first: NDArray[np.int32]
    fails: NDArray[np.int32]
    backoffs: NDArray[np.float32]
    costs: NDArray[np.float32]
    nexts: NDArray[np.int32]
    digest: str

    @classmethod
    def load(cls, path: Path) -> CharacterModel:
        """Read a model file.

        Raises:
            MissingPart: there is no such file.
            ModelError: the file is damaged or of another format.
        """
        try:
            packed = path.read_bytes()
        except OSError as why:
            raise MissingPart(
                f"the language model can't be opened ({why.strerror})",
                where=str(path),
                remedy="Install septel again, or train one with `septel train lm`.",
            ) from why
        try:
            with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as arrays:
                masks, costs = arrays["masks"], arrays["costs"]
                leaves, backoffs = np.unpackbits(arrays["leaves"])[: len(costs)], arrays["backoffs"]
        except (lzma.LZMAError, ValueError, KeyError, OSError) as why:
            raise ModelError(
                "the language model is damaged or of another format",
                where=str(path),
                remedy="Install septel again, or train one with `septel train lm`.",
            ) from why
        first, fails, nexts = link(masks, leaves, len(costs))
        return cls(
            masks=masks,
            first=first,
            fails=fails,
            backoffs=((BACKOFF_SHIFT - backoffs.astype(np.float32)) * np.float32(STEP)),
            costs=costs.astype(np.float32) * np.float32(-STEP),
            nexts=nexts,
            digest=hashlib.sha256(packed).hexdigest()[:12],
        )


def save_characters(
    path: Path,
    *,
    masks: NDArray[np.uint64],
    costs: NDArray[np.uint8],
    leaves: NDArray[np.bool_],
    backoffs: NDArray[np.uint8],
) -> None:
    """Write a model file."""
    out = io.BytesIO()
    np.savez(out, masks=masks, costs=costs, leaves=np.packbits(leaves), backoffs=backoffs)
    path.write_bytes(lzma.compress(out.getvalue(), preset=6))


@njit(cache=True, inline="always")
def count_bits(bits):  # type: ignore[no-untyped-def]  # compiled
    """How many bits of a 64-bit word are set."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def link(masks, leaves, arcs):  # type: ignore[no-untyped-def]  # compiled
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


@njit(cache=True)
def _target(masks, first, nexts, fails, state, code):  # type: ignore[no-untyped-def]  # compiled
    bit = np.uint64(1) << np.uint64(code)
    while True:
        if masks[state] & bit:
            arc = first[state] + count_bits(masks[state] & (bit - np.uint64(1)))
            if nexts[arc] >= 0:
                return nexts[arc]
        if state == 0:
            return 0
        state = fails[state]


@njit(cache=True, inline="always")
def step(masks, first, fails, backoffs, costs, nexts, state, code):  # type: ignore[no-untyped-def]  # compiled
    """The logarithm of the probability of a character in a state, and the state after it."""
    bit = np.uint64(1) << np.uint64(code)
    total = np.float32(0.0)
    while masks[state] & bit == 0:
        total += backoffs[state]
        state = fails[state]
    arc = first[state] + count_bits(masks[state] & (bit - np.uint64(1)))
    return total + costs[arc], nexts[arc]


@njit(cache=True, nogil=True)
def score(masks, first, fails, backoffs, costs, nexts, codes):  # type: ignore[no-untyped-def]  # compiled
    """The logarithm of the probability of each character of a text, from its beginning."""
    out = np.zeros(len(codes), np.float32)
    state = 0
    for i in range(len(codes)):
        out[i], state = step(masks, first, fails, backoffs, costs, nexts, state, codes[i])
    return out
