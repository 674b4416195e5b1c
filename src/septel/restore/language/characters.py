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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from septel.errors import MissingPart, ModelError
from septel.restore.language.alphabet import Codes
from septel.restore.unpacked import known, unpacked

if TYPE_CHECKING:
    from septel.restore.native import FixedArray

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
    _fixed: list[FixedArray] = field(default_factory=list, init=False, repr=False, compare=False)
    """Its arrays as `_handed` gives them."""

    @classmethod
    def load(cls, path: Path) -> CharacterModel:
        """Read a model file.

        Raises:
            MissingPart: there is no such file.
            ModelError: the file is damaged or of another format.
        """
        try:
            digest = known([path], lambda: hashlib.sha256(path.read_bytes()).hexdigest())
        except OSError as why:
            raise MissingPart(
                f"the language model can't be opened ({why.strerror})",
                where=str(path),
                remedy="Install septel again, or train one with `septel train lm`.",
            ) from why
        try:
            arrays = unpacked("characters-1", digest, lambda: _unpack(path.read_bytes()))
        except (lzma.LZMAError, ValueError, KeyError, OSError) as why:
            raise ModelError(
                "the language model is damaged or of another format",
                where=str(path),
                remedy="Install septel again, or train one with `septel train lm`.",
            ) from why
        return cls(**arrays, digest=digest[:12])

    def scores(self, codes: Codes) -> NDArray[np.float32]:
        """The logarithm of the probability of each character of a text, from its beginning.

        Args:
            codes: the text in the codes of the alphabet.
        """
        from septel.restore import native

        out = np.empty(len(codes), np.float32)
        native.surprisal(
            len(self.masks), len(self.costs), len(codes), *self._handed(), np.ascontiguousarray(codes), out
        )
        return out

    def fits(self, codes: Codes, places: NDArray[np.int64]) -> list[float]:
        """How well stretches of texts fit what stands before them: sums of what `scores` gives for each text.

        Args:
            codes: the texts one after the other, in the codes of the alphabet.
            places: for each text where it begins, where its stretch does, and where both end.
        """
        from septel.restore import native

        out = np.empty(len(places) // 3, np.float32)
        sizes = (len(self.masks), len(self.costs), len(codes), len(out))
        after, each = np.empty(len(codes), np.int32), np.empty(len(codes), np.float32)
        native.fit(*sizes, *self._handed(), np.ascontiguousarray(codes), places, after, each, out)
        return out.tolist()

    def _handed(self) -> list[FixedArray]:
        """The arrays as loops take them."""
        from septel.restore import native

        if not self._fixed:
            arrays = (self.masks, self.first, self.fails, self.backoffs, self.costs, self.nexts)
            self._fixed[:] = [native.FixedArray(array) for array in arrays]
        return self._fixed


def _unpack(packed: bytes) -> dict[str, NDArray[Any]]:
    """The arrays that the decoder walks."""
    with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as arrays:
        masks, costs = arrays["masks"], arrays["costs"]
        leaves, backoffs = np.unpackbits(arrays["leaves"])[: len(costs)], arrays["backoffs"]
    # Once for each user: compiling takes longer than linking.
    from septel.restore.compiled import link

    first, fails, nexts = link(masks, leaves, len(costs))
    return {
        "masks": masks,
        "first": first,
        "fails": fails,
        "backoffs": (BACKOFF_SHIFT - backoffs.astype(np.float32)) * np.float32(STEP),
        "costs": costs.astype(np.float32) * np.float32(-STEP),
        "nexts": nexts,
    }


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
