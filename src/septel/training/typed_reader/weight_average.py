"""Weights of shipped networks, and the mean of two: what one learnt, with some of what the other knew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from septel.errors import InputError


def weights_in(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """The weights of a network by name, layer by layer; of whole numbers, what they stand for."""
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    between = {name for node in model.graph.node if node.op_type.endswith("izeLinear") for name in node.input}
    weights = {name: found for name, found in held.items() if found.dtype.kind == "f" and name not in between}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in held:
            found, scale, zero = (held[name] for name in node.input)
            # Each row, which makes one of the numbers that come out, has its own scale.
            row = (-1, *(1,) * (found.ndim - 1))
            weights[node.input[0]] = ((found - zero.reshape(row)) * scale.reshape(row)).astype(np.float32)
    return weights


def blend(path: Path, start: Path, share: float) -> None:
    """Give a network that went on learning a share of the weights that it began with.

    A network that learns from new pages forgets some of the old ones. Between its first and its last weights
    it is nearly as good on the new and no worse on the old (Wortsman and others, "Robust fine-tuning of
    zero-shot models", 2022). Norms are folded in both, so that weights can be averaged.

    Args:
        path: what `export` wrote; it is written anew.
        start: the network that learning began with, also with whole numbers; it may know fewer signs.
        share: of its weights, from zero to one.

    Raises:
        InputError: the two are not of one make.
    """
    model, first = onnx.load(path), onnx.load(start)
    theirs = list(weights_in(first).values())
    for mine in model.graph.initializer:
        new = numpy_helper.to_array(mine)
        if new.dtype.kind != "f":
            continue
        known = bool(theirs) and theirs[0].shape[1:] == new.shape[1:] and len(theirs[0]) <= len(new)
        # A layer that grew since then did nothing before it had learnt.
        old = _widened(theirs.pop(0), new) if known else np.zeros_like(new)
        mean = (1 - share) * new + share * old
        mine.CopyFrom(numpy_helper.from_array(mean.astype(new.dtype), mine.name))
    if theirs:
        raise InputError("the two networks are not of one make", where=start.name)
    onnx.save(model, path)


def _widened(old: NDArray[np.float32], new: NDArray[np.float32]) -> NDArray[np.float32]:
    """Old weights in the shape of new ones: signs that were not known then keep their new weights."""
    if old.shape == new.shape:
        return old
    wide = new.copy()
    wide[: len(old) - 1], wide[-1] = old[:-1], old[-1]
    return wide
