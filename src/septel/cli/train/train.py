"""`septel train`: the whole way from corpora to the shipped models, in commands.

The shipped models were made by, in this order (docs/model-card.md has the figures):

    septel train lm ../shared/corpora --out model
    septel train english frequency_dictionary_en_82_765.txt --out model/english.xz
    septel train pages ../shared/corpora --out worn
    septel train pages --released ../shared --out released
    septel train readings ../shared/corpora --out readings --without ...
    septel train channel worn released readings --out src/septel/restore/profiles/modern.tsv
    septel train confidence readings --scans ../shared/scans/jfk.jsonl.xz --without ../shared/scans/gold \
        --garble released --out model
    septel train alternatives ../shared/scans/jfk.jsonl.xz --images ../shared/scans/jfk \
        --without ../shared/scans/gold --out model/others.json
    septel train gauge released --engine tesseract --out src/septel/restore/model/gauges
    septel train gauge released --engine both --out src/septel/restore/model/gauges
"""

from __future__ import annotations

import json
import lzma
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import click
import numpy as np

from septel.capture import TesserocrEngine
from septel.cli.shared.terminal import json_option, print_told
from septel.cli.train.alternatives import alternatives
from septel.cli.train.confidence import confidence
from septel.cli.train.engines import gauge, vote
from septel.cli.train.reader import lines, reader, scans
from septel.cli.train.stamps import stamps
from septel.errors import ExitCode, InputError, UsageError
from septel.measure.truth import PAGES, SEED, load, page_texts
from septel.pipeline import restore_source
from septel.restore import Restorer, profile
from septel.restore.channel import garble, write_profile
from septel.restore.language import Vocabulary, general_english
from septel.synthesis import FACES, LEVELS, at_the_machine, degrade, in_the_archive, print_pages
from septel.text import Source
from septel.training import (
    LANGUAGE_PROFILES,
    MARKS,
    UNSEEN,
    Judged,
    corpus,
    documents,
    expected_error,
    fit,
    fit_chooser,
    fit_marks,
    fold_of,
    judge,
    judge_marks,
    learn,
    packed,
    paired_pages,
    profiled,
    train_language_model,
    train_phrases,
    trigrams_of,
    weigh,
    write_vocabulary,
)

PAGE_LINES, PAGE_COLUMNS = 52, 67
PHRASES = 6.0
"""Pruning of the model of phrases, in nats."""
GARBLE_RATES = (0.02, 0.05, 0.1, 0.18, 0.25, 0.32)


@click.group()
def train() -> None:
    """Make the shipped models again from corpora, or adapt them to an archive's own pages."""


train.add_command(lines)
train.add_command(scans)
train.add_command(stamps)
train.add_command(reader)
train.add_command(gauge)
train.add_command(vote)
train.add_command(confidence)
train.add_command(alternatives)


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
    train_phrases(
        ((text.upper(), weight) for text, weight in documents(corpora)),
        sorted(w for w in Vocabulary.load(out / "vocabulary.xz").counted if w.isalpha()),
        out / "phrases.xz",
        threshold=PHRASES,
        say=lambda line: click.echo(line, err=True),
    )
    told = {"characters": len(codes), "words": words, "bytes": (out / "language.xz").stat().st_size}
    print_told(told, as_json)
    return ExitCode.OK


