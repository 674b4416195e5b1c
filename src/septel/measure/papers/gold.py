"""Real files with hand-read parts and fields, and what of them rules were made while looking at."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELDS = (
    "originator", "number", "date", "to", "info", "classification", "references", "paragraphs", "signature"
)  # fmt: skip
"""The fields that are scored."""
_SEEDS = (15, 16)
_SEEN = frozenset({"104-10178-10130"})
"""Files put aside whose hand-read fields came to be seen all the same."""
_PAGE = re.compile(r"\n-{20,} Page (\d+)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFile:
    """One file with its hand-read parts.

    Attributes:
        name: its record number.
        path: the PDF.
        parts: the parts in page order, as the set has them.
        looked: whether rules were made while looking at it.
    """

    name: str
    path: Path
    parts: tuple[dict[str, Any], ...]
    looked: bool


def gold_files(shared: Path) -> tuple[GoldFile, ...]:
    """The files of the set, each once."""
    folder = shared / "dev" / "fields"
    names = sorted(path.stem for path in folder.glob("*.json"))
    unlooked = _unlooked(names)
    return tuple(
        GoldFile(
            name=name,
            path=folder / f"{name}.pdf",
            parts=tuple(json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["parts"]),
            looked=name not in unlooked,
        )
        for name in names
    )


def _unlooked(names: Sequence[str]) -> frozenset[str]:
    """Under a quarter of the files: half was put aside at first, and half of that was looked at later."""
    first = list(names)
    random.Random(_SEEDS[0]).shuffle(first)
    rest = sorted(first[len(first) // 2 :])
    random.Random(_SEEDS[1]).shuffle(rest)
    return frozenset(rest[len(rest) // 2 :]) - _SEEN


def transcripts(shared: Path, names: Sequence[str]) -> dict[tuple[str, int], str]:
    """What a vision model reads on pages of the files, by file and page; not all pages have one."""
    wanted = set(names)
    found: dict[tuple[str, int], str] = {}
    whole = shared / "corpora" / "parallel_readings.jsonl.xz"
    if whole.is_file():
        with lzma.open(whole, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    pieces = _PAGE.split("\n" + row["doctly"])
                    found[row["id"], 1] = pieces[0]
                    for number, text in zip(pieces[1::2], pieces[2::2], strict=False):
                        found[row["id"], int(number)] = text
    pages = shared / "scans" / "jfk.jsonl.xz"
    if pages.is_file():
        with lzma.open(pages, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    found[row["id"], int(row["page"])] = row["text"]
    return found
