"""What characters become: our worn pages beside the real telegram, so that nobody takes one for the other.

Both are aligned with their truth by character (fewest edits). Each row is a character of the truth and how
often, per hundred of it, it came out right, went lost, or became something else. The cosine of the two
tables of substitutions says how alike the two kinds of noise are: 1 is the same, 0 nothing in common.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from septel.capture import TesserocrEngine
from septel.errors import InputError
from septel.measure.metrics import TableGrid, one_spaced
from septel.measure.truth import SEED, level_of, worn_images
from septel.progress import Progress, silent

SHOWN = 3
"""How many of a character's most frequent misreadings are shown."""
ENOUGH = 10
"""Characters that either truth has less often are left out of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusions:
    """What the characters of one truth became.

    Attributes:
        name: of the text.
        characters: how often the truth has each character.
        became: pairs of a character and what stands for it (empty where it went lost), each with its count;
            pairs of equal characters are left out.
        added: characters that stand for nothing in the truth.
    """

    name: str
    characters: Counter[str]
    became: Counter[tuple[str, str]]
    added: Counter[str]

    @property
    def rate(self) -> float:
        """Errors per character of the truth."""
        total = self.characters.total()
        return (self.became.total() + self.added.total()) / total if total else 0.0

    def share(self, character: str, seen: str) -> float:
        """How often the character became this, per occurrence."""
        return self.became[character, seen] / max(self.characters[character], 1)


def confusions_of(name: str, pairs: Iterable[tuple[str, str]]) -> Confusions:
    """Count pairs of truth and reading."""
    characters, became, added = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    for truth, seen in pairs:
        one, other = one_spaced(truth), one_spaced(seen)
        characters.update(one)
        for edit in Levenshtein.editops(one, other):
            if edit.tag == "insert":
                added[other[edit.dest_pos]] += 1
            else:
                became[one[edit.src_pos], other[edit.dest_pos] if edit.tag == "replace" else ""] += 1
    return Confusions(name=name, characters=characters, became=became, added=added)


def likeness(one: Confusions, other: Confusions) -> float:
    """The cosine of the two tables of what letters became, right readings and losses left out."""
    pairs = {pair for pair in (*one.became, *other.became) if pair[0].isalpha() and pair[1]}
    first = [one.share(*pair) for pair in pairs]
    second = [other.share(*pair) for pair in pairs]
    product = sum(a * b for a, b in zip(first, second, strict=True))
    length = math.hypot(*first) * math.hypot(*second)
    return product / length if length else 0.0


def measure_confusions(
    level: str = "4", *, shared: Path, pages: int = 4, seed: int = SEED, progress: Progress = silent
) -> tuple[Confusions, Confusions]:
    """The real telegram's confusions, and those of worn pages of a level that the default engine read.

    Raises:
        UsageError: there is no such level.
        InputError: the telegram's truth is not there.
    """
    engine = TesserocrEngine()
    pairs = []
    worn = worn_images(level_of(level), shared, pages=pages, seed=seed)
    for number, (_, truth, image) in enumerate(worn, 1):
        seen = "\n".join(" ".join(word.text for word in line) for line in engine.read(image))
        pairs.append((truth, seen))
        progress(number / pages)
    return _telegram(shared), confusions_of(f"worn: {level_of(level)}", pairs)


def _telegram(shared: Path) -> Confusions:
    file = shared / "seed" / "section1.gold.jsonl"
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]
    except OSError as why:
        raise InputError(
            "the real telegram is not here", where=str(file), remedy="Name the folder with --shared."
        ) from why
    return confusions_of(
        "real telegram", [(row["gold"], row["ocr"]) for row in rows if row.get("score", True)]
    )


def confusion_grids(one: Confusions, other: Confusions) -> tuple[TableGrid, ...]:
    """The two side by side."""
    both = [c for c, n in one.characters.most_common() if n >= ENOUGH and other.characters[c] >= ENOUGH]
    return (
        TableGrid(
            title=f"What characters became: {one.name} (CER {100 * one.rate:.1f}%), "
            f"{other.name} (CER {100 * other.rate:.1f}%)",
            head=("truth", f"{one.name}: right", "became", f"{other.name}: right", "became"),
            rows=tuple((_shown(c), *_cells(one, c), *_cells(other, c)) for c in both),
            notes=(
                f"Likeness of the letters' misreadings (cosine): {likeness(one, other):.2f}",
                *(
                    f"Added by {found.name}, per 1000 characters of truth: "
                    + ", ".join(
                        f"{_shown(c)} {1000 * n / found.characters.total():.0f}"
                        for c, n in found.added.most_common(8)
                    )
                    for found in (one, other)
                ),
            ),
        ),
    )


def _cells(found: Confusions, character: str) -> tuple[str, str]:
    misread = Counter({seen: n for (truth, seen), n in found.became.items() if truth == character})
    right = 1 - misread.total() / found.characters[character]
    shown = ", ".join(
        f"{_shown(seen)} {100 * n / found.characters[character]:.0f}"
        for seen, n in misread.most_common(SHOWN)
    )
    return f"{100 * right:.0f}", shown


def _shown(character: str) -> str:
    return {"": "lost", " ": "blank"}.get(character, character)
