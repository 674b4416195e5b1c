"""Holdings of every kind of doubt, for the tests that take them through every view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive, Holding
from septel.pipeline.document import process
from septel.pipeline.holding import holding_of
from septel.restore import Restorer
from septel.telegram import Telegram
from septel.text import Confidence, Edit, Ground, Reason, Span, State, Step
from tests.conftest import ROOT
from tests.papers.samples import CABLE, MEMORANDUM, MEMORANDUM_2, telegram

AT = datetime(2020, 1, 1, tzinfo=UTC)
LOW = Confidence(probability=0.6, calibration="made for this test")
HIGH = Confidence(probability=0.99, calibration="made for this test")


@dataclass(frozen=True)
class Kept:
    """An archive with one of each kind, and what each must show."""

    archive: Archive
    folder: Path
    ids: dict[str, str]

    def holding(self, name: str) -> Holding:
        return self.archive.holding(self.ids[name])


def weighed(found: Telegram, doubted: frozenset[str]) -> Telegram:
    """The telegram with these fields doubtful and all others sure."""

    def sure(field: Any, name: str) -> Any:
        return field and replace(field, confidence=LOW if name in doubted else HIGH)

    heading = found.heading
    told = {"number": "identifier", "originator": "post", "date": "dtg", "classification": "classification"}
    fields = {name: sure(getattr(heading, name), known) for name, known in told.items()}
    receivers = tuple(sure(one, "to" if one.role == "action" else "info") for one in heading.addressees)
    references = tuple(sure(one, "references") for one in heading.references)
    heading = replace(heading, **fields, addressees=receivers, references=references)
    return replace(found, heading=heading, signature=sure(found.signature, "signature"))


def doubts(text: str) -> Iterator[Edit]:
    """What a worn page leaves in doubt: words of heading and text, two at once, one that is lost."""
    for before, after in (
        ("PLENARY", "PLENARY"),
        ("AMEMBASSY MOSCOW", "AMEMBASSY MOSCOW"),
        ("81206", "81206"),
        ("READING THE", "READING THE"),
        ("LISTENED", "LISTENED"),
        ("ATTENTION", ""),
    ):
        start = text.index(before)
        yield Edit(
            span=Span(start, start + len(before)),
            before=before,
            after=after,
            reason=Reason(ground=Ground.CHANNEL),
            step=Step.of("made for this test", "1"),
            confidence=LOW if after else None,
            state=State.DOUBTFUL if after else State.UNREADABLE,
            unreadable=not after,
            extent=None if after else 9,
        )


def keep(folder: Path) -> Iterator[Kept]:
    """One holding of each kind, in an archive in a folder."""
    form = f"SECRET\n{CABLE}"
    scan = ROOT / "sample" / "pages" / "page-1.png"
    files = {
        "worn": (telegram(1321), frozenset[str]()),
        "memorandum": (f"{MEMORANDUM}{MEMORANDUM_2}", frozenset({"signature"})),
        "cable": (form.format(number=75338), frozenset({"identifier", "dtg", "references"})),
        "corrected": (form.format(number=75440), frozenset({"identifier", "dtg", "to"})),
    }
    ids: dict[str, str] = {}
    with Archive.open(folder / "archive") as archive:
        for name in ("sample", "scan", *files):
            file = {"sample": ROOT / "sample" / "telegram.ocr.txt", "scan": scan}.get(name)
            if file is None:
                file = folder / f"{name}.txt"
                file.write_text(files[name][0], encoding="utf-8")
            (found,) = process(file, Restorer.load(), on_fault=lambda fault: pytest.fail(str(fault)))
            if name in files and name != "worn":
                found = replace(found, telegram=weighed(found.telegram, files[name][1]))
            held = holding_of(found, at=AT)
            if name == "worn":
                held = replace(held, log=held.log.add(doubts(held.source.text), by="septel", at=AT))
            archive.add(held, [file])
            ids[name] = held.id
        archive.curation.correct(ids["corrected"], "dtg", "1963-10-13", by="Ann", why="the film")
        yield Kept(archive, folder / "archive", ids)
