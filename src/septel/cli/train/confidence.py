"""`septel train confidence`: the choice, the second look and the confidences, fitted on whole pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from septel.cli.shared.terminal import json_option, print_told
from septel.cli.train.reader import documents_in
from septel.errors import ExitCode, UsageError
from septel.pipeline import restore_source
from septel.restore import Restorer, profile
from septel.restore.channel import garble
from septel.restore.confidence import OtherReading
from septel.restore.document import LexicalRivals, SeenWord
from septel.text import Source
from septel.training import (
    Judged,
    LabelledWord,
    TranscribedPage,
    Weighed,
    expected_error,
    fit,
    fit_chooser,
    fit_marks,
    fit_rivals,
    fold_of,
    judged_marks,
    judged_words,
    labelled,
    meant,
    transcribed_pages,
    weighed_places,
)

GARBLE_RATES = (0.02, 0.05, 0.1, 0.18, 0.25, 0.32, 0.38, 0.22)
GARBLED_PLACES, GARBLED_WORDS = 0.15, 0.6
"""How much a place, and a word, of a text counts that we garbled ourselves: its noise is known too well."""


@dataclass(frozen=True, slots=True)
class _Restored:
    """What a restorer made of a page: words with labels, and known words beside unknown ones."""

    page: TranscribedPage
    labels: tuple[LabelledWord, ...]
    rivals: tuple[tuple[OtherReading, bool], ...]
    garbled: bool


@click.command("confidence")
@click.argument("pairs", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--scans",
    "records",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Pages with transcripts, as JSON lines packed with LZMA.",
)
@click.option(
    "--fold", "folds", type=int, multiple=True, default=(1, 2, 3), help="The folds of --scans to fit on."
)
@click.option(
    "--without", type=click.Path(exists=True, path_type=Path), help="A folder whose documents are left out."
)
@click.option(
    "--garble", type=click.Path(file_okay=False, path_type=Path), help="A folder of *.truth.txt to garble."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The model folder."
)
@click.option("--name", default="teletype-6", show_default=True, help="How confidences name it.")
@click.option("--count", type=click.IntRange(1), default=10_000, help="Pages of each kind, at most.")
@json_option
def confidence(
    pairs: tuple[Path, ...],
    records: Path | None,
    folds: tuple[int, ...],
    without: Path | None,
    garble: Path | None,
    out: Path,
    name: str,
    count: int,
    as_json: bool,
) -> int:
    """Fit the choice, the second look and the confidences on whole pages (PAIRS: folders of NAME.ocr.txt)."""
    held = documents_in(without)
    read = [page for folder in pairs for page in list(_pairs(folder))[:count]]
    if records is not None:
        read += list(transcribed_pages(records, folds=folds, without=held))[:count]
    made = list(_garbled(garble))[:count] if garble is not None else []
    if not read and not made:
        raise UsageError("there is nothing to fit on", remedy="Name folders of pages, --scans or --garble.")
    pages = [(page, False) for page in read] + [(page, True) for page in made]
    told = f"{len(read)} whole pages and {len(made)} garbled ones"
    models = replace(Restorer.load().models, calibration=None, rivals=None)
    first = list(_restored(Restorer(models=models), pages))
    places: list[tuple[Weighed, float]] = [
        (one, GARBLED_PLACES if page.garbled else 1.0)
        for page in first
        for one in weighed_places(page.labels)
    ]
    chooser = fit_chooser(
        (one for one, _ in places),
        data=f"{len(places):,} places of {told}",
        counts=[share for _, share in places],
    )
    rivals = fit_rivals((one for page in first for one in page.rivals), data=f"unknown words of {told}")
    models = replace(models, chooser=chooser, rivals=rivals)
    out.mkdir(parents=True, exist_ok=True)
    chooser.save(out / "choice.json")
    rivals.save(out / "rivals.json")
    words, tested = _confidences(list(_restored(Restorer(models=models), pages)), out, name, told)
    print_told({"places": len(places), "words": words, "expected_error": tested}, as_json)
    return ExitCode.OK


def _confidences(pages: Sequence[_Restored], out: Path, name: str, told: str) -> tuple[int, float]:
    """Fit and write the confidences; words that they rest on, and their error on documents held out."""
    words: list[tuple[Judged, float]] = []
    held: list[Judged] = []
    for page in pages:
        found = list(judged_words(page.labels))
        if fold_of(page.page.document, 5) == 0:
            held += found
        words += [(one, GARBLED_WORDS if page.garbled else 1.0) for one in found]
    marks = fit_marks(one for page in pages for one in judged_marks(page.labels))
    others = [
        (one, GARBLED_WORDS if page.garbled else 1.0)
        for page in pages
        if fold_of(page.page.document, 5)
        for one in judged_words(page.labels)
    ]
    # What it is worth is told by a fit without a fifth of the documents; what is kept has seen them all.
    tested = 0.0
    if held and others:
        without = fit(
            (one for one, _ in others), name=name, data="", ridge=5.0, counts=[n for _, n in others]
        )
        tested = expected_error(without, held)
    fitted = fit(
        (one for one, _ in words),
        name=name,
        data=f"{len(words):,} words of {told}",
        ridge=5.0,
        counts=[share for _, share in words],
    )
    replace(fitted, marks=marks).save(out / "calibration.json")
    return len(words), tested


def _restored(restorer: Restorer, pages: Sequence[tuple[TranscribedPage, bool]]) -> Iterator[_Restored]:
    for page, garbled in pages:
        found = restore_source(Source.of_text(page.seen), restorer)
        labels = tuple(labelled(found, page))
        words = [SeenWord.of(word, word.span.of(page.seen)) for word in found.words]
        letters = sum(map(str.isalpha, page.seen))
        over = LexicalRivals.of(
            restorer.lexicon,
            restorer.models.language,
            restorer.models.phrases,
            words,
            mixed=sum(map(str.islower, page.seen)) > 0.4 * letters,
            rate=found.noise.rate,
        )
        places = {id(word): at for at, word in enumerate(found.words)}
        rivals = tuple(
            (rival, meant(rival, one.truth))
            for one in labels
            for rival in (over.rivals(places[id(one.word)]) if restorer.models.rivals is None else ())
        )
        yield _Restored(page, labels, rivals, garbled)


def _pairs(folder: Path) -> Iterator[TranscribedPage]:
    for path in sorted(folder.glob("*.ocr.txt")):
        name = path.name.removesuffix(".ocr.txt")
        truth = path.with_name(f"{name}.truth.txt").read_text("utf-8")
        yield TranscribedPage(
            document=name.rsplit("-", 1)[0], name=name, seen=path.read_text("utf-8"), truth=truth
        )


def _garbled(folder: Path) -> Iterator[TranscribedPage]:
    old = profile("old")
    for number, path in enumerate(sorted(folder.glob("*.truth.txt"))):
        truth = path.read_text("utf-8")
        seen = garble(truth, old, GARBLE_RATES[number % len(GARBLE_RATES)], seed=5 + number)
        yield TranscribedPage(document=path.name, name=path.name, seen=seen, truth=truth)
