"""What noise does to characters: how probable each seen segment is, given the true character.

A true character is seen as it is, or as a segment of one to four other characters, or not at all; and marks
are seen where nothing was typed. The look-alikes of a profile say which segments a kind of engine makes of
which character; each document then teaches its own: the segments found in it, aligned with what they were
read as, are counted and mixed with the profile in proportion to how often they were seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import exp, log

import numpy as np
from numba import njit
from numpy.typing import NDArray

from septel.restore.alphabet import LETTERS, OTHER, SIZE, SPACE, encode
from septel.restore.decoder import LONGEST, Candidates

FLOOR = 1e-7
GIVEN_UP = "_"
"""What engines write for a character that they gave up on."""
GIVEN_UP_SHARE = 0.03
"""The share of a letter's errors that look so, at least."""

GIVEN_UP_MARK = 0.06
"""The same for commas and stops of a page in both cases."""

Table = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One kind of noise, or one document's.

    Attributes:
        name: the profile's name.
        errors: per true character, the share of it that is not seen as it is, relative to the
            document's share; one means average.
        segments: per true character, what it is seen as when it is not seen as it is; adds up to one.
            The empty segment is a character that left no trace.
        junk: per seen character, how probable a mark of that kind is at any place.
        unseen: how probable it is that an error is of a kind that the table does not hold.
        rate: the document's share of characters that are not seen as they are.
        specks: whether marks that stand alone are dirt (see `septel.restore.specks`).
        mixed: whether the document is in both cases.
    """

    name: str
    errors: Mapping[str, float]
    segments: Mapping[str, Mapping[str, float]]
    junk: Mapping[str, float]
    unseen: float
    rate: float
    specks: bool = False
    mixed: bool = False

    def adapted(self, counts: Counts, *, trust: float = 12.0) -> Channel:
        """The channel with what a document taught; `trust` is how many observations the profile is worth."""
        rate = counts.rate
        errors: dict[str, float] = {}
        segments: dict[str, Mapping[str, float]] = {}
        for character in LETTERS:
            wrong, right = counts.wrong[character], counts.right[character]
            prior = self.errors.get(character, 1.0) * rate
            share = (sum(wrong.values()) + trust * prior) / (sum(wrong.values()) + right + trust)
            errors[character] = share / max(rate, 1e-6)
            old = self.segments.get(character, {})
            total = sum(wrong.values()) + trust
            mixed = {s: trust * p / total for s, p in old.items()}
            for segment, count in wrong.items():
                mixed[segment] = mixed.get(segment, 0.0) + count / total
            segments[character] = mixed
        places = max(counts.places, 1.0)
        junk = {
            mark: (counts.junk.get(mark, 0.0) + 40 * self.junk.get(mark, 0.0) * rate / max(self.rate, 1e-4))
            / (places + 40)
            for mark in {*self.junk, *counts.junk}
        }
        return replace(self, errors=errors, segments=segments, junk=junk, rate=rate)

    def in_both_cases(self, share: float) -> Channel:
        """The same kind of noise on a page in both cases, where `share` of the errors are small letters'."""
        segments = dict(self.segments)
        for character, row in small_letters().items():
            old = self.segments.get(character, {})
            new = {segment: (1 - share) * p for segment, p in old.items()}
            for segment, p in row.items():
                new[segment] = new.get(segment, 0.0) + share * p
            segments[character] = new
        return replace(self, segments=segments, mixed=True)

    def at_rate(self, rate: float) -> Channel:
        """The same kind of noise, but more or less of it."""
        share = rate / max(self.rate, 1e-6)
        junk = {mark: min(p * share, 0.2) for mark, p in self.junk.items()}
        return replace(self, rate=rate, junk=junk)


