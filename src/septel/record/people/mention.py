"""One place where a passage speaks of someone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from septel.record.people.participants import Participant


class MentionKind(StrEnum):
    """How someone is spoken of."""

    NAME = "name"
    OFFICE = "office"
    PRONOUN = "pronoun"
    FIRST = "first person"
    PLURAL = "we"
    SIDE = "side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that speaks of someone.

    Attributes:
        start: where it begins in the passage.
        end: where it ends, a following `'S` not included.
        kind: how.
        player: who, where the mention itself tells.
        side: the side, where told.
        possessive: whether `'S` follows.
        guessed: whether the name was recognised through noise.
    """

    start: int
    end: int
    kind: MentionKind
    player: Participant | None = None
    side: str | None = None
    possessive: bool = False
    guessed: bool = False
