"""Places of a source as a person names them."""

from __future__ import annotations

from septel.errors import UsageError
from septel.text import Reading, Source, Span


def span_of(source: Source, place: str, *, lines: bool = False) -> Span:
    """The span that a person means; with `lines`, a pair of offsets may run over line ends.

    Raises:
        UsageError: the place is not in the source, or not in one place only.
    """
    remedy = "Give offsets (412-420), or a line number and its characters (29:SEMEMOV)."
    number, colon, characters = place.partition(":")
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
