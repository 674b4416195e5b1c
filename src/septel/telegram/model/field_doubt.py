"""Which fields of a telegram are shown with the mark of doubt."""

from __future__ import annotations

from typing import Protocol

from septel.text import SURE, Confidence, Locus


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
    """Whether a field of a form is shown with the mark of doubt.

    It is where its probability is too small. Where none is known it is when its words do not stand in the
    text as read: then only another reading of the page has them (the engine's own, or a layer of the file).

    Args:
        basis: of the field; fields of other bases stand or fall with the words in the text.
        sure: the probability that it is right.
        length: characters of the source that it was taken from.
    """
    if basis != "form":
        return False
    return not length if sure is None else sure < SURE
