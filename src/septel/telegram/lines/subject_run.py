"""A subject into which the first paragraph of a bad copy ran, since its number was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from septel.telegram.lines.line import LineKind, TelegramLine

_SECOND = re.compile(r"\W{0,2}2\s?[.,]\s?[A-Z]")
_FULL = 66
"""Where a clerk begins a new line: a word that would have stood before it was begun on purpose."""
_PROSE = 3
"""A line of text has so many words; a signature fewer."""


def part_subject(lines: Sequence[TelegramLine]) -> bool:
    """Give the lines of the first paragraph back to the text; whether there were any.

    Where a telegram has no text below its subject, or its text begins with the second paragraph, the first
    was taken into the subject. It begins behind the first line of the subject that was not full.
    """
    at = next((n for n, line in enumerate(lines) if line.kind is LineKind.SUBJECT), None)
    if at is None:
        return False
    run = [lines[at]]
    for line in lines[at + 1 :]:
        if line.text and not (line.kind is LineKind.SUBJECT and line.continues):
            break
        run += [line] if line.text else []
    if len(run) < 2:
        return False
    behind = [line for line in lines[at + 1 :] if line.text and line not in run]
    below = next((line for line in behind if line.kind is LineKind.TEXT), None)
    texts = [line for line in behind if line.kind is LineKind.TEXT and len(line.text.split()) >= _PROSE]
    if texts and not (below is not None and _SECOND.match(below.text)):
        return False
    spare = [_FULL - len(one.text) - len(other.text.split()[0]) for one, other in pairwise(run)]
    begun = next((n for n, room in enumerate(spare) if room >= 0), spare.index(max(spare))) + 1
    for line in run[begun:]:
        line.kind, line.continues = LineKind.TEXT, False
    return True
