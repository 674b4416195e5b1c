"""The verbs by which persons review a record: `septel record review`, `add`, `judge`, `undo`, `agreement`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from septel.archive import Archive, DossierDocument, document_of
from septel.archive.model import shown_field
from septel.cli.shared.places import span_of
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.record import IssueVocabulary
from septel.record.review import (
    ObjectKind,
    Opinion,
    ReviewEntry,
    ReviewerAgreement,
    ReviewItem,
    Verdict,
    agreement,
    checked,
    said_of,
)
from septel.text import Locus, check_typed

ClickCommand = Callable[..., Any]


def person_options(command: ClickCommand) -> ClickCommand:
    """Who says it, and why."""
    command = click.option("--why", default="", help="The reason, for those who come after.")(command)
    return by_option("says so")(command)


def field_option(command: ClickCommand) -> ClickCommand:
    """What a person says of an object, field by field."""
    return click.option(
        "--set",
        "fields",
        multiple=True,
        metavar="FIELD=VALUE",
        help="A field as you hold it, as often as needed; lists are divided by semicolons.",
    )(command)


def vocabulary_option(command: ClickCommand) -> ClickCommand:
    """A vocabulary of one's own."""
    return click.option(
        "--vocabulary",
        type=click.Path(dir_okay=False, path_type=Path),
        help="A table of issues of your own, beside the shipped one.",
    )(command)


def issues_of(path: Path | None) -> IssueVocabulary:
    """The shipped vocabulary, and one's own before it."""
    return IssueVocabulary.read(path) + IssueVocabulary.shipped() if path else IssueVocabulary.shipped()


def fields_of(values: Sequence[str]) -> dict[str, str]:
    """What `--set` said.

    Raises:
        UsageError: a value has no name.
    """
    said: dict[str, str] = {}
    for value in values:
        name, sign, content = value.partition("=")
        if not sign:
            raise UsageError(f"{value!r} names no field", remedy="Write --set side=Soviet.")
        said[name.strip()] = content.strip()
    return said


def locus_of(text: str) -> Locus:
    """The locus that a person typed.

    Raises:
        UsageError: it is none.
    """
    try:
        return Locus.parse(text)
    except ValueError as why:
        raise UsageError(
            f"{text!r} is no place of a source", remedy="Give the id that `septel record statements` prints."
        ) from why


def held(kept: Archive, holding: str, vocabulary: IssueVocabulary | None = None) -> DossierDocument:
    """A holding's record as it stands."""
    found = kept.holding(kept.resolve(holding))
    return document_of(
        found.reading, title=shown_field(found, "title"), log=kept.reviews(found.id), vocabulary=vocabulary
    )


def item_at(document: DossierDocument, locus: Locus, kind: str | None = None) -> ReviewItem:
    """The object that a person means; of several in one place, the statement unless a kind is named.

    Raises:
        UsageError: nothing in the record stands at this place.
    """
    there = [
        item
        for item in document.reviewed.items
        if item.excerpt.locus == locus and kind in (None, item.kind.value)
    ]
    if there:
        return min(there, key=lambda item: item.kind is not ObjectKind.STATEMENT)
    raise UsageError(
        f"nothing in the record stands at {locus}",
        where=document.title,
        remedy="`septel record statements` prints the ids; `septel record add` adds what no rule found.",
    )


def keep(kept: Archive, document: DossierDocument, opinion: Opinion, by: str) -> ReviewEntry:
    """Write an opinion down."""
    check_typed(opinion.reason, "a reason")
    log = document.log.add(opinion, by=by, at=datetime.now(UTC))
    kept.review(log)
    return log.entries[-1]


def tell(document: DossierDocument, entry: ReviewEntry, *, as_json: bool) -> None:
    """Say what was written down."""
    if as_json:
        print_json({"holding": document.id, **entry.to_json()})
    elif entry.opinion:
        what = f"{entry.opinion.kind.value} {entry.opinion.verdict.value}"
        click.echo(f"Entry {entry.number} of the review of {document.id}: {what} by {entry.by}.")