@train.command("pages")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option(
    "--released",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of measuring sets: print the released telegrams that no set of worn pages measures.",
)
@click.option("--out", type=_out(folder=True), required=True, help="The folder of pairs to write.")
@click.option("--count", type=click.IntRange(1), default=30, show_default=True, help="Pages of each level.")
@click.option("--seed", type=int, default=7, show_default=True)
@click.option(
    "--mishaps", is_flag=True, help="Other kinds of wear too: carbons, faxes, halftones and others."
)
@json_option
def worn_pages(
    corpora: Path | None,
    released: Path | None,
    out: Path,
    count: int,
    seed: int,
    mishaps: bool,
    as_json: bool,
) -> int:
    """Print telegrams of CORPORA, wear the pages, read them, and keep them with their truth and reading."""
    if (corpora is None) == (released is None):
        raise UsageError("name the corpora, or --released with its folder", remedy="Give one of them.")
    out.mkdir(parents=True, exist_ok=True)
    engine = TesserocrEngine()
    texts = teletype(corpora, seed) if corpora else released_pages(released or Path())
    made = 0
    for number in range(count):
        for level in LEVELS:
            truth = next(texts)
            made += 1
            image = next(iter(print_pages(truth, face=FACES[number % len(FACES)], seed=seed + made)))
            chance = np.random.default_rng(seed + made)
            if mishaps and made % 3:
                image = at_the_machine(image, chance)
            worn = degrade(image, level, seed=seed + made)
            if mishaps and made % 3 != 1:
                worn = in_the_archive(worn, chance)
            if number % 3:
                worn = worn.point(lambda shade: 255 * (shade > 140)).convert("1")
            seen = engine.read(worn)
            name = f"{level.replace(' ', '-')}-{number:03d}"
            reading = "\n".join(" ".join(word.text for word in line) for line in seen)
            (out / f"{name}.truth.txt").write_text(truth, encoding="utf-8")
            (out / f"{name}.ocr.txt").write_text(reading, encoding="utf-8")
            worn.save(out / f"{name}.png")
            click.echo(name, err=True)
    print_told({"pages": made, "folder": str(out)}, as_json)
    return ExitCode.OK


