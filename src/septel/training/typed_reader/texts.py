"""What is typed onto pages to learn from.

Mostly telegrams, in capitals; some prose in both cases; and lines of codes and of letters at random. A reader
that learnt from sentences alone would finish words that it can't see. So signs are also changed at random.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import numpy as np

from septel.capture.engines.typed import CODES, RARE

LINES = 62
CODED, EMPTY, MIXED = 0.14, 0.08, 0.22
"""Shares of lines that are codes or empty, and of pages in both cases."""
SPACED = 0.06
"""How many lines have a word that is spaced out."""
CHANGED = 0.04
"""The share of signs that are changed at random."""
_LETTERS, _FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_CODES = _LETTERS + _FIGURES
_RARE = "!\"#$%&'()*+,-./:;<=>?@[]_"


def pages(texts: Sequence[str], *, seed: int) -> Iterator[list[str]]:
    """Pages of lines without end, drawn from the texts.

    Args:
        texts: long pieces of plain text, in any case.
        seed: the same seed gives the same pages.
    """
    random = np.random.default_rng(seed)
    while True:
        columns = int(random.integers(48, 75))
        mixed = random.random() < MIXED
        page: list[str] = []
        while len(page) < LINES:
            text = texts[int(random.integers(len(texts)))]
            begin = int(random.integers(max(1, len(text) - 2500)))
            piece = text[begin : begin + 2500].partition(" ")[2]
            for block in piece.split("\n"):
                page += textwrap.wrap(block, columns)
        page = page[:LINES]
        yield [_line(line if mixed else line.upper(), columns, random) for line in page]


def _line(line: str, columns: int, random: np.random.Generator) -> str:
    kind = random.random()
    if kind < CODED:
        line = _coded(columns, random)
    elif kind < CODED + EMPTY:
        line = ""
    elif kind < CODED + EMPTY + 0.1:
        # Short lines stand alone on every page: headings, ends of paragraphs.
        line = line[: int(random.integers(2, 25))].strip()
    if random.random() < SPACED and line:
        # Names and classifications are spaced out: D I A Z.
        words = line.split(" ")
        at = int(random.integers(len(words)))
        words[at] = " ".join(words[at])
        line = " ".join(words)[:columns]
    line = "".join(sign if sign in CODES else " " for sign in line)
    changed = random.random(len(line)) < CHANGED
    signs = [_other(random) if new and sign != " " else sign for sign, new in zip(line, changed, strict=True)]
    return "".join(signs).rstrip()


def _other(random: np.random.Generator) -> str:
    """A sign to put in another's place."""
    kind = random.random()
    return str(random.choice(list(_CODES if kind < 0.65 else _RARE if kind < 0.9 else RARE)))


def _coded(columns: int, random: np.random.Generator) -> str:
    """Figures, codes and signs as headings and distribution lines have them, with nothing to guess from."""
    words = [_code(random) for _ in range(int(random.integers(1, 14)))]
    return " ".join(words)[:columns]


def _code(random: np.random.Generator) -> str:
    def some(signs: str, fewest: int, most: int) -> str:
        return "".join(random.choice(list(signs), int(random.integers(fewest, most + 1))))

    kind = int(random.integers(12))
    if kind < 3:
        # Offices with their copies, most of them few or none.
        copies = int(random.choice([0, 0, 1, 1, 2, 3, int(random.integers(0, 30))]))
        return f"{some(_LETTERS, 1, 4)}-{copies:02d}"
    if kind == 3:
        return f"{some(_FIGURES, 6, 6)}{'Z' if random.random() < 0.5 else ''}"
    if kind == 4:
        return (
            f"{random.choice(['/', '(', '#', ''])}{some(_FIGURES, 1, 6)}{random.choice([')', '.', ',', ''])}"
        )
    if kind == 5:
        return str(random.choice(list("-----=*.X_"))) * int(random.integers(2, 24))
    if kind == 6:
        return ".".join(some(_LETTERS, 1, 1) for _ in range(int(random.integers(2, 4)))) + "."
    if kind == 7:
        return f"{some(_LETTERS, 2, 9)}{random.choice(list(_RARE))}"
    if kind == 8:
        return f"({some(_CODES, 1, 2)})"
    if kind == 9:
        return f"{random.choice(list(_RARE))}{some(_LETTERS, 1, 8)}{random.choice(list(_RARE))}"
    if kind == 10:
        return " ".join(some(_LETTERS, 1, 1) for _ in range(int(random.integers(2, 9))))
    return some(_CODES, 1, 10)
