"""`septel restore`: read through the noise of one file or many, and print what the pages said.

The contract for scoring: `--lines` prints exactly one restored line per source line, without marks of
doubt; `--words` prints one JSON object per word: `line` (from one), `span` (source offsets), `source`
(the characters there), `text`, `state`, `confidence` (a calibrated probability, or null), `calibration`,
`alternatives`, `reason`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel import capture
from septel.capture import EnginePool, Limits
from septel.cli.shared.terminal import (
    Tally,
    console,
    doubts_marked,
    json_option,
    paths_of,
    print_json,
    print_json_line,
    progress,
)
from septel.cli.shared.thresholds import chosen
from septel.errors import UsageError
from septel.pipeline import restore_capture
from septel.restore import Restoration, RestoredWord, Restorer


def word_json(restoration: Restoration, word: RestoredWord) -> dict[str, object]:
    """One word as `--words` prints it."""
    return {
        "line": word.line,
        "span": [word.span.start, word.span.end],
        "source": word.span.of(restoration.source.text),
        "text": word.text,
        "state": word.trust.value,
        "confidence": word.confidence.probability if word.confidence else None,
        "calibration": word.confidence.calibration if word.confidence else None,
        "alternatives": [[a.text, a.probability] for a in word.alternatives],
        "reason": str(word.reason),
    }


def restoration_json(path: Path, restoration: Restoration) -> dict[str, object]:
    """A whole restoration, with the log of its edits."""
    return {
        "file": str(path),
        "source": {"id": restoration.source.id, "digest": restoration.source.digest},
        "step": restoration.step.to_json(),
        "lines": list(restoration.lines),
        "words": [word_json(restoration, word) for word in restoration.words],
        "edits": [edit.to_json() for edit in restoration.edits],
    }


@click.command(
    epilog="""
\b
Examples:
  septel restore cable.txt                     the restored text, doubts marked
  septel restore --lines cable.txt >cable.new  one line out for each line in
  septel restore --words cable.txt | jq .      each word with its confidence
  septel restore --sure 0.98 cable.txt         call fewer words sure
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--lines", "as_lines", is_flag=True, help="One restored line per source line, no marks.")
@click.option("--words", "as_words", is_flag=True, help="One JSON object per word.")
@click.option(
    "--hints/--no-hints", default=True, help="Use what the form of a telegram says (on by default)."
)
@click.option("--sure", type=click.FloatRange(0, 1), help="From which probability a word counts as sure.")
@click.option("--floor", type=click.FloatRange(0, 1), help="Below which probability a word is unreadable.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model than the shipped one.")
@json_option
def restore(
    files: Sequence[str],
    as_lines: bool,
    as_words: bool,
    hints: bool,
    sure: float | None,
    floor: float | None,
    model: Path | None,
    as_json: bool,
) -> int:
    """Read through the noise of FILES and print what the pages said.

    Nothing is stored; `septel read` stores. FILES are text, PDF or images, or `-` for standard input.
    """
    if as_lines + as_words + as_json > 1:
        raise UsageError("--lines, --words and --json exclude each other", remedy="Choose one.")
    restorer = Restorer.load(model)
    settings = chosen(sure, floor)
    out, tally = console(), Tally()
    with EnginePool(Limits()) as pool:
        for path in paths_of(files):
            with tally.item(), progress(f"Restoring {path.name}") as step:
                if (path / "catalogue.sqlite").exists():
                    raise UsageError(
                        f"{path} is an archive, or a backup of one",
                        remedy="`septel recover` brings a backup back; `septel restore` reads pages.",
                    )
                captured = capture.read(path, pool=pool)
                restoration = restore_capture(
                    captured, restorer, settings=settings, hints=hints, progress=step
                )
                if as_json:
                    print_json(restoration_json(path, restoration))
                elif as_words:
                    for word in restoration.words:
                        print_json_line(word_json(restoration, word))
                elif as_lines:
                    click.echo("".join(f"{line}\n" for line in restoration.lines), nl=False)
                else:
                    out.print(doubts_marked(restoration.reading))
    return tally.exit_code
