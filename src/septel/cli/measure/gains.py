"""`septel measure gains`: what a change gained and lost on the corpus that is shipped with the sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.cli.shared.terminal import json_option, print_json, progress
from septel.errors import ExitCode
from septel.measure.regression import (
    KINDS,
    DocumentGains,
    corpus_in,
    gains_of,
    read_baseline,
    right_in,
    write_baseline,
)

SHOWN = 12
"""Gains and losses of a kind that are listed for a document; the others are counted."""


@click.command(
    "gains",
    epilog="""
\b
Examples:
  septel measure gains                    against the baseline beside the corpus
  septel measure gains --write            make what is right now the baseline
  septel measure gains --strict           fail if anything was lost
""",
)
@click.option(
    "--corpus",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sample/gains"),
    show_default=True,
    help="The folder of the corpus.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What was right before [default: baseline.json beside the corpus].",
)
@click.option("--write", is_flag=True, help="Write the baseline anew, after showing what changed.")
@click.option("--strict", is_flag=True, help="End with 1 if anything was lost.")
@json_option
def measure_gains_command(
    corpus: Path, baseline: Path | None, write: bool, strict: bool, as_json: bool
) -> int:
    """Words, fields and statements that are right now and were not, and the other way round, by document."""
    file = baseline or corpus / "baseline.json"
    known = corpus_in(corpus)
    before = {} if write and not file.exists() else read_baseline(file)
    with progress("Reading the corpus") as step:
        now = right_in(known, progress=step)
    gains = gains_of(known, now, before)
    if as_json:
        print_json(TypeAdapter(tuple[DocumentGains, ...]).dump_python(gains, mode="json"))
    else:
        click.echo("\n".join(shown(gains)))
    if write:
        write_baseline(now, file)
    return ExitCode.FAULTS if strict and any(one.loses for one in gains) else ExitCode.OK


def shown(gains: Sequence[DocumentGains]) -> list[str]:
    """The table, and under it what was gained and lost."""
    width = max(len(one.name) for one in gains)
    lines = [f"{'document':{width}}" + "".join(f"  {kind:>22}" for kind in (*KINDS, "other statements"))]
    for one in gains:
        cells = [_cell(one, kind) for kind in KINDS]
        cells.append(f"{one.extra[0]}" + (f" ({one.extra[0] - one.extra[1]:+d})" if _moved(one) else ""))
        lines.append(f"{one.name:{width}}" + "".join(f"  {cell:>22}" for cell in cells))
    total = " ".join(
        f"{kind}: {sum(len(one.gained[kind]) for one in gains)} gained, "
        f"{sum(len(one.lost[kind]) for one in gains)} lost of {sum(one.of[kind] for one in gains)};"
        for kind in KINDS
    )
    lines += ["", total.rstrip(";")]
    for one in gains:
        for sign, parts in (("+", one.gained), ("-", one.lost)):
            for kind in KINDS:
                lines += [f"  {sign} {one.name}, {kind}: {part}" for part in parts[kind][:SHOWN]]
                if len(parts[kind]) > SHOWN:
                    lines.append(f"  {sign} {one.name}, {kind}: {len(parts[kind]) - SHOWN} more")
    return lines


def _moved(one: DocumentGains) -> bool:
    return one.extra[0] != one.extra[1]


def _cell(one: DocumentGains, kind: str) -> str:
    gained, lost = len(one.gained[kind]), len(one.lost[kind])
    moved = f" (+{gained} -{lost})" if gained or lost else "" if one.before else " (new)"
    return f"{one.right[kind]} of {one.of[kind]}{moved}"
