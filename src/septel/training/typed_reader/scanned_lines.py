"""Pages with transcripts, on disk, and files of the true lines that they give."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from septel.errors import InputError
from septel.training.typed_reader import PAGES, TypedLine, keep_lines
from septel.training.typed_reader.scans import seen_strips, true_lines
from septel.training.typed_reader.transcripts import Transcript

EMPTY = 8
"""To so many lines with words one where nothing was typed is kept."""

RIGHT = 0.4
"""The share that is kept of lines that were read right; they teach less than others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """A page image with what stands on it.

    Attributes:
        document: whose page it is.
        image: the file.
        text: a transcript, line by line or by paragraph.
        agreed: 0 or 1 for each word of it: whether a second transcript has it too.
        fold: which part of a set it is of.
    """

    document: str
    image: Path
    text: str
    agreed: str
    fold: int


def scanned_pages(records: Path, images: Path) -> Iterator[ScannedPage]:
    """The pages of a set of scans whose images are there.

    Args:
        records: lines of JSON, maybe compressed (.xz), each with `id`, `image`, `text` and, if there is a
            second transcript, `agreed`; `fold` if the set is divided.
        images: the folder of images.

    Raises:
        InputError: the records can't be read, or one lacks what it must have.
    """
    for number, row in enumerate(_rows(records), 1):
        try:
            page = ScannedPage(
                document=str(row["id"]),
                image=images / str(row["image"]),
                text=str(row["text"]),
                agreed=str(row.get("agreed", "")),
                fold=int(row.get("fold", 0)),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise InputError(
                f"record {number} is not that of a page ({fault!r})", where=records.name
            ) from fault
        if page.image.is_file():
            yield page


def _rows(records: Path) -> Iterator[dict[str, Any]]:
    opened = lzma.open if records.suffix == ".xz" else open
    try:
        with opened(records, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError("a line is no table of names and values", where=records.name)
                yield row
    except (OSError, ValueError, lzma.LZMAError) as fault:
        raise InputError(f"can't be read as lines of JSON ({fault})", where=records.name) from fault


def to_learn_from(
    pages: Sequence[ScannedPage], *, without: Collection[str], fold: int | None, copies: Path | None = None
) -> list[ScannedPage]:
    """The pages that may be learnt from: none of the measuring fold or documents, nor a copy of such a page.

    Args:
        pages: all pages.
        without: documents that measure.
        fold: the fold that measures.
        copies: pairs of images that are copies of one text, a pair a line, tabs between.
    """
    kept_out = {page.image.name for page in pages if page.fold == fold or page.document in without}
    if copies is not None:
        pairs = [line.split("\t")[:2] for line in copies.read_text(encoding="utf-8").splitlines()]
        kept_out |= {
            other for pair in pairs for one, other in (pair, pair[::-1]) if one in kept_out
        }  # fmt: skip
    return [page for page in pages if page.image.name not in kept_out]


def make_real_lines(
    folder: Path, pages: Sequence[ScannedPage], *, seed: int, held: float = 0.1
) -> Iterator[tuple[Path, int]]:
    """Write files of true lines, one by one, with their number; those that are there already are left.

    A share of the documents, by the seed, is held back: `held-*.npz`, to choose between networks.

    Args:
        folder: where to; it must exist.
        pages: to learn from.
        seed: the same seed holds the same documents back.
        held: their share.
    """
    order = sorted({page.document for page in pages})
    random.Random(seed).shuffle(order)
    aside = set(order[: round(held * len(order))])
    for name in ("held", "lines"):
        part = [page for page in pages if (page.document in aside) == (name == "held")]
        random.Random(seed).shuffle(part)
        for first in range(0, len(part), PAGES):
            path = folder / f"{name}-scans-{first // PAGES:04d}.npz"
            if path.exists():
                continue
            chance = random.Random(f"{seed}-{path.name}")
            right = 1.0 if name == "held" else RIGHT
            lines = [line for page in part[first : first + PAGES] for line in real_lines(page, right, chance)]
            if lines:
                keep_lines(path, lines)
                yield path, len(lines)


def real_lines(page: ScannedPage, right: float, chance: random.Random) -> list[TypedLine]:
    """The true lines of one page; of empty ones some (`EMPTY`), of those that were read right a share."""
    with Image.open(page.image) as image:
        strips = seen_strips(image)
    found = true_lines(strips, Transcript.of(page.text, page.agreed))
    read = {id(strip.pixels): strip.text for strip in strips}
    typed = [line for line in found if line.text]
    empty = [line for line in found if not line.text]
    chance.shuffle(empty)
    # Of a part of a line nothing is known here; parts are few.
    kept = [line for line in typed if line.text != read.get(id(line.pixels)) or chance.random() < right]
    return kept + empty[: 1 + len(typed) // EMPTY]
