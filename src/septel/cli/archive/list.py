"""`septel list`: what an archive holds, or what a query means."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

import click

from septel.archive import Archive
from septel.archive.acts import Listed
from septel.archive.search import Query, dates_read
from septel.cli.shared.checks import proposals_of
from septel.cli.shared.dates import date_shown
from septel.cli.shared.reader import not_for_readers, reader_option, served
from septel.cli.shared.terminal import archive_option, in_a_line, json_option, print_json_list, print_pieces
from septel.errors import ExitCode
from septel.record.checks import DateProposal
from septel.telegram import doubts_json
from septel.text import DOUBT

PAGE = 500
"""So many of all holdings are listed on a terminal."""
FEW = 100
"""Up to so many holdings dates are proposed unasked; each asks for a look at its whole text."""


@click.command(
    "list",
    epilog="""
\b
Examples:
  septel list
  septel list 'post:"la paz" date:1974-01'
  septel list tag:tin
  septel list --dates             dates that undated ones may have, however many are listed
  septel list --for public        what everybody may see
  septel list --absent            what was hidden or deleted
""",
)
@click.argument("query", nargs=-1)
@archive_option
@reader_option
@click.option("--absent", is_flag=True, help="What was hidden or deleted, and not yet purged.")
@click.option("--all", "whole", is_flag=True, help="All of them, on a terminal too.")
@click.option("--dates", is_flag=True, help="Propose dates for undated holdings in long lists too.")
@json_option
def list_(
    query: Sequence[str],
    archive: Path,
    reader: str | None,
    absent: bool,
    dates: bool,
    whole: bool,
    as_json: bool,
) -> int:
    """List the holdings that QUERY means, or all, oldest first: id, title, date, tags.

    On a terminal the first 500 of all are shown; into a pipe or a file, with --all and as JSON all of them.

    Under one whose page names no year stand the dates that it may have. `septel correct HOLDING
    date=proposed` accepts the only one, `date=1969-11` one of several.
    """
    if absent:
        not_for_readers(reader, "what was hidden or deleted")
    page = not (query or whole or as_json or absent) and sys.stdout.isatty()
    asked = " ".join(query) or None
    with served(archive, reader) as kept:
        everything = (
            iter(kept.curation.absent())
            if absent
            else kept.each_listed(asked, most=PAGE + 1 if page else None)
        )
        first = list(islice(everything, FEW + 1))
        propose = not absent and (dates or len(first) <= FEW)
        rest = chain(first, everything)
        found = islice(rest, PAGE if page else None)
        for note in dates_read(Query.of(asked)) if asked and first else ():
            click.echo(f"septel: {note}", err=True)
        if as_json:
            print_json_list(_each_json(kept, found, propose=propose))
            return ExitCode.OK
        print_pieces(_each_line(kept, found, propose=propose))
        if page and next(rest, None) is not None:
            click.echo("… and more; --all lists them, a query less (septel list date:1974).")
        if first:
            return ExitCode.OK
        why = kept.search(asked, limit=1) if asked and not absent else None
    for note in why.notes if why is not None else ():
        click.echo(f"({note})")
    for suggestion in why.suggestions if why is not None else ():
        click.echo(f"Did you mean {suggestion.query} ?")
    click.echo("Nothing." if query or absent else "The archive is empty; `septel read FILE` fills it.")
    return ExitCode.OK


def _each_line(kept: Archive, found: Iterator[Listed], *, propose: bool) -> Iterator[str]:
    """Holdings a line each, and under undated ones the dates that they may have."""
    for lot in _lots(found):
        doubted = kept.contents.doubted(lot)
        for one in lot:
            yield f"{listed_line(one, doubted.get(one.id, {}))}\n"
            proposals = _proposed(kept, one) if propose else ()
            if proposals:
                yield f"{proposed_line(proposals)}\n"


def _each_json(kept: Archive, found: Iterator[Listed], *, propose: bool) -> Iterator[dict[str, object]]:
    for lot in _lots(found):
        ids = [one.id for one in lot]
        doubted, details = kept.contents.doubted(lot), kept.contents.details(ids)
        for one in lot:
            proposals = _proposed(kept, one) if propose else ()
            told = listed_json(one, proposals, doubted.get(one.id, {}))
            yield told | details.get(one.id, {})


def _lots(found: Iterator[Listed]) -> Iterator[list[Listed]]:
    """Some at a time, few at first, so that the first are shown soon."""
    size = 50
    while lot := list(islice(found, size)):
        yield lot
        size = 500


def _proposed(kept: Archive, one: Listed) -> Sequence[DateProposal]:
    return proposals_of(kept.holding(one.id), kept) if _is_undated(one) else ()


def _is_undated(one: Listed) -> bool:
    """Whether nobody has told a year: neither the page nor a person."""
    return not (one.fields["dtg"] or "")[:4].isdigit() and "dtg" not in one.corrected


def proposed_line(proposals: Sequence[DateProposal]) -> str:
    """Dates that a holding may have, as proposals, with the reasons."""
    dates = " or ".join(one.date for one in proposals)
    return f"    proposed date: {dates} ({'; '.join(proposals[0].reasons)})"


def listed_line(one: Listed, doubted: Mapping[str, str] = MappingProxyType({})) -> str:
    """A holding on one line; `doubted` are the fields that are doubtful, with their marks."""
    fields = one.fields
    title = in_a_line(doubted.get("title") or str(fields["title"]))
    date = f"{date_shown(fields['dtg'])}{DOUBT if 'dtg' in doubted else ''}"
    tags = "".join(f" #{tag.replace(' ', '-')}" for tag in one.tags)
    marks = "".join(
        mark
        for mark, is_so in ((" *", bool(one.corrected)), (f" ({one.notes} notes)", one.notes > 0))
        if is_so
    )
    absent = f" [{one.absent}]" if one.absent else ""
    return f"{one.id}  {title}  {date}{tags}{marks}{absent}".rstrip()


def listed_json(
    one: Listed,
    proposals: Sequence[DateProposal] = (),
    doubted: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, object]:
    """A holding for other programs."""
    return {
        **one.fields,
        **({"shelf": dict(one.shelf)} if one.shelf else {}),
        "tags": list(one.tags),
        "notes": one.notes,
        "corrected": list(one.corrected),
        "absent": one.absent,
        **doubts_json(doubted),
        **(
            {"proposed": [{"date": p.date, "reasons": list(p.reasons)} for p in proposals]}
            if proposals
            else {}
        ),
    }