@click.command(
    epilog="""
\b
Examples:
  septel record review 1a2b3c4d5e6f:120-180 --accept --by 'A. Reader'
  septel record review 1a2b3c4d5e6f:120-180 --set speaker=Nitze --set act=asks --why 'see line 12'
  septel record review 1a2b3c4d5e6f:120-180 --reject
"""
)
@click.argument("place")
@archive_option
@click.option("--accept", is_flag=True, help="It is right as it stands.")
@click.option("--reject", is_flag=True, help="It is not so; it stays on the list and counts nowhere.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ObjectKind if kind is not ObjectKind.SUGGESTION]),
    help="What is meant, where several objects stand in one place.",
)
@field_option
@vocabulary_option
@person_options
@json_option
def review(
    place: str,
    archive: Path,
    accept: bool,
    reject: bool,
    kind: str | None,
    fields: Sequence[str],
    vocabulary: Path | None,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Accept, reject or correct the object of a record at PLACE, by the id that the record prints.

    A statement's fields are speaker, side, addressee, act, polarity, modality, mode, fidelity and issues; a
    meeting's are kind, status, date, weekday, time, place and host. What you say stands, whatever rules find
    later; the last opinion on an object counts, and those who differ are listed as disputed.
    """
    if accept + reject + bool(fields) != 1:
        raise UsageError(
            "say one of --accept, --reject and --set", remedy="`septel record review --help` has examples."
        )
    locus, issues = locus_of(place), issues_of(vocabulary)
    with Archive.open(archive, create=False) as kept:
        document = held(kept, locus.source_id, issues)
        item = item_at(document, locus, kind)
        said = dict(checked(item.kind, fields_of(fields), issues))
        # Of what a person rejected, the rules' claim is what was wrong; else what stands is the ground.
        ground = dict(said_of(item.proposed if reject and item.proposed else item.thing or item.proposed))
        if ground and item.excerpt.paragraph:
            ground["paragraph"] = item.excerpt.paragraph
        if said and "side" not in said and "speaker" in said:
            ground.pop("side", None)
        opinion = Opinion(
            kind=item.kind,
            verdict=Verdict.REJECTED if reject else Verdict.CORRECTED if fields else Verdict.ACCEPTED,
            span=item.excerpt.locus.span,
            said=tuple((ground | said).items()),
            reason=why,
        )
        entry = keep(kept, document, opinion, by)
    tell(document, entry, as_json=as_json)
    return ExitCode.OK


@click.command(
    epilog="""
\b
Example:
  septel record add 'HELSINKI 1321' 412-520 --set speaker=Semenov --set act=asks --set issues=abm
"""
)
@click.argument("holding")
@click.argument("place")
@archive_option
@click.option(
    "--kind", type=click.Choice(["statement", "meeting"]), default="statement", help="What is added."
)
@field_option
@vocabulary_option
@person_options
@json_option
def add(
    holding: str,
    place: str,
    archive: Path,
    kind: str,
    fields: Sequence[str],
    vocabulary: Path | None,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Add a statement or meeting of HOLDING that no rule found, by the PLACE of its words.

    PLACE is a pair of source offsets, over line ends if need be, or a line and its characters (29:SMITH).
    """
    issues = issues_of(vocabulary)
    with Archive.open(archive, create=False) as kept:
        document = held(kept, holding, issues)
        span = span_of(document.source, place, lines=True)
        said = checked(ObjectKind(kind), fields_of(fields), issues)
        if kind == "statement" and not {"speaker", "side"} & set(dict(said)):
            raise UsageError("a statement has a speaker or a side", remedy="Say --set side=Soviet.")
        opinion = Opinion(kind=ObjectKind(kind), verdict=Verdict.ADDED, span=span, said=said, reason=why)
        entry = keep(kept, document, opinion, by)
    tell(document, entry, as_json=as_json)
    return ExitCode.OK


@click.command(
    epilog="""
\b
Example:
  septel record judge 1a2b3c4d5e6f:120-180 9f8e7d6c5b4a:300-360 --reject --why 'another subject'
"""
)
@click.argument("earlier")
@click.argument("later")
@archive_option
@click.option("--accept", is_flag=True, help="The pair shows what the rule suggests.")
@click.option("--reject", is_flag=True, help="It does not.")
@person_options
@json_option
def judge(
    earlier: str,
    later: str,
    archive: Path,
    accept: bool,
    reject: bool,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Say what a person makes of a suggestion, by the ids of its EARLIER and LATER statement."""
    if accept + reject != 1:
        raise UsageError("say --accept or --reject", remedy="`septel record queue` lists the pairs.")
    first, second = locus_of(earlier), locus_of(later)
    with Archive.open(archive, create=False) as kept:
        for locus in (first, second):
            document = held(kept, locus.source_id)
            item_at(document, locus)
        opinion = Opinion(
            kind=ObjectKind.SUGGESTION,
            verdict=Verdict.REJECTED if reject else Verdict.ACCEPTED,
            span=second.span,
            other=first,
            reason=why,
        )
        entry = keep(kept, document, opinion, by)
    tell(document, entry, as_json=as_json)
    return ExitCode.OK


@click.command("undo", epilog="Example: septel record undo 'HELSINKI 1321' 3 --by 'A. Reader'")
@click.argument("holding")
@click.argument("entry", type=int)
@archive_option
@by_option("undoes")
@json_option
def undo(holding: str, entry: int, archive: Path, by: str, as_json: bool) -> int:
    """Make ENTRY of the review of HOLDING no longer count; undoing the undoing brings it back."""
    with Archive.open(archive, create=False) as kept:
        holding_id = kept.resolve(holding)
        log = kept.reviews(holding_id).undo(entry, by=by, at=datetime.now(UTC))
        kept.review(log)
    if as_json:
        print_json({"holding": holding_id, "entry": len(log.entries), "undoes": entry})
    else:
        click.echo(f"Entry {entry} of the review of {holding_id} no longer counts.")
    return ExitCode.OK


@click.command("log", epilog="Example: septel record log 'HELSINKI 1321' | jq .")
@click.argument("holding")
@archive_option
@json_option
def log_(holding: str, archive: Path, as_json: bool) -> int:
    """Print the review of HOLDING, an entry a line; with --json as one list."""
    with Archive.open(archive, create=False) as kept:
        entries = [entry.to_json() for entry in kept.reviews(kept.resolve(holding)).entries]
    if as_json:
        print_json(entries)
        return ExitCode.OK
    for data in entries:
        if "undoes" in data:
            click.echo(f"{data['entry']:>4}  {data['by']} undoes entry {data['undoes']}")
            continue
        where = data["span"] or f"no place: {data['lost']}"
        said = ", ".join(f"{k}={v}" for k, v in dict(data["said"]).items() if v)  # type: ignore[call-overload]
        why = f"  ({data['reason']})" if data["reason"] else ""
        click.echo(
            f"{data['entry']:>4}  {data['by']}: {data['object']} {data['verdict']} {where}  {said}{why}"
        )
    return ExitCode.OK


@click.command("agreement", epilog="Example: septel record agreement --archive salt")
@click.argument("holdings", nargs=-1)
@archive_option
@json_option
def agreement_(holdings: Sequence[str], archive: Path, as_json: bool) -> int:
    """Say how far persons agree who reviewed the same objects: Cohen's kappa, Krippendorff's alpha.

    Over HOLDINGS, or the whole archive. `right` is whether an object is in the record at all; the fields are
    compared where nobody rejected it. A measure is absent when everyone always said the same.
    """
    with Archive.open(archive, create=False) as kept:
        names = [kept.resolve(h) for h in holdings] or kept.contents.ids()
        found = agreement(kept.reviews(name) for name in names)
    if as_json:
        print_json([agreement_json(one) for one in found])
        return ExitCode.OK
    for one in found:
        alpha = "-" if one.alpha is None else f"{one.alpha:.3f}"
        what = f"{one.kind.value:11} {one.field:10}"
        click.echo(f"{what} {one.objects:>4} objects, {one.persons} persons, alpha {alpha}")
        for pair in one.pairs:
            kappa = "-" if pair.kappa is None else f"{pair.kappa:.3f}"
            click.echo(f"    {pair.one} and {pair.other}: {pair.same} of {pair.objects} alike, kappa {kappa}")
    if not found:
        click.echo("No object was reviewed by two persons.")
    return ExitCode.OK


def agreement_json(one: ReviewerAgreement) -> dict[str, object]:
    """Agreement on one thing, for other programs."""
    return {
        "object": one.kind.value,
        "field": one.field,
        "objects": one.objects,
        "persons": one.persons,
        "alpha": one.alpha,
        "pairs": [
            {"persons": [p.one, p.other], "objects": p.objects, "same": p.same, "kappa": p.kappa}
            for p in one.pairs
        ],
    }
