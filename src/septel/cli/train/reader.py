"""`septel train lines` and `septel train reader`: the engine for typed lines, from corpora to its network.

The shipped network was made with (docs/model-card.md says from which type faces and how long):

    septel train lines ../shared/corpora --faces faces --out lines
    septel train scans ../shared/scans/jfk.jsonl.xz --images ../shared/scans/jfk --fold 0 \
        --without ../shared/scans/gold --copies ../shared/scans/copies.tsv --out real
    septel train reader lines --real real --out typed.onnx
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from septel.cli.shared.terminal import json_option, print_json
from septel.errors import ExitCode, InputError, MissingPart, UsageError
from septel.training import TELETYPE_WEIGHT, documents
from septel.training.typed_reader import (
    ScannedPage,
    make_lines,
    make_real_lines,
    scanned_pages,
    to_learn_from,
)

Command = TypeVar("Command", bound=Callable[..., Any])
LONG = 600
"""Characters; shorter documents don't fill a page."""
PROSE = 0.12
"""How many of the documents that are no teletype are typed, for each time that they weigh."""
FACES = (".ttf", ".otf", ".woff", ".t1")


@click.command("lines")
@click.argument("corpora", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--faces",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder of type faces of one pitch; a face in a folder `often` inside counts twice. Faces in a "
    "folder `print` have no pitch: some pages are set in them, and stamps.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into."
)
@click.option("--files", type=click.IntRange(1), default=100, show_default=True, help="Of 20 pages each.")
@click.option("--seed", type=int, default=1000, show_default=True)
@json_option
def lines(corpora: Path, faces: Path, out: Path, files: int, seed: int, as_json: bool) -> int:
    """Type texts of CORPORA onto pages, wear them, and keep their lines for the reader to learn from."""
    out.mkdir(parents=True, exist_ok=True)
    order = random.Random(seed)
    texts = [
        text
        for text, weight in documents(corpora)
        if len(text) > LONG and (weight == TELETYPE_WEIGHT or order.random() < PROSE * weight)
    ]
    found = sorted(path for path in faces.rglob("*") if path.suffix.lower() in FACES)
    printed = [path for path in found if path.parent.name == "print"]
    typed = [path for path in found if path.parent.name != "print"]
    if not typed:
        raise InputError("the folder holds no type faces", where=str(faces), remedy="Put .ttf files there.")
    weighed = [path for path in typed for _ in range(2 if path.parent.name == "often" else 1)]
    made = 0
    for path in make_lines(out, texts, weighed, files=files, seed=seed, printed=printed):
        made += 1
        click.echo(path.name, err=True)
    told = {"files": made, "faces": len(found), "texts": len(texts)}
    print_json(told) if as_json else click.echo(f"{made} files of lines in {len(found)} type faces")
    return ExitCode.OK


