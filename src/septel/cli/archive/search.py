"""`septel search`: paragraphs and fields, through the noise."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from septel.archive import Archive, Facet, Hit, Match, SearchResult
from septel.cli.shared.reader import not_for_readers, reader_option, served
from septel.cli.shared.terminal import archive_option, console, json_option, print_json
from septel.errors import ExitCode, UsageError

_MANNER = {
    Match.ALTERNATIVE: "may be",
    Match.SOURCE: "as it came",
    Match.SIMILAR: "looks alike",
}


@click.command(
    epilog="""
\b
Examples:
  septel search communique
  septel search '"next meeting" thursday' --archive salt
  septel search 'la paz 158'                             the telegram of that number
  septel search 'post:"la paz" date:1974-01..1974-06'    by post and date
  septel search 'tin* -price subject:agreement'          beginnings, exclusion, words of the subject
  septel search 'NEAR(verification submarine, 8) OR ~semenov'
  septel search wheat --facets                           how what was found is spread
  septel search wheat --save wheat                       then: septel search --saved wheat
"""
)
@click.argument("words", nargs=-1)
@archive_option
@reader_option
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The most hits.")
@click.option("--sort", type=click.Choice(("relevance", "date", "number")), default="relevance")
@click.option("--facets", is_flag=True, help="Count how the holdings found are spread over fields.")
@click.option("--save", help="Keep the query under this name.")
@click.option("--saved", help="Ask the query that was kept under this name; `list` lists them.")
@click.option("--forget", help="Keep the query of this name no longer.")
@click.option("--complete", is_flag=True, help="Print how the last word of the query may go on.")
@json_option
def search(
    words: Sequence[str],
    archive: Path,
    reader: str | None,
    limit: int,
    sort: str,
    facets: bool,
    save: str | None,
    saved: str | None,
    forget: str | None,
    complete: bool,
    as_json: bool,
) -> int:
    """Find paragraphs and fields that hold all WORDS, through the noise; quotation marks ask for a phrase.

    They are found by their restored text, then by other possible readings, then by the source as it came,
    then by likeness; the last three say so. `docs/search.md` explains the query language.
    """
    if save or forget or saved:
        not_for_readers(reader, "a saved search")
    with served(archive, reader) as kept:
        if forget:
            kept.searches.forget(forget)
            click.echo(f"{forget} is kept no longer.")
            return ExitCode.OK
        if saved == "list":
            return _list_saved(kept, as_json)
        query = kept.searches.get(saved).query if saved else query_of(words)
        if complete:
            for one in kept.searches.complete(query):
                click.echo(f"{one.text}\t{one.count}" if one.count else one.text)
            return ExitCode.OK
        if save:
            kept.searches.save(save, query, by=getpass.getuser())
        found = kept.search(query, limit=limit, sort=sort, facets=facets)
    if as_json:
        hits = [hit_json(hit) for hit in found]
        print_json(result_json(found, hits) if facets else hits)
        return ExitCode.OK
    _show(console(), found)
    return ExitCode.OK


def query_of(words: Sequence[str]) -> str:
    """The query that the words of a command line make; a word with blanks was quoted in the shell.

    Raises:
        UsageError: there are none.
    """
    if not words:
        raise UsageError("there is nothing to look for", remedy="`septel search --help` has examples.")
    return " ".join(words)


def _list_saved(kept: Archive, as_json: bool) -> int:
    rows = kept.searches.all()
    if as_json:
        print_json([{"name": one.name, "query": one.query, "by": one.by} for one in rows])
    for one in () if as_json else rows:
        click.echo(f"{one.name}: {one.query}")
    return ExitCode.OK


def _show(screen: Console, found: SearchResult) -> None:
    for hit in found:
        line = Text(f"{hit.title}, {hit.part + ', ' if hit.part else ''}page {hit.page}, line {hit.line}: ")
        for word in hit.words:
            line.append(word.text, _style(word.found, word.doubtful))
        manner = _MANNER.get(hit.match, "")
        sure = f"{hit.probability:.2f}" if hit.probability is not None and hit.probability < 1 else ""
        if manner or sure:
            line.append(f"  ({' '.join(part for part in (manner, sure) if part)})", style="dim")
        screen.print(line)
        if hit.because and hit.match is Match.ALTERNATIVE:
            screen.print(Text(f"    {hit.because}", style="dim"))
    if not found:
        screen.print("Nothing found.")
    for one in found.suggestions:
        screen.print(f"Did you mean {one.query} ?")
    if found.total > len(found):
        more = "" if found.complete else " or more"
        holdings = f"{len(found.holdings)} holding{'s' if len(found.holdings) != 1 else ''}"
        screen.print(f"{len(found)} of {found.total}{more}, in {holdings}; --limit shows more.")
    for note in found.notes:
        screen.print(f"({note})")
    for facet in found.facets:
        _show_facet(screen, facet)


def _style(found: bool, doubtful: bool) -> str:
    return ("bold reverse" if found else "") + (" underline" if doubtful else "")


def _show_facet(screen: Console, facet: Facet) -> None:
    if not facet.known:
        return
    values = ", ".join(f"{one.value} {one.count}" for one in facet.values)
    rest = [
        f"{facet.none} none" if facet.none else "",
        f"{facet.not_stated} not stated" if facet.not_stated else "",
    ]
    screen.print(f"{facet.field:8} {values}{''.join('; ' + part for part in rest if part)}")


def hit_json(hit: Hit) -> dict[str, object]:
    """A hit for other programs."""
    return {
        "holding": hit.holding,
        "title": hit.title,
        "part": hit.part,
        "page": hit.page,
        "line": hit.line,
        "locus": str(hit.locus),
        "match": hit.match.value,
        "probability": hit.probability,
        "because": hit.because,
        "text": "".join(piece for piece, _ in hit.snippet),
        "places": [[place.start, place.end] for place in hit.places],
        "boxes": [[box.left, box.top, box.right, box.bottom] for box in hit.boxes],
    }


def result_json(found: SearchResult, hits: list[dict[str, object]]) -> dict[str, object]:
    """A whole result for other programs."""
    return {
        "query": found.query,
        "total": found.total,
        "complete": found.complete,
        "holdings": list(found.holdings),
        "hits": hits,
        "facets": {
            facet.field: {
                "values": {one.value: one.count for one in facet.values},
                "known": facet.known,
                "none": facet.none,
                "not_stated": facet.not_stated,
            }
            for facet in found.facets
        },
        "suggestions": [one.query for one in found.suggestions],
        "notes": list(found.notes),
    }
