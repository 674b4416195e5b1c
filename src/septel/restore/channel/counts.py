"""Learning a kind of noise from pages whose truth is known, or from noisy pages alone.

With truth, a page and its reading are aligned character by character, and what each character became is
counted. Without truth, the restorer's own readings serve in its place, weighed by their probability; that
is also how a document teaches its own noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from septel.restore.channel.channel import Channel, ConfusionCounts
from septel.restore.compiled import MAX_SEGMENT
from septel.restore.language import LETTERS, OTHER, encode

RARE = 2.0
"""Segments seen less often than this in training are left to the allowance for the unseen."""


def count_pairs(pairs: Iterable[tuple[str, str]], *, mixed: bool = False) -> ConfusionCounts:
    """Align each true text with its noisy reading and count what each character became.

    Stretches of more than twelve characters that have no counterpart (a line that an engine lost, or
    made up) are left out: they say nothing about characters.
    """
    counts = ConfusionCounts()
    for truth, seen in pairs:
        truth = truth if mixed else truth.upper()
        for op in Levenshtein.opcodes(truth, seen):
            left, right = truth[op.src_start : op.src_end], seen[op.dest_start : op.dest_end]
            if len(left) > 12 + len(right) or len(right) > 12 + len(left):
                continue
            _count(counts, left, right, same=op.tag == "equal", mixed=mixed)
    return counts


def _count(counts: ConfusionCounts, left: str, right: str, *, same: bool, mixed: bool) -> None:
    if "\n" in left or "\n" in right:
        return
    counts.places += len(right)
    if not left:
        for mark in right:
            counts.junk[mark] += 1
        return
    # Several characters that became several others: one by one, the last taking what is over.
    for i, character in enumerate(left):
        segment = right[i : i + 1] if i < len(left) - 1 else right[i : i + MAX_SEGMENT]
        known = _known(character)
        if known:
            counts.add(known, character if same and not mixed else segment, mixed=mixed)


def _known(character: str) -> str:
    code = int(encode(character)[0])
    return "" if code == OTHER else LETTERS[code - 1]


def write_profile(
    path: Path,
    counts: ConfusionCounts,
    *,
    data: str,
    unseen: float,
    prior: Mapping[str, float],
    specks: bool = False,
) -> None:
    """Write counts as a profile.

    Args:
        path: the profile to write.
        counts: what was counted.
        data: what it was counted on, named in the file.
        unseen: the share of errors that is kept for segments that were not counted.
        prior: marks that may appear where nothing was typed though none was counted, with their share.
        specks: whether marks that stand alone are dirt.
    """
    lines = [f"## What characters became, counted on {data}.", "## Columns: segment:count. ␣ is a space."]
    rate = counts.rate
    errors: dict[str, float] = {}
    for character in LETTERS:
        wrong = {s: n for s, n in counts.wrong[character].items() if n >= RARE and "\t" not in s}
        total = sum(wrong.values())
        right = counts.right[character]
        errors[character] = (total + 5 * rate) / (total + right + 5) / rate
        if not wrong:
            wrong = {"": 1.0}
        cells = (f"{s.replace(' ', '␣')}:{n:g}" for s, n in sorted(wrong.items(), key=lambda p: -p[1]))
        lines.append("\t".join((character.replace(" ", "␣"), *cells)))
    marks = dict(prior)
    for mark, n in counts.junk.items():
        if n >= RARE and mark.isprintable():
            marks[mark] = marks.get(mark, 0.0) + n / counts.places
    cells = (f"{mark.replace(' ', '␣')}:{share:.3g}" for mark, share in sorted(marks.items()))
    lines.append("\t".join(("junk", *cells)))
    lines.append("\t".join(("errors", *(f"{c.replace(' ', '␣')}:{e:.3g}" for c, e in errors.items()))))
    lines.append(f"settings\trate:{rate:.4g}\tunseen:{unseen:g}\tspecks:{specks:d}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def garble(truth: str, channel: Channel, rate: float, *, seed: int) -> str:
    """A clean text as a channel would show it, for fitting a calibration.

    No table knows all that noise does. So that a calibration is not fitted on noise that its own table
    explains too well, the table's weights are shaken, and one error in eight is a random character.
    """
    random = np.random.default_rng(seed)
    tables: dict[str, tuple[list[str], NDArray[np.float64]]] = {}
    out: list[str] = []
    marks = [mark for mark in channel.junk if channel.junk[mark] > 0]
    dirt = np.array([channel.junk[mark] for mark in marks])
    dirty = float(dirt.sum()) * rate / max(channel.rate, 1e-6)
    line_rate = rate
    for character in truth:
        if character == "\n":
            out.append(character)
            line_rate = min(rate * random.gamma(2.0, 0.5), 0.6)
            continue
        wrong = min(line_rate * channel.errors.get(character, 1.0), 0.9)
        if character in channel.segments and random.random() < wrong:
            if random.random() < 0.125:
                out.append(chr(int(random.integers(33, 127))))
            else:
                if character not in tables:
                    table = channel.segments[character]
                    weights = np.array(list(table.values())) * random.lognormal(0.0, 1.0, len(table))
                    tables[character] = list(table), weights / weights.sum()
                segments, weights = tables[character]
                out.append(segments[int(random.choice(len(segments), p=weights))])
        else:
            out.append(character)
        if marks and random.random() < dirty:
            out.append(marks[int(random.choice(len(marks), p=dirt / dirt.sum()))])
    return "".join(out)
