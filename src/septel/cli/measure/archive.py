"""`septel measure search` and `septel bench archive`: what searches find, and how an archive grows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Holding
from septel.archive.store import ArchivePlace
from septel.capture import Capture, PageAccount, PageOutcome
from septel.cli.shared.terminal import PlaceType, json_option, print_json, progress, shared_option
from septel.errors import ExitCode, InputError, UsageError
from septel.measure.archive import bench as benches
from septel.measure.archive import search as searches
from septel.measure.truth import SEED
from septel.pipeline import as_it_stands, holding_of, process_capture
from septel.restore import Restorer
from septel.text import Source


@click.command(
    "search",
    epilog="""
\b
Examples:
  septel measure search
  septel measure search --pages 20 --level 4
""",
)
@shared_option
@click.option("--pages", type=click.IntRange(1), default=12, show_default=True, help="Of each set.")
@click.option("--level", default="3", show_default=True, help="How worn, 1 to 4.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of pages and queries.")
@json_option
def measure_search_command(shared: Path, pages: int, level: str, seed: int, as_json: bool) -> int:
    """Look for names and phrases on worn and real pages: by the archive, by full text, by fuzzy search."""
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    restorer = Restorer.load()

    def held(page: searches.SearchedPage) -> Holding:
        return holding_of(process_capture(Path(page.name), page.capture, restorer), at=datetime.now(UTC))

    reports = []
    with progress("Measuring") as step:
        worn = searches.worn_pages(level, shared, pages=pages, seed=seed)
        reports.append(searches.measure_search(f"worn, level {level}", worn, held, seed=seed, progress=step))
        scanned = searches.scanned_pages(shared, pages=pages, seed=seed)
        reports.append(searches.measure_search("scans, fold 0", scanned, held, seed=seed, progress=step))
    if as_json:
        print_json([asdict(report) for report in reports])
    else:
        click.echo("\n\n".join("\n".join(searches.shown(report)) for report in reports))
    return ExitCode.OK


@click.command(
    "archive",
    epilog="""
\b
Examples:
  septel bench archive --size 10000 --at /tmp/bench
  septel bench archive --size 100000 --at /tmp/bench     goes on from what is there
""",
)
@shared_option
@click.option("--size", type=click.IntRange(10), default=10_000, show_default=True, help="Telegrams.")
@click.option(
    "--at",
    "folder",
    type=PlaceType(),
    required=True,
    help="The archive that is made, a folder or an address; an interrupted run goes on in it.",
)
@click.option(
    "--clients", type=click.IntRange(1, 64), default=8, show_default=True, help="Who ask at the same time."
)
@click.option("--asked", type=click.IntRange(1), default=20, show_default=True, help="Queries of each kind.")
@click.option(
    "--beside",
    type=PlaceType(),
    metavar="ADDRESS",
    help="A PostgreSQL server whose own full-text search is asked for the same texts.",
)
@json_option
def bench_archive_command(
    shared: Path,
    size: int,
    folder: ArchivePlace,
    clients: int,
    asked: int,
    beside: ArchivePlace | None,
    as_json: bool,
) -> int:
    """Build an archive of made telegrams, or complete one, and time a mixed load of searches on it."""
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    if isinstance(beside, Path):
        raise UsageError("--beside names a PostgreSQL server: postgresql://…", where=str(beside))
    with progress("Building and asking") as step:
        report = benches.bench_archive(
            folder,
            size,
            benches.paragraphs(shared),
            _held,
            clients=clients,
            asked=asked,
            beside=beside,
            progress=step,
        )
    if as_json:
        print_json(asdict(report))
    else:
        click.echo("\n".join(benches.bench_shown(report)))
    return ExitCode.OK


def _held(name: str, text: str) -> Holding:
    source = Source.of_text(text, name=name)
    captured = Capture(source=source, pages=(), accounts=(PageAccount(number=1, outcome=PageOutcome.READ),))
    return holding_of(as_it_stands(Path(name), captured, Restorer.load()), at=datetime.now(UTC))
