"""Which fields of a telegram are shown with the mark of doubt."""

from __future__ import annotations

from typing import Protocol

from septel.text import SURE, Confidence, Locus

CONTESTED = "contested"
"""The basis of a field that something else in its telegram or on its page speaks against."""


class Told(Protocol):
    """What the page tells in one place, with how it was found."""

    @property
    def basis(self) -> str:
        """How it was found."""

    @property
    def confidence(self) -> Confidence | None:
        """How sure it is."""

    @property
    def locus(self) -> Locus:
        """Where it stands."""


def is_marked(told: Told) -> bool:
    """Whether a field or an addressee is shown with the mark of doubt."""
    return in_doubt(
        told.basis, told.confidence.probability if told.confidence else None, len(told.locus.span)
    )


def in_doubt(basis: str, sure: float | None, length: int) -> bool:
    """Whether a field is shown with the mark of doubt as a whole.

    One that a check speaks against is. One of a form is where its probability is too small; where none is
    known, when its words do not stand in the text as read: then only another reading of the page has them
    (the engine's own, or a layer of the file).

    Args:
        basis: of the field; fields of other bases stand or fall with the words in the text.
        sure: the probability that it is right.
        length: characters of the source that it was taken from.
    """
    if basis == CONTESTED:
        return True
    if basis != "form":
        return False
    return not length if sure is None else sure < SURE
