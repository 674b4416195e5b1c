"""How costs grow with the size of an archive, from sizes that were measured (`growth.json`).

Keeping a document costs more when many are held: the search index merges. Between and beyond the measured
sizes the cost is taken to grow with the logarithm of the size, fitted by least squares to the points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPoint:
    """An archive of a size, as it was measured.

    Attributes:
        holdings: how many documents it held at the end.
        keep_seconds: of processor time, for each of the last tenth of the documents, to keep one.
        catalogue: bytes of the catalogue for each character of text.
        search_seconds: the median of a search for a phrase.
        driver_bytes: memory that the driver held at the end.
    """

    holdings: int
    keep_seconds: float
    catalogue: float
    search_seconds: float
    driver_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthCurve:
    """Points that were measured, by which command, when and where."""

    measured: str
    version: str
    machine: str
    command: str
    points: tuple[GrowthPoint, ...]

    @property
    def largest(self) -> int:
        """The largest size that was measured."""
        return max((point.holdings for point in self.points), default=0)

    def saved(self, documents: int) -> float:
        """By how many bytes a character of text the catalogue of so many documents is less than a small one.

        A small catalogue is mostly pages that are not full yet, and a search index in many pieces.
        """
        points = sorted(self.points, key=lambda point: point.holdings)
        if not points or documents <= points[0].holdings:
            return 0.0
        at = points[-1].catalogue
        for before, after in pairwise(points):
            if documents <= after.holdings:
                share = math.log(documents / before.holdings) / math.log(after.holdings / before.holdings)
                at = before.catalogue + share * (after.catalogue - before.catalogue)
                break
        return max(0.0, points[0].catalogue - at)

    def keep_factor(self, documents: int) -> float:
        """How much dearer keeping is, on average over a run, than in a small archive; never below one."""
        if len(self.points) < 2 or documents < 1:
            return 1.0
        sizes = [math.log2(point.holdings) for point in self.points]
        costs = [point.keep_seconds for point in self.points]
        middle, mean = sum(sizes) / len(sizes), sum(costs) / len(costs)
        slope = sum((s - middle) * (c - mean) for s, c in zip(sizes, costs, strict=True)) / sum(
            (s - middle) ** 2 for s in sizes
        )
        first = mean + slope * (min(sizes) - middle)
        if slope <= 0 or first <= 0:
            return 1.0
        # The mean of log2(n) for n up to the size is log2(size) - log2(e).
        size = max(math.log2(documents) - math.log2(math.e), min(sizes))
        return max(1.0, (mean + slope * (size - middle)) / first)


@lru_cache(maxsize=1)
def shipped_growth() -> GrowthCurve:
    """The curve that was measured for this version."""
    data = (files("septel.pipeline.plan") / "growth.json").read_bytes()
    return TypeAdapter(GrowthCurve).validate_json(data)
