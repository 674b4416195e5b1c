"""The words of the training corpora by how common they are, for those who need nothing else of the restorer.

This brings no arrays: a search of an archive asks for it, and numpy would cost it more than the words do.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def shipped_words() -> Mapping[str, int]:
    """The words of the shipped vocabulary, in upper case, each with the binary logarithm of its count."""
    return counted(files("septel.restore").joinpath("model", "vocabulary.xz").read_bytes())


def counted(packed: bytes) -> dict[str, int]:
    """Words with their logarithms from LZMA-compressed lines `WORD TAB logarithm`.

    Raises:
        LZMAError: it is damaged.
        ValueError: a line is none of those.
    """
    pairs = (line.split("\t") for line in lzma.decompress(packed).decode().splitlines())
    return {word: int(weight) for word, weight in pairs}
