"""`septel collate`: two texts of one statement compared word by word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from septel import capture
from septel.archive import Archive
from septel.cli.shared.terminal import archive_option, console, json_option, print_json
from septel.errors import ExitCode, InputError, UsageError
from septel.pipeline import restore_source
from septel.record import Checked, check_words
from septel.restore import Restorer
from septel.text import ReadText, Source
from septel.witness import apparatus_tei, collation_json, collation_lines, collation_text
from septel.witness import collate as collated

FORMS = ("text", "apparatus", "tei", "json")


@click.command(
    epilog="""
\b
Examples:
  septel collate authorised.txt delivered.txt            the first text, differences marked
  septel collate --as apparatus authorised.txt delivered.txt
  septel collate --as tei authorised.txt delivered.txt >statement.xml
  septel collate --held 'HELSINKI 1321' 'TOSALT 5'        two holdings of an archive, as read
  septel collate --claim 'EXCEPT FOR THE DELETION OF THE WORD "EXISTING"' authorised.txt delivered.txt
"""
)
@click.argument("first", type=click.Path())
@click.argument("second", type=click.Path())
@archive_option
@click.option("--held", is_flag=True, help="FIRST and SECOND are holdings of the archive, by number or id.")
@click.option("--as", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--exact", is_flag=True, help="Case and punctuation count as well.")
@click.option("--claim", help="What the drafter says of them; it is checked: `THE SAME EXCEPT FOR …`.")
@click.option("--restored", "restoring", is_flag=True, help="Restore both texts first.")
@json_option
def collate(
    first: str,
    second: str,
    archive: Path,
    held: bool,
    form: str,
    exact: bool,
    claim: str | None,
    restoring: bool,
    as_json: bool,
) -> int:
    """Compare two texts of one statement word by word: FIRST as authorised, SECOND as delivered.

    In the text, [-…-] is left out in SECOND, {+…+} is added there, [~n …~] was moved to {~n …~}.
    """
    if held and restoring:
        raise UsageError("holdings are compared as they are read", remedy="Leave out --restored, or --held.")
    sources = _held(archive, first, second) if held else [_file(name) for name in (first, second)]
    if restoring:
        restorer = Restorer.load()
        sources = [
            ReadText.of_reading(restore_source(source, restorer).reading, name=source.name)
            for source in sources
        ]
    if sources[0].name == sources[1].name:
        sources = [replace(source, name=name) for source, name in zip(sources, (first, second), strict=True)]
    found = collated(*sources, exact=exact)
    verdict = check_words(claim, found) if claim else None
    if as_json or form == "json":
        checked_claim = {"claim": claim_json(verdict)} if verdict else {}
        print_json(collation_json(found) | checked_claim)
        return ExitCode.OK
    if form == "tei":
        names = [found.first.name, found.second.name]
        title = f"{names[0]} and {names[1]}"
        click.echo(apparatus_tei(found.first, found.entries, witnesses=names, title=title), nl=False)
        return ExitCode.OK
    screen = console()
    if form == "text":
        click.echo(collation_text(found), nl=False)
    else:
        for line in collation_lines(found):
            screen.print(line)
    if verdict:
        for line in claim_lines(verdict):
            click.echo(line, err=True)
    ones, others = found.words
    told = "the same" if found.same else f"{len(found.changes)} differences"
    click.echo(f"septel: {told}; {found.alike} words alike of {ones} and {others}.", err=True)
    return ExitCode.OK


def _file(name: str) -> Source:
    path = Path(name)
    if not path.exists():
        raise InputError(
            "there is no such file",
            where=name,
            remedy="FIRST and SECOND are files; for holdings of an archive add --held.",
        )
    return capture.read(path).source


def _held(archive: Path, *names: str) -> list[Source]:
    """The texts of holdings as they are read now."""
    with Archive.open(archive, create=False) as kept:
        ids = [kept.resolve(name) for name in names]
        readings = [kept.reading(one) for one in ids]
    return [ReadText.of_reading(reading, name=title) for title, reading in readings]


def claim_lines(verdict: Checked) -> list[str]:
    """What became of a claim, in words."""
    lines = [f"septel: the claim is {verdict.claim.check.value}."]
    lines += [f"septel: borne out: {one}" for one in verdict.found]
    lines += [f"septel: claimed but not found: {one}" for one in verdict.lacking]
    return lines + [f"septel: found but not claimed: {one}" for one in verdict.unclaimed]


def claim_json(verdict: Checked) -> dict[str, object]:
    """The same for other programs."""
    return {
        "check": verdict.claim.check.value,
        "found": list(verdict.found),
        "lacking": list(verdict.lacking),
        "unclaimed": list(verdict.unclaimed),
    }
