"""`septel import`: a colleague's corrections, from TEI, PAGE XML or a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.conflicts import contest_shown, warn_of
from septel.cli.shared.terminal import Tally, archive_option, json_option, print_json
from septel.corrections import Edition, MergedCorrections, corrections_in, merge
from septel.errors import InputError, NotHeld


@click.command(
    "import",
    epilog="""
\b
Examples:
  septel export 'HELSINKI 1321' --as corrections >sheet.csv
  septel import sheet.csv --by 'B. Colleague'
  septel import edited/*.xml --by 'B. Colleague' --dry-run
""",
)
@click.argument("files", nargs=-1, required=True)
@archive_option
@click.option("--by", required=True, help="The colleague who made the corrections.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and store nothing.")
@json_option
def import_corrections(files: Sequence[str], archive: Path, by: str, dry_run: bool, as_json: bool) -> int:
    """Merge corrected FILES into the archive: our TEI, our PAGE XML, or a sheet of corrections (CSV).

    What was changed since the export becomes a decision of the colleague. Where another person decided
    otherwise, nothing is overruled: the correction is listed by `septel conflicts` until it is settled.
    Importing a file again changes nothing.
    """
    tally = Tally()
    told: list[dict[str, object]] = []
    with Archive.open(archive, create=False) as kept:
        for name in files:
            path, foreign = Path(name), list[NotHeld]()
            editions: Sequence[Edition] = ()
            with tally.item():
                # All of a file is understood before anything of it is taken.
                editions = corrections_in(path)
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                now = datetime.now(UTC)
                if not editions and not as_json:
                    click.echo(f"{path.name}: nothing is corrected in it")
                for edition in editions:
                    try:
                        found = merge(
                            kept, edition, by=by, at=now, file=path.name, digest=digest, keep=not dry_run
                        )
                    except NotHeld as why:
                        # Of another archive; the rest of the file, and other files, may be of this one.
                        what = f"{edition.holding}: {why.what}"
                        foreign.append(NotHeld(what, where=name, remedy=why.remedy))
                        continue
                    told.append(_json(path, found))
                    if not as_json:
                        _show(path, found, dry_run=dry_run)
                    for unfit in found.unfit:
                        where = f"{path.name}, {found.holding}"
                        tally.note(InputError(unfit, where=where, remedy="The others were taken."))
                    warn_of(found.contests, found.holding)
            for fault in foreign:
                tally.note(fault)
            if foreign and len(foreign) == len(editions):
                tally.done -= 1  # nothing of it was
    if as_json:
        print_json(told)
    return tally.exit_code


def _show(path: Path, found: MergedCorrections, *, dry_run: bool) -> None:
    would = "would be taken" if dry_run else "taken"
    entries = f" (entries {found.taken[0].number} to {found.taken[-1].number})" if found.taken else ""
    click.echo(
        f"{path.name}: {found.holding}: {len(found.taken)} {would}{entries}, "
        f"{found.already} read so already, {len(found.contests)} in conflict, {len(found.unfit)} not taken"
    )
    for contest in found.contests:
        click.echo(f"  {contest_shown(contest, found.source)}")


def _json(path: Path, found: MergedCorrections) -> dict[str, object]:
    return {
        "file": str(path),
        "holding": found.holding,
        "taken": [entry.number for entry in found.taken],
        "already": found.already,
        "conflicts": [contest.to_json() for contest in found.contests],
        "unfit": list(found.unfit),
    }
