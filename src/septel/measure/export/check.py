"""`septel measure exports`: every format of every document, held against what reads or defines the format.

Texts of the development sets are taken as they stand (nothing is restored); with an archive its holdings are
taken, with their edits, pages and records.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import septel
from septel.archive import Archive, Holding, document_of
from septel.errors import InputError, MissingPart, SeptelError
from septel.export import FILES, FOLDERS, Context, exporter, fill, folder_exporter
from septel.measure.export.bench import parsed_holding
from septel.measure.export.validators import FILE_VALIDATORS, FOLDER_VALIDATORS
from septel.progress import Progress, silent

SETS = ("aad", "aad_bodies", "frus", "statements", "noisy", "fields", "faults")
"""The development sets that hold documents as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatCheck:
    """One format, checked.

    Attributes:
        name: of the format.
        by: what checked it; or why nothing did.
        checked: how many documents.
        not_written: how many have nothing for this format (no page images, for a PDF).
        faults: what is wrong, each with its document.
    """

    name: str
    by: str
    checked: int
    not_written: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCheck:
    """A run over all formats.

    Attributes:
        version: of Septel.
        documents: how many were written.
        formats: what was found.
    """

    version: str
    documents: int
    formats: tuple[FormatCheck, ...]


def check_exports(
    shared: Path, *, schemas: Path, archive: Path | None = None, progress: Progress = silent
) -> ExportCheck:
    """Write and check the texts of the development sets, or the holdings of an archive.

    Args:
        shared: the folder of the development sets.
        schemas: the folder of published schemas.
        archive: takes its holdings instead.
        progress: told how far it is.

    Raises:
        InputError: there are no documents.
    """
    if archive is None:
        texts = (parsed_holding(path) for path in _texts(shared / "dev"))
        # Some documents are in several sets; an archive holds each once.
        return _checked(list({one.id: one for one in texts}.values()), Context(), schemas, progress)
    with Archive.open(archive, create=False) as kept:
        held = [kept.holding(str(row["id"])) for row in kept.holdings()]
        found = {one.id: document_of(one.reading, title=one.title, log=kept.reviews(one.id)) for one in held}
        context = Context(originals=kept.objects.find, records=lambda one: found[one.id])
        return _checked(held, context, schemas, progress)


def _texts(folder: Path) -> list[Path]:
    return [
        path for name in SETS for path in sorted((folder / name).glob("*.txt")) if ".gold" not in path.name
    ]


def _checked(held: Sequence[Holding], context: Context, schemas: Path, progress: Progress) -> ExportCheck:
    if not held:
        raise InputError("there are no documents to write", remedy="Name the development sets with --shared.")
    formats: list[FormatCheck] = []
    for name in FILES:
        formats.append(_files(name, held, context, schemas))
        progress(len(formats) / (len(FILES) + len(FOLDERS)))
    for name in FOLDERS:
        formats.append(_folder(name, held, context, schemas))
        progress(len(formats) / (len(FILES) + len(FOLDERS)))
    return ExportCheck(version=septel.__version__, documents=len(held), formats=tuple(formats))


def _files(name: str, held: Sequence[Holding], context: Context, schemas: Path) -> FormatCheck:
    by, validator = FILE_VALIDATORS[name]
    chosen = exporter(name, context=context)
    faults: list[str] = []
    checked = passed = 0
    for one in held:
        if name == "pdf" and not one.originals:
            passed += 1
            continue
        try:
            content = chosen.write(one)
            faults += _told(one.source.name, partial(validator, one, content, schemas))
        except MissingPart as why:
            return FormatCheck(name=name, by=str(why), checked=0, not_written=len(held), faults=())
        except SeptelError as why:
            if name == "pdf" and "no page images" in str(why):
                passed += 1
                continue
            faults.append(f"{one.source.name}: {why}")
        checked += 1
    return FormatCheck(name=name, by=by, checked=checked, not_written=passed, faults=tuple(faults))


def _folder(name: str, held: Sequence[Holding], context: Context, schemas: Path) -> FormatCheck:
    by, validator = FOLDER_VALIDATORS[name]
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        target = Path(temporary) / name
        try:
            fill(target, folder_exporter(name, context), held)
            faults += _told(name, partial(validator, target, schemas))
        except MissingPart as why:
            return FormatCheck(name=name, by=str(why), checked=0, not_written=len(held), faults=())
        except SeptelError as why:
            faults.append(str(why))
    return FormatCheck(name=name, by=by, checked=len(held), not_written=0, faults=tuple(faults))


def _told(where: str, check: Callable[[], Iterable[str]]) -> list[str]:
    """What a validator finds; a reader that fails has found something too."""
    try:
        return [f"{where}: {fault}" for fault in check()]
    except SeptelError:
        raise
    except Exception as why:  # noqa: BLE001  (libraries raise errors of many kinds; each means a fault)
        return [f"{where}: {type(why).__name__}: {why}"]
