"""The characters that a telegram is read in, and how other characters are folded into them.

The language model knows one case only: teletype had one, and in mixed text the case is taken from the
source. A character outside the alphabet (an accented letter, a sign of another script) is the symbol
`OTHER`: it can be kept as it stands but never be invented.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]

LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-'\"()/:;?!&$%+=*#@[]_"
BREAK = 0
"""The code of a place where no text comes before: the beginning of a document."""
OTHER = len(LETTERS) + 1

_TYPOGRAPHIC = {
    "‘": "'",
    "’": "'",
    "‚": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "…": ".",
    "\t": " ",
    "\n": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "£": "#",
}


def fold(character: str) -> str:
    """The character as the alphabet has it: one case, no accents, typewriter punctuation."""
    if character in _TYPOGRAPHIC:
        return _TYPOGRAPHIC[character]
    plain = unicodedata.normalize("NFD", character)
    return plain[0].upper() if plain and plain[0].upper() in LETTERS else character.upper()


def _table() -> Codes:
    table = np.full(0x3000, OTHER, dtype=np.uint8)
    for code, letter in enumerate(LETTERS, 1):
        table[ord(letter)] = code
        table[ord(letter.lower())] = code
    for point in range(0xA0, 0x250):
        folded = fold(chr(point))
        if len(folded) == 1 and folded in LETTERS:
            table[point] = LETTERS.index(folded) + 1
    for seen, folded in _TYPOGRAPHIC.items():
        table[ord(seen)] = LETTERS.index(folded[0]) + 1
    return table


_CODES = _table()


def encode(text: str) -> Codes:
    """The text as codes, one per character; accents and case are folded away."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    out: Codes = _CODES[np.minimum(points, len(_CODES) - 1)]
    return out


def letter(code: int) -> str:
    """The character of a code; `OTHER` and `BREAK` have none."""
    return LETTERS[code - 1] if 0 < code <= len(LETTERS) else ""
