"""`septel correct`: a person says what a heading field is, and where the paper is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.search import CORRECTABLE
from septel.cli.archive.queue import queue
from septel.cli.shared.checks import proposals_of
from septel.cli.shared.terminal import archive_option, by_option, in_a_line, json_option, print_json
from septel.errors import ExitCode, UsageError

PROPOSED = "proposed"
"""The value that accepts a proposed date."""
_NAMES = {"date": "dtg", "number": "identifier", "class": "classification", "call_number": "call"}


@click.command(
    epilog="""
\b
Examples:
  septel correct 'LA PAZ 158' date=1974-01-09 --by 'A. Reader' --why 'page 2 has it'
  septel correct 'HELSINKI 1321' date=proposed    the date that `septel list` proposes
  septel correct 1a2b3c subject='TIN AGREEMENT' title='Tin, first round'
  septel correct 1a2b3c box=12 folder=3 collection='RG 59, Subject-Numeric File'
  septel correct                          walks the words in doubt, the weightiest first
  septel correct 1a2b3c                   what stands corrected, beside what was read
  septel correct 1a2b3c --undo 17         act 17 no longer counts
"""
)
@click.argument("holding", required=False)
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@archive_option
@click.option("--undo", type=int, help="Make an act of this number no longer count.")
@by_option("says so")
@click.option("--why", default="", help="The reason, for those who come after.")
@json_option
@click.pass_context
def correct(
    context: click.Context,
    holding: str | None,
    values: Sequence[str],
    archive: Path,
    undo: int | None,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Say what heading fields of HOLDING are, whatever was read; an empty VALUE says that there is none.

    Fields: title, date, number, post, subject, classification; and where the paper is kept: repository,
    collection, box, folder, call. What was read stays beside it; nothing is lost, and each act can be undone.
    `date=proposed` accepts the one date that is proposed for a paper without a year.

    Without HOLDING, the words in doubt are walked, as by `septel queue`.
    """
    if holding is None:
        if undo is not None:
            raise UsageError("no holding is named", remedy="Name the one whose act is to be undone.")
        return int(context.invoke(queue, archive=archive, by=by, as_json=as_json) or 0)
    pairs = [_pair(value) for value in values]
    with Archive.open(archive, create=False) as kept:
        found = kept.resolve(holding)
        if undo is not None:
            kept.curation.undo(undo, by=by)
        for field, value in pairs:
            reason = why
            if field == "dtg" and value == PROPOSED:
                value, reasons = _proposed(kept, found)
                reason = why or f"proposed: {reasons}"
            kept.curation.correct(found, field, value or None, by=by, why=reason)
        held = kept.holding(found)
        corrected, listed = held.corrected, held.title
    if as_json:
        rows = [
            {"field": c.field, "value": c.value, "read": c.machine, "by": c.by, "why": c.why, "act": c.act}
            for c in corrected
        ]
        print_json({"holding": found, "corrected": rows})
        return ExitCode.OK
    for c in corrected:
        was = f"read as {in_a_line(c.machine)!r}" if c.machine else "not read"
        value = c.value or (f"none; it is listed as {listed}" if c.field == "title" else "none")
        reason = f": {c.why}" if c.why else ""
        click.echo(f"{c.act:4}  {c.field} = {in_a_line(value)}  ({was}; by {c.by}{reason})")
    if not corrected:
        click.echo("Nothing is corrected.")
    return ExitCode.OK


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    field = _NAMES.get(name.strip().lower(), name.strip().lower())
    if not equals or field not in CORRECTABLE:
        raise UsageError(
            f"{text!r} is no FIELD=VALUE", remedy=f"Fields are {', '.join((*_NAMES, *CORRECTABLE))}."
        )
    return field, value.strip()


def _proposed(kept: Archive, holding: str) -> tuple[str, str]:
    """The one date that is proposed for a holding, and its reasons in words.

    Raises:
        UsageError: none is proposed, or several are.
    """
    proposals = proposals_of(kept.holding(holding), kept)
    if len(proposals) == 1:
        return proposals[0].date, "; ".join(proposals[0].reasons)
    if not proposals:
        raise UsageError("no date is proposed for it", remedy="Give the date: date=1969-11-18.")
    dates = ", ".join(one.date for one in proposals)
    raise UsageError(f"several dates are proposed: {dates}", remedy=f"Choose one: date={proposals[0].date}.")
