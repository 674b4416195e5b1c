"""Pages into papers: where one begins, of what kind it is, and which pages go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from septel.papers.cohesion import PageLook, is_apart
from septel.papers.numbers import numbers_on, share
from septel.papers.paper import PaperKind
from septel.papers.signs import PageSigns, signs_of

BEGINS = 2
"""The weight from which a page begins a paper of a kind."""
_STRONG = 4
_CONTINUES = 3
"""The weight from which a page goes on with what stands before it, unless it strongly begins."""
_ALIKE, _TELLING = 0.6, 30
"""Which share of the longer words two copies of a page have in common, and how many make them tell."""
_CAPITALS, _MIXED = 0.75, 0.4
"""From which share of capitals a page is typed in capitals, and up to which in both cases."""
_PROSE = 0.3
"""A page with a smaller share of its words in long lines is a form, a list or a table."""
_LABELLED, _TYPED, _MOSTLY, _ALL = 0.38, 0.8, 0.5, 0.93
"""A page of which more lines are labels or cells of tables is a form; of prose half of them must be, and what
is all prose is none: its headings are like labels."""
_TEXT, _PAGE = 0.5, 60
"""From which share of prose and how many words a loose page is a text."""
_SCRAWL, _LONG = 80, 0.25
"""A page of fewer words, of which fewer are long, is handwriting."""
_SCRAP = 24
"""A slip has fewer words than this."""
_WIRED = {"cia": PaperKind.CABLE, "fbi": PaperKind.BUREAU}


@dataclass(frozen=True, slots=True)
class PageRun:
    """The pages of one paper, by their places in the file from nought, last included; its kind and why."""

    kind: PaperKind
    first: int
    last: int
    why: tuple[str, ...] = ()


def runs_of(
    pages: Sequence[Sequence[str]],
    *,
    agency: str = "",
) -> tuple[PageRun, ...]:
    """The papers of a file's pages in order.

    Args:
        pages: for each page, its text by each witness.
        agency: whose papers they are, where the file's record number tells (`cia`, `fbi`).
    """
    told = [numbers_on(texts) for texts in pages]
    copies = _copies([_words(texts) for texts in pages])
    runs: list[PageRun] = []
    borne: set[str] = set()
    before: PageSigns | None = None
    looks: list[PageLook] = []
    weak_texts: set[int] = set()
    ended = closed = scrapped = False
    for at, texts in enumerate(pages):
        signs = signs_of(texts)
        looks.append(PageLook(texts[0], signs))
        kind = _kind(signs)
        last = runs[-1] if runs else None
        turned = _turned(before, signs) and signs.continues < _CONTINUES
        enclosed = _is_enclosed(closed, last, signs)
        scrap = _is_scrap(signs, last) or (scrapped and _is_loose(signs, last))
        begun = (
            turned or at in copies or enclosed or scrap or _begins(signs, kind, last, borne, told[at], ended)
        )
        apart = last is not None and not begun and _is_apart(pages, last, looks)
        if last is not None and not begun and not apart:
            runs[-1] = PageRun(last.kind, last.first, at, last.why)
            borne |= told[at]
        else:
            why = list(signs.why)
            why += ["typed in another case"] if turned else []
            why += ["a copy of another page"] if at in copies else []
            why += ["behind a foot that names enclosures"] if enclosed else []
            why += ["a slip, or behind one"] if scrap else []
            why += ["unlike the page before"] if apart else []
            kind = kind or (PaperKind.OTHER if enclosed and not turned else None)
            kind = kind or next((run.kind for run in runs if run.first == copies.get(at)), None)
            weak = _weak(signs, agency)
            if (apart or scrap) and not signs.kinds and (weak.is_telegram or weak is PaperKind.MEMORANDUM):
                weak = _loose_kind(signs, weak)
            if kind is None and weak is PaperKind.MEMORANDUM and not signs.kinds:
                weak_texts.add(at)
            runs.append(PageRun(kind or weak, at, at, tuple(why)))
            borne = set(told[at])
        ended, closed, scrapped = signs.ended, signs.closed, _is_scrap(signs, runs[-1])
        before = signs if signs.capitals is not None or kind is not None else before
    # A text that nothing calls a memorandum is some paper; for the pages behind it it counts as one.
    return tuple(
        PageRun(PaperKind.OTHER, run.first, run.last, run.why) if run.first in weak_texts else run
        for run in runs
    )


def _is_apart(pages: Sequence[Sequence[str]], last: PageRun, looks: Sequence[PageLook]) -> bool:
    """Whether the last page looked at is a paper by itself, by how it looks beside those before it."""
    if looks[-1].signs.continues >= _CONTINUES:
        return False
    runs = "\n".join(pages[at][0] for at in range(last.first, last.last + 1))
    return is_apart(runs, looks[-2], looks[-1], last.kind, len(pages))


def _is_loose(signs: PageSigns, last: PageRun | None) -> bool:
    """Whether nothing holds a page to what stands before it: no wire, no dispatch, no sign of going on."""
    held = last is None or last.kind.is_telegram or last.kind is PaperKind.DISPATCH
    return not held and not signs.continues and not signs.closed and not signs.numbered


def _is_scrap(signs: PageSigns, last: PageRun | None) -> bool:
    """Whether a page is a slip, card, envelope or note: a few words, none of them a paragraph's."""
    return signs.legible < _SCRAP and _is_loose(signs, last)


def _is_enclosed(closed: bool, last: PageRun | None, signs: PageSigns) -> bool:
    """Whether a page is an enclosure: its paragraphs begin anew behind a foot that names some."""
    lettered = last is not None and last.kind in (PaperKind.MEMORANDUM, PaperKind.LETTER, PaperKind.DISPATCH)
    return closed and lettered and signs.first and not signs.continues


