"""From the graph of a search to words: the best one at each place, how probable it is, and its rivals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from septel.restore.channel import Channel, ConfusionCounts
from septel.restore.compiled import JUNK, SPACE
from septel.restore.decode.lattice import Lattice
from septel.restore.decode.observation import Observation
from septel.restore.language import OTHER, letter
from septel.restore.tokens import parted

RIVALS = 4
_PENDING = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordHypothesis:
    """One word of the best reading.

    Attributes:
        start, end: the places that it was read from.
        text: the word.
        posterior: its share of the probability of all readings that survived the search.
        rivals: other words read from the same places, with their shares.
        wrong: how many of its characters were not seen as they are.
        break_after: whether a line end follows.
        gap: the places that were read as the blank after it; empty when the blank was lost.
        inner: the places that its letters and figures were read from, without the marks at its edges.
        core: the share of all readings of these places that have its letters and figures, whatever their
            marks.
        marks: the share of those that have its marks, whatever their letters.
        beside: the posterior of its weaker neighbour.
        torn: whether the blank before or after it was not seen.
        soiled: whether ink that was taken for dirt stands right after it.
        ends: whether it ends a paragraph: a blank line or a label follows.
    """

    start: int
    end: int
    text: str
    posterior: float
    rivals: tuple[tuple[str, float], ...]
    wrong: int
    break_after: bool
    gap: tuple[int, int]
    inner: tuple[int, int] = (0, 0)
    core: float = 1.0
    marks: float = 1.0
    beside: float = 1.0
    torn: bool = False
    soiled: bool = False
    ends: bool = False


def word_hypotheses(
    search: Lattice, page: Observation, channel: Channel, pinned: np.ndarray
) -> tuple[list[WordHypothesis], ConfusionCounts, np.ndarray]:
    """The words of the best reading, what they teach about the noise, and errors and places per line.

    The last array has one row per line of the page: erroneous places, all places.
    """
    place, code = search.place, search.code
    ends = place[search.arc_to]
    blanks = np.flatnonzero(search.arc_code == SPACE)
    blank_ends = ends[blanks]
    counts = ConfusionCounts()
    tallies = np.zeros((int(page.line[-1]) + 1 if len(page.line) else 0, 2), np.float32)
    words: list[WordHypothesis] = []
    start, wrong = 0, 0
    letters: list[str] = []
    starts: list[int] = []
    path = search.path
    for u, v in pairwise(path):
        begin, end, c = int(place[u]), int(place[v]), int(code[v])
        segment = page.text[begin:end]
        is_break = end > begin and bool(page.breaks[begin])
        if not is_break:
            counts.places += end - begin
            line = page.line[min(begin, len(page.line) - 1)]
            tallies[line, 1] += end - begin
            if c == JUNK:
                counts.junk[segment] += 1
                tallies[line, 0] += 1
            elif c != OTHER:
                character = letter(c)
                counts.add(character, segment, mixed=channel.mixed)
                same = segment == character or (
                    (channel.mixed or bool(pinned[begin])) and segment.upper() == character
                )
                tallies[line, 0] += not same
                wrong += not same
        if c == SPACE:
            text = _cased(letters)
            shares = _shares(search, blanks, blank_ends, start, end, page)
            core, marks = _apart(shares, text)
            head, _, tail = parted(text) if len(text) == len(starts) else ("", "", "")
            inner = ([*starts, begin][len(head)], [*starts, begin][len(starts) - len(tail)])
            posterior, rivals = _ranked(shares, text)
            words.append(
                WordHypothesis(
                    start=start,
                    end=begin,
                    text=text,
                    posterior=posterior,
                    rivals=rivals,
                    wrong=wrong,
                    break_after=is_break,
                    gap=(begin, end),
                    inner=inner,
                    core=core,
                    marks=marks,
                )
            )
            start, wrong, letters, starts = end, 0, [], []
        elif c != JUNK:
            starts.append(begin)
            letters.append(segment if pinned[begin] and end > begin else _shown(c, segment, channel))
    return _beside(words), counts, tallies


def _beside(words: list[WordHypothesis]) -> list[WordHypothesis]:
    """The words, each with how sure its neighbours are and whether it was torn from one of them."""
    out: list[WordHypothesis] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        after = words[number + 1] if number + 1 < len(words) else None
        torn = word.gap[0] == word.gap[1] or bool(before and before.gap[0] == before.gap[1])
        weaker = min((one.posterior for one in (before, after) if one), default=1.0)
        out.append(replace(word, beside=weaker, torn=torn))
    return out


def _apart(shares: Mapping[str, float], text: str) -> tuple[float, float]:
    """How much of the probability goes to a word's letters and figures, and how much to its marks."""
    head, core, tail = parted(text.upper())
    total = sum(shares.values()) or 1.0
    same_core = same_marks = 0.0
    for other, share in shares.items():
        lead, body, trail = parted(other)
        same_core += share * (body == core)
        same_marks += share * ((lead, trail) == (head, tail))
    return min(same_core / total, 1.0), min(same_marks / total, 1.0)


def _ranked(shares: Mapping[str, float], text: str) -> tuple[float, tuple[tuple[str, float], ...]]:
    """A word's own share and its rivals with theirs."""
    rivals = sorted(((w, s) for w, s in shares.items() if w != text.upper()), key=lambda pair: -pair[1])
    own = min(shares.get(text.upper(), 0.0), 1.0)
    return own, tuple((word, share) for word, share in rivals[:RIVALS] if share >= 0.005)


def _shown(code: int, segment: str, channel: Channel) -> str:
    """The character to write: as the source has it where that is the same one, in its own case.

    In mixed text a character that was misread is lower case for now, see `_cased`.
    """
    if code == OTHER:
        return segment
    character = letter(code)
    if channel.mixed:
        return segment if segment.upper() == character else _PENDING + character
    return character


def _cased(letters: list[str]) -> str:
    """The word with the case of its misread letters: that of the letters around them.

    A misread first letter is a capital where all others are, else small.
    """
    seen = [c for c in letters if not c.startswith(_PENDING) and c.isalpha()]
    capitals = bool(seen) and all(c.isupper() for c in seen) and (len(seen) > 1 or len(letters) == 1)
    return "".join(c if not c.startswith(_PENDING) else c[1:] if capitals else c[1:].lower() for c in letters)


def _shares(
    search: Lattice,
    blanks: np.ndarray,
    blank_ends: np.ndarray,
    start: int,
    end: int,
    page: Observation,
) -> dict[str, float]:
    """The share of each word that was read from the same places."""
    low, high = np.searchsorted(blank_ends, (end, end + 1))
    arcs = blanks[low:high]
    shares: dict[str, float] = defaultdict(float)
    posterior = search.posterior[arcs]
    for k in np.argsort(-posterior)[:80]:
        share = float(posterior[k])
        if share < 1e-5:
            break
        node = int(search.arc_from[arcs[k]])
        letters: list[str] = []
        while node > 0 and search.code[node] != SPACE:
            c = int(search.code[node])
            if c == OTHER:
                letters.append(page.text[search.place[node] - 1])
            elif c != JUNK:
                letters.append(letter(c))
            node = int(search.before[node])
        if search.place[node] == start:
            shares["".join(reversed(letters))] += share
    return shares
