"""What the verbs share at the terminal: the pages they print, progress, faults counted, JSON."""

from __future__ import annotations

import getpass
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from septel.cli.shared.faults import report
from septel.cli.shared.streams import says_everything, unseen
from septel.errors import ExitCode, SeptelError, StoreError, UsageError, ends_the_run, unforeseen
from septel.pipeline.batch import Outcome, WorkFault
from septel.progress import show_with, silent
from septel.text import Reading, State, check_line, counted, shortened, stretches

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from septel.archive.store import ArchivePlace

DEFAULT_ARCHIVE = "septel-archive"
SETTING = ".septel-archive"
"""A file of one line that names the archive of its folder and the folders below it."""

_MOST_HELD_BACK = 1 << 16
MOST_IN_A_LINE = 160
"""Characters of a title or a value in a list; JSON and `show` have them all."""
T = TypeVar("T")
STYLES = {State.DOUBTFUL: "bold yellow underline", State.UNREADABLE: "dim red"}


def console(*, err: bool = False, going_on: bool = False) -> Console:
    """A console that neither wraps lines nor highlights words on its own.

    Args:
        err: on standard error.
        going_on: whether the work goes on without being seen once its reader left (as `head` does), since
            what it prints is not all that it does.
    """
    from rich.console import Console

    class Printing(Console):
        """Leaves it to the command what becomes of a reader who left; rich would end with 1."""

        def on_broken_pipe(self) -> None:
            if not going_on:
                raise BrokenPipeError
            unseen()

    return Printing(stderr=err, highlight=False, soft_wrap=True, emoji=False, markup=False)


def print_json(data: object) -> None:
    """One JSON document, readable by people."""
    click.echo(json.dumps(data, ensure_ascii=not says_everything(sys.stdout), indent=2))


def print_pieces(pieces: Iterable[str | bytes]) -> None:
    """Text or bytes, the first piece at once, the others some at a time: each printing costs."""
    kept: list[str | bytes] = []
    size, most = 0, 1
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= most:
            click.echo(kept[0][:0].join(kept), nl=False)  # type: ignore[arg-type]  # all of one kind
            kept, size, most = [], 0, _MOST_HELD_BACK
    if kept:
        click.echo(kept[0][:0].join(kept), nl=False)  # type: ignore[arg-type]


def print_json_list(items: Iterable[object]) -> None:
    """A JSON list, its items as they come."""
    print_pieces(chain(_listed_json(items, ""), ["\n"]))


def print_json_with(told: Mapping[str, object], name: str, items: Iterable[object]) -> None:
    """A JSON object whose last member is a list, its items as they come."""
    head = json.dumps(told, ensure_ascii=False, indent=2)[:-2] if told else "{"
    begun = f"{head}{',' if told else ''}\n  {json.dumps(name)}: "
    print_pieces(chain([begun], _listed_json(items, "  "), ["\n}\n"]))


def _listed_json(items: Iterable[object], margin: str) -> Iterator[str]:
    """The pieces of a list as `json.dumps` writes them with an indent of two."""
    before = "["
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", f"\n  {margin}")
        yield f"{before}\n  {margin}{text}"
        before = ","
    yield "[]" if before == "[" else f"\n{margin}]"


def print_told(told: Mapping[str, object], as_json: bool) -> None:
    """What a command made, on one line or as JSON."""
    if as_json:
        print_json(dict(told))
    else:
        click.echo("; ".join(f"{name} {value}" for name, value in told.items()))


def print_json_line(data: object) -> None:
    """One JSON document on a line of its own."""
    click.echo(json.dumps(data, ensure_ascii=not says_everything(sys.stdout)))


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error while long work runs, when a person is there to see it.

    Gives a function that takes the share done, from zero to one.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


show_with(progress)


