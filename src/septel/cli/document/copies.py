"""`septel copies`: several copies of one telegram found, or read together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from septel import capture
from septel.archive import Archive
from septel.capture import Capture, EnginePool, Limits
from septel.cli.shared.terminal import (
    Tally,
    archive_option,
    json_option,
    print_json,
    print_json_line,
    progress,
)
from septel.errors import InputError, SeveralHeld, UsageError
from septel.papers import documents
from septel.pipeline import read_together
from septel.restore import Restorer
from septel.witness import Family, apparatus_json, apparatus_lines, apparatus_tei, find_copies

FORMS = ("text", "apparatus", "tei", "json")
_DOCUMENT = re.compile(r"^Document Number:\s*(\d{4}\s?[A-Z]{3,7}\s?\d{4,6})", re.MULTILINE)
"""The number that the archive's attributes give a telegram."""


@click.command(
    epilog="""
\b
Examples:
  septel copies copy-a.pdf copy-b.pdf copy-c.pdf       the text they have in common
  septel copies --as apparatus copy-a.txt copy-b.txt   where they differ
  septel copies --find scans/                          which files are copies of each other
  septel copies --find --held --archive salt           the same of an archive's holdings
"""
)
@click.argument("files", nargs=-1, type=click.Path())
@archive_option
@click.option(
    "--held",
    is_flag=True,
    help="FILES are holdings of the archive: one stands for its copies, too; with --find, none for all.",
)
@click.option("--as", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--find", is_flag=True, help="Only find which FILES are copies of each other.")
@click.option("--as-is", is_flag=True, help="Take the texts as they stand, without restoring them.")
@json_option
def copies(
    files: Sequence[str],
    archive: Path,
    held: bool,
    form: str,
    find: bool,
    as_is: bool,
    as_json: bool,
) -> int:
    """Read copies of one telegram together: FILES are the copies, each with its own noise.

    Each word is the one that best explains what every copy shows. What one copy has excised and another
    shows is taken from that other, which the apparatus cites; nothing is made up for what all have excised.
    """
    tally = Tally()
    if not files and not held:
        raise UsageError("name files, or say --held", remedy="`septel copies --help` has examples.")
    if held and not files and not find:
        raise UsageError("name a holding, or say --find", remedy="One is read with the copies that are held.")
    found = _held(files, archive, alone=find) if held else _captured(files, tally)
    if find:
        return _print_families(found, tally, as_json)
    if len(found) < 2:
        alone = "no copy of it is held" if held else "copies need two files or more"
        raise UsageError(alone, remedy="Name each copy, or say --find.")
    _check_one(found)
    restorer = None if as_is else Restorer.load()
    labels = [one.source.name for one in found.values()]
    with progress("Reading the copies together"):
        whole, names = read_together(
            found.values(), restorer, labels=labels if len(set(labels)) == len(labels) else list(found)
        )
    if as_json or form == "json":
        text = {"text": whole.text, "marked": whole.marked}
        print_json({"copies": names, **text, "apparatus": apparatus_json(whole.apparatus)})
    elif form == "tei":
        title = whole.source.name
        click.echo(apparatus_tei(whole.source, whole.apparatus, witnesses=names, title=title), nl=False)
    elif form == "apparatus":
        source = whole.source
        lines = [source.line_at(entry.span.start) for entry in whole.apparatus]
        for number, line in zip(lines, apparatus_lines(whole.apparatus), strict=True):
            click.echo(f"{number:>4}  {line}")
    else:
        click.echo(whole.marked, nl=False)
        for words, cut, showing in whole.fillings:
            told = f"{words!r} is excised in {', '.join(cut)} and taken from {', '.join(showing)}."
            click.echo(f"septel: {told}", err=True)
    return tally.exit_code


def _check_one(found: Mapping[str, Capture]) -> None:
    """See that the files are of one telegram, as far as their archive's own attributes tell.

    Raises:
        UsageError: they are of several.
    """
    numbers = {name: _DOCUMENT.search(one.source.text) for name, one in found.items()}
    told = {"".join(match[1].split()): name for name, match in numbers.items() if match}
    if len(told) > 1:
        (one, first), (other, second), *_ = told.items()
        raise UsageError(
            f"{first} and {second} are two telegrams by their attributes, {one} and {other}",
            remedy="Name copies of one: see `septel copies --find`. `septel collate` compares any two.",
        )


def _check(path: Path) -> None:
    if not path.exists():
        raise InputError(
            "there is no such file",
            where=str(path),
            remedy="FILES are files; for holdings of an archive add --held.",
        )


def _captured(files: Sequence[str], tally: Tally) -> dict[str, Capture]:
    found: dict[str, Capture] = {}
    with EnginePool(Limits()) as pool:
        for argument in map(Path, files):
            if not argument.exists():
                with tally.item():
                    _check(argument)
                continue
            with tally.folder():
                for path in documents(argument):
                    with tally.item(), progress(f"Reading {path.name}") as step:
                        found[str(path)] = capture.read(path, pool=pool, progress=step)
    return found


def _held(names: Sequence[str], archive: Path, *, alone: bool) -> dict[str, Capture]:
    """The holdings of some names; a single one with its copies, unless they are `alone` to be compared."""
    with Archive.open(archive, create=False) as kept:
        ids = [one for name in names for one in _meant(kept, name)]
        if not names:
            ids = kept.contents.ids()
        elif len(ids) == 1 and not alone:
            ids += [other for other, _ in kept.contents.copies(ids[0])]
        holdings = [kept.holding(one) for one in dict.fromkeys(ids)]
    return {f"{one.title} ({one.id})": one.capture for one in holdings}


def _meant(kept: Archive, name: str) -> Sequence[str]:
    """The holding of a name, or the copies of one message that it names.

    Raises:
        NotHeld: none fits, or several that are no copies do.
    """
    try:
        return [kept.resolve(name)]
    except SeveralHeld as several:
        first, *others = several.holdings
        if {one for one, _ in kept.contents.copies(first)}.issuperset(others):
            return several.holdings
        raise


def _same_number(families: Sequence[Family], found: Mapping[str, Capture]) -> Iterator[Family]:
    """The families without those that the archive's own attributes tell to be other telegrams."""
    for family in families:
        groups: dict[str, list[str]] = {}
        for name in family.members:
            match = _DOCUMENT.search(found[name].source.text)
            groups.setdefault("".join(match[1].split()) if match else "", []).append(name)
        unknown = groups.pop("", [])
        if len(groups) < 2:
            yield family
            continue
        for members in groups.values():
            if len(members) > 1:
                yield replace(family, members=tuple(members))
        if len(unknown) > 1:
            yield replace(family, members=tuple(unknown))


def _print_families(found: dict[str, Capture], tally: Tally, as_json: bool) -> int:
    with progress("Comparing") as step:
        families = find_copies(list(found), lambda name: found[name].source.text, progress=step)
    families = tuple(_same_number(families, found))
    for family in families:
        if as_json:
            print_json_line({"copies": list(family.members), "alike": round(family.alike, 3)})
        else:
            click.echo(
                f"{len(family.members)} copies ({family.alike:.0%} of telling words in order at least):"
            )
            for name in family.members:
                click.echo(f"  {name}")
    if not families and not as_json:
        click.echo(f"No copies among {len(found)} files.")
    return tally.exit_code
