"""Real scans whose text is known: a folder of sets with transcripts, and a folder of line truth.

A folder that `septel measure scans` takes holds any of these:

- `NAME.jsonl.xz` (or `NAME.jsonl`) beside a folder `NAME` of its images; one record a page. A record has
  `image` (a file's name) and either `text`, a transcript with `capitals` (the share of capitals among
  letters), `agreed` (a 0 or 1 for each of its words: whether a second transcript has it too) and `fold`
  (0 to 3, by document), or `lines`, true lines with a `text` each.
- `gold`, page images each with `PAGE.body.txt` beside it: the page's running lines, read by eye. A line with
  `[?]` is not scored.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from septel.capture import IMAGES
from septel.errors import EmptyInput, InputError
from septel.measure.capture.scans.scores import IN_CAPITALS, AgreedTranscript, transcript_of

GOLD = "gold"
BODY = ".body.txt"
CAPITALS, BOTH_CASES = "capitals", "both cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A page image whose text is known.

    Attributes:
        name: the image's name without its ending.
        group: what it is scored with: `capitals` or `both cases` where there is a transcript, else its set.
        file: the image.
        transcript: what the page holds, or None where its lines are known.
        lines: its true running lines; empty where there is a transcript.
        layer: the text layer that an older engine made of it; None where there is none.
    """

    name: str
    group: str
    file: Path
    transcript: AgreedTranscript | None = None
    lines: tuple[str, ...] = ()
    layer: str | None = field(default=None, repr=False)


def scans_in(
    folder: Path,
    *,
    sets: Sequence[str] = (),
    fold: int | None = None,
    pages: int | None = None,
    seed: int = 0,
) -> list[Scan]:
    """The pages of a folder of scans, set by set.

    Args:
        folder: see above.
        sets: names of sets; all unless given.
        fold: of pages with transcripts only those of this fold; true lines have none and are all taken.
        pages: how many of each group, chosen by the seed; all unless given.
        seed: of the choice.

    Raises:
        InputError: a set can't be read, or there is none of this name.
        EmptyInput: no page is left.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), remedy="Check the path.")
    there = _sets(folder)
    for name in sets:
        if name not in there:
            raise InputError(
                f"there is no set {name!r}", where=str(folder), remedy=f"It has {', '.join(there) or 'none'}."
            )
    found = [page for name in (sets or there) for page in _pages(name, there[name], fold)]
    groups: dict[str, list[Scan]] = {}
    for page in found:
        groups.setdefault(page.group, []).append(page)
    chosen = [page for group in groups.values() for page in _sample(group, pages, seed)]
    if not chosen:
        raise EmptyInput(
            "no page with known text is there",
            where=str(folder),
            remedy="See `septel measure scans --help` for how such a folder is laid out.",
        )
    return chosen


def _sets(folder: Path) -> dict[str, Path]:
    tables = sorted(p for p in folder.iterdir() if p.name.endswith((".jsonl.xz", ".jsonl")))
    found = {p.name.split(".jsonl")[0]: p for p in tables}
    if (folder / GOLD).is_dir():
        found[GOLD] = folder / GOLD
    return found


def _sample(group: Sequence[Scan], pages: int | None, seed: int) -> list[Scan]:
    if pages is None or pages >= len(group):
        return list(group)
    order = sorted(group, key=lambda page: page.name)
    chosen = {page.name for page in random.Random(seed).sample(order, pages)}
    return [page for page in group if page.name in chosen]


def _pages(name: str, place: Path, fold: int | None) -> Iterator[Scan]:
    if place.is_dir():
        yield from _gold(place)
        return
    images = place.parent / name
    for number, record in enumerate(_records(place), 1):
        where = f"{place.name}, record {number}"
        try:
            file = images / str(record["image"])
            if "text" not in record:
                lines = tuple(str(line["text"]) for line in record["lines"])
                yield Scan(name=file.stem, group=name, file=file, lines=lines)
            elif fold is None or record.get("fold") == fold:
                yield _transcribed(file, record)
        except (KeyError, TypeError, ValueError) as why:
            raise InputError(
                f"the record is not a page ({type(why).__name__}: {why})",
                where=where,
                remedy="It needs image and text (with capitals and agreed), or image and lines.",
            ) from why


def _transcribed(file: Path, record: Mapping[str, Any]) -> Scan:
    capitals = float(record["capitals"]) > IN_CAPITALS
    layer = record.get("tesseract")
    return Scan(
        name=file.stem,
        group=CAPITALS if capitals else BOTH_CASES,
        file=file,
        transcript=transcript_of(str(record["text"]), str(record["agreed"])),
        layer=None if layer is None else str(layer),
    )


def _records(place: Path) -> Iterable[Mapping[str, Any]]:
    try:
        raw = place.read_bytes()
        text = (lzma.decompress(raw) if place.suffix == ".xz" else raw).decode("utf-8")
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, lzma.LZMAError, ValueError) as why:
        raise InputError(
            f"the table of pages can't be read ({why})", where=place.name, remedy="Copy it again."
        ) from why


def _gold(folder: Path) -> Iterator[Scan]:
    for body in sorted(folder.glob(f"*{BODY}")):
        name = body.name[: -len(BODY)]
        images = [one for ending in IMAGES if (one := folder / f"{name}{ending}").exists()]
        if not images:
            raise InputError("its page image is missing", where=body.name, remedy="Put it beside the text.")
        try:
            lines = tuple(body.read_text("utf-8").splitlines())
        except (OSError, UnicodeDecodeError) as why:
            raise InputError(
                f"the lines can't be read ({why})", where=body.name, remedy="Save them as UTF-8."
            ) from why
        yield Scan(name=name, group=GOLD, file=images[0], lines=lines)
