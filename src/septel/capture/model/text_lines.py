"""The lines of a page of a file that holds text only: they follow from the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from septel.capture.model.pages import Line
from septel.text import Source, Span


class TextLines(Sequence[Line]):
    """The lines of a text that a page has, each without what of it stands on another page.

    A released telegram has hundreds, and most of what reads it looks at none: they are made when one is asked
    for. To all else they are a tuple of lines.

    Args:
        source: the text.
        page: the stretch of it that the page has.
    """

    __slots__ = ("_made", "page", "source")

    def __init__(self, source: Source, page: Span) -> None:
        self.source, self.page = source, page
        self._made: tuple[Line, ...] | None = None

    def _all(self) -> tuple[Line, ...]:
        if self._made is None:
            first, behind = self.source.lines_within(self.page)
            start, end = self.page.start, self.page.end
            spans = [
                Span(max(one.start, start), min(one.end, end)) for one in self.source.lines[first:behind]
            ]
            self._made = tuple([Line(span=span) for span in spans])
        return self._made

    def __len__(self) -> int:
        """How many there are."""
        first, behind = self.source.lines_within(self.page)
        return behind - first

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        """One of them, or some."""
        return self._all()[at]

    def __iter__(self) -> Iterator[Line]:
        """All of them, in order."""
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        """Whether another page has the same lines."""
        if isinstance(other, TextLines):
            other = other._all()
        return self._all() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        """As a tuple of them."""
        return hash(self._all())

    def __repr__(self) -> str:
        """As a tuple of them."""
        return repr(self._all())

    def __reduce__(self) -> tuple[type[TextLines], tuple[Source, Span]]:
        """In another process they are made anew."""
        return TextLines, (self.source, self.page)
