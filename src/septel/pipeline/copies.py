"""Several copies of one telegram read together, and restored with what engines saw of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from septel.capture import Capture
from septel.pipeline.restoration import restore_source
from septel.restore import CopyPosteriors, EnginePosteriors, Restorer, sure_of
from septel.text import ReadText, Source
from septel.witness import Consensus, Copy, consensus


def read_together(
    captures: Collection[Capture], restorer: Restorer | None, *, labels: Sequence[str]
) -> tuple[Consensus, tuple[str, ...]]:
    """The text that copies have in common, and what each copy is called in its apparatus.

    Args:
        captures: the copies, two or more.
        restorer: reads through the noise; without one the copies are taken as they stand.
        labels: how the copies are told apart, one each.
    """
    seen = [(one, restorer.engine_posteriors(one) if restorer else None) for one in captures]
    together = CopyPosteriors(seen)
    made = [
        Copy(
            source=one.source,
            sure=sure_of(one, sight),
            # What engines saw of every copy tells more than each copy restored by itself.
            read=None if together.whole else _read(one.source, restorer, sight).text,
            label=label,
        )
        for (one, sight), label in zip(seen, labels, strict=True)
    ]
    whole = consensus(
        made,
        read=partial(_read_over, together, restorer) if restorer else None,
        known=restorer.vocabulary.words.__contains__ if restorer else None,
        seen=together.whole,
    )
    return whole, tuple(copy.name for copy in made)


def _read_over(together: CopyPosteriors, restorer: Restorer, text: str) -> Source:
    """A text that copies have in common, restored with what engines saw of each."""
    source, sight = together.over(text)
    return _read(source, restorer, sight)


def _read(source: Source, restorer: Restorer | None, sight: EnginePosteriors | None = None) -> Source:
    """A source, restored if there is a restorer."""
    if restorer is None:
        return source
    return ReadText.of_reading(restore_source(source, restorer, sight=sight).reading, name=source.name)
