"""Two released telegrams in one file, in any order, with and without form feed: are they parted rightly?"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from septel.papers import telegrams_in
from septel.text import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReport:
    """How many pairs were made, how many were parted at the right line, and which were not."""

    pairs: int
    right: int
    wrong: tuple[str, ...]


def measure_pairs(shared: Path, *, pairs: int, seed: int = 0) -> PairReport:
    """Make pairs of released telegrams and part them.

    In turn they are joined with and without a form feed between them, with their attribute blocks and without
    frames and attributes. A pair is right when two telegrams are found and no line but a blank one stands
    in the wrong one.
    """
    files = sorted((shared / "dev" / "aad").glob("*.txt"))
    chosen = random.Random(seed)
    wrong: list[str] = []
    for number in range(pairs):
        one, two = chosen.sample(files, 2)
        first, second = one.read_text(encoding="utf-8"), two.read_text(encoding="utf-8")
        if number // 2 % 2 and "Message Text" in first and "Message Text" in second:
            first, second = _message(first), _message(second)
        text = first + second
        pages = (Span(0, len(first)), Span(len(first), len(text))) if number % 2 else ()
        found = telegrams_in(Source(name="pair", digest="0", text=text, pages=pages))
        lines = text.split("\n")
        cut = first.count("\n")
        apart = [found[0].last, cut] if len(found) == 2 else []
        if not apart or any(line.strip() for line in lines[min(apart) : max(apart)]):
            wrong.append(f"{one.stem} + {two.stem}")
    return PairReport(pairs=pairs, right=pairs - len(wrong), wrong=tuple(wrong))


def _message(text: str) -> str:
    return text.split("Message Text\n", 1)[1].split("Message Attributes")[0].rstrip(" ")
