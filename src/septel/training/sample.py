"""Remakes a worn sample from its truth: `python -m septel.synthesis TRUTH FOLDER`.

Writes `FOLDER/page-1.png` and so on, black and white as most archives' scans are, or grey with `--grey`.
With `--read FILE` the default engine reads them again and its text goes to FILE, a form feed between pages.
"""

from __future__ import annotations

from pathlib import Path

import click

from septel.capture import read
from septel.synthesis import FACES, LEVELS, degrade, print_pages


@click.command()
@click.argument("truth", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--level", type=click.Choice(tuple(LEVELS)), default="bad photocopy", show_default=True)
@click.option("--face", type=click.Choice(FACES), default=FACES[0], show_default=True)
@click.option("--grey", is_flag=True, help="Keep the shades of grey; the files are ten times as large.")
@click.option("--seed", type=int, default=1969, show_default=True)
@click.option(
    "--read", "reading", type=click.Path(dir_okay=False, path_type=Path), help="Write OCR text here."
)
def make(
    truth: Path, folder: Path, level: str, face: str, grey: bool, seed: int, reading: Path | None
) -> None:
    """Print TRUTH onto pages, wear them, and write them to FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    text = truth.read_text(encoding="utf-8")
    for number, page in enumerate(print_pages(text, face=face, seed=seed), 1):
        worn = degrade(page, level, seed=seed + number)
        image = worn if grey else worn.point(lambda shade: 255 * (shade > 140)).convert("1")
        image.save(folder / f"page-{number}.png", optimize=True)
    if reading:
        source = read(folder).source
        pages = [span.of(source.text) for span in source.pages]
        reading.write_text("\f".join(pages), encoding="utf-8")


if __name__ == "__main__":
    make()
