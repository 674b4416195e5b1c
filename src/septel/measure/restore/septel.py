"""The shipped restorer as one of the systems that are compared."""

from __future__ import annotations

from dataclasses import dataclass

from septel.capture import Capture
from septel.measure.restore.corrector import Correction, ShownWord
from septel.pipeline import restore_source
from septel.restore import EnginePosteriors, Restoration, Restorer
from septel.text import Source, State


@dataclass(frozen=True, slots=True, kw_only=True)
class SeptelSystem:
    """Septel's restorer.

    With hints, it knows what a telegram's form asks for; sighted, what engines told of their reading.
    """

    name: str
    restorer: Restorer
    hints: bool
    sighted: bool = True

    @classmethod
    def load(cls, *, name: str = "septel", hints: bool = True, sighted: bool = True) -> SeptelSystem:
        """With the shipped model."""
        return cls(name=name, restorer=Restorer.load(), hints=hints, sighted=sighted)

    def correct(self, source: Source, sight: EnginePosteriors | None = None) -> Correction:
        """Restore the source as `septel restore` does, perhaps with what engines saw of it."""
        return correction_of(self.restored(source, sight))

    def restored(self, source: Source, sight: EnginePosteriors | None = None) -> Restoration:
        """The restoration behind it."""
        return restore_source(source, self.restorer, hints=self.hints, sight=sight)

    def correct_captured(self, captured: Capture) -> Correction:
        """Restore what engines read as `septel restore` does; sighted, with what they told of it."""
        return self.correct(
            captured.source, self.restorer.engine_posteriors(captured) if self.sighted else None
        )


def correction_of(restoration: Restoration) -> Correction:
    """A restoration as every system shows its work."""
    return Correction(
        lines=tuple(restoration.lines),
        words=tuple(
            ShownWord(
                line=word.line,
                text=word.text,
                sure=word.state is State.SURE,
                unreadable=word.state is State.UNREADABLE,
                confidence=word.confidence.probability if word.confidence else None,
                alternatives=tuple(a.text for a in word.alternatives),
            )
            for word in restoration.words
        ),
    )
