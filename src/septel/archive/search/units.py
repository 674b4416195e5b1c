"""The units of search: the paragraphs and fields of a document, as lines that belong together.

A paragraph is one unit, whatever stands between its lines on the page (footers, the next page's head). So is
each heading field, the signature, the catalogue's block of attributes; other lines (stamps, routing) are
units as they stand next to each other. Without a tree, units are the stretches between blank lines.

A unit goes on for some words (`OVERHANG`) into what follows it, so that a phrase that runs over its end is
found too: a paragraph into the next paragraph, everything else into the next lines on the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

OVERHANG = 6
"""So many words of what follows belong to a unit as well."""
LONGEST = 120
"""So many lines are one unit at most; longer parts are cut."""
_BODY = "text"
_BLANK = "blank"
_SCATTERED = frozenset({_BODY, "heading", "catalogue"})
"""Layers whose parts are each one unit, wherever their lines stand."""
_owner = itemgetter("layer", "part")


class Unit(NamedTuple):
    """Lines that are searched as one; a named tuple, since a telegram has dozens.

    Attributes:
        part: the paragraph's path, or the name of the field or part.
        lines: their numbers, from one, in order.
        following: the lines into which it goes on.
    """

    part: str
    lines: tuple[int, ...]
    following: tuple[int, ...] = ()


def units_of(texts: Sequence[str], places: Iterable[Mapping[str, Any]] | None) -> tuple[Unit, ...]:
    """The units of a document.

    Args:
        texts: each line, as it came and as restored, or anything that is blank where both are.
        places: the entries of the stored tree that say which part owns each line; None without a tree.
    """
    owned = list(places or ())
    if len(owned) != len(texts):
        return _stretches(texts)
    groups: dict[tuple[object, ...], list[int]] = {}
    run = 0
    last: tuple[str, str] | None = None
    group: list[int] = []
    for number, (place, text) in enumerate(zip(map(_owner, owned), texts, strict=True), 1):
        if place[0] == _BLANK and _is_blank(text):
            continue
        if place != last:
            run += 1
            last = place
            key: tuple[object, ...] = place if place[0] in _SCATTERED else (*place, run)
            group = groups.setdefault(key, [])
        group.append(number)
    filled = [number for number, text in enumerate(texts, 1) if not _is_blank(text)]
    bodies = [key for key in groups if key[0] == _BODY]
    ordered = [*bodies, *(key for key in groups if key[0] != _BODY)]
    found: list[Unit] = []
    for n, key in enumerate(ordered):
        lines = groups[key]
        below = groups[ordered[n + 1]] if n + 1 < len(bodies) else _below(filled, lines[-1])
        for at in range(0, len(lines), LONGEST):
            rest = lines[at + LONGEST :] or below
            piece = tuple(lines[at : at + LONGEST])
            found.append(Unit(part=str(key[1]), lines=piece, following=tuple(rest[:OVERHANG])))
    return tuple(found)


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _below(filled: Sequence[int], last: int) -> Sequence[int]:
    """The next lines on the page that are not blank."""
    at = bisect_right(filled, last)
    return filled[at : at + OVERHANG]


def _stretches(texts: Sequence[str]) -> tuple[Unit, ...]:
    """Lines between blank ones; a blank line ends no phrase, so each goes on into the next."""
    runs: list[list[int]] = [[]]
    for number, text in enumerate(texts, 1):
        if not text.strip() or len(runs[-1]) >= LONGEST:
            runs.append([])
        if text.strip():
            runs[-1].append(number)
    filled = [number for run in runs for number in run]
    return tuple(
        Unit(part="", lines=tuple(run), following=tuple(_below(filled, run[-1]))) for run in runs if run
    )


def lines_written(lines: Sequence[int]) -> str:
    """Line numbers, each greater than the one before, in the short form of the catalogue: `3-7,9`."""
    parts: list[str] = []
    if not lines:
        return ""
    start = last = lines[0]
    if lines[-1] - start == len(lines) - 1:  # most of them have no gap
        return str(start) if len(lines) == 1 else f"{start}-{lines[-1]}"
    for number in (*lines[1:], -1):
        if number == last + 1:
            last = number
            continue
        parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = number
    return ",".join(parts)


@lru_cache(maxsize=8192)
def lines_read(text: str) -> tuple[int, ...]:
    """Read back what `lines_written` wrote."""
    out: list[int] = []
    for part in text.split(",") if text else ():
        first, _, last = part.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return tuple(out)
