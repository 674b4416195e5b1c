"""`septel train lines` and `septel train reader`: the engine for typed lines, from corpora to its network.

The shipped network was made with (docs/model-card.md says from which type faces and how long):

    septel train lines ../shared/corpora --faces faces --out lines
    septel train reader lines --out src/septel/capture/typed/model/typed.onnx
"""

from __future__ import annotations

import random
from pathlib import Path

import click

from septel.cli.shared.terminal import json_option, print_json
from septel.errors import ExitCode, InputError, MissingPart
from septel.training import TELETYPE_WEIGHT, documents
from septel.training.typed_reader import make_lines

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
    help="A folder of type faces of one pitch; a face in a folder `often` inside counts twice.",
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
    if not found:
        raise InputError("the folder holds no type faces", where=str(faces), remedy="Put .ttf files there.")
    weighed = [path for path in found for _ in range(2 if path.parent.name == "often" else 1)]
    made = 0
    for path in make_lines(out, texts, weighed, files=files, seed=seed):
        made += 1
        click.echo(path.name, err=True)
    told = {"files": made, "faces": len(found), "texts": len(texts)}
    print_json(told) if as_json else click.echo(f"{made} files of lines in {len(found)} type faces")
    return ExitCode.OK


@click.command("reader")
@click.argument("lines", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The network.")
@click.option(
    "--minutes", type=click.FloatRange(0.1), default=60.0, show_default=True, help="How long to train."
)
@click.option(
    "--start",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights (.pt), or a network (.onnx).",
)
@click.option(
    "--rate", type=click.FloatRange(0, min_open=True), default=2e-3, show_default=True, help="Of learning."
)
@click.option("--seed", type=int, default=1, show_default=True)
@json_option
def reader(
    lines: Path, out: Path, minutes: float, start: Path | None, rate: float, seed: int, as_json: bool
) -> int:
    """Teach the network that reads typed lines from the LINES of `septel train lines`.

    The first file of lines is held back to see how well it goes. The weights are kept beside the network
    (.pt), so that learning can go on from there.
    """
    try:
        from septel.training.typed_reader import export, learn
    except ImportError as why:
        raise MissingPart(
            "PyTorch is not installed", remedy="Install it: pip install 'septel[train]'"
        ) from why
    found = sorted(lines.glob("lines-*.npz"))
    if len(found) < 2:
        raise InputError("the folder holds too few lines", where=str(lines), remedy="Run septel train lines.")
    out.parent.mkdir(parents=True, exist_ok=True)
    network, rates = learn(
        lines,
        out.with_suffix(".pt"),
        seconds=60 * minutes,
        seed=seed,
        held=found[0],
        start=start,
        rate=rate,
        say=lambda line: click.echo(line, err=True),
    )
    export(network, out)
    told = {"network": str(out), "bytes": out.stat().st_size, "held back": rates}
    print_json(told) if as_json else click.echo(f"wrote {out}; {rates:.2%} of the characters held back wrong")
    return ExitCode.OK
