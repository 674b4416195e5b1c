"""Pages into papers: where one begins, of what kind it is, and which pages go on with it.

The likeliest way to part the pages is looked for (Viterbi): each page begins a paper of a kind or goes on
with the paper before it. How likely either is depends on what that paper is and bears (`starts`, `kinds`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from septel.capture import UNREAD
from septel.papers.cohesion import PageLook, looks
from septel.papers.kinds import ALTERNATIVE, KindShares, kind_looks, kind_shares, weighed_kinds
from septel.papers.paper import PaperKind
from septel.papers.signs import PageSigns, signs_of
from septel.papers.starts import (
    copies,
    is_slip,
    longer_words,
    numbers_on,
    share,
    shown_kind,
    start_probability,
    start_signs,
)

_WIDTH = 8
"""How many ways to part the pages so far are followed."""
_KINDS = 4
"""How many kinds of a page that begins a paper are followed."""
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class PageRun:
    """The pages of one paper, counted from nought, both included.

    Attributes:
        kind: what it is.
        first: its first page.
        last: its last page.
        why: the signs by which it was known.
        shares: how likely it is of each kind, the likeliest first; empty where none was asked.
    """

    kind: PaperKind
    first: int
    last: int
    why: tuple[str, ...] = ()
    shares: tuple[tuple[PaperKind, float], ...] = ()

    @property
    def sure(self) -> float | None:
        """How likely it is of its kind."""
        return dict(self.shares).get(self.kind)

    @property
    def alternatives(self) -> tuple[PaperKind, ...]:
        """The kinds that it may be instead."""
        return tuple(kind for kind, share in self.shares if share >= ALTERNATIVE and kind is not self.kind)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to part the pages so far: the paper that is open, and the way to the page before it."""

    score: float
    first: int
    kind: PaperKind
    shares: KindShares
    behind: _Way | None