@dataclass(slots=True)
class Counts:
    """What was seen of which character in one document, each weighed by its probability."""

    right: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    wrong: dict[str, dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    junk: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    places: float = 0.0

    def add(self, character: str, segment: str, share: float = 1.0, *, mixed: bool = False) -> None:
        """Count that `character` was seen as `segment`."""
        if segment == character or (mixed and segment == character.lower()):
            self.right[character] += share
        else:
            self.wrong[character][segment] += share

    def plus(self, other: Counts) -> Counts:
        """Both counts together."""
        for character, share in other.right.items():
            self.right[character] += share
        for character, segments in other.wrong.items():
            for segment, share in segments.items():
                self.wrong[character][segment] += share
        for mark, share in other.junk.items():
            self.junk[mark] += share
        self.places += other.places
        return self

    @property
    def rate(self) -> float:
        """The share of characters not seen as they are; never quite zero."""
        wrong = sum(sum(segments.values()) for segments in self.wrong.values())
        right = sum(self.right.values())
        return min((wrong + 0.2) / (wrong + right + 200.0 * 0.5), 0.6)


def read_lookalikes(lines: Iterable[str]) -> Table:
    """The table of a profile: a true character and the segments it is taken for, tab-separated.

    A line reads `character TAB segment:weight TAB ...`; lines that begin with `##` are comments.
    """
    table: Table = {}
    for line in lines:
        if line.startswith("##") or not line.strip():
            continue
        character, *cells = line.rstrip("\n").split("\t")
        weights = {}
        for cell in cells:
            segment, _, weight = cell.rpartition(":")
            weights[segment.replace("␣", " ")] = float(weight)
        table[character.replace("␣", " ")] = weights
    return table


@cache
def small_letters() -> Table:
    """What small letters of a typewriter are taken for, by the capital that stands for both cases."""
    text = files("septel.restore").joinpath("profiles/small.tsv").read_text(encoding="utf-8")
    table = read_lookalikes(text.splitlines())
    return {c: {s: w / sum(row.values()) for s, w in row.items()} for c, row in table.items()}


def profile(name: str) -> Channel:
    """A shipped profile: `old` (engines of the 1990s and 2000s) or `modern`."""
    text = files("septel.restore").joinpath(f"profiles/{name}.tsv").read_text(encoding="utf-8")
    table = read_lookalikes(text.splitlines())
    junk = table.pop("junk")
    errors = table.pop("errors")
    settings = table.pop("settings")
    return Channel(
        name=name,
        errors=errors,
        segments={c: {s: w / sum(row.values()) for s, w in row.items()} for c, row in table.items()},
        junk={mark: share for mark, share in junk.items() if mark != "none"},
        unseen=settings["unseen"],
        rate=settings["rate"],
        specks=settings.get("specks", 0.0) > 0,
    )


@dataclass(frozen=True, slots=True)
class Others:
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
    def none(cls, places: int) -> Others:
        """Nothing but what stands."""
        return cls(np.zeros(places, np.float32))

    def arcs(self) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float32]]:
        """Rows (place and length), codes and probabilities, in the order of rows."""
        ordered = sorted(self.seen.items())
        rows = np.array([place * LONGEST + length - 1 for (place, length, _), _ in ordered], np.int32)
        codes = np.array([code for (_, _, code), _ in ordered], np.uint8)
        return rows, codes, np.array([share for _, share in ordered], np.float32)

    def missing(self, usual: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Rows of costs of lost characters, the usual ones first, and which holds at each place."""
        rows = [usual]
        gone = np.zeros(len(self.held), np.int32)
        for (place, code), share in self.lost.items():
            if not gone[place]:
                gone[place] = len(rows)
                rows.append(usual.copy())
            row = rows[gone[place]]
            row[code] = log(min(share + exp(float(row[code])), 0.99))
        return np.array(rows, np.float32), gone


def compile_candidates(
    text: str,
    channel: Channel,
    rates: NDArray[np.float32],
    breaks: NDArray[np.bool_],
    pinned: NDArray[np.bool_],
    others: Others | None = None,
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
    others = others or Others.none(len(text))
    segments: dict[str, int] = {}
    ids = np.full((len(text), LONGEST), -1, np.int32)
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
        for length in range(1, LONGEST + 1):
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
    errors = np.ones(SIZE, np.float32)
    for character, share in channel.errors.items():
        errors[LETTERS.index(character) + 1] = share
    errors[OTHER] = 1.0
    first, codes_out, costs = _fill(
        ids,
        starts,
        np.concatenate(rows_code) if rows_code else np.zeros(0, np.uint8),
        np.concatenate(rows_share) if rows_share else np.zeros(0, np.float32),
        np.concatenate(rows_same) if rows_same else np.zeros(0, np.bool_),
        rates,
        errors,
        breaks,
        pinned,
        encode(text),
        others.held,
        *others.arcs(),
    )
    scale = rates / max(channel.rate, 1e-6)
    # A figure is never dirt, save the one that looks like a scratch.
    junk = np.array(
        [channel.junk.get(c, FLOOR) if not c.isdigit() or c == "1" else 0.0 for c in text], np.float32
    )
    missing = np.full(SIZE, -30.0, np.float32)
    for character, table in channel.segments.items():
        share = table.get("", 0.0) * channel.errors.get(character, 1.0) * channel.rate
        # A figure never comes from nothing.
        if not character.isdigit():
            # Nor does the stop that fluency would like best at the end of every line.
            share *= 0.1 if character in ".," else 1.0
            missing[LETTERS.index(character) + 1] = log(max(share, 1e-9))
    rows, gone = others.missing(missing)
    dirt = np.clip(junk * scale, 1e-12, 0.3)
    for place, share in others.dirt.items():
        dirt[place] = min(dirt[place] + share, 0.99)
    return Candidates(
        first=first,
        codes=codes_out,
        costs=costs,
        junk=np.where(pinned, np.float32(-30.0), np.log(dirt)).astype(np.float32),
        missing=rows,
        gone=gone,
        breaks=breaks,
    )


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


@njit(cache=True)
def _fill(  # type: ignore[no-untyped-def]  # compiled
    ids,
    starts,
    codes,
    shares,
    same,
    rates,
    errors,
    breaks,
    pinned,
    own,
    held,
    other_rows,
    other_codes,
    other_shares,
):
    n = len(ids)
    size = len(other_rows)
    other = 0
    for i in range(n):
        if breaks[i] or pinned[i]:
            size += 1
        for length in range(LONGEST):
            row = ids[i, length]
            if row >= 0:
                size += starts[row + 1] - starts[row]
    first = np.zeros(n * LONGEST + 1, np.int32)
    out = np.zeros(size, np.uint8)
    costs = np.zeros(size, np.float32)
    at = 0
    for i in range(n):
        for length in range(LONGEST):
            r = i * LONGEST + length
            first[r] = at
            if breaks[i]:
                if length == 0:
                    out[at] = SPACE
                    costs[at] = 0.0
                    at += 1
                continue
            if pinned[i]:
                if length == 0:
                    out[at] = own[i]
                    costs[at] = 0.0
                    at += 1
                continue
            row = ids[i, length]
            while other < len(other_rows) and other_rows[other] < r:
                other += 1
            seen = other < len(other_rows) and other_rows[other] == r
            if row < 0 and not seen:
                continue
            begin = at
            if row >= 0:
                for k in range(starts[row], starts[row + 1]):
                    c = codes[k]
                    wrong = min(max(errors[c] * rates[i], np.float32(1e-6)), np.float32(0.9))
                    value = wrong * shares[k]
                    if same[k]:
                        value += max(1.0 - wrong - held[i], 1e-3)
                    if value > 1e-9:
                        out[at] = c
                        costs[at] = np.log(value)
                        at += 1
            while other < len(other_rows) and other_rows[other] == r:
                c = other_codes[other]
                value = np.float64(other_shares[other])
                place = at
                for k in range(begin, at):
                    if out[k] == c:
                        value += np.exp(costs[k])
                        place = k
                out[place] = c
                costs[place] = np.log(value)
                if place == at:
                    at += 1
                other += 1
            order = np.argsort(-costs[begin:at])
            out[begin:at] = out[begin:at][order]
            costs[begin:at] = costs[begin:at][order]
    first[n * LONGEST] = at
    return first, out[:at], costs[:at]
