"""`septel conflicts` and `septel settle`: decisions of persons that do not simply stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.conflicts import contest_shown, dispute_shown
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.text import Span


@click.command(
    epilog="""
\b
Examples:
  septel conflicts                    in the whole archive
  septel conflicts 'HELSINKI 1321'    in one telegram
  septel conflicts --all --json       those that were settled as well
"""
)
@click.argument("holding", required=False)
@archive_option
@click.option("--all", "everything", is_flag=True, help="Also those that were settled.")
@json_option
def conflicts(holding: str | None, archive: Path, everything: bool, as_json: bool) -> int:
    """List the decisions of persons that do not simply stand, in HOLDING or everywhere.

    A decision is missing or ambiguous when its place is not found, or found twice, in a newer capture;
    contradicted when the newer capture has something else there that can be read; disputed when another
    person decided otherwise, or corrected a field of the heading otherwise. Each is settled by its number
    with `septel settle`; a dispute ends as well when one of the two is undone or both decide alike. A field's
    dispute has no number: one of the two corrections is undone.
    """
    with Archive.open(archive, create=False) as kept:
        one = kept.resolve(holding) if holding else None
        found = kept.contests(one, settled=everything)
        fields = kept.curation.disputes(one)
        if as_json:
            print_json([*(contest.to_json() for contest in found), *(field.to_json() for field in fields)])
            return ExitCode.OK
        last = ""
        for contest in found:
            source = kept.source(contest.holding)
            if contest.holding != last:
                click.echo(f"{contest.holding}  {source.name}")
            last = contest.holding
            click.echo(f"  {contest_shown(contest, source)}")
        for field in fields:
            click.echo(f"{field.holding}  {kept.source(field.holding).name}\n  - {dispute_shown(field)}")
    if not found and not fields:
        click.echo("Every decision stands.")
    return ExitCode.OK


@click.command(
    epilog="""
\b
Examples:
  septel settle 'HELSINKI 1321' 2 --keep             it stands where it seems to belong
  septel settle 'HELSINKI 1321' 2 --at 29:SEMEMOV    it stands in a place that you name
  septel settle 'HELSINKI 1321' 2 --drop --why 'the new scan is clear'
"""
)
@click.argument("holding")
@click.argument("conflict", type=int)
@archive_option
@click.option("--keep", is_flag=True, help="The decision stands at the place that `septel conflicts` names.")
@click.option("--at", "at_place", help="The decision stands at this place (as for `septel decide`).")
@click.option("--drop", is_flag=True, help="The decision is set aside; it stays on the list of --all.")
@by_option("settles it")
@click.option("--why", default="", help="The reason, for those who come after.")
@json_option
def settle(
    holding: str,
    conflict: int,
    archive: Path,
    keep: bool,
    at_place: str | None,
    drop: bool,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Settle CONFLICT of HOLDING, by the number that `septel conflicts` gives.

    Of two who read a place otherwise, --keep has the decision stand that CONFLICT names, --drop the other.
    Nothing is lost: settling again replaces what was settled.
    """
    # Here, since deciding warns of conflicts as well.
    from septel.cli.shared.places import span_of

    if keep + drop + bool(at_place) != 1:
        raise UsageError("say one of --keep, --at and --drop", remedy="`septel settle --help` has examples.")
    with Archive.open(archive, create=False) as kept:
        holding_id = kept.resolve(holding)
        place: Span | None = None
        if at_place:
            place = span_of(kept.source(holding_id), at_place)
        elif keep:
            listed = kept.contests(holding_id, settled=True)
            place = next((contest.place for contest in listed if contest.number == conflict), None)
        settlement = kept.settle(holding_id, conflict, by=by, at=datetime.now(UTC), why=why, place=place)
    if as_json:
        print_json({"holding": holding_id, "conflict": conflict, "entry": settlement.entry})
    elif settlement.entry:
        click.echo(f"The decision stands in {holding_id} as entry {settlement.entry}.")
    else:
        click.echo(f"The decision is set aside in {holding_id}; `septel conflicts --all` still lists it.")
    return ExitCode.OK
