"""The rules of handling, the readers with their roles, and what a reader is given of the whole archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.editions import Editions
from septel.archive.handling import shipped_text
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, InputError, UsageError


@click.command("list", epilog="Example: septel handling list --as public")
@click.option("--as", "reader", default="public", show_default=True, help="A reader, or a role.")
@archive_option
@json_option
def list_(reader: str, archive: Path, as_json: bool) -> int:
    """List every holding with what a reader may see of it and why; for whoever has the archive."""
    with Archive.open(archive, create=False) as kept:
        role, rules = kept.handling.role_of(reader), kept.handling.rules()
        rows = [
            (one.id, str(one.fields["title"]), kept.handling.ruling(one.id, role, rules=rules))
            for one in kept.listed()
        ]
    if as_json:
        print_json(
            [
                {
                    "holding": one,
                    "title": title,
                    "outcome": ruling.outcome,
                    "rule": ruling.whole.rule,
                    "reason": ruling.whole.reason,
                }
                for one, title, ruling in rows
            ]
        )
        return ExitCode.OK
    for one, title, ruling in rows:
        click.echo(f"{one}  {ruling.outcome:8}  {title}  ({ruling.whole.reason})")
    counts = Counter(ruling.outcome for _, _, ruling in rows)
    click.echo("; ".join(f"{counts[name]} {name}" for name in ("whole", "in part", "withheld")), err=True)
    return ExitCode.OK


@click.command(
    "rules",
    epilog="""
\b
Examples:
  septel handling rules >rules.toml
  septel handling rules --set rules.toml --why 'thirty years rule'
  septel handling rules --shipped          those that a new archive has
""",
)
@archive_option
@click.option(
    "--set",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Put the rules of this file in place.",
)
@click.option(
    "--shipped", is_flag=True, help="The rules that are shipped; with --set nothing else is needed."
)
@by_option("says so")
@click.option("--why", default="", help="The reason, for those who come after.")
@json_option
def rules(archive: Path, file: Path | None, shipped: bool, by: str, why: str, as_json: bool) -> int:
    """Print the rules of handling, or put others in their place; every change is kept and in the audit trail.

    The text says itself what its words mean. It is checked as a whole before it counts.
    """
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        if file is None:
            text = shipped_text() if shipped else kept.handling.rules_text()
        else:
            if shipped:
                raise UsageError("--set and --shipped exclude each other", remedy="Choose one.")
            text = _read(file)
            number = kept.handling.put_rules(text, by=by, why=why)
            editions.renew()
    if file is None:
        if as_json:
            print_json({"rules": text})
        else:
            click.echo(text, nl=False)
    elif as_json:
        print_json({"number": number})
    else:
        click.echo(f"Rules {number} stand from now on.")
    return ExitCode.OK


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise InputError(
            f"the rules can't be read ({why})", where=str(file), remedy="Name a text file in UTF-8."
        ) from why


@click.command(
    "reader",
    epilog="""
\b
Examples:
  septel handling reader                          readers and roles
  septel handling reader 'A. Scholar' public      an account of the reading room that sees what everybody may
  septel handling reader 'A. Scholar' --remove
""",
)
@click.argument("name", required=False)
@click.argument("role", required=False)
@archive_option
@click.option("--remove", is_flag=True, help="Take the role away.")
@by_option("says so")
@json_option
def reader_(name: str | None, role: str | None, archive: Path, remove: bool, by: str, as_json: bool) -> int:
    """Give the reader NAME a ROLE; without one, list readers and roles.

    A reader is an account of the reading room (`septel account`). One without a role of its own is `staff`
    where it may change things, and `reader` where it only reads.
    """
    with Archive.open(archive, create=False) as kept:
        if name is not None:
            if remove == (role is not None):
                raise UsageError("give the reader a role, or say --remove", remedy="As in the examples.")
            kept.handling.put_reader(name, role, by=by)
        readers, roles = kept.handling.readers(), kept.handling.rules().roles
    if as_json:
        print_json({"readers": readers, "roles": {one.name: one.what for one in roles.values()}})
        return ExitCode.OK
    if name is not None:
        click.echo(f"{name} is {role}." if role else f"{name} has no role of their own.")
        return ExitCode.OK
    for reader, its in readers.items():
        click.echo(f"{reader}  {its}")
    for one in roles.values():
        click.echo(f"role {one.name}: {one.what}")
    return ExitCode.OK
