"""`septel read`: the whole walk, from files to a stored, searchable, exported telegram."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from septel.archive import Archive, set_originals
from septel.archive.model import shown_field
from septel.capture import EnginePool, Limits, PageOutcome
from septel.cli.document.parse import heading_lines
from septel.cli.shared.batch import (
    batch_options,
    batch_progress,
    count_of,
    executor_of,
    items_of,
    unreached,
    waits,
)
from septel.cli.shared.conflicts import warn_of
from septel.cli.shared.exports import write_exports
from septel.cli.shared.page_counts import capture_shown, faults_of, pages_shown, sum_shown
from septel.cli.shared.streams import unseen
from septel.cli.shared.terminal import (
    Interrupts,
    Tally,
    archive_option,
    console,
    counts_of,
    doubts_marked,
    json_option,
    print_json_line,
    progress,
)
from septel.cli.shared.thresholds import chosen
from septel.errors import StoreError, UsageError, printable
from septel.pipeline import (
    READINGS,
    Executor,
    Ingest,
    Ingested,
    Ledger,
    Outcome,
    Policy,
    Serial,
    Totals,
    WorkItem,
    holds_all,
    rarely_collected,
    readings_at,
    run,
)
from septel.restore import Restorer
from septel.telegram import is_released
from septel.witness import CHOICES

BRIEFLY = 2.0
"""Seconds until a database that is away counts as away: one that is but started anew is not worth a word."""
_NAMED = 3
"""So many copies are named in its line; the others are counted."""


@click.command(
    epilog="""
