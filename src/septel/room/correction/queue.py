"""The doubts that matter most come first: how unsure a word is, times how much hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from septel.lexicon import Lexicon
from septel.room.lines import doubtful_edits
from septel.text import Edit, EditLog, Source, Span

_NEGATIONS = frozenset(
    [
        "NO",
        "NOT",
        "NOR",
        "NONE",
        "NEVER",
        "NEITHER",
        "NOTHING",
        "NOWHERE",
        "CANNOT",
        "WITHOUT",
        "UNLESS",
        "EXCEPT",
    ]
)
_DAYS = frozenset(
    [
        "MONDAY",
        "TUESDAY",
        "WEDNESDAY",
        "THURSDAY",
        "FRIDAY",
        "SATURDAY",
        "SUNDAY",
        "TODAY",
        "TOMORROW",
        "YESTERDAY",
    ]
)
_WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)?")
_LIKELY = 0.1
"""From this probability on, what a place may read counts for what hangs on it."""
_UNKNOWN = 0.5
"""How unsure a word counts as whose probability is not known."""


class Stake(StrEnum):
    """What hangs on a word; the first that fits counts."""

    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    WORD = "word"
    MARK = "mark"


WEIGHTS = {
    Stake.NEGATION: 4.0,
    Stake.NUMBER: 3.0,
    Stake.DATE: 3.0,
    Stake.NAME: 2.5,
    Stake.WORD: 1.0,
    Stake.MARK: 0.2,
}
"""How much hangs on a word of each kind, beside a plain word: chosen, not fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedDoubt:
    """A doubtful or unreadable place of a document.

    Attributes:
        span: where, in the source.
        line: the line, from one.
        edit: what is proposed there.
        stake: what hangs on it.
        weight: the probability that it is read wrong, times what hangs on it.
    """

    span: Span
    line: int
    edit: Edit
    stake: Stake
    weight: float

    @property
    def place(self) -> str:
        """The stretch of the source, as `412-420`."""
        return f"{self.span.start}-{self.span.end}"

    def to_json(self) -> dict[str, object]:
        """For other programs."""
        edit = self.edit
        return {
            "place": self.place,
            "line": self.line,
            "source": edit.before,
            "reads": None if edit.unreadable else edit.after,
            "probability": edit.confidence.probability if edit.confidence else None,
            "alternatives": [[other.text, other.probability] for other in edit.alternatives],
            "stake": self.stake.value,
            "weight": round(self.weight, 4),
        }


def queue_of(source: Source, log: EditLog) -> list[QueuedDoubt]:
    """The doubts of a document, the weightiest first."""
    found = []
    for edit in doubtful_edits(log):
        stake = stake_of(edit)
        sure = edit.confidence.probability if edit.confidence else _UNKNOWN
        if edit.unreadable:
            sure = 0.0
        found.append(
            QueuedDoubt(
                span=edit.span,
                line=source.line_at(edit.span.start),
                edit=edit,
                stake=stake,
                weight=(1 - sure) * WEIGHTS[stake],
            )
        )
    return sorted(found, key=lambda one: (-one.weight, one.span.start))


def stake_of(edit: Edit) -> Stake:
    """What hangs on the words that a place may well have: its reading, and likely alternatives.

    Else every scratch on a page that could be a NO, though hardly, would come first.
    """
    others = [one.text for one in edit.alternatives if one.probability is None or one.probability >= _LIKELY]
    unlikely = edit.confidence is not None and edit.confidence.probability < _LIKELY
    readings = others if unlikely and others else [edit.after, *others]
    words = {word for text in readings for word in _WORD.findall(text.upper())}
    if words & _NEGATIONS or any(word.endswith("N'T") for word in words):
        return Stake.NEGATION
    if any(sign.isdigit() for text in readings for sign in text):
        return Stake.NUMBER
    if words & (_DAYS | _months()):
        return Stake.DATE
    if words & _names():
        return Stake.NAME
    if not words and edit.before.strip() and not any(map(str.isalnum, edit.before)):
        return Stake.MARK
    return Stake.WORD


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    # MAY is a month, and far more often a verb.
    return frozenset(name.upper() for name in Lexicon.shipped().month_numbers if len(name) > 3) - {"MAY"}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Words of posts' names and surnames of chiefs, long enough to be no plain words."""
    known = Lexicon.shipped()
    parts = (word for name in known.post_names for word in name.upper().split())
    surnames = (chief.surname.upper() for chief in known.chiefs)
    return frozenset(word for word in (*parts, *surnames) if len(word) > 4)
