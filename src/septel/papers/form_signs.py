"""The printed phrases by which forms are known, found through the noise of a scan."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz

from septel.lexicon import letters
from septel.papers.paper import PaperKind

ALIKE, ALIKE_LONG = 88.0, 85.0
"""How much of a phrase must stand on a line, of a hundred (`rapidfuzz.fuzz.partial_ratio`): short, long."""


@dataclass(frozen=True, slots=True)
class FormSign:
    """A printed phrase of a form: what it shows (`begins`, `continues`, or only the `form`), how strongly."""

    kind: PaperKind
    shows: str
    weight: int
    phrase: str


@lru_cache(maxsize=1)
def shipped() -> tuple[FormSign, ...]:
    """The phrases that come with the package."""
    text = (resources.files("septel.papers") / "data" / "signs.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        FormSign(
            PaperKind(row["kind"] if row["kind"] != "cover" else "rif-cover"),
            row["sign"],
            int(row["weight"]),
            letters(row["phrase"]),
        )
        for row in rows
    )


def stands(phrase: str, lines: Sequence[str]) -> bool:
    """Whether a phrase stands on a line, or over the end of one, whole or nearly so."""
    alike = ALIKE_LONG if len(phrase) >= 16 else ALIKE
    for number, line in enumerate(lines):
        if phrase in line:
            return True
        near = len(phrase) > 7 and len(phrase) - 2 <= len(line) <= len(phrase) * 4
        if near and fuzz.partial_ratio(phrase, line, score_cutoff=alike):
            return True
        if number + 1 < len(lines) and len(line) < len(phrase) and phrase in line + lines[number + 1]:
            return True
    return False
