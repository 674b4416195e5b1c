"""`septel account`: who may enter the reading room from other machines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.terminal import archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.room.access import AccountRole, Accounts, Tokens, TokenScope


@click.command(
    epilog="""
\b
Examples:
  septel account add 'A. Reader' --role editor    asks for a password, twice
  septel account list
  septel account remove 'A. Reader'
  septel account token 'A. Reader' --scope write --label notebook    prints it once
  septel account tokens                           which there are
  septel account revoke 1a2b3c4d                  by its id
"""
)
@click.argument("what", type=click.Choice(["add", "remove", "list", "token", "tokens", "revoke"]))
@click.argument("name", required=False)
@archive_option
@click.option(
    "--role",
    type=click.Choice([one.value for one in AccountRole]),
    default=AccountRole.READER.value,
    show_default=True,
)
@click.option(
    "--scope",
    type=click.Choice([one.value for one in TokenScope]),
    default=TokenScope.READ.value,
    show_default=True,
    help="What a token may be used for.",
)
@click.option("--label", default="", help="What a token is for, in your words.")
@json_option
def account(
    what: str, name: str | None, archive: Path, role: str, scope: str, label: str, as_json: bool
) -> int:
    """Say who may enter the reading room from other machines, and what they may do there.

    Tokens let other programs ask the room in somebody's name; `revoke` takes a token's id in place of NAME.

    A reader reads, searches and exports; an editor decides, notes, tags and brings files in, too. Adding an
    account again asks first, then gives it another password and role and ends its sessions. A password may
    come in a line of standard input.
    """
    with Archive.open(archive, create=False) as kept:
        accounts, tokens = Accounts(kept.folder), Tokens(kept.folder)
    if what in ("token", "tokens", "revoke"):
        return _token(tokens, what, name, TokenScope(scope), label, as_json=as_json)
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
        there = accounts.all().get(name)
        if there is not None:
            click.echo(f"{name} may enter already, as {there.role.value}.", err=True)
            if sys.stdin.isatty():
                click.confirm("Give another password and role?", abort=True, err=True)
        accounts.put(name, _password(), AccountRole(role))
    else:
        accounts.remove(name)
    if as_json:
        print_json({"name": name, "done": what})
    else:
        told = f"{name} may enter as {role}" + (
            ", with another password." if what == "add" and there else "."
        )
        click.echo(told if what == "add" else f"{name} may enter no longer.")
    return ExitCode.OK


def _password() -> str:
    """A password, typed twice, or the line that a pipe holds.

    Raises:
        UsageError: the pipe holds none.
    """
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageError("no password was given", remedy="Type it, or send it in a line of standard input.")
    return line


def _token(
    tokens: Tokens, what: str, name: str | None, scope: TokenScope, label: str, *, as_json: bool
) -> int:
    """Make, list or revoke tokens."""
    if what == "tokens":
        rows = [
            {"id": one.id, "name": one.name, "scope": one.scope.value, "label": one.label, "made": one.made}
            for one in tokens.all(name)
        ]
        if as_json:
            print_json(rows)
        for row in () if as_json else rows:
            click.echo(
                f"{row['id']}  {row['scope']:<5}  {row['name']}  {row['made'][:10]}  {row['label']}".rstrip()
            )
        return ExitCode.OK
    if not name:
        remedy = "`septel account token NAME`." if what == "token" else "`septel account tokens` has them."
        raise UsageError(f"say whose {what}" if what == "token" else "say which token", remedy=remedy)
    if what == "revoke":
        tokens.revoke(name)
        if as_json:
            print_json({"id": name, "done": what})
        else:
            click.echo(f"The token {name} counts no longer.")
        return ExitCode.OK
    made, secret = tokens.make(name, label, scope)
    if as_json:
        print_json({"id": made.id, "name": made.name, "scope": made.scope.value, "token": secret})
    else:
        click.echo(secret)
        click.echo("septel: keep it now; it is not shown again.", err=True)
    return ExitCode.OK
