"""Lines as running text."""

from __future__ import annotations

import re

UNREADABLE = "[…]"
"""What stands in running text for a place of which the reading claims nothing."""

_PIECES = re.compile(r"[\s/(]")
_VOWEL = re.compile(r"[AEIOUYaeiouy]")
_RUNS = re.compile(r"\[…\](?:\s*\[…\])+")


def join(parts: list[tuple[str, bool]]) -> str:
    """Lines as running text: words divided at line ends are made whole, breaks within are kept.

    Args:
        parts: each line, and whether the drafter left a blank line before it.
    """
    out: list[str] = []
    last = ""
    for text, apart in parts:
        if not text:
            continue
        if not last:
            out.append(text)
        elif last[-1] == "-" and last[-2:-1].isalpha() and text[0].isalpha() and not apart:
            word = _PIECES.split(last)[-1][:-1]
            # `UNDP-/FINANCED` keeps its hyphen: a short piece without vowels is an abbreviation.
            if len(word) > 4 or _VOWEL.search(word):
                out[-1] = last[:-1]
            out.append(text)
        else:
            out += ("\n" if apart and last[-1] in '.:;?!)"' else " ", text)
        last = text
    return "".join(out)


def one_mark(text: str) -> str:
    """Neighbouring unreadable places as one."""
    return _RUNS.sub(UNREADABLE, text)