def set_of_scans(*, needed: bool = True) -> Callable[[Command], Command]:
    """The options that say where the images of a set of scans are, and which pages of it measure."""
    here = click.Path(exists=True, dir_okay=False, path_type=Path)
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    options = (
        click.option("--images", type=folder, required=needed, help="The folder of the images of RECORDS."),
        click.option(
            "--without",
            type=folder,
            help="A folder of images named DOCUMENT_PAGE; pages of their documents are left out.",
        ),
        click.option("--fold", type=int, help="The fold of RECORDS that is left out."),
        click.option(
            "--copies", type=here, help="Pairs of copies; copies of what is left out are left out, too."
        ),
    )

    def with_options(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


def documents_in(folder: Path | None) -> set[str]:
    """The documents of a folder whose files are named DOCUMENT_PAGE; none without a folder."""
    return {path.stem.rpartition("_")[0] for path in folder.iterdir()} if folder is not None else set()


def pages_to_learn_from(
    records: Path, *, images: Path, without: Path | None, fold: int | None, copies: Path | None
) -> list[ScannedPage]:
    """The pages of a set of scans that measure nothing.

    Raises:
        InputError: there are none, or the records can't be read.
    """
    named = documents_in(without)
    used = to_learn_from(list(scanned_pages(records, images)), without=named, fold=fold, copies=copies)
    if not used:
        raise InputError(
            "no page is left to learn from", where=records.name, remedy="Name the folder of their images."
        )
    return used


@click.command("scans")
@click.argument("records", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@set_of_scans()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write lines into.",
)
@click.option("--seed", type=int, default=1976, show_default=True, help="Says which documents are held back.")
@json_option
def scans(records: Path, out: Path, seed: int, as_json: bool, **which: Any) -> int:
    """Find true lines on real pages with transcripts, and keep them for the reader to learn from.

    RECORDS has a line of JSON for each page (`id`, `image`, `text`, `agreed`, `fold`). Lines of a tenth of
    the documents go to files of their own (held-*.npz), to choose between networks.
    """
    used = pages_to_learn_from(records, **which)
    out.mkdir(parents=True, exist_ok=True)
    made = 0
    for path, count in make_real_lines(out, used, seed=seed):
        made += count
        click.echo(path.name, err=True)
    told = {"pages": len(used), "lines": made}
    print_json(told) if as_json else click.echo(f"{made} lines of {len(used)} pages")
    return ExitCode.OK


@click.command("reader")
@click.argument("lines", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The network.")
@click.option(
    "--real",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Lines of real pages (`septel train scans`) to learn from as well; one file of them is held back.",
)
@click.option(
    "--minutes", type=click.FloatRange(0.1), default=60.0, show_default=True, help="How long to train."
)
@click.option(
    "--start",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights (.pt), or a network (.onnx), the one that reads (.int8.onnx) too.",
)
@click.option(
    "--keep",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="The share of the weights of --start (.onnx) that stays, so that what it knew is not lost.",
)
@click.option(
    "--rate", type=click.FloatRange(0, min_open=True), default=2e-3, show_default=True, help="Of learning."
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--short", is_flag=True, help="Reckon with numbers of 16 bits: faster on new processors.")
@click.option("--small", is_flag=True, help="Without the layers that were added later, as for stamps.")
@json_option
def reader(
    lines: Path,
    out: Path,
    real: Path | None,
    minutes: float,
    start: Path | None,
    keep: float,
    rate: float,
    seed: int,
    short: bool,
    small: bool,
    as_json: bool,
) -> int:
    """Teach the network that reads typed lines from the LINES of `septel train lines`.

    The one that reads stamps learns from those of `septel train stamps` (with --small).

    The first file of lines is held back to see how well it goes. The weights are kept beside the network
    (.pt), so that learning can go on from there; the same network with whole numbers (.int8.onnx) is the one
    that reads.
    """
    try:
        from septel.training.typed_reader import blend, export, kept_lines, learn, quantise
    except ImportError as why:
        raise MissingPart(
            "PyTorch is not installed", remedy="Install it: pip install 'septel[train]'"
        ) from why
    if keep and (start is None or start.suffix != ".onnx"):
        raise UsageError("--keep needs a network to keep weights of", remedy="Name one: --start FILE.onnx.")
    found = sorted(lines.glob("lines-*.npz"))
    if len(found) < 2:
        raise InputError("the folder holds too few lines", where=str(lines), remedy="Run septel train lines.")
    held = next(iter(sorted(real.glob("held-*.npz"))), found[0]) if real else found[0]
    out.parent.mkdir(parents=True, exist_ok=True)
    network, rates = learn(
        lines,
        out.with_suffix(".pt"),
        seconds=60 * minutes,
        seed=seed,
        held=held,
        real=real,
        short=short,
        start=start,
        rate=rate,
        grown=not small,
        say=lambda line: click.echo(line, err=True),
    )
    export(network, out)
    if keep and start:
        blend(out, start, keep)
    quantise(out, out.with_suffix(".int8.onnx"), [*kept_lines(held), *kept_lines(found[1])], seed=seed)
    told = {"network": str(out), "bytes": out.stat().st_size, "held back": rates}
    print_json(told) if as_json else click.echo(f"wrote {out}; {rates:.2%} of the characters held back wrong")
    return ExitCode.OK