@dataclass(slots=True)
class FilePages:
    """The pages of a file with all that is looked at, each looked at once."""

    pages: Sequence[Sequence[str]]
    agency: str
    looks: list[PageLook] = field(default_factory=list)
    numbers: list[frozenset[str]] = field(default_factory=list)
    copies: dict[int, int] = field(default_factory=dict)
    _cased: list[PageSigns | None] = field(default_factory=list)
    _shares: dict[tuple[int, PaperKind | None], KindShares] = field(default_factory=dict)
    _found: dict[int, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.looks = [PageLook(texts[0], signs_of(texts)) for texts in self.pages]
        self.numbers = [numbers_on(texts) for texts in self.pages]
        self.copies = copies([longer_words(texts) for texts in self.pages])
        cased: PageSigns | None = None
        for look in self.looks:
            self._cased.append(cased)
            if look.signs.capitals is not None or shown_kind(look.signs) is not None:
                cased = look.signs

    def looks_of_kind(self, at: int, before: PaperKind | None) -> dict[str, float]:
        """What a page shows of its kind."""
        if at not in self._found:
            self._found[at] = kind_looks(self.looks[at], self.pages[at], self.agency, None, len(self.pages))
        return self._found[at] | {
            "behind nothing": 0.0,
            f"behind {before.value if before else 'nothing'}": 1.0,
        }

    def shares(self, at: int, before: PaperKind | None) -> KindShares:
        """How likely a page that begins a paper behind one of a kind is of each kind."""
        known = self._shares.get((at, before))
        if known is None:
            known = kind_shares(
                self.looks_of_kind(at, before),
                weighed_kinds(self.looks[at]),
                shown_kind(self.looks[at].signs),
            )
            self._shares[at, before] = known
        return known

    def goes_on(self, at: int, kind: PaperKind, borne: frozenset[str]) -> bool:
        """Whether a page bears the number of the telegram before it: another section of it, or a copy.

        Which of the two, the telegram's own lines tell later (`septel.papers.telegrams`).
        """
        shown = shown_kind(self.looks[at].signs)
        return kind.is_telegram and shown is PaperKind.STATE_TELEGRAM and share(self.numbers[at], borne)

    def looks_of_start(
        self, at: int, kind: PaperKind, known: frozenset[str], borne: frozenset[str]
    ) -> dict[str, float]:
        """What a page shows of beginning a paper behind one of a kind.

        Args:
            at: the page, not the first.
            kind: what the paper before it is.
            known: the longer words of that paper.
            borne: the numbers of that paper.
        """
        look, before = self.looks[at], self.looks[at - 1]
        shares = self.shares(at, kind)
        other = next(share for one, share in shares.shares if one is not kind)
        found = looks(known, before, look, kind, len(self.pages))
        if at in self.copies:
            # A copy has the words and the head of what stands before it.
            found |= dict.fromkeys(("words shared", "words shared with the page before", "same head"), 0.0)
        return found | start_signs(
            look.signs,
            before.signs,
            self._cased[at],
            kind,
            shown=shown_kind(look.signs),
            own=self.numbers[at],
            borne=borne,
            copy=at in self.copies,
            scrapped=is_slip(before.signs, kind),
            odds=math.log((other + _LEAST) / (shares.of(kind) + _LEAST)),
        )


_UNREAD = re.compile(f"{UNREAD}+ ?")
"""Ink that no engine read tells nothing of a paper's kind."""


def runs_of(pages: Sequence[Sequence[str]], *, agency: str = "") -> tuple[PageRun, ...]:
    """The papers of a file's pages in order.

    Args:
        pages: for each page, its text by each witness.
        agency: whose papers they are, where the file's record number tells (`cia`, `fbi`).
    """
    if not pages:
        return ()
    file = FilePages([[_UNREAD.sub("", text) for text in texts] for texts in pages], agency)
    first = file.shares(0, None)
    ways = [_Way(math.log(share + _LEAST), 0, kind, first, None) for kind, share in first.shares[:_KINDS]]
    held = {0: (file.looks[0].telling, file.numbers[0])}
    for at in range(1, len(pages)):
        ways = _onward(file, at, ways, held)
        kept = {way.first for way in ways}
        held = {
            first: (known | file.looks[at].telling, borne | file.numbers[at])
            for first, (known, borne) in held.items()
            if first in kept
        }
        held.setdefault(at, (file.looks[at].telling, file.numbers[at]))
    return _runs(file, ways[0])


def _onward(
    file: FilePages, at: int, ways: Sequence[_Way], held: dict[int, tuple[frozenset[str], frozenset[str]]]
) -> list[_Way]:
    """The likeliest ways over one page more."""
    gone: list[_Way] = []
    begun: dict[PaperKind, _Way] = {}
    for way in ways:
        begins = 1.0
        if file.goes_on(at, way.kind, held[way.first][1]):
            begins = 0.0
        elif not way.kind.is_single:
            begins = start_probability(file.looks_of_start(at, way.kind, *held[way.first]))
        if begins < 1.0:
            gone.append(
                _Way(way.score + math.log(1 - begins + _LEAST), way.first, way.kind, way.shares, way.behind)
            )
        shares = file.shares(at, way.kind)
        most = shares.shares[0][1]
        for kind, likely in shares.shares[:_KINDS]:
            # The likeliest kind costs nothing: that a kind is unsure says nothing against a beginning.
            score = way.score + math.log(begins + _LEAST) + math.log((likely + _LEAST) / most)
            if kind not in begun or score > begun[kind].score:
                begun[kind] = _Way(score, at, kind, shares, way)
    return sorted((*gone, *begun.values()), key=lambda way: -way.score)[:_WIDTH]


def _runs(file: FilePages, way: _Way) -> tuple[PageRun, ...]:
    found: list[PageRun] = []
    last = len(file.pages) - 1
    step: _Way | None = way
    while step is not None:
        found.append(PageRun(step.kind, step.first, last, _why(file, step), step.shares.shares))
        last = step.first - 1
        step = step.behind
    return tuple(reversed(found))


def _why(file: FilePages, way: _Way) -> tuple[str, ...]:
    """The signs by which a paper's beginning was known, in words."""
    at, behind = way.first, way.behind
    why = list(file.looks[at].signs.why)
    if behind is None:
        return tuple(why)
    known = frozenset[str]().union(*(file.looks[n].telling for n in range(behind.first, at)))
    borne = frozenset[str]().union(*(file.numbers[n] for n in range(behind.first, at)))
    found = file.looks_of_start(at, behind.kind, known, borne)
    told = {
        "another case": "typed in another case",
        "a copy": "a copy of another page",
        "an enclosure": "behind a foot that names enclosures",
        "a slip, or behind one": "a slip, or behind one",
    }
    why += [words for name, words in told.items() if found[name]]
    if not found["signs begin one"] and not any(found[name] for name in told):
        why.append("unlike the page before")
    return tuple(why)
