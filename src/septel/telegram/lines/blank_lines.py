"""Blank lines that part paragraphs, and those that an engine leaves behind every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

FAR = 1_000
"""More blank lines than stand anywhere: before the first line."""
_LONG = 45
"""Characters of a line that the page's width may have ended."""


def usual_blanks(texts: Sequence[str]) -> int:
    """How many blank lines stand between the lines of one paragraph; more of them part two.

    Args:
        texts: the lines of a text without the spaces around them.
    """
    if texts.count("") * 2 < len(texts) - 1:
        return 0
    blanks: Counter[int] = Counter()
    long, blank = False, 0
    for text in texts:
        if not text:
            blank += 1
            continue
        if long:
            blanks[blank] += 1
        long, blank = len(text) >= _LONG, 0
    return blanks.most_common(1)[0][0] if blanks else 0
