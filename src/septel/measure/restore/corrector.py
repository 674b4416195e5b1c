"""The systems that are compared: each takes a source and gives one line per source line.

| name | what it is |
|---|---|
| `none` | the source as it came |
| `septel` | the shipped restorer as `septel restore` runs it, hints included |
| `septel-unhinted` | the same without the second pass that knows a telegram's form |
| `septel-unsighted` | the same without what the engine that read the page told of its reading |
| `symspell` | symspellpy, word by word, with the English dictionary that it ships |
| `symspell-period` | the same with the vocabulary that Septel ships, learnt from telegrams of the period |
| `pyspellchecker` | pyspellchecker, word by word, edit distance one, with the dictionary that it ships |
| as published | outputs that a set carries, under their own names (overProof) |

The spell-checkers are the optional dependency group `peers`; where one is not installed, its row says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from septel.capture import Capture
from septel.errors import MissingPart
from septel.measure.truth import TruthDocument
from septel.text import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWord:
    """One word as a corrector shows it.

    Attributes:
        line: the number of its line, from one.
        text: the word or words; of an unreadable place the best guess, or nothing.
        sure: whether it carries no mark of doubt.
        unreadable: whether nothing is claimed here; then it is not sure either.
        confidence: the probability claimed for it, or None.
        alternatives: other readings offered, best first.
    """

    line: int
    text: str
    sure: bool = True
    unreadable: bool = False
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a corrector made of a source: a line for each line, and its words where it tells them apart.

    The lines hold the best guess everywhere, that of unreadable places too.
    """

    lines: tuple[str, ...]
    words: tuple[ShownWord, ...] | None = None


class Corrector(Protocol):
    """A system that reads a source."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        ...

    def correct(self, source: Source) -> Correction:
        """Read the source."""
        ...


@runtime_checkable
class Sighted(Protocol):
    """A system that can use what engines told of their reading."""

    def correct_captured(self, captured: Capture) -> Correction:
        """Read what engines read."""
        ...


def source_lines(source: Source) -> tuple[str, ...]:
    """The lines of a source as they came."""
    return tuple(line.of(source.text) for line in source.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The output that others published for a set."""

    name: str
    outputs: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, name: str, documents: Iterable[TruthDocument]) -> Published:
        """What the documents carry under that name."""
        outputs = {d.source.id: d.published[name] for d in documents if name in d.published}
        return cls(name=name, outputs=outputs)

    def correct(self, source: Source) -> Correction:
        """The published lines.

        Raises:
            MissingPart: nothing was published for this source.
        """
        if source.id not in self.outputs:
            raise MissingPart(f"{self.name} published no output for this document", where=source.name)
        return Correction(lines=self.outputs[source.id])
