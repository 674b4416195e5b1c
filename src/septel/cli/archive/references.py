"""`septel references` and `septel ghosts`: who cites whom in an archive, and what is cited and not held."""

from __future__ import annotations

import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from septel.archive import stored_citations
from septel.archive.model import shown_reference
from septel.citations import Citation, Ghost, ResolutionStatus, request_lines
from septel.cli.shared.dates import date_shown
from septel.cli.shared.reader import reader_option, served
from septel.cli.shared.terminal import (
    archive_option,
    console,
    json_option,
    print_json,
    print_json_list,
    print_json_with,
    print_pieces,
)
from septel.errors import ExitCode

if TYPE_CHECKING:
    from septel.archive.citations import StoredCitations


@click.command(
    epilog="""
\b
Examples:
  septel references                     totals of the archive, and numbers that contradict their dates
  septel references 'LA PAZ 3612'       what it cites, and what cites it
"""
)
@click.argument("holding", required=False)
@archive_option
@reader_option
@json_option
def references(holding: str | None, archive: Path, reader: str | None, as_json: bool) -> int:
    """Print what a HOLDING refers to and what refers to it, or the totals of all.

    A reference is resolved only when one held telegram is meant. What may mean several is listed with them,
    and what is not held is told as such.
    """
    with served(archive, reader) as kept:
        citations = stored_citations(kept)
        if holding is None:
            _show_totals(citations, kept.count(), as_json=as_json)
            return ExitCode.OK
        chosen = kept.resolve(holding)
        cites, cited = citations.cites(chosen), citations.cited_by(chosen)
        named = {chosen, *(one.citing for one in cited)}
        for one in cites:
            named.update(one.meaning.targets, one.meaning.candidates)
        titles = {} if as_json else kept.contents.titles(named)
        citing = {one: kept.holding(one) for one in {c.citing for c in (*cites, *cited)}}

    def shown(one: Citation) -> str:
        reference = one.reference
        return shown_reference(citing[one.citing], reference.raw, reference.locus.span)

    if as_json:
        print_json(
            {
                "holding": chosen,
                "cites": [citation_json(one, shown(one)) for one in cites],
                "cited_by": [citation_json(one, shown(one)) for one in cited],
            }
        )
        return ExitCode.OK
    screen = console()
    screen.print(f"{titles.get(chosen, chosen)} cites:")
    for one in cites:
        screen.print(f"  {one.reference.paragraph:9}{shown(one):28}{meaning_shown(one, titles)}")
    screen.print("cited by:")
    for one in cited:
        where = f"{titles.get(one.citing, one.citing)}, {one.reference.paragraph}"
        screen.print(f"  {where}: {shown(one)}")
    return ExitCode.OK


def _show_totals(citations: StoredCitations, holdings: int, *, as_json: bool) -> None:
    """How many references there are and what they mean, then each number that contradicts its date."""
    total, astray = citations.count(), citations.out_of_order()
    if not as_json:
        click.echo(f"{total} references in {holdings} holdings")
    standing = citations.totals()
    counts = {kind.value: standing[kind] for kind in ResolutionStatus}
    if as_json:
        told = ({"holding": one.holding, "what": str(one)} for one in astray)
        print_json_with({"references": total, **counts}, "out_of_order", told)
        return
    for name, count in counts.items():
        click.echo(f"  {name:12}{count}")
    print_pieces(f"out of order: {contradiction}\n" for contradiction in astray)


def meaning_shown(citation: Citation, titles: dict[str, str]) -> str:
    """What a reference means, in words."""
    meaning = citation.meaning
    if meaning.standing is ResolutionStatus.RESOLVED:
        return "= " + "; ".join(titles.get(one, one) for one in meaning.targets)
    if meaning.standing is ResolutionStatus.GHOST:
        return f"not held: {meaning.wanted}"
    named = "; ".join(titles.get(one, one) for one in meaning.candidates[:5])
    perhaps = f" (perhaps {named})" if named else ""
    return f"{meaning.standing.value}: {meaning.why}{perhaps}"


def citation_json(citation: Citation, shown: str) -> dict[str, object]:
    """A citation for other programs; `shown` is what stands, with its marks of doubt."""
    reference, meaning = citation.reference, citation.meaning
    return {
        "citing": citation.citing,
        "raw": reference.raw,
        "shown": shown,
        "doubtful": shown != reference.raw,
        "normal": reference.normal,
        "kind": reference.kind.value,
        "paragraph": reference.paragraph,
        "parts": list(reference.parts),
        "locus": str(reference.locus),
        "standing": meaning.standing.value,
        "targets": list(meaning.targets),
        "candidates": list(meaning.candidates),
        "wanted": str(meaning.wanted) if meaning.wanted else None,
        "why": meaning.why,
    }


@click.command(
    epilog="""
\b
Examples:
  septel ghosts                       what to ask the archives for, most cited first
  septel ghosts --csv >requests.csv   the same as a table
"""
)
@archive_option
@reader_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="The most lines.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all of them as CSV.")
@json_option
def ghost_list(archive: Path, reader: str | None, limit: int, as_csv: bool, as_json: bool) -> int:
    """List the messages that are cited and not held, most cited first, each dated by its neighbours."""
    with served(archive, reader) as kept:
        found = stored_citations(kept).ghosts()
        if as_csv:
            print_pieces(request_lines(found, kept.contents.titles))
            return ExitCode.OK
        if as_json:
            print_json_list(ghost_json(one) for one in found)
            return ExitCode.OK
        first = next(found, None)
        if first is None:
            click.echo("Every message that is cited by its number is held.")
            return ExitCode.OK
        for one in chain([first], islice(found, limit - 1)):
            click.echo(ghost_shown(one))
        if next(found, None) is not None:
            click.echo("… and more; --csv prints all, --limit as many as you like.")
    return ExitCode.OK


def ghost_shown(ghost: Ghost) -> str:
    """A ghost in one line."""
    dating = ghost.dating
    when = ""
    if ghost.given:
        when = f"dated {date_shown(ghost.given)}"
    elif dating.day:
        when = f"about {dating.day} ({_days(dating.earliest)} to {_days(dating.latest)})"
    elif dating.latest:
        when = f"not after {dating.latest}"
    parts = f"; paragraphs {', '.join(ghost.parts)}" if ghost.parts else ""
    return f"{ghost.messages:4}  {ghost.wanted!s:34}{when}{parts}".rstrip()


def _days(day: datetime.date | None) -> str:
    return day.isoformat() if day else "?"


def ghost_json(ghost: Ghost) -> dict[str, object]:
    """A ghost for other programs."""
    wanted, dating = ghost.wanted, ghost.dating
    return {
        "message": str(wanted),
        "kind": wanted.kind.value,
        "post": wanted.post,
        "number": wanted.number,
        "year": wanted.year,
        "years": list(wanted.years),
        "cited_by": list(ghost.citing),
        "mentions": ghost.times,
        "given": ghost.given,
        "day": dating.day.isoformat() if dating.day else None,
        "earliest": dating.earliest.isoformat() if dating.earliest else None,
        "latest": dating.latest.isoformat() if dating.latest else None,
        "neighbours": list(dating.neighbours),
        "parts": list(ghost.parts),
        "not_to_all": ghost.not_to_all,
    }
