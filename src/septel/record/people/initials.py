"""Letters that stand for somebody throughout a document: K SAID, HAK TOLD."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from septel.record.people.cast import Participant

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
