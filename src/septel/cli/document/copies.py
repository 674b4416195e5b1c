"""`septel copies` and `septel collate`: several copies read together, two texts compared word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from septel import capture
from septel.archive import Archive
from septel.capture import Capture
from septel.cli.shared.terminal import (
    Tally,
    archive_option,
    console,
    json_option,
    print_json,
    print_json_line,
    progress,
)
from septel.errors import ExitCode, UsageError
from septel.papers import documents
from septel.pipeline import restore_source
from septel.record import Checked, check_words
from septel.restore import CopyPosteriors, EnginePosteriors, Restorer, sure_of
from septel.text import Source
from septel.witness import (
    Copy,
    apparatus_json,
    apparatus_lines,
    apparatus_tei,
    collation_json,
    collation_lines,
    collation_text,
    consensus,
    find_copies,
)
from septel.witness import collate as collated

FORMS = ("text", "apparatus", "tei", "json")


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
@click.option("--held", is_flag=True, help="FILES are holdings of the archive; without any, all of them.")
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
    found = _held(files, archive) if held else _captured(files, tally)
    if find:
        return _print_families(found, tally, as_json)
    if len(found) < 2:
        raise UsageError("copies need two files or more", remedy="Name each copy, or say --find.")
    restorer = None if as_is else Restorer.load()
    names = [one.source.name for one in found.values()]
    labels = names if len(set(names)) == len(names) else list(found)
    seen = [(one, restorer.sight(one) if restorer else None) for one in found.values()]
    together = CopyPosteriors(seen)
    made = [
        Copy(
            source=one.source,
            sure=sure_of(one, sight),
            # What engines saw of every copy tells more than each copy restored by itself.
            read=None if together.whole else _read(one.source, restorer, sight),
            label=label,
        )
        for (one, sight), label in zip(seen, labels, strict=True)
    ]
    with progress("Reading the copies together"):
        whole = consensus(
            made,
            read=partial(_read_over, together, restorer) if restorer else None,
            known=restorer.vocabulary.words.__contains__ if restorer else None,
            seen=together.whole,
        )
    names = [copy.name for copy in made]
    if as_json or form == "json":
        print_json({"copies": names, "text": whole.text, "apparatus": apparatus_json(whole.apparatus)})
    elif form == "tei":
        title = whole.source.name
        click.echo(apparatus_tei(whole.text, whole.apparatus, witnesses=names, title=title), nl=False)
    elif form == "apparatus":
        source = whole.source
        lines = [source.line_at(entry.span.start) for entry in whole.apparatus]
        for number, line in zip(lines, apparatus_lines(whole.apparatus), strict=True):
            click.echo(f"{number:>4}  {line}")
    else:
        click.echo(whole.text, nl=False)
        for words, cut, showing in whole.fillings:
            told = f"{words!r} is excised in {', '.join(cut)} and taken from {', '.join(showing)}."
            click.echo(f"septel: {told}", err=True)
    return tally.exit_code


def _captured(files: Sequence[str], tally: Tally) -> dict[str, Capture]:
    found: dict[str, Capture] = {}
    for argument in map(Path, files):
        with tally.folder():
            for path in documents(argument):
                with tally.item(), progress(f"Reading {path.name}") as step:
                    found[str(path)] = capture.read(path, progress=step)
    return found


def _held(names: Sequence[str], archive: Path) -> dict[str, Capture]:
    with Archive.open(archive, create=False) as kept:
        ids = [kept.resolve(name) for name in names] or [str(row["id"]) for row in kept.holdings()]
        holdings = [kept.holding(one) for one in ids]
    return {f"{one.title} ({one.id})": one.capture for one in holdings}


def _read_over(together: CopyPosteriors, restorer: Restorer, text: str) -> str:
    """A text that copies have in common, restored with what engines saw of each."""
    source, sight = together.over(text)
    return _read(source, restorer, sight)


def _read(source: Source, restorer: Restorer | None, sight: EnginePosteriors | None = None) -> str:
    """A source's text, restored if there is a restorer."""
    if restorer is None:
        return source.text
    return "".join(f"{line}\n" for line in restore_source(source, restorer, sight=sight).lines)


def _print_families(found: dict[str, Capture], tally: Tally, as_json: bool) -> int:
    with progress("Comparing") as step:
        families = find_copies(list(found), lambda name: found[name].source.text, progress=step)
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


@click.command(
    epilog="""
\b
Examples:
  septel collate authorised.txt delivered.txt            the first text, differences marked
  septel collate --as apparatus authorised.txt delivered.txt
  septel collate --as tei authorised.txt delivered.txt >statement.xml
  septel collate --claim 'EXCEPT FOR THE DELETION OF THE WORD "EXISTING"' authorised.txt delivered.txt
"""
)
@click.argument("first", type=click.Path())
@click.argument("second", type=click.Path())
@click.option("--as", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--exact", is_flag=True, help="Case and punctuation count as well.")
@click.option("--claim", help="What the drafter says of them; it is checked: `THE SAME EXCEPT FOR …`.")
@click.option("--restored", "restoring", is_flag=True, help="Restore both texts first.")
@json_option
def collate(
    first: str,
    second: str,
    form: str,
    exact: bool,
    claim: str | None,
    restoring: bool,
    as_json: bool,
) -> int:
    """Compare two texts of one statement word by word: FIRST as authorised, SECOND as delivered.

    In the text, [-…-] is left out in SECOND, {+…+} is added there, [~n …~] was moved to {~n …~}.
    """
    sources = [capture.read(Path(name)).source for name in (first, second)]
    if restoring:
        restorer = Restorer.load()
        sources = [Source.of_text(_read(source, restorer), name=source.name) for source in sources]
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
        click.echo(apparatus_tei(found.first.text, found.entries, witnesses=names, title=title), nl=False)
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
