"""`septel record`: who said what to whom, on which point, and what stays open, each tied to its line."""

from __future__ import annotations

from importlib import import_module

import click

_REVIEW, _VIEWS = "septel.cli.record.review", "septel.cli.record.views"
FILES = "septel.cli.record.files:of_files"
VERBS = {
    "add": f"{_REVIEW}:add",
    "agreement": f"{_REVIEW}:agreement_",
    "judge": f"{_REVIEW}:judge",
    "log": f"{_REVIEW}:log_",
    "matrix": f"{_VIEWS}:matrix",
    "open": f"{_VIEWS}:open_",
    "queue": f"{_VIEWS}:queue",
    "report": f"{_VIEWS}:report_",
    "review": f"{_REVIEW}:review",
    "statements": f"{_VIEWS}:statements",
    "undo": f"{_REVIEW}:undo",
}


class RecordGroup(click.Group):
    """The verbs of the record, each imported only when it is used; what is none of them is a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take arguments that begin with no verb as files."""
        if args and args[0] not in (*VERBS, "files", "--help", "-h"):
            args.insert(0, "files")
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click gives it)
        """The verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Import a verb's module and give the command that it holds."""
        place = FILES if name == "files" else VERBS.get(name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=RecordGroup,
    epilog="""
\b
Examples:
  septel record cable.txt                     meetings, statements, comments of one file
  septel record scans/*.pdf --to out          JSON, tables (CSV) and a report for printing
  septel record matrix --archive salt         issue by side by time, over an archive
  septel record open --archive salt           questions and proposals, and how they stand
  septel record review 1a2b3c4d5e6f:120-180 --accept --by 'A. Reader'
""",
)
def record() -> None:
    """Say who said what to whom, on which point, and what stays open.

    With FILES, the record of each; without, one of the verbs below over an archive. A file that is called
    like a verb is given as ./matrix. What rules find is proposed; what persons say of it outranks them, and
    the two are told apart everywhere.
    """
