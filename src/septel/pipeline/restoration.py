"""Restoration that knows the form of a telegram: the source is parsed first, and its form gives hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from septel.capture import Capture
from septel.pipeline.transcriber_signs import restored_beside, transcriber_signs
from septel.progress import Progress, silent
from septel.restore import EnginePosteriors, Restoration, Restorer, Settings
from septel.telegram import hints_of, is_released, parse
from septel.text import Edit, Reading, Source


def restore_source(
    source: Source,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    hints: bool = True,
    decisions: Sequence[Edit] = (),
    known: Iterable[str] = (),
    sight: EnginePosteriors | None = None,
    progress: Progress = silent,
) -> Restoration:
    """The source restored; with hints, the restorer knows what the form of a telegram asks for.

    With what the engines that read the page told of each word (`Restorer.engine_posteriors`), it goes by that
    too. It learns from the decisions of persons about this text, and takes the words that they set elsewhere
    for known ones.

    The form is read from the source as it came: its grammar is made for noisy text, and a first guess of
    the restorer would hide what it goes by (`I Ct· RE T S(CTlON 2` tells more than any fluent reading of it).

    An electronic telegram as the archive released it was never scanned: its words stand, and what the wire
    garbled in them is marked.

    Signs by which the source doubts itself (`Petrovic[?]`, `[illegible]`) are doubts of the reading, unless
    an engine read them (`septel.pipeline.transcriber_signs`).
    """
    signs = transcriber_signs(source, [edit.span for edit in decisions]) if sight is None else ()
    if signs:
        return restored_beside(
            source,
            signs,
            decisions,
            lambda rest, there: restore_source(
                rest,
                restorer,
                settings=settings,
                hints=hints,
                decisions=there,
                known=known,
                progress=progress,
            ),
        )
    reading = Reading.of(source)
    released = is_released(source.text)
    found = hints_of(parse(reading), reading) if hints and not released else ()
    return restorer.restore(
        source,
        hints=found,
        decisions=decisions,
        known=known,
        settings=settings or Settings(),
        sight=sight,
        sent=released,
        progress=progress,
    )


def restore_capture(
    captured: Capture,
    restorer: Restorer,
    *,
    settings: Settings | None = None,
    hints: bool = True,
    decisions: Sequence[Edit] = (),
    known: Iterable[str] = (),
    progress: Progress = silent,
) -> Restoration:
    """Captured pages restored, with what the engines told of them; see `restore_source`."""
    return restore_source(
        captured.source,
        restorer,
        settings=settings,
        hints=hints,
        decisions=decisions,
        known=known,
        sight=restorer.engine_posteriors(captured),
        progress=progress,
    )
