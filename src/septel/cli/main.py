"""The command itself: its verbs, loaded when asked for, and how a fault ends it.

Verbs print what was asked for on standard output and everything else (progress, faults, advice) on
standard error, so that output can be piped. A fault is one line: where, what, what to do about it.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from septel import __version__
from septel.cli.shared.faults import report
from septel.cli.shared.streams import ready_streams, unseen
from septel.errors import ExitCode, SeptelError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VERBS = {
    "read": "septel.cli.document.read:read",
    "plan": "septel.cli.document.plan:plan",
    "restore": "septel.cli.document.restore:restore",
    "parse": "septel.cli.document.parse:parse",
    "assemble": "septel.cli.document.assemble:assemble",
    "record": "septel.cli.record.record:record",
    "copies": "septel.cli.document.copies:copies",
    "collate": "septel.cli.document.collate:collate",
    "search": "septel.cli.archive.search:search",
    "list": "septel.cli.archive.list:list_",
    "show": "septel.cli.archive.holdings:show",
    "cite": "septel.cli.archive.cite:cite_",
    "table": "septel.cli.archive.table:table_",
    "export": "septel.cli.archive.export:export",
    "import": "septel.cli.archive.import_corrections:import_corrections",
    "correct": "septel.cli.curation.correct:correct",
    "note": "septel.cli.curation.note:note",
    "tag": "septel.cli.curation.tag:tag",
    "hide": "septel.cli.curation.delete:hide",
    "unhide": "septel.cli.curation.delete:unhide",
    "delete": "septel.cli.curation.delete:delete",
    "undelete": "septel.cli.curation.delete:undelete",
    "decide": "septel.cli.archive.decide:decide",
    "undo": "septel.cli.archive.decide:undo",
    "queue": "septel.cli.archive.queue:queue",
    "conflicts": "septel.cli.archive.conflicts:conflicts",
    "settle": "septel.cli.archive.conflicts:settle",
    "renew": "septel.cli.archive.renew:renew",
    "supersede": "septel.cli.archive.supersede:supersede",
    "references": "septel.cli.archive.references:references",
    "ghosts": "septel.cli.archive.references:ghost_list",
    "backup": "septel.cli.curation.backup:backup",
    "recover": "septel.cli.curation.backup:recover",
    "verify": "septel.cli.curation.backup:verify",
    "merge": "septel.cli.curation.merge:merge",
    "archive": "septel.cli.curation.relocate:archive",
    "rebuild-index": "septel.cli.curation.rebuild_index:rebuild_index",
    "use": "septel.cli.curation.use:use",
    "handling": "septel.cli.handling.handling:handling",
    "audit": "septel.cli.handling.audit:audit",
    "room": "septel.cli.archive.room:room",
    "account": "septel.cli.archive.account:account",
    "measure": "septel.cli.measure.measure:measure",
    "bench": "septel.cli.measure.measure:bench",
    "train": "septel.cli.train.train:train",
    "doctor": "septel.cli.doctor:doctor",
    "completion": "septel.cli.completion:completion",
}

SUMMARIES = {
    "read": "Take FILES on the whole walk: capture, restore, parse, store, export.",
    "plan": "Say what reading PAGES, or all of FOLDER, will take: time, memory, disk, money, and which "
    "cluster.",
    "restore": "Read through the noise of FILES and print what the pages said.",
    "parse": "Print the telegram in FILES: heading, sections, paragraphs, references, each with its place.",
    "assemble": "Put telegrams together from FILES: sections and pages in any order, in several files, "
    "missing or twice.",
    "record": "Say who said what to whom, on which point, and what stays open.",
    "copies": "Read copies of one telegram together: FILES are the copies, each with its own noise.",
    "collate": "Compare two texts of one statement word by word: FIRST as authorised, SECOND as delivered.",
    "search": "Find paragraphs and fields that hold all WORDS, through the noise; quotation marks ask for a "
    "phrase.",
    "list": "List the holdings that QUERY means, or all, oldest first: id, title, date, tags.",
    "show": "Print one HOLDING (by id, telegram number or file name), or a list of all.",
    "cite": "Cite HOLDINGS, or a place in one: NARA's and Chicago's note, CSL-JSON, RIS or BibTeX.",
    "table": "Write WHAT (holdings, references or statements) of HOLDINGS, or of all, a line each, as CSV or "
    "XLSX.",
    "export": "Write HOLDINGS (by id, telegram number or file name) in one of the formats of "
    "`docs/formats.md`.",
    "import": "Merge corrected FILES into the archive: our TEI, our PAGE XML, or a sheet of corrections "
    "(CSV).",
    "correct": "Say what heading fields of HOLDING are, whatever was read; an empty VALUE says that there is "
    "none.",
    "note": "Note TEXT on HOLDING, or on a place in it; without TEXT print its notes.",
    "tag": "Give HOLDINGS the TAG; without one list the tags.",
    "hide": "Leave HOLDINGS out of lists, searches and exports of all; by their ids they are still shown.",
    "unhide": "Take back `septel hide`, by the ids of HOLDINGS.",
    "delete": "Delete HOLDINGS: they are found nowhere any more, and `septel undelete` brings them back.",
    "undelete": "Bring deleted HOLDINGS back, by their ids, with everything that was ever said of them.",
    "decide": "Read PLACE of HOLDING as TEXT, whatever a model says now or later.",
    "undo": "Make ENTRY of HOLDING's edit log no longer count; it stays there, and undoing this brings it "
    "back.",
    "queue": "Walk the doubts of HOLDINGS, or of all, that matter most.",
    "conflicts": "List the decisions of persons that do not simply stand, in HOLDING or everywhere.",
    "settle": "Settle CONFLICT of HOLDING, by the number that `septel conflicts` gives.",
    "renew": "Restore and parse HOLDINGS again from the text that is held; no page is read again.",
    "supersede": "Let NEWER take the place of OLDER in lists and searches: another scan of the same paper.",
    "references": "Print what a HOLDING refers to and what refers to it, or the totals of all.",
    "ghosts": "List the messages that are cited and not held, most cited first, each dated by its "
    "neighbours.",
    "backup": "Copy the archive into FOLDER, as it is now, with all originals; it may be in use meanwhile.",
    "recover": "Make the archive again from the backup in FOLDER, after checking every byte of it.",
    "verify": "Check that the archive is whole: texts, logs, trees, originals, the search index.",
    "merge": "Take the archive OTHER into the archive: documents, originals, decisions, notes, tags, "
    "corrections.",
    "archive": "Look after where the archive is kept: a folder, or PostgreSQL (docs/stores.md).",
    "rebuild-index": "Make the search index again; it holds nothing of its own, so nothing can be lost by "
    "it.",
    "use": "Let the verbs mean the archive in FOLDER wherever they are typed in this folder and below it.",
    "handling": "Say who may see what: markings, release, embargo of HOLDINGS and their portions, rules, "
    "readers.",
    "audit": "List the audit trail, or check that no entry was removed, changed or moved; by itself it "
    "lists.",
    "room": "Serve the reading room until Ctrl-C.",
    "account": "Say who may enter the reading room from other machines, and what they may do there.",
    "measure": "Score a stage against truth, beside its peers.",
    "bench": "Time a stage, as a ratio against a named peer in the same run.",
    "train": "Make the shipped models again from corpora, or adapt them to an archive's own pages.",
    "doctor": "Say what is installed, what is missing, and how to get it.",
    "completion": "Print the script that completes septel's words in SHELL.",
}
"""The first sentence of each verb's help, so that the list of verbs is shown without loading any."""
HINTS = {
    "find": "search",
    "grep": "search",
    "query": "search",
    "ls": "list",
    "dir": "list",
    "holdings": "list",
    "cat": "show",
    "print": "show",
    "view": "show",
    "add": "read",
    "ingest": "read",
    "scan": "read",
    "ocr": "read",
    "open": "room",
    "serve": "room",
    "browse": "room",
    "web": "room",
    "edit": "correct",
    "fix": "correct",
    "title": "correct",
    "rename": "correct",
    "annotate": "note",
    "comment": "note",
    "label": "tag",
    "untag": "tag TAG HOLDING --remove",
    "rm": "delete",
    "remove": "delete",
    "trash": "delete",
    "purge": "delete --for-good",
    "restore-backup": "recover",
    "save": "backup",
    "check": "verify",
    "fsck": "verify",
    "move": "archive move",
    "migrate": "archive move",
    "reindex": "rebuild-index",
    "index": "rebuild-index",
    "citation": "cite",
    "bibtex": "cite --as bibtex",
    "csv": "table",
    "xlsx": "table",
    "spreadsheet": "table",
    "refs": "references",
    "missing": "ghosts",
    "embargo": "handling embargo",
    "release": "handling release",
    "redact": "handling release HOLDING withheld --portion",
    "explain": "handling explain",
    "rules": "handling rules",
    "compare": "collate",
    "diff": "collate",
    "combine": "merge",
    "duplicates": "copies --find --held",
    "dedupe": "copies --find --held",
    "facets": "search QUERY --facets",
    "info": "show",
    "count": "list",
    "stats": "search QUERY --facets",
    "status": "verify",
}
"""Verbs that people try, and the verb that does it."""

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


