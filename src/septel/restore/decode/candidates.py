"""What each place of a page may be read as: the channel, laid over the characters that are seen.

The table of a channel is read backwards: from a seen segment to the true characters that may have become it.
To it comes what other engines saw at a place. Pinned places are read as they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.restore import native
from septel.restore.channel import Channel
from septel.restore.compiled import MAX_SEGMENT, SIZE, SPACE
from septel.restore.decode.beam import Candidates
from septel.restore.language import LETTERS, OTHER, encode

FLOOR = 1e-7
"""How probable a mark that a channel does not know is at any place."""
GIVEN_UP = "_"
"""What engines write for a character that they gave up on."""
GIVEN_UP_SHARE = 0.03
"""The share of a letter's errors that look so, at least."""
GIVEN_UP_MARK = 0.06
"""The same for commas and stops of a page in both cases."""
GIVEN_UP_MORE = 0.05
"""How probable it is there that a letter beside such a sign is lost in it too."""


@dataclass(frozen=True, slots=True)
class EngineAlternatives:
    """What engines saw on a page besides what stands there, by its places.

    Attributes:
        held: per place, the probability that one of these is right.
        seen: by place, length and code of a true character, the probability that it became that segment.
        lost: by place and code, the probability that the character stood before the place.
        dirt: by place, the probability that nothing was typed there.
    """

    held: NDArray[np.float32]
    seen: Mapping[tuple[int, int, int], float] = field(default_factory=dict)
    lost: Mapping[tuple[int, int], float] = field(default_factory=dict)
    dirt: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def none(cls, places: int) -> EngineAlternatives:
        """Nothing but what stands."""
        return cls(np.zeros(places, np.float32))

    def arcs(self) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]]:
        """Rows (place and length), codes and probabilities, in the order of rows."""
        ordered = sorted(self.seen.items())
        rows = np.array([place * MAX_SEGMENT + length - 1 for (place, length, _), _ in ordered], np.int32)
        codes = np.array([code for (_, _, code), _ in ordered], np.uint8)
        return rows, codes, np.array([share for _, share in ordered], np.float32)

    def missing(
        self, usual: NDArray[np.float32], beside: Sequence[int] = ()
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Rows of costs of lost characters, the usual ones first, and which holds at each place.

        Args:
            usual: per true character, what it costs that it left no trace.
            beside: places where an engine gave up on characters; letters are lost there more often.
        """
        rows = [usual]
        gone = np.zeros(len(self.held), np.int32)
        if len(beside):
            letters = [LETTERS.index(c) + 1 for c in LETTERS if c.isalpha()]
            rows.append(usual.copy())
            rows[1][letters] = np.maximum(usual[letters], log(GIVEN_UP_MORE))
            gone[list(beside)] = 1
        for (place, code), share in self.lost.items():
            if gone[place] < 1 + bool(len(beside)):
                rows.append(rows[gone[place]].copy())
                gone[place] = len(rows) - 1
            row = rows[gone[place]]
            row[code] = log(min(share + exp(float(row[code])), 0.99))
        return np.array(rows, np.float32), gone


def compile_candidates(
    text: str,
    channel: Channel,
    rates: NDArray[np.float32],
    breaks: NDArray[np.bool_],
    pinned: NDArray[np.bool_],
    others: EngineAlternatives | None = None,
) -> Candidates:
    """What each place of a page may be read as.

    Args:
        text: the page; a line end is a place of its own.
        channel: the noise.
        rates: per place, the error rate of its line.
        breaks: per place, whether a line end is there.
        pinned: per place, whether it is only ever read as it stands.
        others: what else engines saw.
    """
    others = others or EngineAlternatives.none(len(text))
    rows = _segment_rows(text, channel, breaks, pinned)
    errors = np.ones(SIZE, np.float32)
    for character, share in channel.errors.items():
        errors[LETTERS.index(character) + 1] = share
    errors[OTHER] = 1.0
    first, codes_out, costs = _fill(
        *rows,
        (rates, errors, breaks, pinned, encode(text), others.held),
        others.arcs(),
    )
    scale = rates / max(channel.rate, 1e-6)
    # A figure is never dirt, save the one that looks like a scratch.
    junk = np.array(
        [channel.junk.get(c, FLOOR) if not c.isdigit() or c == "1" else 0.0 for c in text], np.float32
    )
    beside = [
        at
        for at in range(len(text))
        if channel.mixed and not breaks[at] and GIVEN_UP in text[max(at - 1, 0) : at + 1]
    ]
    absent, gone = others.missing(_missing(channel), beside)
    dirt = np.clip(junk * scale, 1e-12, 0.3)
    for place, share in others.dirt.items():
        dirt[place] = min(dirt[place] + share, 0.99)
    return Candidates(
        first=first,
        codes=codes_out,
        costs=costs,
        junk=np.where(pinned, np.float32(-30.0), np.log(dirt)).astype(np.float32),
        missing=absent,
        gone=gone,
        breaks=breaks,
    )


def _segment_rows(
    text: str, channel: Channel, breaks: NDArray[np.bool_], pinned: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.uint8], NDArray[np.float32], NDArray[np.bool_]]:
    """The channel's table read backwards: per place and length a row, and each row's true characters.

    Returns:
        The rows by place and length (-1: none), where each row begins, and over all rows the codes, their
        shares and whether the segment shows the character itself.
    """
    segments: dict[str, int] = {}
    ids = np.full((len(text), MAX_SEGMENT), -1, np.int32)
    inverse: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for character, table in channel.segments.items():
        code = LETTERS.index(character) + 1
        for segment, share in table.items():
            inverse[segment].append((code, (1 - channel.unseen) * share))
    rows_code: list[NDArray[np.uint8]] = []
    rows_share: list[NDArray[np.float32]] = []
    rows_same: list[NDArray[np.bool_]] = []
    for i in range(len(text)):
        if breaks[i]:
            continue
        for length in range(1, MAX_SEGMENT + 1):
            if i + length > len(text) or breaks[i + length - 1]:
                break
            if length > 1 and (pinned[i] or pinned[i + length - 1]):
                break
            segment = text[i : i + length]
            row = segments.get(segment)
            if row is None:
                if length > 1 and segment not in inverse:
                    segments[segment] = -1
                    continue
                row = len(rows_code)
                segments[segment] = row
                codes, shares, same = _row(segment, channel, inverse[segment])
                rows_code.append(codes)
                rows_share.append(shares)
                rows_same.append(same)
            ids[i, length - 1] = row
    starts = np.zeros(len(rows_code) + 1, np.int64)
    np.cumsum([len(row) for row in rows_code], out=starts[1:])
    return (
        ids,
        starts,
        np.concatenate(rows_code) if rows_code else np.zeros(0, np.uint8),
        np.concatenate(rows_share) if rows_share else np.zeros(0, np.float32),
        np.concatenate(rows_same) if rows_same else np.zeros(0, np.bool_),
    )


def _missing(channel: Channel) -> NDArray[np.float32]:
    """Per true character, the logarithm of how probable it is that it left no trace."""
    missing = np.full(SIZE, -30.0, np.float32)
    for character, table in channel.segments.items():
        share = table.get("", 0.0) * channel.errors.get(character, 1.0) * channel.rate
        # A figure never comes from nothing.
        if not character.isdigit():
            # Nor does the stop that fluency would like best at the end of every line.
            share *= 0.1 if character in ".," else 1.0
            missing[LETTERS.index(character) + 1] = log(max(share, 1e-9))
    return missing


def _row(
    segment: str, channel: Channel, table: list[tuple[int, float]]
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.bool_]]:
    """The true characters that a segment may stand for, with the share of errors that look so."""
    shares = np.zeros(SIZE, np.float32)
    same = np.zeros(SIZE, np.bool_)
    if len(segment) == 1:
        shares[1:OTHER] = channel.unseen / 80
        shares[SPACE] = channel.unseen / 800
        own = int(encode(segment)[0])
        if own == OTHER:
            same[OTHER] = True
        elif LETTERS[own - 1] == segment or (channel.mixed and LETTERS[own - 1] == segment.upper()):
            same[own] = True
    for code, share in table:
        shares[code] += share
    if segment == GIVEN_UP:
        shares[[LETTERS.index(c) + 1 for c in LETTERS if c.isalpha()]] += GIVEN_UP_SHARE
        if channel.mixed:
            # Small marks are given up on as well; the marks of a teletype are large.
            shares[[LETTERS.index(c) + 1 for c in ",."]] += GIVEN_UP_MARK
    if segment.isdigit() and len(segment) == 1:
        # A digit is never turned into another one: fluency knows nothing of numbers.
        digits = [LETTERS.index(d) + 1 for d in "0123456789" if d != segment]
        shares[digits] = 0.0
    codes = np.flatnonzero((shares > 0) | same).astype(np.uint8)
    return codes, shares[codes], same[codes]


def _fill(
    ids: NDArray[np.int32],
    starts: NDArray[np.int64],
    codes: NDArray[np.uint8],
    shares: NDArray[np.float32],
    same: NDArray[np.bool_],
    page: tuple[NDArray[Any], ...],
    others: tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]],
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]]:
    """Where each row begins, and the codes and costs of all rows."""
    rates, errors, breaks, pinned, own, held = page
    n = len(ids)
    size = len(others[0]) + int(np.count_nonzero(breaks | pinned))
    size += int(np.diff(starts)[ids[ids >= 0]].sum())
    first, out, costs = (
        np.empty(n * MAX_SEGMENT + 1, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.float32),
    )
    kinds = (np.float32, np.uint8, np.float32, np.int64)
    at = native.fill(
        n,
        len(codes),
        len(starts) - 1,
        len(others[0]),
        size,
        ids,
        starts,
        codes,
        shares,
        same.view(np.uint8),
        np.ascontiguousarray(rates, np.float32),
        errors,
        breaks.view(np.uint8),
        pinned.view(np.uint8),
        own,
        held,
        *others,
        *(np.empty(size, kind) for kind in kinds),
        np.empty(200, np.int64),
        first,
        out,
        costs,
    )
    return first, out[:at], costs[:at]
