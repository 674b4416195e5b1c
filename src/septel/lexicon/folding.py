"""What of a word survives a bad copy: its characters with look-alikes made one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from septel.text import Span

# One letter stands for each family of shapes that typewriter faces and old engines confuse. Only shapes
# are merged that are confused both ways; all else is left to the edit distance.
_FAMILIES = {
    "I": "IiJjl1!|[]{}",
    "O": "OoDQ0",
    "S": "Ss5$",
    "B": "B8",
    "E": "EeF£€",
    "U": "UuVvY",
    "C": "Cc<(",
    "Z": "Zz2",
    "T": "Tt7",
    "G": "Gg6",
}
_SHAPES = {ord(shape): family for family, shapes in _FAMILIES.items() for shape in shapes}
_SHAPES |= {ord(c.lower()): c for c in "ABDFHKLMNPQRWXY" if ord(c.lower()) not in _SHAPES}
_SHAPES |= {ord("f"): "E", ord("b"): "B", ord("d"): "O", ord("y"): "U"}
_NOT_SHAPES = re.compile(r"[^A-Z0-9]")
_NOT_LETTERS = re.compile(r"[^A-Z]")

# Which figures a seen character may be in a number; the first is the likeliest.
_FIGURES = {
    "O": "0", "o": "0", "D": "0", "Q": "0", "U": "0",
    "I": "1", "l": "1", "|": "1", "!": "1", "i": "1", "]": "1", "[": "1", "J": "1", "}": "1", "{": "1",
    "Z": "2", "z": "2", "S": "58", "s": "58", "$": "58", "B": "8", "&": "8", "G": "6", "b": "6",
    "g": "9", "q": "9", "A": "4", "T": "7", "E": "8", "?": "7",
}  # fmt: skip
_LIKE_FIGURES = frozenset("OQDIlLSZB")
_RUN = re.compile(r"[^\W_]+")
_MOST = 16  # a number with more readings than this says nothing


@dataclass(frozen=True, slots=True)
class Folded:
    """A text reduced to its shapes, and where each of them stood.

    Attributes:
        text: upper-case letters and figures only, look-alikes made one.
        positions: for each character of `text`, its offset in what was folded.
    """

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that `text[start:end]` came from."""
        if start >= end:
            at = self.positions[start] if start < len(self.positions) else 0
            return Span(at, at)
        return Span(self.positions[start], self.positions[end - 1] + 1)


def fold(text: str) -> Folded:
    """Reduce a text to its shapes, keeping offsets."""
    shapes: list[str] = []
    positions: list[int] = []
    for at, shape in enumerate(text.translate(_SHAPES)):
        if "A" <= shape <= "Z" or "0" <= shape <= "9":
            shapes.append(shape)
            positions.append(at)
    return Folded("".join(shapes), tuple(positions))


def shapes(text: str) -> str:
    """The text of `fold`, without the offsets."""
    return _NOT_SHAPES.sub("", text.translate(_SHAPES))


def letters(text: str) -> str:
    """A clean name's letters alone, in upper case: `La Paz` and `LAPAZ` are one."""
    return _NOT_LETTERS.sub("", text.upper())


def numerals(text: str) -> tuple[str, ...]:
    """All numbers that a seen text may be, the likeliest first; spaces and stops within are noise.

    `0 IS` may be 015 or 018. Empty when a character is no look-alike of any figure, or when so much is
    unclear that nothing is said.
    """
    choices: list[str] = []
    total = 1
    for seen in text:
        if seen.isspace() or seen in ".,·•'`-":
            continue
        options = seen if seen in "0123456789" else _FIGURES.get(seen)
        if options is None:
            return ()
        choices.append(options)
        total *= len(options)
    if not choices or total > _MOST:
        return ()
    return tuple("".join(figures) for figures in itertools.product(*choices))


def figure_like(word: str) -> frozenset[int]:
    """The places of letters that look like figures and stand where a figure should be.

    They stand among figures (`5O`, `12,7O0`), behind figures and a stop or comma (`48.O`), or are a run of
    the letter O, which no word is (`COME-OO`).
    """
    found: set[int] = set()
    for run in _RUN.finditer(word):
        text, before = run.group(), word[: run.start()]
        if not all(one.isdigit() or one in _LIKE_FIGURES for one in text):
            continue
        among = any(map(str.isdigit, text)) or (len(text) > 1 and not text.strip("O"))
        if among or (before[-2:-1].isdigit() and before[-1:] in ".,:"):
            found.update(run.start() + at for at, one in enumerate(text) if one in _LIKE_FIGURES)
    return frozenset(found)
