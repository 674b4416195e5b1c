"""`septel read`: the whole walk, from files to a stored, searchable, exported telegram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

import click
from rich.console import Console

from septel import __version__, capture, telegram
from septel.archive import Archive, Holding
from septel.capture import EnginePool, Limits, PageOutcome, ReadingCache
from septel.cli.archive.conflicts import warn_of
from septel.cli.document.parse import heading_lines
from septel.cli.document.restore import chosen
from septel.cli.shared.page_counts import capture_shown, faults_of, pages_shown, sum_shown
from septel.cli.shared.summary import meeting_json, references_json, summary_of
from septel.cli.shared.terminal import (
    Interrupts,
    Tally,
    archive_option,
    console,
    doubts_marked,
    json_option,
    print_json_line,
    progress,
)
from septel.cli.shared.write import write_whole
from septel.errors import InputError
from septel.export import exporter
from septel.pipeline import Document, Ledger, Totals, WorkItem, process, run
from septel.restore import Restorer, Settings, State
from septel.telegram import is_released
from septel.text import Edit, EditLog, digest_of
from septel.witness import CHOICES, step_of

READINGS = "readings"
"""The folder, in the archive's, of what engines read page by page: a cache."""


def documents(path: Path) -> list[Path]:
    """The documents behind an argument: a folder of nothing but pages is one, any other folder many.

    Pages are images, files with a layout (hOCR, ALTO, PAGE XML), or both beside each other.

    Raises:
        InputError: a folder holds nothing that can be read.
    """
    if str(path) == "-" or not path.is_dir():
        return [path]
    try:
        inside = sorted((p for p in path.iterdir() if not p.name.startswith(".")), key=capture.natural)
    except OSError as why:
        raise InputError(f"the folder can't be opened ({why.strerror})", where=str(path)) from why
    files = [p for p in inside if p.is_file()]
    folders = [p for p in inside if p.is_dir() and not is_archive(p)]
    if files and all(p.suffix.lower() in (*capture.IMAGES, *capture.MARKED) for p in files):
        return [path, *(d for folder in folders for d in documents(folder))]
    return [*files, *(d for folder in folders for d in documents(folder))]


def is_archive(folder: Path) -> bool:
    """Whether a folder is an archive: what it holds has been read."""
    return (folder / "catalogue.sqlite").exists()


def holding_of(found: Document, *, at: datetime) -> Holding:
    """What the archive keeps of a walk."""
    summary = summary_of(found.telegram)
    edits = map(compact, found.restoration.edits)
    log = EditLog(found.restoration.source.id).add(edits, by=f"septel {__version__}", at=at)
    return Holding(
        source=found.restoration.source,
        log=log,
        added=at,
        title=summary.title or found.restoration.source.name,
        identifier=summary.identifier,
        post=summary.post,
        dtg=summary.dtg,
        subject=summary.subject,
        classification=summary.classification,
        captions=summary.captions,
        telegram=telegram.to_json(found.telegram, checked=False),
        references=references_json(found.references),
        meeting=meeting_json(found.meeting) if found.meeting else None,
        pages=found.capture.pages,
        accounts=found.capture.accounts,
        layers=found.capture.layers,
    )


def compact(edit: Edit) -> Edit:
    """An edit with its probabilities to four places: no calibration is finer than that."""
    sure = edit.confidence
    return replace(
        edit,
        confidence=replace(sure, probability=round(sure.probability, 4)) if sure else None,
        alternatives=tuple(
            a if a.probability is None else replace(a, probability=round(a.probability, 4))
            for a in edit.alternatives
        ),
    )