class Interrupts:
    """Lets a first Ctrl-C end the run after the document at hand, and a second one at once.

    So nothing is cut off in the middle of being stored, and long work can still be stopped.
    """

    def __init__(self) -> None:
        self.asked = 0

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """While this lasts, Ctrl-C is counted instead of raised."""
        before = signal.signal(signal.SIGINT, self._heed)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _heed(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.asked += 1
        if self.asked > 1:
            raise KeyboardInterrupt
        click.echo("septel: stopping after this document; Ctrl-C again stops at once.", err=True)

    def between(self, items: Iterable[T]) -> Iterator[T]:
        """The items, one by one, until a stop was asked for.

        Raises:
            KeyboardInterrupt: it was.
        """
        for item in items:
            self.check()
            yield item

    def check(self) -> None:
        """Between two documents: stop here if that was asked for.

        Raises:
            KeyboardInterrupt: it was.
        """
        if self.asked:
            raise KeyboardInterrupt


class Tally:
    """Counts what was done and what was not, so that one bad file does not end the run."""

    def __init__(self) -> None:
        self.done = 0
        self.faults: list[SeptelError | WorkFault] = []

    @contextmanager
    def item(self) -> Iterator[None]:
        """Do one item; a fault is printed and counted, and the next item is done."""
        try:
            yield
        except SeptelError as fault:
            if isinstance(fault, StoreError):
                # Nothing that follows could be kept either.
                raise
            self.note(fault)
        except Exception as fault:
            # The last catch: one item never ends a run.
            if ends_the_run(fault) or isinstance(fault, click.ClickException):
                raise
            self.note(unforeseen(fault, ""))
        else:
            self.done += 1

    @contextmanager
    def folder(self) -> Iterator[None]:
        """Look for items; a fault that keeps them from being found is printed and counted."""
        try:
            yield
        except StoreError:
            raise
        except SeptelError as fault:
            self.note(fault)

    def told(self, outcome: Outcome) -> None:
        """Count an outcome; a fault is printed."""
        if isinstance(outcome, WorkFault):
            self.note(outcome)
        else:
            self.done += 1

    def note(self, fault: SeptelError | WorkFault) -> None:
        """Print and count a fault of a part of an item; the item itself counts as done."""
        self.faults.append(fault)
        report(fault)

    @property
    def exit_code(self) -> ExitCode:
        """The fault's own code when there was but one item, else whether all was done."""
        if not self.faults:
            return ExitCode.OK
        if self.done == 0 and len({fault.exit_code for fault in self.faults}) == 1:
            return self.faults[0].exit_code
        return ExitCode.FAULTS


def left_out(what: str) -> None:
    """Say in one line what of a folder is not read; it is no fault."""
    click.echo(f"septel: {what}.", err=True)


def doubts_marked(reading: Reading) -> Text:
    """A reading with its doubts in colour and, for those who see none, in signs (`septel.text.doubt`)."""
    from rich.text import Text

    out = Text()
    for stretch in stretches(reading):
        out.append(stretch.shown, style=STYLES.get(stretch.state, ""))
    return out


def counts_of(reading: Reading) -> dict[str, int]:
    """How many words are how sure; those that stand as they came, or that a person decided, are sure."""
    counts = counted(reading)
    sure = counts[State.AS_IT_CAME] + counts[State.SURE] + counts[State.DECIDED]
    return {
        "sure": sure,
        "doubtful": counts[State.DOUBTFUL],
        "unreadable": counts[State.UNREADABLE],
        "decided": counts[State.DECIDED],
    }


def paths_of(files: Sequence[str]) -> list[Path]:
    """The arguments as paths, in the order given."""
    return [Path(name) for name in files]


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--json` that every verb has."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")(command)


def markdown_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--markdown` of every measure."""
    return click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown tables.")(command)


def readings_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--keep` of the measures that let engines read pages."""
    return click.option(
        "--keep",
        type=click.Path(file_okay=False, path_type=Path),
        help="Keep what engines read here, and take it from here again.",
    )(command)


class PlaceType(click.Path):
    """An archive as a person names it: a folder, or an address `postgresql://…`."""

    name = "archive"

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A folder as a path; an address as such."""
        from septel.archive.store import PostgresAddress, place_of

        place = place_of(value)
        return place if isinstance(place, PostgresAddress) else super().convert(value, param, ctx)


def default_archive() -> ArchivePlace:
    """The archive that is meant where none is named.

    The folder itself where it is an archive; else what the nearest setting at or above it names; else
    `septel-archive`. (The variable SEPTEL_ARCHIVE comes before all of these.)
    """
    here = Path.cwd()
    if (here / "catalogue.sqlite").exists():
        return Path()
    for folder in (here, *here.parents):
        setting = folder / SETTING
        if setting.is_file():
            named = setting.read_text("utf-8").strip()
            if named:
                from septel.archive.store import place_of

                place = place_of(named)
                return Path(os.path.relpath(folder / place, here)) if isinstance(place, Path) else place
    return Path(DEFAULT_ARCHIVE)


def archive_option(command: click.decorators.FC) -> click.decorators.FC:
    """The `--archive` that every verb of the archive has."""
    return click.option(
        "--archive",
        type=PlaceType(),
        default=default_archive,
        show_default=f"{DEFAULT_ARCHIVE}, or what `septel use` set",
        envvar="SEPTEL_ARCHIVE",
        help="The archive's folder, or its address in PostgreSQL (docs/stores.md).",
    )(command)


def by_option(does: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """`--by`: who does something. Whoever names nobody signs with their user name, and is told so."""
    return click.option("--by", callback=_signed, help=f"Who {does}; your user name unless given.")


def _signed(context: click.Context, _option: click.Parameter, name: str | None) -> str:
    if name is None:
        name = getpass.getuser()
        if not context.resilient_parsing:
            click.echo(f"septel: signed {name}, your user name; `--by NAME` signs otherwise.", err=True)
    check_line(name, "a name")
    return name


def shared_option(command: click.decorators.FC) -> click.decorators.FC:
    """Where the measuring sets are; they are not part of the project."""
    return click.option(
        "--shared",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="SEPTEL_SHARED",
        default=Path("../shared"),
        show_default=True,
        help="The folder of measuring sets.",
    )(command)


def in_a_line(text: str) -> str:
    """A title or value for a list: cut after so many characters as a line of a wide terminal has."""
    return shortened(text, MOST_IN_A_LINE)


class SubverbGroup(click.Group):
    """Verbs under a verb; whoever types a name that is none of them is told which there are."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The verb of a name.

        Raises:
            UsageError: there is none.
        """
        found = super().get_command(ctx, name)
        if found is None and not ctx.resilient_parsing:
            close = get_close_matches(name, self.commands, n=1, cutoff=0.7)
            meant = f"Did you mean `{close[0]}`?" if close else f"It has {', '.join(sorted(self.commands))}."
            raise UsageError(f"`septel {ctx.info_name}` has no verb {name!r}", remedy=meant)
        return found
