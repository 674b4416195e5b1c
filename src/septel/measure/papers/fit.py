"""The weights by which papers are parted (`papers/data/kinds.tsv`, `starts.tsv`), chosen on judged files.

A kind's weights are those of a log-linear model; where a judge allows several kinds of a page, one of them
must be likely. Beginnings are a logistic regression whose weights are drawn towards what rules were given
before (`PRIOR`). Which weights to choose, and how sure kinds are, is told by leaving whole documents out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from septel.papers import FilePages, PaperKind, own_signs, shown_kind, weighed_kinds

Array = NDArray[np.float64]
PRIOR: Mapping[str, float] = {
    "signs begin one": 2.0,
    "a copy": 3.0,
    "a slip, or behind one": 2.0,
    "an enclosure": 1.5,
    "another case": 1.5,
    "surely goes on": -2.0,
    "another number": 0.5,
    "same number": -1.0,
}
"""What looks weighed before they were fitted."""
_KINDS = tuple(PaperKind)
_TIED = tuple(own_signs(PaperKind.OTHER, {}, None))
_TIED_FIRST = (0.5, 0.3, 0.5, 0.5, 1.0, 3.0, 1.0)
_SPREAD, _HELD = 0.15, 10


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """The pages of one file and where its papers begin.

    Attributes:
        pages: for each page, its text by each witness.
        agency: whose papers they are.
        papers: the first pages, from nought, with the kinds that are right.
        free: pages that teach nothing.
        weight: what its pages weigh.
    """

    pages: Sequence[Sequence[str]]
    agency: str
    papers: Mapping[int, Sequence[PaperKind]]
    free: frozenset[int] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Page:
    """One page that begins a paper, as the model of kinds sees it."""

    found: Mapping[str, float]
    tied: Array
    right: Array
    weight: float


def fitted_kinds(
    files: Sequence[JudgedFile], *, penalty: float = 3.0, least: int = 4
) -> dict[str, dict[str, float]]:
    """Weights of looks for each kind by its name, those that all kinds share under `*`.

    Args:
        files: the judged files.
        penalty: on the squares of weights of looks of equal spread.
        least: a look that fewer pages have weighs nothing.
    """
    pages = [page for file in files for page in _first_pages(file)]
    held = Counter(name for page in pages for name in page.found)
    names = sorted(name for name, count in held.items() if count >= least)
    x = np.array([[page.found.get(name, 0.0) for name in names] for page in pages])
    tied = np.array([page.tied for page in pages])
    right = np.array([page.right for page in pages])
    load = np.array([page.weight for page in pages])
    scale = np.maximum(x.std(axis=0), _SPREAD)
    z = x / scale
    many, wide = len(_KINDS), len(names)

    def loss(v: Array) -> tuple[float, Array]:
        theta = v[: many * wide].reshape(many, wide)
        bias, shared = v[many * wide : many * wide + many], v[many * wide + many :]
        scores = z @ theta.T + bias + tied @ shared
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = scores / scores.sum(axis=1, keepdims=True)
        whole = (shares * right).sum(axis=1, keepdims=True) + 1e-12
        off = load[:, None] * (shares - shares * right / whole)
        value = -(load * np.log(whole[:, 0])).sum()
        value += 0.5 * (penalty * (theta**2).sum() + 0.3 * (bias**2).sum() + 0.05 * (shared**2).sum())
        slopes = (off.T @ z + penalty * theta).ravel(), off.sum(axis=0) + 0.3 * bias
        return float(value), np.concatenate([*slopes, np.einsum("ij,ijk->k", off, tied) + 0.05 * shared])

    best = _least(loss, np.concatenate([np.zeros(many * wide + many), _TIED_FIRST]))
    theta = best[: many * wide].reshape(many, wide) / scale
    bias = best[many * wide : many * wide + many]
    found = {
        kind.value: {"": float(bias[n])} | dict(zip(names, map(float, theta[n]), strict=True))
        for n, kind in enumerate(_KINDS)
    }
    return found | {"*": dict(zip(_TIED, map(float, best[many * wide + many :]), strict=True))}


def _first_pages(file: JudgedFile) -> Iterator[_Page]:
    seen = FilePages(file.pages, file.agency)
    before: PaperKind | None = None
    for at in sorted(file.papers):
        if at not in file.free:
            look = seen.looks[at]
            weighed, rule = weighed_kinds(look), shown_kind(look.signs)
            behind = before if at else None
            yield _Page(
                found={name: value for name, value in seen.looks_of_kind(at, behind).items() if value},
                tied=np.array([list(own_signs(kind, weighed, rule).values()) for kind in _KINDS]),
                right=np.array([float(kind in file.papers[at]) for kind in _KINDS]),
                weight=file.weight,
            )
        before = file.papers[at][0]


def fitted_starts(files: Sequence[JudgedFile], *, penalty: float = 10.0, least: int = 6) -> dict[str, float]:
    """Weights of looks by which a page begins a paper; "" is the bias.

    Args:
        files: judged files, of which the model of kinds that is in use should have learnt nothing.
        penalty: on the squares of what weights of equal spread are away from `PRIOR`.
        least: a look that fewer pages have keeps its prior weight, if it has one.
    """
    pages = [page for file in files for page in _later_pages(file)]
    held = Counter(name for found, _, _ in pages for name, value in found.items() if value)
    names = sorted({name for name, count in held.items() if count >= least} | set(PRIOR))
    x = np.array([[found.get(name, 0.0) for name in names] for found, _, _ in pages])
    y = np.array([float(begins) for _, begins, _ in pages])
    load = np.array([weight for _, _, weight in pages])
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), _SPREAD)
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    z, given = (x - mean) / spread, (x - mean) @ prior

    def loss(v: Array) -> tuple[float, Array]:
        p = 1 / (1 + np.exp(-np.clip(given + v[0] + z @ v[1:], -30, 30)))
        value = -(load * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        off = load * (p - y)
        slope = np.concatenate([[off.sum()], z.T @ off + penalty * v[1:]])
        return float(value + 0.5 * penalty * (v[1:] ** 2).sum()), slope

    best = _least(loss, np.zeros(len(names) + 1))
    weights = best[1:] / spread + prior
    return {"": float(best[0] - weights @ mean)} | dict(zip(names, map(float, weights), strict=True))


def _later_pages(file: JudgedFile) -> Iterator[tuple[dict[str, float], bool, float]]:
    """The pages behind the first with what they show, whether they begin a paper, and what they weigh."""
    seen = FilePages(file.pages, file.agency)
    told = 0 in file.papers and 0 not in file.free
    kind = file.papers[0][0] if told else seen.shares(0, None).best
    known, borne = seen.looks[0].telling, seen.numbers[0]
    for at in range(1, len(file.pages)):
        begins = at in file.papers
        if at not in file.free and not kind.is_single:
            yield seen.looks_of_start(at, kind, known, borne), begins, file.weight
        if begins:
            kind, known, borne = file.papers[at][0], seen.looks[at].telling, seen.numbers[at]
        else:
            known, borne = known | seen.looks[at].telling, borne | seen.numbers[at]


def _least(loss: Callable[[Array], tuple[float, Array]], start: Array, steps: int = 400) -> Array:
    """Where a smooth function is least (L-BFGS with a backtracking line search; Nocedal & Wright 2006)."""
    at = start.astype(float)
    value, slope = loss(at)
    moves: list[tuple[Array, Array]] = []
    for _ in range(steps):
        way = -_curved(slope, moves)
        length, drop = 1.0, float(slope @ way)
        while True:
            there = at + length * way
            new, steep = loss(there)
            if new <= value + 1e-4 * length * drop or length < 1e-8:
                break
            length /= 2
        moved, turned = there - at, steep - slope
        if float(moved @ turned) > 1e-12:
            moves = [*moves, (moved, turned)][-_HELD:]
        done = abs(value - new) < 1e-7 * max(1.0, abs(value))
        at, value, slope = there, new, steep
        if done:
            break
    return at


def _curved(slope: Array, moves: Sequence[tuple[Array, Array]]) -> Array:
    """The slope bent by the curvature that the last moves have shown."""
    q = slope.copy()
    shares: list[float] = []
    for moved, turned in reversed(moves):
        share = float(moved @ q) / float(moved @ turned)
        shares.append(share)
        q -= share * turned
    if moves:
        moved, turned = moves[-1]
        q *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), share in zip(moves, reversed(shares), strict=True):
        q += (share - float(turned @ q) / float(moved @ turned)) * moved
    return q