@train.command("english")
@click.argument("dictionary", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--out", type=_out(folder=False), required=True, help="The list to write.")
@json_option
def english(dictionary: Path, out: Path, as_json: bool) -> int:
    """List words of general English beside the corpora's own (DICTIONARY: lines `word count`)."""
    lines = dictionary.read_text(encoding="utf-8-sig").splitlines()
    words = general_english(lines, Restorer.load().vocabulary.counted)
    out.write_bytes(lzma.compress("\n".join(words).encode(), preset=9))
    print_told({"words": len(words), "list": str(out)}, as_json)
    return ExitCode.OK


@train.command("languages")
@click.argument("corpora", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.argument("profiles", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--out", type=_out(folder=False), required=True, help="The table to write.")
@json_option
def languages(corpora: Path, profiles: Path, out: Path, as_json: bool) -> int:
    """Count three letters in a row: English in CORPORA, others in langdetect's PROFILES."""
    english = trigrams_of(text for text, _ in documents(corpora))
    out.write_bytes(packed([english, *(profiled(profiles / name) for name in LANGUAGE_PROFILES)]))
    print_told({"languages": 1 + len(LANGUAGE_PROFILES), "table": str(out)}, as_json)
    return ExitCode.OK


@train.command("readings")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=_out(folder=True), required=True, help="The folder of pairs to write.")
@click.option("--count", type=click.IntRange(1), default=220, show_default=True, help="Pages to keep.")
@click.option("--without", multiple=True, help="A file's id to leave out; may be repeated.")
@click.option("--seed", type=int, default=3, show_default=True)
@json_option
def readings(corpora: Path, out: Path, count: int, without: Sequence[str], seed: int, as_json: bool) -> int:
    """Make pairs of the files of CORPORA that were read twice: the better reading stands for the truth."""
    out.mkdir(parents=True, exist_ok=True)
    pages = list(paired_pages(corpora / "parallel_readings.jsonl.xz", without=frozenset(without)))
    random.Random(seed).shuffle(pages)
    for number, (name, truth, seen) in enumerate(pages[:count]):
        (out / f"{name}-{number:03d}.truth.txt").write_text(truth, encoding="utf-8")
        (out / f"{name}-{number:03d}.ocr.txt").write_text(seen, encoding="utf-8")
    print_told({"pages": min(count, len(pages)), "folder": str(out)}, as_json)
    return ExitCode.OK


_pairs = click.argument("pairs", nargs=-1, required=True, type=click.Path(file_okay=False, path_type=Path))


@train.command("channel")
@_pairs
@click.option("--out", type=_out(folder=False), required=True, help="The profile to write.")
@click.option("--mixed", is_flag=True, help="The pages are in both cases.")
@click.option("--specks", is_flag=True, help="Marks that stand alone are dirt.")
@json_option
def channel(pairs: tuple[Path, ...], out: Path, mixed: bool, specks: bool, as_json: bool) -> int:
    """Learn what an engine makes of characters from folders of PAIRS (NAME.truth.txt, NAME.ocr.txt)."""
    found = [(truth, seen) for folder in pairs for _, truth, seen in pairs_of(folder)]
    learnt = learn(found, mixed=mixed, say=lambda line: click.echo(line, err=True))
    names = ", ".join(folder.name for folder in pairs)
    data = f"{learnt.lines} lines ({learnt.characters} characters) of {names}"
    write_profile(out, learnt.counts, data=data, unseen=UNSEEN, prior=MARKS, specks=specks)
    print_told({"pages": len(found), "rate": learnt.rate, "profile": str(out)}, as_json)
    return ExitCode.OK


@train.command("calibration")
@_pairs
@click.option(
    "--garble",
    "plain",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    help="A folder of clean texts to garble as the channel does; may be repeated.",
)
@click.option(
    "--corpora", type=click.Path(file_okay=False, path_type=Path), help="Telegrams to garble as well."
)
@click.option("--set", "sets", multiple=True, help="Measuring sets to fit on as well (`apollo8`).")
@click.option(
    "--shared",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared"),
    help="The folder of measuring sets.",
)
@click.option("--out", type=_out(folder=True), required=True, help="The model folder to write into.")
@click.option("--name", default="teletype-1", show_default=True, help="How confidences name it.")
@click.option("--seed", type=int, default=5, show_default=True)
@json_option
def calibration(
    pairs: tuple[Path, ...],
    plain: tuple[Path, ...],
    corpora: Path | None,
    sets: tuple[str, ...],
    shared: Path,
    out: Path,
    name: str,
    seed: int,
    as_json: bool,
) -> int:
    """Fit what chooses between readings, and confidences, where the truth is known.

    PAIRS are folders of pages as an engine read them; with --garble, the true pages of a folder
    are garbled as old engines do.
    """
    read = [(truth, seen) for folder in pairs for _, truth, seen in pairs_of(folder)]
    for title in sets:
        for document in load(title, shared).documents:
            truth = "\n".join(p.truth for unit in document.units for p in unit.passages)
            read.append((truth, document.source.text))
    garbled = list(_garbled(plain, corpora, seed))
    restorer = Restorer.load()
    bare = Restorer(models=replace(restorer.models, chooser=None, calibration=None))
    weighed = [w for truth, seen in read for w in weigh(restore_source(Source.of_text(seen), bare), truth)]
    chooser = fit_chooser(weighed, data=f"{len(weighed):,} places of {len(read)} pages")
    chosen = Restorer(models=replace(restorer.models, chooser=chooser, calibration=None))
    judged: list[Judged] = []
    marks: list[Judged] = []
    held: list[Judged] = []
    for number, (truth, seen) in enumerate((*read, *garbled)):
        found = restore_source(Source.of_text(seen), chosen)
        if fold_of(f"{seed} {number}", 5) == 0:
            held += judge(found, truth)
        else:
            judged += judge(found, truth)
            marks += judge_marks(found, truth)
    fitted = fit(judged, name=name, data=f"{len(judged):,} words of {len(read) + len(garbled)} pages")
    fitted = replace(fitted, marks=fit_marks(marks))
    out.mkdir(parents=True, exist_ok=True)
    chooser.save(out / "choice.json")
    fitted.save(out / "calibration.json")
    told = {"places": len(weighed), "words": len(judged), "held": len(held)}
    print_told({**told, "expected_error": expected_error(fitted, held)}, as_json)
    return ExitCode.OK


def _garbled(plain: Sequence[Path], corpora: Path | None, seed: int) -> Iterator[tuple[str, str]]:
    """Pages with their truth, garbled as old engines do, at rates from light to ruined."""
    truths = [truth for folder in plain for _, truth, _ in pairs_of(folder)]
    if corpora is not None:
        truths += islice(teletype(corpora, seed), 6 * len(GARBLE_RATES))
    old = profile("old")
    for number, truth in enumerate(truths):
        yield truth, garble(truth, old, GARBLE_RATES[number % len(GARBLE_RATES)], seed=seed + number)


def released_pages(shared: Path) -> Iterator[str]:
    """Opening pages of released telegrams, over and over, save those that measure worn pages."""
    texts = page_texts(shared, pages=10_000, seed=SEED)[PAGES:]
    return cycle(text for _, text in texts)


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
