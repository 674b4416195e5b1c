"""`septel account`: who may enter the reading room from other machines."""

from __future__ import annotations

from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.terminal import archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.room.access import AccountRole, Accounts


@click.command(
    epilog="""
\b
Examples:
  septel account add 'A. Reader' --role editor    asks for a password, twice
  septel account list
  septel account remove 'A. Reader'
"""
)
@click.argument("what", type=click.Choice(["add", "remove", "list"]))
@click.argument("name", required=False)
@archive_option
@click.option(
    "--role",
    type=click.Choice([one.value for one in AccountRole]),
    default=AccountRole.READER.value,
    show_default=True,
)
@json_option
def account(what: str, name: str | None, archive: Path, role: str, as_json: bool) -> int:
    """Say who may enter the reading room from other machines, and what they may do there.

    A reader reads, searches and exports; an editor decides, notes, tags and brings files in, too. Adding an
    account again gives it another password and ends its sessions.
    """
    with Archive.open(archive, create=False) as kept:
        accounts = Accounts(kept.folder)
    if what == "list":
        rows = [{"name": one.name, "role": one.role.value} for one in accounts.all().values()]
        if as_json:
            print_json(rows)
        else:
            for row in rows:
                click.echo(f"{row['name']}  {row['role']}")
        return ExitCode.OK
    if not name:
        raise UsageError("an account has a name", remedy="`septel account add NAME`.")
    if what == "add":
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        accounts.put(name, password, AccountRole(role))
    else:
        accounts.remove(name)
    if as_json:
        print_json({"name": name, "done": what})
    else:
        click.echo(f"{name} may enter as {role}." if what == "add" else f"{name} may enter no longer.")
    return ExitCode.OK
