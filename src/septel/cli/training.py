"""`septel train`: the whole way from corpora to the shipped models, in commands.

The shipped models were made by, in this order (docs/model-card.md has the figures):

    septel train lm ../shared/corpora --out model
    septel train pages ../shared/corpora --out worn
    septel train channel worn --out src/septel/restore/profiles/modern.tsv
    septel train calibration worn --corpora ../shared/corpora --out model/calibration.json
"""

from __future__ import annotations

import json
import lzma
import random
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from septel.capture import TesserocrEngine
from septel.capture.degrade import FACES, LEVELS, degrade, print_pages
from septel.cli.terminal import json_option, print_json
from septel.errors import ExitCode, InputError
from septel.restore import Restorer, profile
from septel.restore.corpora import corpus, write_vocabulary
from septel.restore.counting import train_language_model
from septel.restore.fitting import Judged, expected_error, fit, judge
from septel.restore.learning import count_pairs, garble, write_profile
from septel.restore.parallel import MARKS, UNSEEN, learn_tesseract
from septel.text import Source

PAGE_LINES, PAGE_COLUMNS = 52, 67
GARBLE_RATES = (0.02, 0.05, 0.1, 0.18, 0.25, 0.32)


@click.group()
def train() -> None:
    """Make the shipped models again from corpora, or adapt them to an archive's own pages."""


def _out(folder: bool) -> click.Path:
    return click.Path(path_type=Path, file_okay=not folder, dir_okay=folder)


@train.command("lm")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=_out(folder=True), required=True, help="The model folder to write into.")
@click.option("--threshold", type=float, default=4.0, show_default=True, help="Pruning; smaller keeps more.")
@json_option
def language_model(corpora: Path, out: Path, threshold: float, as_json: bool) -> int:
    """Count CORPORA into a character model and a vocabulary."""
    out.mkdir(parents=True, exist_ok=True)
    codes = corpus(corpora)
    train_language_model(
        codes, out / "language.xz", threshold=threshold, say=lambda line: click.echo(line, err=True)
    )
    words = write_vocabulary(codes, out / "vocabulary.xz")
    told = {"characters": len(codes), "words": words, "bytes": (out / "language.xz").stat().st_size}
    _tell(told, as_json)
    return ExitCode.OK


@train.command("pages")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=_out(folder=True), required=True, help="The folder of pairs to write.")
@click.option("--count", type=click.IntRange(1), default=30, show_default=True, help="Pages of each level.")
@click.option("--seed", type=int, default=7, show_default=True)
@json_option
def worn_pages(corpora: Path, out: Path, count: int, seed: int, as_json: bool) -> int:
    """Print telegrams of CORPORA, wear the pages, read them, and keep truth and reading side by side."""
    out.mkdir(parents=True, exist_ok=True)
    engine = TesserocrEngine()
    texts = teletype(corpora, seed)
    made = 0
    for number in range(count):
        for level in LEVELS:
            truth = next(texts)
            made += 1
            (image,) = print_pages(truth, face=FACES[number % len(FACES)], seed=seed + made)
            worn = degrade(image, level, seed=seed + made)
            if number % 3:
                worn = worn.point(lambda shade: 255 * (shade > 140)).convert("1")
            seen = engine.read(worn)
            name = f"{level.replace(' ', '-')}-{number:03d}"
            reading = "\n".join(" ".join(word.text for word in line) for line in seen)
            (out / f"{name}.truth.txt").write_text(truth, encoding="utf-8")
            (out / f"{name}.ocr.txt").write_text(reading, encoding="utf-8")
            click.echo(name, err=True)
    _tell({"pages": made, "folder": str(out)}, as_json)
    return ExitCode.OK


@train.command("channel")
@click.argument("pairs", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=_out(folder=False), required=True, help="The profile to write.")
@click.option("--mixed", is_flag=True, help="The pages are in both cases.")
@json_option
def channel(pairs: Path, out: Path, mixed: bool, as_json: bool) -> int:
    """Learn what an engine makes of characters from PAIRS (NAME.truth.txt, NAME.ocr.txt)."""
    found = list(pairs_of(pairs))
    counts = count_pairs(((truth, seen) for _, truth, seen in found), mixed=mixed)
    write_profile(out, counts, data=f"{len(found)} pages of {pairs.name}", unseen=UNSEEN, prior=MARKS)
    _tell({"pages": len(found), "rate": counts.rate, "profile": str(out)}, as_json)
    return ExitCode.OK


