"""A source as the decoder sees it: blanks folded, fixed spans in place, each place knowing its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from septel.restore.decode.constraints import Constraint
from septel.text import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """The characters to decode, one place each: a run of blanks is one place, outer blanks are none.

    Attributes:
        text: the folded text; lines end with a line feed, the last one too.
        starts, ends: per place, the source span that it stands for; a line end's span is empty.
        line: per place, the index of its line, from zero.
        breaks: per place, whether it is a line end.
        fixed: per place, the index of the fixed span that it belongs to, or -1.
        pinned: per place, whether it is read as it stands here.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    line: NDArray[np.int32]
    breaks: NDArray[np.bool_]
    fixed: NDArray[np.int32]
    pinned: NDArray[np.bool_]

    def span(self, start: int, end: int) -> Span:
        """The source span of the places from `start` up to `end`; an empty range is a place."""
        if start >= end:
            at = int(self.starts[start]) if start < len(self.starts) else int(self.ends[-1])
            return Span(at, at)
        return Span(int(self.starts[start]), int(self.ends[end - 1]))


@dataclass(slots=True)
class _Folding:
    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)

    def place(self, character: str, start: int, end: int, line: int, fixed: int = -1) -> None:
        self.text.append(character)
        self.starts.append(start)
        self.ends.append(end)
        self.line.append(line)
        self.fixed.append(fixed)


def observe(source: Source, lines: range, text: str, fixed: Sequence[Constraint] = ()) -> Observation:
    """The given lines of a source as one page, with the fixed spans read as they are to be read.

    Args:
        source: where the lines stand.
        lines: which, by their index.
        text: the source's text as it is to be read, place by place: dirt may be blank in it.
        fixed: spans that are read as a given text.
    """
    folding = _Folding()
    pending = [(index, one) for index, one in enumerate(fixed) if one.span.start >= _start(source, lines)]
    for number in lines:
        span = source.lines[number]
        raw = span.of(text)
        at = span.start + len(raw) - len(raw.lstrip())
        end = span.start + len(raw.rstrip())
        while at < end:
            if pending and pending[0][1].span.start <= at:
                index, one = pending.pop(0)
                if one.span.start == at:
                    for i, character in enumerate(one.text):
                        # The whole span belongs to the first place, the others stand at its end.
                        start = at if i == 0 else one.span.end
                        folding.place(character, start, one.span.end, number, index)
                    at = one.span.end
                continue
            stop = at + 1
            character = text[at]
            if character.isspace():
                while stop < end and text[stop].isspace():
                    stop += 1
                character = " "
            folding.place(character, at, stop, number)
            at = stop
        folding.place("\n", max(at, end), max(at, end), number)
    folded = "".join(folding.text)
    breaks = np.array([character == "\n" for character in folded], np.bool_)
    marks = np.array(folding.fixed, np.int32)
    pinned = marks >= 0
    # The blank beside a fixed span is a fact as well.
    blank = np.array([character == " " for character in folded], np.bool_)
    beside = np.zeros(len(folded), np.bool_)
    beside[1:] |= pinned[:-1]
    beside[:-1] |= pinned[1:]
    return Observation(
        text=folded,
        starts=np.array(folding.starts, np.int64),
        ends=np.array(folding.ends, np.int64),
        line=np.array(folding.line, np.int32),
        breaks=breaks,
        fixed=marks,
        pinned=pinned | (blank & beside),
    )


def _start(source: Source, lines: range) -> int:
    return source.lines[lines[0]].start if len(lines) else 0