def _copies(words: Sequence[frozenset[str]]) -> dict[int, int]:
    """Pages that begin a copy, or that one is a copy of, each with the first page of its like.

    The second page of a copy is like the second page of the other, and begins nothing.
    """
    like: dict[int, int] = {}
    for at, own in enumerate(words):
        others = [other for other in range(at) if _alike(own, words[other])]
        if others:
            like[at] = max(others, key=lambda other: len(own & words[other]))
    found: dict[int, int] = {}
    for at, other in like.items():
        if at and like.get(at - 1) == other - 1 and other:
            continue
        found[at] = other
        found.setdefault(other, other)
    return found


def _words(texts: Sequence[str]) -> frozenset[str]:
    """The longer words of a page by any witness: by them copies of it are known."""
    return frozenset(word for text in texts for word in re.findall(r"[A-Za-z]{5,}", text))


def _alike(words: frozenset[str], known: frozenset[str]) -> bool:
    least = min(len(words), len(known))
    return least >= _TELLING and len(words & known) >= _ALIKE * least


def _kind(signs: PageSigns) -> PaperKind | None:
    """The kind that a page shows most; None where it shows none."""
    weights = {kind: weight + signs.begins.get(kind, 0) for kind, weight in signs.kinds.items()}
    if weights.get(PaperKind.COVER, 0) < 2 * _STRONG:
        weights.pop(PaperKind.COVER, None)
    if not weights:
        return PaperKind.FORM if signs.marked else None
    best = max(weights, key=lambda kind: (weights[kind], kind.is_single))
    if best is PaperKind.MEMORANDUM and weights.get(PaperKind.DISPATCH, 0) >= 3:
        best = PaperKind.DISPATCH
    return best if weights[best] >= BEGINS else None


def _weak(signs: PageSigns, agency: str) -> PaperKind:
    """What a page that bears no form's words is taken for: what is typed in capitals went by wire."""
    shown = {kind: weight for kind, weight in signs.kinds.items() if kind is not PaperKind.COVER}
    if shown:
        # A cover has many printed words; one of them alone is any form's.
        best = max(shown, key=lambda kind: shown[kind])
        # The Department's name alone, in a text of both cases, may head a paragraph.
        mixed = signs.capitals is not None and signs.capitals < _MIXED
        if not (best is PaperKind.STATE_TELEGRAM and mixed and shown[best] < BEGINS):
            return best
    if signs.legible < 12 or (signs.legible < _SCRAWL and signs.long < _LONG):
        return PaperKind.HANDWRITTEN
    labels = _LABELLED if signs.prose < _TYPED else _MOSTLY if signs.prose < _ALL else 1.0
    if signs.capitals is not None and (signs.prose < _PROSE or signs.labelled >= labels):
        return PaperKind.FORM
    if signs.capitals is not None and signs.capitals > _CAPITALS:
        return _WIRED.get(agency, PaperKind.OTHER_CABLE)
    return PaperKind.OTHER if signs.capitals is None else PaperKind.MEMORANDUM


def _loose_kind(signs: PageSigns, weak: PaperKind) -> PaperKind:
    """What a loose page without signs is: a form, a text by its case, or some other paper."""
    if signs.prose < _PROSE:
        return PaperKind.FORM
    text = signs.capitals is not None and signs.prose > _TEXT and signs.legible > _PAGE
    cased = weak.is_telegram or (signs.capitals or 0) < _MIXED
    return weak if text and cased else PaperKind.OTHER


def _turned(before: PageSigns | None, signs: PageSigns) -> bool:
    """Whether a page is typed in capitals and the one before was not, or the other way round."""
    if before is None or before.capitals is None or signs.capitals is None:
        return False
    one, other = sorted((before.capitals, signs.capitals))
    return one < _MIXED and other > _CAPITALS


def _begins(
    signs: PageSigns,
    kind: PaperKind | None,
    last: PageRun | None,
    borne: set[str],
    own: frozenset[str],
    ended: bool,
) -> bool:
    if last is None or last.kind.is_single or (signs.marked and last.kind is not PaperKind.FORM):
        return True
    if kind in (None, PaperKind.CABLE) and last.kind is PaperKind.CABLE and signs.continues < _CONTINUES:
        # Numbers that begin anew behind a message's end, and addressees anywhere, are another message's: the
        # names withheld in a cable follow under the next number, which a misread figure might be.
        addressed = signs.begins.get(PaperKind.CABLE, 0) >= _CONTINUES and not signs.continues
        if (ended and signs.first) or addressed:
            return True
    if kind is None:
        return False
    if kind is PaperKind.COVER:
        return True
    if kind is PaperKind.STATE_TELEGRAM and share(own, borne):
        return False  # another section or copy of it: its lines tell
    if own and borne and not share(own, borne) and signs.continues < _CONTINUES:
        return True
    if share(own, borne) and (signs.continues or signs.begins.get(kind, 0) < _STRONG):
        return False
    if signs.continues >= _CONTINUES and signs.begins.get(kind, 0) < _STRONG:
        return False
    if kind is PaperKind.CABLE and last.kind is PaperKind.CABLE:
        # Behind a message's end a page of few words lists officers.
        headed = (signs.kinds[kind] >= 3 and signs.addressed) or (ended and signs.capitals is not None)
        if headed and not signs.continues:
            return True
        return signs.continues < _CONTINUES and signs.begins.get(kind, 0) >= BEGINS
    if signs.begins.get(kind, 0) >= BEGINS:
        return True
    # A form's printed words show its kind alone: another kind than before begins.
    return signs.kinds.get(kind, 0) >= BEGINS and kind is not last.kind and not signs.continues
