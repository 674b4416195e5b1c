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

from septel.restore.language import LETTERS

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
        specks: whether marks that stand alone are dirt (see `septel.restore.tokens.artefacts`).
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

    def adapted(self, counts: ConfusionCounts, *, trust: float = 12.0) -> Channel:
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
class ConfusionCounts:
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

    def plus(self, other: ConfusionCounts) -> ConfusionCounts:
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
