"""Where a paragraph begins whose number a bad copy has lost, between two that were read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_STOP_LEFT = re.compile(r"\W{0,2}[.,:;•·]\s?(?=[A-Z\"(])")
_SENTENCE = re.compile(r"[.?!:)\"•·]\W?$")
_SHORT, _SHORTER = 0.85, 0.7
"""The last line of a paragraph is shorter than this share of a full one; without its full stop than that."""


def lost_number(lines: Sequence[str], first: int, stop: int) -> tuple[int, int] | None:
    """The line that must begin the paragraph, and where its text begins; None where it may be several.

    The stop of the number may have been left; else the line above it ended a paragraph: it is shorter than
    the others.

    Args:
        lines: the lines of the text as they were seen.
        first: the first line that may be it.
        stop: the line that begins the paragraph after it.
    """
    left = [(at, match.end()) for at in range(first, stop) if (match := _STOP_LEFT.match(lines[at]))]
    if len(left) == 1:
        return left[0]
    widths = sorted(map(len, lines))
    full = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    begun = [at for at in range(first, stop) if lines[at][:1].isupper()]
    for share, ended in ((_SHORT, True), (_SHORTER, False)):
        found = [
            at
            for at in begun
            if len(lines[at - 1]) < share * full and (_SENTENCE.search(lines[at - 1]) or not ended)
        ]
        if len(found) == 1:
            return found[0], 0
        if found:
            return None
    return None
