"""What a walk over the lines of a telegram finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from septel.telegram.lines import Line


class Zone(Enum):
    """Where in the message the walk is."""

    FRONT = auto()
    ADDRESS = auto()
    HEADING = auto()
    TEXT = auto()
    CATALOGUE = auto()


@dataclass(slots=True)
class Walk:
    """What the walk found, beside the kinds that it wrote into the lines.

    Attributes:
        lines: the lines.
        matches: for each line number with a rule, the match that it was known by.
        garbled: numbers of lines known only by distance.
        starts: index into `lines` of the first line of each section after the first.
        has_class: whether a class line was seen.
    """

    lines: list[Line]
    noisy: bool
    matches: dict[int, re.Match[str]] = field(default_factory=dict)
    garbled: set[int] = field(default_factory=set)
    inline: dict[int, tuple[str, int]] = field(default_factory=dict)
