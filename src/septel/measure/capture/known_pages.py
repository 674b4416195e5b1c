"""Pages whose text is known: images with their truth, to score engines on.

Of our own making, or a folder of anybody's: page images, each with a text file of the same name beside it
(`0001.png`, `0001.txt`) that holds what the page says, line for line. An archive that has proofread some
pages can so learn what to expect of its own scans.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from septel.capture import IMAGES, natural
from septel.errors import EmptyInput, InputError
from septel.measure.truth import worn_images

DPI = 200
"""Of the pages that we make, and of images that don't say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page image whose text is known.

    Attributes:
        name: of the telegram or file.
        truth: what the page says.
        file: the image.
        dpi: dots per inch.
    """

    name: str
    truth: str
    file: Path
    dpi: int = DPI


def worn_pages(level: str, shared: Path, folder: Path, *, pages: int, seed: int) -> list[KnownPage]:
    """The worn pages of a level as files in a folder."""
    found = []
    for number, (name, truth, image) in enumerate(worn_images(level, shared, pages=pages, seed=seed)):
        file = folder / f"{level.replace(' ', '-')}-{number}.png"
        image.save(file, dpi=(DPI, DPI))
        found.append(KnownPage(name=name, truth=truth, file=file))
    return found


def pages_from(folder: Path, *, pages: int | None = None) -> dict[str, list[KnownPage]]:
    """The page images of a folder that have their text beside them, by group.

    A group is what comes before the number at the end of a name (`bad-12.png` is of `bad`); where nothing
    does, the folder.

    Args:
        folder: holds images and texts (UTF-8).
        pages: how many of each group, the first by name; all unless given.

    Raises:
        InputError: the folder, an image or a text can't be read.
        EmptyInput: no image has a text beside it that holds anything.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), remedy="Check the path.")
    images = sorted((p for p in folder.iterdir() if p.suffix.lower() in IMAGES), key=natural)
    found: dict[str, list[KnownPage]] = {}
    for group, files in groupby(images, key=lambda file: _group(file, folder)):
        known = [one for file in files if (one := _known(file))]
        found[group] = [*found.get(group, ()), *known]
    chosen = {group: known[:pages] for group, known in found.items() if known}
    if not chosen:
        raise EmptyInput(
            "no page image has its text beside it",
            where=folder.name,
            remedy="Put the text of 0001.png into 0001.txt, line for line.",
        )
    return chosen


def _group(file: Path, folder: Path) -> str:
    return file.stem.rstrip("0123456789").rstrip("-_. ") or folder.name


def _known(file: Path) -> KnownPage | None:
    beside = file.with_suffix(".txt")
    if not beside.exists():
        return None
    try:
        truth = beside.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise InputError(
            f"the text can't be read ({why})", where=beside.name, remedy="Save it as UTF-8."
        ) from why
    try:
        with Image.open(file) as image:
            dpi = round(float(image.info.get("dpi", (DPI, DPI))[0]))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as why:
        raise InputError(
            f"the image can't be opened ({why})", where=file.name, remedy="Check the copy."
        ) from why
    return KnownPage(name=file.name, truth=truth, file=file, dpi=dpi or DPI) if truth.strip() else None
