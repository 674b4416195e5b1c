"""The command itself: its verbs, loaded when asked for, and how a fault ends it.

Verbs print what was asked for on standard output and everything else (progress, faults, advice) on
standard error, so that output can be piped. A fault is one line: where, what, what to do about it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from septel import __version__
from septel.errors import ExitCode, SeptelError
from septel.pipeline import WorkFault

VERBS = {
    "read": "septel.cli.document.read:read",
    "restore": "septel.cli.document.restore:restore",
    "parse": "septel.cli.document.parse:parse",
    "assemble": "septel.cli.document.assemble:assemble",
    "record": "septel.cli.record.record:record",
    "copies": "septel.cli.document.copies:copies",
    "collate": "septel.cli.document.copies:collate",
    "search": "septel.cli.archive.holdings:search",
    "show": "septel.cli.archive.holdings:show",
    "export": "septel.cli.archive.export:export",
    "import": "septel.cli.archive.import_corrections:import_corrections",
    "decide": "septel.cli.archive.decide:decide",
    "undo": "septel.cli.archive.decide:undo",
    "conflicts": "septel.cli.archive.conflicts:conflicts",
    "settle": "septel.cli.archive.conflicts:settle",
    "renew": "septel.cli.archive.renew:renew",
    "supersede": "septel.cli.archive.supersede:supersede",
    "references": "septel.cli.archive.references:references",
    "ghosts": "septel.cli.archive.references:ghost_list",
    "room": "septel.cli.archive.room:room",
    "measure": "septel.cli.measure.measure:measure",
    "bench": "septel.cli.measure.measure:bench",
    "train": "septel.cli.train.train:train",
    "doctor": "septel.cli.doctor:doctor",
    "completion": "septel.cli.completion:completion",
}

EXIT_CODES = """
\b
Exit codes:
  0    everything asked for was done
  1    some of it was not: each fault is one line on standard error
  2    the command was given something that it can't use
  3    a file can't be read as what it claims to be
  4    an input is larger than the limits allow
  5    the archive holds no such telegram, page or edit
  6    the archive can't be opened, read or written
  7    the disk is full
  8    an engine, a model or an optional package is missing
  9    an OCR engine failed
  10   an edit does not fit the text or the log
  11   a model file is damaged
  130  interrupted; what was finished is kept
"""


class Verbs(click.Group):
    """The verbs in the order of the walk, each imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click gives it)
        """The verbs, in the order in which a page meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Import the verb's module and give the command that it holds."""
        place = VERBS.get(name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{place} is no command")
        return command


@click.group(
    cls=Verbs,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="septel")
def septel() -> None:
    """Make declassified diplomatic telegrams readable, searchable, citable and trustworthy.

    \b
    A folder of scans or of OCR text, read, restored, stored and exported:
      septel read scans/*.pdf --archive my-archive
    One file restored, one line out for each line in:
      septel restore --lines cable.txt
    What the archive says about a thing, then its pages in the browser:
      septel search "PRELIMINARY TALKS" --archive my-archive
      septel room --archive my-archive
    """  # noqa: D301  (click reads the backspace as "keep these lines")


def report(fault: SeptelError | WorkFault) -> None:
    """Print a fault as its one line on standard error."""
    click.echo(f"septel: {fault}", err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its documented exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and say with which code it ended."""
    try:
        outcome = septel.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        return outcome if isinstance(outcome, int) else ExitCode.OK
    except SeptelError as fault:
        report(fault)
        return fault.exit_code
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("septel: interrupted; what was finished is kept.", err=True)
        return ExitCode.INTERRUPTED
    except SystemError as fault:
        # Compiled code that was interrupted says so in its own way.
        if not isinstance(fault.__cause__ or fault.__context__, KeyboardInterrupt):
            raise
        click.echo("septel: interrupted; what was finished is kept.", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left, as `head` does. Nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            click.echo(f"septel: the disk is full ({fault.filename or 'output'}). Free some space.", err=True)
            return ExitCode.FULL
        raise
