"""Pages of real forms judged by eye: kinds and fields, without their texts.

Drawn by seed in six samples from the development folds of the scans and from files read twice, a page or a
few of a document, and judged before a parser's answer was seen. Each sample was scored once before rules were
mended by it. The counts behind the confidences of fields (`septel/papers/data/field_counts.tsv`) are of the
first scores of samples 203 and 204, of 7302 to 7304, and of three that are not kept here (9921 to 9923);
samples 205, 206, 7305 and 7306 came after.
Samples 7301 to 7306 are first pages of messages, memoranda and letters, judged from their pictures where
there are any.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from septel.measure.papers.scores import alike
from septel.papers import PaperKind, runs_of
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness

_PAGE = re.compile(r"\n-{20,} Page (\d+)\n")
_AGENCIES = {"104": "cia", "124": "fbi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPage:
    """One page with what it is and says.

    Attributes:
        id: the record number of its file.
        page: its number there.
        sample: the seed by which it was drawn.
        kinds: what it may be taken for.
        fields: each judged field with the values that are right, none where the page has none.
    """

    id: str
    page: int
    sample: int
    kinds: tuple[PaperKind, ...]
    fields: Mapping[str, Sequence[Any]]


@dataclass(slots=True)
class JudgedScore:
    """Kinds and fields right, of pages and of fields that pages have."""

    pages: int = 0
    kinds: int = 0
    right: int = 0
    fields: int = 0


def judged_pages() -> tuple[JudgedPage, ...]:
    """All judged pages, in the order of their samples."""
    text = (resources.files("septel.measure") / "data" / "judged_forms.jsonl").read_text(encoding="utf-8")
    return tuple(
        JudgedPage(
            id=row["id"],
            page=row["page"],
            sample=row["sample"],
            kinds=tuple(map(PaperKind, row["kinds"])),
            fields=row.get("fields", {}),
        )
        for row in map(json.loads, text.splitlines())
    )


def judged_texts(shared: Path, pages: Iterable[JudgedPage]) -> dict[tuple[str, int], str]:
    """The transcripts of pages, by file and page; those that the sets don't have are missing.

    Args:
        shared: the folder of sets.
        pages: which.
    """
    wanted = {(one.id, one.page) for one in pages}
    names = {name for name, _ in wanted}
    found: dict[tuple[str, int], str] = {}
    for row in _rows(shared / "corpora" / "parallel_readings.jsonl.xz"):
        if row["id"] in names:
            pieces = _PAGE.split("\n" + row["doctly"])
            found[row["id"], 1] = pieces[0]
            numbered = zip(pieces[1::2], pieces[2::2], strict=False)
            found.update({(row["id"], int(number)): text for number, text in numbered})
    for row in _rows(shared / "scans" / "jfk.jsonl.xz"):
        found[row["id"], int(row["page"])] = row["text"]
    return {key: text for key, text in found.items() if key in wanted}


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    if path.is_file():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def score_judged(pages: Iterable[JudgedPage], texts: Mapping[tuple[str, int], str]) -> JudgedScore:
    """How many kinds and fields of pages are right, from their transcripts."""
    score = JudgedScore()
    for one in pages:
        text = texts.get((one.id, one.page))
        if text is None:
            continue
        (run,) = runs_of([[text]], agency=_AGENCIES.get(one.id[:3], ""))
        score.pages += 1
        score.kinds += run.kind in one.kinds
        told = form_fields(one.kinds[0], [FormWitness.of_texts([text])])
        for name, values in one.fields.items():
            if values:
                score.fields += 1
                score.right += any(alike(name, value, getattr(told, name), {}) for value in values)
    return score
