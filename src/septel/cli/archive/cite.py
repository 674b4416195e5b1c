"""`septel cite`: a holding or a place in it, as notes, bibliographies and reference managers have it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.cli.shared.places import passage_of
from septel.cli.shared.reader import reader_option, served
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, json_option
from septel.errors import ExitCode, UsageError
from septel.export.cite import FORMATS, cite, cited_of, form_named


class CitationFormType(click.ParamType[str]):
    """A form of citation, by any of its names."""

    name = "form"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in the list of forms."""
        return click.Choice(tuple(FORMATS)).convert(form_named(value), param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """As `click.Choice` has it."""
        return click.Choice(tuple(FORMATS)).get_metavar(param, ctx)


@click.command(
    "cite",
    epilog="""
\b
Examples:
  septel cite 'LA PAZ 158'                            NARA's note
  septel cite 'LA PAZ 158' --at 46:EXILED             with the line, and on what its words rest
  septel cite 'LA PAZ 158' --at 'PARA 2'              with the lines of a paragraph
  septel cite --where 'tag:tin' --as bibtex >tin.bib
  septel cite --where 'tag:tin' --as csl-json >tin.json
""",
)
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@reader_option
@click.option(
    "--at",
    "place",
    help="The place: a line and a word shown there (29:SEMENOV), a line (29), a paragraph (PARA 3, 3.A), "
    "or offsets (412-498).",
)
@click.option(
    "--as",
    "form",
    type=CitationFormType(),
    default="note",
    show_default=True,
    help=f"{', '.join(FORMATS)}. `nara`, `chicago` are notes, `csl` is csl-json, `endnote` is ris.",
)
@json_option
def cite_(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    reader: str | None,
    place: str | None,
    form: str,
    as_json: bool,
) -> int:
    """Cite HOLDINGS, or a place in one: NARA's and Chicago's note, CSL-JSON, RIS or BibTeX.

    A citation says on what its words rest: as they came, restored by Septel (and how surely), or read by a
    person. What no paper says, such as the box, is left out; `septel correct HOLDING box=12` adds it.
    """
    with served(archive, reader) as kept:
        ids = selected(kept, holdings, where)
        if place and len(ids) != 1:
            raise UsageError("a place is in one holding", remedy="Name one.")
        ones = []
        for one in ids:
            held = kept.holding(one)
            ones.append(cited_of(held, passage_of(held, place) if place else None))
    click.echo(cite(ones, "csl-json" if as_json else form), nl=False)
    return ExitCode.OK
