"""The network at work: strips of lines in, scores out (ONNX Runtime)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
one that learnt (`typed.onnx`), in less than half the time."""
BATCH = 8
NEVER = -50.0
DOUBT = 0.03
"""Lines with more doubt (`doubt`) are looked at again."""


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

    def look_again(
        self, strips: Sequence[LineStrip], scores: Sequence[Scores]
    ) -> tuple[list[LineStrip], list[Scores]]:
        """Strips and scores after more looks at those that are read with doubt, some rows higher and lower.

        What is doubtful differs from look to look, what is typed does not: the geometric mean of looks a row
        apart tells more than any. Where the feet of a line's letters are worn away, or their heads, its
        strip was cut about the middle of what is left, and the network sees letters too high or too low.
        So it is moved as long as that makes more sense (`sense`). Other strips are as they were.

        Args:
            strips: of a page.
            scores: of the first look at them.
        """
        doubtful = [number for number, one in enumerate(scores) if doubt(one) > DOUBT]
        seen = {0: {number: scores[number] for number in doubtful}}

        def look(numbers: Sequence[int], *rows: int) -> None:
            for by in rows:
                moved = [replace(strips[number], pixels=_moved(strips[number], by)) for number in numbers]
                seen[by] = dict(zip(numbers, self.scores(moved), strict=True))

        def better(number: int, ways: Sequence[Way]) -> tuple[float, Way, Scores]:
            means = ((way, _mean([seen[by][number] for by in way.looks])) for way in ways)
            return max(((sense(mean), way, mean) for way, mean in means), key=lambda one: one[0])

        look(doubtful, -1, 1, -2, 2)
        found = {number: better(number, (LEVEL, LOWER, HIGHER)) for number in doubtful}
        for near, far in ((LOWER, LOWEST), (HIGHER, HIGHEST)):
            there = [number for number in doubtful if found[number][1] is near]
            look(there, *(by for by in far.looks if by not in seen))
            for number in there:
                found[number] = max(found[number], better(number, (far,)), key=lambda one: one[0])
        strips, scores = list(strips), list(scores)
        for number, (_, way, mean) in found.items():
            strips[number] = _with_rows_moved(strips[number], way.rows)
            scores[number] = mean
        return strips, scores


@dataclass(frozen=True, slots=True)
class Way:
    """How a doubtful strip may be looked at.

    Attributes:
        rows: by how many rows its ink is moved down.
        looks: of which looks, in rows, the mean is taken.
    """

    rows: int
    looks: tuple[int, ...]


LEVEL, LOWER, HIGHER = Way(0, (-1, 0, 1)), Way(-2, (-1, -2)), Way(2, (1, 2))
LOWEST, HIGHEST = Way(-4, (-2, -4, -6)), Way(4, (4,))
"""On 59 pages of folds 1 to 3 these ways win 116 of the 828 agreed words that our reader alone lost on the
ten worst and 13 of 2,232 on the others, for as many looks as three at each line with a doubt of 0.02."""


def sense(scores: Scores) -> float:
    """How much was read: each sign but blanks by what its weight has above a half."""
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    weights = np.exp(np.maximum.reduceat(scores.max(axis=1), starts))
    return float((weights - 0.5)[(best[starts] != NONE) & (best[starts] != CODES[" "])].sum())


def _mean(looks: Sequence[Scores]) -> Scores:
    """The geometric mean of some looks at a strip."""
    mean: Scores = np.mean(looks, axis=0)
    level: Scores = mean - np.log(np.exp(mean).sum(axis=1, keepdims=True))
    return level


def _moved(strip: LineStrip, rows: int) -> NDArray[np.float32]:
    return np.roll(strip.pixels, rows, axis=0)


def _with_rows_moved(strip: LineStrip, rows: int) -> LineStrip:
    """The strip as if it had been cut so many rows higher, with its line where it then lies."""
    curve = replace(strip.curve, middle=strip.curve.middle - rows / strip.scale)
    return replace(strip, pixels=_moved(strip, rows), curve=curve)


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
