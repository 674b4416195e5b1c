"""What views over records are made of: cells, open points, suggestions, groups. Never stored as facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from septel.record.model import OpenState, Stance, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the matrix: what one side holds on one issue up to a date; recomputed, never stored.

    Attributes:
        issue: id of the issue; `NO_ISSUE` for what was said without one.
        side: the side.
        date: of the document, or None.
        chief: the statement that shows what the side holds (`chief_of`).
        stance: its stance.
        statements: the statements that support it, oldest first.
        date_doubtful: whether the date was read with a doubt.
    """

    issue: str
    side: str
    date: str | None
    stance: Stance
    chief: Statement
    statements: tuple[Statement, ...]
    date_doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """An issue or question and how it stands.

    Attributes:
        what: `question`, `proposal` or `issue`.
        state: how it stands.
        issues: the issues concerned.
        statements: those that show it, the first being the question or proposal.
    """

    what: str
    state: OpenState
    issues: tuple[str, ...]
    statements: tuple[Statement, ...]


class SuggestionKind(StrEnum):
    """What a person is asked to look at."""

    MOVEMENT = "movement"
    CONCESSION = "concession"
    CONTRADICTION = "contradiction"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two statements that a person should compare; never a fact.

    Attributes:
        kind: what it may be.
        earlier: the earlier statement.
        later: the later statement.
        why: what made the rule offer the pair.
        rank: for ordering the queue; no probability.
    """

    kind: SuggestionKind
    earlier: Statement
    later: Statement
    why: str
    rank: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements that touch no issue of the vocabulary, grouped by the words they share."""

    words: tuple[str, ...]
    statements: tuple[Statement, ...] = ()
