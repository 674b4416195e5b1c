"""The telegrams that are measured: as they were released, and printed, worn and read again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from septel import capture
from septel.capture import Capture, Engine, ReadingCache
from septel.errors import InputError
from septel.measure.telegram.attributes import message_lines
from septel.measure.truth import COLUMNS, LINES, THRESHOLD
from septel.synthesis import FACES, degrade, print_pages

PAGES = 2
"""The most pages of a telegram that is printed: a longer one takes an engine too long."""


def released(shared: Path) -> Iterator[tuple[str, str]]:
    """Number and text of each released telegram of the set that holds a message."""
    folder = shared / "dev" / "aad"
    if not folder.is_dir():
        raise InputError("the set is not here", where=str(folder), remedy="Name its folder with --shared.")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8", errors="replace").replace("\f", "")
        if "Message Text" in text:
            yield path.stem, text


def printable(shared: Path, *, telegrams: int, seed: int) -> list[tuple[str, str]]:
    """Telegrams drawn by the seed, each short enough for `PAGES` pages; whole files."""
    chosen = [
        (document, text)
        for document, text in released(shared)
        if 20 < len(printed_lines(text)) <= PAGES * LINES
    ]
    random.Random(seed).shuffle(chosen)
    return chosen[:telegrams]


def printed_lines(text: str) -> list[str]:
    """The lines of a message that a teletype printed: no release stamps, no runs of blank lines."""
    lines: list[str] = []
    for line in message_lines(text):
        if line or (lines and lines[-1]):
            lines.append(line[:COLUMNS])
    while lines and not lines[-1]:
        lines.pop()
    return lines


def worn_capture(
    document: str, text: str, level: str, number: int, seed: int, keep: Path | None, engine: Engine
) -> Capture:
    """The telegram as the engine reads its worn pages."""
    lines = printed_lines(text)
    pages = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    face = FACES[number % len(FACES)]
    with TemporaryDirectory() as folder:
        for page, image in enumerate(print_pages("\f".join(pages), face=face, seed=seed)):
            worn = degrade(image, level, seed=seed + 10 * number + page)
            if number % 4 >= 2:
                worn = worn.point([255 * (shade > THRESHOLD) for shade in range(256)])
            worn.save(Path(folder) / f"{page:03d}.png")
        readings = ReadingCache(keep) if keep else None
        captured = capture.read(Path(folder), engine=engine, readings=readings)
    return replace(captured, source=replace(captured.source, name=document))
