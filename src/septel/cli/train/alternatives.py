"""`septel train alternatives`: how likely the other readings of a word are, fitted on whole pages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from septel.capture import ReadingCache
from septel.cli.shared.terminal import json_option, print_told
from septel.cli.train.reader import documents_in
from septel.errors import EmptyInput, EngineFailure, ExitCode, UsageError
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.text import Source
from septel.training import (
    JudgedReadings,
    TranscribedPage,
    fit_alternatives,
    fold_of,
    judged_readings,
    labelled,
    readings_error,
    transcribed_pages,
)
from septel.witness import CHOICES, read_with

FOLDS = 5


@click.command("alternatives")
@click.argument("records", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option(
    "--images",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="The folder of the images of RECORDS: some are read by our engine and learnt from as well.",
)
@click.option("--fold", "folds", type=int, multiple=True, default=(1, 2, 3), help="The folds to fit on.")
@click.option(
    "--without", type=click.Path(exists=True, path_type=Path), help="A folder whose documents are left out."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The model.")
@click.option("--count", type=click.IntRange(1), default=150, show_default=True, help="Pages of text.")
@click.option("--read", "read", type=click.IntRange(0), default=60, show_default=True, help="Of images.")
@json_option
def alternatives(
    records: Path,
    images: Path | None,
    folds: tuple[int, ...],
    without: Path | None,
    out: Path,
    count: int,
    read: int,
    as_json: bool,
) -> int:
    """Fit how likely the other readings of a word are, on pages with transcripts (RECORDS, as JSON lines).

    What it is worth is told by a fit without a fifth of the documents; what is kept has seen them all.
    """
    held = documents_in(without)
    pages = list(transcribed_pages(records, folds=folds, without=held))
    random.Random(len(pages)).shuffle(pages)
    restorer = Restorer.load()
    restorer = replace(restorer, models=replace(restorer.models, others=None))
    found = [(page.document, one) for page in pages[:count] for one in _of_text(page, restorer)]
    pages_read: list[TranscribedPage] = []
    if images is not None:
        seen = (pair for page in pages[count:] for pair in _of_image(page, restorer, images, out.parent))
        for page, judged in islice(seen, read):
            pages_read.append(page)
            found += [(page.document, one) for one in judged]
    if not found:
        raise UsageError("there is nothing to fit on", remedy="Name other folds, or more pages.")
    tested = [one for document, one in found if not fold_of(document, FOLDS)]
    others = [one for document, one in found if fold_of(document, FOLDS)]
    error = readings_error(fit_alternatives(others, data=""), tested) if tested and others else 0.0
    words = (
        f"{len(found):,} words of {min(count, len(pages))} pages of text and {read if images else 0} images"
    )
    fit_alternatives((one for _, one in found), data=words).save(out)
    print_told({"words": len(found), "expected_error": error}, as_json)
    return ExitCode.OK


def _of_text(page: TranscribedPage, restorer: Restorer) -> list[JudgedReadings]:
    """The words of a page as another engine read it."""
    return list(judged_readings(labelled(restore_source(Source.of_text(page.seen), restorer), page)))


def _of_image(
    page: TranscribedPage, restorer: Restorer, images: Path, keep: Path
) -> Iterator[tuple[TranscribedPage, list[JudgedReadings]]]:
    """The words of a page as our engine reads it."""
    image = images / f"{page.document}-p{page.name.rpartition('-')[2]}.tif"
    with suppress(EmptyInput, EngineFailure):
        if image.is_file():
            kept = ReadingCache(keep / "readings")
            known = restorer.vocabulary.knows
            captured = read_with(image, CHOICES[0], known=known, readings=kept, engines=1)
            restored = restore_source(captured.source, restorer, sight=restorer.engine_posteriors(captured))
            click.echo(image.stem, err=True)
            yield page, list(judged_readings(labelled(restored, page)))
