"""What is written of a holding as soon as it is read: text, JSON and TEI."""

from __future__ import annotations

from pathlib import Path

from septel.archive import Holding
from septel.cli.shared.write import fitting, write_whole
from septel.export import exporter


def write_exports(holding: Holding, folder: Path) -> list[Path]:
    """Write text, JSON and TEI of a holding into a folder; each file appears whole or not at all."""
    stem = Path(holding.source.name).stem or holding.id
    written: list[Path] = []
    for name in ("text", "json", "tei"):
        chosen_format = exporter(name)
        file = fitting(stem, f"-{holding.id}{chosen_format.ending}")
        written.append(write_whole(folder, file, chosen_format.write(holding)))
    return written
