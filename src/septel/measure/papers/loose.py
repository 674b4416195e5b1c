"""Loose folders judged by eye: where papers begin, and what kinds they are.

Six samples (301-306) of whole small files and of twenty pages in a row of big ones, drawn by seed from the
development folds of the scans and from files read twice. What a page begins was judged from the transcripts
before a parser's answer was seen; pages that may be judged either way are free. Sample 7401 was drawn later:
forty stretches of three to twelve pages and all other short ones of documents that no sample had, with their
images; half of its documents were put aside. `septel.measure.papers.fit` chooses weights by all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from septel.measure.papers.scores import PartScore
from septel.papers import PaperKind, runs_of

_AGENCIES = {"104": "cia", "124": "fbi"}
_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFolder:
    """A stretch of a file's pages with the papers that begin on them.

    Attributes:
        id: the record number of the file.
        pages: its first and last page, both included.
        sample: the seed by which it was drawn.
        papers: the first page of each paper with the kinds that it may be taken for.
        free: pages that are not scored.
        aside: whether it was put aside until the weights were chosen.
    """

    id: str
    pages: tuple[int, int]
    sample: int
    papers: Mapping[int, Sequence[PaperKind]]
    free: frozenset[int]
    aside: bool = False


def judged_folders() -> tuple[JudgedFolder, ...]:
    """All judged folders, in the order of their samples."""
    text = (resources.files("septel.measure") / "data" / "judged_parts.jsonl").read_text(encoding="utf-8")
    return tuple(
        JudgedFolder(
            id=row["id"],
            pages=(row["first"], row["last"]),
            sample=row["sample"],
            papers={int(page): tuple(map(PaperKind, kinds)) for page, kinds in row["papers"].items()},
            free=frozenset(row["free"]),
            aside=row.get("aside", False),
        )
        for row in map(json.loads, text.splitlines())
    )


def folder_pages(folders: Sequence[JudgedFolder]) -> Iterator[tuple[str, int]]:
    """The pages of folders, by file and page: what transcripts are asked for."""
    for one in folders:
        yield from ((one.id, page) for page in range(one.pages[0], one.pages[1] + 1))


def score_folders(folders: Sequence[JudgedFolder], texts: Mapping[tuple[str, int], str]) -> PartScore:
    """Papers found with the right first page and kind; folders with a page that has no text are left out."""
    score = PartScore()
    for one in folders:
        first, last = one.pages
        pages = [[texts[one.id, n]] for n in range(first, last + 1) if (one.id, n) in texts]
        if len(pages) < last - first + 1:
            continue
        gold, found = set(), set()
        runs = {run.first + first: run for run in runs_of(pages, agency=_AGENCIES.get(one.id[:3], ""))}
        for page, kinds in one.papers.items():
            told = runs[page].kind if page in runs and runs[page].kind in kinds else kinds[0]
            gold.add((told.value, page))
        found = {(run.kind.value, page) for page, run in runs.items() if page not in one.free}
        score.add(
            ((f"{one.id} {kind}", page) for kind, page in gold), ((f"{one.id} {k}", p) for k, p in found)
        )
    return score


def fitted_looks(
    examples: Sequence[tuple[Mapping[str, float], bool, float]], *, penalty: float = 10.0, least: int = 8
) -> dict[str, float]:
    """Weights of looks by logistic regression: the penalty is on looks of equal spread; "" is the bias.

    Args:
        examples: what a page looks like, whether it is a paper by itself, and what the example weighs.
        penalty: on the squares of weights.
        least: a look that fewer pages have weighs nothing.
    """
    names = sorted({name for found, _, _ in examples for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for found, _, _ in examples])
    held = (x != 0).sum(axis=0) >= least
    x, names = x[:, held], [name for name, kept in zip(names, held, strict=True) if kept]
    y = np.array([float(apart) for _, apart, _ in examples])
    load = np.array([weight for _, _, weight in examples])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    weights = np.zeros(z.shape[1])
    ridge = np.full(z.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        gradient = z.T @ (load * (p - y)) + ridge * weights * (np.arange(len(weights)) > 0)
        weights -= np.linalg.solve((z * (load * p * (1 - p))[:, None]).T @ z + np.diag(ridge), gradient)
    told = weights[1:] / spread
    found = {name: float(one) for name, one in zip(names, told, strict=True)}
    return {"": float(weights[0] - (told * mean).sum())} | found
