"""`septel train stamps`: strips of stamps, drawn and real, for the network that reads them.

The shipped network was made in rounds with (docs/model-card.md says from which type faces and how long):

    septel train stamps --faces faces --out drawn
    septel train reader drawn --small --start typed.int8.onnx --minutes 9 --out stamped.onnx
    septel train stamps --scans ../shared/scans/jfk.jsonl.xz --images ../shared/scans/jfk --fold 0 \
        --without ../shared/scans/gold --network stamped.int8.onnx --out real
    septel train reader drawn --small --real real --start stamped.pt --out stamped.onnx
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from septel.cli.shared.terminal import json_option, print_json
from septel.cli.train.reader import FACES, pages_to_learn_from, set_of_scans
from septel.errors import ExitCode, InputError, UsageError

STRIPS = 1200


@click.command("stamps")
@click.option(
    "--faces",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of type faces to draw stamps in; a face in a folder `often` inside counts four times.",
)
@click.option("--files", type=click.IntRange(1), default=60, show_default=True, help="Of drawn strips.")
@click.option("--strips", type=click.IntRange(1), default=STRIPS, show_default=True, help="To such a file.")
@click.option(
    "--scans",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lines of JSON about pages, as `septel train scans` takes them: their pieces are kept instead.",
)
@set_of_scans(needed=False)
@click.option(
    "--network",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Reads the pieces of --scans; the shipped one unless given.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into."
)
@click.option("--seed", type=int, default=1, show_default=True)
@json_option
def stamps(
    faces: Path | None,
    files: int,
    strips: int,
    scans: Path | None,
    network: Path | None,
    out: Path,
    seed: int,
    as_json: bool,
    **which: Any,
) -> int:
    """Draw stamps, or find them on real pages with transcripts, and keep them for their reader to learn from.

    Pieces of a quarter of the documents go to files of their own (held-*.npz), to choose between networks and
    to fit how likely a reading is.
    """
    if (faces is None) == (scans is None):
        raise UsageError("either type faces or scans are needed", remedy="Give --faces or --scans.")
    out.mkdir(parents=True, exist_ok=True)
    told = _real(scans, network, out, seed, which) if scans else _drawn(faces, out, files, strips, seed)
    print_json(told) if as_json else click.echo(f"{told['strips']} strips in {told['files']} files")
    return ExitCode.OK


def _drawn(faces: Path | None, out: Path, files: int, strips: int, seed: int) -> dict[str, int]:
    from septel.training.typed_reader import drawn_stamps, keep_lines

    found = sorted(path for path in (faces or out).rglob("*") if path.suffix.lower() in FACES)
    if not found:
        raise InputError("the folder holds no type faces", where=str(faces), remedy="Put .ttf files there.")
    weighed = [path for path in found for _ in range(4 if path.parent.name == "often" else 1)]
    for number in range(files):
        path = out / f"lines-{seed}-{number:04d}.npz"
        if not path.exists():
            keep_lines(path, drawn_stamps(weighed, count=strips, seed=seed * files + number))
            click.echo(path.name, err=True)
    return {"files": files, "strips": files * strips}


def _real(records: Path, network: Path | None, out: Path, seed: int, which: dict[str, Any]) -> dict[str, int]:
    from septel.capture.engines.typed import reader
    from septel.capture.engines.typed.stamped import stamp_reader
    from septel.training.typed_reader import make_pieces

    if which["images"] is None:
        raise UsageError("--scans needs the folder of the images", remedy="Give --images FOLDER.")
    pages = pages_to_learn_from(records, **which)
    made, count = 0, 0
    for path, strips in make_pieces(out, pages, reader(network) if network else stamp_reader(), seed=seed):
        made, count = made + 1, count + strips
        click.echo(path.name, err=True)
    return {"files": made, "strips": count}
