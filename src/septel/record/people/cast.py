"""Those whom a document may quote, and the places where a passage speaks of one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from septel.record.model import Excerpt, Person
from septel.record.people.rosters import Rosters


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One person as a document knows them.

    Attributes:
        person: who.
        shown_by: the words that bring them in.
        listed: whether the list of participants, the heading or the signature names them.
        offices: the offices by which the document may call them (`THE PRESIDENT`).
        kind: `person`; or `office`, `body`, `described` where only words for what they are stand.
    """

    person: Person
    shown_by: Excerpt
    listed: bool
    offices: tuple[str, ...] = ()
    kind: str = "person"


@dataclass(frozen=True)
class Participants:
    """Everyone whom a document may quote.

    Attributes:
        players: those whom it lists, then those whom it only names.
        author: the player who says I.
    """

    players: tuple[Participant, ...]
    author: Participant | None = None
    date: str | None = None
    rosters: Rosters = field(default_factory=lambda: Rosters(()))

    def named(self, surname: str) -> Participant | None:
        """The player of this surname; of several, one who is listed."""
        wanted = surname.upper()
        found = [
            p
            for p in self.players
            if p.person.surname.upper() == wanted or wanted in (v.upper() for v in p.person.variants)
        ]
        return next((p for p in found if p.listed), found[0] if found else None)

    def holders(self, office: str) -> tuple[Participant, ...]:
        """Those who hold an office, those who are listed first."""
        found = [p for p in self.players if office in p.offices]
        return tuple(sorted(found, key=lambda p: not p.listed))

    @property
    def listed(self) -> tuple[Participant, ...]:
        """Those who took part."""
        return tuple(p for p in self.players if p.listed)


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


_LEAST = 3
"""Times that letters must speak, to be somebody's."""
_SPEAKS = r"(?:SAID|TOLD|ASKED|REPLIED|SAYS|THINKS|WOULD|WILL|WANTS|AGREED)\b"
_LETTER = re.compile(rf"(?<![.\w])([A-HJ-Z])\.? {_SPEAKS}")
_THREE = re.compile(
    r"(?<![.\w/-])([A-Z]{3})\.? (?:SAID|TOLD|ASKED|REPLIED|SAYS|THINKS|WANTED|WANTS|AGREED|THOUGHT)\b"
)


def initials_in(text: str, players: Sequence[Participant]) -> Iterator[tuple[str, Participant]]:
    """Single letters, and three of them, that speak in a text, each with the one player whom they fit.

    Args:
        text: the text in upper case.
        players: those whom it may mean.
    """
    listed = [p for p in players if p.listed]
    for letter, count in Counter(_LETTER.findall(text)).items():
        named = [p for p in players if p.person.surname.upper().startswith(letter)]
        own = [p for p in players if letter == "P" and "PRESIDENT" in p.offices and p.person.side == "US"]
        fitting = own or [p for p in named if p.listed] or named
        if count >= _LEAST and len(fitting) == 1:
            yield letter, fitting[0]
    for letters, count in Counter(_THREE.findall(text)).items():
        fitting = [p for p in listed if _may_be_short_for(letters, p)]
        if count >= _LEAST and len(fitting) == 1:
            yield letters, fitting[0]


def _may_be_short_for(letters: str, player: Participant) -> bool:
    """Whether three letters may be the initials of somebody whose middle name the document leaves out."""
    words = player.person.name.upper().split()
    given = words[0][0] if len(words) > 1 else letters[0]
    return (
        player.kind == "person" and letters[-1] == player.person.surname[:1].upper() and letters[0] == given
    )
