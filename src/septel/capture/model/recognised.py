"""What an engine sees on an image: words in lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from septel.capture.model.pages import Box, Character

UNREAD = "\u25af"
"""Stands in a text for a sign whose ink is on the page and which no engine read; nothing is claimed of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedWord:
    """A word on an image.

    Attributes:
        text: its characters.
        box: where it stands.
        confidence: the engine's own figure from 0 to 100, or None.
        characters: one for each character of the text; empty where the engine doesn't say.
        blank: between this word and the one before in its line, where the engine says what else it may be.
        printed: whether the engine took it for print and not for type, where it tells them apart.
        through: whether it shows through from the back of the sheet, and is no text of the page; its text is
            what was read in a mirror.
    """

    text: str
    box: Box
    confidence: float | None
    characters: tuple[Character, ...] = ()
    blank: Character | None = None
    printed: bool = False
    through: bool = False

    def with_(self, other: RecognisedWord) -> RecognisedWord:
        """This word and the one that follows as one, no surer than the less sure half."""
        known = [sure for sure in (self.confidence, other.confidence) if sure is not None]
        # Characters of one half alone would be taken for those of the whole.
        both = self.characters and other.characters
        return RecognisedWord(
            text=self.text + other.text,
            box=self.box.hull(other.box),
            confidence=min(known, default=None),
            characters=self.characters + other.characters if both else (),
            blank=self.blank,
            printed=self.printed and other.printed,
            through=self.through and other.through,
        )

    def moved(self, place: Callable[[Box], Box]) -> RecognisedWord:
        """This word, with its characters, at another place.

        Args:
            place: says for a box on the image where it is on the other one.
        """
        box = place(self.box)
        # Where the left edge goes tells which way up the other image is: that of a word that was turned
        # by a quarter says nothing of its characters.
        edge = place(Box(left=self.box.left, top=self.box.top, right=self.box.left, bottom=self.box.bottom))
        if box == self.box and edge.left == edge.right == box.left:
            return self
        wide = max(self.box.right - self.box.left, 1)
        if edge.right - edge.left > (box.right - box.left) / 2:
            first, each = 0.0, 0.0
        elif edge.left - box.left <= box.right - edge.right:
            first, each = box.left, (box.right - box.left) / wide
        else:
            first, each = box.right, (box.left - box.right) / wide

        def there(one: Character) -> Character:
            if not each:
                left, right = box.left, box.right
            else:
                ends = (first + (at - self.box.left) * each for at in (one.left, one.right))
                left, right = sorted(map(round, ends))
            return Character(left=left, right=right, confidence=one.confidence, others=one.others)

        return RecognisedWord(
            text=self.text,
            box=box,
            confidence=self.confidence,
            characters=tuple(map(there, self.characters)),
            blank=there(self.blank) if self.blank else None,
            printed=self.printed,
            through=self.through,
        )


RecognisedLine = tuple[RecognisedWord, ...]