@train.command("readings")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=_out(folder=False), required=True, help="The profile to write.")
@click.option("--without", multiple=True, help="A file's id to leave out; may be repeated.")
@json_option
def readings(corpora: Path, out: Path, without: Sequence[str], as_json: bool) -> int:
    """Learn what Tesseract makes of characters from the files of CORPORA that were read twice."""
    learnt = learn_tesseract(corpora, out, without=frozenset(without))
    _tell({"lines": learnt.lines, "characters": learnt.characters, "profile": str(out)}, as_json)
    return ExitCode.OK


@train.command("calibration")
@click.argument("pairs", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--corpora", type=click.Path(file_okay=False, path_type=Path), help="Telegrams to garble as well."
)
@click.option("--out", type=_out(folder=False), required=True, help="The calibration to write.")
@click.option("--name", default="teletype-1", show_default=True, help="How confidences name it.")
@click.option("--seed", type=int, default=5, show_default=True)
@json_option
def calibration(pairs: Path, corpora: Path | None, out: Path, name: str, seed: int, as_json: bool) -> int:
    """Fit confidences on PAIRS and on garbled telegrams, whose truth is known."""
    restorer = Restorer.load()
    judged: list[Judged] = []
    pages = [(truth, seen) for _, truth, seen in pairs_of(pairs)]
    if corpora is not None:
        texts = teletype(corpora, seed)
        old = profile("old")
        for number, rate in enumerate(GARBLE_RATES * 10):
            truth = next(texts)
            pages.append((truth, garble(truth, old, rate, seed=seed + number)))
    for truth, seen in pages:
        judged += judge(restorer.restore(Source.of_text(seen)), truth)
    order = np.random.default_rng(seed).permutation(len(judged))
    held, used = ([judged[i] for i in part] for part in np.array_split(order, [len(order) // 5]))
    fitted = fit(used, name=name, data=f"{len(used):,} words of {len(pages)} pages ({pairs.name})")
    fitted.save(out)
    _tell({"words": len(used), "held": len(held), "expected_error": expected_error(fitted, held)}, as_json)
    return ExitCode.OK


def pairs_of(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, truth and reading of each page of a folder of pairs.

    Raises:
        InputError: there are none.
    """
    truths = sorted(folder.glob("*.truth.txt"))
    if not truths:
        raise InputError(
            "the folder holds no pairs", where=str(folder), remedy="Make some: septel train pages."
        )
    for truth in truths:
        name = truth.name.removesuffix(".truth.txt")
        seen = folder / f"{name}.ocr.txt"
        if seen.is_file():
            yield name, truth.read_text(encoding="utf-8"), seen.read_text(encoding="utf-8")


def teletype(corpora: Path, seed: int) -> Iterator[str]:
    """Pages of telegrams in capitals, over and over, in an order that follows from the seed.

    Raises:
        InputError: the corpus of telegrams is not there.
    """
    file = corpora / "frus_teletype.jsonl.xz"
    if not file.is_file():
        raise InputError("the corpus of telegrams is not there", where=str(file), remedy="Name its folder.")
    with lzma.open(file, "rt", encoding="utf-8") as opened:
        texts = [json.loads(line)["text"] for line in opened]
    order = random.Random(seed)
    marks = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"}
    while True:
        order.shuffle(texts)
        for text in texts:
            plain = "".join(marks.get(c, c if c == "\n" or " " <= c <= "~" else " ") for c in text.upper())
            lines: list[str] = []
            for piece in plain.split("\n"):
                lines += textwrap.wrap(piece, PAGE_COLUMNS) or [""]
            if len(lines) >= 15:
                yield "\n".join(lines[:PAGE_LINES])


def _tell(told: Mapping[str, object], as_json: bool) -> None:
    if as_json:
        print_json(dict(told))
    else:
        click.echo("; ".join(f"{name} {value}" for name, value in told.items()))
