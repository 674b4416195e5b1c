"""Sets made of corpora: clean documents that no model has seen, and real pages that Tesseract 4.1 read."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from septel.errors import InputError
from septel.measure.metrics import words_of
from septel.measure.truth.sets import ScoredUnit, TruthDocument, TruthPassage, TruthSet
from septel.text import Source, digest_of
from septel.training import FIRST_YEAR, held_out, stretches_by_line

MEASURING = 0
"""The fold of real pages that no model and no rule has seen."""
EVERY = 15
"""Of the held-out documents in both cases, one in so many is measured; of those in capitals all are."""
_MARKUP = re.compile(r"<[^>]+>|[*#|]")


def frus(shared: Path) -> TruthSet:
    """Documents of *Foreign Relations* that are held out of all models; each is its own truth."""
    folder = shared / "corpora"
    documents = [
        _clean(data["id"], data["text"])
        for data in _rows(folder / "frus_teletype.jsonl.xz")
        if held_out(data["id"])
    ]
    there = {document.id for document in documents}
    met = 0
    for data in _rows(folder / "frus_documents.jsonl.xz"):
        if held_out(data["id"]) and str(data.get("date", ""))[:4] >= FIRST_YEAR:
            met += 1
            if met % EVERY == 0 and data["id"] not in there:
                documents.append(_clean(data["id"], "\n".join((data["head"], *(b[1] for b in data["body"])))))
    return TruthSet(
        name="frus", profile="clean", unit="document", clean=True, documents=tuple(documents), telegrams=True
    )


def _clean(name: str, text: str) -> TruthDocument:
    text = text.replace("\f", "\n")
    source = Source(name=name, digest=digest_of(text.encode()), text=text)
    passages = tuple(
        TruthPassage(first=number, last=number, truth=line.of(text))
        for number, line in enumerate(source.lines, 1)
        if line.of(text).strip()
    )
    return TruthDocument(id=name, source=source, units=(ScoredUnit(id=name, passages=passages),))


def jfk(shared: Path) -> TruthSet:
    """Real pages of the measuring fold as Tesseract 4.1 read them.

    Scored are the lines whose first and last words both readings have, and, over whole pages, the words that
    two vision models agree on (`septel.measure.metrics.agreed`). Of the fold nothing may be trained on.
    """
    documents = [
        found
        for data in _rows(shared / "scans" / "jfk.jsonl.xz")
        if data["fold"] == MEASURING and (found := _page(data)) is not None
    ]
    return TruthSet(
        name="jfk", profile="Tesseract 4.1", unit="document", clean=False, documents=tuple(documents)
    )


def _page(data: dict[str, Any]) -> TruthDocument | None:
    text, truth = data["tesseract"].replace("\f", "\n"), _MARKUP.sub(" ", data["text"])
    source = Source(name=data["image"], digest=digest_of(text.encode()), text=text)
    passages = tuple(
        TruthPassage(first=found.line, last=found.line, truth=found.truth)
        for found in stretches_by_line(truth, text)
        if found.whole
    )
    words = words_of(truth)
    told = data["agreed"] if len(words) == len(data["agreed"]) else "1" * len(words)
    agreed = tuple(word for word, kept in zip(words, told, strict=True) if kept == "1" and len(word) > 1)
    if not agreed or not text.strip():
        return None
    name = f"{data['id']}-{data['page']}"
    return TruthDocument(
        id=name, source=source, units=(ScoredUnit(id=name, passages=passages),), agreed=agreed
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as opened:
            for line in opened:
                yield json.loads(line)
    except (OSError, ValueError, lzma.LZMAError) as fault:
        raise InputError(f"can't be read as lines of JSON ({fault})", where=str(path)) from fault
