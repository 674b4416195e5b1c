"""Lines to learn from as a batch, each a little other than it was every time it is seen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from septel.capture.engines.typed import HIGH
from septel.training.typed_reader.typescript import TypedLine


def strips_of(lines: Sequence[TypedLine], *, stray: bool) -> tuple[torch.Tensor, list[int]]:
    """Lines as one batch, with their widths in pixels; if asked, moved a little and inked otherwise."""
    widths = [line.pixels.shape[1] for line in lines]
    batch: NDArray[np.float32] = np.zeros((len(lines), 1, HIGH, max(widths)), np.float32)
    for number, line in enumerate(lines):
        ink: NDArray[Any] = line.pixels.astype(np.float32) / 255
        if stray:
            ink = _strayed(ink)
        batch[number, 0, :, : widths[number]] = ink
    return torch.from_numpy(batch), widths


def _strayed(ink: NDArray[Any]) -> NDArray[Any]:
    """A line moved a little, stretched, paler or darker, with holes in its letters, grainy."""
    ink = np.roll(ink, random.randint(-2, 2), axis=0)
    if random.random() < 0.5:
        ink = _stretched(ink, random.uniform(0.92, 1.08))
    if random.random() < 0.35:
        ink = ink * _holes(ink.shape[1])
    pale = random.uniform(0.25, 0.8) if random.random() < 0.2 else random.uniform(0.8, 1.2)
    ink = np.clip(ink * np.float32(pale) + np.float32(random.uniform(-0.03, 0.06)), 0, 1)
    if random.random() < 0.25:
        ink = ink + np.random.normal(0, random.uniform(0.02, 0.12), ink.shape)
    return ink.astype(np.float32)


def _stretched(ink: NDArray[Any], by: float) -> NDArray[Any]:
    """A line stretched about its left edge; what is then beyond its width is lost, so it is squeezed more."""
    wide = ink.shape[1]
    at = np.arange(wide) / by
    if by > 1:
        # Only blank paper at the right edge may go.
        inked = np.flatnonzero(ink.max(axis=0) > 0.3)
        at = np.arange(wide) / min(by, (wide - 1) / (inked[-1] + 1) if len(inked) else by)
    left = np.minimum(at.astype(int), wide - 1)
    right = np.minimum(left + 1, wide - 1)
    part = (at - left).clip(0, 1)
    out: NDArray[Any] = ink[:, left] * (1 - part) + ink[:, right] * part
    out[:, at > wide - 1] = 0
    return out


def _holes(wide: int) -> NDArray[np.float32]:
    """What is left of the ink where a ribbon skipped: small blots and pale stretches."""
    left = np.ones((HIGH, wide), np.float32)
    down, across = np.mgrid[0:HIGH, 0:16]
    for _ in range(random.randint(1, max(1, wide // 40))):
        at, middle = random.randint(0, max(0, wide - 16)), random.uniform(4, HIGH - 4)
        size = random.uniform(1.5, 5)
        blot = np.exp(-((np.square(down - middle) + np.square(across - 8)) / (2 * size * size)))
        part = left[:, at : at + 16]
        part *= 1 - np.float32(random.uniform(0.4, 1.0)) * blot[:, : part.shape[1]].astype(np.float32)
    if random.random() < 0.4:
        begin, length = random.randint(0, wide), random.randint(20, 220)
        left[:, begin : begin + length] *= np.float32(random.uniform(0.15, 0.7))
    return left
