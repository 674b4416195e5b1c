"""The network at work: strips of lines in, scores out (ONNX Runtime)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.capture.engines.typed.ctc import CLASSES, CODES, NONE, Scores
from septel.capture.engines.typed.lines import FRAME, HIGH, LineStrip, batches
from septel.errors import EngineFailure

SHIPPED = "typed.int8.onnx"
"""The network with whole numbers of eight bits (`septel.training.typed_reader.quantisation`): as right as the
one that learnt, in less than half the time. Learning goes on from it, too."""
BATCH = 8
NEVER = -50.0
DOUBT = 0.03
"""Lines with more doubt (`doubt`) have stretches that are looked at again."""
NEAR, DOUBTFUL = 8, 0.06
"""A frame is in doubt where the mean doubt of the frames so near to it, on both sides, is more."""
CONTEXT = 8
"""So many frames on either side of a stretch are shown with it."""
APART = 2 * CONTEXT
"""Stretches no farther apart are one; what is shown of them would overlap."""
WHOLE = 0.9
"""Where more than this share of a line would be shown, all of it is one stretch."""


@dataclass(frozen=True, slots=True)
class LineReader:
    """A trained network.

    Attributes:
        session: ONNX Runtime's, on one thread, since pages are read side by side.
        name: the first letters of the model's digest.
    """

    session: Any
    name: str

    def scores(self, strips: Sequence[LineStrip]) -> list[Scores]:
        """For each strip the log probabilities of signs, frames by classes."""
        found: dict[int, Scores] = {}
        for numbers in batches(strips, BATCH):
            widths = [strips[number].pixels.shape[1] for number in numbers]
            batch: NDArray[np.float32] = np.zeros((len(numbers), 1, HIGH, max(widths)), np.float32)
            for row, number in enumerate(numbers):
                batch[row, 0, :, : widths[row]] = strips[number].pixels
            (answer,) = self.session.run(None, {"strips": batch})
            answer = _with_all_classes(answer)
            for row, number in enumerate(numbers):
                found[number] = answer[row, : widths[row] // FRAME]
        return [found[number] for number in range(len(strips))]


@dataclass(frozen=True, slots=True)
class Way:
    """How a doubtful stretch may be looked at.

    Attributes:
        rows: by how many rows its ink is moved down.
        looks: of which looks, in rows, the mean is taken.
    """

    rows: int
    looks: tuple[int, ...]


LEVEL, LOWER, HIGHER = Way(0, (-1, 0, 1)), Way(-2, (-1, -2)), Way(2, (1, 2))
LOWEST, HIGHEST = Way(-4, (-2, -4, -6)), Way(4, (4,))
"""On 59 pages of folds 1 to 3 (some washed out) these ways, taken stretch by stretch, win 41 of 717 agreed
words that our reader alone lost on the ten worst, 96 of 1,487 on the others in capitals and 17 of 598 in
both cases, as they do taken for whole lines; they show the network four tenths of what it is shown then."""


@dataclass(slots=True)
class _Stretch:
    """A part of a line that was read with doubt.

    Attributes:
        number: of its strip.
        first, last: its frames, last excluded.
        seen: the scores of its frames by the rows that its ink was moved down.
        way: what makes most sense so far.
        sense, scores: what it makes, and the mean of the way's looks.
    """

    number: int
    first: int
    last: int
    seen: dict[int, Scores]
    way: Way = Way(0, (0,))
    sense: float = 0.0
    scores: Scores = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def weigh(self, *ways: Way) -> None:
        """Take the way that makes most sense of these and the one before."""
        for way in ways:
            mean = _mean([self.seen[by] for by in way.looks])
            made = sense(mean)
            if not len(self.scores) or made > self.sense:
                self.way, self.sense, self.scores = way, made, mean


def look_again(
    reader: LineReader, strips: Sequence[LineStrip], scores: Sequence[Scores]
) -> tuple[list[LineStrip], list[Scores]]:
    """Strips and scores after more looks at the stretches that are read with doubt.

    What is doubtful differs from look to look, what is typed does not: the geometric mean of looks a row
    apart tells more than any. Where the feet of letters are worn away, or their heads, a strip was cut about
    the middle of what is left, and the network sees letters too high or too low. So a stretch is moved as
    long as that makes more sense (`sense`): two looks tell which way, if any, a third how far.

    Args:
        reader: the network.
        strips: of a page.
        scores: of the first look at them.

    Returns:
        The scores with what was seen in the stretches, and the strips, moved as most of their frames were.
    """
    stretches = [
        _Stretch(number, first, last, {0: one[first:last]})
        for number, one in enumerate(scores)
        if doubt(one) > DOUBT
        for first, last in doubtful_stretches(one)
    ]
    _look(reader, strips, stretches, -1, 1)
    lower = [one for one in stretches if sense(one.seen[-1]) > max(sense(one.seen[0]), sense(one.seen[1]))]
    higher = [one for one in stretches if sense(one.seen[1]) > max(sense(one.seen[0]), sense(one.seen[-1]))]
    for one in stretches:
        one.weigh(LEVEL)
    for there, near, far in ((lower, LOWER, LOWEST), (higher, HIGHER, HIGHEST)):
        _look(reader, strips, there, near.rows)
        for one in there:
            one.weigh(near)
        there = [one for one in there if one.way is near]
        _look(reader, strips, there, *(by for by in far.looks if by != near.rows))
        for one in there:
            one.weigh(far)
    return _moved(strips, stretches), _put_in(scores, stretches)


def doubtful_stretches(scores: Scores) -> Iterator[tuple[int, int]]:
    """The stretches of a line that are read with doubt: their first frames, and those behind their last."""
    wide = 2 * NEAR + 1
    there = np.convolve(1.0 - np.exp(scores.max(axis=1)), np.ones(wide) / wide)[NEAR : NEAR + len(scores)]
    hot = np.convolve(there > DOUBTFUL, np.ones(wide))[NEAR : NEAR + len(scores)] > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], hot.astype(np.int8), [0]]))).tolist()
    found: list[tuple[int, int]] = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if found and first - found[-1][1] <= APART:
            first = found.pop()[0]
        found.append((first, last))
    if sum(last - first + 2 * CONTEXT for first, last in found) > WHOLE * len(scores):
        found = [(0, len(scores))]
    yield from found


def sense(scores: Scores) -> float:
    """How much was read: each sign but blanks by what its weight has above a half."""
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    weights = np.exp(np.maximum.reduceat(scores.max(axis=1), starts))
    return float((weights - 0.5)[(best[starts] != NONE) & (best[starts] != CODES[" "])].sum())


def _look(reader: LineReader, strips: Sequence[LineStrip], stretches: Sequence[_Stretch], *rows: int) -> None:
    """Look at stretches with their ink moved down by so many rows."""
    shown: list[LineStrip] = []
    for one in stretches:
        strip = strips[one.number]
        part = strip.pixels[:, max(0, one.first - CONTEXT) * FRAME : (one.last + CONTEXT) * FRAME]
        shown += [replace(strip, pixels=np.roll(part, by, axis=0)) for by in rows]
    answers = iter(reader.scores(shown))
    for one in stretches:
        before = min(one.first, CONTEXT)
        for by in rows:
            one.seen[by] = next(answers)[before : before + one.last - one.first]


def _mean(looks: Sequence[Scores]) -> Scores:
    """The geometric mean of some looks at a stretch."""
    mean: Scores = np.mean(looks, axis=0)
    level: Scores = mean - np.log(np.exp(mean).sum(axis=1, keepdims=True))
    return level


def _put_in(scores: Sequence[Scores], stretches: Sequence[_Stretch]) -> list[Scores]:
    """The scores of lines with those of their stretches in their places."""
    found = list(scores)
    for number in {one.number for one in stretches}:
        found[number] = found[number].copy()
    for one in stretches:
        found[one.number][one.first : one.last] = one.scores
    return found


def _moved(strips: Sequence[LineStrip], stretches: Sequence[_Stretch]) -> list[LineStrip]:
    """The strips as if they had been cut where most of their frames were read best."""
    rows: dict[int, NDArray[np.int64]] = {}
    for one in stretches:
        wide = strips[one.number].pixels.shape[1] // FRAME
        rows.setdefault(one.number, np.zeros(wide, np.int64))[one.first : one.last] = one.way.rows
    found = list(strips)
    for number, each in rows.items():
        by = int(np.median(each))
        if by:
            strip = found[number]
            curve = replace(strip.curve, middle=strip.curve.middle - by / strip.scale)
            found[number] = replace(strip, pixels=np.roll(strip.pixels, by, axis=0), curve=curve)
    return found


def _with_all_classes(answer: NDArray[np.float32]) -> NDArray[np.float32]:
    """The answer of a network that learnt fewer signs: those it does not know never stand anywhere."""
    fewer = CLASSES - answer.shape[2]
    if not fewer:
        return answer
    unknown = np.full((*answer.shape[:2], fewer), NEVER, np.float32)
    return np.concatenate([answer[:, :, :-1], unknown, answer[:, :, -1:]], axis=2)


def doubt(scores: Scores) -> float:
    """The mean of what is left, frame by frame, beside the best class."""
    return float(1.0 - np.exp(scores.max(axis=1)).mean()) if len(scores) else 0.0


@cache
def reader(path: Path | None = None) -> LineReader:
    """The shipped network, or one of an archive's own.

    Raises:
        EngineFailure: the model can't be loaded.
    """
    import onnxruntime

    data = (path or files("septel.capture.engines.typed").joinpath(f"model/{SHIPPED}")).read_bytes()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except (OSError, ValueError, RuntimeError) as why:
        raise EngineFailure(
            f"the reader of typed lines does not start ({why})", remedy="Install Septel again."
        ) from why
    return LineReader(session, hashlib.sha256(data).hexdigest()[:8])
