"""Reading a file with one engine or with two."""

from __future__ import annotations

from pathlib import Path

from septel import capture
from septel.capture import ENGINES, Capture, EnginePool, Limits, Origin, Readings, engine_named
from septel.progress import Progress, silent
from septel.text import Step
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
    first, second = (engine_named(name).step for name in VOTERS)
    return vote_step(first, second)


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

    def taken(name: str, part: Progress) -> Capture:
        return capture.read(
            path,
            engine=engine_named(name),
            limits=limits,
            readings=readings,
            engines=engines,
            pool=pool,
            progress=part,
        )

    if choice != "both":
        return compared(taken(choice, progress))
    # An engine that is missing is said at once, not after the other has read for an hour.
    engine_named(VOTERS[1])
    first = compared(taken(VOTERS[0], lambda share: progress(share / 5)))
    if all(page.origin is not Origin.ENGINE for page in first.pages) and not first.faults:
        return first
    second = taken(VOTERS[1], lambda share: progress(0.2 + 0.8 * share))
    return vote(first, second, known=known)
