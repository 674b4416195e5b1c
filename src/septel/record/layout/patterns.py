"""The turns of phrase that the rules go by, as data: one named pattern a row, with its source."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _rows() -> dict[str, tuple[str, str]]:
    text = (files("septel.record") / "data" / "cues.tsv").read_text(encoding="utf-8")
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["name"]: (row["pattern"], row["flags"]) for row in table}


def cue_text(name: str) -> str:
    """The pattern of this name, to be built into another."""
    return _rows()[name][0]


def cue(name: str) -> re.Pattern[str]:
    """The pattern of this name."""
    pattern, flags = _rows()[name]
    return re.compile(pattern, re.IGNORECASE if "i" in flags else 0)
