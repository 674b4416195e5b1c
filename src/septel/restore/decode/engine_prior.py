"""What engines saw of a document, brought to bear on its decoding: doubts, dirt, and what else was seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from septel.restore.compiled import MAX_SEGMENT
from septel.restore.decode.candidates import EngineAlternatives
from septel.restore.decode.observation import Observation
from septel.restore.engine_output import EnginePosteriors
from septel.restore.language import OTHER, encode
from septel.text import Source, Span

DIRTY = 0.7
"""From this probability on, as engines saw it, a word is dirt and cleared; chosen from 0.5 to 0.9."""
TOLD = 0.7
"""What engines told of a character counts so much for its error rate, its line the rest (as powers)."""

RIVALLED = 0.02
"""What was seen besides what stands is worth a search from this probability on."""


class EnginePrior:
    """What engines saw of one document, by its characters; nothing where there is no sight."""

    def __init__(self, sight: EnginePosteriors | None, source: Source) -> None:
        self.sight = sight
        self.source = source
        self._doubts = sight.doubts(len(source.text)) if sight else None
        self._contested = sight.contested(len(source.text)) if sight else None
        self._rivalled = sight.rivalled(len(source.text), RIVALLED) if sight else None

    def forget(self, text: str) -> None:
        """Take no account of what engines told of characters that were cleared.

        Args:
            text: the source's text as it is read.
        """
        if self._doubts is not None:
            pairs = zip(text, self.source.text, strict=True)
            self._doubts[[at for at, (read, stands) in enumerate(pairs) if read != stands]] = np.nan

    @property
    def noise(self) -> float | None:
        """The share of characters that are wrong; None where nobody looked."""
        if self._doubts is None or np.isnan(self._doubts).all():
            return None
        return float(np.nanmean(self._doubts))

    def doubt(self, span: Span) -> float | None:
        """How likely a character of a span is wrong; None where nobody looked."""
        if self._doubts is None:
            return None
        told = self._doubts[span.start : span.end]
        told = told[~np.isnan(told)]
        return float(told.mean()) if len(told) else None

    def contests(self, span: Span) -> bool:
        """Whether anything else in a span is likelier than what stands there."""
        return self._contested is not None and bool(self._contested[span.start : span.end].any())

    def rivals(self, span: Span) -> bool:
        """Whether anything else in a span is likely enough for language to weigh it."""
        return self._rivalled is not None and bool(self._rivalled[span.start : span.end].any())

    def unsoiled(self, line: str, span: Span) -> str:
        """A line without the words for which, most likely, nothing was typed; as long as it was.

        Args:
            line: the line.
            span: where it stands in the source.
        """
        out = list(line)
        for word in self.sight.within(span) if self.sight else ():
            if word.share("") >= DIRTY:
                start = word.span.start - span.start
                out[start : start + len(word.span)] = " " * len(word.span)
        return "".join(out)

    def rates(self, page: Observation, rates: NDArray[np.float32]) -> NDArray[np.float32]:
        """The error rates of a page's places, where engines told of them, drawn to what they told."""
        if self._doubts is None:
            return rates
        seen = np.append(self._doubts, np.float32(np.nan))[page.starts]
        told = ~np.isnan(seen) & (page.fixed < 0) & ~page.breaks
        out = rates.copy()
        out[told] = seen[told] ** TOLD * rates[told] ** (1 - TOLD)
        return out

    def others(self, page: Observation, text: str) -> EngineAlternatives | None:
        """What was seen on a page besides what stands there; None where there is no sight.

        Args:
            page: the page.
            text: the source's text as it is read.
        """
        return others_of(self.sight, page, text, self.source.text) if self.sight else None


def others_of(sight: EnginePosteriors, page: Observation, text: str, source: str) -> EngineAlternatives:
    """What was seen besides what stands, by the places of a page.

    Args:
        sight: what was seen of the whole source.
        page: the page.
        text: the source's text as it is read here; where dirt was cleared, nothing else was seen.
        source: the source's text as it came.
    """
    held = np.zeros(len(page.text), np.float32)
    seen: dict[tuple[int, int, int], float] = {}
    lost: dict[tuple[int, int], float] = {}
    dirt: dict[int, float] = {}
    first, last = int(page.starts[0]), int(page.ends[-1])
    for glimpse in sight.beginning(Span(first, last + 1)):
        span = glimpse.span
        if not glimpse.others or span.end > last:
            continue
        if span.of(text) != span.of(source):
            continue
        place = int(np.searchsorted(page.starts, span.start))
        length = len(span)
        if place + max(length, 1) > len(page.text) or page.starts[place] != span.start:
            continue
        here = slice(place, place + max(length, 1))
        if (page.fixed[here] >= 0).any() or page.pinned[here].any() or (length and page.breaks[here].any()):
            continue
        for other in glimpse.others:
            share = float(other.probability or 0.0)
            if share <= 0.0:
                continue
            if not other.text:
                for at in range(place, place + length):
                    dirt[at] = dirt.get(at, 0.0) + share
                    held[at] += share
                continue
            code = int(encode(other.text)[0])
            if code == OTHER or (length == 1 and code == int(encode(page.text[place])[0])):
                continue
            if share <= glimpse.right and not _fills(page, place, other.text):
                continue
            if not length:
                lost[place, code] = lost.get((place, code), 0.0) + share
            elif length <= MAX_SEGMENT:
                seen[place, length, code] = seen.get((place, length, code), 0.0) + share
                held[here] += share
    return EngineAlternatives(np.minimum(held, 0.98), seen, lost, dirt)


def _fills(page: Observation, place: int, character: str) -> bool:
    """Whether language may choose what was faintly seen in a place over what stands there.

    Not a figure in a blank, since fluency knows nothing of numbers; nor anything in the blank beside a mark,
    where words end or begin. Between two words a mark or a letter may be lost.
    """
    if page.text[place] != " ":
        return True
    beside = page.text[place - 1 : place] + page.text[place + 1 : place + 2]
    return not character.isdigit() and beside.isalnum() and len(beside) == 2


def others_rates(rates: NDArray[np.float32], others: EngineAlternatives) -> NDArray[np.float32]:
    """The places' error rates without the errors that are explained by what else was seen."""
    left: NDArray[np.float32] = np.maximum(rates - others.held, np.minimum(rates, 0.001)).astype(np.float32)
    return left
