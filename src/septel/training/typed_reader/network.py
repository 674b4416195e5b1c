"""The network that reads typed lines, and how it learns (PyTorch; needed for training only).

Convolutions shrink a strip of `HIGH` rows to one row of frames, four pixels each; a few more look along the
line. There is no recurrence and no memory of words beyond some fifteen signs: what the letters mean is
the restorer's business, not the reader's.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from septel.capture.engines.typed import CLASSES, CODES, FRAME, HIGH, NONE
from septel.training.typed_reader.augmentation import strips_of
from septel.training.typed_reader.lines import kept_lines
from septel.training.typed_reader.typescript import TypedLine

BATCH = 16
_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)
SAID, JUDGED = 400, 20
"""Seconds after which weights are kept and every so many lines of those held back are read."""
WARM = 100
"""Steps in which the rate of learning rises."""
GROWN = 3.0
"""How much faster layers learn that begin with nothing."""
PLACED = 1200
"""So many steps learn from the known places of signs too; later ones only from the order of signs."""
REAL = 0.6
"""The share of batches that are of lines from real pages, where there are any."""
UNKNOWN = -8.0
"""How unlikely a sign is at first that a shipped network did not know."""


class Network(nn.Module):
    """From strips (batch, 1, `HIGH`, wide) of ink in [0, 1] to log probabilities (batch, frames, classes).

    Args:
        grown: with the layers that were added later; the reader of stamps does without.
    """

    def __init__(self, *, grown: bool = True) -> None:
        super().__init__()

        def more(wide: int) -> Sequence[nn.Module]:
            layer = nn.Conv2d(wide, wide, 3, padding=1, bias=False)
            return (_More(layer, nn.BatchNorm2d(wide)),) if grown else ()

        self.look = nn.Sequential(
            *_step(1, 24, 5, (2, 2)),
            *_step(24, 40, 3, (2, 1)),
            *_step(40, 64, 3, (1, 2)),
            *more(64),
            *_step(64, 80, 3, (2, 1)),
            *more(80),
            *_step(80, 112, 3, (2, 1)),
            *more(112),
            nn.Conv2d(112, 160, (2, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(160),
            nn.ReLU(),
        )
        self.along = nn.ModuleList(_Along(160, reach) for reach in (1, 2, 4, 1))
        self.more = nn.ModuleList(
            _More(nn.Conv1d(160, 160, 3, padding=reach, dilation=reach, bias=False), nn.BatchNorm1d(160))
            for reach in ((2, 1) if grown else ())
        )
        self.name = nn.Conv1d(160, CLASSES, 1)

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        """The scores of a batch of strips."""
        seen = self.look(strips).squeeze(2)
        for layer in (*self.along, *self.more):
            seen = layer(seen)
        return functional.log_softmax(self.name(seen).float(), dim=1).transpose(1, 2)


def _step(into: int, out: int, size: int, stride: tuple[int, int]) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(into, out, size, stride=stride, padding=size // 2, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(),
    )


class _Along(nn.Module):
    def __init__(self, wide: int, reach: int) -> None:
        super().__init__()
        self.layer = nn.Sequential(
            nn.Conv1d(wide, wide, 3, padding=reach, dilation=reach, bias=False),
            nn.BatchNorm1d(wide),
            nn.ReLU(),
        )

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """What was seen, with what stands around it."""
        return seen + self.layer(seen)


class _More(nn.Module):
    """A layer that changes nothing until it has learnt something, so that a network can grow.

    Its norm begins at nought (Goyal and others, "Accurate, large minibatch SGD", 2017), and what comes in is
    never below nought, so that the last step leaves it as it is.
    """

    def __init__(self, layer: nn.Module, norm: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
        super().__init__()
        nn.init.zeros_(norm.weight)
        self.layer, self.norm = layer, norm

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """What was seen, and what this layer adds to it or takes away."""
        return functional.relu(seen + self.norm(self.layer(seen)))


def learn(
    folder: Path,
    out: Path,
    *,
    seconds: float,
    seed: int,
    held: Path | None = None,
    real: Path | None = None,
    start: Path | None = None,
    rate: float = 2e-3,
    placed: int | None = None,
    short: bool = False,
    files: int = 70,
    grown: bool = True,
    say: Callable[[str], None] = print,
) -> tuple[Network, float]:
    """The network after learning, and its error rate on the lines held back.

    Learns from the files of lines in a folder, also from those that appear meanwhile.

    The rate of learning rises for `WARM` steps and then falls to nothing over the time given.

    Args:
        folder: files of lines (`make_lines`).
        out: where the weights go, every few minutes.
        seconds: how long to learn.
        seed: of the order of lines and of the first weights.
        held: a file of lines that are only read to see how well it goes.
        real: lines from real pages (`septel train scans`); a share of the batches (`REAL`) is of them.
        start: weights to go on from (.pt), or a network as it was shipped (.onnx).
        rate: the highest rate.
        placed: how many steps learn from the known places of signs as well as from their order; `PLACED`
            unless given, and none where learning goes on.
        short: whether to reckon with numbers of 16 bits, which some processors do faster.
        files: how many files are kept in memory.
        grown: with the layers that the reader of typed lines got later.
        say: told how it goes.
    """
    torch.manual_seed(seed)
    random.seed(seed)
    network = Network(grown=grown)
    batches = _batches(folder, held, files)
    if real:
        batches = _mixed(batches, _batches(real, held, files))
    placed = (0 if start else PLACED) if placed is None else placed
    if start and start.suffix == ".onnx":
        unfold(network, start, next(batches))
    elif start:
        network.load_state_dict(torch.load(start))
    # A tenth faster so.
    network.to(memory_format=torch.channels_last)
    moving = torch.optim.AdamW(_groups(network), lr=rate, weight_decay=1e-4)
    judged = kept_lines(held)[::JUDGED] if held else []
    began = last = time.monotonic()
    losses: list[float] = []
    for step, lines in enumerate(batches):
        gone = (time.monotonic() - began) / seconds
        if gone >= 1:
            break
        now = rate * min(1.0, (step + 1) / WARM) * max(0.01, 0.5 * (1 + np.cos(np.pi * gone)))
        for group in moving.param_groups:
            group["lr"] = now * group["share"]
        strips, widths = strips_of(lines, stray=True)
        strips = strips.contiguous(memory_format=torch.channels_last)
        # Twice as fast where processors know numbers of 16 bits; weights and losses keep all of theirs.
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
            scores = network(strips)
        loss = _loss(scores, widths, lines, placed=max(0.0, 1 - step / max(placed, 1)))
        moving.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        moving.step()
        losses.append(loss.item())
        if time.monotonic() - last > SAID:
            last = time.monotonic()
            torch.save(network.state_dict(), out)
            rates = f", held back {errors(network, judged):.4f}" if judged else ""
            say(f"step {step}, {gone:.0%} of the time, loss {np.mean(losses[-200:]):.4f}{rates}")
    torch.save(network.state_dict(), out)
    return network, errors(network, judged)


def _groups(network: Network) -> list[dict[str, Any]]:
    """The weights with the share of the rate at which they learn."""
    fresh = [one for one in network.modules() if isinstance(one, _More) and not one.norm.weight.any()]
    new = [weight for one in fresh for weight in one.parameters()]
    known = {id(weight) for weight in new}
    old = [weight for weight in network.parameters() if id(weight) not in known]
    return [{"params": old, "share": 1.0}, *([{"params": new, "share": GROWN}] if new else [])]


def _batches(folder: Path, held: Path | None, files: int) -> Iterator[list[TypedLine]]:
    """Batches of lines of like width, without end; new files are taken up as they come."""
    taken: dict[Path, list[TypedLine]] = {}
    while True:
        fresh = [
            path
            for path in sorted(folder.glob("*.npz"))
            if path not in taken and path != held and not path.name.startswith("held-")
        ]
        for path in fresh[: max(0, files - len(taken))]:
            taken[path] = kept_lines(path)
        if not taken:
            time.sleep(5)
            continue
        lines = [line for found in random.sample(list(taken.values()), min(6, len(taken))) for line in found]
        random.shuffle(lines)
        lines = lines[: 40 * BATCH]
        lines.sort(key=lambda line: line.pixels.shape[1])
        groups = [lines[at : at + BATCH] for at in range(0, len(lines) - BATCH + 1, BATCH)]
        random.shuffle(groups)
        yield from groups


def _mixed(drawn: Iterator[list[TypedLine]], real: Iterator[list[TypedLine]]) -> Iterator[list[TypedLine]]:
    while True:
        yield next(real if random.random() < REAL else drawn)


def _loss(
    scores: torch.Tensor, widths: Sequence[int], lines: Sequence[TypedLine], *, placed: float
) -> torch.Tensor:
    frames = torch.tensor([width // FRAME for width in widths])
    wanted = [torch.tensor([CODES[sign] for sign in line.text], dtype=torch.long) for line in lines]
    lengths = torch.tensor([len(one) for one in wanted])
    loss = functional.ctc_loss(
        scores.transpose(0, 1),
        torch.cat(wanted),
        frames,
        lengths,
        blank=NONE,
        reduction="none",
        zero_infinity=True,
    )
    total = (loss / lengths.clamp(min=4)).mean()
    if placed:
        targets = torch.full(scores.shape[:2], -100)
        for number, (line, count) in enumerate(zip(lines, frames, strict=True)):
            targets[number, : int(count)] = NONE
            at = np.clip((line.middles / FRAME).astype(int), 0, int(count) - 1)
            targets[number, torch.from_numpy(at)] = wanted[number]
        total = total + placed * 3 * functional.cross_entropy(
            scores.reshape(-1, CLASSES), targets.reshape(-1), ignore_index=-100
        )
    return total


def errors(network: Network, lines: Sequence[TypedLine]) -> float:
    """The character error rate of greedy reading on lines."""
    from rapidfuzz.distance import Levenshtein

    from septel.capture.engines.typed import SIGNS

    network.eval()
    wrong = total = 0
    with torch.no_grad():
        for line in lines:
            strips, _ = strips_of([line], stray=False)
            best = network(strips)[0].argmax(dim=1).tolist()
            kept = [a for a, b in zip(best, [None, *best], strict=False) if a != b and a != NONE]
            wrong += Levenshtein.distance("".join(SIGNS[code] for code in kept), line.text)
            total += len(line.text)
    network.train()
    return wrong / max(total, 1)


def unfold(network: Network, path: Path, lines: Sequence[TypedLine]) -> None:
    """Give a network the weights of a shipped one, so that learning can go on from it.

    A shipped network has no norms: each is folded into its convolution. Here each convolution keeps the
    folded weights, and its norm is set so that it changes nothing: it gives back the mean and the spread
    which it takes away. Both are counted on some lines.

    Args:
        network: takes the weights.
        path: what `export` wrote, or the same with whole numbers.
        lines: a batch of lines like those that will be learnt from.
    """
    import onnx

    from septel.training.typed_reader.weight_average import weights_in

    held = {name: torch.tensor(weights) for name, weights in weights_in(onnx.load(path)).items()}
    folded = [held.pop(name) for name in list(held) if not name.startswith("name.")]
    layers, norms = _layers(network, grown=False)
    if len(folded) > 2 * len(layers):
        layers, norms = _layers(network, grown=True)
    strips, _ = strips_of(lines, stray=True)
    _name(network.name, held["name.weight"], held["name.bias"])
    network.eval()
    for number, (layer, norm) in enumerate(zip(layers, norms, strict=True)):
        assert isinstance(layer, (nn.Conv1d, nn.Conv2d)) and isinstance(norm, _NORMS)
        layer.weight.data = folded[2 * number]
        seen: list[torch.Tensor] = []
        hook = layer.register_forward_hook(lambda _layer, _into, out, seen=seen: seen.append(out))
        with torch.no_grad():
            network(strips)
        hook.remove()
        over = [axis for axis in range(seen[0].dim()) if axis != 1]
        mean, spread = seen[0].mean(over), seen[0].var(over)
        norm.running_mean, norm.running_var = mean, spread
        norm.weight.data = torch.sqrt(spread + norm.eps)
        norm.bias.data = folded[2 * number + 1] + mean
    network.train()


def _layers(network: Network, *, grown: bool) -> tuple[list[nn.Module], list[nn.Module]]:
    """The convolutions and their norms, in the order of a shipped network; those that grew later if asked."""
    later = {id(part) for more in network.modules() if isinstance(more, _More) for part in more.modules()}
    steps = [
        part
        for part in network.modules()
        if isinstance(part, (nn.Conv1d, nn.Conv2d, *_NORMS)) and (grown or id(part) not in later)
    ]
    return steps[:-1:2], steps[1::2]


def _name(layer: nn.Conv1d, weight: torch.Tensor, bias: torch.Tensor) -> None:
    """Give the last layer the weights of a shipped network, which may know fewer signs.

    Signs are added before the class for none, so the last row goes last.
    """
    known = len(weight) - 1
    layer.weight.data.zero_()
    layer.bias.data.fill_(UNKNOWN)
    for mine, theirs in ((layer.weight, weight), (layer.bias, bias)):
        assert mine is not None
        mine.data[:known], mine.data[-1] = theirs[:known], theirs[-1]


def export(network: Network, path: Path) -> None:
    """Write the network for ONNX Runtime; any number of strips of any width."""
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HIGH, 400),),
        str(path),
        input_names=["strips"],
        output_names=["scores"],
        dynamic_axes={"strips": {0: "lines", 3: "wide"}, "scores": {0: "lines", 1: "frames"}},
        dynamo=False,
    )
