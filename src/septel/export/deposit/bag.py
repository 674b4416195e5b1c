"""A BagIt deposit (RFC 8493): the originals untouched, and beside them what was made of them.

For each holding a folder `data/HOLDING/` with `originals/`, the reading (`reading.txt`), everything as JSON
(`holding.json`), the full edition (`edition.xml`) and the provenance (`provenance.prov.json`). Every file has
its SHA-256 in `manifest-sha256.txt`; a copy can be checked years later with any BagIt tool.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from septel import __version__
from septel.archive import Holding
from septel.export.folders import put
from septel.export.json_form import Json
from septel.export.page_images import address_of, image_of
from septel.export.plain_text import PlainText
from septel.export.protocol import LossNote, Originals, Records
from septel.export.prov import Prov
from septel.export.tei import Tei

_UNFIT = re.compile(r"[\x00-\x1f\x7f%]")
"""What a file's name had better not hold: RFC 8493 has it encoded, and tools differ in how they decode it."""


_BLOCK = 1 << 20
"""So many bytes of an original are held at a time."""


class _Written(NamedTuple):
    """A file of the bag, its size in bytes and its SHA-256."""

    path: Path
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A bag of holdings with their originals.

    Attributes:
        originals: finds the originals; without it the bag has none.
        records: gives the record of a holding, for the statements of the full edition.
        day: the bagging date; today if None.
    """

    originals: Originals | None = None
    records: Records | None = None
    day: str | None = None
    name: str = "bag"
    losses: tuple[LossNote, ...] = (
        LossNote(what="boxes of lines and words", where="alto, page, hocr"),
        LossNote(
            what="decisions that do not simply stand, and reviews of the record",
            where="the archive (septel conflicts --json, septel record log --json)",
        ),
    )

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill a folder with a bag.

        Raises:
            NotHeld: an original is not in the archive.
        """
        data = folder / "data"
        data.mkdir()
        made = (
            (PlainText(marked=True), "reading.txt"),
            (Json(), "holding.json"),
            (Tei(records=self.records, image=self._image), "edition.xml"),
            (Prov(), "provenance.prov.json"),
        )
        payload: list[_Written] = []
        identifiers: list[str] = []
        for holding in holdings:
            inner = data / holding.id
            inner.mkdir()
            for exporter, name in made:
                payload.append(_write(inner / name, exporter.write(holding)))
            payload += self._originals(inner, holding)
            identifiers.append(f"urn:septel:{holding.id}")
        self._tags(folder, payload, identifiers)

    def _originals(self, inner: Path, holding: Holding) -> Iterator[_Written]:
        if self.originals is None or not holding.originals:
            return
        folder = inner / "originals"
        folder.mkdir()
        for original, name in zip(holding.originals, _names(holding), strict=True):
            yield _copy(self.originals(original.digest), folder / name)

    def _image(self, holding: Holding, number: int) -> str | None:
        at = image_of(holding, number)
        if at is None or self.originals is None:
            return None
        return f"originals/{address_of(_names(holding)[at], number)}"

    def _tags(self, folder: Path, payload: list[_Written], identifiers: list[str]) -> None:
        size = sum(one.size for one in payload)
        info = [
            ("Bag-Software-Agent", f"Septel {__version__}"),
            ("Bagging-Date", self.day or datetime.now(UTC).date().isoformat()),
            *(("External-Identifier", identifier) for identifier in identifiers),
            ("Payload-Oxum", f"{size}.{len(payload)}"),
        ]
        tags = [
            _write(folder / "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            _write(folder / "bag-info.txt", "".join(f"{key}: {value}\n" for key, value in info).encode()),
            _write(folder / "manifest-sha256.txt", _sums(folder, payload)),
        ]
        _write(folder / "tagmanifest-sha256.txt", _sums(folder, tags))


def _names(holding: Holding) -> list[str]:
    """What the originals are called in the bag; two of one name stay two files."""
    names: list[str] = []
    for number, original in enumerate(holding.originals, 1):
        name = _UNFIT.sub("_", PurePosixPath(original.name.replace("\\", "/")).name)
        if name in ("", ".", ".."):
            name = f"original-{number}"
        names.append(f"{number}-{name}" if name in names else name)
    return names


def _write(path: Path, content: bytes) -> _Written:
    put(str(path), content)
    return _Written(path, len(content), hashlib.sha256(content).hexdigest())


def _copy(original: Path, path: Path) -> _Written:
    """Copy a file, its sum taken of what is written on the way."""
    sha, size = hashlib.sha256(), 0
    with original.open("rb") as source, path.open("wb") as target:
        while block := source.read(_BLOCK):
            sha.update(block)
            size += target.write(block)
    return _Written(path, size, sha.hexdigest())


def _sums(folder: Path, written: list[_Written]) -> bytes:
    """A manifest, in the order of the paths."""
    ordered = sorted(written, key=lambda one: one.path.parts)
    return "".join(f"{one.digest}  {one.path.relative_to(folder).as_posix()}\n" for one in ordered).encode()
