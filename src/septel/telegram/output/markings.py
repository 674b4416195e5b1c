"""Markings then and now: the sender's classification and captions, and the stamps of release."""

from __future__ import annotations

from dataclasses import dataclass

from septel.telegram.output.schema import TelegramJson
from septel.text import Locus

_CURRENT = "current marking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A marking that reviewers or archives put on a page later.

    Attributes:
        value: what it says, in its normal form.
        current: whether it states the marking that holds now, not only the act of release.
        page: on which page, from one.
        locus: where in the source.
    """

    value: str
    current: bool
    page: int
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """How a telegram was and is marked. What no line says stays None or empty; nothing is inferred.

    Attributes:
        classification: the sender's.
        captions: the sender's restrictions on distribution, as EXDIS.
        stamps: what was stamped later, in the order of the pages.
    """

    classification: str | None
    captions: tuple[str, ...]
    stamps: tuple[Stamp, ...]

    @property
    def current(self) -> str | None:
        """The marking that the stamps state, when all that state one agree; else None."""
        stated = {stamp.value for stamp in self.stamps if stamp.current}
        return stated.pop() if len(stated) == 1 else None

    @property
    def contradicted(self) -> bool:
        """Whether stamps state different current markings."""
        return len({stamp.value for stamp in self.stamps if stamp.current}) > 1


def marking_of(tree: TelegramJson) -> Marking:
    """The markings that a telegram's tree holds."""
    heading = tree.heading
    return Marking(
        classification=heading.classification.value if heading.classification else None,
        captions=tuple(dict.fromkeys(caption.value for caption in heading.captions)),
        stamps=tuple(
            Stamp(
                value=mark.value,
                current=mark.kind == _CURRENT,
                page=mark.page,
                locus=Locus.parse(mark.locus),
            )
            for mark in tree.releases
        ),
    )
