"""`septel audit`: who saw, exported, decided and changed rules; whether the trail is as it was written."""

from __future__ import annotations

import re
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.audit import AuditEntry, AuditHead
from septel.cli.shared.terminal import SubverbGroup, archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError


@click.group(
    cls=SubverbGroup,
    invoke_without_command=True,
    epilog="""
\b
Examples:
  septel audit list
  septel audit list 'LA PAZ 158'
  septel audit verify
  septel audit verify --noted 17:3f2a…        a head that was written down elsewhere
""",
)
@click.pass_context
def audit(context: click.Context) -> int:
    """List the audit trail, or check that no entry was removed, changed or moved; by itself it lists."""
    if context.invoked_subcommand is not None:
        return ExitCode.OK
    return int(list_.main([], prog_name="septel audit list", standalone_mode=False) or 0)


@audit.command("list", epilog="Example: septel audit list --most 20")
@click.argument("holding", required=False)
@archive_option
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="So many entries.")
@json_option
def list_(holding: str | None, archive: Path, most: int, as_json: bool) -> int:
    """Print the entries, the newest first; of HOLDING alone where one is named.

    Pages that readers with an account saw, every export, every decision and act of a person, every statement
    of handling, every change of rules and readers. What the owner looks at on this machine is not entered.
    """
    with Archive.open(archive, create=False) as kept:
        found = kept.audit.entries(holding=kept.resolve(holding) if holding else None, most=most)
    if as_json:
        print_json([one.to_json() for one in found])
    else:
        for one in found:
            click.echo(entry_line(one))
    return ExitCode.OK


def entry_line(one: AuditEntry) -> str:
    """An entry on one line."""
    head = f"{one.number:>5}  {one.at:%Y-%m-%d %H:%M}  {one.by}  {one.what}"
    return f"{head}  {one.holding or ''}  {one.told}".rstrip()


@audit.command("verify", epilog="Example: septel audit verify --noted 17:3f2a…")
@archive_option
@click.option("--noted", help="A head that an earlier `septel audit verify` printed.")
@json_option
def verify(archive: Path, noted: str | None, as_json: bool) -> int:
    """Check the whole trail, and print its head to be noted elsewhere.

    A removed, changed or moved entry is found by the chain alone; that somebody wrote the whole trail
    again, only by a head that was noted before.
    """
    known = _head(noted) if noted else None
    with Archive.open(archive, create=False) as kept:
        flaws, head = kept.audit.flaws(known), kept.audit.head()
    if as_json:
        print_json({"head": str(head), "entries": head.number, "flaws": flaws})
    else:
        for one in flaws:
            click.echo(f"septel: {one}", err=True)
        if not flaws:
            click.echo(f"{head.number} entries, as they were written. Head: {head}")
    return ExitCode.STORE if flaws else ExitCode.OK


def _head(text: str) -> AuditHead:
    found = re.fullmatch(r"(\d{1,9}):([0-9a-f]{64})", text.strip())
    if found is None:
        raise UsageError(f"{text!r} is no head", remedy="Give what `septel audit verify` printed.")
    return AuditHead(int(found[1]), found[2])
