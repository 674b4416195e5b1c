"""`septel renew`: what is held, read again with today's models and in the light of what persons decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.conflicts import warn_of
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import Tally, archive_option, json_option, print_json_line, progress
from septel.cli.shared.thresholds import chosen
from septel.errors import UsageError
from septel.pipeline import holding_of, process_capture
from septel.restore import Restorer


@click.command(
    epilog="""
\b
Examples:
  septel renew 'HELSINKI 1321'    after deciding about it: its noise and words are known better now
  septel renew --all              after an update of Septel
"""
)
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@click.option("--all", "everything", is_flag=True, help="Every holding.")
@click.option("--sure", type=click.FloatRange(0, 1), help="From which probability a word counts as sure.")
@click.option("--floor", type=click.FloatRange(0, 1), help="Below which probability a word is unreadable.")
@json_option
def renew(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    everything: bool,
    sure: float | None,
    floor: float | None,
    as_json: bool,
) -> int:
    """Restore and parse HOLDINGS again from the text that is held; no page is read again.

    Decisions stand, and teach: their characters show the document's noise, and words that persons set,
    here or elsewhere in the archive, count as known. What models proposed before and do not propose now no
    longer counts; it stays in the edit log.
    """
    if not (holdings or where or everything):
        raise UsageError("name holdings, or say --all", remedy="`septel list` shows them.")
    restorer, settings, tally = Restorer.load(), chosen(sure, floor), Tally()
    with Archive.open(archive, create=False) as kept:
        names = list(holdings) or selected(kept, (), where, everything=everything)
        for name in names:
            with tally.item(), progress(f"Renewing {name}") as step:
                held = kept.holding(kept.resolve(name))
                found = process_capture(
                    Path(held.source.name),
                    held.capture,
                    restorer,
                    settings=settings,
                    archive=kept,
                    paper=held.telegram.get("paper"),  # type: ignore[arg-type]
                    progress=step,
                )
                kept.add(holding_of(found, at=datetime.now(UTC)), legible=restorer.legible)
                before, after = len(held.log.entries), len(kept.log(held.id).entries)
                if as_json:
                    print_json_line({"holding": held.id, "entries": after - before})
                else:
                    click.echo(f"{held.id}  {held.title}: {after - before} new entries in the edit log")
                warn_of(kept.contests(held.id), held.id)
    return tally.exit_code
