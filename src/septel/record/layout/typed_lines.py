"""Lines that a typist broke, joined to the paragraphs that he wrote.

An edited print has a paragraph a line. A scanned copy of one, or a typescript under such a heading, has
lines as long as the page is wide, and an engine may have left a blank line behind each of them: a paragraph
then is told by more blank lines than usual, by its label or indent, or by a last line that ends short.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_WIDEST = 110
"""Characters of the longest line that a page of typescript takes."""
_LEAST = 8
"""Lines from which on a text tells how wide its page is."""
_FULL = 0.65
"""Share of the page's width from which on a line was broken since the page ended."""
_BROKEN = 0.4
"""Share of lines that run on, of a text that is broken into lines."""
_STOPS = re.compile(r"[.:;?!][”\"’')\]]*(?:\[\d+\])?$")
_LABEL = re.compile(
    r"\(?(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])[.)]\s+\S|[—–•*-]\s*\w"
    r"|[“\"]?(?:Mr|Mrs|Dr)\. [A-Z]\w+\s?:|[A-Z][\w. ]{1,25}:\s+\S"
)


@dataclass(frozen=True, slots=True)
class TypedLines:
    """How a text is broken into lines.

    Attributes:
        width: of its page, in characters.
        blanks: blank lines that stand between two lines of one paragraph.
        indent: spaces with which its lines begin.
    """

    width: int
    blanks: int
    indent: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> TypedLines | None:
        """How lines are broken, blanks around them kept; None where a line is a paragraph."""
        written = [i for i, line in enumerate(lines) if line.strip()]
        if len(written) < _LEAST:
            return None
        lengths = sorted(len(lines[i].strip()) for i in written)
        width = lengths[int(len(lengths) * 0.9)]
        on = [
            (i, after)
            for i, after in pairwise(written)
            if len(lines[i].strip()) >= _FULL * width and not _STOPS.search(lines[i].strip())
        ]
        if lengths[int(len(lengths) * 0.97)] > _WIDEST or len(on) < _BROKEN * len(written):
            return None
        between = Counter(after - i - 1 for i, after in on)
        indents = Counter(_indent(lines[after]) for _, after in on)
        return cls(width, between.most_common(1)[0][0], indents.most_common(1)[0][0])

    def run(self, lines: Sequence[str], start: int, end: int) -> range:
        """The lines of the paragraph that begins at `start`, before `end`, with blank ones between."""
        last = start
        for i in range(start + 1, end):
            if not lines[i].strip():
                continue
            if self._begins(lines, last, i):
                break
            last = i
        return range(start, last + 1)

    def _begins(self, lines: Sequence[str], before: int, i: int) -> bool:
        """Whether a line begins a paragraph."""
        above, line = lines[before].strip(), lines[i].strip()
        apart = i - before - 1 > self.blanks
        if line[0].islower() and not _STOPS.search(above):
            return False  # over the end of a page
        if apart or _indent(lines[i]) > self.indent + 1:
            return True
        ended = _STOPS.search(above) is not None
        if _LABEL.match(line):
            return ended or len(above) < _FULL * self.width
        return len(above) < _FULL * self.width and (ended or line[0].isupper())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
