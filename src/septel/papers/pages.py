"""Pages into papers: where one begins, of what kind it is, and which pages go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from septel.papers.numbers import numbers_on, share
from septel.papers.paper import PaperKind
from septel.papers.signs import PageSigns, signs_of

BEGINS = 2
"""The weight from which a page begins a paper of a kind."""
_STRONG = 4
_CAPITALS, _MIXED = 0.75, 0.4
"""From which share of capitals a page is typed in capitals, and up to which in both cases."""
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
    runs: list[PageRun] = []
    borne: set[str] = set()
    before: PageSigns | None = None
    ended = False
    for at, texts in enumerate(pages):
        signs = signs_of(texts)
        kind = _kind(signs)
        last = runs[-1] if runs else None
        turned = _turned(before, signs) and not signs.continues
        if last is not None and not (turned or _begins(signs, kind, last, borne, told[at], ended)):
            runs[-1] = PageRun(last.kind, last.first, at, last.why)
            borne |= told[at]
        else:
            why = (*signs.why, "typed in another case") if turned else signs.why
            runs.append(PageRun(kind or _weak(signs, agency), at, at, why))
            borne = set(told[at])
        ended = signs.ended
        before = signs if signs.capitals is not None or kind is not None else before
    return tuple(runs)


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
    if signs.legible < 12:
        return PaperKind.HANDWRITTEN
    if signs.capitals is not None and signs.capitals > _CAPITALS:
        return _WIRED.get(agency, PaperKind.OTHER_CABLE)
    return PaperKind.OTHER if signs.capitals is None else PaperKind.MEMORANDUM


def _turned(before: PageSigns | None, signs: PageSigns) -> bool:
    """Whether a page is typed in capitals and the one before was not, or the other way round."""
    if before is None or before.capitals is None or signs.capitals is None:
        return False
    one, other = sorted((before.capitals, signs.capitals))
    return one < _MIXED and other > _CAPITALS


def _begins(
    signs: PageSigns,
    kind: PaperKind | None,
    last: PageRun,
    borne: set[str],
    own: frozenset[str],
    ended: bool,
) -> bool:
    if last.kind.is_single or (signs.marked and last.kind is not PaperKind.FORM):
        return True
    if kind is None:
        return False
    if kind is PaperKind.COVER:
        return True
    if kind is PaperKind.STATE_TELEGRAM and share(own, borne):
        return False  # another section or copy of it: its lines tell
    if own and borne and not share(own, borne) and signs.continues < 3:
        return True
    if share(own, borne) and (signs.continues or signs.begins.get(kind, 0) < _STRONG):
        return False
    if signs.continues >= 3 and signs.begins.get(kind, 0) < _STRONG:
        return False
    if kind is PaperKind.CABLE and last.kind is PaperKind.CABLE:
        headed = signs.kinds[kind] >= 3 and (signs.addressed or ended)
        return not signs.continues and (headed or bool(own) or signs.begins.get(kind, 0) >= BEGINS)
    if signs.begins.get(kind, 0) >= BEGINS:
        return True
    # A form's printed words show its kind alone: another kind than before begins.
    return signs.kinds.get(kind, 0) >= 3 and kind is not last.kind and not signs.continues
