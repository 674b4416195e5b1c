"""`septel queue`: the doubts that matter most, listed, or decided one after the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import EditConflict, ExitCode, UsageError
from septel.room.correction import QueuedDoubt, Ruling, WordVerdict, decide, queue_of, undo
from septel.text import Reading, marked_around

MOST_AT_ONCE = 40
"""Holdings that are looked into at once, where none are named."""
_ASKED = "[a]ccept  [1-9] choose  [s]ource  [e] type  [u]nreadable  [n]ext  [z] undo  [q]uit"


@click.command(
    epilog="""
\b
Examples:
  septel queue 'HELSINKI 1321'                     walks the doubts, the weightiest first
  septel queue --where post:helsinki --list        only lists them
  septel queue 'HELSINKI 1321' --most 10 --json
"""
)
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@click.option("--list", "only_list", is_flag=True, help="List the doubts, and ask nothing.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="So many doubts at most.")
@by_option("decides")
@json_option
def queue(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    only_list: bool,
    most: int,
    by: str,
    as_json: bool,
) -> int:
    """Walk the doubts of HOLDINGS, or of all, that matter most.

    A doubt weighs as much as its word is unsure, times how much hangs on the word.
    Each is answered by one key: right as read, one of the alternatives, right as it came, typed, unreadable.
    """
    with Archive.open(archive, create=False) as kept:
        ids = selected(kept, holdings, where, by_default=True)
        if len(ids) > MOST_AT_ONCE and not holdings:
            click.echo(f"{len(ids) - MOST_AT_ONCE} more holdings were not looked into.", err=True)
            ids = ids[:MOST_AT_ONCE]
        rows: list[tuple[str, QueuedDoubt]] = []
        for one in ids:
            rows += [(one, doubt) for doubt in queue_of(kept.source(one), kept.log(one))]
        rows.sort(key=lambda row: (-row[1].weight, row[0], row[1].span.start))
        if as_json or only_list:
            _listed(kept, rows[:most], as_json)
        else:
            _walk(kept, rows[:most], by)
    return ExitCode.OK


def _listed(kept: Archive, rows: list[tuple[str, QueuedDoubt]], as_json: bool) -> None:
    if as_json:
        print_json([{"holding": holding, **doubt.to_json()} for holding, doubt in rows])
        return
    for holding, doubt in rows:
        _, reading = kept.reading(holding)
        click.echo(
            f"{holding} {doubt.line}:{doubt.edit.before}  {doubt.stake.value}  {_line(reading, doubt)}"
        )


def _line(reading: Reading, doubt: QueuedDoubt) -> str:
    """The line of a doubt as read, the doubt in brackets."""
    left, right = marked_around(reading, doubt.span)
    return f"{left}[{'…' if doubt.edit.unreadable else doubt.edit.after}]{right}"


def _walk(kept: Archive, rows: list[tuple[str, QueuedDoubt]], by: str) -> None:
    done: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        holding, doubt = rows[at]
        title, reading = kept.reading(holding)
        click.echo(f"\n{at + 1} of {len(rows)}  {title}, line {doubt.line}  ({doubt.stake.value})")
        click.echo(f"  {_line(reading, doubt)}")
        sure = f", probability {doubt.edit.confidence.probability:.2f}" if doubt.edit.confidence else ""
        click.echo(f"  came as {doubt.edit.before!r}{sure}")
        for place, other in enumerate(doubt.edit.alternatives[:9], 1):
            share = f" ({other.probability:.2f})" if other.probability is not None else ""
            click.echo(f"  {place}: {other.text}{share}")
        key = _key()
        while key not in ("n", "q") and not (key == "z" and done) and not _offered(key, doubt):
            click.echo(f"  {key or 'that'} is none of the keys here")
            key = _key()
        if key == "q":
            return
        if key == "z":
            at, entry = done.pop()
            undo(kept, rows[at][0], entry, by=by)
            click.echo(f"  entry {entry} of {rows[at][0]} no longer counts")
            continue
        if key != "n":
            try:
                ruling = _ruled(key, doubt, by)
                entry = decide(kept, holding, ruling, seen=len(kept.log(holding).entries))
            except UsageError as why:
                # What was typed is none; the place is asked about again.
                click.echo(f"  {why}", err=True)
                continue
            except EditConflict as why:
                click.echo(f"  {why}", err=True)
            else:
                done.append((at, entry))
                click.echo(f"  entry {entry}")
        at += 1


def _key() -> str:
    """One key: pressed at a terminal, else the first of a line."""
    if not sys.stdin.isatty():
        return str(click.prompt(_ASKED, default="n", show_default=False)).strip()[:1]
    click.echo(f"{_ASKED}: ", nl=False)
    key = click.getchar()
    key = "n" if key in "\r\n" else key if key.isprintable() else ""
    click.echo(key)
    return key


def _offered(key: str, doubt: QueuedDoubt) -> bool:
    """Whether a key decides something of a doubt."""
    others = len(doubt.edit.alternatives[:9])
    return key in tuple("asuet") or (key.isdecimal() and 1 <= int(key) <= others)


def _ruled(key: str, doubt: QueuedDoubt, by: str) -> Ruling:
    """What a key decides that is offered."""
    verdicts = {"a": WordVerdict.ACCEPT, "s": WordVerdict.SOURCE, "u": WordVerdict.UNREADABLE}
    if key in verdicts:
        return Ruling(span=doubt.span, verdict=verdicts[key], by=by)
    if key.isdecimal():
        text = doubt.edit.alternatives[int(key) - 1].text
    else:
        text = click.prompt("  It reads", default="", show_default=False)
    return Ruling(span=doubt.span, verdict=WordVerdict.READ, text=text, by=by)
