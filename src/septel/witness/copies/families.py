"""Finds copies of one text in a big folder, through the noise.

A text is known by its rarer long words, look-alike shapes made one; copies, even bad ones, share a good part
of these, other texts hardly any. MinHash sketches of them are compared through locality-sensitive hashing
(Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3), so the work grows with the number of texts and not with
the number of pairs. What is caught is then held side by side: copies have these words in the same order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from septel.errors import MissingPart
from septel.lexicon import shapes
from septel.progress import Progress, silent

if TYPE_CHECKING:
    from datasketch import MinHash

SKETCH = 192
"""Hashes of a sketch."""
ALIKE = 0.12
"""From which share of common words (Jaccard) on two texts count as copies. Copies of level-3 pages share a
fifth to a half of them, other telegrams of one embassy a twentieth at most."""
ORDERED = 0.3
"""Which part of the shorter text's telling words must stand in the other in the same order."""
LEAST = 6
"""How many such words there must be."""
SMALL = 5_000
"""Up to so many texts the finer net is used: bands of two hashes; beyond, of three."""
COMMON = 0.02
"""Words of more than this share of the texts tell nothing; in small folders, of more than `FEW` texts."""
FEW = 8
SHORTEST = 5
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Texts that are copies of each other or hold large parts of each other.

    Attributes:
        members: their names, in the order given.
        alike: the least share of telling words in the same order by which a member was joined to the others.
    """

    members: tuple[str, ...]
    alike: float


def long_words(text: str) -> list[str]:
    """The longer words and numbers of a text in their order, look-alike shapes made one."""
    words = (shapes(match.group()) for match in _WORD.finditer(text))
    return [word for word in words if len(word) >= SHORTEST]


def in_order(ones: Sequence[str], others: Sequence[str]) -> float:
    """Which part of the shorter list stands in the longer one in the same order; nought when too few do."""
    shared = LCSseq.similarity(ones, others)
    return shared / min(len(ones), len(others)) if shared >= LEAST else 0.0


def find_copies(
    names: Sequence[str],
    text_of: Callable[[str], str],
    *,
    alike: float = ALIKE,
    progress: Progress = silent,
) -> tuple[Family, ...]:
    """Which of the texts are copies of each other; the largest families first.

    Texts are asked for as often as they are needed and never kept: memory holds a sketch of 1.5 kB for each.

    Raises:
        MissingPart: the library for sketches is not installed.
    """
    try:
        from datasketch import MinHashLSH
    except ImportError as why:
        raise MissingPart(
            "finding copies needs the package datasketch",
            remedy="Install it with `pip install septel[copies]`.",
        ) from why
    spread = Counter[str]()
    for at, name in enumerate(names):
        spread.update(frozenset(long_words(text_of(name))))
        progress(at / (2 * len(names)))
    most = max(FEW, COMMON * len(names))
    rows = 2 if len(names) <= SMALL else 3
    net = MinHashLSH(num_perm=SKETCH, params=(SKETCH // rows, rows))
    sketches: dict[str, MinHash] = {}
    pairs: list[tuple[float, str, str]] = []

    def telling(name: str) -> list[str]:
        return [word for word in long_words(text_of(name)) if spread[word] <= most]

    for at, name in enumerate(names):
        words = telling(name)
        if not words:
            continue
        sketch = _sketch(frozenset(words))
        for other in net.query(sketch):
            if float(sketch.jaccard(sketches[other])) >= alike:
                share = in_order(words, telling(str(other)))
                if share >= ORDERED:
                    pairs.append((share, str(other), name))
        net.insert(name, sketch)
        sketches[name] = sketch
        progress(0.5 + at / (2 * len(names)))
    return _families(names, pairs)


def _sketch(words: Iterable[str]) -> MinHash:
    from datasketch import MinHash

    sketch = MinHash(num_perm=SKETCH, seed=1)
    sketch.update_batch([word.encode() for word in words])
    return sketch


def _families(names: Sequence[str], pairs: Iterable[tuple[float, str, str]]) -> tuple[Family, ...]:
    """Names joined by pairs, surest pairs first."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.get(name, name) != name:
            name = above[name]
        return name

    weakest: dict[str, float] = {}
    for share, one, other in sorted(pairs, reverse=True):
        a, b = top(one), top(other)
        if a != b:
            above[b] = a
            weakest[a] = min(share, weakest.get(a, 1.0), weakest.get(b, 1.0))
    members: dict[str, list[str]] = defaultdict(list)
    for name in names:
        members[top(name)].append(name)
    found = [
        Family(members=tuple(own), alike=weakest[first]) for first, own in members.items() if len(own) > 1
    ]
    return tuple(sorted(found, key=lambda family: (-len(family.members), family.members)))
