"""A source as the decoder sees it: blanks folded, each place knowing where in the source it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from septel.text import Source, Span

_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The characters to decode, one place each: a run of blanks is one place, outer blanks are none.

    Attributes:
        text: the folded text; lines end with a line feed, the last one too.
        starts, ends: per place, the source span that it stands for; a line end's span is empty.
        line: per place, the index of its line, from zero.
        breaks: per place, whether it is a line end.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    line: NDArray[np.int32]
    breaks: NDArray[np.bool_]

    def span(self, start: int, end: int) -> Span:
        """The source span of the places from `start` up to `end`; an empty range is a place."""
        if start >= end:
            at = int(self.starts[start]) if start < len(self.starts) else int(self.ends[-1])
            return Span(at, at)
        return Span(int(self.starts[start]), int(self.ends[end - 1]))


def fold_page(source: Source, lines: range) -> Page:
    """The given lines of a source as one page."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    line: list[int] = []
    for number in lines:
        span = source.lines[number]
        raw = span.of(source.text)
        lead = len(raw) - len(raw.lstrip())
        body = raw.strip()
        at = 0
        for match in [*_BLANKS.finditer(body), None]:
            stop = match.start() if match else len(body)
            base = span.start + lead
            text.extend(body[at:stop])
            starts.extend(range(base + at, base + stop))
            ends.extend(range(base + at + 1, base + stop + 1))
            if match:
                text.append(" ")
                starts.append(base + match.start())
                ends.append(base + match.end())
                at = match.end()
        text.append("\n")
        end = span.start + lead + len(body)
        starts.append(end)
        ends.append(end)
        line.extend([number] * (len(text) - len(line)))
    folded = "".join(text)
    return Page(
        text=folded,
        starts=np.array(starts, np.int64),
        ends=np.array(ends, np.int64),
        line=np.array(line, np.int32),
        breaks=np.array([character == "\n" for character in folded], np.bool_),
    )
