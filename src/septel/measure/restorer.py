"""The shipped restorer as one of the systems that are compared."""

from __future__ import annotations

from dataclasses import dataclass

from septel.measure.correctors import Correction, ShownWord
from septel.restore import Restoration, Restorer, State
from septel.telegram import hints_of, parse
from septel.text import Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """Septel's restorer; with hints, it knows what a telegram's form asks for."""

    name: str
    restorer: Restorer
    hints: bool

    @classmethod
    def load(cls, *, name: str = "septel", hints: bool = True) -> Restoring:
        """With the shipped model."""
        return cls(name=name, restorer=Restorer.load(), hints=hints)

    def correct(self, source: Source) -> Correction:
        """Restore the source as `septel restore` does."""
        reading = Reading.of(source)
        found = hints_of(parse(reading), reading) if self.hints else ()
        restoration = self.restorer.restore(source, hints=found)
        return correction_of(restoration)


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