@click.command(
    epilog="""
\b
Examples:
  septel read sample/pages                    a folder of page images is one document
  septel read scans/*.pdf --archive salt      many documents into one archive
  septel read cable.txt --export out          also writes text, JSON and TEI to out/
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
@click.option("--quiet", is_flag=True, help="Print a line per document, not its text.")
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
    quiet: bool,
    resume: bool,
    as_json: bool,
) -> int:
    """Take FILES on the whole walk: capture, restore, parse, store, export.

    Prints each telegram as restored, its doubts marked. A file that can't be read is one line on standard
    error; the others are done all the same. Interrupted, the run keeps what was finished, and --resume takes
    it up again; without it, a file that is already in the archive is taken again to bring it up to date. What
    an engine read of a page is kept in any case, and no page is read twice with the same settings.
    """
    screen, tally, interrupts = console(), Tally(), Interrupts()
    totals = Totals()
    limits = Limits(
        pages=max_pages,
        image_pixels=max_megapixels * 10**6,
        file_bytes=max_gigabytes * 10**9,
        text_bytes=max_text_megabytes * 10**6,
        page_seconds=page_seconds,
    )
    with Archive.open(archive) as kept, EnginePool(limits, engines) as pool, interrupts.heeded():
        stage = Ingest(
            kept=kept,
            restorer=Restorer.load(),
            settings=chosen(sure, floor),
            limits=limits,
            engine=engine,
            pool=pool,
            readings=ReadingCache(kept.folder / READINGS),
            out=out,
            tally=tally,
            show=None if as_json else partial(show_walk, screen, quiet=quiet),
        )
        ledger = Ledger(kept.folder)
        held = kept.holds if resume else None
        for argument in map(Path, files):
            with tally.folder():
                items = interrupts.between(map(item_of, documents(argument)))
                totals += run(items, stage, ledger, held=held, told=tally.told)
        if not as_json:
            tell_totals(screen, totals, stage.pages, kept)
    return tally.exit_code


@dataclass(frozen=True, kw_only=True)
class Ingest:
    """The stage of `septel read`: one document taken through every room and into the archive."""

    kept: Archive
    restorer: Restorer
    settings: Settings
    limits: Limits
    engine: str
    pool: EnginePool
    readings: ReadingCache
    out: Path | None
    tally: Tally
    show: Callable[..., None] | None
    pages: Counter[PageOutcome] = field(default_factory=Counter)

    @cached_property
    def key(self) -> str:
        """The version, the settings, where exports go, and the engine and restorer with all their models."""
        models = (step_of(self.engine).key, self.restorer.step.key)
        parts = (__version__, *models, self.settings, self.limits, self.out)
        return digest_of(*(repr(part).encode() for part in parts))[:16]

    def do(self, item: WorkItem) -> str:
        """Take one document on the walk; gives the id of its holding."""
        with progress(f"Reading {item.path.name}") as step:
            found = process(
                item.path,
                self.restorer,
                settings=self.settings,
                limits=self.limits,
                readings=self.readings,
                engine=self.engine,
                pool=self.pool,
                archive=self.kept,
                progress=step,
            )
            holding = holding_of(found, at=datetime.now(UTC))
            new = self.kept.add(holding, originals_of(item.path), legible=self.restorer.legible)
            exported = write_exports(self.kept.holding(holding.id), self.out) if self.out else []
            self.pages.update(account.outcome for account in found.capture.accounts)
            for fault in faults_of(found.capture.source.name, found.capture.accounts):
                self.tally.note(fault)
            if self.show:
                self.show(found, holding, new=new, exported=exported)
            else:
                print_json_line(told(found, holding, new, exported))
            warn_of(self.kept.contests(holding.id), holding.id)
            tell_copies(self.kept, holding.id)
        return holding.id


def tell_copies(kept: Archive, holding_id: str) -> None:
    """Say on standard error that other holdings seem to be the same message."""
    for other, share in kept.copies(holding_id):
        click.echo(
            f"septel: {holding_id}: seems to be a copy of {other} ({share:.0%} of its words); "
            "`septel copies --held` reads copies together.",
            err=True,
        )


def item_of(path: Path) -> WorkItem:
    """A document as an item of work; one that went away is left for the stage to complain of."""
    try:
        return WorkItem.of(path, originals_of(path))
    except OSError:
        return WorkItem(path=path, key="")


def tell_totals(screen: Console, totals: Totals, pages: Counter[PageOutcome], kept: Archive) -> None:
    """What became of all documents, and where to look next."""
    if totals.items > 1 or totals.earlier:
        earlier = f", {totals.earlier} left as an earlier run made them" if totals.earlier else ""
        failed = f", {totals.faults} failed" if totals.faults else ""
        documents = "document" if totals.items == 1 else "documents"
        screen.print(f"\n{totals.items} {documents}: {totals.done} read{earlier}{failed}")
        if pages:
            screen.print(f"Pages of this run: {sum_shown(pages)}")
    if totals.done or totals.earlier:
        screen.print(f"\nArchive: {kept.folder}  ({kept.count()} held)")
        screen.print(f"Search:  septel search WORDS --archive {kept.folder}")
        screen.print(f"Read in the browser:  septel room --archive {kept.folder}")


def originals_of(path: Path) -> tuple[Path, ...]:
    """The files that the archive keeps of a document; what came by standard input has none."""
    if str(path) == "-":
        return ()
    if not path.is_dir():
        return (path,)
    pages = capture.page_files(path)
    names = {page.stem for page in pages}
    layers = (file for name, file in capture.beside(path).items() if name in names and file not in pages)
    return (*pages, *sorted(layers, key=capture.natural))


def write_exports(holding: Holding, folder: Path) -> list[Path]:
    """Write text, JSON and TEI of a holding into a folder; each file appears whole or not at all."""
    stem = Path(holding.source.name).stem or holding.id
    written: list[Path] = []
    for name in ("text", "json", "tei"):
        chosen_format = exporter(name)
        file = f"{stem}-{holding.id}{chosen_format.ending}"
        written.append(write_whole(folder, file, chosen_format.write(holding)))
    return written


def counts_of(found: Document) -> dict[str, int]:
    """How many words are how sure."""
    states = [word.state for word in found.restoration.words]
    return {state.value: states.count(state) for state in State}


def told(found: Document, holding: Holding, new: bool, exported: list[Path]) -> dict[str, object]:
    """What happened to one document, for other programs."""
    totals = found.capture.totals
    return {
        "file": str(found.path),
        "holding": holding.id,
        "new": new,
        "title": holding.title,
        "pages": {outcome.value: totals[outcome] for outcome in PageOutcome},
        "kept_pages": sum(account.kept for account in found.capture.accounts),
        "layer": [[p.number, p.agreement.share] for p in found.capture.pages if p.agreement],
        "faults": [str(f) for f in faults_of(found.capture.source.name, found.capture.accounts)],
        "words": counts_of(found),
        "noise": {"profile": found.restoration.noise.profile, "rate": found.restoration.noise.rate},
        "telegram": holding.telegram,
        "references": list(holding.references),
        "meeting": holding.meeting,
        "exports": [str(path) for path in exported],
    }


def show_walk(
    screen: Console, found: Document, holding: Holding, *, new: bool, exported: list[Path], quiet: bool
) -> None:
    """What happened to one document, for people."""
    words, pages = counts_of(found), pages_shown(found.capture.accounts)
    if not quiet:
        screen.rule(holding.title, style="dim")
        for line in heading_lines(found.telegram, found.references, found.meeting):
            screen.print(line)
        screen.print()
        screen.print(doubts_marked(found.restoration, found.reading))
        screen.rule(style="dim")
    noise = found.restoration.noise
    if is_released(found.capture.source.text):
        screen.print(f"{holding.title}: pages {pages}; an electronic telegram, taken as it stands")
    else:
        told_noise = f"noise {noise.rate:.0%} of characters ({noise.profile})"
        screen.print(f"{holding.title}: pages {pages}; {told_noise}")
        screen.print(
            f"  words: {words['sure']} sure, {words['doubtful']} doubtful (word?), "
            f"{words['unreadable']} unreadable ([…])"
        )
    for line in capture_shown(found.capture):
        screen.print(f"  {line}")
    screen.print(f"  {'stored' if new else 'already held, brought up to date'} as {holding.id}")
    for path in exported:
        screen.print(f"  exported {path}")
