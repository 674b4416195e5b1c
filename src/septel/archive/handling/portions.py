"""Which part of a paper is meant: a paragraph, a part of the heading, lines, or a stretch of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from septel.archive.handling.statements import Portion
from septel.errors import UsageError
from septel.text import Source, Span

_LINES = re.compile(r"lines? (\d+)(?:\s*-\s*(\d+))?\Z", re.IGNORECASE)
_STRETCH = re.compile(r"(\d+)-(\d+)\Z")


def portion_of(source: Source, tree: Mapping[str, Any], name: str) -> Portion:
    """The portion that a name means, with all paragraphs below a paragraph.

    Names are `3`, `3.A`, `summary`, `subject`, `lines 12-18`, or `412-470` of the source.

    Raises:
        UsageError: nothing is called so.
    """
    name = " ".join(name.split())
    stretch, lines = _STRETCH.match(name), _LINES.match(name)
    if stretch:
        start, end = int(stretch[1]), int(stretch[2])
        if start < end <= len(source.text):
            return Portion(name, (Span(start, end),))
    elif lines:
        first = int(lines[1])
        last = int(lines[2] or first)
        if 1 <= first <= last <= len(source.lines):
            return Portion(name, _joined(source.lines[first - 1 : last]))
    else:
        places: Sequence[Mapping[str, Any]] = tree.get("places") or ()
        wanted = name.upper()
        found = [
            source.lines[place["line"] - 1]
            for place in places
            if str(place["part"]).upper() == wanted or str(place["part"]).upper().startswith(f"{wanted}.")
            if place["line"] <= len(source.lines)
        ]
        if found:
            return Portion(name, _joined(found))
        known = list(dict.fromkeys(str(one["part"]) for one in places if one["layer"] in ("heading", "text")))
        raise UsageError(
            f"the paper has no part called {name!r}",
            remedy=f"Parts are {', '.join(known) or 'none'}; or say `lines 12-18`.",
        )
    raise UsageError(
        f"{name!r} lies outside the paper",
        remedy=f"It has {len(source.lines)} lines and {len(source.text)} characters.",
    )


def _joined(lines: Iterable[Span]) -> tuple[Span, ...]:
    """Lines as stretches; lines that follow each other are one."""
    found: list[Span] = []
    for line in sorted(lines):
        if found and line.start == found[-1].end + 1:
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return tuple(one for one in found if one.end > one.start)
