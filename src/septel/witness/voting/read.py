"""Reading a file with one engine or with two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from septel import capture
from septel.capture import (
    ENGINES,
    Capture,
    Engine,
    EnginePool,
    Limits,
    Origin,
    RapidRows,
    Readings,
    ShownPieces,
    engine_named,
)
from septel.errors import EmptyInput
from septel.progress import Progress, silent
from septel.text import Span, Step
from septel.witness.voting.doubtful_stretches import columns_beside, doubtful_words, words_on
from septel.witness.voting.preference import Known
from septel.witness.voting.text_layer import compared
from septel.witness.voting.word_vote import vote, vote_step

CHOICES = (*ENGINES, "both")
"""What a reader may ask for: an engine, or both with a vote between them."""
VOTERS = (ENGINES[0], ENGINES[2])
"""The two that vote; what weighs them (`septel.witness.voting.preference`) was fitted for these."""


def step_of(choice: str = ENGINES[0]) -> Step:
    """What stands behind each reading of a choice: its engine with its model, or both and what weighs them.

    Raises:
        UsageError: there is no such engine.
        MissingPart: it is not installed.
    """
    if choice != "both":
        return engine_named(choice).step
    return vote_step(engine_named(VOTERS[0]).step, RapidRows.installed().step)


def read_with(
    path: Path,
    choice: str = ENGINES[0],
    *,
    known: Known,
    limits: Limits | None = None,
    readings: Readings | None = None,
    engines: int | None = None,
    pool: EnginePool | None = None,
    progress: Progress = silent,
) -> Capture:
    """Read a file into accounted pages, held against its text layer where it has one.

    Args:
        path: the file or folder.
        choice: one of `CHOICES`.
        known: whether a word in capitals is one that the reader's vocabulary has; it decides votes.
        limits: how large things may be.
        readings: keeps what engines read, page by page.
        engines: how many pages are read at once.
        pool: engines' processes that are shared with other documents; see `septel.capture.read`.
        progress: told the share done.

    Raises:
        UsageError: there is no such engine.
        MissingPart: it is not installed.
        SeptelError: the file can't be read.
    """

    def taken(
        engine: Engine, part: Progress, shown: Mapping[int, ShownPieces | None] | None = None
    ) -> Capture:
        return capture.read(
            path,
            engine=engine,
            limits=limits,
            readings=readings,
            engines=engines,
            pool=pool,
            progress=part,
            stretches=shown,
        )

    if choice != "both":
        return compared(taken(engine_named(choice), progress))
    # An engine that is missing is said at once, not after the other has read for an hour.
    again = RapidRows.installed()
    first = compared(taken(engine_named(VOTERS[0]), lambda share: progress(0.7 * share)))
    if all(page.origin is not Origin.ENGINE for page in first.pages) and not first.faults:
        return first
    asked = doubtful_words(first)
    read = {page.number: words_on(page) for page in first.pages}
    shown = {
        number: ShownPieces(stretches=tuple(one.stretch for one in some), read=read[number])
        if some is not None
        else None
        for number, some in asked.items()
    }
    try:
        second = taken(again, lambda share: progress(0.7 + 0.3 * share), shown)
    except EmptyInput:
        second = _without_words(first, again.step)
    return vote(first, second, known=known, columns=columns_beside(first, second, asked))


def _without_words(first: Capture, step: Step) -> Capture:
    """What an engine has that was asked for nothing, or saw nothing."""
    source = replace(first.source, text="", pages=tuple(Span(0, 0) for _ in first.accounts), step=step)
    return replace(first, source=source, pages=(), layers=())
