"""What a walk over the lines of a telegram finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from septel.telegram.lines.fuzzy_fields import FuzzyClassLine, FuzzyPageHead
from septel.telegram.lines.line import LineKind, TelegramLine

_UNGROUPED = frozenset({LineKind.TEXT, LineKind.CATALOGUE})


class Zone(Enum):
    """Where in the message the walk is."""

    FRONT = auto()
    ADDRESS = auto()
    HEADING = auto()
    TEXT = auto()
    CATALOGUE = auto()


FRONT, ADDRESS, HEADING, TEXT, CATALOGUE = Zone


@dataclass(slots=True)
class ClassifiedLines:
    """What the walk found, beside the kinds that it wrote into the lines.

    Attributes:
        lines: the lines.
        matches: for each line number with a rule, the match that it was known by.
        garbled: numbers of lines known only by distance.
        inline: for each line into which the next section ran, where that begins.
        near_pages: page heads that are known by distance, by line number.
        near_classes: class lines of one section that are known by distance, by line number.
        begins: where in a line that is known by distance its value begins, by line number.
        quoted: numbers of lines of a telegram that is quoted whole: its labels are its own.
        columns: entries of a printed form's column of offices that run into other lines: the line, the
            symbol, and where it stands in the reading.
        by_kind: the lines of each kind but text and catalogue lines; see `group`.
    """

    lines: list[TelegramLine]
    noisy: bool
    matches: dict[int, re.Match[str]] = field(default_factory=dict)
    garbled: set[int] = field(default_factory=set)
    inline: dict[int, int] = field(default_factory=dict)
    by_kind: dict[LineKind, list[TelegramLine]] = field(default_factory=dict)
    near_pages: dict[int, FuzzyPageHead] = field(default_factory=dict)
    near_classes: dict[int, FuzzyClassLine] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)
    columns: list[tuple[TelegramLine, str, int]] = field(default_factory=list)

    def group(self) -> None:
        """Sort the lines that are no text by their kinds."""
        self.by_kind.clear()
        for line in self.lines:
            if line.kind not in _UNGROUPED:
                self.by_kind.setdefault(line.kind, []).append(line)

    def of(self, *kinds: LineKind) -> list[TelegramLine]:
        """The lines of these kinds, in the order of the file."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], [])
        found = [line for kind in kinds for line in self.by_kind.get(kind, ())]
        found.sort(key=lambda line: line.number)
        return found