class _ReaderLeft(Exception):
    """Whoever read our output has enough of it, as `head` has."""


class Verbs(click.Group):
    """The verbs in the order of the walk, each imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click gives it)
        """The verbs, in the order in which a page meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Import the verb's module and give the command that it holds."""
        place = VERBS.get(name)
        if place is None:
            if name in HINTS:
                raise UsageError(f"there is no verb {name!r}", remedy=f"`septel {HINTS[name]}` does that.")
            close = get_close_matches(name, VERBS, n=1, cutoff=0.7)
            if close:
                raise UsageError(f"there is no verb {name!r}", remedy=f"Did you mean `septel {close[0]}`?")
            return None
        module, _, attribute = place.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{place} is no command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; a reader of its output that leaves is no fault (click would end with 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as left:
            raise _ReaderLeft from left

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their summaries; no verb is loaded for that."""
        listed = {name: click.Command(name, help=SUMMARIES[name]) for name in self.list_commands(ctx)}
        room = formatter.width - 6 - max(map(len, listed))
        with formatter.section("Commands"):
            formatter.write_dl([(name, verb.get_short_help_str(room)) for name, verb in listed.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs that begin so, and the options of the command itself; no verb is loaded for that."""
        from click.shell_completion import CompletionItem

        verbs = [CompletionItem(v, help=SUMMARIES[v]) for v in VERBS if v.startswith(incomplete)]
        return verbs + click.Command.shell_complete(self, ctx, incomplete)


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its documented exit code."""
    sys.exit(run(arguments))


def _interrupted() -> int:
    click.echo("septel: interrupted; what was finished is kept.", err=True)
    # CPython notes an interrupt within code that was made from a string (a dataclass is), and ends of the
    # signal whatever the exit code is, although it was handled. The next code made from a string clears that.
    eval("None")
    return ExitCode.INTERRUPTED


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and say with which code it ended."""
    ready_streams()
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
        return _interrupted()
    except SystemError as fault:
        # Compiled code that was interrupted says so in its own way.
        if not isinstance(fault.__cause__ or fault.__context__, KeyboardInterrupt):
            raise
        return _interrupted()
    except (BrokenPipeError, _ReaderLeft):
        # Nothing is wrong, and nothing more can be said.
        unseen()
        return ExitCode.OK
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            click.echo(f"septel: the disk is full ({fault.filename or 'output'}). Free some space.", err=True)
            return ExitCode.FULL
        raise
