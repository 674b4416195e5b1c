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

from septel.capture.engines.typed.ctc import CLASSES, Scores
from septel.capture.engines.typed.lines import FRAME, HIGH, LineStrip, batches
from septel.errors import EngineFailure

SHIPPED = "typed.int8.onnx"
"""The network with whole numbers of eight bits (`septel.training.typed_reader.quantisation`): as right as the
one that learnt (`typed.onnx`), in less than half the time."""
BATCH = 8
NEVER = -50.0
DOUBT = 0.02
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

    def scores_again(self, strips: Sequence[LineStrip], scores: Sequence[Scores]) -> list[Scores]:
        """The scores of doubtful strips after two more looks, a row higher and a row lower.

        What is doubtful differs from look to look, what is typed does not; the geometric mean of the three
        tells more than any. Other strips keep their scores.
        """
        doubtful = [number for number, one in enumerate(scores) if doubt(one) > DOUBT]
        looks = [[scores[number] for number in doubtful]]
        for rows in (-1, 1):
            moved = [
                replace(strips[number], pixels=np.roll(strips[number].pixels, rows, axis=0))
                for number in doubtful
            ]
            looks.append(self.scores(moved))
        out = list(scores)
        for number, *seen in zip(doubtful, *looks, strict=True):
            mean = np.mean(seen, axis=0)
            out[number] = mean - np.log(np.exp(mean).sum(axis=1, keepdims=True))
        return out


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
