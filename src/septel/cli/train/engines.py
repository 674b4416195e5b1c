"""`septel train gauge` and `septel train vote`: what engines' figures mean, and whom to follow of two."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import click

from septel.capture import Capture, ReadingCache
from septel.cli.shared.terminal import json_option, print_told
from septel.cli.train.reader import pages_to_learn_from, set_of_scans
from septel.errors import EmptyInput, EngineFailure, ExitCode, InputError, UsageError
from septel.pipeline import restore_source
from septel.restore import EngineCalibrations, Restorer
from septel.restore.engine_output import gauge_for
from septel.training import fit_gauge, fit_vote, with_choice, with_trust
from septel.training.typed_reader import Transcript, truth_of
from septel.witness import CHOICES, VOTERS, read_with

Captures = TypeVar("Captures", tuple[Capture], tuple[Capture, Capture])
"""A page by one engine, or by two."""

_records = click.option(
    "--scans",
    "records",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Records of real pages with transcripts, as `train scans` takes them, to fit on as well.",
)
_count = click.option(
    "--count", type=click.IntRange(1), help="So many pages of each folder, and of RECORDS, at most."
)


@click.command("gauge")
@click.argument("pages", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@_records
@set_of_scans(needed=False)
@click.option("--engine", type=click.Choice(CHOICES), default=CHOICES[0], show_default=True)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder of gauges to write into.",
)
@_count
@json_option
def gauge(
    pages: tuple[Path, ...],
    records: Path | None,
    engine: str,
    out: Path,
    count: int | None,
    as_json: bool,
    **which: Any,
) -> int:
    """Fit what an engine's figures mean, where the truth is known.

    PAGES are folders of images with what was printed on them (NAME.png, NAME.truth.txt), as `train pages`
    writes them. They are read once; a second run takes the readings that the first has kept beside them.
    """
    restorer = Restorer.load()

    def read(image: Path, kept: ReadingCache) -> tuple[Capture]:
        known = restorer.vocabulary.knows
        return (read_with(image, engine, known=known, readings=kept, engines=1),)

    told = _told_pages(pages, records, read, kept=out / "readings", count=count, which=which)
    seen = [(found, truth) for (found,), truth in told]
    step = seen[0][0].source.step if seen else None
    if step is None:
        raise InputError("no engine read anything on these pages", remedy="Make some: septel train pages.")
    fitted = fit_gauge(seen, name=gauge_for(step), data=_named(pages, records))
    for fit_next in (with_choice, with_trust):
        gauges = EngineCalibrations(by_name={fitted.name: fitted})
        reader = Restorer(models=replace(restorer.models, gauges=gauges))
        results = [
            (restore_source(found.source, reader, sight=reader.engine_posteriors(found)), truth)
            for found, truth in seen
        ]
        fitted = fit_next(fitted, results, restorer.models)
    out.mkdir(parents=True, exist_ok=True)
    fitted.save(out / f"{fitted.name.replace(' ', '-')}.json")
    print_told({"gauge": fitted.name, "data": fitted.data}, as_json)
    return ExitCode.OK


def _told_pages(
    folders: Sequence[Path],
    records: Path | None,
    read: Callable[[Path, ReadingCache], Captures],
    *,
    kept: Path,
    count: int | None,
    which: Mapping[str, Any],
) -> Iterator[tuple[Captures, str]]:
    """Pages of folders and of records as engines read them, with what stands on them.

    Args:
        folders: of images with what was printed on them.
        records: of real pages with transcripts, told line by line as the first capture has them.
        read: by one engine or more, with where their readings are kept.
        kept: where those of the records' pages are.
        count: so many of each folder and of the records, at most.
        which: the options of `set_of_scans`.

    Raises:
        UsageError: nothing is named, or the images of the records are not.
        InputError: there are no pages.
    """
    if not folders and records is None:
        raise UsageError("there is nothing to fit on", remedy="Name folders of pages, or --scans.")
    for folder in folders:
        for image, truth in islice(_images(folder), count):
            with suppress(EmptyInput):
                yield read(image, ReadingCache(folder / "readings")), truth
                click.echo(image.stem, err=True)
    if records is None:
        return
    if which["images"] is None:
        raise UsageError("the images of --scans are not named", remedy="Name their folder: --images.")
    scanned = pages_to_learn_from(records, **which)
    random.Random(len(scanned)).shuffle(scanned)
    for page in scanned[:count]:
        with suppress(EmptyInput, EngineFailure):
            found = read(page.image, ReadingCache(kept))
            lines = truth_of(found[0].source.text.split("\n"), Transcript.of(page.text, page.agreed))
            yield found, "\n".join(lines)
            click.echo(page.image.stem, err=True)


def _named(folders: Sequence[Path], records: Path | None) -> str:
    """What was fitted on, for the model card."""
    return ", ".join(path.name for path in (*folders, *([records] if records else [])))


def _images(folder: Path) -> Iterator[tuple[Path, str]]:
    """Images of pages with what was printed on them, in an order that is the same every time.

    Raises:
        InputError: there are none.
    """
    images = [path for path in sorted(folder.glob("*.png")) if path.with_suffix(".truth.txt").is_file()]
    # A part of the pages is to have something of each kind.
    random.Random(len(images)).shuffle(images)
    if not images:
        raise InputError(
            "the folder holds no images with their truth",
            where=str(folder),
            remedy="Make some: septel train pages.",
        )
    for path in images:
        yield path, path.with_suffix(".truth.txt").read_text(encoding="utf-8")


@click.command("vote")
@click.argument("pages", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@_records
@set_of_scans(needed=False)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file of weights."
)
@_count
@json_option
def vote(
    pages: tuple[Path, ...],
    records: Path | None,
    out: Path,
    count: int | None,
    as_json: bool,
    **which: Any,
) -> int:
    """Fit which of two engines to follow where they differ (`read --engine both`).

    PAGES are folders of images with what was printed on them (NAME.png, NAME.truth.txt), as `train pages`
    writes them. They are read once; a second run takes the readings that the first has kept beside them.
    """
    known = Restorer.load().vocabulary.knows

    def read(image: Path, kept: ReadingCache) -> tuple[Capture, Capture]:
        first, second = (read_with(image, name, known=known, readings=kept, engines=1) for name in VOTERS)
        return first, second

    told = _told_pages(pages, records, read, kept=out.parent / "readings", count=count, which=which)
    seen = [(*both, truth) for both, truth in told]
    try:
        fitted = fit_vote(seen, known=known, data=_named(pages, records))
    except ValueError as why:
        raise InputError(f"nothing can be learnt from these pages: {why}", remedy="Give more pages.") from why
    fitted.save(out)
    print_told({"weights": str(out), "data": fitted.data}, as_json)
    return ExitCode.OK
