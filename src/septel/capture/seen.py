"""What an engine sees on an image: words in lines."""

from __future__ import annotations

from dataclasses import dataclass

from septel.capture.pages import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A word on an image: its characters, its box, and the engine's own confidence (0 to 100)."""

    text: str
    box: Box
    confidence: float | None

    def with_(self, other: SeenWord) -> SeenWord:
        """This word and the one that follows as one, no surer than the less sure half."""
        known = [sure for sure in (self.confidence, other.confidence) if sure is not None]
        return SeenWord(
            text=self.text + other.text, box=self.box.hull(other.box), confidence=min(known, default=None)
        )


SeenLine = tuple[SeenWord, ...]
