"""Places of a source as a person names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from septel.archive import Holding
from septel.errors import UsageError
from septel.text import Reading, Source, Span, shortened

_PARAGRAPH = re.compile(r"(?i)(?:para(?:graph)?\.?\s*|¶\s*)(?P<path>\w+(?:\.\w+)*)|(?P<bare>\d+(?:\.\w+)+)")
"""A paragraph as a person names it: `PARA 3`, `¶ 3`, `3.A`."""


def span_of(source: Source, place: str, *, lines: bool = False) -> Span:
    """The span that a person means; with `lines`, a pair of offsets may run over line ends.

    Raises:
        UsageError: the place is not in the source, or not in one place only.
    """
    remedy = "Give offsets (412-420), or a line number and its characters (29:SEMEMOV)."
    number, colon, characters = place.partition(":")
    if colon and number.isdecimal() and 1 <= int(number) <= len(source.lines):
        there = shortened(source.lines[int(number) - 1].of(source.text).strip(), 80)
        remedy = f"Line {number} reads {there!r}; `septel show --numbers` has all lines."
    try:
        if colon:
            line = source.lines[int(number) - 1]
            if int(number) < 1 or line.of(source.text).count(characters) != 1 or not characters:
                raise ValueError
            start = line.start + line.of(source.text).index(characters)
            return Span(start, start + len(characters))
        start_text, _, end_text = place.partition("-")
        span = Span(int(start_text), int(end_text))
        if span.end > len(source.text) or ("\n" in span.of(source.text) and not lines):
            raise ValueError
    except (ValueError, IndexError):
        raise UsageError(
            f"{place!r} is no single place of one line", where=source.name, remedy=remedy
        ) from None
    return span


def span_shown(reading: Reading, place: str) -> Span:
    """The span that a person means who sees the text as read: a line and the word shown there will do.

    What the source has counts first; then the line as read, without marks of doubt.

    Raises:
        UsageError: the place is not there, or not in one place only.
    """
    source = reading.source
    number, colon, word = place.partition(":")
    shown = word.removesuffix("[?]").strip()
    if not colon or not number.isdecimal() or not 1 <= int(number) <= len(source.lines) or not shown:
        return span_of(source, place)
    line = source.lines[int(number) - 1]
    if line.of(source.text).count(word) == 1:
        return span_of(source, place)
    there = reading.offsets.to_reading(line)
    text = there.of(reading.text)
    if text.count(shown) != 1:
        return span_of(source, place)
    start = there.start + text.index(shown)
    return reading.offsets.to_source(Span(start, start + len(shown)))


def passage_of(holding: Holding, place: str) -> Span:
    """The passage that a person means to cite or note: also a whole line (46), or a paragraph (PARA 3, 3.A).

    A line and the word shown there will do as well as what the source has; offsets may run over line ends.

    Raises:
        UsageError: the place is not there, or not in one place only.
    """
    source, named = holding.source, _PARAGRAPH.fullmatch(place.strip())
    if named is not None:
        return _paragraph(source, holding.telegram, (named["path"] or named["bare"]).upper())
    if place.strip().isdecimal():
        number = int(place)
        if not 1 <= number <= source.line_count or not source.line(number).of(source.text).strip():
            remedy = f"The text has {source.line_count} lines; `septel show` with --numbers gives them."
            raise UsageError(f"there is nothing in a line {number}", where=source.name, remedy=remedy)
        return source.line(number)
    return span_of(source, place, lines=True) if ":" not in place else span_shown(holding.reading, place)


def _paragraph(source: Source, telegram: Mapping[str, Any], path: str) -> Span:
    owned = telegram.get("places") or ()
    parts = [str(one["part"]).upper() if one["layer"] == "text" else "" for one in owned]
    lines = [n for n, part in enumerate(parts, 1) if part == path or part.startswith(f"{path}.")]
    if not lines:
        there = ", ".join(dict.fromkeys(part for part in parts if part)) or "none"
        raise UsageError(
            f"there is no paragraph {path}", where=source.name, remedy=f"Its paragraphs are {there}."
        )
    return Span(source.line(lines[0]).start, source.line(lines[-1]).end)
