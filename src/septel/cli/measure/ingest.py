"""`septel bench ingest`: released telegrams a second, from file to searched holding."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.cli.shared.terminal import json_option, print_json, progress, shared_option
from septel.errors import ExitCode
from septel.measure.archive import bench as benches
from septel.measure.archive import ingest as ingests
from septel.pipeline.plan import made_paragraphs


@click.command(
    "ingest",
    epilog="""
\b
Examples:
  septel bench ingest
  septel bench ingest --number 2000
""",
)
@shared_option
@click.option("--number", type=click.IntRange(1), default=400, show_default=True, help="Made telegrams.")
@json_option
def bench_ingest_command(shared: Path, number: int, as_json: bool) -> int:
    """Take released telegrams into a new archive, one process, and say how many a second of processor time.

    Once as `septel read` does, with references and meetings; once with these left for later; once with
    statements at once. The released telegrams are those of the measuring sets, as they are and with running
    lines of other telegrams; without the sets all are made.
    """
    texts = ingests.released(shared)
    real = (shared / "corpora").is_dir()
    source = benches.paragraphs(shared) if real else list(made_paragraphs())
    with progress("Taking in") as step:
        found = ingests.bench_ingest(texts, source, count=number, progress=step)
    if as_json:
        told = TypeAdapter(list[ingests.IngestTimes]).dump_python(found, mode="json")
        print_json([row | {"per_second": one.per_second} for row, one in zip(told, found, strict=True)])
    else:
        click.echo("\n".join(ingests.ingest_shown(found)))
    return ExitCode.OK
