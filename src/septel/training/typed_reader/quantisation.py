"""The network with whole numbers of eight bits, for reading (ONNX Runtime; its tools need `onnx`).

Weights and what passes between layers become whole numbers; the first layer and the last keep theirs, since
all else rests on them, and sums of layers are not rounded once more. How large numbers become is the mean of
what some lines have, not the most, since one blot would make all other numbers coarse. Weights take seven
bits, so that sums of products fit into sixteen on processors that have no wider ones, and all processors read
alike.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.training.typed_reader.typescript import TypedLine

ENOUGH = 160
"""So many lines tell how large the numbers between layers become."""


def quantise(network: Path, out: Path, lines: Sequence[TypedLine], *, seed: int = 0) -> None:
    """Write a network with whole numbers.

    Args:
        network: as `export` wrote it.
        out: where to.
        lines: of the kinds that will be read; some of them, by the seed, are looked at.
        seed: of that choice.
    """
    import onnx
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Looks(CalibrationDataReader):  # type: ignore[misc]  # the package says nothing of its types
        def __init__(self) -> None:
            order = np.random.default_rng(seed).permutation(len(lines))[:ENOUGH].tolist()
            self._left = iter(lines[number] for number in order)

        def get_next(self) -> dict[str, NDArray[Any]] | None:
            line = next(self._left, None)
            return None if line is None else {"strips": (line.pixels.astype(np.float32) / 255.0)[None, None]}

    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(network, ready, skip_symbolic_shape=True)
        layers = [node.name for node in onnx.load(ready).graph.node if node.op_type == "Conv"]
        quantize_static(
            ready,
            out,
            Looks(),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            nodes_to_exclude=[layers[0], layers[-1]],
            op_types_to_quantize=["Conv", "Relu"],
            extra_options={"CalibMovingAverage": True},
        )