\b
Examples:
  septel read sample/pages                    a folder of page images is one document
  septel read scans/*.pdf --archive salt      many documents into one archive
  septel read cable.txt --export out          also writes text, JSON and TEI to out/
  septel read scans --processes 4             four documents at once
  septel read s3://papers/1968 --on ray       from a store, on a cluster
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@archive_option
@click.option(
    "--export", "out", type=click.Path(file_okay=False, path_type=Path), help="Also export into this folder."
)
@click.option("--sure", type=click.FloatRange(0, 1), help="From which probability a word counts as sure.")
@click.option("--floor", type=click.FloatRange(0, 1), help="Below which probability a word is unreadable.")
@click.option("--max-pages", type=click.IntRange(1), default=Limits().pages, help="The most pages of a file.")
@click.option(
    "--max-megapixels",
    type=click.IntRange(1),
    default=Limits().image_pixels // 10**6,
    help="The largest image.",
)
@click.option(
    "--max-gigabytes", type=click.IntRange(1), default=Limits().file_bytes // 10**9, help="The largest file."
)
@click.option(
    "--max-text-megabytes",
    type=click.IntRange(1),
    default=Limits().text_bytes // 10**6,
    help="The largest text or XML file.",
)
@click.option(
    "--page-seconds",
    type=click.FloatRange(1),
    default=Limits().page_seconds,
    help="How long an engine may work on a page.",
)
@click.option(
    "--engine",
    type=click.Choice(CHOICES),
    default=CHOICES[0],
    show_default=True,
    help="What reads images; rapid is better and slow (pip install 'septel[rapid]').",
)
@click.option(
    "--engines", type=click.IntRange(1, 64), help="Pages read at once; as many as processors, up to four."
)
@click.option("--sidecars", is_flag=True, help="Read what stands beside documents (.json, .csv, .md) too.")
@click.option("--quiet", is_flag=True, help="Print a line per document, not its text.")
@batch_options
@click.option("--resume", is_flag=True, help="Leave out what an earlier run with the same settings has done.")
@json_option
def read(
    files: Sequence[str],
    archive: Path,
    out: Path | None,
    sure: float | None,
    floor: float | None,
    max_pages: int,
    max_megapixels: int,
    max_gigabytes: int,
    max_text_megabytes: int,
    page_seconds: float,
    engine: str,
    engines: int | None,
    sidecars: bool,
    quiet: bool,
    resume: bool,
    on: str,
    processes: int | None,
    allow_failures: float,
    patience: float,
    readings_place: str | None,
    originals: str | None,
    as_json: bool,
) -> int:
    """Take FILES on the whole walk: capture, restore, parse, store, export.

    Prints each telegram as restored, its doubts marked. A file that can't be read is one line on standard
    error; the others are done all the same. Interrupted, the run keeps what was finished, and --resume takes
    it up again; without it, a file that is already in the archive is taken again to bring it up to date. What
    an engine read of a page is kept in any case, and no page is read twice with the same settings.

    With --processes or --on, documents are read by several workers at once, and kept by this process in their
    order: the archive and the exports are the same. FILES may lie elsewhere (s3://bucket/folder).
    """
    screen, tally, interrupts = console(going_on=True), Tally(), Interrupts()
    policy = Policy(patience=patience, allowed=allow_failures)
    executor = executor_of(on, processes, policy)
    if "-" in files and not isinstance(executor, Serial):
        raise UsageError("standard input can't be shared out", remedy="Leave out --processes and --on.")
    limits = Limits(
        pages=max_pages,
        image_pixels=max_megapixels * 10**6,
        file_bytes=max_gigabytes * 10**9,
        text_bytes=max_text_megabytes * 10**6,
        page_seconds=page_seconds,
    )
    if originals:
        set_originals(archive, originals)
    # The run waits by itself, and says so.
    kept = policy.patiently(partial(Archive.open, archive, away=BRIEFLY), told=waits)
    with kept, EnginePool(limits, engines) as pool, interrupts.heeded():
        stage = Ingest(
            kept=kept,
            restorer=Restorer.load(),
            settings=chosen(sure, floor),
            limits=limits,
            engine=engine,
            engines=engines or 1,
            pool=pool,
            readings=readings_at(readings_place or kept.folder / READINGS),
            out=out,
            export=write_exports,
            on_fault=tally.note,
            on_done=partial(tell, tally, None if as_json else screen, quiet=quiet),
            shown=lambda path: progress(f"Reading {printable(path.name)}"),
            policy=policy,
            waits=waits,
        )
        everything = _Everything(files=files, sidecars=sidecars, tally=tally, interrupts=interrupts)
        with rarely_collected():
            _take_in(everything, stage, executor, screen=None if as_json else screen, resume=resume)
    return tally.exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class _Everything:
    """All that is to be read, and who counts what came of it."""

    files: Sequence[str]
    sidecars: bool
    tally: Tally
    interrupts: Interrupts

    def items(self) -> Iterator[WorkItem]:
        """The documents, argument by argument; one that can't be listed is a fault of its own."""
        seen: set[str] = set()
        for argument in self.files:
            with self.tally.folder():
                yield from self.interrupts.between(items_of(argument, sidecars=self.sidecars, seen=seen))


def _take_in(
    everything: _Everything, stage: Ingest, executor: Executor, *, screen: Console | None, resume: bool
) -> None:
    """Run the stage over everything, and say what became of it, however it ends."""
    tally, kept = everything.tally, stage.kept
    alone = isinstance(executor, Serial)
    count = None if alone else count_of(everything.files, sidecars=everything.sidecars)
    ended: list[Totals] = []
    try:
        with nullcontext() if count is None else batch_progress(count) as shown:

            def told(outcome: Outcome) -> None:
                tally.told(outcome)
                if shown is not None:
                    shown.told(outcome)

            run(
                everything.items(),
                stage,
                Ledger(kept.folder),
                executor=executor,
                policy=stage.policy,
                held=partial(holds_all, kept) if resume else None,
                told=told,
                waits=waits,
                left_alone=shown.left_alone if shown is not None else lambda _: None,
                at_end=ended.append,
            )
    finally:
        if screen is not None:
            tell_totals(screen, sum(ended, Totals()), stage.pages, kept, count=count)


def tell(tally: Tally, screen: Console | None, done: Ingested, *, quiet: bool) -> None:
    """What happened to one document: for people on the screen, without one for other programs."""
    found = done.document.capture
    for fault in faults_of(found.source.name, found.accounts):
        tally.note(fault)
    if screen is None:
        try:
            print_json_line(told(done))
        except BrokenPipeError:
            # Whoever read these lines left; the documents are stored all the same.
            unseen()
    else:
        show_document(screen, done, quiet=quiet)
    warn_of(done.conflicts, done.holding.id)
    if done.copies:
        click.echo(_copies_told(done.holding.id, done.copies), err=True)


def _copies_told(holding: str, copies: Sequence[tuple[str, float]]) -> str:
    """In one line of which held papers it seems to be a copy, the likest first."""
    likest = sorted(copies, key=lambda copy: -copy[1])
    named = ", ".join(f"{other} ({share:.0%} of its words)" for other, share in likest[:_NAMED])
    more = f" and {len(copies) - _NAMED} more" if len(copies) > _NAMED else ""
    remedy = f"`septel copies --held {holding}` reads them together."
    return f"septel: {holding}: seems to be a copy of {named}{more}; {remedy}"


def tell_totals(
    screen: Console, totals: Totals, pages: Counter[PageOutcome], kept: Archive, *, count: int | None = None
) -> None:
    """What became of all documents, and where to look next; `count` is how many there are, if known."""
    missing = unreached(totals, count)
    # Told as a run ends by itself; one that was ended may not have come to anything.
    if not (totals.items or totals.earlier or missing or count or sys.exc_info()[0]):
        click.echo("septel: there is nothing to read in what was named.", err=True)
    if totals.items > 1 or totals.earlier or missing:
        earlier = f", {totals.earlier} left as an earlier run made them" if totals.earlier else ""
        failed = f", {totals.faults} failed" if totals.faults else ""
        items = count if count and missing else totals.items
        documents = "document" if items == 1 else "documents"
        screen.print(f"\n{items} {documents}: {totals.done} read{earlier}{failed}{missing}")
        if pages:
            screen.print(f"Pages of this run: {sum_shown(pages)}")
    if totals.done or totals.earlier:
        held = ""
        # A run that ends because the archive is away still says what was done.
        with suppress(StoreError):
            held = f"  ({kept.count()} held)"
        # As a shell takes it: an address may have `?` and `&`.
        typed = shlex.quote(str(kept.place))
        screen.print(f"\nArchive: {kept.place}{held}")
        screen.print(f"Search:  septel search WORDS --archive {typed}")
        screen.print(f"Read in the browser:  septel room --archive {typed}")


def told(done: Ingested) -> dict[str, object]:
    """What happened to one document, for other programs."""
    found, holding = done.document, done.holding
    totals = found.capture.totals
    return {
        "file": printable(str(found.path)),
        "holding": holding.id,
        "new": done.new,
        "title": holding.title,
        "pages": {outcome.value: totals[outcome] for outcome in PageOutcome},
        "kept_pages": sum(account.kept for account in found.capture.accounts),
        "layer": [[p.number, p.agreement.share] for p in found.capture.pages if p.agreement],
        "faults": [str(f) for f in faults_of(found.capture.source.name, found.capture.accounts)],
        "words": counts_of(found.reading),
        "noise": {"profile": found.restoration.noise.profile, "rate": found.restoration.noise.rate},
        "telegram": holding.telegram,
        "paper": found.paper,
        "references": list(holding.references),
        "meeting": holding.meeting,
        "exports": [printable(str(path)) for path in done.exported],
    }


def show_document(screen: Console, done: Ingested, *, quiet: bool) -> None:
    """What happened to one document, for people."""
    found, holding = done.document, done.holding
    words, pages = counts_of(found.reading), pages_shown(found.capture.accounts)
    paper, title = found.paper, shown_field(holding, "title")
    if paper and paper["of"] > 1 and paper["number"] == 1:
        screen.print(f"{paper['file']} holds {paper['of']} papers.")
    if not quiet:
        screen.rule(title, style="dim")
        for line in heading_lines(found.telegram, found.references, found.meeting, found.reading):
            screen.print(line)
        screen.print()
        screen.print(doubts_marked(found.reading))
        screen.rule(style="dim")
    noise = found.restoration.noise
    if is_released(found.capture.source.text):
        screen.print(f"{title}: pages {pages}; an electronic telegram, taken as it stands")
    else:
        told_noise = f"noise {noise.rate:.0%} of characters ({noise.profile})"
        screen.print(f"{title}: pages {pages}; {told_noise}")
    screen.print(
        f"  words: {words['sure']} sure, {words['doubtful']} doubtful (word[?]), "
        f"{words['unreadable']} unreadable ([…n])"
    )
    for line in capture_shown(found.capture):
        screen.print(f"  {line}")
    screen.print(f"  {'stored' if done.new else 'already held, brought up to date'} as {holding.id}")
    for path in done.exported:
        screen.print(f"  exported {path}")
