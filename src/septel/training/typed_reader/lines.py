"""Lines to learn from, kept in files so that making them and learning from them can go side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from septel.training.typed_reader.stamps import printed_lines, stamped_lines
from septel.training.typed_reader.texts import pages as pages_of
from septel.training.typed_reader.typescript import TypedLine, typed_lines

PAGES = 20
"""To a file."""
PRINTED, STAMPED = 0.25, 0.15
"""How many of them are of type of no one pitch, and how many of stamps, where there are faces for that."""


def make_lines(
    folder: Path,
    texts: Sequence[str],
    faces: Sequence[Path],
    *,
    files: int,
    seed: int,
    pages: int = PAGES,
    printed: Sequence[Path] = (),
) -> Iterator[Path]:
    """Write files of typed and worn lines, one by one; those that are there already are left.

    Args:
        folder: where to; it must exist.
        texts: what is typed.
        faces: files of type faces of one pitch.
        files: how many files.
        seed: the same seed gives the same lines.
        pages: how many to a file.
        printed: files of other faces, for type of no one pitch and for stamps.
    """
    for number in range(files):
        path = folder / f"lines-{seed}-{number:04d}.npz"
        if not path.exists():
            typed: list[TypedLine] = []
            for page, lines in enumerate(islice(pages_of(texts, seed=seed + number), pages)):
                own = (seed + number) * PAGES + page
                kind = page / pages if printed else 1.0
                if kind < STAMPED:
                    typed += stamped_lines(printed, seed=own)
                elif kind < STAMPED + PRINTED:
                    typed += printed_lines(lines, printed, seed=own)
                else:
                    typed += typed_lines(lines, faces, seed=own)
            keep_lines(path, typed)
        yield path


def keep_lines(path: Path, lines: Sequence[TypedLine]) -> None:
    """Write lines to a file, whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as opened:
        np.savez(
            opened,
            pixels=np.concatenate([line.pixels for line in lines], axis=1),
            widths=np.array([line.pixels.shape[1] for line in lines]),
            texts=np.array([line.text for line in lines]),
            middles=np.concatenate([line.middles for line in lines]),
        )
    part.rename(path)


def kept_lines(path: Path) -> list[TypedLine]:
    """The lines of a file."""
    with np.load(path) as held:
        pixels, widths, texts, middles = (held[name] for name in ("pixels", "widths", "texts", "middles"))
    found: list[TypedLine] = []
    across = along = 0
    for width, text in zip(widths, texts, strict=True):
        found.append(
            TypedLine(
                pixels=pixels[:, across : across + width],
                text=str(text),
                middles=middles[along : along + len(text)],
            )
        )
        across += int(width)
        along += len(text)
    return found
