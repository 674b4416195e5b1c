"""`septel bench growth`: whether a long run stays flat, and what grows with the archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.cli.shared.terminal import json_option, print_json, progress, shared_option
from septel.errors import ExitCode, UsageError
from septel.measure.archive import bench as benches
from septel.measure.archive import growth as growths
from septel.pipeline.plan import GrowthCurve, made_paragraphs


@click.command(
    "growth",
    epilog="""
\b
Examples:
  septel bench growth --at /tmp/growth
  septel bench growth --at /tmp/growth --size 1000 --size 3000 --size 10000 --keep growth.json
""",
)
@shared_option
@click.option(
    "--at", "folder", type=click.Path(path_type=Path), required=True, help="The archive that is made; new."
)
@click.option("--size", "sizes", type=click.IntRange(10), multiple=True, help="A size [1000, 3000, 10000].")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True, help="Workers.")
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), help="Write the curve for plans.")
@json_option
def bench_growth_command(
    shared: Path, folder: Path, sizes: Sequence[int], processes: int, keep: Path | None, as_json: bool
) -> int:
    """Take made telegrams through parser, record and archive by several workers, and measure at each size.

    Telegrams are of real length; their paragraphs are real ones where the measuring sets are there.
    """
    if folder.exists():
        raise UsageError("it is there already", where=str(folder), remedy="Name a new folder with --at.")
    wanted = tuple(sorted(sizes)) or (1_000, 3_000, 10_000)
    real = (shared / "corpora").is_dir()
    source = benches.paragraphs(shared) if real else list(made_paragraphs())
    command = "septel bench growth" + "".join(f" --size {size}" for size in wanted)
    with progress("Growing") as step:
        bench = growths.bench_growth(
            folder, wanted, source, processes=processes, command=command, progress=step
        )
    if keep:
        curve = TypeAdapter(GrowthCurve).dump_python(bench.curve, mode="json")
        keep.write_text(json.dumps(curve, indent=2) + "\n", "utf-8")
    if as_json:
        print_json(TypeAdapter(growths.GrowthBench).dump_python(bench, mode="json"))
    else:
        click.echo("\n".join(growths.growth_shown(bench)))
    return ExitCode.OK
